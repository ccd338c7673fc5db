"""How far a typed number is from the right one, in words for the learner: only what is certain is said.

Imports `library` and the standard library. Pure.
"""

import math

from kdquiz.library.kinds.numeric import Numeric
from kdquiz.library.measure import PERCENT, distance_in_words, with_unit
from kdquiz.library.shown import shown

SLACK = 1e-9
"""The part of the numbers at hand that computing in floats may cost: the edge of a tolerance counts."""
SLACK_AT_ZERO = 1e-12
FIT = 0.01
"""How near, as a part of the right value, a number must be to be called twice that value."""
FACTORS = {2.0: "twice", 0.5: "half", 3.0: "three times", 4.0: "four times", 0.25: "a quarter of"}
FACTORS |= {10.0: "10 times", 0.1: "a tenth of", 100.0: "100 times", 0.01: "a hundredth of"}
FACTORS |= {1000.0: "1000 times", 0.001: "a thousandth of"}
JUST_OUTSIDE = 1.5
TIMES = ("", "", "twice", "three times", "four times", "five times", "six times", "seven times", "eight times")


def is_within(read: float, number: float, tolerance: float) -> bool:
    """Whether `read` is at most `tolerance` from `number`, its edge included."""
    slack = SLACK * max(abs(number), tolerance) or SLACK_AT_ZERO
    return abs(read - number) <= tolerance + slack


def what_counts(question: Numeric) -> str:
    """`The value is 0.5761; any answer from 0.572 to 0.581 counts.`"""
    right, tolerance = question.number, question.tolerance
    value = f"The value is {with_unit(shown(right, tolerance), question.unit)}"
    if tolerance == 0:
        return f"{value}."
    places = max(0, math.ceil(-math.log10(tolerance / 5) - SLACK))  # the last digit is at most a fifth of the tolerance
    lowest, highest = (_inwards(right, right - tolerance, places), _inwards(right, right + tolerance, places))
    return f"{value}; any answer from {lowest} to {highest} counts."


def _inwards(right: float, edge: float, places: int) -> str:
    """The edge, rounded towards the right value so that what is told counts."""
    if abs(edge) >= 1e15 or places > 15:
        return shown(edge, 0)
    size = 10**places
    steps = edge * size
    nearest = round(steps)
    if abs(steps - nearest) > SLACK * max(1.0, abs(steps)):
        nearest = math.ceil(steps) if edge < right else math.floor(steps)
    return shown(nearest / size, 0)


def how_far(question: Numeric, read: float) -> str:
    """A sentence for a number that is not right: its sign, a plain factor, or the distance in tolerances."""
    right, tolerance = question.number, question.tolerance
    if right and is_within(-read, right, tolerance):
        return "The sign is wrong."
    if told := _other_scale(question, read):
        return told
    for factor, words in FACTORS.items():
        if right and is_within(read, right * factor, min(tolerance * factor, FIT * abs(right * factor))):
            return f"That is {words} the right value."
    return _distance(question, read)


def _other_scale(question: Numeric, read: float) -> str:
    """Parts of 1 for percent and the reverse, bits for nats and the reverse."""
    right, unit = question.number, question.unit
    near = FIT * abs(right)
    if right and unit == PERCENT and is_within(read * 100, right, min(near, question.tolerance)):
        return "That is a part of 1, and a percentage is asked for."
    if right and not unit and is_within(read / 100, right, min(near, question.tolerance)):
        percent = shown(read, question.tolerance)
        return f"That is 100 times the right value. If you meant percent, type {percent} %."
    for asked, typed, factor in (("nats", "bits", math.log(2)), ("bits", "nats", 1 / math.log(2))):
        if right and unit == asked and is_within(read * factor, right, min(near, question.tolerance)):
            return f"That is the value in {typed}, and it is asked in {asked}."
    return ""


def _distance(question: Numeric, read: float) -> str:
    right, tolerance = question.number, question.tolerance
    distance = abs(read - right)
    side = "high" if read > right else "low"
    if not math.isfinite(distance) or distance > 100 * max(abs(right), tolerance) > 0:
        return f"That is far too {side}."
    if question.is_relative and distance <= abs(right) / 2:
        how_much = f"{_rounded(100 * distance / abs(right))} % of the value"
    else:
        how_much = distance_in_words(_rounded(distance), question.unit)
    return f"That is {how_much} too {side}{_in_tolerances(distance / tolerance if tolerance else math.inf)}."


def _in_tolerances(ratio: float) -> str:
    if ratio < JUST_OUTSIDE:
        return ", just outside the tolerance"
    if ratio < len(TIMES) - 0.5:
        times = round(ratio)
        return f"; that is {'' if abs(ratio - times) < 0.05 else 'about '}{TIMES[times]} the tolerance"
    return ""


def _rounded(distance: float) -> str:
    """With two digits: more say nothing."""
    return shown(float(f"{distance:.2g}"), 0)
