"""A cloze as authors write it: blanks read, gaps drawn, and every mistake said."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pydantic import TypeAdapter, ValidationError

from kdquiz.library.blanks import LONGEST_VARIANT, MOST_BLANKS, MOST_VARIANTS, gapped, joined
from kdquiz.library.kinds.cloze import Cloze, ClozeTest
from tests.library.examples import TWO_BLANKS, cloze


def test_the_blanks_and_what_stands_around_them() -> None:
    question = cloze()
    assert question.blanks == (("both", "both networks"), ("1", "one"))
    assert question.pieces == ("It is applied to ", " in training and is ", " at inference.")
    assert question.title == "It is applied to … in training and is … at inference."
    assert question.asked == "It is applied to [1: ....] in training and is [2: ....] at inference."
    assert question.filled == "It is applied to both in training and is 1 at inference."


def test_in_full() -> None:
    question = cloze(answer="Softened in *both*.\n")
    assert question.model_answer == "Softened in *both*.\n"
    assert question.in_full(answer=False) == question.asked
    assert question.in_full(answer=True) == (
        "It is applied to [1: both] in training and is [2: 1] at inference.\n\n"
        "Accepted:\n\n- 1: both | both networks\n- 2: 1 | one\n\nSoftened in *both*."
    )
    assert cloze("Only {{one}}.").in_full(answer=True) == "Only [1: one]."
    assert cloze().model_answer == ""


@pytest.mark.parametrize(
    ("written", "blanks", "pieces"),
    [
        ("{{a}}", (("a",),), ("", "")),
        ("{{a}}{{b}}", (("a",), ("b",)), ("", "", "")),
        ("In {0, 1} or {{a}}", (("a",),), ("In {0, 1} or ", "")),
        ("{{{0, 1}}}", (("{0, 1}",),), ("", "")),
        ("{{{0, 1} | T^{2}}}.", (("{0, 1}", "T^{2}"),), ("", ".")),
        ("`{{x}}` is {{a}}", (("a",),), ("`{{x}}` is ", "")),
        ("``a ` {{b}}`` {{c}}", (("c",),), ("``a ` {{b}}`` ", "")),
        ("a ` b {{c}}", (("c",),), ("a ` b ", "")),
        ("{{`a | b` | c}}", (("`a | b`", "c"),), ("", "")),
        (r"{{KL(p \|\| q) | a \| b}}", (("KL(p || q)", "a | b"),), ("", "")),
        ("{{two\n  words|three}} a | b", (("two words", "three"),), ("", " a | b")),
    ],
)
def test_how_blanks_are_written(written: str, blanks: tuple[tuple[str, ...], ...], pieces: tuple[str, ...]) -> None:
    read = gapped(written)
    assert (read.blanks, read.pieces) == (blanks, pieces)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("No blank.", "the text has no blank; one is written `{{the answer | another way to say it}}`"),
        ("In code: `{{a}}`", "the text has no blank"),
        ("One {{a is open", "the blank '{{a is open' is not closed by `}}`"),
        ("Two {{a of {{b}}", "the blank '{{a of {{b}}' is not closed by `}}`"),
        ("Closed by code {{a `b}}` c", "the blank '{{a `b}}` c' is not closed by `}}`"),
        ("Stray {{a}} b}} here", "a `}}` closes no blank: '}} here'; in text it is written `} }`"),
        ("Empty {{}}", "the blank '{{}}' is empty; write what is accepted"),
        ("Empty {{ | }}", "the blank '{{ | }}' is empty"),
        ("Bars {{KL(p || q)}}", "the blank '{{KL(p || q)}}' has an empty variant; a `|` that belongs to the text is"),
        ("At the end {{a | }}", "the blank '{{a | }}' has an empty variant"),
        ("Twice {{Both | both}} here", "the blank '{{Both | both}}' has the variant 'both' twice"),
        ("Long {{" + "a" * 300 + "}}", f"has a variant of 300 characters, and takes at most {LONGEST_VARIANT}"),
        ("Many {{" + "|".join(map(str, range(60))) + "}}", f"has 60 variants, and takes at most {MOST_VARIANTS}"),
        ("{{a}} " * 13, f"the text has 13 blanks, and takes at most {MOST_BLANKS}"),
    ],
)
def test_the_author_is_told(written: str, told: str) -> None:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(Cloze).validate_python({"id": "gap", "kind": "cloze", "source": "A paper", "text": written})
    (error,) = raised.value.errors()
    assert error["loc"] == ("text",)
    assert told in str(error["ctx"]["error"])


def test_it_survives_plain_json() -> None:
    question = cloze(TWO_BLANKS, ClozeTest(say=("both", "2"), right=(1,)), answer="So.")
    plain = json.loads(msgspec.json.encode(question))
    assert msgspec.convert(plain, type=Cloze) == question


texts = st.text("ab{}|`\\ \n", max_size=60) | st.text()


@given(texts)
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    told, read = "", None
    try:
        read = gapped(text)
    except ValueError as error:
        told = str(error)
    if read is None:
        assert "blank" in told
    else:
        assert len(read.pieces) == len(read.blanks) + 1
        assert all(variant.strip() == variant != "" for accepted in read.blanks for variant in accepted)


words = st.lists(st.sampled_from(["both", "{0, 1}", "`a | b`", "T²", "log p"]), min_size=1, max_size=3, unique=True)
around = st.sampled_from(["", " ", "It is ", " and {0} then ", "(x)", ": ", "[x]", " `{{x}}` ", "a_b", "_", "**x** "])


@given(st.lists(words, min_size=1, max_size=4), st.data())
def test_what_is_written_is_read(blanks: list[list[str]], data: st.DataObject) -> None:
    pieces = tuple(data.draw(around) for _ in range(len(blanks) + 1))
    question = cloze(joined(pieces, tuple(f"{{{{ {' | '.join(accepted)} }}}}" for accepted in blanks)))
    assert question.blanks == tuple(map(tuple, blanks))
    assert question.pieces == pieces
    shown = MarkdownIt().render(question.asked)
    assert all(f"[{number}: ....]" in shown for number in range(1, len(blanks) + 1))
    assert "\n" not in question.title


@pytest.mark.parametrize("piece", ["{{", "}}", "`", "`` ", "{{a`", "|", "\\|", "{{a}}", "{{a|"])
def test_a_large_text_is_read_in_linear_time(piece: str) -> None:
    with pytest.raises(ValueError, match="blank"):  # a scan from each mark on would take hours
        gapped(piece * (200_000 // len(piece)))
