"""The rules of a drill: what counts, what is kept, when the reference is shown."""

import json

import pytest

from kdquiz.grading.report import Diagnosis, Report, Verdict
from kdquiz.memory.model import Rating
from kdquiz.memory.schedule import Schedule
from kdquiz.sessions.drill import DrillPhase, DrillSession
from tests.sessions.examples import NOON, UTC_DAYS, after, drill

ACCEPTED = Report(drill="double", verdict=Verdict.ACCEPTED, summary="Accepted.")
WRONG = Report(
    drill="double",
    verdict=Verdict.WRONG_ANSWER,
    summary="Wrong.",
    diagnosis=(Diagnosis(ids=("thrice",), because=("Three times.",), cards=("why",)),),
)
FAULT = Report(drill="double", verdict=Verdict.INTERNAL_ERROR, summary="Ours.")


def session() -> DrillSession:
    return DrillSession(drill(), None, Schedule(), NOON, UTC_DAYS)


def test_solved_at_once_is_easy_and_shows_the_reference() -> None:
    sitting = session()
    assert sitting.view().reference is None
    submission = sitting.submit("def double(x):\n    return x + x\n")
    assert submission.source == b"def double(x):\n    return x + x\n"
    recorded = sitting.record(ACCEPTED, after(120))
    assert recorded.reviewed is not None
    assert recorded.reviewed.log.rating is Rating.EASY
    assert recorded.reviewed.card.id == "double"
    assert recorded.attempt.source.startswith("def double")
    assert json.loads(recorded.attempt.report)["verdict"] == "accepted"
    assert sitting.view().phase is DrillPhase.SOLVED
    assert sitting.view().reference == drill().reference


@pytest.mark.parametrize(
    ("minutes", "hints", "failures", "rating"),
    [
        (4, 0, 0, Rating.EASY),
        (7, 0, 0, Rating.GOOD),
        (11, 0, 0, Rating.HARD),
        (-5, 0, 0, Rating.GOOD),  # the clock was set back, which says nothing
        (1, 1, 0, Rating.HARD),
        (1, 0, 1, Rating.HARD),
    ],
)
def test_the_rating_of_a_solve(minutes: float, hints: int, failures: int, rating: Rating) -> None:
    sitting = session()
    for _ in range(hints):
        sitting.hint()
    for _ in range(failures):
        sitting.submit("")
        sitting.record(WRONG, after(1))
    sitting.submit("")
    recorded = sitting.record(ACCEPTED, after(minutes * 60))
    assert recorded.reviewed is not None
    assert recorded.reviewed.log.rating is rating


def test_a_diagnosis_makes_its_card_due_and_settles_nothing() -> None:
    sitting = session()
    sitting.submit("")
    recorded = sitting.record(WRONG, after(1))
    assert recorded.make_due == ("why",)
    assert recorded.attempt.misconceptions == ("Three times.",)
    assert recorded.reviewed is None
    assert sitting.settled is None
    assert sitting.view().phase is DrillPhase.WRITING
    assert sitting.view().attempts == 1


def test_a_fault_of_ours_is_kept_and_does_not_count() -> None:
    sitting = session()
    sitting.submit("my code")
    recorded = sitting.record(FAULT, after(1))
    assert not recorded.attempt.counts
    assert recorded.attempt.source == "my code"
    assert sitting.view().attempts == 0


def test_giving_up_is_again_and_a_later_solve_does_not_change_it() -> None:
    sitting = session()
    reviewed = sitting.give_up(after(60))
    assert reviewed is not None
    assert reviewed.log.rating is Rating.AGAIN
    assert sitting.view().reference is not None
    sitting.submit("")
    assert sitting.record(ACCEPTED, after(90)).reviewed is None


def test_a_second_solve_is_not_a_second_review() -> None:
    sitting = session()
    sitting.submit("")
    sitting.record(ACCEPTED, after(60))
    assert sitting.settled is not None
    assert sitting.settled.log.rating is Rating.EASY
    sitting.submit("")
    assert sitting.record(ACCEPTED, after(70)).reviewed is None
    assert sitting.give_up(after(80)) is None


def test_hints_come_one_by_one() -> None:
    sitting = session()
    assert [sitting.hint(), sitting.hint(), sitting.hint()] == ["Think.", "Multiply.", None]
    assert (sitting.view().hints, sitting.view().hints_left) == (("Think.", "Multiply."), 0)


def test_one_submission_at_a_time_and_withdrawing_it() -> None:
    sitting = session()
    sitting.submit("")
    with pytest.raises(ValueError, match="being graded"):
        sitting.submit("")
    with pytest.raises(ValueError, match="being graded"):
        sitting.give_up(after(1))
    sitting.withdraw()
    assert sitting.view().phase is DrillPhase.WRITING
    with pytest.raises(ValueError, match="no submission"):
        sitting.record(ACCEPTED, after(1))
