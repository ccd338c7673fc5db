"""`check`: which files a path means, and the problems that only an author is told."""

from pathlib import Path

import pytest

from kdquiz.authoring.check import check, sound_questions
from kdquiz.errors import UsageError
from kdquiz.library.load import load_library
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
      - say: It depends
        points: []
    source: A paper
"""
SOUND_SHORT = SHORT.replace("points: [1, 2]", "points: [1]").replace("points: [2]", "points: []")


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
    (mine / "gamma.yaml").write_text(SOUND_SHORT, encoding="utf-8")
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


def test_paths_that_are_no_content(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p")
    for name in ("README.md", "beta.yml"):
        (pack / name).write_text("format: 1\n", encoding="utf-8")
        with pytest.raises(UsageError, match=f"{name} is no content"):
            check([pack / name], [])
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(UsageError, match="loop cannot be read: Too many levels"):
        check([loop], [])


def test_what_looks_like_content_and_is_not_read(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p")
    write_pack(pack / "inner", "beta")
    write_pack(pack / "_draft", "gamma")
    (pack / "notes.yml").write_text("format: 1\n", encoding="utf-8")
    told = [str(problem).removeprefix(f"{pack}/") for problem in check([pack], []).problems]
    assert told == [
        "inner:1:1: a pack within a pack is not read. Move it beside 'p', or start its name with `_`.",
        "notes.yml:1:1: is not read: the name of a topic file ends in `.yaml`. Rename it.",
    ]


def test_a_file_behind_a_link_is_checked(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "elsewhere.yaml").write_text("format: 1\ntopic: t\n", encoding="utf-8")
    (tmp_path / "p" / "linked.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert len(check([tmp_path / "p"], []).problems) == 2


def test_without_a_path_every_folder_is_checked_and_the_absent_ones_are_told(tmp_path: Path) -> None:
    write_pack(tmp_path / "shipped" / "p")
    checked = check([], [tmp_path / "shipped", tmp_path / "absent"])
    assert [problem.message for problem in checked.problems] == ["no such folder of packs"]
    assert (checked.files, checked.questions, len(checked.drills)) == (2, 2, 1)


def test_an_id_that_another_loaded_pack_has_is_told_though_that_pack_is_not_checked(tmp_path: Path) -> None:
    write_pack(tmp_path / "shipped" / "p")
    mine = write_pack(tmp_path / "mine", "alpha")
    told = [str(problem) for problem in check([mine], [tmp_path / "shipped", tmp_path / "mine"]).problems]
    assert len(told) == 3
    assert f"the id 'alpha-one' is used twice, first at {tmp_path}/shipped/p/alpha.yaml:5:9" in told[0]


def test_a_test_of_a_point_that_is_not_there(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p")
    text = SHORT.replace("points: [1, 2]", "points: [1, 3]").replace("elsewhere", "alpha")
    (pack / "gamma.yaml").write_text(text, encoding="utf-8")
    told = [str(problem) for problem in check([pack], []).problems]
    assert len(told) == 2
    assert "gamma.yaml:19:17: the test expects point 3, and there are 2" in told[0]


def test_the_starter_takes_what_the_reference_takes(tmp_path: Path) -> None:
    starter = write_pack(tmp_path / "p") / "drills" / "double" / "starter.py"
    starter.write_text("\n\ndef double(y, x=1):\n    raise NotImplementedError\n", encoding="utf-8")
    assert [str(problem).removeprefix(f"{tmp_path}/") for problem in check([tmp_path], []).problems] == [
        "p/drills/double/starter.py:3:1: the starter takes (y, x=1), and the reference takes (x)"
    ]


def test_raw_tex_is_found_in_no_time_in_a_long_line(tmp_path: Path) -> None:
    """A search that looks back from every backslash would take minutes."""
    pack = write_pack(tmp_path / "p")
    topic = pack / "alpha.yaml"
    text = topic.read_text(encoding="utf-8").replace("ask: And then?", "ask: '$" + "\\a " * 6_000 + "'")
    topic.write_text(text, encoding="utf-8")
    assert check([pack], []).problems == ()


def test_tests_are_run_of_the_files_that_are_meant_alone(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p")
    (pack / "gamma.yaml").write_text(SHORT.replace("elsewhere", "alpha"), encoding="utf-8")
    told: list[tuple[int, int]] = []
    assert check([pack / "alpha.yaml"], [], lambda done, total: told.append((done, total))).problems == ()
    assert told == [(1, 2), (2, 2)]
    assert len(check([pack / "gamma.yaml"], []).problems) == 2


def test_questions_of_a_broken_pack_are_not_among_the_sound_ones(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p")
    (pack / "gamma.yaml").write_text(SHORT.replace("    source: A paper\n", ""), encoding="utf-8")
    assert [one.question.id for one in sound_questions([pack], [])] == ["alpha-one", "alpha-two"]


def test_the_synonyms_of_a_pack_count_in_tests_of_questions_that_are_broken_elsewhere(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p")
    (pack / "pack.yaml").write_text("format: 1\ntitle: P\nsynonyms: [[mass, weight]]\n", encoding="utf-8")
    text = SOUND_SHORT.replace("say: Because it spreads the mass", "say: Because it spreads the weight")
    text = text.replace("    source: A paper\n", "").replace("elsewhere", "alpha")
    (pack / "gamma.yaml").write_text(text, encoding="utf-8")
    assert [problem.message for problem in check([pack], []).problems] == ["`source` is missing"]


def test_a_drill_that_is_broken_in_one_place_is_checked_everywhere_else(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p")
    drill = pack / "drills" / "double"
    text = (drill / "drill.yaml").read_text(encoding="utf-8")
    second = '  - {id: half, find: "7 *", put: "3 *", because: B.}\n'
    text = text.replace("checks: [value]", "minuts: 5\nchecks: [valeu]").replace("    card:", "    crd:")
    (drill / "drill.yaml").write_text(text.replace("equivalents:", second + "equivalents:"), encoding="utf-8")
    (drill / "starter.py").write_text("def double(y):\n    raise NotImplementedError\n", encoding="utf-8")
    told = [str(problem).removeprefix(f"{drill}/") for problem in check([drill], []).problems]
    assert told == [
        "drill.yaml:8:1: unknown key 'minuts'. Did you mean 'minutes'?",
        "drill.yaml:9:10: unknown check 'valeu'. Did you mean 'value'?",
        "drill.yaml:15:5: unknown key 'crd'. Did you mean 'card'?",
        "drill.yaml:16:22: '7 *' stands 0 times in the reference, and must stand exactly once. Copy it from "
        "reference.py to the letter.",
        "starter.py:1:1: the starter takes (y), and the reference takes (x)",
    ]


def test_the_sound_synonyms_of_a_broken_pack_file_count_in_tests(tmp_path: Path) -> None:
    pack_file = tmp_path / "pack.yaml"
    pack_file.write_text("format: 1\ntitel: P\nsynonyms: [[student, pupil], [alone], pupil]\n", encoding="utf-8")
    topic = tmp_path / "t.yaml"
    topic.write_text(
        "format: 1\ntopic: t\ntitle: T\nquestions:\n  - id: one\n    kind: short\n    ask: Who?\n    answer: It.\n"
        "    points: [{text: It, any: [student learns]}]\n    source: s\n"
        "    tests: [{say: The pupil learns, points: [1]}, {say: The teacher learns, points: []}]\n",
        encoding="utf-8",
    )
    told = [str(problem) for problem in check([tmp_path], []).problems]
    assert [line.removeprefix(f"{pack_file}:").partition(" ")[0] for line in told] == ["2:1:", "3:30:", "3:39:"]


def test_short_answers_are_not_tried_where_their_synonyms_cannot_be_read(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p")
    (pack / "pack.yaml").write_text("format: 1\ntitle: P\nsynonyms: [[mass, weight]\n", encoding="utf-8")
    text = SOUND_SHORT.replace("say: Because it spreads the mass", "say: Because it spreads the weight")
    (pack / "gamma.yaml").write_text(text.replace("elsewhere", "alpha"), encoding="utf-8")
    told = [str(problem) for problem in check([pack], []).problems]
    assert len(told) == 1
    assert "pack.yaml:3:11: not YAML" in told[0]


def test_an_id_that_a_loaded_pack_has_is_told_before_the_new_pack_is_loaded(tmp_path: Path) -> None:
    write_pack(tmp_path / "shipped" / "p")
    mine = write_pack(tmp_path / "mine", "alpha")
    told = [str(problem) for problem in check([mine], [tmp_path / "shipped"]).problems]
    assert len(told) == 3
    assert f"the id 'alpha-one' is used twice, first at {tmp_path}/shipped/p/alpha.yaml:5:9" in told[0]


def test_a_name_that_no_formula_of_a_lesson_says_is_told_where_it_is_given(tmp_path: Path) -> None:
    """Also of a page that is broken elsewhere; and it does not keep the page from being read."""
    pack = write_pack(tmp_path / "pack")
    page = pack / "lessons" / "lesson-one.md"
    page.parent.mkdir()
    head = "---\nformat: 1\nid: lesson-one\ntitle: One\ntopic: alpha\ngiven: {layers: 12, T: 2}\n"
    page.write_text(f"{head}questions: [alpha-one]\n---\nTwelve of 12, at {{{{ T : d }}}}.\n", encoding="utf-8")
    (problem,) = check([page], []).problems
    assert str(problem).startswith(f"{page}:6:9: 'layers' is given and no formula says it")
    assert "{{ layers }}" in problem.hint
    assert load_library([tmp_path]).problems == ()
    page.write_text(page.read_text(encoding="utf-8").replace("title: One", "titel: One"), encoding="utf-8")
    assert any("'layers' is given" in one.message for one in check([page], []).problems)


def test_a_misspelt_title_hides_nothing_else_of_a_drill(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack")
    drill = pack / "drills" / "double" / "drill.yaml"
    text = drill.read_text(encoding="utf-8").replace("title:", "titel:").replace("[value]", "[valeu]")
    drill.write_text(text.replace("2 * x", "2 * y"), encoding="utf-8")
    told = [one.message for one in check([drill.parent], []).problems]
    assert "unknown key 'titel'" in told
    assert "unknown check 'valeu'" in told
    assert len(told) == 3
