"""What the tests of the process side share: a zygote with the tiny judge, and a way to see a process end."""

import base64
import os
import select
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kdquiz.grading.channel import Channel
from kdquiz.grading.launch import ZygoteProcess
from kdquiz.grading.report import Limits

TINY_JUDGE = "tests.grading.tiny_judge"
QUICK = Limits(cpu_seconds=1, wall_seconds=6.0)
PATIENCE_SECONDS = 20.0
"""How long a process may take to end on a busy machine before a test fails."""


class Lab:
    """A real zygote with one tiny judge, asked in a blocking way."""

    def __init__(self) -> None:
        self.zygote = ZygoteProcess(TINY_JUDGE)
        self.zygote.control.setblocking(True)
        self.judge = self.new_judge()
        self.zygote.check_first_word(self.zygote.control.recv(4096))
        self.ask({"do": "look"})
        [self.judge_pid] = descendants(self.zygote.pid)

    def new_judge(self) -> Channel:
        """Another judge's channel."""
        _, stream = self.zygote.add_judge()
        stream.settimeout(PATIENCE_SECONDS)
        return Channel(stream)

    def run(
        self,
        source: str | bytes,
        cases: Sequence[Sequence[dict[str, Any]]] = ((),),
        limits: Limits = QUICK,
        entry: str = "f",
    ) -> dict[str, Any]:
        """Run a submission in a fresh runner: the `Run` as plain values."""
        raw = source.encode() if isinstance(source, str) else source
        request = {"source": base64.b64encode(raw).decode(), "entry": entry, "cases": cases, "limits": asdict(limits)}
        return self.ask({"do": "run", **request})["run"]  # type: ignore[no-any-return]

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """One request to the judge and its answer."""
        self.judge.send(request)
        answer = self.judge.receive()
        assert answer is not None, self.zygote.last_line()
        return answer

    def close(self) -> None:
        """End everything."""
        self.judge.close()
        end(self.zygote)


def end(zygote: ZygoteProcess) -> None:
    """Let a zygote end, and wait for that."""
    zygote.let_go()
    assert ends(zygote.pid)
    assert not zygote.alive
    zygote.close()


def with_tests_importable() -> dict[str, str]:
    """An environment in which another interpreter finds kdquiz and its tests, wherever it is started."""
    folders = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, folders))}


def descendants(pid: int) -> set[int]:
    """Every process below this one, zombies included."""
    try:
        children = set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except (FileNotFoundError, ProcessLookupError):
        return set()
    return children.union(*map(descendants, children))


def watch(pid: int) -> int:
    """A pidfd of a living process, to be handed to `has_ended`."""
    return os.pidfd_open(pid)


def has_ended(handle: int) -> bool:
    """Wait for the end of the process behind a pidfd; False where it does not come."""
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    ended = bool(poll.poll(PATIENCE_SECONDS * 1000))
    os.close(handle)
    return ended


def ends(pid: int) -> bool:
    """Wait for the end of a process that may have ended already."""
    try:
        return has_ended(watch(pid))
    except ProcessLookupError:
        return True
