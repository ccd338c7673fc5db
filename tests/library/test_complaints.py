"""What the parser of YAML complains of is told in an author's words, where it has to be mended."""

from pathlib import Path

import pytest

from kdquiz.library.source import read_tree

HEAD = "questions:\n  - id: one\n"
QUOTE = "Put quotes around the whole text."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("    ask: `x` is what?\n", f"3:10: not YAML: a text cannot start with `. {QUOTE}"),
        ("    ask: @ is what?\n", f"3:10: not YAML: a text cannot start with @. {QUOTE}"),
        ("    ask: %50 or more?\n", f"3:10: not YAML: a text cannot start with %. {QUOTE}"),
        ("    ask: *What* is it?\n", f"3:10: not YAML: a text cannot start with *. {QUOTE}"),
        ("    ask: **What** is it?\n", f"3:10: not YAML: a text cannot start with *. {QUOTE}"),
        ("    ask: &&& is what?\n", f"3:10: not YAML: a text cannot start with &. {QUOTE}"),
        ("    ask: - what?\n", "3:10: not YAML: block sequence entries are not allowed in this context. A text that"),
        ("    ask: ? what\n", "A text that starts with `- ` or `? ` needs quotes around it"),
        ("    ask: | what\n", "A text behind `|` or `>` starts on the next line"),
        ('    ask: "What" is it?\n', "3:17: not YAML: did not find expected key (while parsing a block mapping)"),
        ('    ask: "What" is it?\n', 'goes on behind the closing ": put quotes of the other sort around all of it.'),
        ("    ask: 'Don't know'\n", "goes on behind the closing ': put quotes of the other sort around all of it."),
        ("    ask: [0, 1] is what?\n", "goes on behind the closing ]: put quotes around all of it."),
        ("    ask: {a} is what?\n", "goes on behind the closing }: put quotes around all of it."),
        ("    ask:what?\n    answer: so\n", "3:5: not YAML: could not find expected ':' (while scanning a simple key)"),
        ("  - id:two\n    ask: what?\n", "4:8: not YAML: mapping values are not allowed in this context. In the line"),
        ("  - id:two\n    ask: what?\n", "In the line above a space is missing behind `id:`."),
        ("    ask: See https://x.org\n      so: there\n", "A text that holds `: ` needs quotes around it"),
        (
            "    kind: k\n\u00a0   ask: What?\n    answer: So.\n",
            "4:1: a no-break space (U+00A0), which YAML takes for text. Type a plain space.",
        ),
        ("    ask:\u00a0What?\n", "3:9: a no-break space (U+00A0), which YAML takes for text. Type a plain space."),
        ("    ask: What?\n  answer: So.\n", "4:3: not YAML: did not find expected '-' indicator"),
        ("    ask: What?\n   answer: So.\n", "or a line that is not indented as its neighbours."),
    ],
)
def test_the_author_is_told(text: str, told: str) -> None:
    tree, problems = read_tree(Path("p.yaml"), HEAD + text)
    assert tree is None
    assert len(problems) == 1
    assert told in str(problems[0])


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        ("a: b #c", "#c"),
        ("a: b  # c: d", "# c: d"),
        ("a: b\n   c # d", "# d"),
        ("a: [b, c] # d", None),
        ("a: b#c", None),
        ("a: 'b # c'", None),
        ("a: 'b' # c", None),
        ("a: |\n  b # c", None),
    ],
)
def test_a_comment_behind_a_text_is_kept(text: str, comment: str | None) -> None:
    tree, problems = read_tree(Path("p.yaml"), text)
    assert tree is not None
    assert problems == []
    assert tree.comments.get(("a",)) == comment


def test_an_empty_file_is_told_as_such() -> None:
    tree, problems = read_tree(Path("p.yaml"), "# nothing yet\n")
    assert tree is not None
    assert tree.root in (None, "")
    assert problems == []
