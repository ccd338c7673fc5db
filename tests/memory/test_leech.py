"""What is forgotten again and again is told with its history, and with what to do instead of one more repetition."""

from datetime import timedelta

import pytest

from kdquiz.memory.leech import Advice, leech
from kdquiz.memory.model import Card, Rating, ReviewLog
from kdquiz.memory.schedule import Schedule
from tests.memory.asking import NOW, TODAY

SCHEDULE = Schedule()
SAME = "You took T for T²."


def reviews(*misconceptions: str, lapses: int = 4) -> list[ReviewLog]:
    """A question learnt easily and then forgotten every ten days; the misconceptions of its wrong answers, in turn."""
    logs = [(Rating.EASY, 0, "")]
    for number in range(lapses):
        sentence = misconceptions[number % len(misconceptions)] if misconceptions else ""
        logs += [(Rating.AGAIN, 10 * number + 9, sentence), (Rating.GOOD, 10 * number + 9, "")]
    start = TODAY - 10 * lapses
    return [
        ReviewLog(
            card_id="why",
            rating=rating,
            reviewed_at=NOW + timedelta(days=day - 10 * lapses, minutes=number),
            seconds=9.0,
            day=start + day,
            misconceptions=(sentence,) if sentence else (),
        )
        for number, (rating, day, sentence) in enumerate(logs)
    ]


def known(card_id: str, *, days_ago: int, rating: Rating = Rating.EASY) -> Card:
    when = NOW - timedelta(days=days_ago)
    log = ReviewLog(card_id=card_id, rating=rating, reviewed_at=when, seconds=3.0, day=TODAY - days_ago)
    return SCHEDULE.review(None, log)


def test_it_takes_four_lapses() -> None:
    assert leech(reviews(lapses=3), (), {}, TODAY, SCHEDULE) is None
    assert leech([], (), {}, TODAY, SCHEDULE) is None
    found = leech(reviews(lapses=4), (), {}, TODAY, SCHEDULE)
    assert found is not None
    assert (found.card_id, found.lapses, found.advice) == ("why", 4, Advice.REWRITE)


def test_the_history_says_when_it_was_forgotten() -> None:
    found = leech(reviews(), (), {}, TODAY, SCHEDULE)
    assert found is not None
    assert [step.rating for step in found.history[:3]] == [Rating.EASY, Rating.AGAIN, Rating.GOOD]
    assert [step.day - TODAY for step in found.history if step.lapse] == [-31, -21, -11, -1]


def test_a_wrong_answer_while_learning_is_no_lapse() -> None:
    again = [
        ReviewLog(card_id="why", rating=Rating.AGAIN, reviewed_at=NOW, seconds=3.0, day=TODAY, misconceptions=(SAME,))
        for _ in range(9)
    ]
    assert leech(again, (), {}, TODAY, SCHEDULE) is None


@pytest.mark.parametrize(
    ("cards", "study"),
    [
        ({}, ("first", "second")),
        ({"first": known("first", days_ago=1)}, ("second",)),
        ({"first": known("first", days_ago=1), "second": known("second", days_ago=1)}, ()),
        ({"first": known("first", days_ago=300), "second": known("second", days_ago=1)}, ("first",)),
    ],
    ids=["never seen", "one never seen", "both known", "one forgotten"],
)
def test_what_it_builds_on_comes_first(cards: dict[str, Card], study: tuple[str, ...]) -> None:
    found = leech(reviews(SAME), ("first", "second"), cards, TODAY, SCHEDULE)
    assert found is not None
    assert found.study == study
    assert found.advice is (Advice.STUDY_NEEDS if study else Advice.TELL_APART)
    assert found.because == (None if study else SAME)


def test_always_the_same_misconception_is_to_be_told_apart() -> None:
    found = leech(reviews(SAME, "Something else."), (), {}, TODAY, SCHEDULE)
    assert found is not None
    assert (found.advice, found.because) == (Advice.TELL_APART, SAME)
    assert found.misconceptions == ((SAME, 2), ("Something else.", 2))


def test_a_different_one_each_time_means_that_the_question_asks_too_much() -> None:
    found = leech(reviews("a", "b", "c", "d"), (), {}, TODAY, SCHEDULE)
    assert found is not None
    assert (found.advice, found.because) == (Advice.REWRITE, None)
