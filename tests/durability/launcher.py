"""The real app in a pseudo-terminal in some hundredths of a second: forked by a process that has imported all of it.

    python -m tests.durability.launcher DESCRIPTOR

`Launcher` starts such a process and asks it for apps. Each is a process of its own with a session, a terminal and an
environment of its own, and runs `kdquiz.cli.main(arguments)`, so from the command line on all is real: the library, the
database on the disk, Textual's driver, the keys. Against `kdquiz` typed in a shell it leaves out the interpreter's
start, the imports and the installed script: no answer is on its way then. A `program` of an app is a command that is
started as a shell does; some tests and the benchmark take the installed one.

What an app's grading processes are started by can be named as well: an interpreter that is not there keeps a drill from
importing torch, which its editor does not need.
"""

import contextlib
import ctypes
import fcntl
import gc
import importlib
import os
import pkgutil
import resource
import select
import signal
import socket
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, TypedDict, Unpack

from kdquiz.grading.channel import packet_pair, receive_packet, send_packet

ROOT = Path(__file__).resolve().parents[2]
ROWS, COLUMNS = 24, 80
ROOMS = ("cli", "tui", "sessions", "store", "memory", "marking", "library")
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
_CAPABILITIES = 0x20080522
"""The version of how capget(2) and capset(2) are asked."""


class How(TypedDict, total=False):
    """What may be different about an app."""

    program: Sequence[str]
    """It is started as this command; the arguments follow."""
    interpreter: str
    """What its grading processes are started by."""
    heeds_permissions: bool
    """It may not write where its user has no permission to, even where that is the superuser."""
    largest_file: int
    """No file may grow beyond so many bytes, until somebody lifts that."""


class Launcher:
    """A process that forks apps, as the process that has started it sees it. Use it in a `with`."""

    def __init__(self) -> None:
        self._end, theirs = packet_pair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.durability.launcher", str(theirs.fileno())],
                cwd=ROOT,
                pass_fds=(theirs.fileno(),),
            )
        assert receive_packet(self._end) is not None, "the launcher has not started"

    def __enter__(self) -> "Launcher":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End it."""
        self._end.close()
        self._process.wait()

    def start(self, arguments: Sequence[str], environment: Mapping[str, str], **how: Unpack[How]) -> "Started":
        """An app that begins now."""
        surrounding = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **environment}
        wish = {"arguments": list(arguments), "environment": surrounding, "how": how}
        send_packet(self._end, wish)
        packet = receive_packet(self._end)
        assert packet is not None, "the launcher has ended"
        message, (terminal, handle, ending) = packet
        return Started(message["pid"], terminal, handle, ending)


class Started:
    """An app's process: the keyboard and the screen of its terminal (one descriptor), and how it ends."""

    def __init__(self, pid: int, terminal: int, handle: int, ending: int) -> None:
        self.pid = pid
        self.terminal = terminal
        self._handle = handle
        self._ending = ending

    def kill(self) -> None:
        """SIGKILL; it is gone when this returns."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        select.select([self._handle], [], [])

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return not select.select([self._handle], [], [], 0)[0]

    def exit_code(self, seconds: float) -> int:
        """Wait for its end, at most so long; -9 where SIGKILL has ended it. Raises TimeoutError."""
        if not select.select([self._ending], [], [], seconds)[0]:
            raise TimeoutError(f"process {self.pid} has not ended after {seconds:g} s")
        return int(os.read(self._ending, 16))

    def close(self) -> None:
        """End it if it has not ended, and let go of it."""
        self.kill()
        for descriptor in (self.terminal, self._handle, self._ending):
            os.close(descriptor)


def main(descriptor: int) -> NoReturn:
    """Be the launcher, until the other end of the socket is closed."""
    for room in ROOMS:
        package = importlib.import_module(f"kdquiz.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"kdquiz.{room}."):
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()
    end = socket.socket(fileno=descriptor)
    send_packet(end, {"ready": True})
    while (packet := receive_packet(end)) is not None:
        _start(end, packet[0])
    os._exit(0)


def _start(end: socket.socket, wish: Mapping[str, Any]) -> None:
    """Fork a watcher, which forks the app, tells the other end of it, and at last how it has ended.

    A watcher is needed since nobody but the parent is told how a process ends, and the launcher has other things to do.
    """
    watcher = os.fork()
    if watcher:
        os.waitpid(watcher, 0)
        return
    if os.fork():  # whoever waits for the watcher needs to wait no longer
        os._exit(0)
    keyboard, terminal = os.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    ending, ending_end = os.pipe()
    app = os.fork()
    if not app:
        os.closerange(3, min(keyboard, terminal))
        _be_app(terminal, wish)
    os.close(terminal)
    handle = os.pidfd_open(app)
    send_packet(end, {"pid": app}, [keyboard, handle, ending])
    end.close()
    os.close(keyboard)
    os.close(ending)
    code = os.waitstatus_to_exitcode(os.waitpid(app, 0)[1])
    with contextlib.suppress(BrokenPipeError):  # nobody asked
        os.write(ending_end, str(code).encode())
    os._exit(0)


def _be_app(terminal: int, wish: Mapping[str, Any]) -> NoReturn:
    try:
        os.setsid()
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
        for place in range(3):
            os.dup2(terminal, place)
        os.closerange(3, terminal + 16)
        os.environ.clear()
        os.environ.update(wish["environment"])
        how: How = wish["how"]
        if "largest_file" in how:
            _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (how["largest_file"], most))
        if how.get("heeds_permissions"):
            _heed_permissions()
        if "program" in how:
            command = [*how["program"], *wish["arguments"]]
            os.execve(command[0], command, wish["environment"])
        sys.executable = how.get("interpreter", sys.executable)
        importlib.import_module("kdquiz.cli").main(wish["arguments"])
    except SystemExit as ended:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code if isinstance(ended.code, int) else int(ended.code is not None))
    os._exit(99)


def _heed_permissions() -> None:
    """Give up what lets the superuser read and write every file. Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    header, data = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0), (ctypes.c_uint32 * 6)()
    if libc.capget(header, data):
        raise OSError(ctypes.get_errno(), "capget")
    for kind in range(3):  # effective, permitted, inheritable; those of high numbers follow
        data[kind] &= ~(1 << CAP_DAC_OVERRIDE | 1 << CAP_DAC_READ_SEARCH)
    if libc.capset(header, data):
        raise OSError(ctypes.get_errno(), "capset")


if __name__ == "__main__":
    main(int(sys.argv[1]))
