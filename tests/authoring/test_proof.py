"""A proof in an author's words: each fault stands where it has to be mended, and the real ones of real drills do."""

from pathlib import Path

import pytest

from kdquiz.authoring.check import WrittenDrill, check
from kdquiz.authoring.proof import kill_rate, no_proof, proof_problems
from kdquiz.errors import GradingError
from kdquiz.grading.proof_report import Proof, Rejected
from kdquiz.library.faults import Fault
from tests.library.test_load import write_pack


@pytest.fixture
def written(tmp_path: Path) -> WrittenDrill:
    path = write_pack(tmp_path / "p") / "drills" / "double" / "drill.yaml"
    (drill,) = check([path], []).drills
    return drill


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        (Fault(message="m", file="starter.py", line=3), "starter.py:3:1"),
        (Fault(message="m", file="reference.py", line=2, column=5), "reference.py:2:5"),
        (Fault(message="m", key=("mistakes", 0, "id")), "drill.yaml:10:9"),
        (Fault(message="m", key=("equivalents", 0)), "drill.yaml:16:5"),
        (Fault(message="m", key=("inputs", "x", "normal"), of_key=True), "drill.yaml:7:14"),
        (Fault(message="m", key=("inputs", "absent")), "drill.yaml:7:9"),
        (Fault(message="m"), "drill.yaml:1:1"),
    ],
)
def test_each_fault_stands_where_it_is_mended(written: WrittenDrill, fault: Fault, place: str) -> None:
    (problem,) = proof_problems(Proof(drill="double", faults=(fault,)), written)
    assert problem.message == "m"
    assert str(problem.place) == f"{written.tree.path.parent}/{place}"


def test_a_drill_that_cannot_be_used_has_no_kill_rate() -> None:
    assert kill_rate(Proof(drill="double")) == "double: not proved, since it cannot be used as it is"
    proved = Proof(drill="double", accepted=2, to_accept=2, singles=Rejected(rejected=1, total=2))
    assert "kill rate 50.0 % (1 of 2 mistakes and 0 of 0 pairs rejected)" in kill_rate(proved)


def test_a_proof_that_came_to_no_end_is_one_problem_on_one_line(written: WrittenDrill) -> None:
    problem = no_proof(GradingError("The grader said nothing for 60 s.\nframe #0: somewhere"), written)
    assert str(problem).removeprefix(f"{written.tree.path.parent}/") == (
        "reference.py:1:1: the drill cannot be proved: The grader said nothing for 60 s. "
        "The reference may do that, or inputs that are too large; if neither, see `kdquiz doctor`."
    )
