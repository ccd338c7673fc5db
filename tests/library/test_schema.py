"""The JSON Schemas: what is shipped is what the dataclasses say; shipped content keeps to it, and mistakes do not."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from kdquiz.library import kinds
from kdquiz.library.folders import shipped_content
from kdquiz.library.schema import SCHEMAS, as_text, drill_schema, shipped_file, topic_schema
from kdquiz.library.source import read_file, read_tree
from tests.library.hostile import OTHER_KINDS
from tests.library.test_load import DRILL, TOPIC

CONTENT = sorted(shipped_content().rglob("*.yaml"))
OTHERS = "format: 1\ntopic: others\ntitle: Others\nquestions:" + OTHER_KINDS


def schema_of(path: Path) -> str:
    return path.stem if path.stem in SCHEMAS else "topic"


def faults(schema: dict[str, Any], text: str) -> list[str]:
    tree, problems = read_tree(Path("file.yaml"), text)
    assert tree is not None
    assert problems == []
    return [error.message for error in Draft7Validator(schema).iter_errors(tree.root)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_shipped_file_is_what_the_dataclasses_say(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name]())
    made = f"kdquiz schema {name} > {shipped_file(name)}"
    assert shipped_file(name).read_text(encoding="utf-8") == as_text(SCHEMAS[name]()), f"out of date; run: {made}"


@pytest.mark.parametrize("path", CONTENT, ids=[f"{path.parent.name}/{path.name}" for path in CONTENT])
def test_all_shipped_content_keeps_to_it(path: Path) -> None:
    tree, _ = read_file(path)
    assert tree is not None
    errors = Draft7Validator(SCHEMAS[schema_of(path)]()).iter_errors(tree.root)
    assert [f"{list(error.path)}: {error.message}" for error in errors] == []


def test_every_kind_has_a_branch_that_says_what_it_is() -> None:
    schema = topic_schema()
    branches = schema["properties"]["questions"]["items"]["allOf"]
    assert [branch["if"]["properties"]["kind"]["const"] for branch in branches] == list(kinds.names())
    for branch in branches:
        definition = schema["$defs"][branch["then"]["$ref"].rpartition("/")[2]]
        assert definition["description"]
        assert definition["properties"]["needs"]["description"]


@pytest.mark.parametrize("text", [TOPIC.format(topic="a"), OTHERS], ids=["choice and flashcard", "other kinds"])
def test_sound_questions_keep_to_it(text: str) -> None:
    assert faults(topic_schema(), text) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ask: And", "asks: And"),
        ("kind: flashcard", "kind: flashcrd"),
        ("    kind: flashcard\n", ""),
        ("level: advanced", "level: hard"),
        ("answer: Nothing.", "answer: 12"),
        ("answer: Nothing.", 'answer: " "'),
        ("source: The same", "sauce: The same"),
        ("needs: [a-one]", "needs: a-one"),
        ("id: a-two", "id: A Two"),
        ("- wrong: 12:30", "- {right: x}\n      - rigth: 12:30"),
        ("        because: Nor is this a number of minutes.\n", ""),
        ("      - right: no\n", "      - right: no\n        wrong: no\n"),
        ("because: Nor is this a number of minutes.", "because:"),
        ("format: 1", "format: 2"),
        ("topic: a", "topics: a"),
    ],
)
def test_mistakes_in_a_topic_do_not(old: str, new: str) -> None:
    text = TOPIC.format(topic="a")
    assert old in text
    assert faults(topic_schema(), text.replace(old, new, 1))


@pytest.mark.parametrize(("schema", "name", "key"), [("topic", "Short", "synonyms"), ("drill", "", "reference")])
def test_what_no_author_writes_is_not_completed(schema: str, name: str, key: str) -> None:
    whole = SCHEMAS[schema]()
    one = whole["$defs"][name] if name else whole
    assert "ask" in one["properties"]
    assert key not in one["properties"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("within: 0.005", "within: [0.005]"),
        ("expect: right", "expect: correct"),
        ("steps: [Teacher forward, Student forward, Loss, Backward, Step]", "steps: [One]"),
        ("right: [1, 2]", "right: [0]"),
        ("slips: [{value", "slips: [{val"),
    ],
)
def test_mistakes_in_other_kinds_do_not(old: str, new: str) -> None:
    assert old in OTHERS
    assert faults(topic_schema(), OTHERS.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("minutes", "minuts"),
        ("checks: [value]", "checks: value"),
        ('    put: "3 *"\n', ""),
        ("    because: That is three times.\n", ""),
        ("entry: double", "entry: 2"),
        ("inputs: {x: {normal: [3]}}", "inputs: {}"),
    ],
)
def test_mistakes_in_a_drill_do_not(old: str, new: str) -> None:
    text = DRILL.format(topic="a") + "minutes: 5\n"
    assert faults(drill_schema(), text) == []
    assert old in text
    assert faults(drill_schema(), text.replace(old, new, 1))
