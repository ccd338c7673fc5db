"""Arithmetic of formulas: numbers, flat lists of numbers, and the fixed list of functions that a formula may call.

A value is a float or a tuple of floats. Imports `wording` alone. Everything that has no finite value
is a FormulaError, in words for an author.
"""

import math
from collections.abc import Callable, Mapping

from kdquiz.library.wording import counted

Value = float | tuple[float, ...]
LONGEST_LIST = 64
DISTRIBUTION_SLACK = 0.01
"""How far from 1 probabilities may sum to, so that an author may round them."""


class FormulaError(ValueError):
    """A formula that cannot be read, or has no value. `at` is the character meant, counted from 1; 0 if unknown."""

    def __init__(self, message: str, hint: str = "", at: int = 0) -> None:
        super().__init__(f"{message}. {hint}" if hint else message)
        self.message = message
        self.hint = hint
        self.at = at


def finite(value: Value) -> Value:
    """The value; raises FormulaError where it, or a number in it, is infinite or not a number."""
    for number in value if isinstance(value, tuple) else (value,):
        if not math.isfinite(number):
            raise FormulaError("the value is not a finite number")
    return value


def as_float(number: float) -> float:
    """A number as a float; raises FormulaError where it is infinite, not a number, or beyond every float."""
    try:
        exact = float(number)
    except OverflowError:
        exact = math.inf
    if not math.isfinite(exact):
        raise FormulaError("a number is too large or not finite")
    return exact


def as_value(value: Value) -> Value:
    """A number, or each of a list, as `as_float`."""
    return tuple(map(as_float, value)) if isinstance(value, tuple) else as_float(value)


def _power(base: float, exponent: float) -> float:
    try:
        return math.pow(base, exponent)
    except ValueError:
        reason = "0 has no negative power" if base == 0 else "a negative number has no such power"
        raise FormulaError(reason) from None


def _quotient(one: float, other: float) -> float:
    if other == 0:
        raise FormulaError("it divides by 0")
    return one / other


OPERATIONS: Mapping[str, Callable[[float, float], float]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "/": _quotient,
    "**": _power,
}


def operate(sign: str, one: Value, other: Value) -> Value:
    """`one sign other`; with a list entry by entry, between lists of one length. Raises FormulaError."""
    operation = OPERATIONS[sign]
    try:
        if not isinstance(one, tuple) and not isinstance(other, tuple):
            return finite(operation(one, other))
        length = len(one) if isinstance(one, tuple) else len(other) if isinstance(other, tuple) else 0
        ones = one if isinstance(one, tuple) else (one,) * length
        others = other if isinstance(other, tuple) else (other,) * length
        if len(ones) != len(others):
            raise FormulaError(f"a list of {len(ones)} and a list of {len(others)} have no `{sign}` between them")
        return finite(tuple(map(operation, ones, others)))
    except OverflowError:
        raise FormulaError("the value is too large") from None


def entry_of(value: Value, index: Value) -> float:
    """`value[index]`, counted from 0, or from the end where negative. Raises FormulaError."""
    if not isinstance(value, tuple):
        raise FormulaError("only a list has entries that [ ] can choose")
    if isinstance(index, tuple) or index != int(index):
        raise FormulaError("an entry is chosen by one whole number")
    if not -len(value) <= index < len(value):
        raise FormulaError(f"there is no entry {int(index)}: the list has {len(value)}, counted from 0")
    return value[int(index)]


def call(name: str, arguments: tuple[Value, ...]) -> Value:
    """The function of FUNCTIONS of that name, applied. Raises FormulaError."""
    try:
        return finite(FUNCTIONS[name](name, arguments))
    except OverflowError:
        raise FormulaError(f"the value of {name} is too large") from None


def _each(function: Callable[[float], float]) -> Callable[[str, tuple[Value, ...]], Value]:
    """A function of one number; of a list it is taken entry by entry."""

    def one(number: float) -> float:
        try:
            return function(number)
        except ValueError:
            raise FormulaError(f"there is no {function.__name__} of {number:g}") from None

    def applied(name: str, arguments: tuple[Value, ...]) -> Value:
        (argument,) = _counted(name, arguments, 1)
        return tuple(map(one, argument)) if isinstance(argument, tuple) else one(argument)

    return applied


def _over(function: Callable[[tuple[float, ...]], Value]) -> Callable[[str, tuple[Value, ...]], Value]:
    """A function of one list."""

    def applied(name: str, arguments: tuple[Value, ...]) -> Value:
        (argument,) = _counted(name, arguments, 1)
        return function(_list(name, argument))

    return applied


def _gathered(function: Callable[[tuple[float, ...]], float]) -> Callable[[str, tuple[Value, ...]], Value]:
    """A function of one list, or of several numbers."""

    def applied(name: str, arguments: tuple[Value, ...]) -> Value:
        if len(arguments) == 1:
            return function(_list(name, arguments[0]))
        numbers = tuple(one for one in arguments if not isinstance(one, tuple))
        if not numbers or len(numbers) < len(arguments):
            raise FormulaError(f"{name} takes one list, or several numbers")
        return function(numbers)

    return applied


def _counted(name: str, arguments: tuple[Value, ...], count: int) -> tuple[Value, ...]:
    if len(arguments) != count:
        raise FormulaError(f"{name} takes {counted(count, 'argument')}, not {len(arguments)}")
    return arguments


def _list(name: str, argument: Value) -> tuple[float, ...]:
    if not isinstance(argument, tuple):
        raise FormulaError(f"{name} takes a list, not a number")
    return argument


def _distribution(name: str, argument: Value) -> tuple[float, ...]:
    listed = _list(name, argument)
    if min(listed) < 0 or abs(math.fsum(listed) - 1) > DISTRIBUTION_SLACK:
        raise FormulaError(f"{name} takes probabilities: they are not negative and sum to 1")
    return listed


def _two_distributions(name: str, arguments: tuple[Value, ...]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    first, second = (_distribution(name, one) for one in _counted(name, arguments, 2))
    if len(first) != len(second):
        raise FormulaError(f"{name} takes two lists of one length, not of {len(first)} and {len(second)}")
    if any(p > 0 and q == 0 for p, q in zip(first, second, strict=True)):
        raise FormulaError(f"{name} is infinite: the second list is 0 where the first is not")
    return first, second


def log_softmax(logits: tuple[float, ...]) -> tuple[float, ...]:
    """zᵢ − log Σⱼ exp zⱼ, natural logarithm; the largest logit is taken off first, so that no exp overflows."""
    top = max(logits)
    normalizer = math.log(math.fsum(math.exp(logit - top) for logit in logits))
    return tuple(logit - top - normalizer for logit in logits)


def softmax(logits: tuple[float, ...]) -> tuple[float, ...]:
    """exp zᵢ / Σⱼ exp zⱼ; the largest logit is taken off first, so that no exp overflows."""
    top = max(logits)
    powers = [math.exp(logit - top) for logit in logits]
    total = math.fsum(powers)
    return tuple(power / total for power in powers)


def entropy(p: tuple[float, ...]) -> float:
    """−Σ p log p in nats, with 0 log 0 = 0."""
    return -math.fsum(one * math.log(one) for one in p if one > 0) + 0.0


def _entropy(name: str, arguments: tuple[Value, ...]) -> Value:
    (argument,) = _counted(name, arguments, 1)
    return entropy(_distribution(name, argument))


def _kl(name: str, arguments: tuple[Value, ...]) -> Value:
    """kl(p, q) = Σ p log(p/q) in nats, with 0 log 0 = 0."""
    p, q = _two_distributions(name, arguments)
    return math.fsum(one * (math.log(one) - math.log(other)) for one, other in zip(p, q, strict=True) if one > 0)


def _cross_entropy(name: str, arguments: tuple[Value, ...]) -> Value:
    """cross_entropy(p, q) = −Σ p log q in nats, with 0 log 0 = 0; p is the target."""
    p, q = _two_distributions(name, arguments)
    return -math.fsum(one * math.log(other) for one, other in zip(p, q, strict=True) if one > 0) + 0.0


def _round(name: str, arguments: tuple[Value, ...]) -> Value:
    """round(x) to a whole number, round(x, n) to n decimal places; halves go to the even neighbour."""
    number, places = arguments if len(arguments) == 2 else (*_counted(name, arguments, 1), 0.0)
    if isinstance(number, tuple) or isinstance(places, tuple) or places != int(places) or not 0 <= places <= 15:
        raise FormulaError("round takes a number and, if wanted, how many decimal places, 0 to 15")
    return float(round(number, int(places)))


FUNCTIONS: Mapping[str, Callable[[str, tuple[Value, ...]], Value]] = {
    "softmax": _over(softmax),
    "log_softmax": _over(log_softmax),
    "kl": _kl,
    "cross_entropy": _cross_entropy,
    "entropy": _entropy,
    "exp": _each(math.exp),
    "log": _each(math.log),
    "sqrt": _each(math.sqrt),
    "sum": _gathered(math.fsum),
    "mean": _gathered(lambda numbers: math.fsum(numbers) / len(numbers)),
    "max": _gathered(max),
    "abs": _each(abs),
    "round": _round,
}
"""`log` is the natural logarithm; what measures information is in nats. exp, log, sqrt and abs take a list entry by
entry; sum, mean and max take a list or several numbers."""
