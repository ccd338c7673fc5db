"""The judge as a process of its own, where there is no zygote: it imports torch itself and keeps spare runners.

    standard input     requests of the app; at their end this process ends, whatever it is doing, with its spares
    standard output    first {"ready": {"torch": version, "open": [attack, ...]}}, or before it ends {"fault": text,
                       "missing": bool}, with "torch" where that could be imported; then what the judge says
    standard error     what went wrong

On every platform. Imports the standard library at first, so that the absence of torch can be told in words.
"""

import importlib
import os
import queue
import sys
import threading
import traceback
from typing import Any, NoReturn

from kdquiz.grading.channel import Channel, ChannelError
from kdquiz.grading.isolated import NICENESS

SPARES = 2
"""How many are kept ready: a wrong answer is often run twice, to show it on a smaller case."""
_FAULT_EXIT = 3


def main(judge_module: str, with_attacks: bool) -> NoReturn:
    """Be a judge. `with_attacks`: find out first which attacks a spare is not kept from; one judge's word is enough."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)  # the app's screen comes first
    app = _App(Channel(_own_pipes()))
    try:
        ready = _get_ready(app, with_attacks)
    except BaseException as error:  # a broken library may raise anything
        missing = isinstance(error, ModuleNotFoundError) and error.name == "torch"
        loaded = {"torch": True} if "torch" in sys.modules else {}
        app.send({"fault": f"{type(error).__name__}: {error}"[:2000], "missing": missing, **loaded})
        app.end(_FAULT_EXIT)
    app.send({"ready": ready})
    try:
        importlib.import_module(judge_module).serve(app, app.spares.make_execute())
    except BaseException:
        traceback.print_exc()
    app.end(1)


def _get_ready(app: "_App", with_attacks: bool) -> dict[str, Any]:
    """Import torch, start the spares. Raises whatever goes wrong."""
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)  # an exam is small, and the app wants to draw
    app.spares = importlib.import_module("kdquiz.grading.spares").Spares(SPARES)
    ready: dict[str, Any] = {"torch": str(torch.__version__)}
    if with_attacks:
        ready["open"] = app.spares.attacks_that_succeed()
    return ready


def _own_pipes() -> "_Pipes":
    """Standard input and output; what is printed goes to standard error from here on, for the app reads messages."""
    pipes = _Pipes(os.dup(0), os.dup(1))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    return pipes


class _Pipes:
    """Two pipes as one stream for a Channel."""

    def __init__(self, requests: int, answers: int) -> None:
        self._requests, self._answers = requests, answers

    def recv(self, count: int) -> bytes:
        """As a socket does."""
        return os.read(self._requests, count)

    def sendall(self, data: bytes) -> None:
        """As a socket does."""
        left = memoryview(data)
        while left:
            left = left[os.write(self._answers, left) :]

    def close(self) -> None:
        """Close both."""
        os.close(self._requests)
        os.close(self._answers)


class _App:
    """The app as the judge sees it: a `judge.Stream` whose end is noticed at any time."""

    def __init__(self, channel: Channel) -> None:
        self.send = channel.send
        self.spares: Any = None
        self._channel = channel
        self._requests: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def receive(self) -> dict[str, Any]:
        """The next request."""
        return self._requests.get()

    def end(self, code: int) -> NoReturn:
        """End this process and its spares, at once."""
        if self.spares is not None:
            self.spares.kill()
        os._exit(code)

    def _listen(self) -> None:
        try:
            while (request := self._channel.receive()) is not None:
                self._requests.put(request)
        except (ChannelError, OSError):
            traceback.print_exc()
        self.end(0)
