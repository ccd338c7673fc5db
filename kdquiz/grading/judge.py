"""The judge's loop: requests of the app come in, events and one last message for each go out. torch; no learner's code.

    {"do": "grade", "drill": ..., "source": base64, "seed": int | null, "file": text, "limits": {...}}
        -> {"check": ...} for each check as it is done, then {"report": ...}
    {"do": "prove", "drill": ...}
        -> {"progress": [done, total]} now and then, then {"proof": ...}
    anything else, or a fault of ours with no report to carry it -> {"fault": text}

A drill is sent in full with each request and kept ready for the next. What goes wrong on this side is told as a fault
of ours, in one line, and never as the learner's.
"""

import base64
import binascii
import json
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from kdquiz.grading.exam import Exam, fresh_seed, set_exam
from kdquiz.grading.execution import Execute
from kdquiz.grading.grade import grade
from kdquiz.grading.prepared import PreparedDrill, prepare
from kdquiz.grading.proof import prove
from kdquiz.grading.report import Limits, Report, Verdict
from kdquiz.grading.summary import broken, internal
from kdquiz.grading.trusted import OutOfPatienceError, faults_of
from kdquiz.grading.wire import check_to_data, report_to_data
from kdquiz.library.drill import Drill
from kdquiz.library.faults import BrokenDrillError

Message = Mapping[str, Any]
Send = Callable[[Message], None]
_KEPT = 8


class Stream(Protocol):
    """Where requests come from and answers go: a `Channel`."""

    def receive(self) -> dict[str, Any] | None:
        """The next request; None at the end."""

    def send(self, message: Message, /) -> None:
        """Send one message."""


def serve(channel: Stream, execute: Execute) -> None:
    """Answer requests until the app closes its end."""
    drills = Drills()
    while (request := channel.receive()) is not None:
        try:
            _answer(request, drills, execute, channel.send)
        except ConnectionError:  # the app has gone, and with it whoever would read the answer
            return
        except Exception as error:  # whatever it is, the app is waiting for a last message
            channel.send({"fault": in_one_line(error)})
        drills.draw_ahead()


class Drills:
    """Drills made ready, the last few that were asked for."""

    def __init__(self) -> None:
        self._ready: dict[str, PreparedDrill] = {}
        self._graded: PreparedDrill | None = None
        self._ahead: Exam | None = None

    def ready(self, data: Message) -> PreparedDrill:
        """The drill of these data. Raises BrokenDrillError where that is broken, KeyError or TypeError where it is
        none."""
        key = json.dumps(data)
        found = self._ready.pop(key, None) or prepare(Drill.from_data(data))
        self._ready[key] = found
        while len(self._ready) > _KEPT:
            del self._ready[next(iter(self._ready))]
        return found

    def fresh_exam(self, drill: PreparedDrill) -> Exam:
        """An exam that nobody has seen: the one that was drawn ahead, where that is of this drill."""
        ahead = self._ahead if self._graded is drill else None
        self._graded, self._ahead = drill, None
        return ahead or set_exam(drill, fresh_seed())

    def draw_ahead(self) -> None:
        """Draw the next exam of the drill that was graded last: a third of a verdict's time, spent while its report is
        read. What goes wrong here goes wrong again, and is told, when that drill is graded."""
        if self._graded is None or self._ahead is not None:
            return
        try:
            self._ahead = set_exam(self._graded, fresh_seed())
        except (Exception, OutOfPatienceError):
            self._graded = None


def _answer(request: Message, drills: Drills, execute: Execute, send: Send) -> None:
    do = request.get("do")
    if do == "grade":
        send({"report": report_to_data(_grade(request, drills, execute, send))})
    elif do == "prove":
        proof = prove(Drill.from_data(request["drill"]), execute, lambda done, total: send({"progress": [done, total]}))
        send({"proof": proof.as_data()})
    else:
        send({"fault": f"the judge knows nothing of {do!r}; it grades and proves"})


def _grade(request: Message, drills: Drills, execute: Execute, send: Send) -> Report:
    """The report, also where the drill or our own code fails: that is an internal error, and counts for nothing."""
    file, seed = str(request.get("file", "")), request.get("seed")
    try:
        source = base64.b64decode(request["source"], validate=True)
        limits = Limits(**request.get("limits", {}))
        drill = drills.ready(request["drill"])
        report = grade(
            drill,
            source,
            execute,
            limits.of(drill.drill),
            exam=drills.fresh_exam(drill) if seed is None else set_exam(drill, seed),
            emit=lambda check: send({"check": check_to_data(check)}),
        )
    except (ConnectionError, binascii.Error):
        raise
    except BrokenDrillError as error:
        return _no_verdict(request, broken(str(error)))
    except OutOfPatienceError as error:
        (fault,) = faults_of(error, Drill.from_data(request["drill"]))
        return _no_verdict(request, broken(str(fault)))
    except Exception as error:  # whatever it is, the learner's code is not to blame
        return _no_verdict(request, internal(in_one_line(error)))
    return replace(report, file=file)


def _no_verdict(request: Message, summary: str) -> Report:
    return Report(
        drill=str(request["drill"]["id"]),
        verdict=Verdict.INTERNAL_ERROR,
        summary=summary,
        file=str(request.get("file", "")),
        seed=request.get("seed"),
    )


def in_one_line(error: BaseException) -> str:
    """An exception of ours with the place where it was raised: enough to report it, and no traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{place}"
