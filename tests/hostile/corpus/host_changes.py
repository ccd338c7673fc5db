"""Changing what is on the disk by other calls than opening it for writing: deleting, renaming, rights, times, locks.

The filter answers EPERM to each of these, whomever the file belongs to.
"""

from tests.hostile.attempts import outcome, refused
from tests.hostile.row import Row

ROWS: tuple[Row, ...] = (
    refused(
        "host-delete",
        "delete the database, the app and the home",
        {
            "unlink EPERM": "os.unlink(DATABASE)",
            "unlinkat EPERM": "raw('unlinkat', -100, DATABASE.encode(), 0)",
            "app EPERM": "os.unlink(APP_CODE)",
            "rmdir EPERM": "os.rmdir(os.path.dirname(SSH_KEY))",
            "rmtree EACCES": "shutil.rmtree(HOME)",
        },
        first="import shutil",
    ),
    refused(
        "host-empty",
        "cut the database, by its path or by a descriptor that reads",
        {
            "truncate EPERM": "os.truncate(DATABASE, 0)",
            "ftruncate EPERM": "os.ftruncate(file, 0)",
            "fallocate EPERM": "raw('fallocate', file, 3, 0, 4096)",
            "posix EPERM": "os.posix_fallocate(file, 0, 4096)",
        },
        first="file = os.open(os.__file__, os.O_RDONLY)",
    ),
    refused(
        "host-rename",
        "put another file in the place of the database",
        {
            "rename EPERM": "os.rename(DATABASE, DATABASE + '.old')",
            "replace EPERM": "os.replace(PROFILE, DATABASE)",
            "renameat2 EPERM": "raw('renameat2', -100, PROFILE.encode(), -100, DATABASE.encode(), 2)",
        },
    ),
    refused(
        "host-make-names",
        "make folders, links and devices",
        {
            "mkdir EPERM": "os.mkdir(HOME + '/made')",
            "symlink EPERM": "os.symlink(SSH_KEY, HOME + '/made')",
            "link EPERM": "os.link(DATABASE, HOME + '/made')",
            "fifo EPERM": "os.mkfifo(HOME + '/made')",
            "device EPERM": "os.mknod(HOME + '/made', 0o020666, os.makedev(1, 1))",
        },
    ),
    refused(
        "host-change-rights",
        "change who may read and who owns",
        {
            "chmod EPERM": "os.chmod(SSH_KEY, 0o777)",
            "fchmod EPERM": "os.fchmod(1, 0o777)",
            "chown EPERM": "os.chown(SSH_KEY, os.getuid(), os.getgid())",
            "fchown EPERM": "os.fchown(1, os.getuid(), os.getgid())",
            "lchown EPERM": "os.lchown(SSH_KEY, -1, -1)",
            "umask EPERM": "raw('umask', 0)",
        },
    ),
    refused(
        "host-change-times",
        "change times and attributes",
        {
            "utime EPERM": "os.utime(DATABASE, (0, 0))",
            "futimens EPERM": "os.utime(1)",
            "setxattr EPERM": "os.setxattr(DATABASE, 'user.kdquiz', b'made')",
            "removexattr EPERM": "os.removexattr(DATABASE, 'user.kdquiz')",
            "listxattr EPERM": "os.listxattr(DATABASE)",
        },
    ),
    refused(
        "host-copy-in-the-kernel",
        "have the kernel copy from one descriptor to another",
        {
            "sendfile EPERM": "os.sendfile(1, file, 0, 9)",
            "copy EPERM": "os.copy_file_range(file, 1, 9)",
            "splice EPERM": "os.splice(file, 1, 9)",
            "shutil EACCES": "shutil.copy(DATABASE, HOME + '/made')",
            "reflink ENOTTY": "fcntl.ioctl(1, 0x40049409, file)",
        },
        first="import fcntl, shutil; file = os.open(os.__file__, os.O_RDONLY)",
    ),
    refused(
        "host-write-by-mapping",
        "map a file that may be read so that writing reaches the file",
        {
            "shared EACCES": "mmap.mmap(file, 4096, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)",
            "later EACCES": "raw('mprotect', raw('mmap', 0, 4096, 1, 1, file, 0), 4096, 3)",
            "executable EACCES": "raw('mmap', 0, 4096, 2, 1, file, 0)",
        },
        first="import mmap; file = os.open(os.__file__, os.O_RDONLY)",
    ),
    refused(
        "host-files-without-name",
        "keep data outside of its memory limit in files that have no name",
        {
            "memfd EPERM": "os.memfd_create('made')",
            "secret EPERM": "raw('memfd_secret', 0)",
            "shm EACCES": "shared_memory.SharedMemory('kdquiz-made', create=True, size=4096)",
        },
        first="from multiprocessing import shared_memory",
    ),
    refused(
        "host-lock-files",
        "lock files that the app needs, and have the kernel tell of changes",
        {
            "flock EPERM": "fcntl.flock(file, fcntl.LOCK_EX)",
            "lockf EPERM": "fcntl.lockf(file, fcntl.LOCK_SH)",
            "lease EPERM": "fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)",
            "notify EPERM": "fcntl.fcntl(file, fcntl.F_NOTIFY, fcntl.DN_ACCESS)",
            "inotify EPERM": "raw('inotify_init1', 0)",
            "fanotify EPERM": "raw('fanotify_init', 0, 0)",
        },
        first="import fcntl; file = os.open(os.__file__, os.O_RDONLY)",
    ),
    refused(
        "host-busy-disk",
        "have the machine write out all its caches again and again",
        {
            "sync EPERM": "raw('sync')",
            "syncfs EPERM": "raw('syncfs', file)",
            "fsync EPERM": "os.fsync(file)",
            "readahead EPERM": "raw('readahead', file, 0, 1 << 30)",
            "advise EPERM": "os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)",
        },
        first="file = os.open(os.__file__, os.O_RDONLY)",
    ),
    outcome(
        "host-edit-score",
        "edit the cards in the database",
        """
        import sqlite3
        with sqlite3.connect(DATABASE) as database:
            database.execute("UPDATE cards SET due = 0")
        """,
        "(ImportError|OperationalError)",
    ),
)
