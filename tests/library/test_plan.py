"""The plan of a sound drill, and all that is wrong with another at once."""

import pytest

from kdquiz.library.drill import Mistake
from kdquiz.library.faults import BrokenDrillError, Fault
from kdquiz.library.plan import drill_faults, read_plan
from tests.library.drills import weigh


def test_the_plan_of_a_drill() -> None:
    plan = read_plan(weigh(checks=("value", "gradient  x", "dtype float16"), advice=("frozen x",)))
    assert plan.inputs.order == ("x", "w", "k")
    assert [(one.name, one.word, one.object) for one in plan.checks] == [
        ("value", "value", ""),
        ("gradient x", "gradient", "x"),
        ("dtype float16", "dtype", "float16"),
    ]
    assert [one.kind.concerns for one in plan.checks] == ["benign", "benign", "dtype"]
    assert [one.name for one in plan.advice] == ["frozen x"]


def test_a_broken_drill_is_told_in_full() -> None:
    broken = weigh(
        starter="def weight(): 0",
        checks=("valeu",),
        mistakes=(Mistake(id="m", find="nowhere", put="", because="B."),),
        edges=({"alpha": 1},),
    )
    with pytest.raises(BrokenDrillError) as raised:
        read_plan(broken)
    assert [(fault.file, fault.key) for fault in raised.value.faults] == [
        ("starter.py", ("entry",)),
        ("drill.yaml", ("mistakes", 0, "find")),
        ("drill.yaml", ("edges", 0, "alpha")),
        ("drill.yaml", ("checks", 0)),
    ]
    assert str(raised.value).endswith("entry point (functions here: weight) (and 3 more)")


def test_of_a_file_that_could_not_be_read_nothing_is_told() -> None:
    assert drill_faults(weigh(reference="", starter=""), files=()) == []
    assert [fault.file for fault in drill_faults(weigh(reference=""))] == ["reference.py"]


def test_what_the_source_computes_is_not_computed() -> None:
    """To compile this would take for ever."""
    assert drill_faults(weigh(reference="X = 10 ** 10 ** 10\n\n\ndef weigh(x, w, k):\n    return x\n")) == []


def test_a_fault_goes_through_json_with_nothing_lost() -> None:
    fault = Fault(message="m", hint="h", key=("edges", 0, "k"), of_key=True)
    assert Fault.from_data({**fault.as_data(), "key": list(fault.key)}) == fault
