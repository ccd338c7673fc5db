"""Whatever a content file holds, an author is told where it is wrong, or it is a sound library: never a traceback."""

from collections import Counter
from pathlib import Path

import pytest

from kdquiz.authoring.check import check
from kdquiz.library.folders import shipped_content
from kdquiz.library.load import load_library
from tests.library.hostile import COMPANION_FILE
from tests.library.mutations import Mutant, mutants, shipped_files

SEEDS = range(4)
DRILL = next(shipped_content().rglob("drill.yaml")).parent
MUTANTS_A_SEED = 75


def write(mutant: Mutant, folder: Path) -> Path:
    """A pack of that one file; a drill's has its Python files beside it."""
    path = folder / mutant.name
    if mutant.name == "drill.yaml":
        path = folder / "drills" / "fuzzed" / mutant.name
        path.parent.mkdir(parents=True, exist_ok=True)
        for source in DRILL.glob("*.py"):
            (path.parent / source.name).write_bytes(source.read_bytes())
    folder.mkdir(exist_ok=True)
    (folder / "companion.yaml").write_text(COMPANION_FILE)
    path.write_bytes(mutant.data)
    return path


@pytest.mark.parametrize("seed", SEEDS)
def test_a_mutated_file_is_told_with_a_place_or_is_sound(seed: int, tmp_path: Path) -> None:
    outcomes = Counter[str]()
    for number, mutant in enumerate(mutants(seed, MUTANTS_A_SEED, shipped_files())):
        pack = tmp_path / str(number)
        path = write(mutant, pack)
        problems = check([pack], []).problems
        loaded = load_library([pack])
        lines = path.read_bytes().count(b"\n") + path.read_bytes().count(b"\r") + 1
        for problem in problems:
            assert pack in problem.place.path.parents, mutant.how
            assert 1 <= problem.place.line <= lines or problem.place.path != path, (mutant.how, str(problem))
            assert problem.place.column >= 1
            assert "\n" not in str(problem)
            assert problem.as_data()["message"]
        assert bool(loaded.left_out) == bool(loaded.problems)
        assert {str(one) for one in loaded.problems} <= {str(one) for one in problems}, mutant.how
        outcomes["refused" if problems else "sound"] += 1
    assert outcomes["refused"] > MUTANTS_A_SEED / 3
    assert outcomes["sound"] > 0
