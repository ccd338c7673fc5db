"""How a process that says nothing any more has ended, by values."""

import signal

import pytest

from kdquiz.grading.ends import KILLED, by_exit, by_use
from kdquiz.grading.execution import End
from kdquiz.grading.report import Limits

LIMITS = Limits(cpu_seconds=4, memory_bytes=1 << 20)


@pytest.mark.parametrize(
    ("code", "cpu_seconds", "end", "says"),
    [
        (0, 0.1, End.EXITED, "(exit code 0)"),
        (7, 9.0, End.EXITED, "(exit code 7)"),
        (0xC0000005, 0.1, End.EXITED, "(exit code 3221225477)"),  # an access violation on Windows
        (-signal.SIGXCPU, 3.8, End.CPU_LIMIT, "computed for 4 s"),
        (-signal.SIGXCPU, 0.1, End.CRASHED, f"by signal {signal.SIGXCPU.value}"),  # the code has sent it to itself
        (-signal.SIGKILL, 4.0, End.CPU_LIMIT, "computed for 4 s"),
        (-signal.SIGKILL, 3.9, End.CRASHED, KILLED),
        (-signal.SIGSEGV, 9.0, End.CRASHED, "by a segmentation fault"),
        (-signal.SIGTERM, 0.1, End.CRASHED, "by signal 15"),
        (-35, 0.1, End.CRASHED, "by signal 35"),
    ],
)
def test_an_exit_code_is_told(code: int, cpu_seconds: float, end: End, says: str) -> None:
    found, raised, sentence = by_exit(code, cpu_seconds, LIMITS)
    assert (found, raised) == (end, None)
    assert says in sentence


@pytest.mark.parametrize(
    ("cpu_seconds", "memory_bytes", "end"),
    [
        (4.0, 1 << 20, None),
        (4.1, 0, End.CPU_LIMIT),
        (0.1, (1 << 20) + 1, End.MEMORY_LIMIT),
        (0.0, -5, None),
    ],
)
def test_what_a_process_uses_is_compared_with_its_limits(
    cpu_seconds: float, memory_bytes: int, end: End | None
) -> None:
    found = by_use(cpu_seconds, memory_bytes, LIMITS)
    assert (found and found[0]) == end
