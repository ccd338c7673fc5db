"""The harness of a drill, in the judge: arranges the arguments, performs the reference, assesses what came back. torch.

As trusted as the reference, and looked after like it. Goes in: the text of `harness.py`. Comes out: functions, each of
which does nothing where the harness says nothing of it. The runner loads `perform` by itself (`performing`).
"""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass

import torch

from kdquiz.grading.behaviour import VALUE, Behaviour, Function
from kdquiz.grading.execution import Case, Value
from kdquiz.grading.protocol import DTYPES, MAX_NDIM
from kdquiz.grading.trusted import OutOfPatienceError, in_words, load_harness, patient, place_of
from kdquiz.library.drill import Drill
from kdquiz.library.faults import BrokenDrillError, Fault
from kdquiz.library.functions import line_of_entry
from kdquiz.library.harness import HarnessPlan

MOST_RESULTS = 64
LONGEST_NAME = 100
_KINDS = (torch.Tensor, bool, int, float, str)


@dataclass(frozen=True, slots=True)
class Harness:
    """The three functions, as far as they are there."""

    drill: Drill
    plan: HarnessPlan
    _arrange: Function | None = None
    _perform: Function | None = None
    _assess: Function | None = None

    @property
    def performs(self) -> bool:
        """Whether it is the harness that calls the learner's function."""
        return self._perform is not None

    @property
    def for_runner(self) -> str:
        """The text that a runner is given."""
        return self.drill.harness if self.performs else ""

    def arrange(self, drawn: Mapping[str, Value]) -> Mapping[str, Value]:
        """The arguments made of what is drawn. Raises BrokenDrillError where they are no arguments, or not those that
        are taken."""
        if self._arrange is None:
            return drawn
        try:
            made = self._arrange(_copies(drawn))
        except (Exception, OutOfPatienceError) as error:
            raise self.broken(f"`arrange` {in_words(error)}", error, at="arrange") from error
        if not isinstance(made, Mapping):
            raise self.broken(f"`arrange` returns {type(made).__name__}, and no dict of arguments", at="arrange")
        for name, value in made.items():
            if not isinstance(value, _KINDS):
                kinds = "tensor, bool, int, float or str"
                message = f"`arrange` gives {type(value).__name__} for `{name}`, which is no {kinds}"
                raise self.broken(message, at="arrange")
            if unfit := _unfit(value):
                raise self.broken(f"`arrange` gives {unfit} for `{name}`, which cannot be sent", at="arrange")
        self._must_be_taken(made, drawn)
        return made

    def _must_be_taken(self, made: Mapping[str, Value], drawn: Mapping[str, Value]) -> None:
        takes = self.plan.perform if self.plan.perform is not None else ()
        known = {one.name for one in (*takes, *(self.plan.assess or ()))}
        if self.performs:
            for name in made:
                if name not in known and name not in drawn:
                    raise self.broken(f"`arrange` gives `{name}`, and `perform` does not take it", at="arrange")
        last = max((number for number, one in enumerate(takes) if one.name in made), default=-1)
        for number, one in enumerate(takes):
            if one.name not in made and (not one.has_default or number < last):  # the call is by position
                message = f"`perform` takes `{one.name}`, and `arrange` does not give it"
                raise self.broken(message, at="arrange")

    def performing(self, function: Function) -> Function:
        """What is called with the arguments of a case, for this function (or class) of the drill's own."""
        perform = self._perform
        if perform is None:
            return patient(function)

        def call(*arguments: object) -> object:
            # What one program sets for torch as a whole must not reach the next.
            with torch.random.fork_rng(devices=[]), torch.enable_grad():
                return perform(function, *arguments)

        return patient(call)

    def assess(self, seen: Behaviour, case: Case, expected: Behaviour | None = None) -> Behaviour:
        """The behaviour with the further results that are made of it; where they cannot be made, it says why. What is
        far larger than `expected` is not looked at: what `assess` makes of it might take all memory."""
        if self._assess is None or seen.output is None:
            return seen
        made = frozenset[str]() if expected is None else expected.made
        large = [name for name, one in seen.results.items() if expected is not None and _is_huge(one, name, expected)]
        if large:
            entries = seen.results[large[0]].numel()
            seen.without(made, f"'{large[0]}' is far larger than expected: it has {entries} entries")
            return seen
        try:
            seen.add(self._assessed(seen, case))
        except (Exception, OutOfPatienceError) as error:
            seen.without(made, f"what came back cannot be assessed: the drill {in_words(error)} on it")
        return seen

    def _assessed(self, seen: Behaviour, case: Case) -> Mapping[str, torch.Tensor]:
        """Raises whatever `assess` raises."""
        assert self._assess is not None
        given = {**{one.name: one.value for one in case.arguments}, **case.held_out}
        named = {one.name: given[one.name] for one in self.plan.assess or () if one.name in given}
        results = {**seen.results, VALUE: seen.output}
        made = self._assess(_copies(results), **_copies(named))
        if not isinstance(made, Mapping):
            raise TypeError(f"`assess` returns {type(made).__name__}, and no dict of results")
        return {str(name): torch.as_tensor(value).detach() for name, value in made.items()}

    def must_assess(self, seen: Behaviour, case: Case) -> None:
        """Raises BrokenDrillError where the results of the reference cannot be assessed, or are too many."""
        if self._assess is not None:
            try:
                self._assessed(seen, case)
            except (Exception, OutOfPatienceError) as error:
                raise self.broken(f"`assess` {in_words(error)}", error, at="assess") from error
        if len(seen.results) > MOST_RESULTS:
            raise self.broken(f"there are {len(seen.results)} results; at most {MOST_RESULTS} are compared")
        for name in seen.results:
            if len(name) > LONGEST_NAME:
                raise self.broken(f"a result has a name of {len(name)} characters; at most {LONGEST_NAME} are read")

    def broken(self, message: str, error: BaseException | None = None, *, at: str = "") -> BrokenDrillError:
        """What its author is told, with the line of the harness in which the error was raised, or where the function
        `at` begins."""
        own = line_of_entry(self.drill.harness, at)
        file, line = ("harness.py", own) if error is None else place_of(error, self.drill)
        return BrokenDrillError([Fault(message=message, file="harness.py", line=line if file == "harness.py" else own)])


def read_harness(drill: Drill, plan: HarnessPlan) -> Harness:
    """The harness of a drill, loaded. Raises BrokenDrillError where that is not possible."""
    if not drill.harness:
        return Harness(drill, plan)
    try:
        found = load_harness(drill.harness)
    except (Exception, OutOfPatienceError) as error:
        raise Harness(drill, plan).broken(f"when it is loaded, the harness {in_words(error)}", error) from error
    functions = {
        name: patient(found[name]) if inspect.isroutine(found.get(name)) else None
        for name in ("arrange", "perform", "assess")
    }
    return Harness(drill, plan, functions["arrange"], functions["perform"], functions["assess"])


def _unfit(value: Value) -> str:
    """What of a value has no place in a frame."""
    if isinstance(value, torch.Tensor):
        kind = str(value.dtype).removeprefix("torch.")
        if kind not in {name for name, _ in DTYPES.values()}:
            return f"a tensor of {kind}"
        return f"a tensor of {value.dim()} dimensions" if value.dim() > MAX_NDIM else ""
    return "a number of more than 64 bits" if isinstance(value, int) and not -(2**63) <= value < 2**63 else ""


def _is_huge(result: torch.Tensor, name: str, expected: Behaviour) -> bool:
    return name in expected.results and result.numel() > 4 * expected.results[name].numel() + 64


def _copies(values: Mapping[str, Value | None]) -> dict[str, Value | None]:
    return {name: value.clone() if isinstance(value, torch.Tensor) else value for name, value in values.items()}
