"""The process that holds torch and nothing else, and becomes everything by fork: each judge, and one runner a
submission.

It imports torch once (a second and a half), keeps to a single thread (with more, a forked child hangs in OpenMP),
never runs backward (with CUDA, a child could not), and never sees a submission: a judge sends it three descriptors
and gets a fresh process back. Imports `containment`, `runner`, `uncompiled` and `channel`; the judge's code is imported
after the fork, in the judge.

    from the app     {"do": "judge", "judge": id} + its stream,  {"do": "drop", "judge": id}
    to the app       {"ready": {"torch": version, "open": [attack, ...]}} once, with the attacks of `probe` that
                     a runner is not kept from; or {"fault": text, "missing": bool} before it ends
    from a judge     {"run": n} + job, result, log
    to a judge       {"run": n, "pid": pid} + pidfd, or {"run": n, "fault": text}
                     {"run": n, "status": wait status, "cpu": seconds of processor time} when that runner has ended

It ends, and everything it has forked with it, when the app closes the control socket or is gone.
"""

import contextlib
import functools
import gc
import importlib
import os
import select
import signal
import socket
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from kdquiz.grading import containment, probe
from kdquiz.grading.channel import Channel, packet_pair, receive_packet, send_packet

NICENESS = 10
_FAULT_EXIT = 3
_JOB, _RESULT = 3, 4
"""A runner's descriptors, as `containment.enter` places them."""
_PROBE_SECONDS, _PROBE_BYTES = 5, 64 << 20


def main(control_descriptor: int, judge_module: str) -> NoReturn:
    """Be the zygote, until the app lets go of its end of the control socket."""
    control = socket.socket(fileno=control_descriptor)
    os.nice(NICENESS)  # the app's screen comes first
    containment.hide()
    containment.adopt_orphans()
    ready: dict[str, Any] = {}
    try:
        ready |= _import_torch()
        rules = containment.make_ruleset()
        ready["open"] = _attacks_that_succeed(rules)
    except BaseException as error:  # a broken library may raise anything
        missing = isinstance(error, ModuleNotFoundError) and error.name == "torch"
        send_packet(control, {"fault": f"{type(error).__name__}: {error}"[:2000], "missing": missing} | ready)
        os._exit(_FAULT_EXIT)
    gc.collect()
    gc.freeze()  # what is here now is never looked at again, so a child's collector does not copy its pages
    with contextlib.suppress(OSError):  # the app may have gone meanwhile; then the loop ends at once
        send_packet(control, {"ready": ready})
    Zygote(control, judge_module, rules).serve()
    os._exit(0)


def _import_torch() -> dict[str, Any]:
    os.close(os.pidfd_open(os.getpid()))  # Linux 5.3: without it a run could not be ended reliably
    import torch  # here, so that its absence can be told in words

    with contextlib.suppress(ImportError):
        importlib.import_module("numpy")
    importlib.import_module("kdquiz.grading.runner")
    torch.set_num_threads(1)
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads != 1:
        raise RuntimeError(f"importing torch started {threads - 1} thread(s); forked processes would hang")
    importlib.import_module("kdquiz.grading.uncompiled").leave_the_compiler_out()
    return {"torch": str(torch.__version__)}


def _attacks_that_succeed(rules: int | None) -> list[str]:
    """What a process contained as each runner will be is not kept from."""
    zygote = os.getpid()

    def contain(told: int) -> None:
        containment.enter(told, told, told, rules, zygote)
        containment.apply(_PROBE_SECONDS, _PROBE_BYTES, landlocked=rules is not None)

    return probe.succeeding(probe.attacks_on(zygote), _fork, contain)


@dataclass(slots=True)
class _Judge:
    id: int
    pid: int
    socket: socket.socket
    """Where it asks for runners."""


@dataclass(slots=True)
class _Runner:
    judge: _Judge
    run: int


class Zygote:
    """The loop of the single thread over the control socket, the judges' sockets and the ends of children."""

    def __init__(self, control: socket.socket, judge_module: str, rules: int | None) -> None:
        self._control = control
        self._judge_module = judge_module
        self._rules = rules
        self._pid = os.getpid()
        self._judges: dict[int, _Judge] = {}
        self._runners: dict[int, _Runner] = {}
        self._bell, bell_end = os.pipe2(os.O_NONBLOCK)
        signal.set_wakeup_fd(bell_end, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # the byte in the bell's pipe is what counts

    def serve(self) -> None:
        """Serve until the control socket ends; then end every child."""
        try:
            while self._serve_once():
                pass
        finally:
            self._control.close()  # whatever has ended this: from here on nobody is to ask for a judge
            _end_all_children()

    def _serve_once(self) -> bool:
        poll = select.poll()  # made afresh each time: it holds no descriptor that a child could inherit
        for descriptor in (self._bell, self._control.fileno(), *self._sockets()):
            poll.register(descriptor, select.POLLIN)
        for descriptor, _ in poll.poll():
            if descriptor == self._bell:
                os.read(self._bell, 4096)
                self._reap()
            elif descriptor == self._control.fileno():
                packet = _receive(self._control)
                if packet is None:
                    return False
                self._obey(*packet)
            elif (judge := self._sockets().get(descriptor)) is not None:
                self._hear(judge)
        return True

    def _sockets(self) -> dict[int, _Judge]:
        return {judge.socket.fileno(): judge for judge in self._judges.values()}

    def _obey(self, message: Mapping[str, Any], descriptors: Sequence[int]) -> None:
        if message["do"] == "judge":
            self._fork_judge(message["judge"], descriptors[0])
            os.close(descriptors[0])
        for judge in self._judges.values():
            if message["do"] == "drop" and judge.id == message["judge"]:
                _kill(judge.pid)

    def _fork_judge(self, number: int, stream: int) -> None:
        try:
            ours, theirs = packet_pair()
        except OSError:  # too many files are open: the app sees its stream end
            return
        with theirs:
            ours.setblocking(False)  # a judge that does not listen must not stop the others
            try:
                pid = _fork(lambda: _be_judge(self._judge_module, stream, theirs.fileno(), self._pid))
            except OSError:
                ours.close()
                return
        self._judges[pid] = _Judge(number, pid, ours)

    def _hear(self, judge: _Judge) -> None:
        try:
            packet = _receive(judge.socket)
        except BlockingIOError:  # the event was for a socket that has had this number before
            return
        if packet is None:
            _kill(judge.pid)
            self._forget(judge)
            return
        message, descriptors = packet
        try:
            self._fork_runner(judge, message["run"], descriptors)
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _fork_runner(self, judge: _Judge, run: int, descriptors: Sequence[int]) -> None:
        try:
            job, result, log = descriptors
        except ValueError:  # the kernel hands over as many as this process may still open
            self._tell(judge, {"run": run, "fault": "too few files may be open on this machine"})
            return
        try:
            pid = _fork(lambda: _be_runner(job, result, log, self._rules, self._pid))
            self._runners[pid] = _Runner(judge, run)
            handle = os.pidfd_open(pid)
        except OSError as error:
            self._tell(judge, {"run": run, "fault": f"no new process can be made: {error.strerror}"})
            return
        self._tell(judge, {"run": run, "pid": pid}, handle)
        os.close(handle)

    def _tell(self, judge: _Judge, message: Mapping[str, Any], *descriptors: int) -> None:
        try:
            send_packet(judge.socket, message, descriptors)
        except OSError:  # it has ended, or does not listen
            _kill(judge.pid)

    def _reap(self) -> None:
        """Take note of every child that has ended; see to it that a runner leaves nothing behind."""
        while (pid := _ended_child()) is not None:
            runner = self._runners.pop(pid, None)
            if runner is not None:
                with contextlib.suppress(ProcessLookupError):  # it ended before it had a group
                    os.killpg(pid, signal.SIGKILL)  # its number, and so its group's, is free only after the next line
            _, status, usage = os.wait4(pid, 0)
            if runner is not None and runner.judge.pid in self._judges:
                self._tell(runner.judge, {"run": runner.run, "status": status, "cpu": usage.ru_utime + usage.ru_stime})
            elif pid in self._judges:
                self._forget(self._judges[pid])
        for stray in _children() - self._judges.keys() - self._runners.keys():
            _kill(stray)  # a descendant of a runner that has left its group; its end rings the bell again

    def _forget(self, judge: _Judge) -> None:
        """A judge has gone: end its runner."""
        for pid, runner in self._runners.items():
            if runner.judge is judge:
                _kill(pid)
        judge.socket.close()
        del self._judges[judge.pid]


def _fork(role: Callable[[], object]) -> int:
    """A child that plays `role` and ends with it; its process id. Raises OSError where there can be none."""
    pid = os.fork()
    if pid:
        return pid
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        role()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def _be_judge(module: str, stream: int, zygote: int, parent: int) -> None:
    containment.keep_descriptors({0: 0, 1: 1, 2: 2, 3: stream, 4: zygote})
    containment.die_with(parent)
    runners = importlib.import_module("kdquiz.grading.runners")  # after the fork: a runner's process must not hold them
    execute = runners.make_execute(socket.socket(fileno=4))
    importlib.import_module(module).serve(Channel(socket.socket(fileno=3)), execute)


def _be_runner(job: int, result: int, log: int, rules: int | None, parent: int) -> None:
    containment.enter(job, result, log, rules, parent)
    runner = importlib.import_module("kdquiz.grading.runner")
    told = runner.Job.from_bytes(os.pread(_JOB, os.fstat(_JOB).st_size, 0))
    os.close(_JOB)
    runner.serve(told, _RESULT, functools.partial(containment.apply, landlocked=rules is not None))


def _receive(end: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    try:
        return receive_packet(end)
    except ConnectionError:  # the other end has gone and left something unread
        return None


def _ended_child() -> int | None:
    try:
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return None
    return None if ended is None else ended.si_pid


def _children() -> set[int]:
    """Every child, adopted ones included."""
    pid = os.getpid()
    return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def _kill(pid: int) -> None:
    """SIGKILL to a child that has not been reaped, so that the number is still its own."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _end_all_children() -> None:
    while children := _children():
        for pid in children:
            _kill(pid)
        with contextlib.suppress(ChildProcessError):
            os.wait()
