"""The judge's loop over a channel: events, one last message for each request, and no fault that ends it."""

import base64
import json
from collections.abc import Mapping
from typing import Any

import pytest

from kdquiz.grading import trusted
from kdquiz.grading.execution import Case, Run
from kdquiz.grading.judge import Drills, in_one_line, serve
from kdquiz.grading.prepared import prepare
from kdquiz.grading.proof_report import Proof
from kdquiz.grading.report import Limits, Verdict
from kdquiz.grading.wire import report_from_data
from kdquiz.library.drill import Drill, Edit, Inseparable, Mistake
from tests.grading.drills import MISTAKES, REFERENCE, distillation_loss, in_process, tiny_drill

Messages = list[dict[str, Any]]


class Script:
    """A channel that asks what it was given and keeps what is said, each as it would come through JSON."""

    def __init__(self, *requests: Mapping[str, Any]) -> None:
        self._requests = [json.dumps(one) for one in requests]
        self.said: Messages = []

    def receive(self) -> dict[str, Any] | None:
        return json.loads(self._requests.pop(0)) if self._requests else None

    def send(self, message: Mapping[str, Any], /) -> None:
        self.said.append(json.loads(json.dumps(message)))


class Gone(Script):
    """A channel whose other end leaves before the first answer."""

    def send(self, message: Mapping[str, Any], /) -> None:
        raise BrokenPipeError


def asked(*requests: Mapping[str, Any]) -> Messages:
    script = Script(*requests)
    serve(script, in_process)
    return script.said


def request(source: bytes = REFERENCE.encode(), drill: Drill | None = None, **more: Any) -> dict[str, Any]:
    return {
        "do": "grade",
        "drill": (drill or tiny_drill()).as_data(),
        "source": base64.b64encode(source).decode(),
        "seed": 1,
        "file": "mine.py",
        "limits": {},
        **more,
    }


def test_a_grade_is_its_checks_and_then_the_report() -> None:
    *events, last = asked(request())
    report = report_from_data(last["report"])
    assert (report.verdict, report.file, report.seed) == (Verdict.ACCEPTED, "mine.py", 1)
    assert [event["check"]["name"] for event in events] == [check.name for check in report.checks]


def test_several_requests_are_answered_one_after_the_other() -> None:
    said = asked(request(), request(b"def weighted(x, w, k): return x.sum()"), request(seed=None))
    verdicts = [report_from_data(one["report"]).verdict for one in said if "report" in one]
    assert verdicts == [Verdict.ACCEPTED, Verdict.WRONG_ANSWER, Verdict.ACCEPTED]


def test_limits_are_those_of_the_request() -> None:
    got: list[Limits] = []

    def execute(source: bytes, entry: str, cases: Any, limits: Limits, harness: str = "") -> Run:
        got.append(limits)
        return in_process(source, entry, cases, limits)

    serve(Script(request(limits={"cpu_seconds": 1, "printed_kept": 10})), execute)
    assert got == [Limits(cpu_seconds=1, printed_kept=10)]


def test_a_broken_drill_is_an_internal_error_that_names_what_is_broken() -> None:
    broken = tiny_drill(checks=("valeu",))
    report = report_from_data(asked(request(drill=broken))[-1]["report"])
    assert report.verdict is Verdict.INTERNAL_ERROR
    assert report.summary == (
        "This drill is broken, which is no fault of your code and does not count: "
        "drill.yaml, checks.0: unknown check 'valeu'. `kdquiz check` tells its author where."
    )
    assert (report.drill, report.file, report.seed) == ("weighted", "mine.py", 1)


def test_a_reference_that_raises_is_not_charged_to_the_learner() -> None:
    broken = tiny_drill(reference=REFERENCE.replace("scaled = x * k", "scaled = x * k * (1 // 0)"), mistakes=())
    report = report_from_data(asked(request(drill=broken))[-1]["report"])
    assert report.verdict is Verdict.INTERNAL_ERROR
    assert "on the case 'benign 1' (N = " in report.summary
    assert "the reference raises ZeroDivisionError: integer division or modulo by zero." in report.summary


def test_a_reference_that_comes_to_no_end_keeps_the_learner_waiting_for_one_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trusted, "PATIENCE_SECONDS", 0.2)
    endless = tiny_drill(reference=REFERENCE.replace("scaled = x", "while k: scaled = x"), mistakes=())
    first, second = asked(request(drill=endless), request())[:1], asked(request(drill=endless), request())[-1]
    report = report_from_data(first[0]["report"])
    assert report.verdict is Verdict.INTERNAL_ERROR
    assert "the reference does not come to an end within 0.2 s" in report.summary
    assert report_from_data(second["report"]).verdict is Verdict.ACCEPTED


def test_a_fault_of_our_own_is_one_line_without_a_traceback() -> None:
    def execute(source: bytes, entry: str, cases: list[Case], limits: Limits, harness: str = "") -> Run:
        raise RuntimeError("no more processes")

    script = Script(request(), request())
    serve(script, execute)  # type: ignore[arg-type]  # a list is a sequence
    reports = [report_from_data(one["report"]) for one in script.said]
    assert [report.verdict for report in reports] == [Verdict.INTERNAL_ERROR] * 2
    assert "RuntimeError: no more processes (test_judge.py:" in reports[0].summary
    assert "Traceback" not in json.dumps(script.said)
    assert "\n" not in reports[0].summary


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ({"do": "sing"}, "the judge knows nothing of 'sing'"),
        ({}, "the judge knows nothing of None"),
        ({"do": "grade", "source": "", "drill": 7}, "TypeError"),
        ({"do": "prove"}, "KeyError: 'drill'"),
        (request() | {"source": "not base64!"}, "Error: "),
    ],
)
def test_a_request_that_makes_no_sense_is_a_fault_and_the_next_one_is_answered(bad: dict[str, Any], says: str) -> None:
    first, *rest = asked(bad, request())
    assert says in first["fault"]
    assert "report" in rest[-1]


def test_the_loop_ends_where_the_app_has_gone() -> None:
    gone = Gone(request(), request())
    serve(gone, in_process)
    assert gone.receive() is not None


def test_a_proof_tells_its_progress_and_then_what_it_found() -> None:
    *events, last = asked({"do": "prove", "drill": tiny_drill().as_data()})
    proof = Proof.from_data(last["proof"])
    assert (proof.drill, proof.sound) == ("weighted", True)
    done, total = events[-1]["progress"]
    assert [event["progress"][0] for event in events] == list(range(1, total + 1))
    assert done == total


def test_a_drill_arrives_as_it_was_sent() -> None:
    written = tiny_drill(
        mistakes=(*MISTAKES, Mistake(id="two", because="Both.", edits=(Edit(find="a", put="b"),))),
        inseparable=(Inseparable(mistakes=("no-weight", "two"), because="They are one."),),
    )
    for drill in (written, distillation_loss()):
        assert Drill.from_data(json.loads(json.dumps(drill.as_data()))) == drill


def test_a_drill_is_made_ready_once_and_few_are_kept() -> None:
    drills = Drills()
    data = tiny_drill().as_data()
    ready = drills.ready(data)
    assert drills.ready(json.loads(json.dumps(data))) is ready
    for number in range(20):
        drills.ready(tiny_drill(title=f"Number {number}").as_data())
    assert drills.ready(data) is not ready


def test_an_exception_in_one_line_tells_where_it_was_raised() -> None:
    with pytest.raises(KeyError) as raised:
        raise KeyError("x")
    assert in_one_line(raised.value).startswith("KeyError: 'x' (test_judge.py:")
    assert in_one_line(ValueError("no place")) == "ValueError: no place"


def test_the_exam_drawn_ahead_is_used_once_and_for_its_own_drill_alone() -> None:
    drills = Drills()
    first, second = prepare(tiny_drill()), prepare(tiny_drill(id="other"))
    used = drills.fresh_exam(first)
    drills.draw_ahead()
    ahead = drills.fresh_exam(first)
    assert len({used.seed, ahead.seed, drills.fresh_exam(first).seed}) == 3
    drills.draw_ahead()
    other = drills.fresh_exam(second)
    drills.draw_ahead()
    assert len({other.seed, drills.fresh_exam(second).seed, drills.fresh_exam(first).seed}) == 3


def test_a_drill_for_which_no_exam_can_be_drawn_ahead_is_told_when_it_is_graded() -> None:
    drills = Drills()
    drills.fresh_exam(prepare(tiny_drill()))
    broken = prepare(tiny_drill(reference=REFERENCE.replace("x * k", "x * k * [][0]"), mistakes=()))
    with pytest.raises(ValueError, match="reference"):
        drills.fresh_exam(broken)
    drills.draw_ahead()  # says nothing
    with pytest.raises(ValueError, match="reference"):
        drills.fresh_exam(broken)
