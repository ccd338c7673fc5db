"""Every file under `mistakes/drills/` is a drill that never reaches a learner, and carries at its end the problems that
its author is told.

Lines that begin with `# reference.py|` or `# starter.py|` are those of the Python files, where the usual ones will not
do; with `# harness.py|`, those of a third.
"""

import re
from pathlib import Path

import pytest

from kdquiz.library.load import load_library
from tests.library.drills import REFERENCE, STARTER

FILES = sorted((Path(__file__).parent / "mistakes" / "drills").glob("*.yaml"))
PYTHON = {"reference.py": REFERENCE, "starter.py": STARTER}
TOPIC = (
    "format: 1\ntopic: rows\ntitle: Rows\nquestions:\n  - {id: q, kind: flashcard, ask: Q?, answer: A., source: S}\n"
)


def python_file(name: str, text: str) -> str:
    """The Python file that goes with this `drill.yaml`."""
    lines = re.findall(rf"^# {re.escape(name)}\|(.*)$", text, re.MULTILINE)
    return "".join(f"{line}\n" for line in lines) or PYTHON[name]


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_author_is_told_exactly_this(file: Path, tmp_path: Path) -> None:
    drill = tmp_path / "pack" / "drills" / "weigh"
    drill.mkdir(parents=True)
    (tmp_path / "pack" / "rows.yaml").write_text(TOPIC, encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    (drill / "drill.yaml").write_text(text, encoding="utf-8")
    for name in PYTHON:
        (drill / name).write_text(python_file(name, text), encoding="utf-8")
    if "# harness.py|" in text:
        (drill / "harness.py").write_text(python_file("harness.py", text), encoding="utf-8")

    loaded = load_library([tmp_path])

    told = [str(problem).removeprefix(f"{drill}/") for problem in loaded.problems]
    assert told == re.findall(r"^# expect (.*)$", text, re.MULTILINE)
    assert [left.pack for left in loaded.left_out] == ["pack"]
    assert not loaded.library.drills
