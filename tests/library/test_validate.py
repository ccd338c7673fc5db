"""A file of nothing but mistakes is told of whole, in a time that grows as the file does."""

from pathlib import Path

import pytest

from kdquiz.library.read import read_content

HEAD = "format: 1\ntopic: t\ntitle: T\n"
SHORT = "  - id: one\n    kind: short\n    ask: q\n    answer: a\n    source: s\n    points: [{text: a, any: [b c]}]\n"
MANY = 20_000


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{HEAD}questions:\n{SHORT}    tests: [{'5, ' * MANY}]\n", "entry 20000 must be a mapping of keys to values"),
        (
            f"{HEAD}questions:\n{SHORT}" + "".join(f"    anser{n}: 1\n" for n in range(MANY)),
            f"unknown key 'anser{MANY - 1}'",
        ),
        (HEAD + "".join(f"questons{n}: 1\n" for n in range(MANY - 1)) + "questions: []\n", "at least one question"),
    ],
    ids=["entries", "keys of a question", "keys of a file"],
)
def test_very_many_mistakes(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(text, encoding="utf-8")
    problems = read_content(path).facts.problems
    assert len(problems) == MANY
    assert any(told in problem.message for problem in problems)
