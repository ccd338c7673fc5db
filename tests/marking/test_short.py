"""Marking short answers: lines ticked one by one, and overruled by hand."""

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.marking import mark
from kdquiz.marking.model import Outcome, PointMark, Typed
from tests.marking.examples import short

SKY = short(("scattered", "scattering"), ("short wavelengths", "blue light"), ("sunset",))


def test_each_line_is_ticked_on_its_own_by_the_words_that_say_it() -> None:
    marked = mark(SKY, Typed("Light of short wavelength is scattered most."))
    assert marked.points == (
        PointMark("Says scattered", ticked=True, words=("scattered",)),
        PointMark("Says short wavelengths", ticked=True, words=("short", "wavelength")),
        PointMark("Says sunset", ticked=False),
    )
    assert marked.outcome is Outcome.PARTLY
    assert marked.share == pytest.approx(2 / 3)


def test_all_lines_are_right_and_none_is_wrong() -> None:
    everything = mark(SKY, Typed("Scattering of blue light, as at sunset"))
    assert (everything.outcome, everything.share) == (Outcome.RIGHT, 1.0)
    nothing = mark(SKY, Typed(""))
    assert (nothing.outcome, nothing.share) == (Outcome.WRONG, 0.0)
    assert not any(point.ticked for point in nothing.points)


def test_the_learner_overrules() -> None:
    marked = mark(SKY, Typed("Blue light is scattered", overruled=((0, False), (1, True), (2, True))))
    assert marked.points == (
        PointMark("Says scattered", ticked=False, overruled=True),
        PointMark("Says short wavelengths", ticked=True, words=("Blue", "light")),
        PointMark("Says sunset", ticked=True, overruled=True),
    )
    assert marked.share == pytest.approx(2 / 3)


def test_the_last_word_on_a_line_counts() -> None:
    marked = mark(SKY, Typed("", overruled=((0, True), (0, False))))
    assert not any(point.ticked or point.overruled for point in marked.points)


@pytest.mark.parametrize("position", [-1, 3])
def test_a_line_that_does_not_exist_cannot_be_overruled(position: int) -> None:
    with pytest.raises(ValueError, match=f"no rubric line at position {position}"):
        mark(SKY, Typed("", overruled=((position, True),)))


WORDS = ("light", "is", "not", "blue", "scattered", "wavelengths", "short", ",", ".", "without", "sunset", "sky", "why")
answers = st.lists(st.sampled_from(WORDS)).map(" ".join)
by_hand = st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=3).map(tuple)


@settings(deadline=None)
@given(answers | st.text(), by_hand)
def test_promises_of_a_short_answer(text: str, overruled: tuple[tuple[int, bool], ...]) -> None:
    response = Typed(text, overruled)
    marked = mark(SKY, response)
    assert marked == mark(SKY, response)
    assert marked.share is not None
    assert 0 <= marked.share <= 1
    assert marked.share == sum(point.ticked for point in marked.points) / 3
    for position, ticked in dict(overruled).items():
        assert marked.points[position].ticked is ticked
    for point in marked.points:
        assert bool(point.words) == (point.ticked and not point.overruled)
        assert all(word in text for word in point.words)


@settings(deadline=None)
@given(answers, answers)
def test_a_further_sentence_never_unticks(text: str, more: str) -> None:
    alone = mark(SKY, Typed(text + "."))
    longer = mark(SKY, Typed(f"{text}. And that is the whole of it. {more}"))  # no bare list of keywords
    assert all(before.ticked <= after.ticked for before, after in zip(alone.points, longer.points, strict=True))


BARE_LISTS = (
    "scattering, short wavelengths, sunset",
    "scattering; blue light; sunset",
    "- scattering\n- blue light\n- sunset",
    "scattering / wavelengths / sunset",
    "sunset. scattering. blue light.",
    "scattering short wavelengths blue light sunset air",
)
SAYING = (
    "scattering, blue light and sunset",
    "blue light scatters, sunset",
    "light is scattered, short wavelengths, sunset",
    "scattered blue light",
    "scattering ~ 1/λ⁴, so short wavelengths win",
)


@pytest.mark.parametrize("text", BARE_LISTS)
def test_a_bare_list_of_keywords_ticks_nothing(text: str) -> None:
    assert not any(point.ticked for point in mark(SKY, Typed(text)).points)


@pytest.mark.parametrize("text", SAYING)
def test_a_terse_answer_is_an_answer(text: str) -> None:
    assert any(point.ticked for point in mark(SKY, Typed(text)).points)


def test_a_bare_list_can_be_ticked_by_hand() -> None:
    marked = mark(SKY, Typed(BARE_LISTS[0], overruled=((2, True),)))
    assert [point.ticked for point in marked.points] == [False, False, True]


def test_the_synonyms_of_the_pack_are_used() -> None:
    assert not mark(SKY, Typed("It is all about dusk.")).points[2].ticked
    marked = mark(SKY.with_synonyms((("sunset", "dusk"),)), Typed("It is all about dusk."))
    assert marked.points[2].words == ("dusk",)


@pytest.mark.parametrize(
    "piece",
    ["blue ", "scattered light, ", "not ", "is wrong ", "short wavelengths of the sunset. ", "ab\u0301c ", "\n "],
)
def test_a_very_long_answer_takes_no_long_time(piece: str) -> None:
    started = time.perf_counter()
    marked = mark(SKY, Typed((piece * 100_000)[:100_000]))
    assert len(marked.points) == 3
    assert time.perf_counter() - started < 5


def test_other_kinds_do_not_pay_for_the_rubric() -> None:
    code = (
        "import sys; import kdquiz.marking, kdquiz.marking.kinds.choice, kdquiz.marking.kinds.flashcard;"
        "print({'rapidfuzz', 'snowballstemmer'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
