"""Every file under `mistakes/` carries, as comments at its end, exactly the problems that `kdquiz check` tells of it.

What is wrong with the form alone stands under `tests/library/mistakes/`; here is what the tests inside questions and
the look of texts show, and that both are told in one run.
"""

from pathlib import Path

import pytest

from kdquiz.authoring.check import check
from tests.mistakes import copied

FILES = sorted((Path(__file__).parent / "mistakes").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_author_is_told_exactly_this(file: Path, tmp_path: Path) -> None:
    copy, expected = copied(file, tmp_path)
    assert [str(problem).removeprefix(f"{copy}:") for problem in check([copy], []).problems] == expected
