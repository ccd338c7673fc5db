"""What lies in an arena for a submission to read, change or reach. Standard library alone.

The paths are fixed, since an arena has a /tmp, a /dev/shm and a network of its own; rows may name them. `lay`
makes it all. Every secret in it is fresh and begins with `SECRET`; the arena looks for each of them in each report.
"""

import compileall
import contextlib
import os
import secrets
import shutil
import socket
import sqlite3
from dataclasses import dataclass
from pathlib import Path

ROOT = Path("/tmp/arena")
HOME = ROOT / "home"
"""The home folder of whoever runs the app, with these in it:"""
SSH_KEY = HOME / ".ssh/id_rsa"
DATABASE = HOME / ".local/share/kdquiz/kdquiz.sqlite"
"""An SQLite database: table `cards`, columns `id`, `due`."""
PROFILE = HOME / ".profile"
SITE = ROOT / "site-packages"
"""Where the app is installed as a wheel installs it; the processes that are attacked run from here."""
PTH = SITE / "kdquiz-bait.pth"
APP_CODE = SITE / "kdquiz/grading/compare.py"
PACK = SITE / "kdquiz/content/knowledge-distillation"
REFERENCE = PACK / "drills/distillation-loss/reference.py"
"""The reference of the very drill, ending with a comment that holds a secret."""

VARIABLE = "KDQUIZ_ARENA_TOKEN"
"""A variable of the app's environment; it holds a secret."""
SECRET = "bait-secret-"
"""How every secret begins."""

ADDRESS = "127.0.0.1"
TCP_PORT = 4001
UDP_PORT = 4002
UNIX_PATH = ROOT / "socket"
ABSTRACT_NAME = "\0kdquiz-arena"
"""Where someone listens, whom no submission may reach: TCP, UDP, a Unix stream socket by path and by abstract name."""

_CHECKOUT = Path(__file__).resolve().parents[2]
_LEFT_OUT = ("content", "tui", "cli", "authoring", "sessions", "store", "labs", "memory", "bench")
"""Of the app what grading does not need: the less there is, the faster it is looked at."""


@dataclass(frozen=True, slots=True)
class Bait:
    """What has been laid: the secrets by where they stand, and the sockets on which nobody may be heard."""

    secrets: dict[str, str]
    listeners: tuple[socket.socket, ...]

    def heard(self) -> tuple[str, ...]:
        """Whoever has reached a listener since the last call."""
        found = []
        for listener in self.listeners:
            with contextlib.suppress(BlockingIOError):
                if listener.type == socket.SOCK_DGRAM:
                    found.append(f"{listener.getsockname()} was sent {listener.recv(100)!r}")
                else:
                    name = listener.getsockname()
                    listener.accept()[0].close()
                    found.append(f"{name} was connected to")
        return tuple(found)


def lay() -> Bait:
    """Lay everything, as whoever runs this; the secret of the environment is the one that stands there already."""
    ROOT.mkdir()
    found = {"the environment": os.environ[VARIABLE]}
    found["the SSH key"] = _write(SSH_KEY, f"-----BEGIN KEY-----\n{_secret()}\n-----END KEY-----\n", 0o600)
    found["the profile"] = _write(PROFILE, f"export TOKEN={_secret()}\n", 0o644)
    with contextlib.suppress(OSError):  # a /tmp of an older Linux keeps no attributes
        os.setxattr(PROFILE, "user.kdquiz", b"bait")
    found["the database"] = _make_database(_secret())
    _install_app()
    found["the reference"] = _write(REFERENCE, f"{REFERENCE.read_text('utf-8')}# {_secret()}\n", 0o644)
    _write(PTH, f"# {_secret()}\n", 0o644)
    return Bait({where: _secret_in(text) for where, text in found.items()}, tuple(_listen()))


def _secret() -> str:
    return SECRET + secrets.token_hex(16)


def _secret_in(text: str) -> str:
    return SECRET + text.partition(SECRET)[2][:32]


def _write(path: Path, text: str, mode: int) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return text


def _make_database(secret: str) -> str:
    DATABASE.parent.mkdir(parents=True)
    with contextlib.closing(sqlite3.connect(DATABASE)) as connection, connection:
        connection.execute("CREATE TABLE cards (id TEXT PRIMARY KEY, due TEXT)")
        connection.execute("INSERT INTO cards VALUES (?, '2030-01-01')", [secret])
    return secret


def _install_app() -> None:
    """The app with its content where a wheel puts them, compiled, so that it is never written to again."""
    shutil.copytree(_CHECKOUT / "kdquiz", SITE / "kdquiz", ignore=shutil.ignore_patterns(*_LEFT_OUT))
    shutil.copytree(_CHECKOUT / "content", SITE / "kdquiz/content")
    compileall.compile_dir(SITE, quiet=2)


def _listen() -> list[socket.socket]:
    places: list[tuple[int, int, tuple[str, int] | str]] = [
        (socket.AF_INET, socket.SOCK_STREAM, (ADDRESS, TCP_PORT)),
        (socket.AF_INET, socket.SOCK_DGRAM, (ADDRESS, UDP_PORT)),
        (socket.AF_UNIX, socket.SOCK_STREAM, str(UNIX_PATH)),
        (socket.AF_UNIX, socket.SOCK_STREAM, ABSTRACT_NAME),
    ]
    listeners = []
    for family, kind, place in places:
        listener = socket.socket(family, kind)
        listener.setblocking(False)
        listener.bind(place)
        if kind == socket.SOCK_STREAM:
            listener.listen()
        listeners.append(listener)
    return listeners
