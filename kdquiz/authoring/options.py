"""What gives the right option away to somebody who knows nothing of the matter: its length. Pure.

Who writes a right answer with care and the wrong ones in haste makes it the longest, and test-wise learners know that.
So the right option may not stand out: it may be the longest, but not by a quarter and by two words or more.
"""

from collections.abc import Iterator, Sequence

from kdquiz.authoring.columns import columns, without_marks
from kdquiz.library.faults import Fault
from kdquiz.library.options import Option

LONGER_BY = 1.25
LONGER_BY_COLUMNS = 12
"""About two words; less is not seen at a glance."""


def length_faults(options: Sequence[Option]) -> Iterator[Fault]:
    """At most one: every right option is conspicuously longer than all wrong ones."""
    right = [(columns(without_marks(one.text)), number) for number, one in enumerate(options) if one.is_right]
    wrong = [columns(without_marks(one.text)) for one in options if not one.is_right]
    if not right or not wrong:
        return
    (shortest, number), longest = min(right), max(wrong)
    if shortest >= longest * LONGER_BY and shortest >= longest + LONGER_BY_COLUMNS:
        which = "the right option is" if len(right) == 1 else "the right options are"
        message = f"{which} {shortest} characters long, and the longest wrong one {longest}: the length gives it away"
        hint = "Shorten it, or move its reason to `because`; or say more in a wrong one."
        yield Fault(message=message, hint=hint, key=("options", number, "right"))
