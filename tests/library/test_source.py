"""YAML 1.2 scalars, positions, and files that cannot be read."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.library.model import Place
from kdquiz.library.source import read_file, read_tree, scalar

HERE = Path("pack.yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("1e-5", 1e-5),
        ("3.10", 3.1),
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("true", True),
        ("~", None),
        ("", None),
        ("-.inf", -math.inf),
        ("2026-12-15", "2026-12-15"),
        ("1_000", "1_000"),
        (".5", 0.5),
        ("+3", 3),
        (".", "."),
    ],
)
def test_plain_scalars_mean_what_they_look_like(text: str, value: object) -> None:
    assert scalar(text) == value
    assert type(scalar(text)) is type(value)


def test_quoted_scalars_are_text() -> None:
    tree, problems = read_tree(HERE, "a: '1'\nb: \"true\"\nc: |\n  1\n")
    assert tree is not None
    assert tree.root == {"a": "1", "b": "true", "c": "1\n"}
    assert problems == []


def test_keys_and_values_know_their_place() -> None:
    tree, _ = read_tree(HERE, "format: 1\nquestions:\n  - id: a\n    ask: What?\n")
    assert tree is not None
    assert tree.place(("questions", 0, "ask")) == Place(HERE, 4, 10)
    assert tree.place(("questions", 0, "ask"), of_key=True) == Place(HERE, 4, 5)
    assert tree.place(("questions", 0, "absent")) == Place(HERE, 3, 5)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"a: \xff\xfe", "1:4: not UTF-8 text. Save the file as UTF-8."),
        (b"a: b\nc: \x00", "2:4: a character that YAML does not allow: U+0000. Remove it."),
        ("αβγ: δ\n# ε\nγ: δ\x07".encode(), "3:5: a character that YAML does not allow: U+0007. Remove it."),
        ("a: αβγ".encode() + b"\xe9", "1:7: not UTF-8 text. Save the file as UTF-8."),
        (b"a: 1\n---\nb: 2\n", "2:1: a second document starts here (`---`). A file holds one; remove the line."),
        (b"? [a, b]\n: 1\n", "1:3: a key is one word or text, not a list or mapping. A text that starts"),
        (b"a: [" * 200, "nested deeper than 40 levels"),
        (b"\ta: 1", "1:1: a tab in the indentation, which YAML does not allow. Indent with spaces."),
        (b"a:\n  b: 1\n\tc: 1", "3:1: a tab in the indentation"),
        (b"a:\n  - b\n-\tc: d", "3:2: a tab in the indentation"),
        (b"a: [\n{", "2:2: not YAML: did not find expected node content"),
        ("a: b\nc: d\u2028e".encode(), "2:5: the character U+2028 ends a line in YAML, and in no editor. Remove it."),
        (b"a: '" + b"x" * 20_001 + b"'", "1:4: a text is 20,001 characters long, and may have 20,000"),
        (b"a: [" + b"b," * 50_000, "the file holds more than 50,000 values. Split it into several."),
        (b" " * (4 << 20) + b"a", "1:1: larger than 4 MiB. Split it into several files."),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_a_problem_with_a_place(tmp_path: Path, data: bytes, told: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(data)
    tree, problems = read_file(path)
    assert tree is None
    assert len(problems) == 1
    assert told in str(problems[0])


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    tree, problems = read_file(tmp_path / "absent.yaml")
    assert tree is None
    assert "cannot be read" in problems[0].message


def test_a_byte_order_mark_is_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(b"\xef\xbb\xbfformat: 1\n")
    tree, problems = read_file(path)
    assert tree is not None
    assert tree.root == {"format": 1}
    assert not problems


@given(st.text(max_size=200))
def test_any_text_gives_a_tree_or_a_problem(text: str) -> None:
    tree, problems = read_tree(HERE, text)
    assert tree is not None or problems


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"\n 1.", max_size=80))
def test_yaml_like_text_gives_a_tree_or_a_problem(text: str) -> None:
    tree, problems = read_tree(HERE, text)
    assert tree is not None or problems
