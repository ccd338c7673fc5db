"""A kill at any moment loses nothing that was acknowledged, and two processes lose and double nothing."""

import random
import signal
import subprocess
import sys
from pathlib import Path

from kdquiz.store.store import Store

KILLS = 20


def recorder(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    """A process that waits to be told to begin."""
    command = [sys.executable, "-m", "tests.store.recorder", str(path), name, str(count)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def begin(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def test_a_kill_loses_nothing_that_was_acknowledged(path: Path) -> None:
    rng = random.Random(1)
    acknowledged: list[str] = []
    waiting = recorder(path, "run 0", 10**6)
    for kill in range(KILLS):
        running, waiting = waiting, recorder(path, f"run {kill + 1}", 10**6)  # the next starts up meanwhile
        begin(running)
        assert running.stdout is not None
        acknowledged += [running.stdout.readline().strip() for _ in range(rng.randint(1, 8))]
        running.send_signal(signal.SIGKILL)
        acknowledged += running.stdout.read().splitlines()  # not communicate(): it would skip what readline() buffered
        running.communicate()
        with Store(path) as store:
            kept = [log.response for log in store.reviews()]
            assert store.verify() == []
        assert set(acknowledged) <= set(kept)
        assert len(set(kept)) == len(kept) <= len(acknowledged) + kill + 1  # a kill between commit and print adds one
    waiting.kill()
    waiting.communicate()
    assert len(acknowledged) >= KILLS


def test_two_processes_at_once_lose_and_double_nothing(path: Path) -> None:
    count = 60
    processes = [recorder(path, name, count) for name in ("left", "right")]
    for process in processes:
        begin(process)
    printed = [process.communicate()[0].splitlines() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    with Store(path) as store:
        kept = [log.response for log in store.reviews()]
        assert store.verify() == []
        assert sum(card.reviews for card in store.cards().values()) == 2 * count
    for name, lines in zip(("left", "right"), printed, strict=True):
        assert [response for response in kept if response.startswith(name)] == lines
        assert lines == [f"{name} {number}" for number in range(count)]
    assert len(kept) == 2 * count
