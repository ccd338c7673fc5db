"""A submission's own tools to write the frames that its harness writes; learner's code as text. Imports `saying`."""

from tests.hostile.corpus.saying import changed
from tests.hostile.row import HONEST

FORGER = """
import os
import struct
import sys
import time

import torch


def item(name, tensor):
    code = {torch.float64: 1, torch.float32: 2, torch.int64: 5}[tensor.dtype]
    raw = bytes(tensor.detach().contiguous().reshape(-1).view(torch.uint8).tolist())
    dims = struct.pack(f"<{tensor.dim()}I", *tensor.shape)
    return bytes([len(name)]) + name.encode() + bytes([code, 0, tensor.dim()]) + dims + raw


def words(name, text):
    return bytes([len(name)]) + name.encode() + bytes([35, 0, 1]) + struct.pack("<I", len(text)) + text.encode()


def number(name, value):
    return bytes([len(name)]) + name.encode() + bytes([33, 0, 0]) + struct.pack("<q", value)


def error(kind, text, plain="", line=0):
    return frame(ERROR, 0, words("kind", kind), words("error", text), words("plain", plain), number("line", line))


def frame(kind, case=0, *items, magic=b"KDQ1", length=None):
    payload = b"".join(items)
    return struct.pack("<4sBHBI", magic, kind, case, len(items), len(payload) if length is None else length) + payload


SOURCE, LAYERS, TENSORS, ERROR, DONE = 1, 2, 3, 4, 5


def send(data):
    data = memoryview(data)
    while data:
        data = data[os.write(4, data):]


def cases():
    "The harness's own list of cases, from its frame further up the stack."
    found = sys._getframe()
    while "job" not in found.f_locals:
        found = found.f_back
    return found.f_locals["job"].cases


def arguments(case):
    for one in case:
        if not hasattr(one, "data"):
            yield one.name, one.value
            continue
        tensor = torch.frombuffer(bytearray(one.data), dtype=getattr(torch, one.dtype)).reshape(one.shape)
        yield one.name, tensor.requires_grad_(one.grad)


def answers(loss):
    "A frame for each case, as the harness would write it, for a loss of our own."
    for index, case in enumerate(cases()):
        given = dict(arguments(case))
        output = loss(*given.values())
        tensors = {name: value for name, value in given.items() if torch.is_tensor(value)}
        wanted = {name: value for name, value in tensors.items() if value.requires_grad}
        gradients = torch.autograd.grad(output.sum(), list(wanted.values()), allow_unused=True)
        yield frame(
            TENSORS,
            index,
            item("output", output),
            *(item(f"after:{name}", value) for name, value in tensors.items()),
            *(item(f"gradient:{name}", g) for name, g in zip(wanted, gradients) if g is not None),
        )


def zero(student_logits, teacher_logits, labels, T, alpha):
    return (student_logits * 0).sum()


def tell(*words):
    print("OUTCOME", *words, flush=True)
"""
RIGHT = changed(("def distillation_loss", "def right"), source=HONEST)


def forged(*statements: str) -> str:
    """Frames sent while the module is loaded; then it waits to be ended, as one whose answer was complete."""
    return "\n".join([FORGER, RIGHT, *statements, "time.sleep(60)"])
