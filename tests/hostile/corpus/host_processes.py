"""Reaching other processes: ending them, looking into them, slowing them down.

Whom a call is for decides the filter by the process id, so the victims are real ones: the zygote, and all that were
there before (the app and the judge among them).
"""

from tests.hostile.attempts import refused
from tests.hostile.row import Row

SIGNALS = (
    refused(
        "host-signal-parent",
        "end the zygote by each call that sends a signal",
        {
            "kill EPERM": "os.kill(parent, 9)",
            "tkill EPERM": "raw('tkill', parent, 9)",
            "tgkill EPERM": "raw('tgkill', parent, parent, 9)",
            "queue EPERM": "raw('rt_sigqueueinfo', parent, 9, told)",
            "tgqueue EPERM": "raw('rt_tgsigqueueinfo', parent, parent, 9, told)",
            "pidfd_open EPERM": "os.pidfd_open(parent)",
            "pidfd_send EPERM": "raw('pidfd_send_signal', 0, 9, 0, 0)",
        },
        first="told = ctypes.create_string_buffer(bytes([9, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255]), 128)",
    ),
    refused(
        "host-signal-others",
        "end the app and the judge, and stop or continue them",
        {
            "kill EPERM": "at_all(lambda pid: os.kill(pid, 9), others)",
            "stop EPERM": "at_all(lambda pid: os.kill(pid, 19), others)",
            "ask EPERM": "at_all(lambda pid: os.kill(pid, 0), others)",
            "tgkill EPERM": "at_all(lambda pid: raw('tgkill', pid, pid, 9), others)",
            "queue EPERM": "at_all(lambda pid: raw('rt_sigqueueinfo', pid, 9, bytes(128)), others)",
        },
    ),
    refused(
        "host-signal-everyone",
        "end every process of the user at once, or every process of a group",
        {
            "all EPERM": "os.kill(-1, 9)",
            "group EPERM": "os.kill(0, 9)",
            "own EPERM": "os.killpg(os.getpid(), 9)",
            "parents EPERM": "os.killpg(os.getpgid(parent), 9)",
            "wide EPERM": "raw('kill', -1 << 32 | 0xFFFFFFFF, 9)",
        },
        inside=True,
    ),
    refused(
        "host-signal-by-descriptor",
        "have the kernel signal the zygote when a pipe is ready (F_SETOWN, SIGIO)",
        {
            "owner EPERM": "fcntl.fcntl(4, fcntl.F_SETOWN, parent)",
            "owner_ex EPERM": "fcntl.fcntl(4, 15, (0).to_bytes(4, 'little') + parent.to_bytes(4, 'little'))",
            "signal EPERM": "fcntl.fcntl(4, 10, 9)",
            "setown ENOTTY": "fcntl.ioctl(4, 0x8901, parent.to_bytes(4, 'little'))",
            "async ENOTTY": "fcntl.ioctl(4, 0x5452, bytes([1, 0, 0, 0]))",
        },
        first="import fcntl",
    ),
    refused(
        "host-signal-by-timer",
        "have a timer signal the zygote",
        {
            "timer_create EPERM": "raw('timer_create', 0, event, ctypes.byref(ctypes.c_int()))",
            "setitimer EPERM": "signal.setitimer(signal.ITIMER_REAL, 9)",
            "mq_notify EPERM": "raw('mq_notify', 4, event)",
            "timerfd EPERM": "raw('timerfd_create', 0, 0)",
            "signalfd EPERM": "raw('signalfd4', -1, bytes(8), 8, 0)",
        },
        first="""
import signal, struct
event = struct.pack("<QiiI44x", 0, 9, 4, parent)  # SIGEV_THREAD_ID
""",
    ),
)

INSPECTION = (
    refused(
        "host-trace-parent",
        "become the debugger of the zygote, or read and write its memory",
        {
            "attach EPERM": "raw('ptrace', 16, parent, 0, 0)",
            "seize EPERM": "raw('ptrace', 0x4206, parent, 0, 0)",
            "traceme EPERM": "raw('ptrace', 0, 0, 0, 0)",
            "readv EPERM": "raw('process_vm_readv', parent, here, 1, there, 1, 0)",
            "writev EPERM": "raw('process_vm_writev', parent, here, 1, there, 1, 0)",
            "madvise EPERM": "raw('process_madvise', 4, there, 1, 21, 0)",
            "robust EPERM": "raw('get_robust_list', parent, here, there)",
        },
        first="""
import struct
memory = ctypes.create_string_buffer(8)
here = there = struct.pack("<QQ", ctypes.addressof(memory), 8)  # a fork has the zygote's addresses
""",
    ),
    refused(
        "host-trace-others",
        "the same with the app and the judge",
        {
            "attach EPERM": "at_all(lambda pid: raw('ptrace', 16, pid, 0, 0), others)",
            "readv EPERM": "at_all(lambda pid: raw('process_vm_readv', pid, bytes(16), 1, bytes(16), 1, 0), others)",
            "kcmp EPERM": "at_all(lambda pid: raw('kcmp', os.getpid(), pid, 1, 0, 0), others)",
            "pidfd EPERM": "at_all(os.pidfd_open, others)",
        },
    ),
    refused(
        "host-take-descriptors",
        "take a descriptor out of another process",
        {
            "open EPERM": "raw('pidfd_open', parent, 0)",
            "getfd EPERM": "raw('pidfd_getfd', 4, 3, 0)",
            "mrelease EPERM": "raw('process_mrelease', 4, 0)",
            "kcmp EPERM": "raw('kcmp', parent, parent, 0, 3, 3)",
            "receive EPERM": "raw('recvmsg', 4, bytes(56), 0)",
        },
    ),
)

SLOWING = (
    refused(
        "host-limits-of-others",
        "set the limits of the zygote, the app and the judge, so that they end or can open nothing",
        {
            "cpu EPERM": "at_all(lambda pid: resource.prlimit(pid, resource.RLIMIT_CPU, (0, 0)), others)",
            "files EPERM": "at_all(lambda pid: resource.prlimit(pid, resource.RLIMIT_NOFILE, (0, 0)), others)",
            "parent EPERM": "resource.prlimit(parent, resource.RLIMIT_NPROC, (0, 0))",
            "read EPERM": "at_all(lambda pid: resource.prlimit(pid, resource.RLIMIT_CPU), others)",
        },
        first="import resource",
    ),
    refused(
        "host-priority-of-others",
        "slow down every other process",
        {
            "nice EPERM": "at_all(lambda pid: os.setpriority(os.PRIO_PROCESS, pid, 19), others)",
            "user EPERM": "os.setpriority(os.PRIO_USER, os.getuid(), 19)",
            "affinity EPERM": "at_all(lambda pid: os.sched_setaffinity(pid, {0}), others)",
            "idle EPERM": "at_all(lambda pid: os.sched_setscheduler(pid, 5, os.sched_param(0)), others)",
            "disk EPERM": "at_all(lambda pid: raw('ioprio_set', 1, pid, 3 << 13), others)",
        },
    ),
    refused(
        "host-priority-of-itself",
        "come before every other process",
        {
            "nice EPERM": "os.nice(-5)",
            "raw EPERM": "raw('setpriority', 0, 0, -20)",
            "fifo EPERM": "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))",
            "attr EPERM": "raw('sched_setattr', 0, bytes([56]) + bytes(55), 0)",
            "param EPERM": "os.sched_setparam(0, os.sched_param(0))",
            "affinity EPERM": "os.sched_setaffinity(0, {0, 1})",
            "disk EPERM": "raw('ioprio_set', 1, 0, 1 << 13)",
        },
    ),
    refused(
        "host-pages-of-others",
        "move the zygote's memory about",
        {
            "migrate EPERM": "raw('migrate_pages', parent, 8, bytes(8), bytes(8))",
            "move EPERM": "raw('move_pages', parent, 0, 0, 0, 0, 0)",
            "policy EPERM": "raw('set_mempolicy', 0, 0, 0)",
            "mbind EPERM": "raw('mbind', 0, 4096, 0, 0, 0, 0)",
            "mlockall EPERM": "raw('mlockall', 1)",
        },
    ),
)

ROWS: tuple[Row, ...] = (*SIGNALS, *INSPECTION, *SLOWING)
