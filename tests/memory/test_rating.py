"""The rule that suggests a rating."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.library import kinds
from kdquiz.library.model import Pace, Question
from kdquiz.memory.model import Rating
from kdquiz.memory.rating import READ_PER_SECOND, suggest

QUICK, SLOW = Question.pace
COMPUTED = Pace(quick=10, slow=120)


@pytest.mark.parametrize(
    ("share", "seconds", "text_length", "pace", "hinted", "rating"),
    [
        (None, 3, 0, Question.pace, False, None),
        (0.0, 3, 0, Question.pace, False, Rating.AGAIN),
        (0.5, 3, 0, Question.pace, False, Rating.HARD),
        (1.0, 20, 0, Question.pace, False, Rating.GOOD),
        (1.0, QUICK, 0, Question.pace, False, Rating.EASY),
        (1.0, QUICK + 0.1, 0, Question.pace, False, Rating.GOOD),
        (1.0, SLOW, 0, Question.pace, False, Rating.GOOD),
        (1.0, SLOW + 0.1, 0, Question.pace, False, Rating.HARD),
        (1.0, 3, 0, Question.pace, True, Rating.HARD),
        (0.0, 3, 0, Question.pace, True, Rating.AGAIN),
        (1.0, 20, 300, Question.pace, False, Rating.EASY),
        (1.0, 60, 300, Question.pace, False, Rating.GOOD),
        (1.0, 66, 300, Question.pace, False, Rating.HARD),
        (1.0, 8, 0, COMPUTED, False, Rating.EASY),
        (1.0, 66, 0, COMPUTED, False, Rating.GOOD),
        (1.0, 121, 0, COMPUTED, False, Rating.HARD),
        (1.0, -5, 0, Question.pace, False, Rating.GOOD),
        (1.0, float("nan"), 0, Question.pace, False, Rating.GOOD),
    ],
)
def test_the_rule(
    share: float | None, seconds: float, text_length: int, pace: Pace, hinted: bool, rating: Rating | None
) -> None:
    assert suggest(share, seconds, text_length, pace, hinted) is rating


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="within 0 to 1"):
        suggest(share, 3)


def test_every_kind_has_a_pace_and_recognising_is_quicker_than_working_out() -> None:
    paces = {kind: kinds.question_class(kind).pace for kind in kinds.names()}
    assert all(0 < pace.quick < pace.usual < pace.slow for pace in paces.values())
    assert paces["choice"].slow < paces["multi"].slow < paces["numeric"].slow
    assert paces["choice"].quick < paces["short"].quick


def test_the_usual_time_is_as_many_times_the_quick_one_as_the_slow_one_is_of_it() -> None:
    assert Pace(quick=4, slow=36).usual == 12


shares, seconds, lengths = st.floats(0, 1), st.floats(0, 1000), st.integers(0, 2000)
paces = st.tuples(st.floats(1, 20), st.floats(20, 300)).map(lambda pair: Pace(*pair))


@given(shares, shares, seconds, lengths, paces, st.booleans())
def test_a_better_answer_is_never_rated_lower(
    one: float, other: float, time: float, length: int, pace: Pace, hint: bool
) -> None:
    low, high = (suggest(share, time, length, pace, hint) for share in sorted((one, other)))
    assert low is not None
    assert high is not None
    assert low <= high


@given(shares, seconds, seconds, lengths, paces)
def test_a_quicker_answer_is_never_rated_lower(share: float, one: float, other: float, length: int, pace: Pace) -> None:
    quick, slow = (suggest(share, time, length, pace) for time in sorted((one, other)))
    assert quick is not None
    assert slow is not None
    assert slow <= quick


@given(shares, seconds, lengths)
def test_reading_is_not_counted_as_thinking(share: float, thinking: float, length: int) -> None:
    within_rounding = 1e-6
    if all(abs(thinking - edge) > within_rounding for edge in (QUICK, SLOW, 0)):
        assert suggest(share, thinking + length / READ_PER_SECOND, length) is suggest(share, thinking) or thinking < 0
