"""A look at an arena from outside of the runner: all that a submission could have changed, as plain values.

Linux, standard library alone. `look` takes a few milliseconds; `harm.py` compares two of them.
"""

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.hostile import bait

WATCHED = (Path("/tmp"), Path("/dev/shm"), Path("/dev/mqueue"))
"""Every file below these; an arena has its own of each."""
SECRET_FILES = frozenset(map(str, (bait.SSH_KEY, bait.PROFILE, bait.DATABASE, bait.PTH, bait.REFERENCE)))
"""Files that nobody but the arena may even read."""
_TABLES = ("tcp", "tcp6", "udp", "udp6", "udplite", "raw", "raw6", "icmp", "packet", "netlink", "unix")
_IPC = ("shm", "sem", "msg")
_STEADY = ("Uid", "Gid", "Umask", "Threads", "SigBlk", "SigIgn", "SigCgt", "CapEff", "NoNewPrivs", "Seccomp",
           "Cpus_allowed_list")  # fmt: skip
"""Of `/proc/PID/status` what never changes in a process of ours."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file, folder or link: each field by a name that a message can use."""

    facts: Mapping[str, object]
    content: bytes
    """Its digest, the target of a link, or nothing."""
    last_read: int
    """Nanoseconds; 0 where reading is allowed."""


@dataclass(frozen=True, slots=True)
class ProcessFacts:
    """One process: who it is, and what others could have done to it."""

    born: int
    """With its number this names it for ever."""
    name: str
    parent: int
    state: str
    """`alive`, `stopped` or `zombie`."""
    facts: Mapping[str, str]
    """Limits, priority, scheduling, signals, memory killer, by a name that a message can use."""


@dataclass(frozen=True, slots=True)
class Look:
    """All that is compared."""

    files: Mapping[str, FileFacts]
    processes: Mapping[int, ProcessFacts]
    sockets: frozenset[str]
    ipc: frozenset[str]
    keys: frozenset[str]
    mounts: str
    host: str
    heard: tuple[str, ...]
    """Who has reached a listener of the bait since the look before."""


def look(laid: bait.Bait) -> Look:
    """Look at everything."""
    return Look(
        files=_all_files(),
        processes=dict(_processes()),
        sockets=frozenset(_sockets()),
        ipc=frozenset(_ipc()),
        keys=frozenset(_keys()),
        mounts=Path("/proc/self/mountinfo").read_text(),
        host=os.uname().nodename,
        heard=laid.heard(),
    )


def _all_files() -> dict[str, FileFacts]:
    found: dict[str, FileFacts] = {}
    for root in filter(Path.is_dir, WATCHED):
        _add_files(str(root), root.stat().st_dev, found)
    return found


def _add_files(path: str, device: int, found: dict[str, FileFacts]) -> None:
    """This file or folder and all below it, apart from what is mounted there."""
    about = os.lstat(path)
    if about.st_dev != device:  # read-only: the checkout, where it lies below /tmp
        return
    content = b""
    if stat.S_ISLNK(about.st_mode):
        content = os.fsencode(Path(path).readlink())
    elif stat.S_ISREG(about.st_mode):
        content = _digest(path, about.st_size)
    facts = {
        "mode": about.st_mode,
        "owner": (about.st_uid, about.st_gid),
        "links": about.st_nlink,
        "size": about.st_size,
        "number": (about.st_dev, about.st_ino),
        "time of change": (about.st_mtime_ns, about.st_ctime_ns),
        "attributes": _attributes(path),
    }
    found[path] = FileFacts(facts, content, about.st_atime_ns if path in SECRET_FILES else 0)
    if stat.S_ISDIR(about.st_mode):
        with os.scandir(path) as entries:
            names = [entry.name for entry in entries]
        for name in names:
            _add_files(f"{path}/{name}", device, found)


def _digest(path: str, size: int) -> bytes:
    """Of the content, read without moving the time of the last access."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOATIME)
    try:
        return hashlib.blake2b(os.read(descriptor, size)).digest()
    finally:
        os.close(descriptor)


def _attributes(path: str) -> tuple[tuple[str, bytes], ...]:
    try:
        names = os.listxattr(path, follow_symlinks=False)
        return tuple((name, os.getxattr(path, name, follow_symlinks=False)) for name in names)
    except OSError:  # this file system keeps none
        return ()


def _processes() -> Iterator[tuple[int, ProcessFacts]]:
    for number in process_numbers():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it ends at this moment
            yield number, _process(Path("/proc", str(number)))


def process_numbers() -> set[int]:
    """Every process of this namespace."""
    return {int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()}


def _process(folder: Path) -> ProcessFacts:
    name, _, rest = folder.joinpath("stat").read_text().partition("(")[2].rpartition(") ")
    fields = rest.split()  # the third of proc(5) is the first here
    state = {"Z": "zombie", "X": "zombie", "T": "stopped", "t": "stopped"}.get(fields[0], "alive")
    status = dict(line.split(":", 1) for line in folder.joinpath("status").read_text().splitlines())
    limits = folder.joinpath("limits").read_text().splitlines()[1:]
    return ProcessFacts(
        born=int(fields[19]),
        name=name,
        parent=int(fields[1]),
        state=state,
        facts={
            **{f"limit {line[:26].strip()}": " ".join(line[26:].split()) for line in limits},
            **{key: " ".join(status[key].split()) for key in _STEADY if key in status},
            "group and session": " ".join(fields[2:4]),
            "priority": " ".join(fields[15:17]),
            "scheduling": " ".join(fields[37:39]),
            "oom_score_adj": folder.joinpath("oom_score_adj").read_text().strip(),
        },
    )


def _sockets() -> Iterator[str]:
    for table in _TABLES:
        with contextlib.suppress(FileNotFoundError):  # this kernel has no such sockets
            for line in Path("/proc/net", table).read_text().splitlines()[1:]:
                yield f"{table} {_socket(table, line.split())}"


def _socket(table: str, fields: list[str]) -> str:
    if table == "unix":  # type, state, inode, name
        return " ".join([*fields[4:6], *fields[6:]])
    if table in ("packet", "netlink"):
        return " ".join([*fields[1:4], fields[-1]])
    return " ".join(fields[1:4])  # both addresses, state


def _ipc() -> Iterator[str]:
    for kind in _IPC:
        with contextlib.suppress(FileNotFoundError):
            for line in Path("/proc/sysvipc", kind).read_text().splitlines()[1:]:
                yield f"{kind} {' '.join(line.split()[:2])}"


def _keys() -> Iterator[str]:
    with contextlib.suppress(OSError):  # this kernel keeps no keys
        for line in Path("/proc/keys").read_text().splitlines():
            serial, _, _, _, permissions, uid, gid, *name = line.split()
            if int(uid) == os.getuid():
                yield " ".join([serial, permissions, uid, gid, *name])
