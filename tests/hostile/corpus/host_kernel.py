"""The kernel's rarer calls, each of which has been the way out of some sandbox; and calls by another door.

Most are for root alone, so it is as root that these rows prove the most. The arguments are such that the call would
fail in another way, or do nothing, if the filter let it through.
"""

from kdquiz.grading.report import Verdict
from tests.hostile.attempts import X86_64, outcome, refused
from tests.hostile.row import Row

ZEROS = "zeros = lambda number: raw(number, 0, 0, 0, 0, 0, 0)"

RARE = (
    refused(
        "host-programs-in-the-kernel",
        "load programs into the kernel, watch it, catch its page faults",
        {
            "bpf EPERM": "raw('bpf', 0, bytes(128), 128)",
            "perf EPERM": "raw('perf_event_open', bytes(128), 0, -1, -1, 0)",
            "faults EPERM": "raw('userfaultfd', 1)",
            "cookie EPERM": "raw('lookup_dcookie', 0, bytes(9), 9)",
        },
    ),
    refused(
        "host-keys",
        "keep or read keys in the kernel, which outlive the process",
        {
            "add EPERM": "raw('add_key', b'user', b'kdquiz-made', b'x', 1, -3)",
            "request EPERM": "raw('request_key', b'user', b'kdquiz-made', 0, -3)",
            "keyctl EPERM": "raw('keyctl', 0, -3, 0, 0, 0)",
            "session EPERM": "raw('keyctl', 1, 0, 0, 0, 0)",
        },
    ),
    refused(
        "host-system-v",
        "leave memory, semaphores and messages in the kernel, which outlive the process",
        {
            "shmget EPERM": "raw('shmget', 0x6B64, 4096, 0o1600)",
            "shmat EPERM": "raw('shmat', 0, 0, 0)",
            "shmctl EPERM": "raw('shmctl', 0, 0, 0)",
            "semget EPERM": "raw('semget', 0x6B64, 1, 0o1600)",
            "msgget EPERM": "raw('msgget', 0x6B64, 0o1600)",
            "mq_open EPERM": "raw('mq_open', b'kdquiz-made', 0o102, 0o600, 0)",
            "mq_unlink EPERM": "raw('mq_unlink', b'kdquiz-made')",
        },
    ),
    refused(
        "host-mount",
        "mount, unmount and move file systems, in the old way and in the new one",
        {
            "mount EPERM": "raw('mount', b'none', b'/nowhere', b'tmpfs', 0, 0)",
            "umount EPERM": "raw('umount2', b'/nowhere', 0xFFFF)",
            "fsopen EPERM": "raw('fsopen', b'tmpfs', 0)",
            "fsmount EPERM": "raw('fsmount', 4, 0, 0)",
            "move EPERM": "raw('move_mount', 4, b'', 4, b'', 0)",
            "setattr EPERM": "raw('mount_setattr', -100, b'/nowhere', 0, bytes(32), 32)",
            "quota EPERM": "raw('quotactl', 0, 0, 0, 0)",
        },
    ),
    refused(
        "host-reboot",
        "load another kernel or a module, swap, restart the machine",
        {
            "reboot EPERM": "raw('reboot', 0, 0, 0, 0)",
            "kexec EPERM": "raw('kexec_load', 0, 0, 0, 0xFFFF)",
            "kexec_file EPERM": "raw('kexec_file_load', -1, -1, 0, 0, 0)",
            "init EPERM": "raw('init_module', 0, 0, b'')",
            "finit EPERM": "raw('finit_module', -1, b'', 0)",
            "delete EPERM": "raw('delete_module', b'kdquiz-none', 0)",
            "swapon EPERM": "raw('swapon', b'/nowhere', 0)",
            "swapoff EPERM": "raw('swapoff', b'/nowhere')",
        },
    ),
    refused(
        "host-clock",
        "set the clock of the machine",
        {
            "settimeofday EPERM": "raw('settimeofday', 1, 0)",
            "clock_settime EPERM": "raw('clock_settime', 99, 0)",
            "time EPERM": "time.clock_settime(time.CLOCK_REALTIME, time.time())",
            "adjtimex EPERM": "raw('adjtimex', 1)",
            "clock_adjtime EPERM": "raw('clock_adjtime', 99, bytes(208))",
        },
        first="import time",
    ),
    refused(
        "host-machine",
        "change the name of the machine, its log, its accounting, its terminals",
        {
            "name EPERM": "raw('sethostname', b'', -1)",
            "domain EPERM": "raw('setdomainname', b'', -1)",
            "read_log EPERM": "raw('syslog', 10, 0, 0)",
            "clear_log EPERM": "raw('syslog', 99, 0, 0)",
            "acct EPERM": "raw('acct', b'/nowhere')",
            "hangup EPERM": "raw('vhangup')",
        },
    ),
    refused(
        "host-poison-memory",
        "declare memory broken (madvise), which root may: it is shared with zygote and judge, and lost to the machine",
        {
            "hwpoison EPERM": "raw('madvise', 1 << 40, 4096, 100)",
            "offline EPERM": "raw('madvise', 1 << 40, 4096, 101)",
        },
    ),
    refused(
        "host-ioctl",
        "type into the terminal (TIOCSTI), steal it, and ask of a pipe what a pipe does answer",
        {
            "type ENOTTY": "at_all(lambda number: fcntl.ioctl(number, 0x5412, b'x'), (0, 1, 2))",
            "paste ENOTTY": "at_all(lambda number: fcntl.ioctl(number, 0x541C, bytes([2, 3])), (0, 1, 2))",
            "steal ENOTTY": "fcntl.ioctl(0, 0x540E, 1)",
            "attributes error": "termios.tcgetattr(1)",
            "pending ENOTTY": "fcntl.ioctl(1, 0x541B, bytes(4))",
        },
        first="import fcntl, termios",
    ),
    refused(
        "host-unknown-calls",
        "make calls that no kernel has yet, or no kernel should have",
        {
            "future EPERM": "at_all(zeros, range(463, 512))",
            "beyond EPERM": "at_all(zeros, (1000, 0xFFFF, 0x3FFFFFFF))",
            "nfsservctl EPERM": "raw('nfsservctl', 0, 0, 0)",
            "minus_one ENOSYS": "raw(-1)",
        },
        first=ZEROS,
    ),
    outcome(
        "host-harmless-calls",
        "make the rare calls that are allowed, since nobody else can notice them",
        """
        answers = raw("membarrier", 0, 0, 0), raw("sched_getaffinity", 0, 128, bytes(128)), raw("gettid") == os.getpid()
        return answers[0] > 0, answers[1] > 0, answers[2], how(lambda: os.kill(os.getpid(), 0))
        """,
        r"did it: \(True, True, True, 'did it'\)$",
    ),
)

MACHINE_CODE = """
    import mmap
    def run(code):
        "What the machine code leaves in eax."
        memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        memory.write(code)
        return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))()
    def int80(number, first=0, second=0):
        "The 32-bit door: push rbx; mov eax, ebx, ecx; xor edx, edx; int 0x80; pop rbx; ret."
        loads = zip((b"\\xb8", b"\\xbb", b"\\xb9"), (number, first, second))
        moves = b"".join(move + value.to_bytes(4, "little") for move, value in loads)
        return run(b"\\x53" + moves + b"\\x31\\xd2\\xcd\\x80\\x5b\\xc3")
"""

OTHER_DOORS = (
    refused(
        "host-x32",
        "x86-64: make refused calls by their x32 numbers",
        {
            "kill ENOSYS": "raw(0x40000000 | 62, parent, 9)",
            "socket ENOSYS": "raw(0x40000000 | 41, 2, 1, 0)",
            "execve ENOSYS": "raw(0x40000000 | 520, b'/bin/sh', 0, 0)",
            "ptrace ENOSYS": "raw(0x40000000 | 521, 16, parent, 0, 0)",
            "read ENOSYS": "raw(0x40000000, 0, bytes(9), 9)",
            "all ENOSYS": "at_all(lambda number: zeros(0x40000000 | number), set(range(560)) - {60, 231})",
        },
        first=ZEROS,
    ),
    refused(
        "host-privileged-instructions",
        "x86-64: talk to the hardware by its ports, and change the segments of the process",
        {
            "iopl EPERM": "raw('iopl', 4)",
            "ioperm EPERM": "raw('ioperm', 0, 0, 0)",
            "ldt EPERM": "raw('modify_ldt', 0, bytes(16), 16)",
            "tls EPERM": "raw('set_thread_area', bytes(16))",
        },
    ),
    *(
        outcome(
            f"host-int80-{name}",
            f"x86-64: {aim} by the door of 32-bit programs, where calls have other numbers",
            f"{MACHINE_CODE}\n    print('OUTCOME at the door', flush=True)\n    return int80({arguments})",
            r"at the door$",
            verdict=Verdict.RUNTIME_ERROR,
            summary=r"ended by the kernel,\s+for\s+a\s+system\s+call",
            never="OUTCOME did it",
        )
        for name, aim, arguments in (
            ("kill", "end the zygote", "37, parent, 9"),
            ("socketcall", "open a socket", "102, 1"),
            ("getpid", "make a harmless call", "20"),
            ("fork", "fork", "2"),
            ("open", "open a file for writing", "5, 0, 1"),
        )
    ),
    outcome(
        "host-32-bit-mode",
        "x86-64: switch the processor to 32-bit mode by a far return, and make a call from there",
        """
        memory = raw("mmap", 0, 4096, 7, 0x62, -1, 0)  # below 4 GiB
        low = lambda offset: (memory + offset).to_bytes(4, "little")
        # mov esp, stack; push 0x23; mov eax, code; push rax; retfq
        away = b"\\xbc" + low(2048) + b"\\x6a\\x23\\xb8" + low(64) + b"\\x50\\x48\\xcb"
        ctypes.memmove(memory, away.ljust(64, b"\\x90") + b"\\xb8\\x14\\0\\0\\0\\xcd\\x80\\x0f\\x0b", 73)  # getpid
        print("OUTCOME at the door", flush=True)
        return ctypes.CFUNCTYPE(ctypes.c_int)(memory)()
        """,
        r"at the door$",
        verdict=Verdict.RUNTIME_ERROR,
        summary=r"ended by the kernel,\s+for\s+a\s+system\s+call",
    ),
    outcome(
        "host-syscall-instruction",
        "x86-64: make calls by machine code of its own, where nothing of the C library is looked at",
        f"""{MACHINE_CODE}
    arguments = b"\\xbf" + parent.to_bytes(4, "little") + b"\\xbe\\x09\\0\\0\\0"  # mov edi, parent; mov esi, 9
    kill = b"\\xb8\\x3e\\0\\0\\0" + arguments + b"\\x0f\\x05\\xc3"  # mov eax, 62; syscall; ret
    far = b"\\x48\\xb8\\x3e\\0\\0\\0\\1\\0\\0\\0" + kill[5:]  # the number with a bit in its high word
    raise Refused(f"{{run(kill)}} {{run(far)}}")
        """,
        "Refused +-1 -1$",
    ),
)

ROWS: tuple[Row, ...] = (*RARE, *(OTHER_DOORS if X86_64 else ()))
