"""The runner that is started ahead: a process that imports torch, waits for one job, and never returns from it.

For platforms on which no process that has imported torch can safely fork. Little contains it: the resource limits where
there are such, an empty environment, and the judge, which watches it and ends it. Imports `runner`, `uncompiled`, and
of `containment` what this platform has.

    standard input     from the judge: length u32, little-endian | job; an empty one asks which attacks succeed
    standard output    to the judge: READY, then frames; the answer to an empty job is LAYERS with the attacks' names
    standard error     what is printed

It ends when the judge has gone or lets go of its end.
"""

import contextlib
import importlib
import math
import os
import queue
import signal
import struct
import sys
import threading
import time
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from kdquiz.grading import probe
from kdquiz.grading.protocol import Frame, Kind, Scalar, encode

LENGTH = struct.Struct("<I")
READY = b"!"
_KEPT = {"SYSTEMROOT"}
"""A variable without which Windows's own libraries fail."""
_PROBE_SECONDS, _PROBE_BYTES = 5, 64 << 20
_NEVER_REFUSED = () if os.name == "posix" else ("processes", "signals")
"""What cannot be tried without harm on Windows, and nothing there forbids."""


def main() -> NoReturn:
    """Be a spare."""
    orders, result = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # there is nobody to type
    os.dup2(2, 1)  # whatever is printed, by whomever, belongs to the log
    jobs: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_obey, args=(orders, jobs), daemon=True).start()  # before a limit forbids it
    runner = _import_torch()
    os.write(result, READY)
    job = jobs.get()
    if not job:
        _tell_what_is_open(result)
    runner.serve(runner.Job.from_bytes(job), result, _contain)
    os._exit(1)


def _import_torch() -> ModuleType:
    runner = importlib.import_module("kdquiz.grading.runner")
    sys.modules["torch"].set_num_threads(1)
    with contextlib.suppress(ImportError):  # a drill can do without
        importlib.import_module("numpy")
    importlib.import_module("kdquiz.grading.uncompiled").leave_the_compiler_out()
    return runner


def _obey(orders: int, jobs: queue.SimpleQueue[bytes]) -> None:
    """Hand the job over; end this process, and what it has started, when the judge lets go."""
    try:
        (length,) = LENGTH.unpack(_exactly(orders, LENGTH.size))
        jobs.put(_exactly(orders, length))
        _exactly(orders, 1)
    except (EOFError, OSError):
        if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(1)


def _exactly(descriptor: int, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        part = os.read(descriptor, count - len(data))
        if not part:
            raise EOFError
        data += part
    return bytes(data)


def _contain(cpu_seconds: int, memory_bytes: int) -> tuple[str, ...]:
    """Give up what this platform lets a process give up; the names of the layers that are on then."""
    for name in os.environ.keys() - _KEPT:
        del os.environ[name]
    found = {
        "own-session": hasattr(os, "getsid") and os.getsid(0) == os.getpid(),
        "no-environment": not os.environ.keys() - _KEPT,
    }
    limits = _resource_limits()
    if limits is not None:
        limits.lower(math.ceil(time.process_time()) + cpu_seconds, memory_bytes, _mapped())
        found |= limits.in_force() | {"no-processes": limits.no_more_processes() and os.getuid() != 0}
    return tuple(name for name, on in found.items() if on)


def _resource_limits() -> ModuleType | None:
    try:
        return importlib.import_module("kdquiz.grading.containment.limits")
    except ImportError:  # there are no such limits on this platform
        return None


def _mapped() -> dict[str, str]:
    """What Linux says of the memory that is mapped now; other systems do not limit it in these terms."""
    if sys.platform != "linux":
        return {}
    lines = Path("/proc/self/status").read_text().splitlines()
    return {line.partition(":")[0]: line.split()[1] for line in lines if line.startswith("Vm")}


def _tell_what_is_open(result: int) -> NoReturn:
    attacks = probe.attacks_on(os.getppid())
    _contain(_PROBE_SECONDS, _PROBE_BYTES)
    names = (*probe.open_to(attacks), *_NEVER_REFUSED)
    told = Frame(Kind.LAYERS, 0, tuple(Scalar(name, True) for name in names))
    os.write(result, encode(told) + encode(Frame(Kind.DONE)))
    os._exit(0)
