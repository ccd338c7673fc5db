"""How a run ended, in our terms and in words: from a runner's ERROR frame, or from the way its process ended.

The judge's side; imports `execution` (torch) for its values alone. What a frame says is a claim of a process that ran
a stranger's code: it is typed, cut and made printable here, and a claim that makes no sense is MALFORMED.
"""

import io
import math
import signal
import sys
from pathlib import Path

from kdquiz.grading.execution import End
from kdquiz.grading.printable import cut, in_one_line, printable, without_folders
from kdquiz.grading.protocol import Frame, Scalar
from kdquiz.grading.report import Limits, Raised

Ending = tuple[End, Raised | None, str]
"""What it was; the learner's line that raised; one sentence."""

_ERROR_TEXT = 2000
_SENTENCE_TEXT = 300
_LINE_TEXT = 200
_FOLDERS = [folder for folder in (*sys.path, str(Path(__file__).parents[2])) if len(folder) > 1]
"""Where this machine keeps what is imported; a report says `torch/functional.py`, wherever torch lies."""
_KINDS = {
    "compile": (End.COMPILE, "the source does not compile"),
    "raised": (End.RAISED, "the code raised an exception"),
    "exited": (End.EXITED, "the code called `sys.exit` or raised SystemExit instead of returning a tensor"),
    "memory": (End.MEMORY_LIMIT, "the code asked for more memory than a drill may use"),
    "malformed": (End.MALFORMED, "what came back was not a plain tensor"),
}
_PLAIN = {
    "SystemExit": "A function returns its result; do not call `sys.exit` or `exit` in a drill.",
    "KeyboardInterrupt": "The code itself raised KeyboardInterrupt.",
    "EOFError": "There is nobody to type in a drill: `input()` has nothing to read.",
    "RecursionError": "A function calls itself without end.",
    "ModuleNotFoundError: No module named 'torch.": "There is no such part of torch: look at the spelling.",
    "ModuleNotFoundError": "A drill has the standard library, torch, and numpy where it is installed; nothing else.",
    "ImportError: cannot import name": "The module is there and has no such name: look at the spelling.",
    "BdbQuit": "There is nobody to debug in a drill: take the `breakpoint()` out, and print what you want to see.",
    "PermissionError: [Errno 13]": (
        "Code in a drill cannot write files, and can read none but those of Python, torch and numpy."
    ),
    "PermissionError: [Errno 1]": "Code in a drill has no network, and cannot reach other processes or the machine.",
    "OSError: [Errno 27]": "Code in a drill cannot write files.",
    "ImportError: lib": "That module needs a library of this machine, which code in a drill cannot open.",
    "BlockingIOError": "Code in a drill cannot start other processes.",
    "RuntimeError: can't start new thread": "Code in a drill cannot start threads.",
    "RuntimeError: a leaf Variable that requires grad is being used in an in-place operation": (
        "An argument that needs a gradient was changed in place; compute a new tensor instead."
    ),
}
"""The start of an exception -> what it means in a drill."""
_BY_SIGNAL = {
    "SIGSEGV": "by a segmentation fault, often from a recursion without end",
    "SIGABRT": "by an abort, often because memory had run out",
    "SIGSYS": "by the kernel, for a system call that no Python program makes",
}
"""By name, since not every platform has every signal."""
KILLED = "the process was ended by a kill from outside; the machine may have run out of memory"


def by_error(frame: Frame, source: str) -> Ending:
    """What an ERROR frame tells. The line's text is taken from our own copy of the source."""
    told = {item.name: item.value for item in frame.items if isinstance(item, Scalar)}
    kind, error, plain, line = (told.get(name) for name in ("kind", "error", "plain", "line"))
    if kind not in _KINDS or not isinstance(error, str) or not isinstance(plain, str) or type(line) is not int:
        return End.MALFORMED, None, "what came back was not an answer"
    end, sentence = _KINDS[str(kind)]
    error, plain = cut(readable(error), _ERROR_TEXT), cut(readable(plain), _ERROR_TEXT)
    if end is End.MALFORMED:
        return end, None, cut(in_one_line(error), _SENTENCE_TEXT)
    general = next((words for start, words in _PLAIN.items() if error.startswith(start)), "")
    plain = " ".join(words for words in (plain, general) if words)
    number, text = _source_line(source, line)
    return end, Raised(error=error, line=number, text=text, plain=plain), sentence


def readable(text: str | bytes) -> str:
    """What a runner wrote, fit for a terminal, and without where this machine keeps its libraries."""
    return without_folders(printable(text), _FOLDERS)


def by_exit(code: int, cpu_seconds: float, limits: Limits) -> Ending:
    """What an exit code (below zero for the signal that ended it) and the processor time used tell of a process that
    ended without saying why."""
    if code >= 0:
        return End.EXITED, None, f"the code ended the process (exit code {code}) before it had returned everything"
    name = next((one.name for one in signal.Signals if one == -code), "")
    # Code that ignores SIGXCPU is killed for good one second later. Code may send itself either; the kernel counts by
    # ticks, and may be early.
    if cpu_seconds >= {"SIGXCPU": limits.cpu_seconds / 2, "SIGKILL": limits.cpu_seconds}.get(name, math.inf):
        return _too_much_computed(limits)
    if name == "SIGKILL":
        return End.CRASHED, None, KILLED
    return End.CRASHED, None, f"the process was ended {_BY_SIGNAL.get(name, f'by signal {-code}')}"


def by_use(cpu_seconds: float, memory_bytes: int, limits: Limits) -> Ending | None:
    """What a running process has used more of than it may, where it is the judge that has to look."""
    if memory_bytes > limits.memory_bytes:
        end, sentence = _KINDS["memory"]
        return end, None, sentence
    return _too_much_computed(limits) if cpu_seconds > limits.cpu_seconds else None


def _too_much_computed(limits: Limits) -> Ending:
    return End.CPU_LIMIT, None, f"the code computed for {limits.cpu_seconds} s and had not finished"


def _source_line(source: str, number: int) -> tuple[int | None, str]:
    lines = io.StringIO(source, newline=None).readlines()  # Python's own idea of a line, unlike str.splitlines
    if not 1 <= number <= len(lines):
        return None, ""
    return number, cut(printable(lines[number - 1]).strip(), _LINE_TEXT)
