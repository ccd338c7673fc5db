"""Reading what is none of a drill's business: the learner's files, the reference, other processes, devices.

Landlock answers EACCES to each of these, however the file is named and whatever opens it.
"""

from tests.hostile.attempts import outcome, refused
from tests.hostile.row import Row

LOOK = """
def look(path):
    "Show what is there, where it can be read."
    print(os.listdir(path) if os.path.isdir(path) else open(path, errors="replace").read(200))

def look_at_each(*paths):
    "Those that are there: whether a file exists can be asked."
    there = [path for path in paths if os.path.lexists(path)]
    at_all(look, there or ["/"])
"""

THE_LEARNERS = (
    refused(
        "host-read-home",
        "read a key, the database and the profile in the learner's home",
        {
            "key EACCES": "look(SSH_KEY)",
            "database EACCES": "look(DATABASE)",
            "profile EACCES": "look(PROFILE)",
            "home EACCES": "look(HOME)",
            "folder EACCES": "look(os.path.dirname(SSH_KEY))",
        },
        first=LOOK,
    ),
    refused(
        "host-read-etc",
        "read who has an account on this machine",
        {
            "passwd EACCES": "look('/etc/passwd')",
            "shadow EACCES": "look('/etc/shadow')",
            "folder EACCES": "look('/etc')",
            "getpwnam KeyError": "__import__('pwd').getpwnam('daemon')",
        },
        first=LOOK,
    ),
    refused(
        "host-read-by-other-names",
        "read a key by a path that goes through what may be read, or through /proc",
        {
            "torch EACCES": "look(os.path.dirname(sys.modules['torch'].__file__) + '/..' * 20 + SSH_KEY)",
            "library EACCES": "look(os.path.dirname(os.__file__) + '/..' * 20 + SSH_KEY)",
            "root EACCES": "look('/proc/self/root' + SSH_KEY)",
            "cwd EACCES": "look('/proc/thread-self/cwd' + SSH_KEY)",
            "slashes EACCES": "look('//' + SSH_KEY)",
            "bytes EACCES": "open(SSH_KEY.encode(), 'rb')",
        },
        first=LOOK,
    ),
    refused(
        "host-read-by-path-descriptor",
        "open without the right to read (O_PATH), then turn that into one that reads",
        {
            "read EBADF": "os.read(file, 9)",
            "again EACCES": "look(f'/proc/self/fd/{file}')",
            "beside EACCES": "os.open(SSH_KEY[1:], os.O_RDONLY, dir_fd=root)",
            "list EBADF": "os.listdir(root)",
            "handle EPERM": "raw('name_to_handle_at', file, b'', bytes(256), ctypes.byref(ctypes.c_int()), 0x1000)",
            "by_handle EPERM": "raw('open_by_handle_at', -1, bytes(256), 0)",
            "fchdir EPERM": "os.fchdir(root)",
        },
        first=LOOK + "root, file = os.open('/', os.O_PATH), os.open(SSH_KEY, os.O_PATH)",
    ),
    refused(
        "host-read-by-newer-calls",
        "open by calls that are younger than any filter that names the old ones",
        {
            "openat2 ENOSYS": "raw('openat2', -100, SSH_KEY.encode(), bytes(24), 24)",
            "faccessat2 ENOSYS": "raw('faccessat2', -100, SSH_KEY.encode(), 4, 0)",
            "open_tree EPERM": "raw('open_tree', -100, SSH_KEY.encode(), 0)",
            "fspick EPERM": "raw('fspick', -100, b'/', 0)",
        },
    ),
    refused(
        "host-move-root",
        "make another folder the root or the working folder",
        {
            "chdir EPERM": "os.chdir('/')",
            "chroot EPERM": "os.chroot('/')",
            "pivot_root EPERM": "raw('pivot_root', b'/nowhere', b'/nowhere')",
        },
    ),
    refused(
        "host-read-packages",
        "read other packages beside torch, which can be listed but not read",
        {"files EACCES": "at_all(look, others)"},
        first=LOOK
        + """
import glob
site = os.path.dirname(os.path.dirname(sys.modules['torch'].__file__))
others = [*glob.glob(site + '/pip*/*.py'), *glob.glob(site + '/pytest*/*.py'), *glob.glob(site + '/*.pth')]
""",
    ),
)

THE_REFERENCE = (
    refused(
        "host-read-reference",
        "read the drill's solution, its pack and the code that compares",
        {
            "reference EACCES": "look(REFERENCE)",
            "pack EACCES": "look(PACK)",
            "app EACCES": "look(APP_CODE)",
            "installed EACCES": "look(kdquiz.__file__)",
        },
        first=LOOK + "import kdquiz",
    ),
    refused(
        "host-read-reference-by-libraries",
        "have a library open the drill's solution, in C as well",
        {
            "fopen EACCES": "checked(libc.fopen(REFERENCE.encode(), b'r') or None)",
            "numpy EACCES": "numpy.fromfile(REFERENCE, 'u1')",
            "torch RuntimeError": "torch.from_file(REFERENCE, size=9, dtype=torch.uint8)",
            "load EACCES": "torch.load(REFERENCE)",
            "dlopen OSError": "ctypes.CDLL(REFERENCE)",
            "runpy EACCES": "runpy.run_path(REFERENCE)",
            "loader EACCES": "importlib.machinery.SourceFileLoader('r', REFERENCE).get_code('r')",
            "zip EACCES": "zipfile.ZipFile(REFERENCE)",
        },
        first="import importlib.machinery, numpy, runpy, torch, zipfile",
        inside=True,
    ),
    refused(
        "host-import-reference",
        "import what is on the judge's side",
        {
            "library EACCES": "__import__('kdquiz.library.read')",
            "judge EACCES": "__import__('kdquiz.grading.judge')",
            "compare EACCES": "__import__('kdquiz.grading.compare')",
            "reference ModuleNotFoundError": "__import__('reference')",
        },
        first="sys.path.insert(0, os.path.dirname(REFERENCE))",
    ),
    outcome(
        "host-find-reference",
        "walk the disk for a solution",
        """
        import kdquiz
        starts = ["/", HOME, SITE, PACK, "/tmp", "/root", "/home", "/work", *kdquiz.__path__, *sys.path, os.getcwd()]
        starts = [start for start in starts if start and "/python3" not in start]
        found = [file for start in starts for _, _, files in os.walk(start) for file in files]
        return f"found {found} below {len(starts)} folders"
        """,
        r"did it: found \[\] below \d+ folders",
    ),
    outcome(
        "host-read-by-sqlite",
        "read the cards of the database",
        """
        import sqlite3
        database = sqlite3.connect(f"file:{DATABASE}?mode=ro&immutable=1", uri=True)
        return database.execute("SELECT * FROM cards").fetchall()
        """,
        "(ImportError|OperationalError)",  # where its library is a file of the system's, not even that can be read
    ),
)

OTHERS = (
    refused(
        "host-proc-self",
        "read about itself what tells of the machine",
        {
            f"{file} EACCES": f"look('/proc/self/{file}')"
            for file in ("environ", "maps", "mem", "fd", "cmdline", "auxv", "mountinfo", "cgroup")
        },
        first=LOOK,
    ),
    refused(
        "host-proc-parent",
        "read the zygote's environment, memory and descriptors",
        {
            f"{file} EACCES": f"look(f'/proc/{{parent}}/{file}')"
            for file in ("environ", "maps", "mem", "fd", "cmdline", "status")
        }
        | {f"{link} EACCES": f"os.readlink(f'/proc/{{parent}}/{link}')" for link in ("fd/0", "exe", "cwd", "root")},
        first=LOOK,
    ),
    refused(
        "host-proc-all",
        "read every process's environment, that of the app and the judge among them",
        {
            "list EACCES": "look('/proc')",
            "environ EACCES": "look_at_each(*(f'/proc/{pid}/environ' for pid in others))",
            "cmdline EACCES": "look_at_each(*(f'/proc/{pid}/cmdline' for pid in others))",
            "reference EACCES": "look_at_each(*(f'/proc/{pid}/root{REFERENCE}' for pid in others))",
        },
        first=LOOK,
    ),
    refused(
        "host-read-devices",
        "read a terminal, the memory, the disks, the random pool",
        {
            "tty EACCES": "look('/dev/tty')",
            "memory EACCES": "look_at_each('/dev/mem', '/dev/kmem', '/dev/port', '/dev/kmsg', '/dev/console')",
            "disks EACCES": "look_at_each('/dev/vda', '/dev/sda', '/dev/nvme0n1', '/dev/loop0', '/dev/fuse')",
            "random EACCES": "look('/dev/random')",
            "pty EACCES": "look_at_each('/dev/ptmx', '/dev/pts')",
            "folder EACCES": "look('/dev')",
            "shm EACCES": "look('/dev/shm')",
        },
        first=LOOK,
    ),
    refused(
        "host-read-kernel",
        "read what the kernel tells of itself and of the machine",
        {
            "symbols EACCES": "look_at_each('/proc/kallsyms', '/proc/modules', '/proc/kcore', '/proc/keys')",
            "mounts EACCES": "look_at_each('/proc/mounts', '/proc/partitions', '/proc/net/tcp', '/proc/net/unix')",
            "sys EACCES": "look('/sys')",
            "sysctl EACCES": "look('/proc/sys/kernel/random/boot_id')",
            "log EACCES": "look_at_each('/var/log', '/var/lib', '/boot', '/run')",
        },
        first=LOOK,
    ),
)

ROWS: tuple[Row, ...] = (*THE_LEARNERS, *THE_REFERENCE, *OTHERS)
