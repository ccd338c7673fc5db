"""The proof of a drill in an author's words: what is unsound as problems with their place, and the kill rate as a line.

The proof itself is made where the drill's code may run, by the judge; here it is only told.
"""

from kdquiz.authoring.check import WrittenDrill
from kdquiz.grading.proof_report import Proof, Unsound
from kdquiz.library.problems import Problem
from kdquiz.library.source import Key


def proof_problems(proof: Proof, written: WrittenDrill) -> list[Problem]:
    """A problem for each thing that makes the drill unsound, at the mistake or equivalent it concerns."""
    return [_problem(unsound, written) for unsound in proof.failures]


def kill_rate(proof: Proof) -> str:
    """One line: what was accepted, what was rejected, in how long."""
    rejected = proof.singles.rejected + proof.pairs.rejected
    total = proof.singles.total + proof.pairs.total
    rate = 100 * rejected / total if total else 100.0
    return (
        f"{proof.drill}: kill rate {rate:.1f} % ({proof.singles} mistakes and {proof.pairs} pairs rejected), "
        f"{proof.accepted} of {proof.to_accept} right programs accepted, {proof.elapsed_ms / 1000:.1f} s"
    )


def _problem(unsound: Unsound, written: WrittenDrill) -> Problem:
    key = _key(unsound, written)
    return Problem(written.tree.place(key), unsound.message, ".".join(map(str, key)))


def _key(unsound: Unsound, written: WrittenDrill) -> Key:
    if unsound.mistakes:
        position = [mistake.id for mistake in written.drill.mistakes].index(unsound.mistakes[0])
        return ("mistakes", position, "id")
    if unsound.equivalent is not None:
        return ("equivalents", unsound.equivalent)
    return ("id",)
