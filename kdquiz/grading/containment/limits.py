"""The resource limits of a runner. They bind every process that is not root's, wherever there are such limits; what
they leave open, the rest of this package closes. Standard library alone; nothing of kdquiz."""

import resource
import sys
from collections.abc import Mapping

STACK_BYTES = 8 << 20
OPEN_FILES = 32


def lower(cpu_seconds: int, memory_bytes: int, status: Mapping[str, str]) -> None:
    """Lower every limit that a drill needs less of.

    `memory_bytes` may be mapped above what `/proc/self/status` says is mapped now (torch alone maps hundreds of
    megabytes; macOS has no such limit); after `cpu_seconds` of processor time comes SIGXCPU, one second later SIGKILL.
    """
    if sys.platform == "linux":
        _limit(resource.RLIMIT_AS, int(status["VmSize"]) * 1024 + memory_bytes)
        _limit(resource.RLIMIT_DATA, int(status["VmData"]) * 1024 + memory_bytes)
    _limit(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NPROC, 0)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_MEMLOCK, 0)
    _limit(resource.RLIMIT_STACK, STACK_BYTES)


def in_force() -> dict[str, bool]:
    """The limits by the name of the layer that each is, found by asking."""
    return {
        "memory-limit": _bounded(resource.RLIMIT_AS) and _bounded(resource.RLIMIT_DATA),
        "processor-limit": _bounded(resource.RLIMIT_CPU),
        "no-file-growth": resource.getrlimit(resource.RLIMIT_FSIZE) == (0, 0),
        "few-open-files": _bounded(resource.RLIMIT_NOFILE),
    }


def no_more_processes() -> bool:
    """Whether the limit on processes is 0. It does not bind root."""
    return resource.getrlimit(resource.RLIMIT_NPROC) == (0, 0)


def _limit(which: int, soft: int, hard: int | None = None) -> None:
    """Lower a limit; one that is tighter already stays."""
    _, ceiling = resource.getrlimit(which)
    hard = soft if hard is None else hard
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(which, (soft, hard))


def _bounded(which: int) -> bool:
    return resource.RLIM_INFINITY not in resource.getrlimit(which)
