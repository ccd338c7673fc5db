"""What only the variants of a numeric question show: formulas without a value for some draw, mistakes that cannot be
told from the right value or from each other, and the question's own tests that fail.

Each fault is told once, at the first draw that shows it, with the number of draws that do. Imports `library` and
`marking`. Pure; goes in: a question, comes out: faults whose keys are ways from the question on.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kdquiz.library.faults import Fault
from kdquiz.library.kinds.numeric import Numeric, NumericTest
from kdquiz.library.problems import Key, cut
from kdquiz.library.shown import shown
from kdquiz.library.written_formulas import draw_in_words
from kdquiz.marking.distance import is_within
from kdquiz.marking.kinds.numeric import mark, slip_of
from kdquiz.marking.model import Outcome, Typed, UnreadableError

MOST_VARIANTS = 200
"""How many variants are looked at; of a question with more, as many by fixed seeds."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A fault of one variant."""

    key: Key
    message: str
    hint: str = ""


def numeric_faults(question: Numeric, most_variants: int = MOST_VARIANTS) -> list[Fault]:
    """All that the variants show: at most `most_variants` of them, always the same ones."""
    variants = list(question.variants(most_variants))
    sound = [variant for variant in variants if not variant.failures()]
    told = _told([(variant, list(failures(variant))) for variant in variants])
    told += _told([(variant, list(collisions(variant))) for variant in sound])
    return told + _told([(variant, list(failing_tests(variant))) for variant in sound])


def failures(variant: Numeric) -> Iterator[_Seen]:
    """Formulas that have no value for this draw."""
    for key, error in variant.failures():
        yield _Seen(key, error.message, error.hint or "Leave the values out of `draw` that make it fail.")


def collisions(variant: Numeric) -> Iterator[_Seen]:
    """A tolerance that leaves nothing but the value itself; slips that are right, or that equal another slip."""
    right, tolerance = variant.number, variant.tolerance
    if variant.is_relative and not tolerance:
        hint = "Write `within` as a number."
        yield _Seen(("within",), "the value is 0, and a percentage of it is no tolerance", hint)
    numbers = variant.slip_numbers
    for position, number in enumerate(numbers):
        if number is None:
            continue
        if is_within(number, right, tolerance):
            message = f"the slip gives {shown(number, tolerance)}, which counts as the value {shown(right, tolerance)}"
            hint = "Draw other numbers, or make `within` smaller."
            yield _Seen(("slips", position, "value"), message, hint)
        for earlier, other in enumerate(numbers[:position], 1):
            if other is not None and is_within(number, other, variant.tolerance_of(other)):
                message = (
                    f"the slip gives {shown(number, tolerance)}, and slip {earlier} gives {shown(other, tolerance)}"
                )
                hint = "Nobody could tell which was made: draw other numbers, or keep one of them."
                yield _Seen(("slips", position, "value"), message, hint)


def failing_tests(variant: Numeric) -> Iterator[_Seen]:
    """The tests of the question that this variant does not pass."""
    for position, test in enumerate(variant.tests):
        said = variant.filled_in(test.say)
        if message := _failing(variant, test, said):
            yield _Seen(("tests", position, "say"), f"'{cut(said)}' {message}")


def _failing(variant: Numeric, test: NumericTest, said: str) -> str:
    """How an answer that a test says does otherwise than it expects; empty where it does as expected."""
    try:
        marked = mark(variant, Typed(said))
    except UnreadableError as error:
        reason = error.__cause__ or error
        return "" if test.expect == "unreadable" else f"cannot be read, and is expected to be {test.expect}: {reason}"
    assert marked.number is not None  # every mark of a numeric question has one
    told = marked.number.told
    if test.expect == "unreadable":
        return f"is read as {shown(marked.number.read, variant.tolerance)}, and is expected to be unreadable"
    outcome = "right" if marked.outcome is Outcome.RIGHT else "wrong"
    if outcome != test.expect:
        return f"is {outcome}, and is expected to be {test.expect}: {told}"
    if test.slip is None:
        return ""
    found = slip_of(variant, marked.number.read)
    if found == test.slip - 1:
        return ""
    recognised = "as no slip" if found is None else f"as slip {found + 1}"
    return f"is recognised {recognised}, and is expected to be slip {test.slip}: {told}"


def _told(seen: Sequence[tuple[Numeric, Iterable[_Seen]]]) -> list[Fault]:
    """One fault for each key, as the first variant shows it."""
    first: dict[Key, tuple[Numeric, _Seen]] = {}
    draws: dict[Key, int] = {}
    for variant, faults in seen:
        for key, fault in {fault.key: fault for fault in faults}.items():
            first.setdefault(key, (variant, fault))
            draws[key] = draws.get(key, 0) + 1
    told = []
    for key, (variant, fault) in first.items():
        count = f" in {draws[key]} of {len(seen)} draws" if len(seen) > 1 else ""
        place = draw_in_words(variant.scope)
        told.append(Fault(message=f"{fault.message.rstrip('.')}{place}{count}", hint=fault.hint, key=key))
    return told
