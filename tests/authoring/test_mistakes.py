"""Every file under `mistakes/` carries, as comments at its end, exactly the problems that `kdquiz check` tells of it.

What is wrong with the form alone stands under `tests/library/mistakes/`; here is what the tests inside questions and
the look of texts show, and that both are told in one run.
"""

import re
from pathlib import Path

import pytest

from kdquiz.authoring.check import check

FILES = sorted((Path(__file__).parent / "mistakes").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_author_is_told_exactly_this(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "pack" / file.name
    copy.parent.mkdir()
    text = file.read_text(encoding="utf-8")
    copy.write_text(text, encoding="utf-8")
    told = [str(problem).removeprefix(f"{copy}:") for problem in check([copy], []).problems]
    assert told == [line.replace("{path}", str(copy)) for line in re.findall(r"^# expect (.*)$", text, re.MULTILINE)]
