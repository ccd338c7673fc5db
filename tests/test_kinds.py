"""A kind of question is complete: its dataclass, its marking and its widget stand in the three places that it needs,
and what `kdquiz check` looks at besides in a fourth, if anything."""

import pkgutil
from importlib import import_module

import pytest

from kdquiz import marking, tui
from kdquiz.authoring import kinds as checks
from kdquiz.library import kinds
from kdquiz.tui.widgets.response import ResponseArea

PLACES = (f"{marking.__name__}.kinds", f"{tui.__name__}.kinds")


@pytest.mark.parametrize("kind", kinds.names())
def test_a_kind_can_be_marked_read_from_a_line_and_shown(kind: str) -> None:
    marked = import_module(f"{PLACES[0]}.{kind}")
    assert callable(marked.mark)
    assert callable(marked.read_line)
    assert callable(marked.how_to_type)
    assert issubclass(import_module(f"{PLACES[1]}.{kind}").Area, ResponseArea)


@pytest.mark.parametrize("place", PLACES)
def test_nothing_else_is_taken_for_a_kind(place: str) -> None:
    modules = pkgutil.iter_modules(import_module(place).__path__)
    assert tuple(sorted(module.name for module in modules)) == kinds.names()


def test_what_is_checked_belongs_to_a_kind() -> None:
    assert checks.names() <= set(kinds.names())
    assert all(callable(import_module(f"{checks.__name__}.{kind}").faults) for kind in checks.names())
