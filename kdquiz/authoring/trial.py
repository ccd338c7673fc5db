"""Questions tried out: the tests inside them, and what else their kind checks, on several cores where there is much.

The first second of work is done here, since starting a process costs as much; only what is then left is shared out. The
processes are started afresh (`spawn`), so that it works alike everywhere; each ends when nobody holds the other end of
its pipe any more, whatever became of this one. Goes in: questions. Comes out: faults.
"""

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from kdquiz.authoring import kinds
from kdquiz.errors import KdquizError
from kdquiz.grading.cores import usable_cores
from kdquiz.library.faults import Fault
from kdquiz.library.model import Question

ALONE_SECONDS = 1.0
AT_ONCE = 16
"""Questions handed to a process at a time: few, so that all end together and Ctrl+C is obeyed at once."""
Say = Callable[[int, int], None]
Faults = tuple[Fault, ...]


def try_all(questions: Sequence[Question], say: Say, cores: int | None = None) -> list[Faults]:
    """The faults of each question, in order; `say` is told how many of how many are done.

    Raises KdquizError where a process ends before it has answered.
    """
    found: list[Faults] = []
    until = time.monotonic() + ALONE_SECONDS
    cores = cores or usable_cores()
    for question in questions:
        if cores > 1 and time.monotonic() > until:
            break
        found.append(kinds.faults(question))
        say(len(found), len(questions))
    left = questions[len(found) :]
    if left:
        done = len(found)
        found += _share_out(left, min(cores, -(-len(left) // AT_ONCE)), lambda n: say(done + n, len(questions)))
    return found


def _share_out(questions: Sequence[Question], processes: int, say: Callable[[int], None]) -> list[Faults]:
    """The faults of each question, in order."""
    found: dict[int, Faults] = {}
    with _workers(processes) as pipes, _ends_explained():
        busy: dict[Connection, int] = {}
        idle = list(pipes)
        for start in range(0, len(questions), AT_ONCE):
            while not idle:
                idle += _collect(busy, found)
                say(len(found))
            pipe = idle.pop()
            pipe.send(questions[start : start + AT_ONCE])
            busy[pipe] = start
        while busy:
            _collect(busy, found)
            say(len(found))
    return [found[number] for number in range(len(questions))]


def _collect(busy: dict[Connection, int], found: dict[int, Faults]) -> list[Connection]:
    """Wait for an answer or several; the pipes that they came by have nothing to do any more."""
    ready = [pipe for pipe in wait(list(busy)) if isinstance(pipe, Connection)]
    for pipe in ready:
        found |= enumerate(pipe.recv(), busy.pop(pipe))
    return ready


@contextmanager
def _ends_explained() -> Iterator[None]:
    try:
        yield
    except (EOFError, BrokenPipeError, ConnectionResetError) as error:
        hint = "The system may have had too little memory for it."
        raise KdquizError("a process that tries the tests of questions has ended", hint) from error


@contextmanager
def _workers(count: int) -> Iterator[list[Connection]]:
    """So many processes, each behind a pipe; however this is left, they end."""
    context = multiprocessing.get_context("spawn")
    started: list[tuple[SpawnProcess, Connection]] = []
    try:
        with _interrupts_held_back():
            for _ in range(count):
                here, there = context.Pipe()
                process = context.Process(target=_work, args=(there,), daemon=True)
                process.start()
                there.close()
                started.append((process, here))
        yield [pipe for _, pipe in started]
    finally:
        for process, pipe in started:
            pipe.close()
            process.terminate()
        for process, _ in started:
            process.join()


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Ctrl+C goes to the whole group, and this process decides what becomes of it. One that is started within never
    hears of it; here it arrives a moment later."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # which lets interrupts through again once it has started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(pipe: Connection) -> None:
    """In a process of its own: try what comes, until nobody sends any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be held back
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            pipe.send([kinds.faults(question) for question in pipe.recv()])
