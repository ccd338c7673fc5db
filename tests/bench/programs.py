"""What a verdict is compared with: programs that a learner could run, measured from outside. No torch here."""

import contextlib
import importlib.metadata
import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from kdquiz.library.drill import Drill
from tests.bench import submissions
from tests.bench.measure import timed

PYTEST, IMPORT = "`pytest` of one test that imports torch", '`python -c "import torch"`'
OTHER_JUDGE = "torch-judge"
_OTHER_JUDGE_VERSION = "0.1.1"

_TEST = """\
import torch

from submission import {entry}


def test_it():
    logits = torch.tensor([[2.0, 5.0, 1.0]])
    assert torch.isfinite({entry}(logits, logits + 1, torch.tensor([1]), 2.0, 0.5))
"""

_OTHER_JUDGE_LOOP = '''\
import contextlib, io, sys, time

import torch
from torch_judge import check

SOURCE = """
import torch

def cross_entropy_loss(logits, targets):
    log_probs = logits - torch.logsumexp(logits, dim=-1, keepdim=True)
    return -log_probs[torch.arange(len(targets)), targets].mean()
"""

for _ in sys.stdin:
    said = io.StringIO()
    started = time.perf_counter()
    with contextlib.redirect_stdout(said):
        exec(SOURCE)
        check("cross_entropy")
    seconds = time.perf_counter() - started
    if "All 4 tests passed" not in said.getvalue():
        sys.exit(said.getvalue())
    print(seconds, flush=True)
'''
"""At each line of standard input, its own way from a cell of a notebook to its verdict."""


class Programs:
    """`runs`: the programs, each a go that returns its seconds; `absent`: those that are not installed."""

    def __init__(self, drill: Drill, stack: contextlib.ExitStack) -> None:
        self._folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (self._folder / "submission.py").write_text(submissions.right(drill), encoding="utf-8")
        (self._folder / "test_submission.py").write_text(_TEST.format(entry=drill.entry), encoding="utf-8")
        test = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "test_submission.py")
        # Without the plugins of this environment, which would make pytest slower than it has to be.
        bare = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        self.runs: dict[str, Callable[[], float]] = {
            PYTEST: lambda: timed(lambda: self._run(test, bare)),
            IMPORT: lambda: timed(lambda: self._run(("-c", "import torch"))),
        }
        self.absent: list[str] = []
        if importlib.util.find_spec("torch_judge") is None:
            self.absent.append(f"{OTHER_JUDGE} {_OTHER_JUDGE_VERSION} (not installed)")
        else:
            version = importlib.metadata.version("torch-judge")
            self.runs[f"{OTHER_JUDGE} {version}, its own `cross_entropy`"] = self._other_judge(stack)

    def _run(self, arguments: tuple[str, ...], more: Mapping[str, str] | None = None) -> None:
        """Raises CalledProcessError where it fails."""
        environment = {**os.environ, **(more or {})}
        command = [sys.executable, *arguments]
        subprocess.run(command, cwd=self._folder, env=environment, check=True, capture_output=True)

    def _other_judge(self, stack: contextlib.ExitStack) -> Callable[[], float]:
        environment = {**os.environ, "PROGRESS_PATH": str(self._folder / "progress.json")}
        command = [sys.executable, "-c", _OTHER_JUDGE_LOOP]
        process = stack.enter_context(
            subprocess.Popen(
                command,
                cwd=self._folder,
                env=environment,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        )

        def go() -> float:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write("\n")
            process.stdin.flush()
            return float(process.stdout.readline())

        go()  # the first one imports torch
        return go
