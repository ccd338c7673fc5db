"""The direction of imports, looked at from outside: each room is imported in a fresh process and `sys.modules` is read.

The static contracts stand in pyproject.toml; this sees lazy imports of the modules themselves as well.
"""

import json
import pkgutil
import subprocess
import sys

import pytest

import kdquiz

HEAVY = {"textual", "rich", "torch", "numpy", "pydantic", "fsrs", "rapidfuzz", "snowballstemmer"}
ROOMS = {
    "errors": set[str](),
    "library": {"errors"},
    "marking": {"library", "errors"},
    "memory": {"library", "errors"},
    "store": {"memory", "library", "errors"},
    "sessions": {"grading", "marking", "memory", "library", "errors"},
    "authoring": {"grading", "marking", "library", "errors", "memory", "store", "sessions"},
    "exchange": {"grading", "marking", "library", "errors", "memory", "store", "sessions"},
}


def loaded_by(*modules: str) -> set[str]:
    """The names in `sys.modules` of a fresh process that has imported these modules."""
    code = f"import json, sys, {', '.join(modules)}; print(json.dumps(list(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(ran.stdout))


def modules_of(room: str) -> list[str]:
    """Every module of a room."""
    found = pkgutil.walk_packages(kdquiz.__path__, "kdquiz.")
    return [one.name for one in found if one.name == f"kdquiz.{room}" or one.name.startswith(f"kdquiz.{room}.")]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_the_rooms_below(room: str) -> None:
    loaded = loaded_by(*modules_of(room))
    rooms = {name.split(".")[1] for name in loaded if name.startswith("kdquiz.")}
    assert rooms <= ROOMS[room] | {room}
    assert not loaded & {"textual", "rich", "torch", "numpy"}


def test_the_app_and_the_shell_never_import_torch() -> None:
    loaded = loaded_by(*modules_of("tui"), *modules_of("cli"), "kdquiz.grading.client")
    assert not loaded & {"torch", "numpy"}


def test_the_runner_knows_only_the_frames_the_submission_and_its_harness() -> None:
    loaded = {name for name in loaded_by("kdquiz.grading.runner") if name.startswith("kdquiz.")}
    assert loaded <= {
        "kdquiz.grading",
        "kdquiz.grading.runner",
        "kdquiz.grading.performing",
        "kdquiz.grading.protocol",
        "kdquiz.grading.submission",
    }


def test_help_is_quick_because_it_imports_nothing_heavy() -> None:
    assert not loaded_by("kdquiz.cli") & HEAVY


def test_the_quiz_does_not_import_the_app_before_it_is_asked() -> None:
    commands = [f"kdquiz.cli.commands.{name}" for name in ("quiz", "grade", "list", "check")]
    loaded = loaded_by(*commands, "kdquiz.cli.plain")
    assert not loaded & {"textual", "rich", "torch"}
