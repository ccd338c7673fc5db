"""Opening for writing: the database, the app, what runs at the next login.

The filter answers EACCES to every opening that could write, whatever opens it.
"""

from tests.hostile.attempts import X86_64, refused
from tests.hostile.row import Row

ROWS: tuple[Row, ...] = (
    refused(
        "host-open-for-writing",
        "open the database by each flag that lets write, create or empty",
        {
            "write EACCES": "os.open(DATABASE, os.O_WRONLY)",
            "both EACCES": "os.open(DATABASE, os.O_RDWR)",
            "append EACCES": "os.open(DATABASE, os.O_RDONLY | os.O_APPEND)",
            "empty EACCES": "os.open(DATABASE, os.O_RDONLY | os.O_TRUNC)",
            "create EACCES": "os.open(HOME + '/made', os.O_RDONLY | os.O_CREAT)",
            "nameless EACCES": "os.open(HOME, os.O_RDWR | os.O_TMPFILE)",
            "three EACCES": "os.open(DATABASE, 3)",
        },
    ),
    refused(
        "host-open-readable-for-writing",
        "open for writing what may be read",
        {
            "null EACCES": "os.open('/dev/null', os.O_WRONLY)",
            "library EACCES": "os.open(os.__file__, os.O_RDWR)",
            "torch EACCES": "open(sys.modules['torch'].__file__, 'a')",
            "append EACCES": "os.open(os.__file__, os.O_RDONLY | os.O_APPEND)",
            "empty EACCES": "os.open('/dev/null', os.O_RDONLY | os.O_TRUNC)",
        },
    ),
    refused(
        "host-open-flags-in-the-high-word",
        "hide the flags from a filter that looks at all 64 bits, where the kernel looks at 32",
        {
            "ones EACCES": "raw('openat', -100, b'/dev/null', 0xFFFFFFFF00000002 - (1 << 64), 0)",
            "one EACCES": "raw('openat', -100, b'/dev/null', 0x100000001, 0)",
            "creat EACCES": "raw('openat', -100, HOME.encode() + b'/made', 0x100000040, 0o666)",
        },
    ),
    refused(
        "host-create-everywhere",
        "leave a file where anybody may",
        {
            "tmp EACCES": "open('/tmp/kdquiz-made', 'w')",
            "var EACCES": "open('/var/tmp/kdquiz-made', 'w')",
            "shm EACCES": "open('/dev/shm/kdquiz-made', 'w')",
            "here EACCES": "open('kdquiz-made', 'x')",
            "home EACCES": "open(HOME + '/made', 'w')",
            "tempfile EACCES": "tempfile.TemporaryFile()",
            "mkdtemp EPERM": "tempfile.mkdtemp()",
        },
        first="import tempfile",
    ),
    refused(
        "host-persist",
        "leave code that runs at the next start of Python, of the app or of a shell",
        {
            "pth EACCES": "open(PTH, 'a')",
            "new EACCES": "open(SITE + '/made.pth', 'w')",
            "customize EACCES": "open(SITE + '/sitecustomize.py', 'w')",
            "profile EACCES": "open(PROFILE, 'a')",
            "keys EACCES": "open(os.path.dirname(SSH_KEY) + '/authorized_keys', 'a')",
            "app EACCES": "open(APP_CODE, 'r+')",
            "reference EACCES": "open(REFERENCE, 'r+')",
            "cache EPERM": "py_compile.compile(os.__file__, cfile=SITE + '/made.pyc', doraise=True)",
        },
        first="import py_compile",
    ),
    refused(
        "host-write-by-libraries",
        "have a library write, in C as well",
        {
            "fopen EACCES": "checked(libc.fopen(DATABASE.encode(), b'w') or None)",
            "numpy EACCES": "numpy.save(HOME + '/made.npy', [1])",
            "memmap EACCES": "numpy.memmap(DATABASE, mode='r+')",
            "torch RuntimeError": "torch.save([1], HOME + '/made.pt')",
            "from_file RuntimeError": "torch.from_file(DATABASE, shared=True, size=1, dtype=torch.uint8)",
            "logging EACCES": "logging.FileHandler(HOME + '/made.log')",
            "zip EACCES": "zipfile.ZipFile(HOME + '/made.zip', 'w')",
        },
        first="import logging, numpy, torch, zipfile",
    ),
    refused(
        "host-write-into-proc",
        "change the kernel's settings, its own or everybody's, by a file",
        {
            "oom EACCES": "open('/proc/self/oom_score_adj', 'w')",
            "name EACCES": "open('/proc/self/comm', 'w')",
            "users EACCES": "open('/proc/self/uid_map', 'w')",
            "parent EACCES": "open(f'/proc/{parent}/oom_score_adj', 'w')",
            "memory EACCES": "open(f'/proc/{parent}/mem', 'r+b')",
            "pattern EACCES": "open('/proc/sys/kernel/core_pattern', 'w')",
            "cgroup EACCES": "open('/sys/fs/cgroup/cgroup.procs', 'w')",
        },
    ),
    *(
        (
            refused(
                "host-old-opens",
                "open for writing by calls that only x86-64 still has",
                {
                    "open EACCES": "raw('open', b'/dev/null', 1, 0)",
                    "creat EPERM": "raw('creat', HOME.encode() + b'/made', 0o666)",
                    "utime EPERM": "raw('utime', DATABASE.encode(), 0)",
                    "uselib EPERM": "raw('uselib', b'/dev/null')",
                },
            ),
        )
        if X86_64
        else ()
    ),
)
