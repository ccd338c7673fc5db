"""Whoever dies, nobody is left behind, and whoever can go on does. Real processes, watched through pidfds."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kdquiz.grading import isolated
from tests.grading.processes import Lab, descendants, has_ended, watch, with_tests_importable

APP = """
import json, sys
from tests.grading.processes import Lab
lab = Lab()
print(json.dumps(lab.ask({"do": "hold"})), flush=True)
sys.stdin.read()
"""


pytestmark = pytest.mark.usefixtures("quick_zygotes")


@pytest.fixture
def own_lab() -> Iterator[Lab]:
    """A zygote for one test alone."""
    lab = Lab()
    yield lab
    lab.close()


def test_a_judge_is_hidden_has_one_thread_and_gives_way_to_the_app(lab: Lab) -> None:
    found = lab.ask({"do": "look"})
    assert (found["hidden"], found["threads"], found["niceness"]) == (True, 1, min(19, os.nice(0) + 10))
    assert set(found["environment"]) - {"LC_CTYPE"} <= {*isolated._ENVIRONMENT, *isolated._INHERITED}


def test_a_judge_that_is_killed_takes_its_runner_with_it_and_another_takes_its_place(own_lab: Lab) -> None:
    _, judge, runner = own_lab.ask({"do": "hold"})["pids"]
    handles = [watch(judge), watch(runner)]
    os.kill(judge, signal.SIGKILL)
    assert all(map(has_ended, handles))
    assert own_lab.judge.receive() is None
    own_lab.judge.close()
    own_lab.judge = own_lab.new_judge()
    assert own_lab.run("import torch\ndef f(): return torch.ones(1)")["end"] == "DONE"
    _, judge, runner = own_lab.ask({"do": "hold"})["pids"]
    handles = [watch(judge), watch(runner)]
    own_lab.zygote.drop_judge(2)
    assert all(map(has_ended, handles))
    assert own_lab.zygote.alive


def test_a_zygote_that_is_killed_takes_everybody_with_it(own_lab: Lab) -> None:
    pids = own_lab.ask({"do": "hold"})["pids"]
    handles = list(map(watch, pids))
    own_lab.zygote.kill()
    assert all(map(has_ended, handles))
    assert own_lab.judge.receive() is None
    assert not own_lab.zygote.alive


def test_an_app_that_closes_leaves_nobody(own_lab: Lab) -> None:
    handles = list(map(watch, own_lab.ask({"do": "hold"})["pids"]))
    own_lab.close()
    assert all(map(has_ended, handles))
    own_lab.__init__()  # type: ignore[misc]  # the fixture closes it once more


def test_an_app_that_is_killed_leaves_nobody(tmp_path: Path) -> None:
    """It also has a `torch.py` in its working folder and in front of its own imports, which must not count."""
    (tmp_path / "torch.py").write_text("raise RuntimeError('the wrong torch')")
    (tmp_path / "app.py").write_text(APP)
    app = subprocess.Popen(
        [sys.executable, tmp_path / "app.py"],
        cwd=tmp_path,
        env=with_tests_importable(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with app:
        assert app.stdout is not None
        pids = json.loads(app.stdout.readline())["pids"]
        assert descendants(app.pid) == set(pids)
        handles = list(map(watch, pids))
        app.kill()
    assert all(map(has_ended, handles))


def test_a_closed_control_socket_ends_what_a_submission_has_forked(own_lab: Lab) -> None:
    """For root, who may fork; an ordinary user's submission cannot, and there is nothing to end."""
    source = (
        "import os, signal\nos.fork() or (os.setsid(), signal.pause())\nimport torch\ndef f(): return torch.ones(1)"
    )
    own_lab.run(source)
    handles = [watch(own_lab.zygote.pid), watch(own_lab.judge_pid)]
    own_lab.zygote.control.shutdown(2)
    assert all(map(has_ended, handles))
    assert descendants(own_lab.zygote.pid) == set()
