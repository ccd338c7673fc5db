"""How a drill's submissions are examined, read off its texts: the inputs, the checks, the advice. Or what is wrong.

Everything that can be known without running the drill's code is known here, in one place for the library, which leaves
a pack with a broken drill out, and for the judge, who draws and compares by the plan. Pure.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from kdquiz.library.checks import Planned, read_checks
from kdquiz.library.drill import Drill
from kdquiz.library.faults import BrokenDrillError, Fault
from kdquiz.library.folders import PYTHON_FILES
from kdquiz.library.functions import source_faults
from kdquiz.library.harness import HarnessPlan, called, harness_faults, read_harness, unclear
from kdquiz.library.input_faults import argument_faults, edge_faults, size_faults
from kdquiz.library.inputs import Inputs, read_inputs
from kdquiz.library.patches import patch_faults


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn for a case, what is checked, and what is looked at for advice alone."""

    inputs: Inputs
    checks: tuple[Planned, ...]
    advice: tuple[Planned, ...]
    harness: HarnessPlan


def read_plan(drill: Drill) -> Plan:
    """The plan of a drill. Raises BrokenDrillError, with all that is wrong, where there is something."""
    plan, faults = _read(drill)
    faults = [*_text_faults(drill, PYTHON_FILES), *faults]
    if faults:
        raise BrokenDrillError(faults)
    return plan


def drill_faults(drill: Drill, files: Collection[str] = PYTHON_FILES) -> list[Fault]:
    """All that is wrong with a drill of which these Python files could be read."""
    return [*_text_faults(drill, files), *_read(drill)[1]]


def _text_faults(drill: Drill, files: Collection[str]) -> list[Fault]:
    """What is wrong with the Python files, and with the patches of the reference, where that is right."""
    classes = read_harness(drill.harness).perform is not None
    faults = []
    if "starter.py" in files:
        faults += source_faults("starter.py", drill.starter, drill.entry, classes=classes)
    if "reference.py" in files:
        found = source_faults("reference.py", drill.reference, drill.entry, classes=classes)
        faults += found or patch_faults(drill, classes=classes)
    return [*faults, *harness_faults(drill.harness)]


def _read(drill: Drill) -> tuple[Plan, list[Fault]]:
    """The plan as far as it is sound, and what of it is not."""
    harness = read_harness(drill.harness)
    call = called(drill.reference, drill.entry, harness)
    takes = () if call is None else call.takes
    names = [one.name for one in takes if one.by_position]
    inputs, faults = read_inputs(drill.inputs, names, arranged=harness.arrange is not None)
    inputs = replace(inputs, order=tuple(name for name in inputs.order if name not in inputs.held_out()))
    clear = not unclear(drill.harness)
    if call is not None and harness.arrange is None and clear:
        faults += argument_faults(inputs, call, tuple(drill.inputs), [one.name for one in harness.assess or ()])
    faults += [*edge_faults(inputs, drill.edges), *size_faults(inputs, drill.edges)]
    results = harness.gives_results or not clear
    checks, wrong = read_checks(drill.checks, inputs, drill.edges, "checks", results=results)
    advice, also_wrong = read_checks(drill.advice, inputs, drill.edges, "advice", results=results)
    return Plan(inputs, checks, advice, harness), [*faults, *wrong, *also_wrong]
