"""Which way drills are graded on this platform. Standard library alone; looks, starts nothing.

`zygote`: a process that has imported torch forks a fresh runner for each submission, contained by the kernel. Linux.
`spare`: a runner is started ahead, used once and replaced; it imports torch itself, and little contains it. Everywhere.
"""

import errno
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Way = Literal["zygote", "spare"]

_FOR_NOW = {errno.EMFILE, errno.ENFILE, errno.ENOMEM}
"""Refused because something is used up, not because it is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the zygote builds upon. `platform` is `sys.platform`; the others are found by trying."""

    platform: str
    process_handles: bool
    """pidfd_open: Linux 5.3, and some containers forbid it."""
    files_in_memory: bool
    """memfd_create."""
    lists_of_children: bool
    """`/proc/<pid>/task/<tid>/children`, which not every kernel has."""


def facts() -> Facts:
    """Of this machine, now."""
    return Facts(
        platform=sys.platform,
        process_handles=_opens(lambda: os.pidfd_open(os.getpid())),
        files_in_memory=_opens(lambda: os.memfd_create("trial")),
        lists_of_children=Path(f"/proc/self/task/{threading.get_native_id()}/children").exists(),
    )


def best_way(known: Facts) -> Way:
    """The better one of those that work."""
    zygote = known.platform == "linux" and known.process_handles and known.files_in_memory and known.lists_of_children
    return "zygote" if zygote else "spare"


def _opens(call: Callable[[], int]) -> bool:
    try:
        os.close(call())
    except AttributeError:  # this Python has no such call
        return False
    except OSError as error:
        return error.errno in _FOR_NOW
    return True
