"""`check`: which files a path means, and the problems that only an author is told."""

from pathlib import Path

import pytest

from kdquiz.authoring.check import check
from kdquiz.errors import UsageError
from tests.library.test_load import write_pack

SHORT = """\
format: 1
topic: gamma
title: Gamma
questions:
  - id: why-soften
    kind: short
    ask: Why soften?
    answer: It spreads the mass.
    points:
      - text: Mass moves to the wrong classes
        any: [spreads mass, wrong classes]
      - text: It is less peaked
        any: [less peaked]
    needs: [elsewhere-one]
    tests:
      - say: Because it spreads the mass
        points: [1]
      - say: Because it spreads the mass
        points: [1, 2]
      - say: No idea
        points: [2]
    source: A paper
"""


def test_all_problems_of_all_files_at_once(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p")
    (pack / "gamma.yaml").write_text(SHORT, encoding="utf-8")
    (pack / "delta.yaml").write_text("format: 1\ntopic: delta\n", encoding="utf-8")
    checked = check([tmp_path], [])
    told = [f"{problem.place.path.name}:{problem.place.line}:{problem.place.column}" for problem in checked.problems]
    assert told == ["delta.yaml:1:1", "delta.yaml:1:1", "gamma.yaml:14:13", "gamma.yaml:18:14", "gamma.yaml:20:14"]
    messages = [str(problem) for problem in checked.problems]
    assert "this answer ticks point 1, and the test says points 1 and 2" in messages[3]
    assert "this answer ticks no point, and the test says point 2" in messages[4]


def test_references_may_name_what_is_shipped(tmp_path: Path) -> None:
    mine, shipped = tmp_path / "mine", tmp_path / "shipped"
    write_pack(shipped / "q", "elsewhere")
    mine.mkdir()
    (mine / "gamma.yaml").write_text(SHORT.split("    tests:")[0] + "    source: A paper\n", encoding="utf-8")
    assert check([mine], [shipped]).problems == ()
    assert [problem.message for problem in check([mine], []).problems] == ["there is no question 'elsewhere-one'"]


def test_a_copy_of_what_is_shipped_is_not_a_clash(tmp_path: Path) -> None:
    write_pack(tmp_path / "shipped" / "q")
    write_pack(tmp_path / "copy" / "q")
    assert check([tmp_path / "copy"], [tmp_path / "shipped"]).problems == ()


def test_a_path_may_be_a_file_a_drill_a_pack_or_a_folder_of_packs(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p")
    (pack / "bad.yaml").write_text("format: 1\ntopic: bad\n", encoding="utf-8")
    drill = pack / "drills" / "double"
    assert len(check([tmp_path], []).problems) == 2
    assert len(check([pack], []).problems) == 2
    assert check([pack / "alpha.yaml"], []).problems == ()
    assert len(check([pack / "bad.yaml"], []).problems) == 2
    for path in (drill, drill / "drill.yaml", drill / "reference.py"):
        checked = check([path], [])
        assert (checked.problems, [one.drill.id for one in checked.drills]) == ((), ["double"])


def test_a_drill_with_problems_is_not_proved(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p")
    path = pack / "drills" / "double" / "drill.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('find: "2 *"', 'find: "5 *"'), encoding="utf-8")
    checked = check([tmp_path], [])
    assert len(checked.problems) == 1
    assert checked.drills == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("The loss is $\\alpha L$", True),
        ("\\frac{1}{T^2}", True),
        ("It costs $5 and then $6", False),
        ("`\\alpha` in a code span is shown as it is", False),
        ("T² = \\(T^2\\)", True),
        ("α·T²", False),
    ],
)
def test_raw_tex_is_refused(tmp_path: Path, text: str, problem: bool) -> None:
    pack = write_pack(tmp_path / "p")
    topic = pack / "alpha.yaml"
    topic.write_text(topic.read_text(encoding="utf-8").replace("ask: And then?", f"ask: '{text}'"), encoding="utf-8")
    assert bool(check([pack], []).problems) == problem


def test_paths_that_hold_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no"):
        check([tmp_path / "absent"], [])
    with pytest.raises(UsageError, match="holds no content"):
        check([tmp_path], [])
