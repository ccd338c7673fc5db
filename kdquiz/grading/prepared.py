"""A drill made ready to be graded: its reference loaded, its plan read, its mistakes as functions.

All that depends on the drill alone and not on a submission; kept between submissions. A drill that cannot be used is a
BrokenDrillError that says what to mend, for its author.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from statistics import median

from kdquiz.grading.behaviour import Behaviour, Function, observe
from kdquiz.grading.cases import DrawnCase
from kdquiz.grading.checks import Tried
from kdquiz.grading.compare import Tolerance, alike
from kdquiz.grading.execution import Case, Execute, Run
from kdquiz.grading.harness import Harness, read_harness
from kdquiz.grading.report import Limits
from kdquiz.grading.trusted import OutOfPatienceError, as_written, in_words, line_of, raising
from kdquiz.library.checks import Planned
from kdquiz.library.drill import Drill, Mistake, Span, patch_spans, patched, splice
from kdquiz.library.faults import BrokenDrillError, Fault
from kdquiz.library.inputs import Inputs
from kdquiz.library.plan import read_plan
from kdquiz.library.problems import Key

Ids = tuple[str, ...]
"""One mistake or several at once, by their ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedDrill:
    """A drill with everything that was read from it. `pairs` are the mistakes whose patches do not overlap."""

    drill: Drill
    reference: Function
    harness: Harness
    inputs: Inputs
    checks: tuple[Planned, ...]
    advice: tuple[Planned, ...]
    mistakes: Mapping[str, Mistake]
    pairs: tuple[Ids, ...]
    noticed_on: dict[str, int] = field(default_factory=dict, repr=False)
    """The number of the case on which the last exam told each mistake from the reference."""
    took: deque[float] = field(default_factory=lambda: deque(maxlen=32), repr=False)
    """How many seconds the reference took for each of the last calls."""
    _compiled: dict[Ids, Function] = field(default_factory=dict, repr=False)

    @property
    def seconds_a_call(self) -> float:
        """How long a call takes; 0 as long as there was none."""
        return median(self.took) if self.took else 0.0

    @property
    def gradients(self) -> tuple[str, ...]:
        """The arguments whose gradients are checked."""
        return tuple(check.object for check in self.checks if check.word == "gradient")

    @property
    def results(self) -> tuple[str, ...]:
        """The results that checks name."""
        return tuple(dict.fromkeys(check.result for check in self.checks if check.result))

    @property
    def as_expected(self) -> tuple[str, ...]:
        """The results that must be as expected."""
        return tuple(check.result for check in self.checks if check.word == "result")

    @property
    def outcomes(self) -> dict[str, float]:
        """The results that must only reach something, each with the most that is asked for."""
        found: dict[str, float] = {}
        for check in self.checks:
            if check.word == "reaches" and check.result not in self.as_expected:
                found[check.result] = max(check.least, found.get(check.result, check.least))
        return found

    def observe(self, function: Function, case: Case) -> Behaviour:
        """What a function of the drill's own does on a case, with what the harness makes of it."""
        return self.harness.assess(observe(function, case), case)

    def alike(self, left: Behaviour, right: Behaviour, tolerance: Tolerance, *, loosely: bool = False) -> bool:
        """Whether nothing that is checked tells the two apart; the scale is that of `left`."""
        return alike(
            left,
            right,
            self.gradients,
            tolerance,
            loosely=loosely,
            results=self.as_expected,
            outcomes=self.outcomes,
        )

    def run(
        self, execute: Execute, source: bytes, drawn: Sequence[DrawnCase], expected: Sequence[Behaviour], limits: Limits
    ) -> Run:
        """The run of a submission on these cases; an answer may bring the results that the reference has brought, but
        none that are made of them."""
        cases = [replace(one.case, results=right.performed) for one, right in zip(drawn, expected, strict=True)]
        if not self.harness.performs:
            return execute(source, self.drill.entry, cases, limits)
        return execute(source, self.drill.entry, cases, limits, self.harness.for_runner)

    def tried(self, drawn: DrawnCase, expected: Behaviour, seen: Behaviour) -> Tried:
        """What was seen on a case, for the checks to look at."""
        may_change = all(check.word != "unchanged" for check in self.checks)
        return Tried(drawn, expected, seen, self.gradients, may_change, self.as_expected)

    def patched(self, ids: Ids) -> str:
        """The source of the reference with these mistakes in it."""
        return patched(self.drill.reference, *(self.mistakes[one] for one in ids))

    def with_mistakes(self, ids: Ids) -> Function:
        """The reference with these mistakes in it, compiled once."""
        if ids not in self._compiled:
            try:
                self._compiled[ids] = self.harness.performing(as_written(self.patched(ids), self.drill.entry))
            except Exception as error:  # each mistake by itself is sound, and two together may be no Python
                self._compiled[ids] = raising(error)
        return self._compiled[ids]

    def key_of(self, mistake: str) -> Key:
        """Where the id of a mistake stands in `drill.yaml`."""
        return ("mistakes", list(self.mistakes).index(mistake), "id")


def prepare(drill: Drill) -> PreparedDrill:
    """Read a drill and load its code. Raises BrokenDrillError with all that an author has to mend."""
    plan = read_plan(drill)
    harness = read_harness(drill, plan.harness)
    try:
        reference = harness.performing(as_written(drill.reference, drill.entry))
    except (Exception, OutOfPatienceError) as error:
        message = f"when it is loaded, the reference {in_words(error)}"
        fault = Fault(message=message, file="reference.py", line=line_of(error, drill))
        raise BrokenDrillError([fault]) from error
    compiled, faults = _mistakes_loaded(drill, harness)
    if faults:
        raise BrokenDrillError(faults)
    return PreparedDrill(
        drill=drill,
        reference=reference,
        harness=harness,
        inputs=plan.inputs,
        checks=plan.checks,
        advice=plan.advice,
        mistakes={mistake.id: mistake for mistake in drill.mistakes},
        pairs=_pairs(drill),
        _compiled=compiled,
    )


def _mistakes_loaded(drill: Drill, harness: Harness) -> tuple[dict[Ids, Function], list[Fault]]:
    """The reference with each mistake by itself, and those that cannot be loaded."""
    compiled: dict[Ids, Function] = {}
    faults: list[Fault] = []
    for number, mistake in enumerate(drill.mistakes):
        try:
            written = as_written(patched(drill.reference, mistake), drill.entry)
            compiled[(mistake.id,)] = harness.performing(written)
        except (Exception, OutOfPatienceError) as error:
            message = f"when it is loaded, the reference with the mistake '{mistake.id}' {in_words(error)}"
            faults.append(Fault(message=message, key=("mistakes", number, "id")))
    return compiled, faults


def _pairs(drill: Drill) -> tuple[Ids, ...]:
    spans = {mistake.id: patch_spans(drill.reference, mistake) for mistake in drill.mistakes}
    return tuple(pair for pair in combinations(spans, 2) if _fit_together(drill.reference, spans, pair))


def _fit_together(reference: str, spans: Mapping[str, list[Span]], pair: tuple[str, str]) -> bool:
    try:
        splice(reference, spans[pair[0]] + spans[pair[1]])
    except ValueError:
        return False
    return True
