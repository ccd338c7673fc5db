"""Every file under `mistakes/` carries, as comments at its end, exactly the problems that an author is told."""

import re
from pathlib import Path

import pytest

from kdquiz.library.load import load_library

FILES = sorted((Path(__file__).parent / "mistakes").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_author_is_told_exactly_this(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "pack" / file.name
    copy.parent.mkdir()
    text = file.read_text(encoding="utf-8")
    copy.write_text(text, encoding="utf-8")
    expected = re.findall(r"^# expect (.*)$", text, re.MULTILINE)

    loaded = load_library([tmp_path])

    told = [str(problem).removeprefix(f"{copy}:") for problem in loaded.problems]
    assert told == [line.replace("{path}", str(copy)) for line in expected]
    assert [left.pack for left in loaded.left_out] == ["pack"]
    assert not loaded.library.entries
