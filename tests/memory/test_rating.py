"""The rule that suggests a rating."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.memory.model import Rating
from kdquiz.memory.rating import QUICK_SECONDS, READ_PER_SECOND, SLOW_SECONDS, suggest


@pytest.mark.parametrize(
    ("share", "seconds", "text_length", "hinted", "rating"),
    [
        (None, 3, 0, False, None),
        (0.0, 3, 0, False, Rating.AGAIN),
        (0.5, 3, 0, False, Rating.HARD),
        (1.0, 20, 0, False, Rating.GOOD),
        (1.0, QUICK_SECONDS, 0, False, Rating.EASY),
        (1.0, QUICK_SECONDS + 0.1, 0, False, Rating.GOOD),
        (1.0, SLOW_SECONDS, 0, False, Rating.GOOD),
        (1.0, SLOW_SECONDS + 0.1, 0, False, Rating.HARD),
        (1.0, 3, 0, True, Rating.HARD),
        (0.0, 3, 0, True, Rating.AGAIN),
        (1.0, 20, 300, False, Rating.EASY),
        (1.0, 60, 300, False, Rating.GOOD),
        (1.0, 66, 300, False, Rating.HARD),
        (1.0, -5, 0, False, Rating.GOOD),
        (1.0, float("nan"), 0, False, Rating.GOOD),
    ],
)
def test_the_rule(share: float | None, seconds: float, text_length: int, hinted: bool, rating: Rating | None) -> None:
    assert suggest(share, seconds, text_length, hinted) is rating


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="within 0 to 1"):
        suggest(share, 3)


shares, seconds, lengths = st.floats(0, 1), st.floats(0, 1000), st.integers(0, 2000)


@given(shares, shares, seconds, lengths, st.booleans())
def test_a_better_answer_is_never_rated_lower(one: float, other: float, time: float, length: int, hint: bool) -> None:
    low, high = (suggest(share, time, length, hint) for share in sorted((one, other)))
    assert low is not None
    assert high is not None
    assert low <= high


@given(shares, seconds, seconds, lengths)
def test_a_quicker_answer_is_never_rated_lower(share: float, one: float, other: float, length: int) -> None:
    quick, slow = (suggest(share, time, length) for time in sorted((one, other)))
    assert quick is not None
    assert slow is not None
    assert slow <= quick


@given(shares, seconds, lengths)
def test_reading_is_not_counted_as_thinking(share: float, thinking: float, length: int) -> None:
    within_rounding = 1e-6
    if all(abs(thinking - edge) > within_rounding for edge in (QUICK_SECONDS, SLOW_SECONDS, 0)):
        assert suggest(share, thinking + length / READ_PER_SECOND, length) is suggest(share, thinking) or thinking < 0
