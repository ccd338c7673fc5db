"""What a contained process can still do, tried in real processes; as root they first become an ordinary user.

First with the limits alone, without Landlock and the filter on system calls, which would hide what the limits do; root
can then fork and be looked into all the same, which is why `no-processes` and `not-inspectable` must not be named. Then
with everything.
"""

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kdquiz.grading.containment import landlock
from kdquiz.grading.protection import Protection

ROOT = Path(__file__).parents[3]

CONTAINED = """
import json, os, resource, select, sys
from kdquiz.grading import containment

containment.seccomp.install = lambda: False
log = os.open(sys.argv[1], os.O_WRONLY)  # a file, to try whether it can grow
if sys.argv[2] == "user" and os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
job = os.memfd_create("job")
result, result_end = os.pipe()
parent = os.getpid()

def attempt(action):
    try:
        return f"did it: {action()}"
    except BaseException as error:
        return f"{type(error).__name__} {getattr(error, 'errno', '')}".strip()

def look(path):
    with open(path) as file:
        return file.read().strip()

def fork():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return "forked"

def contained():
    containment.enter(job, result_end, log, None, parent)
    layers = containment.apply(1, 64 << 20, landlocked=False)
    told = {
        "layers": layers,
        "open": sorted(map(int, os.listdir("/proc/self/fd"))),
        "environment": dict(os.environ),
        "folder": os.getcwd(),
        "session": os.getsid(0) == os.getpid(),
        "write": attempt(lambda: os.write(1, b"x")),
        "memory": attempt(lambda: len(bytearray(256 << 20))),
        "less memory": attempt(lambda: len(bytearray(16 << 20))),
        "descriptors": attempt(lambda: [os.dup(0) for _ in range(40)]),
        "fork": attempt(fork),
        "more": attempt(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))),
        "processor": resource.getrlimit(resource.RLIMIT_CPU),
        "core": resource.getrlimit(resource.RLIMIT_CORE),
        "read stdin": os.read(0, 10).decode(),
    }
    os.closerange(5, 40)  # the descriptors taken above
    told["killed first"] = look("/proc/self/oom_score_adj")
    os.write(4, json.dumps(told).encode())
    os.read(3, 1)
    while True:  # until the processor limit
        pass

child = os.fork()
if child == 0:
    contained()
told = json.loads(os.read(result, 1 << 16))
told["spied on"] = attempt(lambda: look(f"/proc/{child}/environ") or "empty")
told["status"] = os.waitpid(child, 0)[1]
print(json.dumps(told))
"""


def python(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "SECRET": "token"},
        capture_output=True,
        text=True,
    )


def contained(file: Path, as_whom: str) -> dict[str, Any]:
    file.touch()
    done = python(CONTAINED, file, as_whom)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a contained process of an ordinary user found that it can do."""
    return contained(tmp_path_factory.mktemp("user") / "log", "user")


def test_every_limit_is_on_for_an_ordinary_user(told: dict[str, Any]) -> None:
    assert told["layers"] == [
        "own-session",
        "dies-with-parent",
        "no-environment",
        "memory-limit",
        "processor-limit",
        "no-file-growth",
        "few-open-files",
        "no-processes",
        "no-new-privileges",
        "not-inspectable",
        "first-to-be-killed",
    ]


def test_it_has_a_session_and_five_descriptors_and_no_environment(told: dict[str, Any]) -> None:
    assert told["session"]
    assert told["open"] == [0, 1, 2, 3, 4, 5]  # the last is the listing itself
    assert (told["environment"], told["folder"], told["read stdin"]) == ({}, "/", "")


@pytest.mark.parametrize(
    ("attempt", "outcome"),
    [
        ("write", "OSError 27"),
        ("memory", "MemoryError"),
        ("less memory", f"did it: {16 << 20}"),
        ("descriptors", "OSError 24"),
        ("fork", "BlockingIOError 11"),
        ("more", "ValueError"),
        ("spied on", "PermissionError 13"),
        ("processor", [1, 2]),
        ("core", [0, 0]),
        ("killed first", "1000"),
    ],
)
def test_what_it_tries_ends_as_it_should(told: dict[str, Any], attempt: str, outcome: object) -> None:
    assert told[attempt] == outcome


def test_its_processor_time_ends(told: dict[str, Any]) -> None:
    assert os.WTERMSIG(told["status"]) == 24  # SIGXCPU


@pytest.mark.skipif(os.getuid() != 0, reason="only root can show what root can do")
def test_what_does_not_hold_for_root_is_not_named(tmp_path: Path) -> None:
    told = contained(tmp_path / "log", "root")
    assert told["fork"] == "did it: forked"
    assert "no-processes" not in told["layers"]
    assert "not-inspectable" not in told["layers"]
    assert told["write"] == "OSError 27"
    assert "no-file-growth" in told["layers"]


def test_a_process_whose_parent_has_gone_already_ends_at_once() -> None:
    assert python("from kdquiz.grading import containment; containment.die_with(1); print('lived on')").stdout == ""


def test_descriptors_can_change_places() -> None:
    script = """
        import os
        from kdquiz.grading.containment import keep_descriptors
        def file(text):
            descriptor = os.memfd_create(text)
            os.write(descriptor, text.encode())
            return descriptor
        a, b, c = file("a"), file("b"), file("c")
        keep_descriptors({0: 0, 1: 1, 2: 2, 3: b, 4: a})
        print(os.pread(3, 9, 0), os.pread(4, 9, 0), sorted(map(int, os.listdir("/proc/self/fd"))))
    """
    assert python(script).stdout == "b'b' b'a' [0, 1, 2, 3, 4, 5]\n"


def test_descriptors_are_kept_where_few_may_be_open() -> None:
    script = """
        import os, resource
        from kdquiz.grading.containment import keep_descriptors
        resource.setrlimit(resource.RLIMIT_NOFILE, (12, 12))
        keep_descriptors({0: 0, 1: 1, 2: 2, 3: os.dup(0)})
        print(sorted(map(int, os.listdir("/proc/self/fd"))))
    """
    assert python(script).stdout == "[0, 1, 2, 3, 4]\n"


def test_limits_that_are_tighter_already_stay() -> None:
    script = """
        import resource
        from kdquiz.grading.containment import limits
        resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))
        resource.setrlimit(resource.RLIMIT_CPU, (2, 2))
        limits.lower(4, 1 << 30, {"VmSize": "0", "VmData": "0"})
        print(resource.getrlimit(resource.RLIMIT_NOFILE), resource.getrlimit(resource.RLIMIT_CPU))
    """
    assert python(script).stdout == "(20, 20) (2, 2)\n"


ATTACKED = """
import json, os, sys, traceback
import torch
from kdquiz.grading import containment, probe
from kdquiz.grading.containment import landlock, seccomp

def attacked(as_whom, without):
    if "seccomp" in without:
        seccomp.install = lambda: False
    if "landlock" in without:
        landlock.abi = lambda: 0
    if "newer landlock" in without:
        landlock.abi = lambda: 1
    rules = containment.make_ruleset()
    attacks, parent = probe.attacks_on(os.getpid()), os.getpid()
    if as_whom == "user" and os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    containment.hide()

    def fork(role):
        child = os.fork()
        if child == 0:
            try:
                role()
            finally:
                os._exit(0)
        return child

    def contain(told):
        if without == "everything":
            os._exit(3)
        containment.enter(told, told, told, rules, parent)
        layers = containment.apply(5, 64 << 20, landlocked=rules is not None)
        os.write(1, " ".join(f"+{layer}" for layer in layers).encode() + b" ")

    return probe.succeeding(attacks, fork, contain)

for wish in json.loads(sys.argv[1]):
    child = os.fork()
    if child == 0:
        try:
            print(json.dumps([wish, attacked(*wish)]), flush=True)
        except BaseException as error:
            print(json.dumps([wish, repr(error)]), flush=True)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
"""
"""Imports torch once, and forks a process for each wish: `[as whom, without what]`."""

HAS_LANDLOCK = pytest.mark.skipif(not landlock.abi(), reason="this kernel has no Landlock: nothing could be tried")


Told = dict[tuple[str, str], list[str] | str]


@pytest.fixture(scope="module")
def told_of() -> Told:
    """What each attacked process told: words, or the exception that ended it."""
    withouts = ("nothing", "newer landlock", "landlock", "seccomp", "everything")
    wishes = [(as_whom, without) for as_whom in ("user", "root") for without in withouts]
    done = python(ATTACKED, json.dumps(wishes))
    assert done.returncode == 0, done.stderr
    return {(as_whom, without): told for (as_whom, without), told in map(json.loads, done.stdout.splitlines())}


Attacked = Callable[[str, str], tuple[set[str], set[str]]]


@pytest.fixture
def attacked(told_of: Told) -> Attacked:
    """`attacked("user", "seccomp")`: the layers, and the attacks that got through."""

    def ask(as_whom: str, without: str) -> tuple[set[str], set[str]]:
        words = told_of[as_whom, without]
        assert not isinstance(words, str), words
        layers = {word for word in words if word.startswith("+")}
        return layers, set(words) - layers

    return ask


@HAS_LANDLOCK
@pytest.mark.parametrize("as_whom", ["user", "root"])
@pytest.mark.parametrize("without", ["nothing", "newer landlock"])
def test_no_attack_gets_through_all_layers(attacked: Attacked, as_whom: str, without: str) -> None:
    layers, through = attacked(as_whom, without)
    assert through == set()
    assert {"+landlock", "+seccomp"} <= layers
    assert Protection(open=tuple(through)).level == "full protection"


@pytest.mark.parametrize("as_whom", ["user", "root"])
def test_without_landlock_files_can_be_read_and_it_is_said(attacked: Attacked, as_whom: str) -> None:
    layers, through = attacked(as_whom, "landlock")
    assert through - {"inspection"} == {"read-files"}  # root's processes can be looked into by root
    assert "+landlock" not in layers
    assert Protection(open=tuple(through)).level == "no read protection"


@HAS_LANDLOCK
@pytest.mark.parametrize("as_whom", ["user", "root"])
def test_without_the_filter_protection_is_reduced_and_it_is_said(attacked: Attacked, as_whom: str) -> None:
    layers, through = attacked(as_whom, "seccomp")
    assert {"network", "other-limits"} <= through
    assert "read-files" not in through
    assert "+seccomp" not in layers
    assert Protection(open=tuple(through)).level == "reduced protection"


def test_a_process_that_cannot_be_contained_is_a_fault_and_not_a_promise(told_of: Told) -> None:
    assert "a contained process cannot be set up on this machine" in told_of["root", "everything"]
