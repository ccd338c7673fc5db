"""The untrusted side: reads a job, contains itself, runs the learner's source on each case, writes what came out.

Imports the standard library, torch, `protocol`, `submission` and `performing`; of kdquiz nothing else is in this
process but the containment that it is handed. It serves one submission and never returns: it ends the process. It
knows inputs alone (no seed, no expected value, no tolerance, no verdict), so there is nothing in it to steal, and
whatever the learner's code does to it changes an answer, never the judgement of it.

Words for the learner are made here where only this process can know them (what type was returned, which line raised).
"""

import contextlib
import ctypes
import errno
import inspect
import io
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

import torch

from kdquiz.grading.performing import load_harness, looked_at, met_by_harness, said_by_harness
from kdquiz.grading.protocol import DTYPES, Array, Frame, FrameError, FrameReader, Item, Kind, Scalar, encode
from kdquiz.grading.submission import (
    ERROR_TEXT,
    SUBMISSION,
    NoAnswerError,
    article,
    check_signature,
    describe,
    load,
    while_loading,
)

_RESERVE_BYTES = 2 << 20
_BY_NAME: Mapping[str, torch.dtype] = {name: getattr(torch, name) for name, _ in DTYPES.values()}
_DTYPES = {dtype: name for name, dtype in _BY_NAME.items()}


_UPSTREAM = 0.5
"""The gradient that comes from above, and is divided out again (exactly, since it is a power of two): a backward of the
learner's own that takes it to be 1 is wrong as soon as the loss is part of another one."""
_end = os._exit  # before the learner's code can put something else in its place

Contain = Callable[[int, int], Sequence[str]]
"""`contain(cpu_seconds, memory_bytes)` gives up for ever what the code does not need; the names of the layers on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """All that the judge says: the source, the entry's name, the limits, each case's arguments, and the harness, where
    it is that which calls the entry."""

    source: str
    entry: str
    cpu_seconds: int
    memory_bytes: int
    cases: tuple[tuple[Item, ...], ...]
    harness: str = ""

    @classmethod
    def from_bytes(cls, data: bytes) -> "Job":
        """The job that the judge has written."""
        head, *rest = FrameReader(len(data)).feed(data)
        given = {item.name: item.value for item in head.items if isinstance(item, Scalar)}
        return cls(
            source=str(given["source"]),
            entry=str(given["entry"]),
            cpu_seconds=int(given["cpu_seconds"]),
            memory_bytes=int(given["memory_bytes"]),
            cases=tuple(frame.items for frame in rest if frame.kind is Kind.TENSORS),
            harness=str(given.get("harness", "")),
        )


def serve(job: Job, result: int, contain: Contain) -> NoReturn:
    """Contain this process, run the job, write the frames to the descriptor `result`, end the process.

    What is printed goes to descriptor 1.
    """
    tempfile.tempdir = "/nonexistent"  # otherwise looking for one tries to write a file
    # Line by line, so that what was printed survives a crash.
    log_file = io.BufferedWriter(io.FileIO(1, "w", closefd=False))
    sys.stdout = sys.stderr = io.TextIOWrapper(log_file, "utf-8", "backslashreplace", line_buffering=True)
    for name, stand_in in _STAND_INS.items():
        setattr(torch, name, stand_in)
    layers = contain(job.cpu_seconds, job.memory_bytes)
    os.environ["TORCHINDUCTOR_CACHE_DIR"] = "/"  # a folder that is there: parts of torch make it when imported
    perform = _perform(job)

    def write(frame: Frame) -> None:
        left = memoryview(encode(frame))
        while left:
            left = left[os.write(result, left) :]

    write(Frame(Kind.LAYERS, 0, tuple(Scalar(name, True) for name in layers)))
    try:
        write(_outcome(job, perform, write))
        _end(0)
    finally:  # whatever the code has done to this process, no traceback of ours is to be printed
        _end(1)


def _perform(job: Job) -> Callable[..., object] | None:
    """The harness's function, where there is one. Loaded before the judge hears of this process: what goes wrong is a
    fault of ours then, and the last line that is printed tells it."""
    if not job.harness:
        return None
    try:
        return load_harness(job.harness)
    except BaseException as error:
        sys.stderr.write(f"the drill's harness cannot be loaded: {describe(error)}\n")
        _end(1)


def _outcome(job: Job, perform: Callable[..., object] | None, write: Callable[[Frame], None]) -> Frame:
    """Write an answer for each case; the last frame, for what came of it."""
    reserve = [bytearray(_RESERVE_BYTES)]
    try:
        function = _loaded(job)
        for index, arguments in enumerate(job.cases):
            write(Frame(Kind.TENSORS, index, tuple(_answer(function, perform, arguments))))
        last = Frame(Kind.DONE)
    except BaseException as error:
        reserve.clear()  # memory may be used up, and telling so takes some
        last = _last_frame(error)
    with contextlib.suppress(BaseException):  # before the last frame: at that the judge ends this process
        sys.stdout.flush()
    return last


def _loaded(job: Job) -> Callable[..., object]:
    try:
        return load(job.source, job.entry, classes=bool(job.harness))
    except NoAnswerError:
        raise
    except Exception as error:
        words = while_loading(error)
        failure = _failure(error)
        failure.plain = words
        raise failure from error


def _no_threads(count: int) -> None:
    """Stands in for `torch.set_num_threads`: a drill has one thread."""


def _uncompiled(model: object = None, **options: object) -> object:
    """Stands in for `torch.compile`, which wants a compiler and processes; the function itself computes the same."""
    return (lambda function: function) if model is None else model


_STAND_INS = {
    "set_num_threads": _no_threads,  # where a thread is refused, torch ends the process
    "set_num_interop_threads": _no_threads,
    "compile": _uncompiled,
}


def _answer(
    function: Callable[..., object], perform: Callable[..., object] | None, items: Sequence[Item]
) -> list[Item]:
    """Call the function on one case, by itself or by the harness: its output, what the harness has looked at, each
    tensor argument as it is afterwards, each gradient that came."""
    arguments = [_argument(item) for item in items]
    results: Mapping[str, object] = {}
    if perform is None:
        check_signature(function, [item.name for item in items], arguments)
        returned = function(*arguments)
    else:
        returned, results = looked_at(perform(function, *arguments))
    output = _plain_tensor(returned, "returned")
    answer: list[Item] = [_to_array("output", output)]
    for name, value in results.items():
        answer.append(_to_array(f"result:{name}", _plain_tensor(value, f"gave for `{name}`")))
    wanted = []
    for item, argument in zip(items, arguments, strict=True):
        if isinstance(argument, torch.Tensor):
            after = _plain_tensor(argument, f"left its argument `{item.name}` as")
            answer.append(_to_array(f"after:{item.name}", after))
            # One that the code has made to need no gradient any more gets none, as one that it has not used.
            if isinstance(item, Array) and item.grad and argument.requires_grad:
                wanted.append((item.name, argument))
    return answer + _gradients(output, wanted)


def _gradients(output: torch.Tensor, wanted: Sequence[tuple[str, torch.Tensor]]) -> list[Item]:
    if not wanted or not output.requires_grad:
        return []
    try:
        with torch.enable_grad():  # the code may have left gradients switched off
            total = output.sum() * _UPSTREAM
        gradients = torch.autograd.grad(total, [argument for _, argument in wanted], allow_unused=True)
    except BaseException as error:
        failure = _failure(error)
        failure.plain = "This was raised while the gradient was computed, after the function had returned."
        raise failure from error
    found: list[Item] = []
    for (name, _), gradient in zip(wanted, gradients, strict=True):
        if gradient is not None:
            plain = _plain_tensor(gradient, f"gave for `{name}` as its gradient")
            found.append(_to_array(f"gradient:{name}", plain / _UPSTREAM))
    return found


def _argument(item: Item) -> torch.Tensor | bool | int | float | str:
    """A fresh value for one call, so that what a call does to its arguments does not reach the next."""
    if isinstance(item, Scalar):
        return item.value
    dtype = _BY_NAME[item.dtype]
    if not item.data:
        return torch.empty(item.shape, dtype=dtype, requires_grad=item.grad)
    flat = torch.frombuffer(bytearray(item.data), dtype=dtype)
    return flat.reshape(item.shape).clone().requires_grad_(item.grad)  # the clone owns its memory, as tensors do


def _plain_tensor(value: object, did: str) -> torch.Tensor:
    """The value, where it is a plain dense tensor on the CPU; otherwise a sentence says what it is instead."""
    if type(value) is torch.Tensor:
        if value.layout is not torch.strided or value.device.type != "cpu" or value.dtype not in _DTYPES:
            kind = f"{value.layout}, {value.device}, {value.dtype}".replace("torch.", "")
            raise NoAnswerError("malformed", f"{did} a tensor that is not a plain one on the CPU ({kind})")
        return value
    if value is None:
        raise NoAnswerError("malformed", f"{did} None, not a tensor; is a `return` missing?")
    if inspect.iscoroutine(value):
        value.close()  # or Python warns, with a line of ours, that nobody has awaited it
        raise NoAnswerError("malformed", f"{did} a coroutine, not a tensor; leave `async` out")
    if isinstance(value, (bool, int, float, complex)):
        kind = type(value).__name__
        raise NoAnswerError("malformed", f"{did} a Python {kind}, not a tensor; no gradient can flow through it")
    raise NoAnswerError("malformed", f"{did} {article(type(value).__name__)}, not a plain tensor")


def _to_array(name: str, tensor: torch.Tensor) -> Array:
    dense = tensor.detach().resolve_neg().contiguous()
    size = dense.numel() * dense.element_size()
    data = ctypes.string_at(dense.data_ptr(), size) if size else b""
    return Array(name=name, dtype=_DTYPES[dense.dtype], shape=tuple(dense.shape), data=data)


def _last_frame(error: BaseException) -> Frame:
    try:
        return _error_frame(error)
    except BaseException:  # an exception's type, name and text are the learner's too
        return _error_frame(NoAnswerError("raised", "an exception that cannot be told"))


def _error_frame(error: BaseException) -> Frame:
    failure = error if isinstance(error, NoAnswerError) else _failure(error)
    return Frame(
        Kind.ERROR,
        0,
        (
            Scalar("kind", failure.kind),
            Scalar("error", failure.error[:ERROR_TEXT]),
            Scalar("plain", failure.plain[:ERROR_TEXT]),
            Scalar("line", failure.line),
        ),
    )


def _failure(error: BaseException) -> NoAnswerError:
    """What the learner's code raised, with the line of the learner's that was deepest."""
    if isinstance(error, FrameError):
        return NoAnswerError("malformed", f"returned what cannot be passed on: {error}")
    line = 0
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == SUBMISSION:
            line = number
    if not line and said_by_harness(error):
        return NoAnswerError("raised", describe(error), str(error)[:ERROR_TEXT])
    plain = "" if line else met_by_harness(error)
    traceback.clear_frames(error.__traceback__)  # what the code still held may be what has used up the memory
    text = describe(error)
    out_of_memory = isinstance(error, MemoryError) or "DefaultCPUAllocator: " in text or "std::bad_alloc" in text
    out_of_memory |= isinstance(error, OSError) and error.errno == errno.ENOMEM
    kind = "memory" if out_of_memory else "exited" if isinstance(error, SystemExit) else "raised"
    return NoAnswerError(kind, text, plain, line=line)
