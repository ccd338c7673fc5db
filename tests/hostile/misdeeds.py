"""Harm that the arena does itself, to show that it is found: each as a context that undoes it, with what must be said.

A row that does no harm proves nothing if harm would not be noticed.
"""

import contextlib
import ctypes
import os
import resource
import select
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from tests.hostile import bait

_libc = ctypes.CDLL(None, use_errno=True)
_NEW_SHARED_MEMORY = 0o1600
_REMOVE = 0


@dataclass(frozen=True, slots=True)
class Misdeed:
    """`do(zygote, judge)` takes two process ids."""

    do: Callable[[int, int], AbstractContextManager[None]]
    found: str
    """A regular expression for the sentence."""


@contextlib.contextmanager
def _written(zygote: int, judge: int) -> Iterator[None]:
    """A file is changed, and its time of modification put back."""
    before = bait.APP_CODE.stat()
    content = bait.APP_CODE.read_bytes()
    bait.APP_CODE.write_bytes(b"#" + content[1:])
    os.utime(bait.APP_CODE, ns=(before.st_atime_ns, before.st_mtime_ns))
    yield
    bait.APP_CODE.write_bytes(content)


@contextlib.contextmanager
def _read(zygote: int, judge: int) -> Iterator[None]:
    bait.SSH_KEY.read_bytes()
    yield


@contextlib.contextmanager
def _mode_changed(zygote: int, judge: int) -> Iterator[None]:
    mode = bait.SSH_KEY.stat().st_mode
    bait.SSH_KEY.chmod(0o644)
    yield
    bait.SSH_KEY.chmod(mode)


@contextlib.contextmanager
def _linked(zygote: int, judge: int) -> Iterator[None]:
    link = bait.HOME / "link"
    link.hardlink_to(bait.PTH)
    yield
    link.unlink()


@contextlib.contextmanager
def _removed(zygote: int, judge: int) -> Iterator[None]:
    aside = bait.DATABASE.with_name("aside")
    bait.DATABASE.rename(aside)
    yield
    aside.rename(bait.DATABASE)


@contextlib.contextmanager
def _filled(zygote: int, judge: int) -> Iterator[None]:
    heap = Path("/dev/shm/heap")
    heap.write_bytes(b"x")
    yield
    heap.unlink()


@contextlib.contextmanager
def _made_and_removed(zygote: int, judge: int) -> Iterator[None]:
    Path("/tmp/passing").mkdir()
    Path("/tmp/passing").rmdir()
    yield


@contextlib.contextmanager
def _left_running(zygote: int, judge: int) -> Iterator[None]:
    pid = os.fork()
    if not pid:
        signal.pause()
        os._exit(0)
    yield
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


@contextlib.contextmanager
def _zombie(zygote: int, judge: int) -> Iterator[None]:
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    yield
    os.waitpid(pid, 0)


@contextlib.contextmanager
def _listening(zygote: int, judge: int) -> Iterator[None]:
    with socket.socket() as listener:
        listener.bind((bait.ADDRESS, 0))
        listener.listen()
        yield


@contextlib.contextmanager
def _bound(zygote: int, judge: int) -> Iterator[None]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bound:
        bound.bind((bait.ADDRESS, 0))
        yield


@contextlib.contextmanager
def _unix_listening(zygote: int, judge: int) -> Iterator[None]:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("\0stranger")
        listener.listen()
        yield


@contextlib.contextmanager
def _connected(zygote: int, judge: int) -> Iterator[None]:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(bait.ABSTRACT_NAME)
    yield


@contextlib.contextmanager
def _sent(zygote: int, judge: int) -> Iterator[None]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"hello", (bait.ADDRESS, bait.UDP_PORT))
    yield


@contextlib.contextmanager
def _shared(zygote: int, judge: int) -> Iterator[None]:
    number = _libc.shmget(4001, 4096, _NEW_SHARED_MEMORY)
    yield
    _libc.shmctl(number, _REMOVE, None)


@contextlib.contextmanager
def _limited(zygote: int, judge: int) -> Iterator[None]:
    before = resource.prlimit(judge, resource.RLIMIT_CPU)
    resource.prlimit(judge, resource.RLIMIT_CPU, (10_000, before[1]))
    yield
    resource.prlimit(judge, resource.RLIMIT_CPU, before)


@contextlib.contextmanager
def _pinned(zygote: int, judge: int) -> Iterator[None]:
    before = os.sched_getaffinity(zygote)
    os.sched_setaffinity(zygote, {min(before)})
    yield
    os.sched_setaffinity(zygote, before)


@contextlib.contextmanager
def _slowed(zygote: int, judge: int) -> Iterator[None]:
    os.setpriority(os.PRIO_PROCESS, judge, os.getpriority(os.PRIO_PROCESS, judge) + 1)
    yield


@contextlib.contextmanager
def _stopped(zygote: int, judge: int) -> Iterator[None]:
    os.kill(zygote, signal.SIGSTOP)
    os.waitid(os.P_PID, zygote, os.WSTOPPED | os.WNOWAIT)
    yield
    os.kill(zygote, signal.SIGCONT)


@contextlib.contextmanager
def _killed(zygote: int, judge: int) -> Iterator[None]:
    """The app gets over it by itself; that it had to is harm."""
    handle = os.pidfd_open(judge)
    os.kill(judge, signal.SIGKILL)
    select.select([handle], [], [])
    os.close(handle)
    yield


@contextlib.contextmanager
def _starved(zygote: int, judge: int) -> Iterator[None]:
    """The judge can open nothing any more, and so start no runner."""
    resource.prlimit(judge, resource.RLIMIT_NOFILE, (0, resource.prlimit(judge, resource.RLIMIT_NOFILE)[1]))
    yield


MISDEEDS = {
    "file-changed-time-put-back": Misdeed(_written, rf"{bait.APP_CODE}: its content has changed"),
    "secret-read": Misdeed(_read, rf"{bait.SSH_KEY}: somebody has read it"),
    "mode-changed": Misdeed(_mode_changed, rf"{bait.SSH_KEY}: its mode was"),
    "hard-link": Misdeed(_linked, rf"{bait.PTH}: its links was 1, is 2"),
    "file-renamed": Misdeed(_removed, rf"file {bait.DATABASE} has gone"),
    "file-in-shared-memory": Misdeed(_filled, r"file /dev/shm/heap is new"),
    "folder-made-and-removed": Misdeed(_made_and_removed, r"file /tmp: its time of change"),
    "process-left": Misdeed(_left_running, r"process \d+ .*alive.* is left"),
    "zombie": Misdeed(_zombie, r"process \d+ .*zombie.* is left"),
    "listener": Misdeed(_listening, r"socket tcp .* is new"),
    "udp-socket": Misdeed(_bound, r"socket udp .* is new"),
    "unix-listener": Misdeed(_unix_listening, r"socket unix .*@stranger is new"),
    "unix-connection": Misdeed(_connected, r"kdquiz-arena.* was connected to"),
    "datagram": Misdeed(_sent, r"was sent b'hello'"),
    "shared-memory": Misdeed(_shared, r"System V object shm 4001 .* is new"),
    "limit-lowered": Misdeed(_limited, r": its limit Max cpu time was unlimited"),
    "affinity": Misdeed(_pinned, r": its Cpus_allowed_list was"),
    "priority": Misdeed(_slowed, r": its priority was"),
    "stopped": Misdeed(_stopped, r"was alive.*, is stopped"),
    "judge-starved": Misdeed(_starved, r"an honest submission is not accepted any more.*:\n.*internal-error"),
    "judge-killed": Misdeed(_killed, r"process \d+ .*(has ended|is zombie)"),
}
