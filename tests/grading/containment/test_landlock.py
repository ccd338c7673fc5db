"""What a process under the rules of Landlock can read, in real processes, for every version that the kernel has."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kdquiz.grading import containment
from kdquiz.grading.containment import landlock

ROOT = Path(__file__).parents[3]

UNDER_RULES = """
import json, os, socket, sys
import torch, numpy
from kdquiz.grading.containment import landlock, process

secret, *versions = sys.argv[1:]
for version in map(int, versions):
    if child := os.fork():
        os.waitpid(child, 0)
    else:
        break
else:
    sys.exit()
rules = landlock.make_ruleset(version)
process.prctl(process.PR_SET_NO_NEW_PRIVS, 1)
landlock.restrict(rules)

def attempt(action):
    try:
        action()
        return "done"
    except OSError as error:
        return type(error).__name__

def connect():
    with socket.socket() as out:
        out.connect(("127.0.0.1", 9))

told = {
    "secret": attempt(lambda: open(secret).read()),
    "its folder": attempt(lambda: os.listdir(os.path.dirname(secret))),
    "the app": attempt(lambda: open(landlock.__file__).read()),
    "passwd": attempt(lambda: open("/etc/passwd").read()),
    "own memory map": attempt(lambda: open("/proc/self/maps").read()),
    "overwrite": attempt(lambda: open(secret, "w")),
    "unlink": attempt(lambda: os.unlink(secret)),
    "stdlib": attempt(lambda: open(json.__file__).read()),
    "torch": attempt(lambda: open(torch.__file__).read()),
    "urandom": attempt(lambda: open("/dev/urandom", "rb").read(1)),
    "connect": attempt(connect),
}
import statistics, colorsys, torch.distributions  # read from disk only now
print(json.dumps([version, told]))
"""
"""Imports torch once, and forks a process for each version."""

VERSIONS = range(1, landlock.abi() + 1)
TRIED = [version for version in (1, 3, max(VERSIONS, default=1)) if version in VERSIONS]


@pytest.fixture(scope="module")
def under_rules(tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, str]]:
    """By version of the rules, how each attempt ended; there is a secret to be read, changed or removed."""
    secret = tmp_path_factory.mktemp("landlock") / "secret"
    secret.write_text("marker")
    command = [sys.executable, "-c", UNDER_RULES, str(secret), *map(str, TRIED)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert secret.read_text() == "marker"
    return dict(map(json.loads, done.stdout.splitlines()))


@pytest.mark.skipif(not VERSIONS, reason="this kernel has no Landlock: nothing could be tried")
@pytest.mark.parametrize("version", TRIED)
def test_only_the_libraries_can_be_read(under_rules: dict[int, dict[str, str]], version: int) -> None:
    told = dict(under_rules[version])
    connected = told.pop("connect")
    allowed = {name for name, outcome in told.items() if outcome == "done"}
    assert allowed == {"stdlib", "torch", "urandom"}
    assert set(told.values()) == {"done", "PermissionError"}
    assert connected == ("PermissionError" if version >= 4 else "ConnectionRefusedError")


def test_the_folders_that_hold_the_app_are_not_among_what_can_be_read() -> None:
    readable = [path for path, rights in landlock.readable() if rights & landlock.READ_FILE]
    assert readable
    for path in readable:
        assert path not in (ROOT, *ROOT.parents)
        assert not path.name.endswith("-packages")
        assert "kdquiz" not in path.parts


def test_without_landlock_there_are_no_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> int:
        raise OSError(95, "Operation not supported")  # switched off by the machine's `lsm=` list

    monkeypatch.setattr(landlock, "_call", missing)
    assert landlock.abi() == 0
    assert containment.make_ruleset() is None


def test_a_kernel_that_offers_landlock_and_refuses_it_leaves_us_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(landlock, "abi", lambda: 4)
    monkeypatch.setattr(landlock, "_call", refuse)
    assert containment.make_ruleset() is None
