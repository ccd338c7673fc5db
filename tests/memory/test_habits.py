"""How a learner answers, read off the log."""

from typing import NamedTuple

import pytest

from kdquiz.memory.curve import AGAIN, GOOD, Curve
from kdquiz.memory.habits import CHECKING_SECONDS, ENOUGH, USUAL, first_seen, learnt, reviewed, seconds
from kdquiz.memory.model import Rating
from kdquiz.memory.schedule import Schedule

CURVE = Curve(Schedule().weights)


class Answered(NamedTuple):
    card_id: str
    day: int
    rating: int
    seconds: float


def log(card_id: str, rating: Rating, day: int = 0, spent: float = 10.0) -> Answered:
    return Answered(card_id, day, rating, spent)


def test_nothing_answered_is_answered_as_usual() -> None:
    assert learnt([]).first == pytest.approx(USUAL.first)
    assert learnt([]).recalled == pytest.approx(USUAL.recalled)


def test_who_knows_nothing_at_first_is_believed_after_many_questions() -> None:
    habits = learnt(log(f"q{number}", Rating.AGAIN) for number in range(950))
    assert habits.first[0] == pytest.approx(0.96, abs=0.01)
    assert sum(habits.first) == pytest.approx(1.0)
    assert habits.recalled == pytest.approx(USUAL.recalled)


def test_only_what_was_recalled_on_a_later_day_counts_as_recalled() -> None:
    logs = [log("a", Rating.GOOD), log("a", Rating.EASY), log("a", Rating.AGAIN, day=1), log("a", Rating.HARD, day=2)]
    total = 51
    assert learnt(logs).recalled[0] == pytest.approx((50 * USUAL.recalled[0] + 1) / total)
    assert learnt(logs).recalled[2] == pytest.approx(50 * USUAL.recalled[2] / total)


def test_a_kind_answered_often_enough_has_its_own_time() -> None:
    logs = [log(f"q{number}", Rating.GOOD, spent=30.0) for number in range(ENOUGH)]
    logs += [log("rare", Rating.GOOD, spent=500.0), log("gone", Rating.GOOD, spent=500.0)]
    kinds = {f"q{number}": "choice" for number in range(ENOUGH)} | {"rare": "short"}
    assert seconds(logs, kinds.get, {"choice": 20.0, "short": 60.0}) == {
        "choice": 30.0 + CHECKING_SECONDS,
        "short": 60.0,
    }


def test_a_log_may_begin_in_the_middle() -> None:
    logs = [log("a", Rating.GOOD, day=3), log("b", Rating.GOOD, day=3)]
    known = learnt(logs, {"a": 1, "b": 3})
    assert known.first == pytest.approx(USUAL.first)
    assert known.recalled[1] == pytest.approx((50 * USUAL.recalled[1] + 1) / 51)


def test_a_time_is_what_an_evening_adds_up_to_without_being_called_away() -> None:
    spent = [10.0] * 15 + [40.0] * 4 + [3600.0]
    logs = [log(f"q{number}", Rating.GOOD, spent=each) for number, each in enumerate(spent)]
    found = seconds(logs, lambda name: "choice", {"choice": 20.0})["choice"]
    assert found == pytest.approx(CHECKING_SECONDS + (150 + 160 + 50) / 20)


def test_what_was_forgotten_is_asked_a_second_time() -> None:
    stability, difficulty = CURVE.after(8.0, 5.0, 20, AGAIN)
    assert reviewed(CURVE, 8.0, 5.0, 20, AGAIN) == CURVE.after(stability, difficulty, 0, GOOD)
    assert reviewed(CURVE, 8.0, 5.0, 20, GOOD) == CURVE.after(8.0, 5.0, 20, GOOD)
    assert sum(share for share, _, _ in first_seen(CURVE)) == pytest.approx(1.0)
