"""The filter's answers, by running its program as the kernel would, for both architectures; the kernel itself is asked
in `test_containment`."""

import errno
import os
import re
import resource
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.grading.containment.seccomp import ALLOW, ARCHITECTURES, KILL_PROCESS, Instruction, program, refuse

PID = 4321
MACHINES = sorted(ARCHITECTURES)
EPERM, EACCES, ENOSYS = refuse(errno.EPERM), refuse(errno.EACCES), refuse(errno.ENOSYS)
BEYOND = (
    *("socket", "connect", "bind", "sendto", "execve", "execveat", "unshare", "setns", "mount", "ptrace", "bpf"),
    *("process_vm_readv", "pidfd_send_signal", "pidfd_open", "setpriority", "sched_setaffinity", "io_uring_setup"),
    *(
        "memfd_create",
        "shmget",
        "keyctl",
        "perf_event_open",
        "unlinkat",
        "renameat2",
        "fchmodat",
        "mkdirat",
        "truncate",
    ),
    *("rt_sigqueueinfo", "setrlimit", "seccomp", "userfaultfd", "personality", "chroot", "setsid", "utimensat"),
)
"""Calls that must not stand in the table at all, but for the one with which the filter itself is put on."""


def answer(machine: str, number: int, *arguments: int, audit: int | None = None) -> int:
    """What the filter of the process PID says to a call."""
    kind = ARCHITECTURES[machine]
    words = [one & 0xFFFFFFFFFFFFFFFF for one in (*arguments, 0, 0, 0, 0, 0, 0)[:6]]
    data = struct.pack("<IIQ6Q", number & 0xFFFFFFFF, kind.audit if audit is None else audit, 0, *words)
    return run(program(kind, PID), data)


def run(code: Sequence[Instruction], data: bytes) -> int:
    """The little machine of bpf(4), as far as a filter of system calls needs it."""
    accumulator, at = 0, 0
    while True:
        kind, if_true, if_false, operand = code[at]
        at += 1
        if kind == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, operand)
        elif kind == 0x06:
            return operand
        else:
            test = {0x15: accumulator == operand, 0x35: accumulator >= operand, 0x45: bool(accumulator & operand)}[kind]
            at += if_true if test else if_false


def number(machine: str, name: str) -> int:
    return ARCHITECTURES[machine].numbers[name]


@pytest.mark.parametrize("machine", MACHINES)
def test_ordinary_calls_are_allowed(machine: str) -> None:
    for name in (
        "read",
        "write",
        "close",
        "mmap",
        "munmap",
        "brk",
        "futex",
        "exit_group",
        "clock_gettime",
        "getrandom",
    ):
        assert answer(machine, number(machine, name), 1, 2, 3) == ALLOW, name


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("name", ["kill", "tkill", "tgkill"])
def test_a_signal_is_for_the_process_itself(machine: str, name: str) -> None:
    assert answer(machine, number(machine, name), PID, 9, 9) == ALLOW
    for other in (PID + 1, 1, 0, -1, -PID):
        assert answer(machine, number(machine, name), other, PID, 9) == EPERM


@pytest.mark.parametrize("machine", MACHINES)
def test_limits_are_read_of_itself_alone_and_never_set(machine: str) -> None:
    prlimit = number(machine, "prlimit64")
    assert answer(machine, prlimit, 0, 7, 0, 0x7FFF_1234_5678) == ALLOW
    for pid, new in ((PID, 0), (1, 0), (0, 1), (0, 1 << 32), (0, 0x7FFF_0000_0000)):
        assert answer(machine, prlimit, pid, 7, new, 0) == EPERM


@pytest.mark.parametrize("machine", MACHINES)
@given(flags=st.integers(0, (1 << 32) - 1))
def test_a_file_is_opened_for_reading_or_not_at_all(machine: str, flags: int) -> None:
    writing = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | 0x400000)
    assert answer(machine, number(machine, "openat"), -100, 1, flags) == (EACCES if writing else ALLOW)


def test_the_older_open_is_looked_at_as_well() -> None:
    assert answer("x86_64", number("x86_64", "open"), 1, os.O_RDONLY | os.O_CLOEXEC) == ALLOW
    assert answer("x86_64", number("x86_64", "open"), 1, os.O_CREAT) == EACCES


@pytest.mark.parametrize("machine", MACHINES)
def test_a_descriptor_gets_no_owner_a_process_only_a_name(machine: str) -> None:
    fcntl, prctl = number(machine, "fcntl"), number(machine, "prctl")
    assert {answer(machine, fcntl, 4, command) for command in (0, 1, 2, 3, 4, 1030)} == {ALLOW}
    assert {answer(machine, fcntl, 4, command) for command in (5, 6, 7, 8, 10, 15, 1024, 1031, 1033)} == {EPERM}
    assert answer(machine, prctl, 15) == ALLOW
    assert {answer(machine, prctl, option) for option in (1, 4, 22, 38, 0x53564D41)} == {EPERM}


@pytest.mark.parametrize("machine", MACHINES)
def test_no_advice_takes_away_memory_that_is_shared(machine: str) -> None:
    madvise = number(machine, "madvise")
    assert answer(machine, madvise, 1, 4096, 4) == ALLOW  # DONTNEED, which every allocator gives
    for advice in (9, 12, 20, 21, 100, 101):  # REMOVE, MERGEABLE, COLD, PAGEOUT, HWPOISON, SOFT_OFFLINE
        assert answer(machine, madvise, 1, 4096, advice) == EPERM


@pytest.mark.parametrize("machine", MACHINES)
def test_newer_calls_are_unknown_so_that_the_older_ones_are_taken(machine: str) -> None:
    for name in ("clone3", "openat2", "faccessat2"):
        assert answer(machine, number(machine, name), 1, 2, 3) == ENOSYS
    assert answer(machine, number(machine, "clone"), 17) == refuse(errno.EAGAIN)
    assert answer(machine, number(machine, "ioctl"), 0, 0x5412) == refuse(errno.ENOTTY)


@pytest.mark.parametrize("machine", MACHINES)
@given(call=st.integers(0, 0x3FFFFFFF), argument=st.integers(0, (1 << 64) - 1))
def test_what_is_not_listed_is_refused(machine: str, call: int, argument: int) -> None:
    known = set(ARCHITECTURES[machine].numbers.values()) - {number(machine, "seccomp")}
    if call not in known:
        assert answer(machine, call, argument, argument, argument) == EPERM


@pytest.mark.parametrize("machine", MACHINES)
def test_nothing_that_reaches_beyond_stands_in_the_table(machine: str) -> None:
    assert set(BEYOND) & ARCHITECTURES[machine].numbers.keys() == {"seccomp"}
    assert answer(machine, number(machine, "seccomp"), 1, 1) == EPERM


@pytest.mark.parametrize("machine", MACHINES)
@given(call=st.integers(0, (1 << 32) - 1), audit=st.integers(0, (1 << 32) - 1))
def test_a_call_by_another_architectures_rules_ends_the_process(machine: str, call: int, audit: int) -> None:
    if audit != ARCHITECTURES[machine].audit:
        assert answer(machine, call, audit=audit) == KILL_PROCESS


@given(call=st.integers(0x40000000, (1 << 32) - 1))
def test_the_x32_calls_do_not_exist(call: int) -> None:
    assert answer("x86_64", call, PID, PID) == ENOSYS


@pytest.mark.parametrize("machine", MACHINES)
def test_every_jump_stays_within_the_program_and_within_a_byte(machine: str) -> None:
    code = program(ARCHITECTURES[machine], PID)
    assert len(code) <= 4096
    for at, (kind, if_true, if_false, _) in enumerate(code):
        if kind not in (0x20, 0x06):
            assert max(if_true, if_false) < 256
            assert at + 1 + max(if_true, if_false) < len(code)
    assert code[-1][0] == 0x06


@pytest.mark.parametrize(
    ("machine", "header", "pattern"),
    [
        ("x86_64", "/usr/include/x86_64-linux-gnu/asm/unistd_64.h", r"#define __NR_(\w+) (\d+)"),
        ("aarch64", "/usr/include/asm-generic/unistd.h", r"#define __NR(?:3264)?_(\w+) (\d+)"),
    ],
)
def test_the_numbers_are_those_of_the_kernels_headers(machine: str, header: str, pattern: str) -> None:
    if not Path(header).exists():
        pytest.skip(f"{header} is not installed (linux-libc-dev)")
    numbers = {name: int(value) for name, value in re.findall(pattern, Path(header).read_text())}
    renamed = {"newfstatat": "fstatat"} if machine == "aarch64" else {}
    for name, value in ARCHITECTURES[machine].numbers.items():
        assert numbers[renamed.get(name, name)] == value, name


def test_the_kernel_takes_it_and_says_so() -> None:
    script = (
        "import os, socket; from kdquiz.grading.containment import process, seccomp\n"
        "status = open('/proc/self/status')\n"
        "process.prctl(process.PR_SET_NO_NEW_PRIVS, 1)\n"
        "print(seccomp.install(), flush=True)\n"
        "print(*[line for line in status if line.startswith('Seccomp:')])\n"
        "try: socket.socket()\n"
        "except PermissionError: print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=Path(__file__).parents[3])
    assert done.stdout.split() == ["True", "Seccomp:", "2", "refused"], done.stderr


def test_on_a_machine_of_another_kind_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    from kdquiz.grading.containment import seccomp

    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    assert not seccomp.install()
    assert resource.getrlimit(resource.RLIMIT_NOFILE)  # this process is as free as before
