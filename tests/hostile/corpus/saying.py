"""Patterns for what a report must say, and answers that try a cheat. Used by the rows; imports `row` alone."""

import textwrap

from tests.hostile.row import HONEST, tried

RIGHT_RETURN = "    return (1 - alpha) * hard + alpha * soft\n"
OUT_OF_TIME = "The code (computed for 1 s and had not finished|had not finished after 4 s)"
"""A process that computes without end, under `QUICK`; on a busy machine the wall clock may come first."""
IMPORTS = "import torch\nimport torch.nn.functional as F\n"
NOTHING = "(soft * 0).sum()"
"""An answer in the right form, with a gradient, and wrong: zero."""


def said(*parts: str) -> str:
    """A pattern that finds all of these, one after the other, anywhere in a report.

    Each is a regular expression in which a space stands for any white space, since a report is wrapped.
    """
    return "(?s)" + ".*".join(part.replace(" ", r"\s+") for part in parts)


def changed(*changes: tuple[str, str], source: str = HONEST) -> str:
    """A right answer with texts replaced, each of which stands there once."""
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    return source


def returning(value: str) -> str:
    """An answer that has `hard`, `soft` and the right `loss`, and returns something else; several lines, if given."""
    return changed(("    return", "    loss ="), source=HONEST) + textwrap.indent(_last_returned(value), "    ") + "\n"


def _last_returned(value: str) -> str:
    *before, last = textwrap.dedent(value).strip().splitlines()
    return "\n".join([*before, f"return {last}"])


def cheated(attack: str, *, inside: bool = False, answer: str = NOTHING) -> str:
    """As `tried`, but with a wrong answer: what the attack does must not make it right. It has `torch` and `F`."""
    source = tried(attack, inside=inside)
    return IMPORTS + changed((RIGHT_RETURN, f"    return {answer}\n"), source=source)
