"""The formulas of a question, each with the key it is written at: whether their names are known, and whether they
have a value for one draw. Imports `formula`, `shown` and `faults`. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kdquiz.library.arithmetic import FUNCTIONS, FormulaError
from kdquiz.library.faults import Fault
from kdquiz.library.formula import NAME, evaluate_number, parse, unknown_name
from kdquiz.library.problems import Key, cut
from kdquiz.library.shown import NONE, as_authored, filled, names_in

VALUE = "value"
"""The name of the right value, where a text may say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A formula, or (`in_braces`) a text with formulas in braces. `tells`: it may say the right value."""

    key: Key
    text: str
    in_braces: bool = False
    tells: bool = False

    def names(self) -> dict[str, tuple[str, int]]:
        """The names that it needs, each with the formula and the character where it stands. Raises FormulaError."""
        if self.in_braces:
            return names_in(self.text)
        return {name: (self.text, at) for name, at in parse(self.text).names.items()}

    def faults(self, draw: Mapping[str, object]) -> Iterator[Fault]:
        """Names that are not drawn."""
        for name, (formula, at) in self.names().items():
            if name in draw or (self.tells and name == VALUE):
                continue
            if name == VALUE and self.in_braces:
                yield Fault(message="`{value}` would tell the answer", hint="Leave it out.", key=self.key)
            else:
                error = unknown_name(formula, name, at, draw)
                yield Fault(message=error.message, hint=error.hint, key=self.key)

    def failure(self, scope: Mapping[str, float], right: float | None) -> FormulaError | None:
        """Why it has no value where the names stand for these numbers; None where it has one.

        `right` is the right value; where that has none, what needs it is left alone.
        """
        if self.tells and right is None and VALUE in self.names():
            return None
        try:
            if self.in_braces:
                filled(self.text, scope, computed={VALUE: right} if self.tells and right is not None else NONE)
            else:
                evaluate_number(self.text, scope)
        except FormulaError as error:
            return error
        return None


def draw_faults(draw: Mapping[str, tuple[float, ...]], shown_names: Mapping[str, object]) -> Iterator[Fault]:
    """Names that formulas could not say, variables that the learner is never told, and values that stand twice.

    `shown_names` are the names that the question's text says.
    """
    for name, values in draw.items():
        if not NAME.fullmatch(name) or name in FUNCTIONS or name == VALUE:
            taken = "is a name that formulas have already" if NAME.fullmatch(name) else "is no name that formulas know"
            hint = "A name is a letter, then letters, digits or _, and no function."
            yield Fault(message=f"'{cut(name)}' {taken}", hint=hint, key=("draw", name), of_key=True)
        elif name not in shown_names:
            hint = f"Write {{{name}}} into `ask`, or remove it."
            message = f"'{name}' is drawn and `ask` never says it"
            yield Fault(message=message, hint=hint, key=("draw", name), of_key=True)
        for position, value in enumerate(values):
            if value in values[:position]:
                yield Fault(message=f"{value} stands twice", key=("draw", name, position))


def draw_in_words(scope: Mapping[str, float]) -> str:
    """` (at a = 2, T = 4)`, to end a sentence with; empty where nothing is drawn."""
    told = ", ".join(f"{name} = {as_authored(value)}" for name, value in scope.items())
    return f" (at {told})" if told else ""
