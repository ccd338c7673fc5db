"""Every file under `mistakes/` carries, as comments at its end, exactly the problems that an author is told."""

from pathlib import Path

import pytest

from kdquiz.library.load import load_library
from tests.mistakes import copied

FILES = sorted((Path(__file__).parent / "mistakes").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_author_is_told_exactly_this(file: Path, tmp_path: Path) -> None:
    copy, expected = copied(file, tmp_path)
    loaded = load_library([tmp_path])
    assert [str(problem).removeprefix(f"{copy}:") for problem in loaded.problems] == expected
    assert [left.pack for left in loaded.left_out] == ["pack"]
    assert not loaded.library.entries
