"""A judge that judges nothing: it runs what the tests send it and says what came back. For the process side's tests.

    {"do": "run", "source": base64, "entry": name, "cases": [[argument, ...], ...], "limits": {...}}
    -> {"run": {"end", "detail", "raised", "printed", "containment", "answers": [{"output", "gradients", "after"}]}}
    {"do": "look"} -> {"hidden", "niceness", "threads", "environment"} of the judge itself
    {"do": "hold"} -> {"pids": [zygote, judge, runner]}, with a runner that sleeps until somebody ends it

An argument is {"name", "value", "dtype" (of a tensor; without it the value is a scalar), "grad"}.
"""

import base64
import ctypes
import os
import signal
import socket
from pathlib import Path
from typing import Any

import torch

from kdquiz.grading.answers import job_bytes
from kdquiz.grading.channel import Channel
from kdquiz.grading.execution import Answer, Argument, Case, End, Execute, Run
from kdquiz.grading.report import Check, Limits, Report, Verdict
from kdquiz.grading.runners import PATIENCE_SECONDS, started
from kdquiz.grading.summary import internal
from kdquiz.grading.wire import check_to_data, report_to_data

PR_GET_DUMPABLE = 3
ZYGOTE = 4
"""The descriptor of the judge's socket to the zygote."""


def serve(channel: Channel, execute: Execute) -> None:
    """Answer until the app is gone."""
    while (request := channel.receive()) is not None:
        if request["do"] == "run":
            channel.send({"run": _run_data(_run(request, execute))})
        elif request["do"] == "grade":
            _grade(request, channel, execute)
        elif request["do"] == "hold":
            _hold(channel)
        else:
            channel.send(_look())


def _look() -> dict[str, Any]:
    hidden = ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0
    threads = len(list(Path("/proc/self/task").iterdir()))
    return {"hidden": hidden, "niceness": os.nice(0), "threads": threads, "environment": sorted(os.environ)}


def _hold(channel: Channel) -> None:
    job = job_bytes("import time; time.sleep(600)", "f", [], Limits())
    zygote = socket.socket(fileno=os.dup(ZYGOTE))
    zygote.settimeout(PATIENCE_SECONDS)
    with started(zygote, 0, job) as process:
        channel.send({"pids": [os.getppid(), os.getpid(), process.pid]})
        signal.pause()


def _grade(request: dict[str, Any], channel: Channel, execute: Execute) -> None:
    """Accept whatever answers with a tensor. The seed chooses how the judge itself misbehaves."""
    if request["seed"] == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    if request["seed"] == 2:
        signal.pause()
    if request["seed"] == 3:
        channel.send({"fault": "it was told to fail"})
        return
    if request["seed"] == 4:
        channel.send({"report": {"nonsense": 1}})
        return
    channel.send({"check": check_to_data(Check(name="compile", status="passed", detail=str(os.getpid())))})
    run = _run({**request, "entry": request["drill"]["entry"], "cases": [[]]}, execute)
    verdict = {"DONE": Verdict.ACCEPTED, "INTERNAL": Verdict.INTERNAL_ERROR}.get(run.end.name, Verdict.RUNTIME_ERROR)
    report = Report(
        drill=request["drill"]["id"],
        verdict=verdict,
        summary=run.end.name if run.end is not End.INTERNAL else internal(run.detail),
        file=request["file"],
        printed=run.printed,
        raised=run.raised,
        containment=run.containment,
    )
    channel.send({"report": report_to_data(report)})


def _run(request: dict[str, Any], execute: Execute) -> Run:
    cases = [
        Case(name=f"case {number}", arguments=tuple(_argument(**argument) for argument in arguments))
        for number, arguments in enumerate(request["cases"])
    ]
    source = base64.b64decode(request["source"])
    return execute(source, request["entry"], cases, Limits(**request["limits"]))


def _argument(name: str, value: Any, dtype: str | None = None, grad: bool = False) -> Argument:
    if dtype is not None:
        value = torch.tensor(value, dtype=getattr(torch, dtype))
    return Argument(name=name, value=value, grad=grad)


def _run_data(run: Run) -> dict[str, Any]:
    raised = run.raised
    return {
        "end": run.end.name,
        "detail": run.detail,
        "raised": raised and {f: getattr(raised, f) for f in ("error", "line", "text", "plain")},
        "printed": run.printed,
        "containment": run.containment,
        "answers": [_answer_data(answer) for answer in run.answers],
    }


def _answer_data(answer: Answer) -> dict[str, Any]:
    return {
        "output": _tensor_data(answer.output),
        "gradients": {name: _tensor_data(value) for name, value in answer.gradients.items()},
        "after": {name: _tensor_data(value) for name, value in answer.after.items()},
    }


def _tensor_data(tensor: torch.Tensor | None) -> dict[str, Any] | None:
    if tensor is None:
        return None
    return {"dtype": str(tensor.dtype), "shape": list(tensor.shape), "value": tensor.tolist()}
