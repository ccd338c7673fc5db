"""The README tells the truth: its commands exist, its files are there, its numbers are those of the drill."""

import re
import shlex
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from kdquiz.cli import group
from kdquiz.library.drill import Drill, patch_spans, splice
from kdquiz.library.folders import shipped_content
from kdquiz.library.load import load_library
from tests.bench.mutants import listed_equivalents, mutated_drills
from tests.bench.mutate import mutants
from tests.content.test_coverage import measured

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    kdquiz (\w+)([^#\n]*)", README, re.MULTILINE)


@pytest.mark.parametrize(("name", "rest"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_command_and_option_exists(name: str, rest: str) -> None:
    options = [word for word in shlex.split(rest) if word.startswith("-")]
    ran = CliRunner().invoke(group, [name, "--help"])
    assert ran.exit_code == 0
    assert all(re.search(rf"{re.escape(option)}\b", ran.output) for option in options)


def test_every_file_that_is_named_is_there() -> None:
    named = re.findall(r"\]\(([^)]+)\)", README) + re.findall(r"`((?:content|tests)/[\w./-]+)`", README)
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_content_is_counted() -> None:
    library = load_library([shipped_content()]).library
    kinds = Counter(library.entries[name].question.kind for name in library.ids())
    section = " ".join(README.partition("\n## What is asked")[2].split())
    assert section.partition("behind it ")[2].startswith(f"{len(library.ids())} questions")
    assert f" in {len(library.topics)} topics (" in section
    for kind, count in kinds.items():
        assert re.search(rf"\b{count} {kind}", section)
    assert f"{measured()['chains of three to five']:.0f} chains of three to five questions" in section
    assert f" {len(library.drills)} drills of levels" in section


DRILLS = [entry.drill for entry in load_library([shipped_content()]).library.drills.values()]


@pytest.mark.parametrize("drill", DRILLS, ids=[drill.id for drill in DRILLS])
def test_the_kill_rate_counts_all_mistakes_and_pairs(drill: Drill) -> None:
    spans = [patch_spans(drill.reference, mistake) for mistake in drill.mistakes]
    pairs = 0
    for position, first in enumerate(spans):
        for second in spans[:position]:
            try:
                splice(drill.reference, [*first, *second])
            except ValueError:
                continue  # they overlap
            pairs += 1
    count, accepted = len(spans), len(drill.equivalents) + 1
    assert re.search(
        rf"    {drill.id}: kill rate 100.0 % \({count} of {count} mistakes and {pairs} of {pairs} pairs rejected\), "
        rf"{accepted} of {accepted} right programs accepted, [0-9.]+ s\n",
        README,
    )


def test_the_mutants_are_counted() -> None:
    """That so many are rejected is proved by the benchmark, and on a sample by the suite."""
    drills = mutated_drills()
    total = sum(len(mutants(drill.reference)) for drill in drills)
    equivalent = sum(len(listed_equivalents(drill.id)) for drill in drills)
    rejected = f"{total - equivalent:,} of {total:,} mutants rejected"
    assert f"{len(drills)} drills: {rejected}, the other {equivalent} are equivalent" in README
