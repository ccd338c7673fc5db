"""The kernel's filter on system calls: what a runner may ask of the kernel, all else refused. Linux; nothing of kdquiz.

An allow-list as a classic BPF program (seccomp(2), bpf(4)), for x86-64 and arm64; elsewhere there is none, and
`install` says so. What is refused mostly answers EPERM and not death, so that a learner reads `PermissionError` and
their own line. The numbers of the calls are those of the kernel's headers, which never change for an architecture.

The filter carries what the resource limits cannot: it binds root too, it knows whom a signal or a limit is for, and
it looks at numbers alone: whatever a path means is Landlock's part.
"""

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_ALWAYS = """
    read write readv writev pread64 preadv preadv2 close close_range lseek dup dup2 dup3 pipe pipe2 eventfd2
    stat fstat lstat newfstatat statx access faccessat readlink readlinkat getcwd getdents64
    mmap mprotect munmap mremap brk msync mincore mlock munlock
    futex rseq set_robust_list set_tid_address membarrier sched_yield sched_getaffinity getcpu
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait sigaltstack
    restart_syscall pause wait4
    clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times
    poll ppoll select pselect6 epoll_create1 epoll_ctl epoll_wait epoll_pwait
    uname sysinfo getrusage getrlimit getrandom arch_prctl exit exit_group
    getpid gettid getppid getpgrp getpgid getsid getuid geteuid getgid getegid getresuid getresgid getgroups
"""
"""Calls that are allowed with every argument: none of them reaches beyond the process's own memory and descriptors."""

_X86_64 = """
    read 0 write 1 open 2 close 3 stat 4 fstat 5 lstat 6 poll 7 lseek 8 mmap 9 mprotect 10 munmap 11 brk 12
    rt_sigaction 13 rt_sigprocmask 14 rt_sigreturn 15 ioctl 16 pread64 17 readv 19 writev 20 access 21 pipe 22 select 23
    sched_yield 24 mremap 25 msync 26 mincore 27 madvise 28 dup 32 dup2 33 pause 34 nanosleep 35 getpid 39 clone 56
    fork 57 vfork 58 exit 60 wait4 61 kill 62 uname 63 fcntl 72 getcwd 79 readlink 89 gettimeofday 96 getrlimit 97
    getrusage 98 sysinfo 99 times 100 getuid 102 getgid 104 geteuid 107 getegid 108 getppid 110 getpgrp 111
    getgroups 115 getresuid 118 getresgid 120 getpgid 121 getsid 124 rt_sigpending 127 rt_sigtimedwait 128
    rt_sigsuspend 130 sigaltstack 131 mlock 149 munlock 150 prctl 157 arch_prctl 158 gettid 186 tkill 200 time 201
    futex 202 sched_getaffinity 204 getdents64 217 set_tid_address 218 restart_syscall 219 clock_gettime 228
    clock_getres 229 clock_nanosleep 230 exit_group 231 epoll_wait 232 epoll_ctl 233 tgkill 234 openat 257
    newfstatat 262 readlinkat 267 faccessat 269 pselect6 270 ppoll 271 set_robust_list 273 epoll_pwait 281 eventfd2 290
    epoll_create1 291 dup3 292 pipe2 293 preadv 295 prlimit64 302 getcpu 309 seccomp 317 getrandom 318 membarrier 324
    preadv2 327 statx 332 rseq 334 clone3 435 close_range 436 openat2 437 faccessat2 439
"""
_ARM64 = """
    getcwd 17 eventfd2 19 epoll_create1 20 epoll_ctl 21 epoll_pwait 22 dup 23 dup3 24 fcntl 25 ioctl 29 faccessat 48
    openat 56 close 57 pipe2 59 getdents64 61 lseek 62 read 63 write 64 readv 65 writev 66 pread64 67 preadv 69
    pselect6 72 ppoll 73 readlinkat 78 newfstatat 79 fstat 80 exit 93 exit_group 94 set_tid_address 96 futex 98
    set_robust_list 99 nanosleep 101 clock_gettime 113 clock_getres 114 clock_nanosleep 115 sched_getaffinity 123
    sched_yield 124 restart_syscall 128 kill 129 tkill 130 tgkill 131 sigaltstack 132 rt_sigsuspend 133
    rt_sigaction 134 rt_sigprocmask 135 rt_sigpending 136 rt_sigtimedwait 137 rt_sigreturn 139 getresuid 148
    getresgid 150 times 153 getpgid 155 getsid 156 getgroups 158 uname 160 getrlimit 163 getrusage 165 prctl 167
    getcpu 168 gettimeofday 169 getpid 172 getppid 173 getuid 174 geteuid 175 getgid 176 getegid 177 gettid 178
    sysinfo 179 brk 214 munmap 215 mremap 216 clone 220 mmap 222 mprotect 226 msync 227 mlock 228 munlock 229
    mincore 232 madvise 233 wait4 260 prlimit64 261 seccomp 277 getrandom 278 membarrier 283 preadv2 286 statx 291
    rseq 293 clone3 435 close_range 436 openat2 437 faccessat2 439
"""


@dataclass(frozen=True, slots=True)
class Architecture:
    """What `seccomp_data.arch` says in a process of this machine's own kind, and the numbers of its calls."""

    audit: int
    numbers: Mapping[str, int]
    foreign_from: int | None = None
    """Calls from this number on belong to another set of conventions (x32)."""


def _table(text: str) -> dict[str, int]:
    words = text.split()
    return {name: int(number) for name, number in zip(words[::2], words[1::2], strict=True)}


ARCHITECTURES: Mapping[str, Architecture] = {
    "x86_64": Architecture(0xC000003E, _table(_X86_64), 0x40000000),
    "aarch64": Architecture(0xC00000B7, _table(_ARM64)),
}

ALLOW = 0x7FFF0000
KILL_PROCESS = 0x80000000
_ERRNO = 0x00050000
_PR_SET_NAME = 15
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | 0x400000  # the last is __O_TMPFILE
_HARMLESS_FCNTL = (
    0,
    1,
    2,
    3,
    4,
    1030,
)  # DUPFD, GETFD, SETFD, GETFL, SETFL, DUPFD_CLOEXEC

_OWN_PAGES = (0, 1, 2, 3, 4, 8, 14, 15, 16, 17)
"""MADV_NORMAL to DONTNEED, FREE, HUGEPAGE to DODUMP: no advice that takes a page away from those who share it."""

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # BPF: ld abs, jeq, jge, jset, ret
_NUMBER, _ARCH = 0, 4
"""Where they stand in `struct seccomp_data`; the arguments follow from 16, eight bytes each, the low word first."""
_INSTRUCTION = struct.Struct("<HBBI")
_SET_MODE_FILTER, _TSYNC = 1, 1

Instruction = tuple[int, int, int, int]
"""code, jump if true, jump if false, operand."""


def refuse(error: int) -> int:
    """The filter's answer that makes a call fail with this errno."""
    return _ERRNO | error


def program(machine: Architecture, pid: int) -> list[Instruction]:
    """The filter for the process `pid`: one answer for each call, the first rule that fits."""
    code: list[Instruction] = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, machine.audit),
        (_RETURN, 0, 0, KILL_PROCESS),  # int 0x80 and the like: other numbers, which nobody honest uses
        (_LOAD, 0, 0, _NUMBER),
    ]
    if machine.foreign_from is not None:
        code += [(_AT_LEAST, 0, 1, machine.foreign_from), (_RETURN, 0, 0, refuse(errno.ENOSYS))]
    for name, rule in _rules(pid):
        if name in machine.numbers:
            code += [(_EQUAL, 0, len(rule), machine.numbers[name]), *rule]
    for name in _ALWAYS.split():
        if name in machine.numbers:
            code += [(_EQUAL, 0, 1, machine.numbers[name]), (_RETURN, 0, 0, ALLOW)]
    return [*code, (_RETURN, 0, 0, refuse(errno.EPERM))]


def _rules(pid: int) -> Iterator[tuple[str, list[Instruction]]]:
    """The calls whose answer is not simply yes, each with what to do once the number has fitted."""
    for name in ("kill", "tkill", "tgkill"):
        yield name, _if_argument(0, (pid,), errno.EPERM)  # a signal is for this very process
    yield "prctl", _if_argument(0, (_PR_SET_NAME,), errno.EPERM)
    yield "fcntl", _if_argument(1, _HARMLESS_FCNTL, errno.EPERM)
    yield "madvise", _if_argument(2, _OWN_PAGES, errno.EPERM)
    for name, place in (("open", 1), ("openat", 2)):  # nothing is written, even where Landlock is missing
        yield name, [(_LOAD, 0, 0, _at(place)), (_ANY_BIT, 0, 1, _WRITING), _no(errno.EACCES), _YES]
    yield "prlimit64", _own_limits_read()
    for name in ("clone3", "openat2", "faccessat2"):  # the C library then takes the older call, which is looked at
        yield name, [_no(errno.ENOSYS)]
    yield "clone", [_no(errno.EAGAIN)]  # "no thread can be started now"; other errors end some libraries
    yield "ioctl", [_no(errno.ENOTTY)]  # what a descriptor that is no terminal answers


def _own_limits_read() -> list[Instruction]:
    """prlimit64(0, which, NULL, old): no other process, no new limit."""
    words = (_at(0), _at(2), _at(2) + 4)
    checks = [word for n, at in enumerate(words) for word in ((_LOAD, 0, 0, at), (_EQUAL, 0, 5 - 2 * n, 0))]
    return [*checks, _YES, _no(errno.EPERM)]


def _if_argument(place: int, values: Iterable[int], error: int) -> list[Instruction]:
    """Allowed where the argument's low word, all that the kernel looks at in an `int`, is one of these."""
    values = tuple(values)
    tests = [(_EQUAL, len(values) - n, 0, value) for n, value in enumerate(values)]
    return [(_LOAD, 0, 0, _at(place)), *tests, _no(error), _YES]


def _at(place: int) -> int:
    return 16 + 8 * place


def _no(error: int) -> Instruction:
    return (_RETURN, 0, 0, refuse(error))


_YES: Instruction = (_RETURN, 0, 0, ALLOW)

_libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def install() -> bool:
    """Put this process under the filter, for ever; no_new_privs must be on. False where this machine has none."""
    machine = ARCHITECTURES.get(platform.machine())
    if machine is None:
        return False
    code = b"".join(_INSTRUCTION.pack(*one) for one in program(machine, os.getpid()))
    memory = ctypes.create_string_buffer(code, len(code))
    whole = _Program(len(code) // _INSTRUCTION.size, ctypes.addressof(memory))
    arguments = map(ctypes.c_ulong, (_SET_MODE_FILTER, _TSYNC))
    return bool(_libc.syscall(ctypes.c_long(machine.numbers["seccomp"]), *arguments, ctypes.byref(whole)) == 0)
