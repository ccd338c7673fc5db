"""Output that cannot be written, and input or output in another encoding than UTF-8: through real processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.library.test_load import TOPIC


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A home of its own, and a pack with a character that few encodings have."""
    pack = tmp_path / "packs" / "mine"
    pack.mkdir(parents=True)
    text = TOPIC.format(topic="alpha").replace("ask: And then?", "ask: ℓ ≤ α?")
    (pack / "alpha.yaml").write_text(text, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
    return {**kept, "KDQUIZ_HOME": str(tmp_path / "home"), "KDQUIZ_CONTENT": str(tmp_path / "packs")}


def ran(environment: dict[str, str], command: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """What came of a shell command in which `kdquiz` is this one."""
    whole = f'kdquiz() {{ "{sys.executable}" -m kdquiz "$@"; }}; {command}'
    return subprocess.run(["sh", "-c", whole], env={**environment, **more}, capture_output=True, check=False)


def test_a_terminal_of_another_encoding_shows_what_it_can(environment: dict[str, str]) -> None:
    listed = ran(environment, "kdquiz list --json", PYTHONIOENCODING="latin-1")
    assert listed.returncode == 0, listed.stderr
    assert b'"title": "? ? ??"' in listed.stdout


def test_what_is_typed_in_another_encoding_is_an_answer_like_any_other(environment: dict[str, str]) -> None:
    typed = "printf '\\377\\n\\n' | kdquiz quiz --plain --topic alpha"
    quiz = ran(environment, typed, PYTHONIOENCODING="utf-8:strict")
    assert quiz.returncode == 0, quiz.stderr
    assert b"There is no option" in quiz.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_under_the_output(environment: dict[str, str]) -> None:
    full = ran(environment, "kdquiz list > /dev/full")
    assert full.returncode == 3
    assert full.stderr.startswith(b"kdquiz: the output cannot be written: No space left on device")
    assert b"Traceback" not in full.stderr
