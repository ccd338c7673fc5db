"""What can only be found by running a drill: each class once, from the files to the line that its author reads."""

import json
import re
from pathlib import Path

import pytest

from kdquiz.authoring.check import check
from kdquiz.authoring.proof import kill_rate, proof_problems
from kdquiz.grading import trusted
from kdquiz.grading.proof import prove
from kdquiz.grading.proof_report import Proof
from tests.grading.drills import in_process
from tests.library.test_load import write_pack

MISTAKE = '  - id: thrice\n    find: "2 *"\n    put: "3 *"\n    because: That is three times.\n    card: alpha-one\n'
THIRD = MISTAKE.replace("thrice", "third").replace("2 *", "return").replace("3 *", "x = x * 2 / 3; return")
INPUTS = "inputs: {x: {normal: [3]}}"

CLASSES = [
    (
        "the reference raises",
        ("reference.py", "return", "y = x[7]\n    return"),
        r"reference\.py:2:1: on the case 'benign 1' \(N = [23]\) the reference raises IndexError: index 7 is out of .*",
    ),
    (
        "the reference cannot be loaded",
        ("reference.py", "def", "import torhc\n\n\ndef"),
        r"reference\.py:1:1: when it is loaded, the reference raises ModuleNotFoundError: No module named 'torhc'",
    ),
    (
        "the reference ends the process",
        ("reference.py", "return", "exit(3)\n    return"),
        r"reference\.py:2:1: on the case 'benign 1' \(N = [23]\) the reference ends the process by `sys\.exit\(3\)`",
    ),
    (
        "the reference comes to no end",
        ("reference.py", "return", "while True: y = x\n    return"),
        r"reference\.py:2:1: on the case 'benign 1' \(N = [23]\) the reference does not come to an end within 0\.2 s",
    ),
    (
        "the reference returns no number",
        ("reference.py", "2 * x", "2 * x / 0 * 0"),
        r"reference\.py:1:1: on the case 'benign 1' \(N = [23]\) the reference returns NaN",
    ),
    (
        "the reference fails on an edge",
        ("reference.py", "return", "assert x.abs().max() < 1000\n    return"),
        r"reference\.py:2:1: on the case 'scale = 10000' \(N = .*\) the reference raises AssertionError",
    ),
    (
        "the reference does not hold on an edge",
        ("reference.py", "return", "x = (x * 1e12).sin()\n    return"),
        r"drill\.yaml:8:9: on the edge 'scale = 10000' the reference does not keep its own tolerance in 40 draws",
    ),
    (
        "the starter is right",
        ("starter.py", "raise NotImplementedError", "return x + x"),
        r"starter\.py:1:1: the starter is accepted as it is",
    ),
    (
        "an equivalent is not",
        ("drill.yaml", "x + x", "x + 3"),
        r"drill\.yaml:17:5: equivalent 1 is not accepted \(seed 1\): wrong-answer: The value is wrong: .*",
    ),
    (
        "a mistake never shows",
        ("drill.yaml", 'put: "3 *"', 'put: "2.001 *"'),
        r"drill\.yaml:11:9: in 40 draws of the inputs, the mistake 'thrice' never differed .*",
    ),
    (
        "a mistake comes to no end",
        ("drill.yaml", 'put: "3 *"', 'put: "[0 for i in iter(int, 1)] or 3 *"'),
        r"drill\.yaml:11:9: with the mistake 'thrice' the reference does not come to an end within 0\.2 s",
    ),
    (
        "mistakes are not told apart",
        ("drill.yaml", MISTAKE, MISTAKE + MISTAKE.replace("thrice", "three").replace("3 *", "6 / 2 *")),
        r"drill\.yaml:11:9: the mistake 'thrice' is told from 'three' by no case \(seed 1\); declare them under "
        r"`inseparable` with the reason\n"
        r"drill\.yaml:16:9: the mistake 'three' is told from 'thrice' by no case .*",
    ),
    (
        "mistakes cancel",
        ("drill.yaml", MISTAKE, MISTAKE + THIRD),
        r"drill\.yaml:11:9: the mistakes 'thrice' \+ 'third' cancel: together they are accepted; declare .*",
    ),
    (
        "a declaration is out of date",
        (
            "drill.yaml",
            "equivalents:",
            MISTAKE.replace("thrice", "plus").replace("3 *", "2 +")
            + "inseparable: [{mistakes: [thrice, plus], because: B.}]\nequivalents:",
        ),
        r"drill\.yaml:21:15: 'thrice' \+ 'plus' are declared inseparable, and are told apart",
    ),
]


@pytest.mark.parametrize(
    ("edit", "told"), [(edit, told) for _, edit, told in CLASSES], ids=[name for name, *_ in CLASSES]
)
def test_a_drill_that_is_unsound(
    edit: tuple[str, str, str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trusted, "PATIENCE_SECONDS", 0.2)
    folder = write_pack(tmp_path / "p") / "drills" / "double"
    drawn = "inputs: {N: [2, 3], x: {normal: [N]}}\nedges: [{scale: 1.0e4}]"
    edits = [("drill.yaml", INPUTS, drawn), edit]
    for name, old, new in edits:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    checked = check([tmp_path], [])
    assert checked.problems == ()
    (written,) = checked.drills

    found = prove(written.drill, in_process, lambda done, total: None)

    proof = Proof.from_data(json.loads(json.dumps(found.as_data())))
    lines = "\n".join(str(problem).removeprefix(f"{folder}/") for problem in proof_problems(proof, written))
    assert re.fullmatch(told, lines), lines
    assert kill_rate(proof).startswith("double: ")
