"""English that messages of every layer share: counts, and lists of words. Pure; imports nothing of kdquiz."""

from collections.abc import Iterable


def counted(count: int, one: str, many: str = "") -> str:
    """`1 question`, `2 questions`; `many` where an `s` does not make the plural."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(words: Iterable[object], conjunction: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; empty where there are none."""
    told = list(map(str, words))
    if not told:
        return ""
    *others, last = told
    return f"{', '.join(others)} {conjunction} {last}" if others else last


def some_of(names: Iterable[object], what: str) -> str:
    """`no point`, `point 1`, `points 1, 2 and 4`."""
    told = list(names)
    if not told:
        return f"no {what}"
    return f"{what}{'' if len(told) == 1 else 's'} {listed(told)}"
