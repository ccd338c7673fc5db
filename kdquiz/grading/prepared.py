"""A drill made ready to be graded: its reference compiled, its inputs and checks read, its mistakes as functions.

All that depends on the drill alone and not on a submission; kept between submissions. A drill that cannot be used is a
ValueError that says what to mend, for its author.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

from kdquiz.grading.behaviour import Function, compile_function, parameters
from kdquiz.grading.checks import Planned, read_check
from kdquiz.grading.inputs import Inputs, check_edge, read_inputs
from kdquiz.library.drill import Drill, Mistake, Span, patch_spans, patched, splice

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
    _compiled: dict[Ids, Function] = field(default_factory=dict, repr=False)

    @property
    def gradients(self) -> tuple[str, ...]:
        """The arguments whose gradients are checked."""
        return tuple(check.object for check in self.checks if check.word == "gradient")

    def patched(self, ids: Ids) -> str:
        """The source of the reference with these mistakes in it."""
        return patched(self.drill.reference, *(self.mistakes[one] for one in ids))

    def with_mistakes(self, ids: Ids) -> Function:
        """The reference with these mistakes in it, compiled once."""
        if ids not in self._compiled:
            self._compiled[ids] = compile_function(self.patched(ids), self.drill.entry)
        return self._compiled[ids]


def prepare(drill: Drill) -> PreparedDrill:
    """Read a drill. Raises ValueError where an author has to mend it, with what it is about in front."""
    try:
        reference = compile_function(drill.reference, drill.entry)
    except SyntaxError as error:
        raise ValueError(f"the reference is not Python: {error}") from error
    inputs = read_inputs(drill.inputs, parameters(reference))
    for edge in drill.edges:
        check_edge(inputs, edge)
    checks = tuple(read_check(name, inputs) for name in drill.checks)
    if any(check.kind.concerns == "stable" for check in checks) and not any("scale" in edge for edge in drill.edges):
        raise ValueError("the check 'stable' looks at the edges with `scale`, and there is none")
    prepared = PreparedDrill(
        drill=drill,
        reference=reference,
        inputs=inputs,
        checks=checks,
        advice=tuple(read_check(name, inputs) for name in drill.advice),
        mistakes={mistake.id: mistake for mistake in drill.mistakes},
        pairs=_pairs(drill),
    )
    for mistake in drill.mistakes:
        _compile_mistake(prepared, mistake)
    return prepared


def _compile_mistake(prepared: PreparedDrill, mistake: Mistake) -> None:
    try:
        prepared.with_mistakes((mistake.id,))
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"the mistake '{mistake.id}' cannot be applied: {error}") from error


def _pairs(drill: Drill) -> tuple[Ids, ...]:
    spans = {}
    for mistake in drill.mistakes:
        try:
            spans[mistake.id] = patch_spans(drill.reference, mistake)
        except ValueError as error:
            raise ValueError(f"the mistake '{mistake.id}' cannot be applied: {error}") from error
    return tuple(pair for pair in combinations(spans, 2) if _fit_together(drill.reference, spans, pair))


def _fit_together(reference: str, spans: Mapping[str, list[Span]], pair: tuple[str, str]) -> bool:
    try:
        splice(reference, spans[pair[0]] + spans[pair[1]])
    except ValueError:
        return False
    return True
