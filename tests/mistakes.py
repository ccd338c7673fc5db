"""Files that carry, as comments at their end, exactly the problems that an author is told of them."""

import re
from pathlib import Path


def copied(file: Path, folder: Path) -> tuple[Path, list[str]]:
    """A copy of the file in a pack in `folder`, and what is to be told of it, each without the path before it."""
    copy = folder / "pack" / file.name
    copy.parent.mkdir()
    text = file.read_text(encoding="utf-8")
    copy.write_text(text, encoding="utf-8")
    return copy, [line.replace("{path}", str(copy)) for line in re.findall(r"^# expect (.*)$", text, re.MULTILINE)]
