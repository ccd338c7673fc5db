"""A proof in an author's words: each thing that is unsound stands where it has to be mended."""

from pathlib import Path

import pytest

from kdquiz.authoring.check import WrittenDrill, check
from kdquiz.authoring.proof import kill_rate, no_proof, proof_problems
from kdquiz.errors import GradingError
from kdquiz.grading.proof_report import Proof, Rejected, Unsound
from tests.library.test_load import DRILL, write_pack

MORE = """\
inputs:
  N: [2, 3]
  x: {normal: [N, C], scale: big}
edges:
  - {scal: 3.0, dtype: float23}
checks: [value, stabel]
"""
DECLARED = "inseparable:\n  - {mistakes: [thrice, twice], because: They are alike.}\n"


@pytest.fixture
def written(tmp_path: Path) -> WrittenDrill:
    """A drill with the words in it that a proof complains of."""
    path = write_pack(tmp_path / "p") / "drills" / "double" / "drill.yaml"
    text = DRILL.format(topic="alpha").replace("inputs: {x: {normal: [3]}}\nchecks: [value]\n", MORE) + DECLARED
    path.write_text(text, encoding="utf-8")
    (drill,) = check([path], []).drills
    return drill


@pytest.mark.parametrize(
    ("unsound", "place"),
    [
        (Unsound(message="the starter is accepted as it is"), "starter.py:1:1"),
        (Unsound(message="the reference fails on the case 'benign 1' (N = 4): ValueError"), "reference.py:1:1"),
        (Unsound(message="the reference takes 'y', which is not among the inputs"), "drill.yaml:8:3"),
        (Unsound(message="the input 'x' names no distribution, or two: 'normal' is not one."), "drill.yaml:9:7"),
        (Unsound(message="the dimension 'C' is not among the inputs."), "drill.yaml:9:19"),
        (Unsound(message="the list of 'N' is empty"), "drill.yaml:8:3"),
        (Unsound(message="could not convert string to float: 'big'"), "drill.yaml:9:30"),
        (Unsound(message="an edge overrides 'scal', which is no symbol. Did you mean 'scale'?"), "drill.yaml:11:6"),
        (Unsound(message="an edge has the unknown dtype 'float23'."), "drill.yaml:11:24"),
        (Unsound(message="there is no check 'stabel'. Did you mean 'stable'?"), "drill.yaml:12:17"),
        (Unsound(message="the mistake 'thrice' is accepted (seed 1)", mistakes=("thrice",)), "drill.yaml:14:9"),
        (Unsound(message="equivalent 1 is not accepted (seed 1): wrong-answer", equivalent=0), "drill.yaml:20:5"),
        (
            Unsound(message="`inseparable` names 'twice', which is not among the mistakes", mistakes=("thrice",)),
            "drill.yaml:22:5",
        ),
        (Unsound(message="something else"), "drill.yaml:2:5"),
    ],
)
def test_each_failure_stands_where_it_is_mended(written: WrittenDrill, unsound: Unsound, place: str) -> None:
    (problem,) = proof_problems(Proof(drill="double", failures=(unsound,)), written)
    assert problem.message == unsound.message
    assert f"{problem.place.path.name}:{problem.place.line}:{problem.place.column}" == place


def test_a_drill_that_cannot_be_used_has_no_kill_rate() -> None:
    assert kill_rate(Proof(drill="double")) == "double: not proved, since it cannot be used as it is"
    proved = Proof(drill="double", accepted=2, to_accept=2, singles=Rejected(rejected=1, total=2))
    assert "kill rate 50.0 % (1 of 2 mistakes and 0 of 0 pairs rejected)" in kill_rate(proved)


def test_a_proof_that_came_to_no_end_is_one_problem_on_one_line(written: WrittenDrill) -> None:
    problem = no_proof(GradingError("The grader failed: TypeError\nframe #0: somewhere"), written)
    assert problem.place.path.name == "reference.py"
    assert problem.message == "the drill cannot be proved: The grader failed: TypeError"
