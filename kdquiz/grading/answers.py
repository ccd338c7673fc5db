"""Between tensors and frames on the judge's side: a submission and its cases as a job, a runner's frames as answers.

Imports torch. The bytes of a job are ours; the frames that come back are a stranger's, and an answer is made of them
only where the case is the next one, the names are known and each is a tensor.
"""

import ctypes
from collections.abc import Mapping, Sequence

import torch

from kdquiz.grading.execution import Answer, Argument, Case
from kdquiz.grading.protocol import DTYPES, WORDS_BYTES, Array, Frame, FrameError, Item, Kind, Scalar, encode
from kdquiz.grading.report import Limits

_FRAME_BYTES = 4 << 10
_SPARE_BYTES = 4 << 20
"""For outputs that are far larger than the inputs of their cases."""
_DTYPES: Mapping[str, torch.dtype] = {name: getattr(torch, name) for name, _ in DTYPES.values()}


def job_bytes(source: str, entry: str, cases: Sequence[Case], limits: Limits, harness: str = "") -> bytes:
    """All that a runner is given: of a case its arguments alone. Raises FrameError where a case has no place in a
    frame."""
    head = Frame(
        Kind.SOURCE,
        0,
        (
            Scalar("source", source),
            Scalar("entry", entry),
            Scalar("cpu_seconds", limits.cpu_seconds),
            Scalar("memory_bytes", limits.memory_bytes),
            *([Scalar("harness", harness)] if harness else []),
        ),
    )
    bodies = [Frame(Kind.TENSORS, i, tuple(map(_item, case.arguments))) for i, case in enumerate(cases)]
    return b"".join(map(encode, [head, *bodies, Frame(Kind.DONE)]))


def result_bytes(cases: Sequence[Case]) -> int:
    """How many bytes a runner may send back for these cases: each tensor argument echoed, a gradient as large, an
    output of a few times that, the frames' own, the words of an ERROR, and some for outputs of another size."""
    total = 2 * WORDS_BYTES + _SPARE_BYTES
    for case in cases:
        inputs = sum(a.value.numel() * a.value.element_size() for a in case.arguments if torch.is_tensor(a.value))
        total += 6 * inputs + _FRAME_BYTES
    return total


def answer_from(frame: Frame, case: Case) -> Answer:
    """The answer in a TENSORS frame. Raises FrameError where it is not one for this case."""
    tensors = {a.name: a for a in case.arguments if torch.is_tensor(a.value)}
    output, after, results = None, {}, {}
    gradients: dict[str, torch.Tensor | None] = {name: None for name, a in tensors.items() if a.grad}
    for item in frame.items:
        if not isinstance(item, Array) or item.grad:
            raise FrameError(f"{item.name!r} is not a plain tensor")
        what, _, name = item.name.partition(":")
        if item.name == "output":
            output = _tensor(item)
        elif what == "after" and name in tensors:
            after[name] = _tensor(item)
        elif what == "gradient" and name in gradients:
            gradients[name] = _tensor(item)
        elif what == "result" and name in case.results:
            results[name] = _tensor(item)
        else:
            raise FrameError(f"{item.name!r} was not asked for")
    if output is None or after.keys() != tensors.keys():
        raise FrameError("an answer is not complete")
    return Answer(output=output, gradients=gradients, after=after, results=results)


def _item(argument: Argument) -> Item:
    value = argument.value
    if not isinstance(value, torch.Tensor):
        return Scalar(argument.name, value)
    dense = value.detach().contiguous()
    size = dense.numel() * dense.element_size()
    return Array(
        name=argument.name,
        dtype=str(dense.dtype).removeprefix("torch."),
        shape=tuple(dense.shape),
        data=ctypes.string_at(dense.data_ptr(), size) if size else b"",
        grad=argument.grad,
    )


def _tensor(item: Array) -> torch.Tensor:
    """Raises FrameError where torch has no such tensor."""
    dtype = _DTYPES[item.dtype]
    if not item.data:
        try:
            return torch.empty(item.shape, dtype=dtype)
        except RuntimeError as error:  # the other dimensions of an empty tensor can still be too large for torch
            raise FrameError(f"{item.name!r} has an impossible shape") from error
    raw = bytearray(item.data)
    if dtype is torch.bool:  # any byte may come, but only 0 and 1 are values of bool
        return (torch.frombuffer(raw, dtype=torch.uint8) != 0).reshape(item.shape)
    return torch.frombuffer(raw, dtype=dtype).reshape(item.shape)
