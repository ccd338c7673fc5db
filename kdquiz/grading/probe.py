"""How well a runner is contained on this machine, found by real attacks: each is tried from a process that is
contained as a runner is. Standard library alone; nothing of kdquiz.

Each attack is harmless where it succeeds. The names of those that got through are what `grading.protection` puts into
words.
"""

import os
import socket
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

Attacks = Mapping[str, Callable[[], object]]
_ALL_TRIED = "all-tried"


def succeeding(
    attacks: Attacks, fork: Callable[[Callable[[], object]], int], contain: Callable[[int], object]
) -> list[str]:
    """The names of the attacks that are not refused in a forked process.

    `fork(role)` makes it, `contain(descriptor)` contains it and leaves the descriptor open as number 1. Raises
    RuntimeError where it does not come through.
    """
    told, told_end = os.pipe()

    def attack() -> None:
        contain(told_end)
        os.write(1, " ".join([*open_to(attacks), _ALL_TRIED]).encode())

    child = fork(attack)
    os.close(told_end)
    with os.fdopen(told, encoding="utf-8") as pipe:
        names = pipe.read().split()
    os.waitpid(child, 0)
    if names[-1:] != [_ALL_TRIED]:
        raise RuntimeError("a contained process cannot be set up on this machine")
    return names[:-1]


def open_to(attacks: Attacks) -> list[str]:
    """The names of the attacks that are not refused to this process."""
    return [name for name, attack in attacks.items() if _succeeds(attack)]


def attacks_on(victim: int) -> dict[str, Callable[[], object]]:
    """The attacks by name. `victim` is a process of the same user: the parent. Call it before being contained."""
    folder = tempfile.gettempdir()
    attacks: dict[str, Callable[[], object]] = {
        "read-files": Path(__file__).read_bytes,  # as good as any other file of the learner's
        "write-files": lambda: _write(folder),
        "network": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close(),
    }
    if os.name == "posix":  # elsewhere these calls do not exist, or end the other process
        attacks |= {
            "processes": _fork,
            "signals": lambda: os.kill(victim, 0),  # asks for the permission alone
            "inspection": Path(f"/proc/{victim}/environ").read_bytes,
        }
    with suppress(ImportError, AttributeError):  # Linux alone has prlimit
        import resource

        limit = resource.prlimit(os.getpid(), resource.RLIMIT_CORE)
        attacks["other-limits"] = lambda: resource.prlimit(victim, resource.RLIMIT_CORE, limit)
    return attacks


def _succeeds(attack: Callable[[], object]) -> bool:
    try:
        attack()
    except (OSError, ValueError):
        return False
    return True


def _write(folder: str) -> None:
    descriptor, path = tempfile.mkstemp(dir=folder)
    os.close(descriptor)
    Path(path).unlink()


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
