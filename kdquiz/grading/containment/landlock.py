"""The kernel's access rules on files: a runner may read the libraries that a drill uses, and nothing else. Linux;
nothing of kdquiz.

Landlock (landlock(7), Linux 5.13) is the only way without privileges to stop *reading*: the learner's files, the
drill's reference. Whether it is there is asked of the kernel by its own call, never concluded from a version. A rule
set is made once, in the zygote, and put on in each runner. What the kernel of the day knows beyond files (TCP from
ABI 4, signals and abstract sockets from 6) is forbidden as well.
"""

import contextlib
import ctypes
import errno
import os
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""The same numbers on every architecture."""
_ASK_VERSION = 1
_PATH_BENEATH = 1
READ_FILE, READ_DIR = 1 << 2, 1 << 3
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
"""From this ABI on, so many of the lowest bits are rights on files (REFER came with 2, TRUNCATE 3, IOCTL_DEV 5)."""
_TCP, _SCOPES = 0b11, 0b11
_TCP_SINCE, _SCOPES_SINCE = 4, 6

PACKAGES = (
    *("torch", "torchgen", "functorch", "numpy", "numpy.libs"),
    *("sympy", "mpmath", "networkx", "jinja2", "markupsafe", "filelock", "fsspec", "typing_extensions.py"),
)
"""What torch brings and may import late. The folder that holds them holds the app and the drills as well."""
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/proc/cpuinfo", "/proc/meminfo")

_libc = ctypes.CDLL(None, use_errno=True)


def abi() -> int:
    """The version of Landlock that this kernel offers; 0 where it has none, or has it switched off."""
    try:
        return _call(_CREATE_RULESET, None, 0, _ASK_VERSION)
    except OSError:
        return 0


def make_ruleset(version: int) -> int:
    """An open descriptor of rules under which only the libraries can be read. Raises OSError without Landlock."""
    files = (1 << max(bits for since, bits in _FILE_RIGHTS.items() if since <= version)) - 1
    network = _TCP if version >= _TCP_SINCE else 0
    scopes = _SCOPES if version >= _SCOPES_SINCE else 0
    try:
        ruleset = _new(files, network, scopes)
    except OSError as error:
        if error.errno != errno.EINVAL or not scopes:
            raise
        ruleset = _new(files, network, 0)  # some distributions' kernels claim more than they have
    for path, rights in readable():
        _allow(ruleset, path, rights)
    return ruleset


def restrict(ruleset: int) -> None:
    """Put this process under the rules, for ever; no_new_privs must be on. Raises OSError."""
    _call(_RESTRICT_SELF, ruleset, 0)


def readable() -> Iterator[tuple[Path, int]]:
    """Every path that may be read, with the rights on it and all below it."""
    library = Path(os.__file__).parent
    for entry in library.iterdir():
        if entry.name not in ("site-packages", "dist-packages"):
            yield entry, READ_FILE | READ_DIR
    yield library, READ_DIR  # an import lists the folder before it opens a file of it
    for folder in _holding("torch", "numpy"):
        yield folder, READ_DIR
        for name in PACKAGES:
            yield folder / name, READ_FILE | READ_DIR
    for device in DEVICES:
        yield Path(device), READ_FILE


def _holding(*modules: str) -> set[Path]:
    """The folders from which these modules were imported."""
    files = (getattr(sys.modules.get(name), "__file__", None) for name in modules)
    return {Path(file).parents[1] for file in files if file}


def _new(files: int, network: int, scopes: int) -> int:
    """A rule set that handles these rights; an older kernel knows a shorter form."""
    fields = [files, *([network] if network else []), *([scopes] if scopes else [])]
    wanted = struct.pack(f"<{len(fields)}Q", *fields)
    return _call(_CREATE_RULESET, wanted, len(wanted), 0)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    with contextlib.suppress(FileNotFoundError, PermissionError):  # what is not there cannot be read anyway
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            if not path.is_dir():
                rights &= ~READ_DIR
            _call(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("<Qi", rights, descriptor), 0)
        finally:
            os.close(descriptor)


def _call(number: int, *arguments: int | bytes | None) -> int:
    """The system call's answer. Raises OSError."""
    words = [ctypes.c_ulong(a) if isinstance(a, int) else ctypes.c_char_p(a) for a in arguments]
    result: int = _libc.syscall(ctypes.c_long(number), *words)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"landlock call {number}: {os.strerror(code)}")
    return result
