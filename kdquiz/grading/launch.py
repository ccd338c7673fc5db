"""The zygote as a process of the app: started, given judges, told to end. Linux; no torch, no asyncio."""

import contextlib
import os
import socket
import subprocess
from typing import Any

from kdquiz.grading.channel import packet_pair, send_packet, unpack
from kdquiz.grading.isolated import FOLDER, cannot_start, check_first_word, command, environment, last_line, last_words

_STDERR_BYTES = 8192


class ZygoteProcess:
    """A started zygote. `control` is the app's end of its socket and does not block."""

    def __init__(self, judge_module: str) -> None:
        """Start it, without waiting until it is ready. Raises GradingError where the system refuses what it needs."""
        with contextlib.ExitStack() as opened:
            try:
                self.control, theirs = packet_pair()
                opened.callback(self.control.close)
                with theirs:
                    self.control.setblocking(False)
                    self._stderr = os.memfd_create("stderr")
                    opened.callback(os.close, self._stderr)
                    self._process = subprocess.Popen(
                        command("kdquiz.grading.zygote", theirs.fileno(), judge_module),
                        stdin=subprocess.DEVNULL,
                        stdout=subprocess.DEVNULL,
                        stderr=self._stderr,
                        cwd=FOLDER,
                        env=environment(),
                        pass_fds=(theirs.fileno(),),
                        start_new_session=True,  # Ctrl+C in the terminal is for the app
                    )
            except OSError as error:
                raise cannot_start(error) from error
            opened.pop_all()  # from here on `close` closes them
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

        Raises ConnectionError where the zygote has gone, other OSErrors where the system refuses a socket.
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
        """What the zygote says when it is ready (`{"torch": version, "open": attacks}`), from the first packet on
        `control`.

        Raises GradingError, with what to do, where it could not get ready; the packet is empty where it has died.
        """
        if not packet:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(1)  # its sockets are closed, so it is ending
        how = last_words(self._process.poll(), self.last_line())
        return check_first_word(unpack(packet) if packet else {}, how)

    def written(self) -> int:
        """How many bytes zygote and judges have written to standard error so far; 0 after `close`."""
        return 0 if self._closed else os.fstat(self._stderr).st_size

    def last_line(self, since: int = 0) -> str:
        """The last line that they have written after the first `since` bytes, as `isolated.last_line` tells it."""
        start = max(since, self.written() - _STDERR_BYTES)
        return last_line(b"" if self._closed else os.pread(self._stderr, _STDERR_BYTES, start))

    def let_go(self) -> None:
        """Have it end, with everything it has forked. `alive` tells when it has."""
        self.control.close()

    def kill(self) -> None:
        """End it at once; its children die with it. `alive` tells when it has gone."""
        self._process.kill()

    def close(self) -> None:
        """Once it has ended: close what is left of it here."""
        self.control.close()
        if not self._closed:
            os.close(self._stderr)
        self._closed = True
