"""The proof of a drill in an author's words: what is unsound as problems with their place, and the kill rate as a line.

The proof itself is made where the drill's code may run, by the judge; here it is only told.
"""

from kdquiz.authoring.check import WrittenDrill
from kdquiz.errors import GradingError
from kdquiz.grading.proof_report import Proof, Rejected
from kdquiz.library.faults import Fault
from kdquiz.library.functions import line_of_entry
from kdquiz.library.problems import Problem
from kdquiz.library.read import problem_of


def proof_problems(proof: Proof, written: WrittenDrill) -> list[Problem]:
    """A problem for each thing that makes the drill unsound, at the place that it concerns."""
    return [problem_of(fault, written.tree) for fault in proof.faults]


def no_proof(error: GradingError, written: WrittenDrill) -> Problem:
    """The problem of a drill whose proof came to no end."""
    first, *_ = error.message.splitlines()
    drill = written.drill
    fault = Fault(
        message=f"the drill cannot be proved: {first}",
        hint="The reference may do that, or inputs that are too large; if neither, see `kdquiz doctor`.",
        file="reference.py",
        line=line_of_entry(drill.reference, drill.entry),
    )
    return problem_of(fault, written.tree)


def kill_rate(proof: Proof) -> str:
    """One line: what was accepted, what was rejected, in how long."""
    if not proof.to_accept:
        return f"{proof.drill}: not proved, since it cannot be used as it is"
    rejected = proof.singles.rejected + proof.pairs.rejected
    rate = 100 * Rejected(rejected=rejected, total=proof.singles.total + proof.pairs.total).rate
    drawn = "" if proof.pairs.total == proof.pairs_listed else f", drawn from {proof.pairs_listed}"
    return (
        f"{proof.drill}: kill rate {rate:.1f} % ({proof.singles} mistakes and {proof.pairs} pairs rejected{drawn}), "
        f"{proof.accepted} of {proof.to_accept} right programs accepted, {proof.elapsed_ms / 1000:.1f} s"
    )
