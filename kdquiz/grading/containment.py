"""What a process gives up before it runs a learner's code. Linux, unprivileged, standard library alone; nothing of
kdquiz.

The runner calls `enter` (session, descriptors, parent, environment), reads its job, and calls `apply` (limits, no new
privileges). Zygote and judge call `hide` and `die_with`. `apply` answers with the names of the layers that are on,
found by looking at the process afterwards, never by having asked for them.

What this does *not* do: it does not stop reading of files or the network, and root escapes `no-processes` and
`not-inspectable`; such a layer is then not named.
"""

import contextlib
import ctypes
import fcntl
import os
import resource
import signal
from collections.abc import Mapping
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_GET_PDEATHSIG = 1, 2
_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_CAP_SYS_PTRACE, _CAP_SYS_ADMIN, _CAP_SYS_RESOURCE = 19, 21, 24
_STACK_BYTES = 8 << 20
_OPEN_FILES = 32
_ABOVE_ALL = 100
"""Descriptors are first copied above this one, so that putting one in its place never overwrites another."""

_libc = ctypes.CDLL(None, use_errno=True)


def hide() -> None:
    """No process of the same user may look into this one's memory, environment or descriptors (root may)."""
    _prctl(_PR_SET_DUMPABLE, 0)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends, so that they can be found and ended."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def die_with(parent: int) -> None:
    """Be killed when the process `parent` ends. Ends at once where it has ended already."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the line above; nobody will send the signal
        os._exit(1)


def keep_descriptors(wanted: Mapping[int, int]) -> None:
    """Put each open descriptor (value) at its number (key), counted 0, 1, 2, ... without a gap; close all others."""
    above = {place: fcntl.fcntl(descriptor, fcntl.F_DUPFD, _ABOVE_ALL) for place, descriptor in wanted.items()}
    for place, descriptor in above.items():
        os.dup2(descriptor, place)
    os.closerange(len(wanted), _highest_descriptor() + 1)  # close_range, where there is that call


def enter(job: int, result: int, log: int, parent: int) -> None:
    """The runner's first steps: own session, the descriptors (0 nothing, 1 and 2 log, 3 job, 4 result), parent,
    environment."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    keep_descriptors({0: nothing, 1: log, 2: log, 3: job, 4: result})
    die_with(parent)
    os.environ.clear()
    os.chdir("/")


def apply(cpu_seconds: int, memory_bytes: int) -> tuple[str, ...]:
    """The limits, relative to what the process has already; then the names of the layers that are on.

    `memory_bytes` may be mapped above what is mapped now; after `cpu_seconds` of processor time comes SIGXCPU, and one
    second later SIGKILL.
    """
    status = _status()
    _limit(resource.RLIMIT_AS, int(status["VmSize"]) * 1024 + memory_bytes)
    _limit(resource.RLIMIT_DATA, int(status["VmData"]) * 1024 + memory_bytes)
    _limit(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NPROC, 0)
    _limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_MEMLOCK, 0)
    _limit(resource.RLIMIT_STACK, _STACK_BYTES)
    _offer_to_the_memory_killer()
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    # Here, in this order, belong Landlock (restrict_self) and the seccomp filter; both need the line above.
    return _layers_on()


def _offer_to_the_memory_killer() -> None:
    """Where memory runs out, let the kernel end this process first."""
    # The file belongs to root as long as the process is hidden. Some containers mount /proc read-only: then this
    # layer is missing, and is not named.
    _prctl(_PR_SET_DUMPABLE, 1)
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_bytes(b"1000")
    hide()


def _layers_on() -> tuple[str, ...]:
    status = _status()
    powers = int(status["CapEff"], 16)
    can_fork_anyway = os.getuid() == 0 or _has(powers, _CAP_SYS_RESOURCE) or _has(powers, _CAP_SYS_ADMIN)
    death_signal = ctypes.c_int()
    _prctl(_PR_GET_PDEATHSIG, ctypes.byref(death_signal))
    found = {
        "own-session": os.getsid(0) == os.getpid(),
        "dies-with-parent": death_signal.value == signal.SIGKILL,
        "no-environment": not os.environ,
        "memory-limit": _bounded(resource.RLIMIT_AS) and _bounded(resource.RLIMIT_DATA),
        "processor-limit": _bounded(resource.RLIMIT_CPU),
        "no-file-growth": resource.getrlimit(resource.RLIMIT_FSIZE) == (0, 0),
        "no-processes": resource.getrlimit(resource.RLIMIT_NPROC) == (0, 0) and not can_fork_anyway,
        "few-open-files": _bounded(resource.RLIMIT_NOFILE),
        "first-to-be-killed": Path("/proc/self/oom_score_adj").read_bytes().strip() == b"1000",
        "no-new-privileges": status["NoNewPrivs"] == "1",
        "not-inspectable": _prctl(_PR_GET_DUMPABLE) == 0 and not _has(powers, _CAP_SYS_PTRACE),
    }
    return tuple(name for name, on in found.items() if on)


def _highest_descriptor() -> int:
    return max(int(entry.name) for entry in Path("/proc/self/fd").iterdir())


def _status() -> dict[str, str]:
    """`/proc/self/status`: the first word of each line's value, by name."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return {name: value.split()[0] for name, _, value in (line.partition(":") for line in lines) if value.strip()}


def _limit(which: int, soft: int, hard: int | None = None) -> None:
    """Lower a limit; one that is tighter already stays."""
    _, ceiling = resource.getrlimit(which)
    hard = soft if hard is None else hard
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(which, (soft, hard))


def _bounded(which: int) -> bool:
    return resource.RLIM_INFINITY not in resource.getrlimit(which)


def _has(powers: int, capability: int) -> bool:
    return bool(powers >> capability & 1)


def _prctl(option: int, value: object = 0) -> int:
    """prctl(2). Raises OSError."""
    zero = ctypes.c_ulong(0)  # the kernel looks at all 64 bits of the unused arguments
    argument = ctypes.c_ulong(value) if isinstance(value, int) else value
    result: int = _libc.prctl(option, argument, zero, zero, zero)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"prctl {option}: {os.strerror(code)}")
    return result
