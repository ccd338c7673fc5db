"""The harness of a drill that is more than a pure function, looked at in the text of its `harness.py`.

    arrange(drawn)                          the drawn inputs, by name -> the arguments, by name
    perform(function, <arguments>)          calls the learner's function, or class, and returns what is looked at
    assess(results, <arguments, held out>)  makes further results of those; the submission takes no part in it

Each may be there or not. Here is which there are and what they take; the judge runs them (`grading/harness.py`), and
the runner `perform` alone. Pure: nothing is run.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kdquiz.errors import did_you_mean
from kdquiz.library.faults import Fault, File
from kdquiz.library.functions import (
    Parameter,
    definitions,
    entry_function,
    line_of_entry,
    names_used,
    no_functions,
    parameters,
)

FUNCTIONS = ("arrange", "perform", "assess")

Takes = tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class HarnessPlan:
    """What each function of the harness takes; `perform` and `assess` after their first parameter. None where it is not
    there."""

    arrange: Takes | None = None
    perform: Takes | None = None
    assess: Takes | None = None
    perform_line: int = 1

    @property
    def gives_results(self) -> bool:
        """Whether there can be results with names."""
        return self.perform is not None or self.assess is not None


@dataclass(frozen=True, slots=True)
class Call:
    """What the arguments of a case are handed to, in words, with its place and its parameters."""

    name: str
    file: File
    line: int
    takes: Takes


def read_harness(source: str) -> HarnessPlan:
    """The functions of a harness; none where the text is empty or not Python."""
    found = {name: entry_function(source, name) for name in FUNCTIONS}
    takes = {name: parameters(function) for name, function in found.items() if function is not None}
    return HarnessPlan(
        arrange=takes.get("arrange"),
        perform=takes["perform"][1:] if "perform" in takes else None,
        assess=takes["assess"][1:] if "assess" in takes else None,
        perform_line=line_of_entry(source, "perform"),
    )


def called(reference: str, entry: str, harness: HarnessPlan) -> Call | None:
    """What the arguments are handed to: the harness's `perform`, or the entry point of the reference."""
    if harness.perform is not None:
        return Call("`perform`", "harness.py", harness.perform_line, harness.perform)
    function = entry_function(reference, entry)
    return None if function is None else Call("the reference", "reference.py", function.lineno, parameters(function))


def harness_faults(source: str) -> list[Fault]:
    """What is wrong with a harness as it stands: it is not Python, or defines none of the functions or another thing in
    place of one, or one of them has no place for what it is given first."""
    found = unclear(source)
    first = {"arrange": "the drawn inputs", "perform": "the learner's function", "assess": "the results"}
    for name in FUNCTIONS:
        function = entry_function(source, name)
        if function is not None and not [one for one in parameters(function) if one.by_position]:
            message = f"`{name}` takes nothing, and is given {first[name]} first"
            found.append(Fault(message=message, file="harness.py", line=function.lineno))
    return found


def unclear(source: str) -> list[Fault]:
    """Why it is not known which functions a harness has: what else seems wrong with the drill may follow from that."""
    if not source:
        return []
    defined, faults = definitions("harness.py", source)
    if faults:
        return faults
    faults = [
        Fault(message=f"`{name}` is {what}, and must be a function", hint="Write `def`.", file="harness.py", line=line)
        for name, what, line in no_functions(source)
        if name in FUNCTIONS
    ]
    if not faults and not set(defined) & set(FUNCTIONS):
        hint = next((said for one in defined if (said := did_you_mean(one, FUNCTIONS))), "")
        message = f"defines none of {', '.join(f'`{one}`' for one in FUNCTIONS)}"
        return [Fault(message=message, hint=hint, file="harness.py")]
    return [*faults, *_misspelt(source, defined)]


def _misspelt(source: str, defined: Sequence[str]) -> Iterator[Fault]:
    """A function that nothing calls, and that is named nearly as one that is not there."""
    absent = [name for name in FUNCTIONS if name not in defined]
    used = names_used(source)
    for name in defined:
        hint = did_you_mean(name, absent) if name not in FUNCTIONS and name not in used else ""
        if hint:
            line = line_of_entry(source, name)
            yield Fault(message=f"nothing calls `{name}`", hint=hint, file="harness.py", line=line)
