"""Drills with a harness in real processes: proved, diagnosed, and told in sentences."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from kdquiz.grading.client import Grader
from kdquiz.grading.report import Limits, Report, Submission, Verdict
from kdquiz.library.drill import Drill
from tests.grading.harness_drills import COUNTER, STEP, counter_drill, step_drill, words_drill

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("quick_zygotes")]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def grader() -> AsyncIterator[Grader]:
    async with Grader(limits=Limits(cpu_seconds=2, wall_seconds=4.0)) as grader:
        yield grader


async def told(grader: Grader, drill: Drill, source: str) -> Report:
    return await grader.grade(Submission(drill=drill, source=source.encode(), seed=1))


DRILLS = {"step": step_drill, "class": counter_drill, "words": words_drill}


@pytest.mark.parametrize("make", DRILLS.values(), ids=DRILLS)
async def test_it_is_proved_in_real_processes(grader: Grader, make: Any) -> None:
    found = await grader.prove(make())
    assert found.faults == ()
    assert found.singles.rejected == found.singles.total > 0


async def test_a_mistake_in_what_is_left_behind_is_named(grader: Grader) -> None:
    report = await told(grader, step_drill(), STEP.replace("one -= rate * one.grad", "one.zero_()"))
    assert report.verdict is Verdict.WRONG_ANSWER
    assert report.summary.startswith("'weights after the step' is wrong: at [0, 0] expected ")
    assert [check.name for check in report.checks if check.status == "failed"] == ["result weights after the step"]
    assert report.diagnosis == ()
    assert report.smallest_case is not None
    assert dict(report.smallest_case.arguments).keys() == {"x", "y", "weights", "rate"}
    assert report.smallest_case.what == "result weights after the step"
    report = await told(grader, step_drill(), STEP.replace("one -= ", "one += "))
    assert [one.ids for one in report.diagnosis] == [("uphill",)]


async def test_what_is_odd_is_told_in_a_sentence(grader: Grader) -> None:
    report = await told(grader, step_drill(), "def step(layer, x, y, rate):\n    pass")
    assert (report.verdict, report.summary) == (
        Verdict.RUNTIME_ERROR,
        "`step` returned None; it must return the loss.",
    )
    assert report.raised is not None
    assert report.raised.line is None
    report = await told(grader, words_drill(), "def longest(names, k):\n    return names")
    assert report.summary == "`longest` returned str, and must return a list."


@pytest.mark.parametrize(
    ("source", "words", "line"),
    [
        ("def step(layer, x, y):\n    return x", "Your code raised TypeError: step() takes 3 positional arg", None),
        ("def step(layer, x, y, rate):\n    return 1.0", "'float' object has no attribute 'dim'", None),
        ("def step(layer, x, y, rate):\n    return layer(y[0])", "Line 2 raised RuntimeError", 2),
        ("class step:\n    def __init__(self, *given): ...", "'step' object has no attribute 'dim'", None),
        ("def other(): ...", "The file defines no function or class named `step`.", None),
    ],
)
async def test_an_error_keeps_the_learners_line_where_there_is_one(
    grader: Grader, source: str, words: str, line: int | None
) -> None:
    report = await told(grader, step_drill(), source)
    assert report.verdict is Verdict.RUNTIME_ERROR
    assert words in report.summary
    assert report.raised is not None
    assert report.raised.line == line


async def test_a_result_that_the_reference_does_not_give_is_no_answer(grader: Grader) -> None:
    drill = counter_drill()
    more = drill.harness.replace(
        "    return {", "    return {**{str(i): counter.total for i in range(getattr(counter, 'many', 0))}, "
    )
    drill = drill.with_sources(drill.starter, drill.reference, more)
    for many in (1, 80):
        source = COUNTER.replace("self.calls = 0", f"self.calls = 0\n        self.many = {many}")
        report = await told(grader, drill, source)
        assert report.verdict is Verdict.RUNTIME_ERROR
        assert "what came back was not an answer" in report.summary.lower()
