"""An exam: the cases that one submission is given, with what is expected on each. torch.

Cases are drawn anew until every listed mistake would be noticed in at least one of them: a single unlucky draw can make
a wrong reduction look right. Expected values are computed in float64 whatever the case's dtype; only the dtype of the
result is taken from the reference at work in the case's own dtype. The same seed always gives the same exam.
"""

import os
import warnings
from dataclasses import dataclass

import torch

from kdquiz.grading.behaviour import Behaviour, copied, observe, with_dtype
from kdquiz.grading.cases import DrawnCase, draw_benign, draw_edge, edge_name, in_dtype
from kdquiz.grading.compare import CLEARLY, Tolerance, alike, tolerance_for
from kdquiz.grading.execution import Argument, Case
from kdquiz.grading.prepared import PreparedDrill
from kdquiz.grading.trusted import OutOfPatienceError, Patience, in_words, line_of
from kdquiz.library.faults import BrokenDrillError, Fault
from kdquiz.library.functions import line_of_entry

MOST_DRAWS = 40


@dataclass(frozen=True, slots=True)
class Exam:
    """The cases in the order in which they are tried, and the expected behaviour on each."""

    seed: int
    cases: tuple[DrawnCase, ...]
    expected: tuple[Behaviour, ...]


def fresh_seed() -> int:
    """A seed that nobody can guess, short enough to be typed."""
    return int.from_bytes(os.urandom(4), "big")


def set_exam(prepared: PreparedDrill, seed: int) -> Exam:
    """Draw the exam of a seed.

    Raises BrokenDrillError where no draw tells a listed mistake from the reference; and where the reference itself
    raises, returns NaN or no tensor, or does not hold on an edge. OutOfPatienceError where its code does not end.
    """
    generator = torch.Generator().manual_seed(seed)
    never = set(prepared.mistakes)
    for _ in range(MOST_DRAWS):
        exam = _draw(prepared, seed, generator)
        hidden = [one for one in prepared.mistakes if not _noticed(prepared, one, exam)]
        if not hidden:
            return exam
        never &= set(hidden)
    raise BrokenDrillError(
        [_hidden(prepared, one, "never" if never else "too seldom") for one in hidden if not never or one in never]
    )


def _hidden(prepared: PreparedDrill, mistake: str, how_often: str) -> Fault:
    message = (
        f"in {MOST_DRAWS} draws of the inputs, the mistake '{mistake}' {how_often} differed from the reference by more "
        f"than {CLEARLY.relative:.0%}, in value or in a checked gradient"
    )
    return Fault(message=message, key=prepared.key_of(mistake))


def _draw(prepared: PreparedDrill, seed: int, generator: torch.Generator) -> Exam:
    benign = draw_benign(prepared.inputs, generator)
    drawn = [(one, expect(prepared, one)) for one in benign]
    drawn += [_draw_edge(prepared, number, generator) for number in range(len(prepared.drill.edges))]
    for check in prepared.checks:
        if check.kind.concerns == "dtype":
            one = in_dtype(benign[0], check.object)
            drawn.append((one, expect(prepared, one)))
    return Exam(seed, tuple(case for case, _ in drawn), tuple(expected for _, expected in drawn))


def _draw_edge(prepared: PreparedDrill, number: int, generator: torch.Generator) -> tuple[DrawnCase, Behaviour]:
    """A case of an edge on which rounding the inputs would not change the answer: with any other, a right function that
    computes in another order would be called wrong."""
    edge = prepared.drill.edges[number]
    for _ in range(MOST_DRAWS):
        drawn = draw_edge(prepared.inputs, edge, generator)
        expected = expect(prepared, drawn)
        if _well_posed(prepared, drawn, expected, generator):
            return drawn, expected
    message = f"on the edge '{edge_name(edge)}' the reference does not keep its own tolerance in {MOST_DRAWS} draws"
    raise BrokenDrillError([Fault(message=message, key=("edges", number))])


def expect(prepared: PreparedDrill, drawn: DrawnCase) -> Behaviour:
    """What is right on a case. Raises BrokenDrillError where the reference gives nothing to compare with,
    OutOfPatienceError where it does not come to an end."""
    case = with_dtype(drawn.case, torch.float64)
    try:
        expected = observe(prepared.reference, case)
        with Patience():
            failed = expected.exception()
        if expected.output is None or failed:
            raise BrokenDrillError([_failure(prepared, drawn, case, failed)])
        if bool(torch.isnan(expected.output).any()):
            raise BrokenDrillError([_fault_on(prepared, drawn, "returns NaN")])
        if drawn.dtype != torch.float64:
            own = observe(prepared.reference, drawn.case)
            if own.output is None:
                raise BrokenDrillError([_failure(prepared, drawn, drawn.case, own.raised)])
            expected.dtype = own.dtype
    except OutOfPatienceError as error:
        fault = _fault_on(prepared, drawn, in_words(error), line_of(error, prepared.drill))
        raise OutOfPatienceError(fault) from error
    return expected


def _failure(prepared: PreparedDrill, drawn: DrawnCase, case: Case, failed: str) -> Fault:
    """How the reference fails. It is called once more for that: a behaviour keeps no more than an exception's name."""
    arguments = copied(case)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            output = prepared.reference(*arguments.values)
            if not isinstance(output, torch.Tensor):
                return _fault_on(prepared, drawn, f"returns {type(output).__name__}, not a tensor")
            output.sum().backward()  # type: ignore[no-untyped-call]
    except Exception as error:
        return _fault_on(prepared, drawn, in_words(error), line_of(error, prepared.drill))
    return _fault_on(prepared, drawn, f"fails now and then: {failed}")


def _fault_on(prepared: PreparedDrill, drawn: DrawnCase, does: str, line: int | None = None) -> Fault:
    where = f" ({drawn.where()})" if drawn.where() else ""
    own = line_of_entry(prepared.drill.reference, prepared.drill.entry)
    message = f"on the case '{drawn.case.name}'{where} the reference {does}"
    return Fault(message=message, file="reference.py", line=line or own)


def _well_posed(prepared: PreparedDrill, drawn: DrawnCase, expected: Behaviour, generator: torch.Generator) -> bool:
    allowed = tolerance_for(drawn.dtype)
    quarter = Tolerance(allowed.relative / 4, allowed.floor)
    gradients = prepared.gradients
    if not alike(expected, observe(prepared.reference, drawn.case), gradients, quarter):
        return False
    for _ in range(2):
        nudged = observe(prepared.reference, _nudged(drawn, generator))
        nudged.dtype = expected.dtype
        if not alike(expected, nudged, gradients, quarter):
            return False
    return True


def _nudged(drawn: DrawnCase, generator: torch.Generator) -> Case:
    """The case in float64, each floating-point entry moved by the rounding of the case's dtype, up or down."""
    step = torch.finfo(drawn.dtype).eps
    arguments = []
    for one in with_dtype(drawn.case, torch.float64).arguments:
        value = one.value
        if isinstance(value, torch.Tensor) and value.is_floating_point():
            signs = torch.randint(0, 2, value.shape, generator=generator).to(value.dtype) * 2 - 1
            value = value * (1 + step * signs)
        arguments.append(Argument(name=one.name, value=value, grad=one.grad))
    return Case(name=drawn.case.name, arguments=tuple(arguments))


def _noticed(prepared: PreparedDrill, mistake: str, exam: Exam) -> bool:
    """Whether some case tells the mistake clearly from the reference; stops at the first that does.

    The case that told it in the last exam comes first: one mistake shows in every value, another on an edge alone.
    """
    function = prepared.with_mistakes((mistake,))
    first = prepared.noticed_on.get(mistake, 0)
    try:
        for index in sorted(range(len(exam.cases)), key=lambda index: index != first):
            seen = observe(function, exam.cases[index].case)
            if not alike(exam.expected[index], seen, prepared.gradients, CLEARLY):
                prepared.noticed_on[mistake] = index
                return True
        return False
    except OutOfPatienceError as error:
        message = f"with the mistake '{mistake}' the reference {in_words(error)}"
        raise OutOfPatienceError(Fault(message=message, key=prepared.key_of(mistake))) from error
