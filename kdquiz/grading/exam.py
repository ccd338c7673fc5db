"""An exam: the cases that one submission is given, with what is expected on each. torch.

Cases are drawn anew until every listed mistake would be noticed in at least one of them: a single unlucky draw can make
a wrong reduction look right. Expected values are computed in float64 whatever the case's dtype; only the dtype of the
result is taken from the reference at work in the case's own dtype. The same seed always gives the same exam.
"""

import os
import time
import warnings
from dataclasses import dataclass, field, replace
from itertools import islice

import torch

from kdquiz.errors import did_you_mean
from kdquiz.grading.behaviour import Behaviour, copied, looked_at, with_dtype
from kdquiz.grading.cases import DrawnCase, draw_benign, draw_edge, edge_name, in_dtype
from kdquiz.grading.compare import CLEARLY, Tolerance, tolerance_for
from kdquiz.grading.execution import Argument, Case
from kdquiz.grading.prepared import Ids, PreparedDrill
from kdquiz.grading.trusted import OutOfPatienceError, Patience, in_words, place_of
from kdquiz.library.faults import BrokenDrillError, Fault, File
from kdquiz.library.functions import line_of_entry

MOST_DRAWS = 40
REDRAW_SECONDS = 20.0
"""For so long inputs are drawn again; a drill of milliseconds comes to MOST_DRAWS long before."""


@dataclass(frozen=True, slots=True)
class Exam:
    """The cases in the order in which they are tried, and the expected behaviour on each."""

    seed: int
    cases: tuple[DrawnCase, ...]
    expected: tuple[Behaviour, ...]
    known: dict[tuple[Ids, int], Behaviour] = field(default_factory=dict, compare=False, repr=False)
    """What mistakes did on cases, kept where a harness performs: one call may cost much there."""

    def behaviour(self, prepared: PreparedDrill, ids: Ids, index: int) -> Behaviour:
        """What the reference with these mistakes does on a case. Raises OutOfPatienceError."""
        found = self.known.get((ids, index))
        if found is None:
            found = prepared.observe(prepared.with_mistakes(ids), self.cases[index].case)
            if prepared.harness.performs:
                self.known[ids, index] = found
        return found


def fresh_seed() -> int:
    """A seed that nobody can guess, short enough to be typed."""
    return int.from_bytes(os.urandom(4), "big")


def set_exam(prepared: PreparedDrill, seed: int) -> Exam:
    """Draw the exam of a seed.

    Raises BrokenDrillError where no draw tells a listed mistake from the reference; and where the reference itself
    raises, returns NaN or no tensor, or does not hold on an edge. OutOfPatienceError where its code does not end.
    """
    generator = torch.Generator().manual_seed(seed)
    never, draws = set(prepared.mistakes), 0
    hidden: list[str] = []
    started = time.monotonic()
    while draws < MOST_DRAWS and not (hidden and time.monotonic() - started > REDRAW_SECONDS):
        draws += 1
        exam = _draw(prepared, seed, generator)
        hidden = _hidden_in(prepared, exam, first=hidden)
        if not hidden:
            return exam
        never &= set(hidden)
    how_often = "never" if never else "too seldom"
    raise BrokenDrillError([_hidden(prepared, one, how_often, draws) for one in hidden if not never or one in never])


def _hidden_in(prepared: PreparedDrill, exam: Exam, first: list[str]) -> list[str]:
    """The mistakes that no case tells from the reference. Where a harness performs, one call may cost much: one mistake
    is enough there, and those that were hidden before come `first`."""
    order = (
        sorted(prepared.mistakes, key=lambda one: one not in first) if prepared.harness.performs else prepared.mistakes
    )
    hidden = (one for one in order if not _noticed(prepared, one, exam))
    return list(islice(hidden, 1 if prepared.harness.performs else None))


def _hidden(prepared: PreparedDrill, mistake: str, how_often: str, draws: int) -> Fault:
    message = (
        f"in {draws} draws of the inputs, the mistake '{mistake}' {how_often} differed from the reference by more "
        f"than {CLEARLY.relative:.0%}, in value or in a checked gradient"
        f"{' or result' if prepared.results else ''}"
    )
    return Fault(message=message, key=prepared.key_of(mistake))


def _draw(prepared: PreparedDrill, seed: int, generator: torch.Generator) -> Exam:
    drill, arrange = prepared.drill, prepared.harness.arrange
    benign = draw_benign(prepared.inputs, generator, count=drill.cases, arrange=arrange)
    drawn = [(one, expect(prepared, one)) for one in benign]
    drawn += [_draw_edge(prepared, number, generator) for number in range(len(drill.edges))]
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
        drawn = draw_edge(prepared.inputs, edge, generator, arrange=prepared.harness.arrange)
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
        started = time.perf_counter()
        expected = prepared.observe(prepared.reference, case)
        prepared.took.append(time.perf_counter() - started)
        with Patience():
            failed = expected.exception()
        if expected.output is None or failed:
            raise BrokenDrillError([_failure(prepared, drawn, case, failed)])
        if bool(torch.isnan(expected.output).any()):
            raise BrokenDrillError([_fault_on(prepared, drawn, "returns NaN")])
        _must_have_results(prepared, drawn, case, expected)
        if drawn.dtype != torch.float64:
            own = prepared.observe(prepared.reference, drawn.case)
            if own.output is None:
                raise BrokenDrillError([_failure(prepared, drawn, drawn.case, own.raised)])
            expected.dtype = own.dtype
            expected.dtypes |= {name: dtype for name, dtype in own.dtypes.items() if name in expected.dtypes}
    except OutOfPatienceError as error:
        fault = _fault_on(prepared, drawn, in_words(error), error)
        raise OutOfPatienceError(fault) from error
    return expected


def _must_have_results(prepared: PreparedDrill, drawn: DrawnCase, case: Case, expected: Behaviour) -> None:
    """Raises BrokenDrillError where a result that a check names is not there, or no number."""
    prepared.harness.must_assess(expected, case)
    there = ", ".join(f"'{one}'" for one in expected.results) or "none"
    absent = [
        Fault(
            message=f"on the case '{drawn.case.name}' there is no result '{check.result}' (results here: {there})",
            hint=did_you_mean(check.result, expected.results),
            key=("checks", number),
        )
        for number, check in enumerate(prepared.checks)
        if check.result and check.result not in expected.results
    ]
    if absent:
        raise BrokenDrillError(absent)
    for name in prepared.results:
        found = expected.results[name]
        if name in prepared.outcomes and found.numel() != 1:
            message = f"'{name}' must be one number to be reached, and has {found.numel()} entries"
            at = "assess" if name in expected.made else "perform"
            raise prepared.harness.broken(message, at=at)
        if found.is_floating_point() and bool(torch.isnan(found).any()):
            raise BrokenDrillError([_fault_on(prepared, drawn, f"gives NaN as '{name}'")])
    of_value = next((one.name for one in prepared.checks if one.word in ("value", "gradient")), "")
    if of_value and prepared.harness.performs and expected.output is not None and not expected.output.numel():
        message = f"the drill checks '{of_value}', and `perform` gives no 'value'"
        raise BrokenDrillError([Fault(message=message, file="harness.py")])


def _failure(prepared: PreparedDrill, drawn: DrawnCase, case: Case, failed: str) -> Fault:
    """How the reference fails. It is called once more for that: a behaviour keeps no more than an exception's name."""
    arguments = copied(case)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            output, results = looked_at(prepared.reference(*arguments.values))
            if not isinstance(output, torch.Tensor):
                return _fault_on(prepared, drawn, f"returns {type(output).__name__}, not a tensor", performed=True)
            for name, one in results.items():
                if not isinstance(one, torch.Tensor):
                    does = f"gives {type(one).__name__} as '{name}', not a tensor"
                    return _fault_on(prepared, drawn, does, performed=True)
            output.sum().backward()  # type: ignore[no-untyped-call]
    except Exception as error:
        return _fault_on(prepared, drawn, in_words(error), error)
    return _fault_on(prepared, drawn, f"fails now and then: {failed}")


def _fault_on(
    prepared: PreparedDrill,
    drawn: DrawnCase,
    does: str,
    error: BaseException | None = None,
    *,
    performed: bool = False,
) -> Fault:
    """What goes wrong on a case: in the reference, where the error was raised, or, `performed`, in what is given back
    by the harness, if there is one."""
    where = f" ({drawn.where()})" if drawn.where() else ""
    drill = prepared.drill
    file: File = "reference.py"
    line = line_of_entry(drill.reference, drill.entry)
    if error is not None:
        file, line = place_of(error, drill)
    elif performed and prepared.harness.performs:
        file, line = "harness.py", line_of_entry(drill.harness, "perform")
    message = f"on the case '{drawn.case.name}'{where} the {file.removesuffix('.py')} {does}"
    return Fault(message=message, file=file, line=line)


def _well_posed(prepared: PreparedDrill, drawn: DrawnCase, expected: Behaviour, generator: torch.Generator) -> bool:
    allowed = tolerance_for(drawn.dtype)
    quarter = Tolerance(allowed.relative / 4, allowed.floor)
    if not prepared.alike(expected, prepared.observe(prepared.reference, drawn.case), quarter):
        return False
    for _ in range(2):
        nudged = prepared.observe(prepared.reference, _nudged(drawn, generator))
        nudged.dtype = expected.dtype
        nudged.dtypes |= {name: dtype for name, dtype in expected.dtypes.items() if name in nudged.dtypes}
        if not prepared.alike(expected, nudged, quarter):
            return False
    return True


def _nudged(drawn: DrawnCase, generator: torch.Generator) -> Case:
    """The case in float64, each floating-point entry moved by the rounding of the case's dtype, up or down."""
    step = torch.finfo(drawn.dtype).eps
    arguments = []
    case = with_dtype(drawn.case, torch.float64)
    for one in case.arguments:
        value = one.value
        if isinstance(value, torch.Tensor) and value.is_floating_point():
            signs = torch.randint(0, 2, value.shape, generator=generator).to(value.dtype) * 2 - 1
            value = value * (1 + step * signs)
        arguments.append(Argument(name=one.name, value=value, grad=one.grad))
    return replace(case, arguments=tuple(arguments))


def _noticed(prepared: PreparedDrill, mistake: str, exam: Exam) -> bool:
    """Whether some case tells the mistake clearly from the reference; stops at the first that does.

    The case that told it in the last exam comes first: one mistake shows in every value, another on an edge alone.
    """
    first = prepared.noticed_on.get(mistake, 0)
    try:
        for index in sorted(range(len(exam.cases)), key=lambda index: index != first):
            seen = exam.behaviour(prepared, (mistake,), index)
            if not prepared.alike(exam.expected[index], seen, CLEARLY):
                prepared.noticed_on[mistake] = index
                return True
        return False
    except OutOfPatienceError as error:
        message = f"with the mistake '{mistake}' the reference {in_words(error)}"
        raise OutOfPatienceError(Fault(message=message, key=prepared.key_of(mistake))) from error
