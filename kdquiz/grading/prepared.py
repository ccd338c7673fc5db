"""A drill made ready to be graded: its reference loaded, its plan read, its mistakes as functions.

All that depends on the drill alone and not on a submission; kept between submissions. A drill that cannot be used is a
BrokenDrillError that says what to mend, for its author.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

from kdquiz.grading.behaviour import Behaviour, Function
from kdquiz.grading.cases import DrawnCase
from kdquiz.grading.checks import Tried
from kdquiz.grading.trusted import OutOfPatienceError, in_words, line_of, load, raising
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
    inputs: Inputs
    checks: tuple[Planned, ...]
    advice: tuple[Planned, ...]
    mistakes: Mapping[str, Mistake]
    pairs: tuple[Ids, ...]
    noticed_on: dict[str, int] = field(default_factory=dict, repr=False)
    """The number of the case on which the last exam told each mistake from the reference."""
    _compiled: dict[Ids, Function] = field(default_factory=dict, repr=False)

    @property
    def gradients(self) -> tuple[str, ...]:
        """The arguments whose gradients are checked."""
        return tuple(check.object for check in self.checks if check.word == "gradient")

    def tried(self, drawn: DrawnCase, expected: Behaviour, seen: Behaviour) -> Tried:
        """What was seen on a case, for the checks to look at."""
        may_change = all(check.word != "unchanged" for check in self.checks)
        return Tried(drawn, expected, seen, self.gradients, may_change)

    def patched(self, ids: Ids) -> str:
        """The source of the reference with these mistakes in it."""
        return patched(self.drill.reference, *(self.mistakes[one] for one in ids))

    def with_mistakes(self, ids: Ids) -> Function:
        """The reference with these mistakes in it, compiled once."""
        if ids not in self._compiled:
            try:
                self._compiled[ids] = load(self.patched(ids), self.drill.entry)
            except Exception as error:  # each mistake by itself is sound, and two together may be no Python
                self._compiled[ids] = raising(error)
        return self._compiled[ids]

    def key_of(self, mistake: str) -> Key:
        """Where the id of a mistake stands in `drill.yaml`."""
        return ("mistakes", list(self.mistakes).index(mistake), "id")


def prepare(drill: Drill) -> PreparedDrill:
    """Read a drill and load its code. Raises BrokenDrillError with all that an author has to mend."""
    plan = read_plan(drill)
    try:
        reference = load(drill.reference, drill.entry)
    except (Exception, OutOfPatienceError) as error:
        message = f"when it is loaded, the reference {in_words(error)}"
        fault = Fault(message=message, file="reference.py", line=line_of(error, drill))
        raise BrokenDrillError([fault]) from error
    compiled, faults = _mistakes_loaded(drill)
    if faults:
        raise BrokenDrillError(faults)
    return PreparedDrill(
        drill=drill,
        reference=reference,
        inputs=plan.inputs,
        checks=plan.checks,
        advice=plan.advice,
        mistakes={mistake.id: mistake for mistake in drill.mistakes},
        pairs=_pairs(drill),
        _compiled=compiled,
    )


def _mistakes_loaded(drill: Drill) -> tuple[dict[Ids, Function], list[Fault]]:
    """The reference with each mistake by itself, and those that cannot be loaded."""
    compiled: dict[Ids, Function] = {}
    faults: list[Fault] = []
    for number, mistake in enumerate(drill.mistakes):
        try:
            compiled[(mistake.id,)] = load(patched(drill.reference, mistake), drill.entry)
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
