"""The proof of a drill in an author's words: what is unsound as problems with their place, and the kill rate as a line.

The proof itself is made where the drill's code may run, by the judge; here it is only told.
"""

import re
from collections.abc import Iterator, Sequence

from kdquiz.authoring.check import WrittenDrill
from kdquiz.errors import GradingError
from kdquiz.grading.proof_report import Proof, Rejected, Unsound
from kdquiz.library.drill import Drill
from kdquiz.library.model import Place
from kdquiz.library.problems import Problem
from kdquiz.library.source import Key, Tree, dotted

_QUOTED = re.compile(r"'([^']+)'")
_OF_A_FILE = {"the starter ": "starter.py", "the reference ": "reference.py"}
_DRAWN_FROM = ("inputs", "checks", "advice", "edges")


def proof_problems(proof: Proof, written: WrittenDrill) -> list[Problem]:
    """A problem for each thing that makes the drill unsound, at the place that it concerns."""
    return [_problem(unsound, written) for unsound in proof.failures]


def no_proof(error: GradingError, written: WrittenDrill) -> Problem:
    """The problem of a drill whose proof came to no end."""
    place = Place(written.tree.path.with_name("reference.py"))
    first, *_ = error.message.splitlines()
    hint = "The drill's own code may do that, or inputs that are too large; if neither, see `kdquiz doctor`."
    return Problem(place, f"the drill cannot be proved: {first}", hint=hint)


def kill_rate(proof: Proof) -> str:
    """One line: what was accepted, what was rejected, in how long."""
    if not proof.to_accept:
        return f"{proof.drill}: not proved, since it cannot be used as it is"
    rejected = proof.singles.rejected + proof.pairs.rejected
    rate = 100 * Rejected(rejected=rejected, total=proof.singles.total + proof.pairs.total).rate
    return (
        f"{proof.drill}: kill rate {rate:.1f} % ({proof.singles} mistakes and {proof.pairs} pairs rejected), "
        f"{proof.accepted} of {proof.to_accept} right programs accepted, {proof.elapsed_ms / 1000:.1f} s"
    )


def _problem(unsound: Unsound, written: WrittenDrill) -> Problem:
    file = next((name for words, name in _OF_A_FILE.items() if unsound.message.startswith(words)), None)
    if file is not None and "inputs" not in unsound.message:
        return Problem(Place(written.tree.path.with_name(file)), unsound.message)
    key = _key(unsound, written)
    of_key = bool(key) and key[-1] in _QUOTED.findall(unsound.message)
    return Problem(written.tree.place(key, of_key=of_key), unsound.message, dotted(key))


def _key(unsound: Unsound, written: WrittenDrill) -> Key:
    words = _QUOTED.findall(unsound.message)
    declared = _declaration(unsound.message, words, written.drill)
    if declared is not None:
        return ("inseparable", declared)
    if unsound.mistakes:
        position = [mistake.id for mistake in written.drill.mistakes].index(unsound.mistakes[0])
        return ("mistakes", position, "id")
    if unsound.equivalent is not None:
        return ("equivalents", unsound.equivalent)
    return _key_named(words, written.tree) or (("inputs",) if "inputs" in unsound.message else ("id",))


def _declaration(message: str, words: Sequence[str], drill: Drill) -> int | None:
    """The declaration that is out of date, where that is what the message says."""
    if "`inseparable` names" not in message and "are declared inseparable" not in message:
        return None
    return next((number for number, one in enumerate(drill.inseparable) if set(words) <= set(one.mistakes)), None)


def _key_named(words: Sequence[str], tree: Tree) -> Key | None:
    """Where the first of the quoted words stands among the inputs, checks and edges; the second, if it is within."""
    if not words:
        return None
    found = next((key for part in _DRAWN_FROM for key in _standing(words[0], (part,), tree)), None)
    if found is None or len(words) == 1 or len(found) != 2 or found[0] != "inputs":
        return found
    return next(_standing(words[1], found, tree), found)


def _standing(word: str, within: Key, tree: Tree) -> Iterator[Key]:
    """The keys below `within` that are the word, or have it as their value."""
    for key in tree.values:
        if key[: len(within)] == within and key != within and word in (key[-1], _value(key, tree)):
            yield key


def _value(key: Key, tree: Tree) -> object:
    value = tree.root
    for step in key:
        value = value[step]
    return value
