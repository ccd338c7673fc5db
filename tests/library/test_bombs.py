"""Files that are small and would cost much: each is refused with a place, before it does."""

from pathlib import Path

import pytest

from kdquiz.library import source
from kdquiz.library.source import read_tree

HERE = Path("topic.yaml")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_full_of_directives_is_refused_before_yaml_compares_them(end: str) -> None:
    """Each is compared with all before: 60,000 of them, in a file of a megabyte, took nine seconds."""
    directives = [f"%TAG !a{number}! x:" for number in range(source.MOST_DIRECTIVES)]
    for start in ([], ["a: b", "..."]):
        tree, (problem,) = read_tree(HERE, end.join([*start, *directives, "---", "a: b"]))
        assert tree is None
        assert "%TAG" in problem.message
    tree, problems = read_tree(HERE, end.join([*directives[1:], "---", "a: b"]))
    assert tree is not None
    assert tree.root == {"a": "b"}
    assert problems == []


def test_no_more_is_told_of_a_file_than_somebody_mends() -> None:
    """98,000 problems of one file took 250 MB."""
    text = 'a: "\\e"\n' + "".join(f'k{number}: "\\e"\n' for number in range(2 * source.MOST_PROBLEMS))
    tree, problems = read_tree(HERE, text)
    assert tree is None
    assert len(problems) == source.MOST_PROBLEMS
    assert problems[-1].place.line == source.MOST_PROBLEMS


def test_a_file_holds_no_more_formulas_than_can_be_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MOST_FORMULAS", 6)
    tree, problems = read_tree(HERE, "a: '{1} {2} {3} {{cloze | {x}}}'\nb: {c: '{5} {{{6}}}'}\n")
    assert tree is not None
    assert problems == []
    tree, (problem,) = read_tree(HERE, "a: '{1} {2} {3} {4}'\nb: '{5} {6} {7}'\n")
    assert tree is None
    assert problem.place.line == 2
    assert "more than 6 `{`" in problem.message
