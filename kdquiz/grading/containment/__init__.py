"""What a process gives up before it runs a learner's code. Linux, unprivileged, standard library alone; nothing of
kdquiz.

This is the order, and each step needs the ones before it. `enter`: a session of its own, five descriptors and the rules
of Landlock, death with the parent, an empty environment. Then the runner reads its job, and `apply`: the limits, the
first to be killed where memory runs out, no new privileges, Landlock, and last the filter on system calls, under which
none of the steps could be taken any more. Zygote and judge call `hide` and `die_with`.

`apply` answers with the names of the layers that are on, found by looking at the process afterwards or by trying,
never by having asked for them. What that is worth is found by real attacks: `grading/probe.py`.
"""

import contextlib
import ctypes
import errno
import os
import signal
from pathlib import Path

from kdquiz.grading.containment import landlock, limits, seccomp
from kdquiz.grading.containment.process import (
    PR_GET_DUMPABLE,
    PR_GET_PDEATHSIG,
    PR_SET_DUMPABLE,
    PR_SET_NO_NEW_PRIVS,
    adopt_orphans,
    die_with,
    hide,
    keep_descriptors,
    prctl,
)

__all__ = ["adopt_orphans", "apply", "die_with", "enter", "hide", "keep_descriptors", "make_ruleset"]

_CAP_SYS_PTRACE, _CAP_SYS_ADMIN, _CAP_SYS_RESOURCE = 19, 21, 24
_RULESET = 5


def make_ruleset() -> int | None:
    """The rules of Landlock, made once for all runners of a zygote; None where the kernel has no Landlock."""
    version = landlock.abi()
    with contextlib.suppress(OSError):  # a kernel may offer what it then refuses
        return landlock.make_ruleset(version) if version else None
    return None


def enter(job: int, result: int, log: int, ruleset: int | None, parent: int) -> None:
    """The runner's first steps: own session, the descriptors (0 nothing, 1 and 2 log, 3 job, 4 result, 5 the rules of
    Landlock if there are any), parent, environment."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    rules = {} if ruleset is None else {_RULESET: ruleset}
    keep_descriptors({0: nothing, 1: log, 2: log, 3: job, 4: result} | rules)
    die_with(parent)
    os.environ.clear()
    os.chdir("/")


def apply(cpu_seconds: int, memory_bytes: int, *, landlocked: bool) -> tuple[str, ...]:
    """Limits, no new privileges, Landlock if its rules were handed to `enter`, the filter; then the layers that are on.

    `memory_bytes` may be mapped above what is mapped now; after `cpu_seconds` of processor time comes SIGXCPU, and one
    second later SIGKILL.
    """
    with Path("/proc/self/status").open("rb", buffering=0) as status:  # opened while it can be
        limits.lower(cpu_seconds, memory_bytes, _fields(status.fileno()))
        first_to_be_killed = _offer_to_the_memory_killer()
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        if landlocked:
            with contextlib.suppress(OSError):  # whether it is on is looked at below
                landlock.restrict(_RULESET)
            os.close(_RULESET)
        found = _layers_on(_fields(status.fileno())) | {"first-to-be-killed": first_to_be_killed}
        seccomp.install()
        found |= {"landlock": _cannot_list_everything(), "seccomp": _fields(status.fileno())["Seccomp"] == "2"}
    return tuple(name for name, on in found.items() if on)


def _offer_to_the_memory_killer() -> bool:
    """Where memory runs out, let the kernel end this process first; whether it will."""
    # The file belongs to root as long as the process is hidden. Some containers mount /proc read-only: then this
    # layer is missing.
    prctl(PR_SET_DUMPABLE, 1)
    score = Path("/proc/self/oom_score_adj")
    with contextlib.suppress(OSError):
        score.write_bytes(b"1000")
    hide()
    return score.read_bytes().strip() == b"1000"


def _layers_on(status: dict[str, str]) -> dict[str, bool]:
    powers = int(status["CapEff"], 16)
    can_fork_anyway = os.getuid() == 0 or _has(powers, _CAP_SYS_RESOURCE) or _has(powers, _CAP_SYS_ADMIN)
    death_signal = ctypes.c_int()
    prctl(PR_GET_PDEATHSIG, ctypes.byref(death_signal))
    return {
        "own-session": os.getsid(0) == os.getpid(),
        "dies-with-parent": death_signal.value == signal.SIGKILL,
        "no-environment": not os.environ,
        **limits.in_force(),
        "no-processes": limits.no_more_processes() and not can_fork_anyway,
        "no-new-privileges": status["NoNewPrivs"] == "1",
        "not-inspectable": prctl(PR_GET_DUMPABLE) == 0 and not _has(powers, _CAP_SYS_PTRACE),
    }


def _cannot_list_everything() -> bool:
    """Whether the folder that everybody may list is closed: the mark of Landlock, which leaves no other trace."""
    try:
        os.close(os.open("/", os.O_RDONLY | os.O_DIRECTORY))
    except OSError as error:
        return error.errno == errno.EACCES
    return False


def _fields(status: int) -> dict[str, str]:
    """`/proc/self/status`: the first word of each line's value, by name; of an open descriptor, made anew each time."""
    lines = os.pread(status, 1 << 16, 0).decode().splitlines()
    return {name: value.split()[0] for name, _, value in (line.partition(":") for line in lines) if value.strip()}


def _has(powers: int, capability: int) -> bool:
    return bool(powers >> capability & 1)
