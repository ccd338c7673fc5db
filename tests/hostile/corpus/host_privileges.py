"""Shaking off what holds it: the limits, the filter, the rules on files, its parent, its user, its namespaces."""

from tests.hostile.attempts import outcome, refused
from tests.hostile.row import Row

ROWS: tuple[Row, ...] = (
    refused(
        "host-raise-limits",
        "raise its own limits again, which root could",
        {
            "processes ValueError": "resource.setrlimit(resource.RLIMIT_NPROC, (9, 9))",
            "size ValueError": "resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))",
            "cpu ValueError": "resource.setrlimit(resource.RLIMIT_CPU, resource.getrlimit(resource.RLIMIT_CPU))",
            "setrlimit EPERM": "raw('setrlimit', 7, bytes(16))",
            "prlimit64 EPERM": "raw('prlimit64', 0, 7, bytes(16), 0)",
            "own EPERM": "raw('prlimit64', os.getpid(), 7, 0, bytes(16))",
        },
        first="import resource",
    ),
    refused(
        "host-raise-limits-by-round-address",
        "raise them by a pointer whose low half is zero, for a filter that takes that for no pointer",
        {"prlimit64 EPERM": "raw('prlimit64', 0, 7, raw('mmap', 1 << 36, 4096, 3, 0x100022, -1, 0), 0)"},
    ),
    refused(
        "host-outlive-the-app",
        "live on when zygote and app have gone",
        {
            "pdeathsig EPERM": "prctl(1, 0)",
            "ask EPERM": "prctl(2, ctypes.addressof(ctypes.c_int()))",
            "setsid EPERM": "os.setsid()",
            "group EPERM": "os.setpgid(0, 0)",
            "join EPERM": "os.setpgid(0, os.getpgid(parent))",
            "subreaper EPERM": "prctl(36, 1)",
        },
        first="prctl = lambda *words: raw('prctl', *words, *[0] * (5 - len(words)))",
    ),
    refused(
        "host-prctl",
        "open itself to debuggers, and undo what prctl has done",
        {
            "dumpable EPERM": "prctl(4, 1)",
            "ptracer EPERM": "prctl(0x59616D61, -1)",
            "privileges EPERM": "prctl(38, 0)",
            "seccomp EPERM": "prctl(22, 1)",
            "keepcaps EPERM": "prctl(8, 1)",
            "mm EPERM": "prctl(35, 8, ctypes.addressof(ctypes.c_int()))",
            "dispatch EPERM": "prctl(59, 0)",
            "tsc EPERM": "prctl(26, 2)",
            "high EPERM": "prctl(4 | 15 << 32, 1)",
        },
        first="prctl = lambda *words: raw('prctl', *words, *[0] * (5 - len(words)))",
    ),
    refused(
        "host-second-filter",
        "put a filter of its own before the one that is there, which tells it of the first's calls",
        {
            "strict EPERM": "raw('seccomp', 0, 1, 0)",
            "filter EPERM": "raw('seccomp', 1, 8, allow_all)",
            "ask EPERM": "raw('seccomp', 2, 0, bytes([0, 0, 255, 127]))",
            "sizes EPERM": "raw('seccomp', 3, 0, bytes(6))",
        },
        first="""
import struct
code = ctypes.create_string_buffer(struct.pack("<HBBI", 6, 0, 0, 0x7FFF0000), 8)
allow_all = struct.pack("<HxxxxxxQ", 1, ctypes.addressof(code))
""",
    ),
    refused(
        "host-other-rules",
        "put other rules on files in the place of those that are there",
        {
            "create EPERM": "raw('landlock_create_ruleset', (1).to_bytes(8, 'little'), 8, 0)",
            "version EPERM": "raw('landlock_create_ruleset', 0, 0, 1)",
            "add EPERM": "raw('landlock_add_rule', 4, 1, bytes(12), 0)",
            "restrict EPERM": "raw('landlock_restrict_self', 4, 0)",
        },
    ),
    refused(
        "host-another-user",
        "become root, or another user; or its own user again, which anybody may",
        {
            "setuid EPERM": "os.setuid(0)",
            "same EPERM": "os.setuid(os.getuid())",
            "setgid EPERM": "os.setgid(os.getgid())",
            "setresuid EPERM": "os.setresuid(-1, -1, -1)",
            "groups EPERM": "os.setgroups([])",
            "fsuid EPERM": "raw('setfsuid', -1)",
            "capset EPERM": "raw('capset', bytes(8), 0)",
            "capget EPERM": "raw('capget', bytes(8), 0)",
        },
    ),
    refused(
        "host-namespaces",
        "be root in a namespace of its own, or enter another's",
        {
            "user EPERM": "raw('unshare', 0x10000000)",
            "mount EPERM": "raw('unshare', 0x00020000)",
            "files EPERM": "raw('unshare', 0x00000400)",
            "setns EPERM": "raw('setns', os.open('/proc/self/ns/user', os.O_RDONLY), 0)",
            "clone EAGAIN": "raw('clone', 0x10000000 | 17, 0, 0, 0, 0)",
        },
    ),
    refused(
        "host-personality",
        "turn off what makes addresses unpredictable",
        {"ask EPERM": "raw('personality', 0xFFFFFFFF)", "set EPERM": "raw('personality', 0x0040000)"},
    ),
    outcome(
        "host-forget-the-filter-by-python",
        "take the containment apart where it lies as Python objects; the kernel does not care",
        """
        for module in [module for name, module in sys.modules.items() if "containment" in name]:
            for name, value in list(vars(module).items()):
                if callable(value):
                    setattr(module, name, lambda *arguments, **others: None)
        raise Refused(how(lambda: os.kill(parent, 9)) + " " + how(lambda: open(SSH_KEY)))
        """,
        "Refused +EPERM EACCES$",
    ),
)
