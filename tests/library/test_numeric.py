"""Numeric questions: variants, texts with numbers filled in, and what an author is told."""

import json
from dataclasses import asdict
from pathlib import Path

import msgspec
import pytest

from kdquiz.library.faults import FaultyQuestionError
from kdquiz.library.kinds.numeric import Numeric, NumericTest, Slip, tolerance_in_words
from kdquiz.library.problems import Problem
from kdquiz.library.source import read_tree
from kdquiz.library.validate import build_question
from tests.library.examples import numeric

PACK = """
id: soften-three-logits
kind: numeric
source: Hinton, Vinyals & Dean 2015
draw: {a: [2, 3, 4], T: [2, 4, 5]}
ask: |
  A teacher's logits are [{a}, 0, 0]. At T = {T}, what probability
  does class 0 get?
value: softmax([a/T, 0, 0])[0]
within: 0.005
answer: "`softmax([{a/T}, 0, 0])[0]` = {value}"
slips:
  - value: softmax([a, 0, 0])[0]
    because: That is T = 1; divide the logits by T before the softmax.
tests:
  - {say: "{value}", expect: right}
  - {say: "{softmax([a, 0, 0])[0]}", expect: wrong, slip: 1}
  - {say: about half, expect: unreadable}
"""


def read(text: str) -> tuple[Numeric | None, list[Problem]]:
    """The question of a YAML text, and its problems."""
    tree, problems = read_tree(Path("t.yaml"), text)
    assert tree is not None
    assert not problems
    question, found = build_question(tree.root, tree, ())
    assert question is None or isinstance(question, Numeric)
    return question, found


def changed(keys: dict[str, str]) -> list[tuple[str, str]]:
    """Key, and message with hint, of each problem of PACK where some of its keys have another value."""
    tree, _ = read_tree(Path("t.yaml"), PACK)
    assert tree is not None
    kept = {word: json.dumps(value) for word, value in tree.root.items() if word not in keys}
    text = "\n".join(f"{word}: {value}" for word, value in {**kept, **keys}.items())
    return [(problem.key, f"{problem.message} {problem.hint}".strip()) for problem in read(text)[1]]


def test_an_undrawn_question_is_its_first_variant() -> None:
    question, problems = read(PACK)
    assert not problems
    assert question is not None
    assert question.asked == "A teacher's logits are [2, 0, 0]. At T = 2, what probability\ndoes class 0 get?\n"
    assert question.title == "A teacher's logits are [2, 0, 0]. At T = 2, what probability does class 0 get?"
    assert question.model_answer == "`softmax([1, 0, 0])[0]` = 0.5761"
    assert question.number == pytest.approx(0.57612, abs=1e-5)
    assert list(question.slip_numbers) == pytest.approx([0.78699], abs=1e-5)
    assert "0.5761 (to within 0.005)" in question.in_full(answer=True)
    assert "0.787: That is T = 1" in question.in_full(answer=True)
    assert "0.5761" not in question.in_full(answer=False)


def test_a_seed_draws_the_same_variant_for_ever() -> None:
    question, _ = read(PACK)
    assert question is not None
    drawn = [question.drawn(seed).scope for seed in range(6)]
    assert [(scope["a"], scope["T"]) for scope in drawn] == [(4, 5), (4, 2), (4, 5), (3, 2), (2, 2), (4, 4)]
    turned = numeric(draw={"T": (2, 4, 5), "a": (2, 3, 4)}, ask="{a} {T}")
    assert [turned.drawn(seed).scope for seed in range(6)] == drawn
    assert {tuple(question.drawn(seed).scope.values()) for seed in range(200)} == {
        (a, T) for a in (2, 3, 4) for T in (2, 4, 5)
    }


def test_a_drawn_variant_stays_as_it_is() -> None:
    question, _ = read(PACK)
    assert question is not None
    variant = question.drawn(7)
    assert variant.drawn(8) == variant
    assert all(len(values) == 1 for values in variant.draw.values())
    assert numeric().drawn(3) == numeric()


def test_a_draw_without_a_value_is_passed_over() -> None:
    question = numeric(ask="{a}", value="1/a", draw={"a": (1, 0)})
    assert {question.drawn(seed).scope["a"] for seed in range(50)} == {1}
    assert [variant.scope["a"] for variant in question.variants(10)] == [1, 0]


def test_all_variants_or_as_many_as_wanted() -> None:
    question, _ = read(PACK)
    assert question is not None
    assert len({tuple(variant.scope.values()) for variant in question.variants(9)}) == 9
    some = [variant.scope for variant in question.variants(5)]
    assert 1 < len(some) <= 5
    assert some == [variant.scope for variant in question.variants(5)]
    assert some[0] == question.scope
    assert [variant.scope for variant in numeric().variants(5)] == [{}]


def test_it_survives_json() -> None:
    question, _ = read(PACK)
    assert question is not None
    assert msgspec.convert(json.loads(json.dumps(asdict(question))), type=Numeric) == question
    mixed = numeric(draw={"a": (1, 2.0, 0.5)}, ask="{a}", value=3, within="2 %")
    again = msgspec.json.decode(msgspec.json.encode(mixed), type=Numeric)
    assert again == mixed
    assert [str(value) for value in again.draw["a"]] == ["1", "2.0", "0.5"]


@pytest.mark.parametrize(
    ("within", "unit", "words"),
    [
        (0.005, "", "to within 0.005"),
        (0.05, "nats", "to within 0.05 nats"),
        (0.5, "%", "to within 0.5 percentage points"),
        ("2 %", "", "to within 2 %"),
        ("2%", "%", "to within 2 % of the value"),
        (0, "MB", "exactly"),
        (1e-9, "", "to within 1e-9"),
    ],
)
def test_the_tolerance_in_words(within: float | str, unit: str, words: str) -> None:
    assert tolerance_in_words(numeric(within=within, unit=unit)) == words


@pytest.mark.parametrize(
    ("keys", "key", "told"),
    [
        ({"value": "softmx([a])[0]"}, "value", "at character 1: unknown function 'softmx'. Did you mean 'softmax'?"),
        ({"value": "softmax([a/t])[0]"}, "value", "at character 12: unknown name 't' Did you mean 'T'?"),
        ({"value": "softmax([a/T, 0, 0])"}, "value", "it gives a list of 3, and one number is needed (at a = 2, T"),
        ({"value": "log(a - 2)"}, "value", "there is no log of 0 (at a = 2, T = 2)"),
        ({"value": "[1, 2]"}, "value", "must be"),
        ({"draw": "{a: [], T: [2]}"}, "draw.a", "`a` has 0 entries, and needs at least 1"),
        ({"draw": "{a: [2, 2], T: [2]}"}, "draw.a.1", "2 stands twice"),
        ({"draw": "{a: 2, T: [2]}"}, "draw.a", "`a` must be a list, not 2"),
        ({"draw": "{a: [2], T: [4], N: [1]}"}, "draw.N", "'N' is drawn and `ask` never says it Write {N} into `ask`"),
        ({"draw": "{a: [2], T: [4], log: [1]}"}, "draw.log", "'log' is a name that formulas have already"),
        ({"draw": "{a: [2], T: [4], α: [1]}"}, "draw.α", "'α' is no name that formulas know"),
        ({"ask": "'{a} {T} {b}'"}, "ask", "unknown name 'b'"),
        ({"ask": "'{a} {T} {'"}, "ask", "a brace opens and is never closed"),
        ({"ask": "'{a} {T} {value}'"}, "ask", "`{value}` would tell the answer"),
        ({"ask": "'{a} {T} {1/(a-2)}'"}, "ask", "it divides by 0 (at a = 2, T = 2)"),
        ({"answer": "'{b}'"}, "answer", "unknown name 'b'"),
        ({"slips": "[{value: b, because: x}]"}, "slips.0.value", "unknown name 'b'"),
        ({"slips": "[{value: a, because: x}, {value: 'a +', because: x}]"}, "slips.1.value", "in the formula `a +`"),
        ({"within": "some"}, "within", "`within` is a number, such as 0.005, or a part of the value"),
        ({"within": "-1"}, "within", "0 or more"),
        ({"within": ".nan"}, "within", "0 or more"),
        ({"unit": "10 MB"}, "unit", "`unit` is a short word or sign without digits"),
        ({"unit": "percent"}, "unit", "the unit percent is written `%`: else the answer `10 %` would be read as 0.1"),
        ({"unit": "T"}, "unit", "the unit 'T' is drawn, too"),
        ({"tests": "[{say: '1', expect: wrong, slip: 2}]"}, "tests.0.slip", "there is no slip 2: the question has 1"),
        ({"tests": "[{say: '1', expect: right, slip: 1}]"}, "tests.0.slip", "an answer that is right is no slip"),
        ({"tests": "[{say: '{b}', expect: right}]"}, "tests.0.say", "unknown name 'b'"),
        ({"tests": "[{say: '1', expect: rihgt}]"}, "tests.0.expect", "'rihgt'"),
        ({"tolerance": "1"}, "tolerance", "unknown key 'tolerance'"),
    ],
)  # fmt: skip
def test_an_author_is_told_at_the_key(keys: dict[str, str], key: str, told: str) -> None:
    found = changed(keys)
    assert key in dict(found), found
    assert any(one == key and told in message for one, message in found), found


def test_every_fault_is_told_at_once_with_its_place() -> None:
    text = PACK.replace("{a/T}", "{b}").replace("softmax([a, 0, 0])[0]\n", "c\n").replace('"{value}"', '"{d}"')
    _, problems = read(text)
    assert [(problem.key, problem.place.line) for problem in problems] == [
        ("answer", 11),
        ("slips.0.value", 13),
        ("tests.0.say", 16),
    ]


def test_a_question_in_code_says_all_that_is_wrong() -> None:
    with pytest.raises(FaultyQuestionError, match=r"value: .*unknown name 'b'.*\(and 1 more\)"):
        numeric(value="b", slips=(Slip(value="c", because="x"),))


def test_a_value_may_be_a_bare_number() -> None:
    for value, number in ((3, 3.0), (0.5, 0.5), ("1/4", 0.25), (1e-5, 1e-5)):
        assert numeric(value=value).number == number
    assert NumericTest(say="1", expect="right").slip is None
