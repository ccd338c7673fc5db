"""The rule that suggests a rating from the mark and the time. The learner changes it by one key.

Imports `library.model` and `memory.model`. Goes in: the share of the marks reached, the thinking time and the pace of
the kind of question. Comes out: a Rating.
"""

from kdquiz.library.model import Pace, Question
from kdquiz.memory.model import Rating

READ_PER_SECOND = 15.0


def suggest(
    share: float | None, seconds: float, text_length: int = 0, pace: Pace = Question.pace, hinted: bool = False
) -> Rating | None:
    """The rating to suggest; None where there is no mark (`share` None) and the learner rates themself.

    - Again: wrong (`share` 0).
    - Hard: partly right, or right with a hint, or right but slow for its kind.
    - Good: right.
    - Easy: right and quick for its kind.

    `seconds` is the time until the answer was given. `text_length` is what had to be read meanwhile, in characters
    (the question and its options); the reading is taken off first, at 15 characters a second, which is slow for
    prose (about 20) since formulas are read slowly. Typing takes about four times as long as reading: of an answer
    that is typed, add four times its length. What is then left is thinking: quick is at most `pace.quick` seconds of
    it, slow more than `pace.slow`; each kind of question says why. They are judgements, not measurements.

    A negative time (the clock was set back) tells nothing and counts as neither. Raises ValueError where `share` is not
    within 0 to 1.
    """
    if share is None:
        return None
    if not 0 <= share <= 1:
        raise ValueError(f"a share of the marks is within 0 to 1, and this one is {share}")
    if share == 0:
        return Rating.AGAIN
    reading = text_length / READ_PER_SECOND
    if share < 1 or hinted or seconds > reading + pace.slow:
        return Rating.HARD
    return Rating.EASY if 0 <= seconds <= reading + pace.quick else Rating.GOOD
