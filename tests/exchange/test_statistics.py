"""Pages, rows and plots of the statistics over a real store: what they say, and that they fit."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from kdquiz.exchange import plots
from kdquiz.exchange.lines import Line, time
from kdquiz.exchange.statistics import Load, Overview, Statistics
from kdquiz.exchange.statistics_pages import PAGES, load, overview
from kdquiz.exchange.statistics_rows import rows
from kdquiz.library.kinds.flashcard import Flashcard
from kdquiz.library.library import Library
from kdquiz.library.model import Topic
from kdquiz.memory.day import Calendar, date_of
from kdquiz.memory.statistics import DayTotals, Predicted, Share, Streak, calibration
from kdquiz.memory.statistics import monday as monday_of
from kdquiz.store.history import Totals
from kdquiz.store.store import Store
from tests.histories import Past, write
from tests.libraries import library_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = 20781
IDS = tuple(f"question-{number}" for number in range(30))
LINES = {"total", "day", "retention", "calibration", "load", "topic", "misconception", "leech", "drill"}


def library() -> Library:
    questions = [
        Flashcard(id=each, kind="flashcard", ask=f"What is {each}?", answer="It.", source="me") for each in IDS
    ]
    return library_of(questions, topic=Topic(id="alpha", title="The topic with a long name, α and ω"))


def text(lines: list[Line]) -> str:
    return "\n".join("".join(span.text for span in line) for line in lines)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Statistics]:
    with Store(tmp_path_factory.mktemp("past") / "kdquiz.sqlite") as store:
        write(store, Past(ids=IDS, reviews=900, today=TODAY, days=120, drills=("gone",)))
        yield Statistics(store, library(), Calendar(UTC), NOW)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("width", "lines"), [(75, 18), (99, 34), (64, 0), (56, 0)])
def test_a_page_keeps_to_its_width(found: Statistics, page: str, width: int, lines: int) -> None:
    drawn = PAGES[page](found)(width, lines)
    table = 65 if page in ("topics", "drills", "recall") else 0  # columns of numbers cannot be narrower
    assert max(sum(len(span.text) for span in line) for line in drawn) <= max(width, table)
    assert len(drawn) > 2


@pytest.mark.parametrize("page", PAGES)
def test_without_plots_a_page_has_no_marks_of_plots(found: Statistics, page: str) -> None:
    assert not set(text(PAGES[page](found)(80, 0))) & set("░▒▓█▁▄│┤└⣿⡇")
    if page not in ("mistakes", "drills"):
        assert set(text(PAGES[page](found)(80, 40))) & set("▒█⡇")


def test_the_first_page_fits_a_small_terminal_whole(found: Statistics) -> None:
    assert len(PAGES["overview"](found)(76, 19)) <= 19


@pytest.mark.parametrize("page", PAGES)
def test_with_nothing_done_a_page_says_what_to_do(tmp_path_factory: pytest.TempPathFactory, page: str) -> None:
    with Store(tmp_path_factory.mktemp("new") / "kdquiz.sqlite") as store:
        drawn = text(PAGES[page](Statistics(store, library(), Calendar(UTC), NOW))(76, 19))
        assert any(said in drawn for said in ("first", "tomorrow", "not seen", "One is counted when", "Open one"))
        assert "nan" not in drawn


def test_rows_are_json_of_every_kind_and_agree_with_each_other(found: Statistics) -> None:
    told = [json.loads(json.dumps(row, allow_nan=False)) for row in rows(found)]
    assert {row["line"] for row in told} == LINES
    by_line = Counter(row["line"] for row in told)
    (total,) = [row for row in told if row["line"] == "total"]
    days = [row for row in told if row["line"] == "day"]
    assert sum(day["reviews"] for day in days) == total["reviews"] > 500
    assert by_line["day"] == total["days"]
    assert sum(day["new"] for day in days) == total["cards"] == 30
    whole = next(row for row in told if row["line"] == "retention")
    bins = [row for row in told if row["line"] == "calibration"]
    assert sum(each["reviews"] for each in bins) == whole["reviews"] == sum(day["tested"] for day in days)
    (topic,) = [row for row in told if row["line"] == "topic"]
    assert (topic["seen"], topic["questions"]) == (30, 30)
    assert 0 < topic["recall"] <= 1
    assert by_line["load"] == 30
    (drill,) = [row for row in told if row["line"] == "drill"]
    assert drill["title"] == "gone"  # no longer in the library
    leeches = [row["lapses"] for row in told if row["line"] == "leech"]
    assert leeches == sorted(leeches, reverse=True)


def day_of(days_ago: int, reviews: int, seconds: float = 60.0) -> DayTotals:
    return DayTotals(TODAY - days_ago, reviews, seconds, 0, 0, 0)


def seen(*days: DayTotals, current: int = 0, longest: int = 1) -> Overview:
    reviews = sum(day.reviews for day in days)
    totals = Totals(reviews, 60.0, 1, len(days), days[0].day)
    return Overview(today=TODAY, days=days, totals=totals, streak=Streak(current, longest))


def test_a_row_of_days_waits_for_today() -> None:
    waiting = text(overview(seen(day_of(1, 5), current=1), 76, 19))
    assert "1 day in a row, more than ever before; one answer today keeps it up." in waiting
    kept = text(overview(seen(day_of(0, 5), current=1, longest=9), 76, 19))
    assert "1 day in a row, your longest row was 9 days." in kept
    assert "Nothing was answered yesterday or today" in text(overview(seen(day_of(9, 5)), 76, 19))


def test_the_calendar_has_each_day_at_its_weekday_and_today_last() -> None:
    drawn = text(plots.calendar({TODAY: 9, TODAY - 1: 1, TODAY - 8: 4}, TODAY, 76)).splitlines()
    assert date_of(TODAY).weekday() == 1  # a Tuesday
    monday, tuesday, wednesday = drawn[1:4]
    assert tuesday[-1] == "█"
    assert monday[-2:] == "█░"
    assert len(wednesday) == len(tuesday) - 1  # tomorrow has no mark
    assert "Nov" in drawn[0]
    assert "none   ░ 1" in drawn[-1]


def test_a_year_of_months_is_named_where_each_begins() -> None:
    for today in range(TODAY, TODAY + 370, 9):
        months, monday, *_ = text(plots.calendar({}, today, 76)).splitlines()
        for name in months.split():
            week = months.index(name) - 4
            first = monday_of(today) - 7 * 52 + 7 * week
            near = {f"{date_of(day):%b}" for day in range(first - 14, first + 7)}
            assert name in near
        assert len(monday) == 57


def test_columns_show_every_value_that_is_not_0_and_the_highest_whole() -> None:
    low, high = plots.columns([0, 1, 1000], 1), plots.columns([0, 1, 8, 16], 2)
    assert low[0][0].text == " ▁█"
    assert [line[0].text for line in high] == ["   █", " ▁██"]
    assert plots.columns([0, 0], 1)[0][0].text == "  "


def test_a_curve_has_its_dots_where_the_numbers_are() -> None:
    drawn = text(plots.recalled_against_predicted(calibration([Predicted(95.0, 100, 50)]), 46, 12)).splitlines()
    dotted = [place for place, line in enumerate(drawn[:-2]) if "o" in line]
    assert dotted == [9]  # half were recalled: the lowest line
    assert drawn[0].startswith("100 %┤")
    assert drawn[-1].split() == ["50", "%", "predicted", "100", "%"]


def test_a_bin_of_a_few_reviews_does_not_stretch_the_axes() -> None:
    groups = [Predicted(90.0, 100, 88), Predicted(0.3, 3, 0)]
    assert text(plots.recalled_against_predicted(calibration(groups), 46, 12)).splitlines()[-1].startswith("      50 %")


def test_weeks_are_drawn_from_the_first_to_the_last() -> None:
    weeks = [(20778 - 7 * ago, Share(9, 10)) for ago in range(5, -1, -1)]
    drawn = text(plots.recalled_by_week(weeks, 60, 8))
    assert drawn.count("o") >= 4  # both ends, and twice "week of"
    assert drawn.splitlines()[-1].split() == ["week", "of", "17", "Oct", "2026", "week", "of", "21", "Nov", "2026"]


def test_a_day_that_would_dwarf_the_others_is_cut_and_told() -> None:
    drawn = text(load(Load(today=TODAY, cards=(400, *([10] * 29)), seconds=12.0), 76, 19))
    assert "Today's column would be 40 times as high as there is room." in drawn
    assert "Due today: 400 cards, the overdue ones included, about 1 h 20 min at your" in drawn
    assert "times as high" not in text(load(Load(today=TODAY, cards=(20, *([10] * 29)), seconds=0.0), 76, 19))


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0 s"), (59.4, "59 s"), (3540, "59 min"), (3900, "1 h 5 min"), (4e6, "1,111 h")]
)
def test_times_as_people_say_them(seconds: float, told: str) -> None:
    assert time(seconds) == told
