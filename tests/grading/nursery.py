"""Zygotes in some milliseconds, for the tests that start many: a process that has imported torch forks them. Linux.

What that leaves out is the start itself: the command line, the isolated interpreter, the import. `test_launch`,
`test_isolated` and every test that asks for `cold_start` take it for real. From `zygote.main` on all is as ever: a
session and an environment of its own, the same descriptors; and it is a child of the process that starts it, since the
nursery makes it a sibling of its own (CLONE_PARENT). Imports torch in its own process alone.
"""

import ctypes
import importlib
import json
import os
import platform
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import NoReturn

from kdquiz.grading.channel import packet_pair, receive_packet, send_packet
from kdquiz.grading.isolated import FOLDER, command, environment

ZYGOTE = "kdquiz.grading.zygote"
HEAVY = ("torch", "numpy", "kdquiz.grading.runner", ZYGOTE)
CLONE = {"x86_64": 56, "aarch64": 220}.get(platform.machine())
"""The number of the system call; None where this module does not know it."""
CLONE_PARENT = 0x8000


class Nursery:
    """A process that forks zygotes, as the process that has started it sees it."""

    def __init__(self) -> None:
        self._end, theirs = packet_pair()
        with theirs:
            self._process = subprocess.Popen(
                command("tests.grading.nursery", theirs.fileno()),
                cwd=FOLDER,
                env=environment(),
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        assert receive_packet(self._end) is not None, "the nursery has not started"

    @property
    def subprocess(self) -> SimpleNamespace:
        """What `kdquiz.grading.launch` needs of the module of that name."""
        return SimpleNamespace(Popen=self.bear, DEVNULL=subprocess.DEVNULL, TimeoutExpired=subprocess.TimeoutExpired)

    def bear(self, command_line: Sequence[str], *, stderr: int, env: Mapping[str, str], **_: object) -> "Born":
        """In place of `subprocess.Popen` of a zygote. Raises OSError as that does."""
        _, folders, module, (control, judge_module) = json.loads(command_line[-1])
        assert module == ZYGOTE
        wish = {"folders": folders, "judge_module": judge_module, "environment": dict(env)}
        send_packet(self._end, wish, [control, stderr])
        answer = receive_packet(self._end)
        assert answer is not None, "the nursery has ended"
        return Born(answer[0]["pid"])

    def close(self) -> None:
        """End it; what it has borne lives on."""
        self._end.close()
        self._process.wait()


class Born:
    """A child of this process, with as much of `subprocess.Popen` as `kdquiz.grading.launch` uses."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code once it has ended, below zero for the signal that ended it."""
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float) -> int:
        """Wait for its end. Raises TimeoutExpired."""
        if self.poll() is None:
            handle = os.pidfd_open(self.pid)
            select.select([handle], [], [], timeout)
            os.close(handle)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired(ZYGOTE, timeout)
        return code

    def kill(self) -> None:
        """End it at once."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


def main(descriptor: int) -> NoReturn:
    """Be the nursery, until the other end of the socket is closed."""
    for name in HEAVY:
        importlib.import_module(name)
    end = socket.socket(fileno=descriptor)
    send_packet(end, {"ready": True})
    while (packet := receive_packet(end)) is not None:
        wish, (control, stderr) = packet
        pid = _fork_a_sibling()
        if not pid:
            _be_zygote(control, stderr, **wish)
        os.close(control)
        os.close(stderr)
        send_packet(end, {"pid": pid})
    os._exit(0)


def _fork_a_sibling() -> int:
    """As `os.fork`, for a child of this process's own parent."""
    python = ctypes.pythonapi
    python.PyOS_BeforeFork()
    pid: int = ctypes.PyDLL(None).syscall(CLONE, CLONE_PARENT | signal.SIGCHLD, 0, 0, 0, 0)
    if pid:
        python.PyOS_AfterFork_Parent()
    else:
        python.PyOS_AfterFork_Child()
    return pid


def _be_zygote(
    control: int, stderr: int, folders: Sequence[str], judge_module: str, environment: Mapping[str, str]
) -> NoReturn:
    """What an interpreter that is started with that command line does, torch apart."""
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for place, descriptor in enumerate((nowhere, nowhere, stderr)):
        os.dup2(descriptor, place)
    kept = os.dup2(control, 3)
    os.closerange(4, max(control, stderr, nowhere) + 1)
    os.environ.clear()
    os.environ.update(environment)
    sys.path += [folder for folder in folders if folder not in sys.path]
    zygote = importlib.import_module(ZYGOTE)
    zygote.main(kept, judge_module)
    os._exit(1)
