"""The first process of an arena's namespaces: makes them an arena, starts it as somebody, and reaps what it leaves.

Run by `handle.py` under unshare(1), as root or as the root of a user namespace:

    python -m tests.hostile.namespace root|user

In these namespaces every file system is read-only; /proc, /tmp, /dev/shm and /dev/mqueue are the arena's own, and so
are the network, System V IPC and the host's name. The checkout and the interpreter keep their paths, and the arena can
read them even where a folder above them is closed to it (mode 0700); what lies in them must be readable for everybody.
Linux 5.12, standard library alone.
"""

import ctypes
import fcntl
import os
import secrets
import signal
import socket
import stat
import struct
import sys
from pathlib import Path

from tests.hostile import bait

USER = 54321
"""The number of the ordinary user and of the group."""
CHECKOUT = Path(__file__).resolve().parents[2]

_NOSUID, _NODEV, _NOEXEC, _STRICTATIME, _BIND, _REC = 2, 4, 8, 1 << 24, 4096, 16384
_SYS_MOUNT_SETATTR, _AT_FDCWD, _AT_RECURSIVE, _MOUNT_ATTR_RDONLY = 442, -100, 0x8000, 1
_CLONE_NEWUSER = 0x10000000
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1

_libc = ctypes.CDLL(None, use_errno=True)


def main(identity: str) -> int:
    """Make the arena and wait until it has ended; its exit code."""
    build()
    pid = os.fork()
    if not pid:
        if identity == "user":
            become_user()
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(bait.HOME),
            "PYTHONPATH": str(CHECKOUT),
            bait.VARIABLE: bait.SECRET + secrets.token_hex(16),
        }
        os.chdir("/")
        os.execve(sys.executable, [sys.executable, "-m", "tests.hostile"], environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        ended, status = os.wait()  # whoever has lost its parent comes here as well
        if ended == pid:
            return os.waitstatus_to_exitcode(status)


def build() -> None:
    """Everything but the bait."""
    needed = _needed()
    held = {path: os.open(path, os.O_PATH | os.O_NOFOLLOW) for path in needed}
    _make_all_read_only()
    _mount("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    own = ["/tmp", "/dev/shm"]
    for folder in own:
        _mount("tmpfs", folder, "tmpfs", _NOSUID | _NODEV | _STRICTATIME, "mode=1777")
    for folder in sorted({found for path in needed if (found := _closed_above(path)) and found not in own}):
        _mount("tmpfs", folder, "tmpfs", _NOSUID | _NODEV, "mode=755")
    for path, descriptor in held.items():
        _show_again(path, descriptor)
        os.close(descriptor)
    if Path("/dev/mqueue").is_dir():
        _mount("mqueue", "/dev/mqueue", "mqueue", _NOSUID | _NODEV | _NOEXEC)
    _start_loopback()


def become_user() -> None:
    """An ordinary user: no capability after the next exec, no group but one."""
    if Path("/proc/self/uid_map").read_text().split()[2] != "1":
        os.setgroups([])
        os.setresgid(USER, USER, USER)
        os.setresuid(USER, USER, USER)
        return
    # Here root is already the only user there is; one more namespace gives it another number.
    _check(_libc.unshare(_CLONE_NEWUSER), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{USER} 0 1")
    Path("/proc/self/gid_map").write_text(f"{USER} 0 1")


def _needed() -> list[str]:
    """What the arena reads, outermost folders; instead of a closed folder what lies in it."""
    found = {CHECKOUT, *map(Path, (sys.prefix, sys.base_prefix)), *map(Path, filter(os.path.isdir, sys.path))}
    found |= {path.resolve() for path in found}
    outermost = [path for path in found if not found.intersection(path.parents)]
    parts = [list(path.iterdir()) if _is_closed(path) else [path] for path in outermost]
    return [str(path) for paths in parts for path in paths]


def _is_closed(path: Path) -> bool:
    return path in (Path("/tmp"), Path("/dev/shm")) or not path.stat().st_mode & stat.S_IXOTH


def _closed_above(path: str) -> str | None:
    """The topmost closed folder above."""
    return next((str(parent) for parent in reversed(Path(path).parents) if _is_closed(parent)), None)


def _show_again(path: str, descriptor: int) -> None:
    """Where a folder above has been covered, bind what has been held to its old path."""
    here = Path(path)
    if here.is_symlink() or (here.exists() and here.stat().st_ino == os.fstat(descriptor).st_ino):
        return
    here.parent.mkdir(parents=True, exist_ok=True)
    kind = os.fstat(descriptor).st_mode
    if stat.S_ISLNK(kind):
        here.symlink_to(os.readlink("", dir_fd=descriptor))
        return
    here.mkdir() if stat.S_ISDIR(kind) else here.touch()
    _mount(f"/proc/self/fd/{descriptor}", path, None, _BIND | _REC)


def _make_all_read_only() -> None:
    attributes = struct.pack("=QQQQ", _MOUNT_ATTR_RDONLY, 0, 0, 0)
    result = _libc.syscall(_SYS_MOUNT_SETATTR, _AT_FDCWD, b"/", _AT_RECURSIVE, attributes, len(attributes))
    _check(result, "mount_setattr")


def _start_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = fcntl.ioctl(any_socket, _SIOCGIFFLAGS, struct.pack("16sh14x", b"lo", 0))
        name, flags = struct.unpack("16sh14x", request)
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", name, flags | _IFF_UP))


def _mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    result = _libc.mount(
        source.encode(),
        target.encode(),
        None if kind is None else kind.encode(),
        ctypes.c_ulong(flags),
        options.encode(),
    )
    _check(result, f"mounting {source} at {target}")


def _check(result: int, what: str) -> None:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
