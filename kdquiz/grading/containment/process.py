"""What zygote, judge and runner each do to their own process: who may look into it, with whom it dies, which
descriptors it keeps. Linux, standard library alone; nothing of kdquiz."""

import ctypes
import fcntl
import os
import signal
from collections.abc import Mapping
from pathlib import Path

PR_SET_PDEATHSIG, PR_GET_PDEATHSIG = 1, 2
PR_GET_DUMPABLE, PR_SET_DUMPABLE = 3, 4
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38

_libc = ctypes.CDLL(None, use_errno=True)


def hide() -> None:
    """No process of the same user may look into this one's memory, environment or descriptors (root may)."""
    prctl(PR_SET_DUMPABLE, 0)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends, so that they can be found and ended."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)


def die_with(parent: int) -> None:
    """Be killed when the process `parent` ends. Ends at once where it has ended already."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the line above; nobody will send the signal
        os._exit(1)


def keep_descriptors(wanted: Mapping[int, int]) -> None:
    """Put each open descriptor (value) at its number (key), counted 0, 1, 2, ... without a gap; close all others."""
    free = max(highest_descriptor(), len(wanted)) + 1  # above all, so that putting one in place overwrites no other
    above = {place: fcntl.fcntl(descriptor, fcntl.F_DUPFD, free) for place, descriptor in wanted.items()}
    for place, descriptor in above.items():
        os.dup2(descriptor, place)
    os.closerange(len(wanted), highest_descriptor() + 1)  # close_range, where there is that call


def highest_descriptor() -> int:
    """The largest number of an open descriptor."""
    return max(int(entry.name) for entry in Path("/proc/self/fd").iterdir())


def prctl(option: int, value: object = 0) -> int:
    """prctl(2). Raises OSError."""
    zero = ctypes.c_ulong(0)  # the kernel looks at all 64 bits of the unused arguments
    argument = ctypes.c_ulong(value) if isinstance(value, int) else value
    result: int = _libc.prctl(option, argument, zero, zero, zero)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"prctl {option}: {os.strerror(code)}")
    return result
