"""Which mistakes make the reference behave exactly as the submission does? torch.

Every mistake is a patch, so every explanation can be tried: first each mistake alone, then each pair whose patches do
not overlap. An explanation holds when no output, gradient, shape, dtype, NaN or exception on any case tells it from the
submission. The simplest is named; where several fit equally, all of them are.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kdquiz.grading.behaviour import Behaviour
from kdquiz.grading.compare import tolerance_for
from kdquiz.grading.exam import Exam
from kdquiz.grading.prepared import Ids, PreparedDrill
from kdquiz.grading.report import Change, Diagnosis
from kdquiz.grading.screen import not_dismissed
from kdquiz.library.drill import Mistake, Span, patch_spans, splice


@dataclass(frozen=True, slots=True)
class _Look:
    """How closely one looks. `loosely`: one NaN is as good as another. `ordinary`: at the benign cases alone."""

    loosely: bool = False
    ordinary: bool = False


PAIRS_SECONDS = 5.0

_EXACTLY, _LOOSELY, _ORDINARY = _Look(), _Look(loosely=True), _Look(ordinary=True)


def diagnose(prepared: PreparedDrill, exam: Exam, seen: Sequence[Behaviour]) -> tuple[Diagnosis, ...]:
    """The explanations of a submission's behaviour on the first `len(seen)` cases; none where nothing fits.

    Everything counts as evidence at first. Where that leaves no explanation, the ordinary cases alone are looked at, if
    those are wrong: how wrong code fails on an edge says little about it.
    """
    witness = _Witness(prepared, exam, seen)
    singles: list[Ids] = [(one,) for one in prepared.mistakes]
    possible: list[Sequence[Ids]] = []
    # A learner waits for this: what a pair would add is not worth seconds.
    affordable = prepared.seconds_a_call * len(prepared.pairs) < PAIRS_SECONDS
    for candidates in (singles, prepared.pairs if affordable else ()):
        possible.append(not_dismissed(prepared, exam, seen, candidates))
        for look in (_EXACTLY, _LOOSELY):
            if found := [ids for ids in possible[-1] if witness.fits(ids, look)]:
                return _explained(prepared, found)
    if not witness.fits_reference(_ORDINARY):
        for some in possible:
            if found := [ids for ids in some if witness.fits(ids, _ORDINARY)]:
                return _explained(prepared, found)
    return ()


def _explained(prepared: PreparedDrill, found: Iterable[Ids]) -> tuple[Diagnosis, ...]:
    return tuple(explain(prepared, ids) for ids in found)


class _Witness:
    """What was seen, and a memory of what the candidates did on the cases they were tried on."""

    def __init__(self, prepared: PreparedDrill, exam: Exam, seen: Sequence[Behaviour]) -> None:
        self._prepared, self._exam, self._seen = prepared, exam, seen
        self._tried: dict[tuple[Ids, int], Behaviour] = {}
        self._order = list(range(min(len(exam.cases), len(seen))))

    def fits(self, ids: Ids, look: _Look) -> bool:
        """Whether the reference with these mistakes did what was seen; stops at the first case that says no."""
        return self._all_alike(look, lambda index: self._candidate(ids, index))

    def fits_reference(self, look: _Look) -> bool:
        """Whether what was seen is right."""
        return self._all_alike(look, lambda index: self._exam.expected[index])

    def _all_alike(self, look: _Look, other: Callable[[int], Behaviour]) -> bool:
        for index in self._order:
            drawn = self._exam.cases[index]
            if look.ordinary and drawn.kind != "benign":
                continue
            tolerance = tolerance_for(drawn.dtype)
            if not self._prepared.alike(other(index), self._seen[index], tolerance, loosely=look.loosely):
                self._order.remove(index)
                self._order.insert(0, index)  # a case that spoke against one speaks against many
                return False
        return True

    def _candidate(self, ids: Ids, index: int) -> Behaviour:
        known = self._tried.get((ids, index))
        if known is None:
            known = self._tried[ids, index] = self._exam.behaviour(self._prepared, ids, index)
        return known


def explain(prepared: PreparedDrill, ids: Ids) -> Diagnosis:
    """These mistakes with their sentences, their cards, and the lines of the reference that they change."""
    mistakes = [prepared.mistakes[one] for one in ids]
    return Diagnosis(
        ids=ids,
        because=tuple(mistake.because.strip() for mistake in mistakes),
        cards=_distinct(mistake.card for mistake in mistakes),
        changes=_changes(prepared.drill.reference, mistakes),
    )


def _distinct(words: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _changes(reference: str, mistakes: Sequence[Mistake]) -> tuple[Change, ...]:
    """Each line that differs once all the mistakes are in, with the line it becomes.

    A patch that puts in or takes out whole lines counts as a change of the line where it begins.
    """
    spans = sorted(span for mistake in mistakes for span in patch_spans(reference, mistake))
    changes = []
    for first, last, inside in _blocks(reference, spans):
        start, end = _line_start(reference, first), _line_end(reference, last)
        before = reference[start:end].split("\n")
        after = splice(reference[start:end], [(a - start, b - start, put) for a, b, put in inside]).split("\n")
        number = reference.count("\n", 0, start) + 1
        if len(before) != len(after):
            changes.append(_change(number, before, after))
            continue
        for offset, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                changes.append(_change(number + offset, [old], [new]))
    return tuple(changes)


def _change(number: int, before: Sequence[str], after: Sequence[str]) -> Change:
    """Without the margin that all the lines have; how they stand to each other is part of the change."""
    margin = min((len(line) - len(line.lstrip()) for line in (*before, *after) if line.strip()), default=0)
    old, new = ("\n".join(line[margin:].rstrip() for line in lines) for lines in (before, after))
    return Change(line=number, reference=old, changed=new)


def _blocks(reference: str, spans: Sequence[Span]) -> list[tuple[int, int, list[Span]]]:
    """The spans, those that share a line together: (where the first begins, where the last ends, the spans)."""
    blocks: list[tuple[int, int, list[Span]]] = []
    for span in spans:
        if blocks and _line_start(reference, span[0]) <= _line_end(reference, blocks[-1][1]):
            start, _, inside = blocks[-1]
            blocks[-1] = (start, span[1], [*inside, span])
        else:
            blocks.append((span[0], span[1], [span]))
    return blocks


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end
