"""Whether a content file may have changed since it was read: by what the system says of it, then by its bytes.

Imports folders. Goes in: the path of a content file. Comes out: a stamp that costs no reading, and a digest that does.
"""

import time
from collections.abc import Iterable
from pathlib import Path

from kdquiz.library.folders import HARNESS_FILE, PYTHON_FILES, is_drill_file

SETTLED_NANOSECONDS = 2_000_000_000
"""A file younger than this may be written again within the same tick of the system's clock: its stamp says nothing
(FAT counts in two seconds)."""
UNSETTLED = ""
"""A stamp that equals none."""


def parts_of(path: Path) -> tuple[Path, ...]:
    """The files that are read together: a drill's four, of which one may be missing, else the file itself."""
    if is_drill_file(path):
        return (path, *(path.with_name(name) for name in (*PYTHON_FILES, HARNESS_FILE)))
    return (path,)


def stamp_of(path: Path) -> str:
    """Size, times and number of each part, or `UNSETTLED` where one of them is too young to tell."""
    words, newest = [], 0
    for part in parts_of(path):
        try:
            found = part.stat()
        except OSError as error:
            words.append(f"error {error.errno}")
        else:
            newest = max(newest, found.st_mtime_ns, found.st_ctime_ns)
            words.append(f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}")
    return UNSETTLED if time.time_ns() - newest < SETTLED_NANOSECONDS else "; ".join(words)


def digest_of(path: Path) -> bytes:
    """A digest of the bytes of every part; one that cannot be read counts as its error."""
    return digest(_bytes_or_error(part) for part in parts_of(path))


def digest(texts: Iterable[bytes]) -> bytes:
    """A digest of these texts, where one ends included."""
    from hashlib import blake2b  # brings OpenSSL; needed only where a file may have changed

    made = blake2b(digest_size=16)
    for text in texts:
        made.update(len(text).to_bytes(8))
        made.update(text)
    return made.digest()


def _bytes_or_error(path: Path) -> bytes:
    try:
        if not path.is_file():
            return b"no file"  # reading a pipe would wait for ever
        return path.read_bytes()
    except OSError as error:
        return str(error.errno).encode()
