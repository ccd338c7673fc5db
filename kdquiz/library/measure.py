"""What a number is measured in and how exact it must be: units and tolerances, as authors write and learners read them.

A tolerance is a number in the unit of the value, or a percentage of the value (`2 %`). With the unit `%` the value is
in percent, and a tolerance that is a number counts percentage points. Imports `shown`. Pure.
"""

import math
import re

from kdquiz.library.shown import shown

PERCENT = "%"
_PERCENT_IN_WORDS = ("percent", "percents", "pct", "pct.")
_WITHIN = re.compile(r"\s*(\d{1,6}(?:\.\d{1,12})?)\s*(%?)\s*")
_UNIT = re.compile(r"[^\d{}`\n]{1,20}")


def is_tolerance(within: float | str) -> bool:
    """Raises ValueError where it is neither a number nor a percentage, or is negative or infinite."""
    if isinstance(within, str) and not _WITHIN.fullmatch(within):
        raise ValueError('`within` is a number, such as 0.005, or a part of the value, such as "2 %"')
    if not isinstance(within, str) and not 0 <= within < math.inf:
        raise ValueError("`within` is how far off an answer may be: 0 or more")
    return True


def is_relative(within: float | str) -> bool:
    """Whether a tolerance is a percentage of the value."""
    return isinstance(within, str) and PERCENT in within


def tolerance_of(within: float | str, number: float) -> float:
    """How far an answer may be from `number`, in its unit."""
    found = _WITHIN.fullmatch(within) if isinstance(within, str) else None
    if found is None:
        return float(within)
    return float(found[1]) * abs(number) / 100 if found[2] else float(found[1])


def in_words(within: float | str, unit: str) -> str:
    """`to within 0.005 nats`, `to within 2 %`, `exactly`."""
    if is_relative(within):
        part = " ".join(str(within).replace(PERCENT, f" {PERCENT}").split())
        return f"to within {part} of the value" if unit == PERCENT else f"to within {part}"
    tolerance = tolerance_of(within, 0)
    return f"to within {distance_in_words(shown(tolerance, 0), unit)}" if tolerance else "exactly"


def is_unit(unit: str) -> bool:
    """Raises ValueError for a unit that would be read as a part of the number, or that has a sign of its own."""
    if unit.casefold().replace(" ", "") in _PERCENT_IN_WORDS:
        raise ValueError("the unit percent is written `%`: else the answer `10 %` would be read as 0.1")
    if unit and (unit != unit.strip() or not _UNIT.fullmatch(unit)):
        raise ValueError("`unit` is a short word or sign without digits, such as MB, nats or %")
    return True


def with_unit(number: str, unit: str) -> str:
    """`0.5 nats`, `50 %`."""
    return f"{number} {unit}" if unit else number


def distance_in_words(number: str, unit: str) -> str:
    """`0.5 nats`, `0.5 percentage points`: between two values in percent lie no percents."""
    return with_unit(number, "percentage points" if unit == PERCENT else unit)
