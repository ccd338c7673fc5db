"""Drills that are more than a pure function: what a harness arranges, performs and assesses, and what of an answer is
refused. In this process; `test_harness_runs` is about the real ones."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
import torch

from kdquiz.authoring.proof import kill_rate
from kdquiz.grading import pairs
from kdquiz.grading.answers import answer_from, job_bytes
from kdquiz.grading.exam import set_exam
from kdquiz.grading.execution import Argument, Case, Run
from kdquiz.grading.grade import grade
from kdquiz.grading.prepared import prepare
from kdquiz.grading.proof import prove
from kdquiz.grading.proof_report import Proof
from kdquiz.grading.protocol import Array, Frame, FrameError, Kind
from kdquiz.grading.report import Limits, Report, Verdict
from kdquiz.library.drill import Drill
from kdquiz.library.faults import BrokenDrillError
from tests.grading.drills import in_process, mistake
from tests.grading.harness_drills import COUNTER_HARNESS, STEP, STEP_HARNESS, a_drill, counter_drill, step_drill


def graded(drill: Drill, source: str, seed: int = 1) -> Report:
    return grade(prepare(drill), source.encode(), in_process, Limits(), seed=seed)


def proof(drill: Drill) -> Proof:
    return prove(drill, in_process, lambda done, total: None)


def test_every_piece_of_a_class_has_a_row() -> None:
    report = graded(counter_drill(), counter_drill().starter)
    assert [(check.name, check.status) for check in report.checks[2:]] == [
        ("result total", "passed"),
        ("result number of calls", "failed"),
    ]
    assert "expected 3, got 6" in report.summary or "expected 5, got 10" in report.summary


def test_nothing_held_out_and_no_seed_is_in_the_job() -> None:
    prepared = prepare(step_drill())
    for drawn in set_exam(prepared, 1).cases:
        held = drawn.case.held_out
        assert held.keys() == {"held_x", "held_y"}
        job = job_bytes(STEP, "step", [drawn.case], Limits(), prepared.harness.for_runner)
        for value in held.values():
            assert isinstance(value, torch.Tensor)
            assert value.reshape(-1)[:2].numpy().tobytes() not in job
        assert b"rate" in job
        assert b"step" in job


def test_the_harness_goes_to_the_runner_only_where_it_performs() -> None:
    assert "def perform" in prepare(step_drill()).harness.for_runner
    only = "def assess(results):\n    return {'total': results['value'].sum()}\n"
    drill = a_drill(
        "def f(x):\n    return x * 2\n", only, entry="f", inputs={"x": {"normal": [3]}}, checks=("result total",)
    )
    assert prepare(drill).harness.for_runner == ""
    assert graded(drill, drill.reference).verdict is Verdict.ACCEPTED
    wrong = graded(drill, "def f(x):\n    return x * 3\n")
    assert wrong.summary.startswith("'total' is wrong: expected ")


def test_an_outcome_is_reached_or_it_is_told_what_was() -> None:
    drill = step_drill(checks=("reaches -1e9 points gained", "reaches 1e9 points gained"), mistakes=(), cases=2)
    report = graded(drill, STEP)
    assert [(check.name, check.status) for check in report.checks[2:]] == [
        ("reaches -1e9 points gained", "passed"),
        ("reaches 1e9 points gained", "failed"),
        ("edge rate = 0", "skipped"),
    ]
    assert ", and at least 1e+09 is asked for (case 1 of 2: " in report.summary
    assert report.summary.startswith("'points gained': reached ")
    assert report.smallest_case is not None
    assert report.smallest_case.got.startswith("reached ")


def test_what_was_reached_is_told_also_where_it_is_enough() -> None:
    checks = ("reaches -1e9 points gained", "result weights after the step")
    report = graded(step_drill(checks=checks, mistakes=(), edges=(), cases=1), STEP)
    assert (report.verdict, report.summary) == (Verdict.ACCEPTED, "Right on the one case.")
    assert report.checks[2].detail.startswith("reached ")
    several = graded(step_drill(checks=checks, mistakes=(), edges=(), cases=3), STEP)
    assert several.checks[2].detail.startswith("reached at least ")
    assert several.checks[2].detail.endswith(" in each of 3 cases")


def test_beyond_the_mark_an_outcome_tells_no_two_programs_apart() -> None:
    """A broken rule is found however much was gained by it; what falls short is still told by how far."""
    harness = COUNTER_HARNESS + "\n\ndef assess(results):\n    return {'gain': results['total'] ** 2 + 1}\n"
    drill = counter_drill(checks=("result number of calls", "reaches 0.5 gain"), mistakes=counter_drill().mistakes[:1])
    drill = drill.with_sources(drill.starter, drill.reference, harness)
    report = graded(drill, drill.reference.replace("self.calls += 1", "self.total = 2 * self.total"))
    assert [one.ids for one in report.diagnosis] == [("not-counted",)]
    high = replace(drill, checks=("result number of calls", "reaches 1e9 gain")).with_sources(
        drill.starter, drill.reference, drill.harness
    )
    assert graded(high, drill.reference.replace("self.calls += 1", "self.total = 2 * self.total")).diagnosis == ()


def test_a_forged_outcome_is_no_outcome() -> None:
    """What `assess` makes is taken from nobody else, also where it can make nothing of what came."""
    drill = step_drill(checks=("reaches 1e9 points gained",), mistakes=(), edges=(), cases=1)
    prepared = prepare(drill)
    exam = set_exam(prepared, 1)
    asked: list[frozenset[str]] = []

    def forging(source: bytes, entry: str, cases: Sequence[Case], limits: Limits, harness: str = "") -> Run:
        asked.extend(case.results for case in cases)
        run = in_process(source, entry, cases, limits, harness)
        forged = {"points gained": torch.tensor(1e12), "weights after the step": torch.zeros(3, 3, 3)}
        return replace(run, answers=tuple(replace(one, results=forged) for one in run.answers))

    report = grade(prepared, STEP.encode(), forging, Limits(), exam=exam)
    assert set(asked) == {frozenset({"weights after the step"})}
    assert report.verdict is Verdict.WRONG_ANSWER
    assert "cannot be assessed" in report.summary


def test_what_cannot_be_assessed_is_a_wrong_answer() -> None:
    harness = STEP_HARNESS.replace('"weights after the step": layer.weight', '"weights after the step": loss')
    harness = harness.replace("loss.detach() if loss.dim() == 0 else loss", "x")
    reference = STEP.replace("return loss", "return layer.weight.detach()")
    drill = step_drill(
        reference=reference,
        harness=harness,
        checks=("reaches -1e9 points gained",),
        edges=(),
        mistakes=(),
    )
    assert graded(drill, reference).verdict is Verdict.ACCEPTED
    report = graded(drill, STEP.replace("return loss", "return layer.weight.detach()[0, :1].repeat(7)"))
    assert report.verdict is Verdict.WRONG_ANSWER
    assert "what came back cannot be assessed: the drill raises" in report.summary


def test_few_cases_and_more_seconds() -> None:
    drill = step_drill(cases=2, seconds=20)
    kinds = [drawn.kind for drawn in set_exam(prepare(drill), 1).cases]
    assert kinds == ["benign", "benign", "edge", "dtype"]
    limits = Limits().of(drill)
    assert (limits.cpu_seconds, limits.wall_seconds) == (20, 20.0)
    assert Limits().of(step_drill()) == Limits()
    assert Drill.from_data(drill.as_data()) == drill


def test_a_proof_says_how_many_pairs_were_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [mistake(f"times-{n}", "total + amount", f"total + {n} * amount", "It multiplies.") for n in range(2, 6)]
    drill = counter_drill(mistakes=(*counter_drill().mistakes[:1], *names))
    assert "and 4 of 4 pairs rejected)" in kill_rate(proof(drill))
    monkeypatch.setattr(pairs, "SECONDS", 0.0)
    monkeypatch.setattr(pairs, "_FEWEST", 3)
    found = proof(drill)
    assert found.faults == ()
    assert "and 3 of 3 pairs rejected, drawn from 4)" in kill_rate(found)


def test_what_a_harness_does_to_torch_as_a_whole_reaches_nobody() -> None:
    harness = COUNTER_HARNESS.replace(
        "    counter =", "    torch.manual_seed(0)\n    torch.set_grad_enabled(False)\n    counter ="
    )
    before = torch.random.get_rng_state()
    drill = counter_drill()
    set_exam(prepare(drill.with_sources(drill.starter, drill.reference, harness)), 1)
    assert torch.equal(torch.random.get_rng_state(), before)
    assert torch.is_grad_enabled()


BROKEN = {
    "import nothing_of_that_name": "when it is loaded, the harness raises ModuleNotFoundError",
    "def arrange(drawn):\n    return 1": "`arrange` returns int, and no dict of arguments",
    "def arrange(drawn):\n    return {'x': [1]}": "`arrange` gives list for `x`",
    "def arrange(drawn):\n    return {**drawn, 'start': 2**63}": "`arrange` gives a number of more than 64 bits",
    "def arrange(drawn):\n    return {**drawn, 'start': torch.ones(1) * 1j}": "`arrange` gives a tensor of complex64",
    "def arrange(drawn):\n    return {**drawn, 'start': torch.ones([1] * 7)}": "a tensor of 7 dimensions for `start`",
    "def arrange(drawn):\n    return {**drawn, 'xs': 1}": "`arrange` gives `xs`, and `perform` does not take it",
    "def arrange(drawn):\n    return {'start': 1.0}": "`perform` takes `amounts`, and `arrange` does not give it",
    "def arrange(drawn):\n    raise KeyError": "`arrange` raises KeyError",
    "def assess(results):\n    return {'a': results['b']}": "`assess` raises KeyError: 'b'",
    "def assess(results):\n    return 1": "`assess` raises TypeError: `assess` returns int",
    "def assess(results):\n    return {str(i): i for i in range(63)}": "there are 65 results; at most 64",
}


@pytest.mark.parametrize(("more", "words"), BROKEN.items(), ids=BROKEN.values())
def test_a_broken_harness_is_told_to_its_author(more: str, words: str) -> None:
    drill = counter_drill()
    drill = drill.with_sources(drill.starter, drill.reference, COUNTER_HARNESS + more + "\n")
    with pytest.raises(BrokenDrillError) as raised:
        set_exam(prepare(drill), 1)
    assert raised.value.faults[0].file == "harness.py"
    assert words in raised.value.faults[0].message
    first = COUNTER_HARNESS.count("\n") + 1
    assert raised.value.faults[0].line in ((1,) if "there are" in words else (first, first + 1))


def test_an_arrange_that_depends_on_chance_is_told() -> None:
    harness = COUNTER_HARNESS + "\n\ndef arrange(drawn):\n    return {**drawn, 'start': torch.rand(())}\n"
    drill = counter_drill()
    found = proof(drill.with_sources(drill.starter, drill.reference, harness)).faults
    assert [(one.file, one.line) for one in found] == [("harness.py", harness.count("\n") - 1)]
    assert "`arrange` gives another `start` each time" in found[0].message


def test_an_outcome_is_one_number() -> None:
    harness = STEP_HARNESS.replace('{"points gained": error', '{"points gained": torch.ones(3) * error')
    drill = step_drill(checks=("reaches 0.0 points gained",), harness=harness)
    with pytest.raises(BrokenDrillError, match="'points gained' must be one number to be reached, and has 3 entries"):
        set_exam(prepare(drill), 1)


def test_a_misspelt_result_is_told_at_each_check_that_names_it() -> None:
    checks = ("result weigths after the step", "value", "reaches 0.0 points gaind")
    with pytest.raises(BrokenDrillError) as raised:
        set_exam(prepare(step_drill(checks=checks)), 1)
    assert [(one.file, one.key, one.hint) for one in raised.value.faults] == [
        ("drill.yaml", ("checks", 0), "Did you mean 'weights after the step'?"),
        ("drill.yaml", ("checks", 2), "Did you mean 'points gained'?"),
    ]


@pytest.mark.parametrize("given", ["None", "{'value': [1.0]}", "{'value': loss.detach(), 'a list': [1.0]}"])
def test_what_a_harness_gives_back_is_no_fault_of_the_reference(given: str) -> None:
    harness = STEP_HARNESS.replace('    return {"value"', f'    return {given}\n    return {{"value"')
    with pytest.raises(BrokenDrillError, match=r"the harness (returns|gives) \w+") as raised:
        set_exam(prepare(step_drill(harness=harness)), 1)
    assert (raised.value.faults[0].file, raised.value.faults[0].line) == ("harness.py", 4)


def test_a_check_of_what_nothing_gives_is_told_with_what_there_is() -> None:
    with pytest.raises(
        BrokenDrillError, match=r"there is no result 'totals' .results here: 'total', 'number of calls'."
    ):
        set_exam(prepare(counter_drill(checks=("result totals",))), 1)
    with pytest.raises(BrokenDrillError, match="the drill checks 'value', and `perform` gives no 'value'"):
        set_exam(prepare(counter_drill(checks=("value", "result total"))), 1)


def frame(*names: str) -> Frame:
    return Frame(Kind.TENSORS, 0, tuple(Array(name=name, dtype="int8", shape=(), data=b"\x01") for name in names))


CASE = Case(name="a case", arguments=(Argument(name="k", value=1),), results=frozenset({"total"}))


def test_a_result_that_was_asked_for_is_taken() -> None:
    assert answer_from(frame("output", "result:total"), CASE).results["total"].item() == 1
    assert answer_from(frame("output"), CASE).results == {}


@pytest.mark.parametrize("name", ["result:other", "result:", "result", "total", "result:total:", "value"])
def test_a_result_of_another_name_is_refused(name: str) -> None:
    with pytest.raises(FrameError, match="was not asked for"):
        answer_from(frame("output", name), CASE)


def test_the_gradient_of_the_value_is_that_of_an_argument_of_the_same_name() -> None:
    harness = (
        "def arrange(drawn):\n    return {'x': drawn['x'].sort().values}\n\n\n"
        "def perform(f, x):\n    return {'value': f(x), 'twice': f(x) * 2}\n"
    )
    drill = a_drill(
        "def f(x):\n    return (x ** 3).sum()\n",
        harness,
        entry="f",
        inputs={"x": {"normal": [4], "grad": True}},
        checks=("value", "gradient x", "result twice"),
        mistakes=(mistake("detached", "(x ** 3)", "(x.detach() ** 3 + 0 * x)", "No gradient."),),
    )
    assert proof(drill).faults == ()
    case = set_exam(prepare(drill), 1).cases[0].case
    (x,) = (argument.value for argument in case.arguments)
    assert isinstance(x, torch.Tensor)
    assert torch.equal(x, x.sort().values)
    assert (
        "gradient with respect to `x` is wrong"
        in graded(drill, "def f(x):\n    return (x.detach() ** 3).sum()").summary
    )


def test_what_is_far_too_large_is_not_assessed() -> None:
    reference = STEP.replace("return loss", "return layer.weight.detach()")
    harness = STEP_HARNESS.replace('"value": loss.detach() if loss.dim() == 0 else loss, ', "")
    harness = harness.replace('step": layer.weight', 'step": loss')
    drill = step_drill(
        reference=reference, harness=harness, checks=("reaches -1e9 points gained",), edges=(), mistakes=()
    )
    report = graded(drill, STEP.replace("return loss", "return layer.weight.detach().repeat(1000, 1)"))
    assert report.verdict is Verdict.WRONG_ANSWER
    assert "'weights after the step' is far larger than expected: it has " in report.summary


def test_a_small_case_keeps_to_what_its_distributions_promise() -> None:
    drill = a_drill(
        "def f(p, u):\n    assert abs(p.sum() - 1) < 1e-9 and 0.15 <= u <= 0.85\n    return (p * u).sum() ** 2\n",
        "",
        entry="f",
        inputs={"C": (2, 5), "p": {"simplex": ["C"]}, "u": {"uniform": [], "low": 0.15, "high": 0.85}},
        checks=("value",),
    )
    report = graded(drill, "def f(p, u):\n    return (p * u).sum()\n")
    assert report.smallest_case is not None
    shown = dict(report.smallest_case.arguments)
    assert shown["p"].count(",") == 1
    assert 0.15 <= float(shown["u"]) <= 0.85
