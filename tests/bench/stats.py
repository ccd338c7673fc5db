"""Statistics at 100,000 reviews of 10,000 cards: every query, and every page from the key to the screen.

The reviews are made up (`tests.histories`), by the real schedule, and written in one transaction. The pages are those
of the real app in a pseudo-terminal, each opened for the first time, so that nothing is read yet.
"""

import io
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from kdquiz.exchange import review_log
from kdquiz.exchange.statistics import Statistics
from kdquiz.exchange.statistics_pages import PAGES
from kdquiz.library.folders import shipped_content
from kdquiz.library.library import Library
from kdquiz.library.load import load_library
from kdquiz.memory.day import Calendar
from kdquiz.memory.fit import fit
from kdquiz.store.store import Store
from tests.bench.measure import Cell, Quantity, Say, Table, p50, p95, timed
from tests.bench.packs import write_packs
from tests.bench.screen import Screen
from tests.histories import Past, write

TITLE = "Statistics of 100,000 reviews"
BAR = 0.5
"""Seconds until a page is on the screen."""
SEEN = {
    "overview": "Reviews a day, the last year",
    "recall": "Recalled against predicted",
    "load": "Cards that come back",
    "topics": "recalled now",
    "mistakes": "those met most",
    "drills": "first accepted",
}
"""What tells that a page is drawn."""


def run(say: Say, quick: bool) -> Sequence[Table]:
    """Measure; see the module."""
    reviews, cards, rounds = (5_000, 1_000, 2) if quick else (100_000, 10_000, 7)
    with tempfile.TemporaryDirectory(prefix="kdquiz-bench-") as name:
        folder = Path(name)
        say(f"{cards:,} questions written and compiled")
        write_packs(folder / "content", cards)
        (folder / "home").mkdir()
        library = load_library([shipped_content(), folder / "content"], folder / "home").library
        with Store(folder / "home" / "kdquiz.sqlite") as store:
            say(f"{reviews:,} reviews made up and written")
            made = timed(lambda: _write(store, library, reviews, cards))
            say("queries and pages")
            queries = _queries(store, library, made, rounds)
            pages = _pages(store, library, rounds)
        say("the app")
        keys = _keys(folder, rounds)
        return [queries, _drawn(pages, keys)]


def _write(store: Store, library: Library, reviews: int, cards: int) -> None:
    ids = library.ids()
    random.Random(1).shuffle(ids)
    today = Calendar().day(datetime.now(UTC))
    write(store, Past(ids=ids[:cards], reviews=reviews, today=today, drills=[f"drill-{n}" for n in range(30)]))


def _queries(store: Store, library: Library, made: float, rounds: int) -> Table:
    history, calendar = store.history, Calendar()
    today = calendar.day(datetime.now(UTC))
    asked: dict[str, Callable[[], object]] = {
        "all in all": history.totals,
        "days": history.days,
        "reviews by predicted recall": history.predicted,
        "reviews by days since the last": history.after_days,
        "load ahead": lambda: history.load(today, 30),
        "stability of every card": store.memories,
        "misconceptions": lambda: history.misconceptions(today, calendar),
        "submissions to drills": history.tries,
    }
    rows: list[list[Cell]] = []
    for name, query in asked.items():
        samples = [timed(query) for _ in range(rounds)]
        rows.append([name, Quantity(p50(samples), "s"), Quantity(max(samples), "s")])
    kinds = review_log.kinds_of(library)
    rows.append(
        ["the whole log as CSV", Quantity(timed(lambda: review_log.write(history, kinds, io.StringIO())), "s"), ""]
    )
    logs = store.reviews()
    rows.append(["the weights fitted", Quantity(timed(lambda: fit(logs, store.schedule, datetime.now(UTC))), "s"), ""])
    totals = history.totals()
    note = (
        f"{totals.reviews:,} reviews of {totals.cards:,} cards on {totals.days} days, made and written in {made:.1f} s"
    )
    return Table("What is asked", ["", "p50", "most"], rows, [f"{note}."])


def _pages(store: Store, library: Library, rounds: int) -> dict[str, list[float]]:
    """Seconds that a page takes to be read and drawn as lines, without the app."""
    now = datetime.now(UTC)
    found = Statistics(store, library, Calendar(), now)
    return {name: [timed(lambda name=name: PAGES[name](found)(99, 33)) for _ in range(rounds)] for name in PAGES}  # type: ignore[misc]


def _keys(folder: Path, rounds: int) -> dict[str, list[float]]:
    """From the key to the page on the screen; the first round is for the caches of the system."""
    environment = {"KDQUIZ_CONTENT": str(folder / "content"), "KDQUIZ_HOME": str(folder / "home")}
    times: dict[str, list[float]] = {name: [] for name in PAGES}
    for number in range(rounds):
        with Screen([sys.executable, "-m", "kdquiz"], {**environment, "TERM": "xterm-256color"}) as screen:
            screen.until("Lesson path")
            for place, name in enumerate(PAGES):
                took = screen.press(str(place + 1) if place else "s", SEEN[name])
                if number:
                    times[name].append(took)
    return times


def _drawn(pages: dict[str, list[float]], keys: dict[str, list[float]]) -> Table:
    rows: list[list[Cell]] = [
        [
            name,
            Quantity(p50(pages[name]), "s"),
            Quantity(p50(keys[name]), "s"),
            Quantity(p95(keys[name]), "s"),
            Quantity(100 * p50(keys[name]) / BAR, "%"),
        ]
        for name in PAGES
    ]
    notes = ["Bar: 500 ms from the key. The first page's key opens the screen and imports it."]
    return Table("From a key to a page on the screen", ["page", "read", "p50", "p95", "of the bar"], rows, notes)
