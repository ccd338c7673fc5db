"""Every numeric question of the shipped packs is computed a second time, another way: `recomputed` holds how."""

import math
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module

from kdquiz.library.kinds.numeric import Numeric
from tests.content import recomputed
from tests.content.shipped import entries, packs

SEEDS = range(20)
RELATIVE = 1e-9
OF_LESSONS = "lessons"
"""The module for the numbers in lessons, which are no questions."""


def module_of(topic: str) -> str:
    return topic.replace("-", "_")


def numerics() -> dict[str, tuple[str, Numeric]]:
    """Every numeric question by its id, with the module that has to compute it."""
    questions = ((module_of(entry.topic.id), entry.question) for entry in entries(packs()))
    return {question.id: (module, question) for module, question in questions if isinstance(question, Numeric)}


def written() -> dict[str, dict[str, Callable[..., float]]]:
    """What is computed, by module."""
    names = {module.name for module in pkgutil.iter_modules(recomputed.__path__)} - {OF_LESSONS}
    return {name: import_module(f"{recomputed.__name__}.{name}").RECOMPUTED for name in sorted(names)}


def test_every_numeric_question_is_computed_a_second_time() -> None:
    known = written()
    left = [f"{name}: add it to recomputed/{module}.py" for name, (module, _) in numerics().items()
            if name not in known.get(module, {})]  # fmt: skip
    assert left == []


def test_nothing_is_computed_that_no_question_asks() -> None:
    asked = numerics()
    extra = [
        f"recomputed/{module}.py: {name}"
        for module, functions in written().items()
        for name in functions
        if asked.get(name, ("", None))[0] != module
    ]
    assert extra == []


def test_the_values_agree() -> None:
    known = written()
    for name, (module, question) in numerics().items():
        if name in known.get(module, {}):
            assert list(disagreements(question, known[module][name])) == []


def disagreements(question: Numeric, compute: Callable[..., float]) -> Iterator[str]:
    """One sentence for each variant, of those of `SEEDS`, of which the two values differ."""
    for variant in {str(one.draw): one for one in map(question.drawn, SEEDS)}.values():
        value, again = variant.number, compute(**variant.scope)
        if not math.isclose(value, again, rel_tol=RELATIVE, abs_tol=1e-12):
            yield f"{question.id} with {variant.scope}: the pack says {value!r}, recomputed {again!r}"
