"""A number, computed by a formula from variables that are drawn anew each time; right within a tolerance.

    value: softmax([a/T, 0, 0])[0]        within: 0.005        or: within: 2 %

`{name}` and `{formula}` in `ask`, `answer` and the tests' `say` are filled in (`library/shown.py`); formulas are those
of `library/formula.py`. A question of which nothing is drawn yet stands for its first variant: the first value of each.
"""

import itertools
import math
import random
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal, Self

from annotated_types import Ge, Len, Predicate

from kdquiz.library.arithmetic import FormulaError
from kdquiz.library.faults import Fault, FaultyQuestionError
from kdquiz.library.formula import evaluate_number, parse
from kdquiz.library.measure import in_words, is_relative, is_tolerance, is_unit, tolerance_of, with_unit
from kdquiz.library.model import Pace, Question
from kdquiz.library.shown import filled, names_in, shown
from kdquiz.library.text import Text
from kdquiz.library.written_formulas import VALUE, Written, draw_faults, draw_in_words

MOST_VARIABLES = 8
MOST_VALUES = 50
TRIES = 20
"""How many draws are tried for one whose formulas all have a value; `kdquiz check` tells of the others."""


def is_formula(text: float | str) -> bool:
    """Raises FormulaError where it cannot be read, as the author is told."""
    return bool(parse(str(text)))


def can_be_filled(text: str) -> bool:
    """Raises FormulaError where braces hold no formula."""
    names_in(text)
    return True


Formulated = Annotated[int | float | str, Predicate(is_formula)]
Fillable = Annotated[str, Predicate(can_be_filled)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A typical mistake: the value that it gives, and the sentence that explains it."""

    value: Formulated
    because: Annotated[Text, Predicate(can_be_filled)]
    """Symbols and formulas in braces are filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericTest:
    """A learner's answer and what it must be marked as; `slip`, from 1, is the mistake it must be recognised as."""

    say: Fillable
    expect: Literal["right", "wrong", "unreadable"]
    slip: Annotated[int, Ge(1)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(Question):
    """Raises FaultyQuestionError where its parts do not fit together, or its first variant has no value."""

    pace: ClassVar[Pace] = Pace(quick=10, slow=120)
    """Something is computed, in the head or on paper; only a value seen before comes at once."""
    kind: Literal["numeric"]
    ask: Annotated[Text, Predicate(can_be_filled)]
    draw: Annotated[dict[str, Annotated[tuple[int | float, ...], Len(1, MOST_VALUES)]], Len(0, MOST_VARIABLES)] = field(
        default_factory=dict
    )
    """The values that each variable may have; once drawn, exactly one of each."""
    value: Formulated
    """The right value: a number, or a formula such as `softmax([a/T, 0])[0]`."""
    within: Annotated[int | float | str, Predicate(is_tolerance)]
    """The largest distance of a right answer from the value: a number in the value's unit, or a percentage of it."""
    unit: Annotated[str, Predicate(is_unit)] = ""
    """What the value is measured in; with `%` it is in percent."""
    answer: Fillable = ""
    """An explanation, Markdown; `{value}` and `{a/T}` are filled in."""
    slips: tuple[Slip, ...] = ()
    tests: tuple[NumericTest, ...] = ()

    def __post_init__(self) -> None:
        faults = list(_faults(self))
        if not faults:
            faults = [
                Fault(message=f"{error.message}{draw_in_words(self.scope)}", hint=error.hint, key=key)
                for key, error in self.failures()
            ]
        if faults:
            raise FaultyQuestionError(faults)

    @property
    def scope(self) -> dict[str, float]:
        """What the variables stand for, as authored; of an undrawn question the first values."""
        return {name: values[0] for name, values in self.draw.items()}

    @property
    def number(self) -> float:
        """The right value. Raises FormulaError where there is none."""
        return evaluate_number(str(self.value), self.scope)

    @property
    def tolerance(self) -> float:
        """How far from the right value an answer may be, in the unit of the value."""
        return self.tolerance_of(self.number)

    def tolerance_of(self, number: float) -> float:
        """How far from a number, right or a slip's, an answer may be that means it."""
        return tolerance_of(self.within, number)

    @property
    def is_relative(self) -> bool:
        """Whether the tolerance is a part of the value."""
        return is_relative(self.within)

    @property
    def slip_numbers(self) -> tuple[float | None, ...]:
        """The value of each slip; None where its formula has none for this draw."""
        found: list[float | None] = []
        for slip in self.slips:
            try:
                found.append(evaluate_number(str(slip.value), self.scope))
            except FormulaError:
                found.append(None)
        return tuple(found)

    @property
    def title(self) -> str:
        return " ".join(self.asked.split())

    @property
    def asked(self) -> str:
        return filled(self.ask, self.scope)

    @property
    def model_answer(self) -> str:
        return self.filled_in(self.answer)

    def filled_in(self, text: str) -> str:
        """A text with its braces filled in, numbers exact enough for the tolerance. Raises FormulaError."""
        number = self.number
        return filled(text, self.scope, self.tolerance_of(number), {VALUE: number})

    def in_full(self, answer: bool) -> str:
        if not answer:
            return self.asked.rstrip()
        value = f"{with_unit(shown(self.number, self.tolerance), self.unit)} ({tolerance_in_words(self)})"
        numbers = zip(self.slips, self.slip_numbers, strict=True)
        slips = [
            f"- {shown(number, self.tolerance)}: {self.filled_in(slip.because).strip()}"
            for slip, number in numbers
            if number is not None
        ]
        typical = ["Typical mistakes:", "\n".join(slips)] if slips else []
        parts = [self.asked.rstrip(), value, self.model_answer.rstrip(), *typical]
        return "\n\n".join(part for part in parts if part)

    def written(self) -> Iterator[Written]:
        """Every formula, and every text with formulas in it, with its key."""
        yield Written(key=("ask",), text=self.ask, in_braces=True)
        yield Written(key=("value",), text=str(self.value))
        yield Written(key=("answer",), text=self.answer, in_braces=True, tells=True)
        for number, slip in enumerate(self.slips):
            yield Written(key=("slips", number, "value"), text=str(slip.value))
            yield Written(key=("slips", number, "because"), text=slip.because, in_braces=True, tells=True)
        for number, test in enumerate(self.tests):
            yield Written(key=("tests", number, "say"), text=test.say, in_braces=True, tells=True)

    def failures(self) -> list[tuple[tuple[str | int, ...], FormulaError]]:
        """The key of each formula that has no value for this draw, with the reason."""
        try:
            right = self.number
        except FormulaError:
            right = None
        failed = ((one.key, one.failure(self.scope, right)) for one in self.written())
        return [(key, error) for key, error in failed if error]

    def drawn(self, seed: int) -> Self:
        """The variant of a seed: for each name, sorted, one call of `random.Random(seed).random()`, which Python
        promises never to change; times the number of values, rounded down, it is the position.

        A draw for which a formula has no value is passed over, since an author can only be told of it.
        """
        if not self.draw:
            return self
        rng = random.Random(seed)
        for _ in range(TRIES):
            positions = {name: int(rng.random() * len(self.draw[name])) for name in sorted(self.draw)}
            variant = self._with({name: values[positions[name]] for name, values in self.draw.items()})
            if not variant.failures():
                return variant
        return self._with(self.scope)

    def variants(self, limit: int) -> Iterator[Self]:
        """Every variant where there are at most `limit`; else as many, chosen by fixed seeds, with the first one."""
        names, values = list(self.draw), list(self.draw.values())
        if math.prod(map(len, values)) <= limit:
            choices: Sequence[tuple[float, ...]] = list(itertools.product(*values))
        else:
            rng = random.Random(0)
            some = [tuple(one[int(rng.random() * len(one))] for one in values) for _ in range(limit - 1)]
            choices = list(dict.fromkeys([tuple(one[0] for one in values), *some]))
        return (self._with(dict(zip(names, choice, strict=True))) for choice in choices)

    def _with(self, scope: dict[str, float]) -> Self:
        variant = copy(self)  # not `replace`: a variant whose formulas fail is looked at, too
        object.__setattr__(variant, "draw", {name: (value,) for name, value in scope.items()})
        return variant


def tolerance_in_words(question: Numeric) -> str:
    """How exact an answer must be, for the learner: `to within 0.005 nats`, `to within 2 %`, `exactly`."""
    return in_words(question.within, question.unit)


def _faults(question: Numeric) -> Iterator[Fault]:
    """What is wrong whatever is drawn."""
    yield from draw_faults(question.draw, names_in(question.ask))
    for written in question.written():
        yield from written.faults(question.draw)
    if question.unit in question.draw:
        yield Fault(message=f"the unit '{question.unit}' is drawn, too", key=("unit",))
    for number, test in enumerate(question.tests):
        key = ("tests", number, "slip")
        if test.slip is not None and test.expect != "wrong":
            yield Fault(message=f"an answer that is {test.expect} is no slip", hint="Remove `slip`.", key=key)
        elif test.slip is not None and test.slip > len(question.slips):
            message = f"there is no slip {test.slip}: the question has {len(question.slips)}, counted from 1"
            yield Fault(message=message, key=key)
