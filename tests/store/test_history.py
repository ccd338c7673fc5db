"""The sums over the log are those of its reviews, one by one; what was undone or replaced is in none of them."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest

from kdquiz.memory.day import Calendar
from kdquiz.memory.model import Attempt, Rating, ReviewLog, Standing
from kdquiz.memory.statistics import AfterDays, DayTotals
from kdquiz.memory.trends import Met
from kdquiz.store.history import Totals
from kdquiz.store.store import Store
from tests.histories import Past, write

TODAY = 20781
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
IDS = tuple(f"question-{number}" for number in range(40))


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Sixty days, some of whose reviews were undone or rated anew."""
    with Store(tmp_path_factory.mktemp("past") / "kdquiz.sqlite") as store:
        write(store, Past(ids=IDS, reviews=600, today=TODAY, days=60, drills=("one", "two", "three", "four")))
        last = {log.card_id: log for log in store.reviews()}
        for number, log in enumerate(last.values()):
            if number % 9 == 0:
                store.undo(log)
            elif number % 9 == 1:
                store.record(
                    ReviewLog(
                        card_id=log.card_id,
                        rating=Rating.EASY,
                        reviewed_at=log.reviewed_at,
                        seconds=log.seconds,
                        day=log.day,
                        recall=log.recall,
                    ),
                    replaces=log,
                )
        yield store


def test_all_there_was(past: Store) -> None:
    logs = past.reviews()
    found = past.history.totals()
    days = {log.counted_day for log in logs}
    cards = {log.card_id for log in logs}
    assert found.seconds == pytest.approx(sum(log.seconds for log in logs))
    assert found._replace(seconds=0.0) == Totals(len(logs), 0.0, len(cards), len(days), min(days))


def test_days(past: Store) -> None:
    expected, met = dict[int, DayTotals](), set[str]()
    for log in past.reviews():
        before = expected.get(log.counted_day, DayTotals(log.counted_day, 0, 0.0, 0, 0, 0))
        tested = log.recall is not None
        expected[log.counted_day] = DayTotals(
            log.counted_day,
            before.reviews + 1,
            before.seconds + log.seconds,
            before.new + (log.card_id not in met),
            before.tested + tested,
            before.recalled + (tested and log.rating > Rating.AGAIN),
        )
        met.add(log.card_id)
    found = past.history.days()
    assert [day._replace(seconds=round(day.seconds, 6)) for day in found] == [
        expected[day]._replace(seconds=round(expected[day].seconds, 6)) for day in sorted(expected)
    ]


def test_predictions(past: Store) -> None:
    tested = [log for log in past.reviews() if log.recall is not None]
    found = past.history.predicted()
    assert sum(group.reviews for group in found) == len(tested) > 300
    assert sum(group.recalled for group in found) == sum(log.rating > Rating.AGAIN for log in tested)
    assert sum(group.chances for group in found) == pytest.approx(sum(log.recall or 0 for log in tested))
    assert len(found) == len({int((log.recall or 0) * 1000) for log in tested}) > 50


def test_days_between_reviews(past: Store) -> None:
    by_card, gaps = defaultdict[str, list[ReviewLog]](list), Counter[int]()
    recalled = Counter[int]()
    for log in past.reviews():
        by_card[log.card_id].append(log)
    for logs in by_card.values():
        for before, log in pairwise(logs):
            if log.recall is not None and log.counted_day > before.counted_day:
                gaps[log.counted_day - before.counted_day] += 1
                recalled[log.counted_day - before.counted_day] += log.rating > Rating.AGAIN
    assert past.history.after_days() == [AfterDays(gap, gaps[gap], recalled[gap]) for gap in sorted(gaps)]


def test_what_comes_back_counts_the_overdue_today_and_leaves_out_the_suspended(past: Store) -> None:
    cards = past.cards()
    expected = Counter(max(card.due_day, TODAY) for card in cards.values())
    assert past.history.load(TODAY, 30) == [expected[TODAY + ahead] for ahead in range(30)]
    resting = next(card for card in cards.values() if TODAY <= card.due_day < TODAY + 30)
    past.stand(resting.id, Standing(suspended=True))
    assert past.history.load(TODAY, 30)[resting.due_day - TODAY] == expected[resting.due_day] - 1
    past.stand(resting.id, Standing())


def test_the_log_is_read_in_pieces_and_whole(past: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kdquiz.store.history.AT_ONCE", 7)
    found, logs = list(past.history.log()), past.reviews()
    assert [(each.card_id, each.at, each.rating, each.response) for each in found] == [
        (log.card_id, log.reviewed_at, log.rating, log.response) for log in logs
    ]
    assert [each.day for each in found] == [log.counted_day for log in logs]


def test_nothing_of_a_new_store(tmp_path: Path) -> None:
    with Store(tmp_path / "kdquiz.sqlite") as store:
        history = store.history
        assert history.totals() == Totals(0, 0.0, 0, 0, None)
        for rows in (history.days(), history.predicted(), history.after_days(), history.tries(), list(history.log())):
            assert not rows
        assert history.load(TODAY, 3) == [0, 0, 0]
        assert history.misconceptions(TODAY, Calendar(UTC)) == []


def answer(store: Store, card_id: str, days_ago: int, *sentences: str) -> ReviewLog:
    at = NOW - timedelta(days=days_ago)
    log = ReviewLog(
        card_id=card_id,
        rating=Rating.AGAIN,
        reviewed_at=at,
        seconds=3.0,
        day=TODAY - days_ago,
        misconceptions=sentences,
    )
    store.record(log)
    return log


def attempt(store: Store, days_ago: float, *sentences: str, counts: bool = True) -> None:
    store.record_attempt(
        Attempt(
            drill_id="kd",
            source="pass",
            verdict="wrong-answer",
            report="{}",
            hints_used=1,
            seconds=90.0,
            submitted_at=NOW - timedelta(days=days_ago),
            counts=counts,
            misconceptions=sentences,
        )
    )


def test_misconceptions_of_answers_and_attempts_together(tmp_path: Path) -> None:
    with Store(tmp_path / "kdquiz.sqlite") as store:
        for days_ago in (60, 27, 14, 13):
            answer(store, "why", days_ago, "T² is missing")
        answer(store, "how", 3, "T² is missing", "α is swapped")
        store.undo(answer(store, "gone", 0, "T² is missing", "never"))
        attempt(store, 2, "T² is missing")
        attempt(store, 20, "the teacher learns")
        attempt(store, 1, "a fault of ours", counts=False)
        found = store.history.misconceptions(TODAY, Calendar(UTC))
        assert found == [
            Met("T² is missing", "kd", 6, TODAY - 2, 3, 2),
            Met("α is swapped", "how", 1, TODAY - 3, 1, 0),
            Met("the teacher learns", "kd", 1, TODAY - 20, 0, 1),
        ]


def test_the_day_of_an_attempt_is_the_learners(tmp_path: Path) -> None:
    with Store(tmp_path / "kdquiz.sqlite") as store:
        attempt(store, 0.5, "late")  # midnight in UTC
        tokyo = Calendar(timezone(timedelta(hours=9)))
        (met,) = store.history.misconceptions(TODAY, tokyo)
        assert met.last_day == TODAY
        (met,) = store.history.misconceptions(TODAY, Calendar(UTC))
        assert met.last_day == TODAY - 1  # before four in the morning


def test_tries_that_count(tmp_path: Path) -> None:
    with Store(tmp_path / "kdquiz.sqlite") as store:
        attempt(store, 1)
        attempt(store, 0, counts=False)
        (one,) = store.history.tries()
        assert (one.drill_id, one.verdict, one.hints, one.seconds) == ("kd", "wrong-answer", 1, 90.0)
        assert one.at == pytest.approx((NOW - timedelta(days=1)).timestamp())
