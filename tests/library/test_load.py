"""Sound packs become a library; a broken one is left out and the others stand."""

from pathlib import Path

import pytest

from kdquiz.library import kinds
from kdquiz.library.filter import Filter
from kdquiz.library.folders import content_folders, pack_of, shipped_content
from kdquiz.library.kinds.choice import Choice
from kdquiz.library.load import load_library
from kdquiz.library.model import Question

TOPIC = """\
format: 1
topic: {topic}
title: The title
questions:
  - id: {topic}-one
    kind: choice
    ask: What is it?
    options:
      - right: no
        because: It is not a boolean in YAML 1.2.
      - wrong: 12:30
        because: Nor is this a number of minutes.
    source: YAML 1.2.2, section 10.3
  - id: {topic}-two
    kind: flashcard
    level: advanced
    ask: And then?
    answer: Nothing.
    needs: [{topic}-one]
    then: [{topic}-one]
    source: The same
"""

DRILL = """\
format: 1
id: double
title: Twice a number
topic: {topic}
entry: double
ask: Return twice `x`.
inputs: {{x: {{normal: [3]}}}}
checks: [value]
mistakes:
  - id: thrice
    find: "2 *"
    put: "3 *"
    because: That is three times.
    card: {topic}-one
equivalents:
  - {{find: "2 * x", put: "x + x"}}
"""


def write_pack(folder: Path, topic: str = "alpha") -> Path:
    """A small sound pack with a topic and a drill."""
    drill = folder / "drills" / "double"
    drill.mkdir(parents=True)
    (folder / f"{topic}.yaml").write_text(TOPIC.format(topic=topic), encoding="utf-8")
    (drill / "drill.yaml").write_text(DRILL.format(topic=topic), encoding="utf-8")
    (drill / "starter.py").write_text("def double(x):\n    raise NotImplementedError\n", encoding="utf-8")
    (drill / "reference.py").write_text("def double(x):\n    return 2 * x\n", encoding="utf-8")
    return folder


def problems_of(folder: Path) -> list[str]:
    """The problems of a content folder, without its path."""
    return [str(problem).replace(f"{folder}/", "") for problem in load_library([folder]).problems]


def test_a_sound_pack(tmp_path: Path) -> None:
    write_pack(tmp_path / "mine")
    loaded = load_library([tmp_path])
    assert loaded.problems == ()
    entry = loaded.library.entries["alpha-one"]
    assert isinstance(entry.question, Choice)
    assert [option.text for option in entry.question.options] == ["no", "12:30"]
    assert (entry.pack, entry.topic.id, entry.place.line) == ("mine", "alpha", 5)
    assert entry.question.level == "core"
    drill = loaded.library.drills["double"].drill
    assert "return 2 * x" in drill.reference
    assert "raise" in drill.starter
    assert loaded.library.ids(Filter(topics=("alpha",))) == ["alpha-one", "alpha-two"]


def test_a_folder_may_be_a_pack_itself(tmp_path: Path) -> None:
    write_pack(tmp_path)
    assert set(load_library([tmp_path]).library.entries) == {"alpha-one", "alpha-two"}


def test_a_broken_pack_never_stops_the_others(tmp_path: Path) -> None:
    write_pack(tmp_path / "good")
    broken = write_pack(tmp_path / "broken", "beta")
    with (broken / "beta.yaml").open("a") as file:
        file.write("  - {id: x, kind: nonsense}\n")
    (broken / "drills" / "double" / "drill.yaml").unlink()
    loaded = load_library([tmp_path])
    assert [left.pack for left in loaded.left_out] == ["broken"]
    assert set(loaded.library.entries) == {"alpha-one", "alpha-two"}
    assert len(loaded.problems) == 2


def test_a_sound_pack_is_not_left_out_for_an_id_that_a_broken_one_has_too(tmp_path: Path) -> None:
    write_pack(tmp_path / "good")
    broken = write_pack(tmp_path / "broken", "beta")
    with (broken / "beta.yaml").open("a") as file:
        file.write("  - {id: alpha-one, kind: nonsense}\n")
    (broken / "drills" / "double" / "drill.yaml").unlink()
    loaded = load_library([tmp_path])
    assert [left.pack for left in loaded.left_out] == ["broken"]
    told = "\n".join(map(str, loaded.problems))
    assert "the id 'alpha-one' is used twice, first at" in told
    assert "unknown kind 'nonsense'" in told


def test_a_pack_under_way_is_hidden_by_an_underscore(tmp_path: Path) -> None:
    write_pack(tmp_path / "good")
    write_pack(tmp_path / "_draft")
    loaded = load_library([tmp_path])
    assert loaded.problems == ()
    assert {entry.pack for entry in loaded.library.entries.values()} == {"good"}


def test_the_path_orders_the_topics(tmp_path: Path) -> None:
    for topic in ("alpha", "beta", "gamma"):
        (tmp_path / f"{topic}.yaml").write_text(TOPIC.format(topic=topic), encoding="utf-8")
    (tmp_path / "pack.yaml").write_text("format: 1\ntitle: P\npath: [gamma, alpha]\n", encoding="utf-8")
    assert list(load_library([tmp_path]).library.topics) == ["gamma", "alpha", "beta"]


def test_a_missing_folder_is_a_problem(tmp_path: Path) -> None:
    loaded = load_library([tmp_path / "absent"])
    assert "no such folder of packs" in loaded.problems[0].message


def test_the_same_id_in_two_packs_is_told_at_both_places(tmp_path: Path) -> None:
    write_pack(tmp_path / "a")
    write_pack(tmp_path / "b")
    told = problems_of(tmp_path)
    assert any("the id 'alpha-one' is used twice, first at a/alpha.yaml:5:9" in line for line in told)
    assert any("b/drills/double/drill.yaml:2:5: the id 'double' is used twice" in line for line in told)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("reference.py", "def double", "def dbl", "defines no function 'double', the drill's entry point"),
        ("reference.py", "return", "return (", "reference.py:2:12: not Python: '(' was never closed"),
        ("reference.py", "2 * x", "2 * 2 * x", "'2 *' stands 2 times in the reference"),
        ("drill.yaml", 'put: "3 *"', 'putt: "3 *"', "unknown key 'putt'. Did you mean 'put'?"),
        ("drill.yaml", "card: alpha-one", "card: alpha-on", "no question 'alpha-on'. Did you mean 'alpha-one'?"),
        ("drill.yaml", "topic: alpha", "topic: alpa", "there is no topic 'alpa'. Did you mean 'alpha'?"),
        ("drill.yaml", "inputs: {x: {normal: [3]}}", "inputs: {}", "`inputs` has 0 entries"),
        ("drill.yaml", 'find: "2 * x"', 'find: ""', "must stand exactly once"),
    ],
)
def test_what_a_drill_can_get_wrong(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    path = write_pack(tmp_path / "p") / "drills" / "double" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert any(told in line for line in problems_of(tmp_path)), problems_of(tmp_path)


def test_a_drill_without_its_files(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p")
    (pack / "drills" / "double" / "starter.py").unlink()
    (pack / "drills" / "empty").mkdir()
    (pack / "drills" / "_draft").mkdir()
    told = problems_of(tmp_path)
    assert len(told) == 2
    assert "starter.py:1:1: the file is missing" in told[0]
    assert "the drill folder 'empty' has no drill.yaml" in told[1]


def test_kdquiz_content_adds_folders(tmp_path: Path) -> None:
    folders = content_folders({"KDQUIZ_CONTENT": f"{tmp_path / 'a'}:{tmp_path / 'b'}"})
    assert folders == (shipped_content(), tmp_path / "a", tmp_path / "b")


def test_the_pack_of_a_file(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "p")
    assert pack_of(pack / "alpha.yaml") == pack
    assert pack_of(pack / "drills" / "double" / "reference.py") == pack
    assert pack_of(pack / "drills" / "double") == pack


@pytest.mark.parametrize("kind", kinds.names())
def test_every_kind_names_itself(kind: str) -> None:
    found = kinds.question_class(kind)
    assert issubclass(found, Question)
    assert found.__annotations__["kind"].__args__ == (kind,)
