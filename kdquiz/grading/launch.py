"""The zygote as a process of the app: started, given judges, told to end. Linux; no torch, no asyncio.

The zygote runs isolated (`python -I`): no variable of the environment, no file in the working folder and no user
folder decides what it imports. So it is told where this very kdquiz lives, and which other folders the app imports
from, for what its own interpreter does not find.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import kdquiz
from kdquiz.errors import GradingError
from kdquiz.grading.channel import packet_pair, send_packet, unpack

_BOOTSTRAP = """
import json, sys
root, folders, control, judge = json.loads(sys.argv[1])
sys.path.insert(0, root)
import kdquiz
del sys.path[0]
sys.path += [folder for folder in folders if folder not in sys.path]
from kdquiz.grading import zygote
zygote.main(control, judge)
"""
"""Takes `kdquiz` from where the app has it, whatever other one is installed; all else as the interpreter finds it."""

_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",  # a second thread would hang every forked process
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "",  # a device's threads do not survive a fork
}
_INHERITED = ("PATH", "LD_LIBRARY_PATH")
_STDERR_BYTES = 8192
_NOT_NEEDED = "Everything but the drills works without it."


class ZygoteProcess:
    """A started zygote. `control` is the app's end of its socket and does not block."""

    def __init__(self, judge_module: str) -> None:
        """Start it, without waiting until it is ready. Raises GradingError where this platform cannot."""
        if sys.platform != "linux":
            raise GradingError(
                "Drills can be graded on Linux alone for now.",
                "On Windows, run kdquiz inside WSL 2; on macOS, in a Linux container. The rest of it works here.",
            )
        self.control, theirs = packet_pair()
        self.control.setblocking(False)
        self._stderr = os.memfd_create("stderr")
        root, *_ = Path(kdquiz.__file__).resolve().parents[1:]
        # The first entry is the folder of the script, or the working folder: a stray torch.py there must not count.
        settings = [str(root), [p for p in sys.path[1:] if Path(p).is_absolute()], theirs.fileno(), judge_module]
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", "-c", _BOOTSTRAP, json.dumps(settings)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._stderr,
                cwd="/",
                env=_ENVIRONMENT | {name: os.environ[name] for name in _INHERITED if name in os.environ},
                pass_fds=(theirs.fileno(),),
                start_new_session=True,  # Ctrl+C in the terminal is for the app
            )
        except OSError as error:
            self.control.close()
            os.close(self._stderr)
            raise GradingError(f"The grading process cannot be started: {error.strerror}.") from error
        finally:
            theirs.close()
        self._last_number = 0
        self._closed = False

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def add_judge(self) -> tuple[int, socket.socket]:
        """Have a judge forked, as soon as torch is imported: its number, and the app's end of its stream.

        Raises OSError where the zygote has gone.
        """
        self._last_number += 1
        ours, theirs = socket.socketpair()
        try:
            send_packet(self.control, {"do": "judge", "judge": self._last_number}, [theirs.fileno()])
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        return self._last_number, ours

    def drop_judge(self, number: int) -> None:
        """End a judge, and the runner it may have."""
        with contextlib.suppress(OSError):  # where the zygote has gone, they have gone with it
            send_packet(self.control, {"do": "drop", "judge": number})

    def check_first_word(self, packet: bytes) -> dict[str, Any]:
        """What the zygote says when it is ready (`{"torch": version}`), from the first packet on `control`.

        Raises GradingError, with what to do, where it could not get ready; the packet is empty where it has died.
        """
        message = unpack(packet) if packet else {}
        if "ready" in message:
            return dict(message["ready"])
        if message.get("missing"):
            raise GradingError(
                "Drills need PyTorch, and it is not installed.",
                f"Install it with:  {sys.executable} -m pip install torch numpy\n"
                "(the smaller build without CUDA: add --index-url https://download.pytorch.org/whl/cpu). "
                + _NOT_NEEDED,
            )
        if not message:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(1)  # its sockets are closed, so it is ending
        raise GradingError(
            f"PyTorch cannot be loaded: {message.get('fault') or self._last_words()}",
            f"Install it anew:  {sys.executable} -m pip install --force-reinstall torch\n" + _NOT_NEEDED,
        )

    def _last_words(self) -> str:
        """How it ended, with the last line it wrote."""
        code = self._process.poll()
        if code is not None and code < 0:
            how = f"the process was ended by {signal.Signals(-code).name}"
        else:
            how = f"the process ended with exit code {code}"
        line = self.last_line()
        return f"{how}: {line}" if line else how

    def written(self) -> int:
        """How many bytes zygote and judges have written to standard error so far; 0 after `close`."""
        return 0 if self._closed else os.fstat(self._stderr).st_size

    def last_line(self, since: int = 0) -> str:
        """What that ends with, mostly the exception under a traceback, of which it may be the middle only; empty where
        there is no such line after the first `since` bytes."""
        start = max(since, self.written() - _STDERR_BYTES)
        tail = b"" if self._closed else os.pread(self._stderr, _STDERR_BYTES, start)
        written = tail.decode("utf-8", "replace").splitlines()
        lines = [line for line in written if line.strip() and not line.startswith((" ", "Traceback "))]
        return lines[-1] if lines else ""

    def kill(self) -> None:
        """End it at once and wait for that; its children die with it."""
        self._process.kill()
        self._process.wait()

    def close(self, seconds: float = 5.0) -> None:
        """Let it end, with everything it has forked, and wait for that; blocks for some milliseconds."""
        self.control.close()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
        os.close(self._stderr)
        self._closed = True
