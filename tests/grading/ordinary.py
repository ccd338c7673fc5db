"""A process of root's becomes an ordinary user's, which has no power but to look into folders that are closed to it:
the interpreter may lie in one. Linux."""

import ctypes
import os
import struct

USER = 54321
_PR_SET_KEEPCAPS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE = 8, 47, 2
_CAP_DAC_READ_SEARCH = 2
_CAPABILITY_VERSION_3 = 0x20080522


def become_ordinary() -> None:
    """Nothing where this process is an ordinary user's already."""
    if os.getuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    _check(libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0))
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)
    header = struct.pack("<Ii", _CAPABILITY_VERSION_3, 0)
    looking = 1 << _CAP_DAC_READ_SEARCH
    _check(libc.capset(header, struct.pack("<6I", looking, looking, looking, 0, 0, 0)))
    _check(libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, _CAP_DAC_READ_SEARCH, 0, 0))  # kept by what is executed


def _check(result: int) -> None:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
