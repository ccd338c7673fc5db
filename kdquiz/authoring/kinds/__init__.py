"""What is checked of one kind of question beyond its form, one module a kind, named as the kind is:
`faults(question) -> Iterable[Fault]`, with keys from the question on (`("tests", 0, "say")`).

A kind without a module here has nothing of its own to check. Nothing lists these modules: `faults` finds them by name.
A check is pure, so that many can run at once in several processes, and bounded: whatever a file says, it ends soon.
"""

import pkgutil
from collections.abc import Iterable
from functools import cache
from importlib import import_module

from kdquiz.library.faults import Fault
from kdquiz.library.model import Question


@cache
def names() -> frozenset[str]:
    """The kinds that have checks of their own: the modules of this folder."""
    return frozenset(module.name for module in pkgutil.iter_modules(__path__))


def faults(question: Question) -> tuple[Fault, ...]:
    """All that is wrong with a question whose form is right; its tests are run."""
    if question.kind not in names():
        return ()
    found: Iterable[Fault] = import_module(f"{__name__}.{question.kind}").faults(question)
    return tuple(found)
