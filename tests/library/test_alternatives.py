"""How the alternatives of a phrase are written."""

import pytest

from kdquiz.library.kinds.short import alternatives, is_readable


@pytest.mark.parametrize(
    ("phrase", "parts"),
    [
        ("soft target", (("soft target",),)),
        ("soft (target|label)", (("soft ",), ("target", "label"), ("",))),
        ("(a | b c) and (d|e)", (("",), ("a", "b c"), (" and ",), ("d", "e"), ("",))),
        ("eval()", (("eval()",),)),
        ("KL(p||q)", (("KL(p||q)",),)),
        ("(p || q)", (("(p || q)",),)),
        ("p(y|x)", (("p(y|x)",),)),
    ],
)
def test_alternatives_are_read(phrase: str, parts: tuple[tuple[str, ...], ...]) -> None:
    assert alternatives(phrase) == parts


@pytest.mark.parametrize("phrase", ["(a|)", "(|a) b", "(a| |b)"])
def test_an_empty_alternative_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="is empty"):
        alternatives(phrase)


@pytest.mark.parametrize("phrase", ["(eval()|test)", "(a|(b|c))", "(a|b"])
def test_brackets_inside_brackets_are_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        alternatives(phrase)


def test_a_phrase_without_end_is_refused_before_its_brackets_are_read() -> None:
    with pytest.raises(ValueError, match="longer than"):
        is_readable(f"({'a|' * 10_000}a)")
