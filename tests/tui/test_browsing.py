"""What the Browse screen finds, by values."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from kdquiz.library.filter import EVERYTHING, Filter
from kdquiz.library.library import Library
from kdquiz.library.model import Question
from kdquiz.memory.day import Calendar
from kdquiz.memory.model import Card, Rating, ReviewLog, Standing
from kdquiz.memory.schedule import Schedule
from kdquiz.tui import browsing
from kdquiz.tui.browsing import PRACTICE, Asked, Facet, Found, Learnt, Shelf, State
from kdquiz.tui.facets import offers, tally
from kdquiz.tui.widgets.preview import layout
from kdquiz.tui.widgets.question_row import question_row
from tests.libraries import library_of
from tests.tui.desk import NOON
from tests.tui.examples import CHOICE, FLASHCARD, MULTI, SHORT, library
from tests.tui.questions import CLOZE, NUMERIC, ORDER, PREDICT

CONTENT = library(CHOICE, SHORT, MULTI, FLASHCARD)
SCHEDULE = Schedule()
CALENDAR = Calendar(UTC)
TODAY = CALENDAR.day(NOON)


def card(question_id: str, *ratings: tuple[float, Rating]) -> Card:
    made: Card | None = None
    for days_ago, rating in ratings:
        at = NOON - timedelta(days=days_ago)
        log = ReviewLog(card_id=question_id, rating=rating, reviewed_at=at, seconds=5.0, day=CALENDAR.day(at))
        made = SCHEDULE.review(made, log)
    assert made is not None
    return made


CARDS = {
    each.id: each
    for each in (
        card(CHOICE.id, (30, Rating.EASY)),
        card(SHORT.id, (30, Rating.EASY), (15, Rating.AGAIN), (15, Rating.EASY), (0, Rating.EASY)),
        card("double", (1, Rating.EASY)),
    )
}


NOTHING_DECIDED: Mapping[str, Standing] = {}
NONE = {state.value: 0 for state in State}


def shelf(
    content: Library = CONTENT,
    cards: Mapping[str, Card] = CARDS,
    made_due: tuple[str, ...] = (),
    standings: Mapping[str, Standing] = NOTHING_DECIDED,
) -> Shelf:
    learnt = Learnt(cards=cards, made_due=frozenset(made_due), now=NOON, today=TODAY, standings=standings)
    return Shelf(library=content, learnt=learnt)


def found(asked: Asked, on: Shelf | None = None) -> list[str]:
    made = Found(on or shelf(), asked)
    hits = [made.at(number) for number in range(made.count)]
    return [hit.row.id for hit in hits if hit]


def test_everything_is_found_in_reading_order() -> None:
    assert found(Asked()) == [CHOICE.id, SHORT.id, MULTI.id, FLASHCARD.id]
    assert Asked().everything
    assert not Asked(level="core").everything


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        (Asked(kind="multi"), [MULTI.id]),
        (Asked(level="warm-up"), [SHORT.id]),
        (Asked(topic="temperature", level="core"), [CHOICE.id, FLASHCARD.id]),
        (Asked(topic="elsewhere"), []),
        (Asked(state="new"), [MULTI.id, FLASHCARD.id]),
        (Asked(state="due"), [CHOICE.id]),
        (Asked(state="resting"), [SHORT.id]),
        (Asked(state="forgotten"), [SHORT.id]),
        (Asked(state="new", kind="flashcard"), [FLASHCARD.id]),
        (Asked(words="dark"), [FLASHCARD.id]),
        (Asked(words="dar", state="due"), []),
        (Asked(words=" ?!"), [CHOICE.id, SHORT.id, MULTI.id, FLASHCARD.id]),
    ],
)
def test_filters_and_words_narrow_what_is_found(asked: Asked, ids: list[str]) -> None:
    assert found(asked) == ids


def test_what_a_drill_asked_for_is_due() -> None:
    on = shelf(made_due=(SHORT.id, MULTI.id))
    assert found(Asked(state="due"), on) == [CHOICE.id, SHORT.id, MULTI.id]
    assert found(Asked(state="new"), on) == [FLASHCARD.id]
    assert found(Asked(state="resting"), on) == []


def test_the_learner_reads_when_a_question_comes_back() -> None:
    told = shelf(made_due=(MULTI.id,)).learnt.told
    assert [told(question.id) for question in (CHOICE, MULTI, FLASHCARD)] == ["due", "due", "new"]
    assert told("double") == "7 d"
    assert told(SHORT.id).startswith("! ")


ASIDE = {
    CHOICE.id: Standing(suspended=True),
    SHORT.id: Standing(marked=True),
    MULTI.id: Standing(buried_on=TODAY, marked=True),
    FLASHCARD.id: Standing(buried_on=TODAY - 1),
}


@pytest.mark.parametrize(
    ("state", "ids"),
    [
        ("suspended", [CHOICE.id]),
        ("buried", [MULTI.id]),
        ("marked", [SHORT.id, MULTI.id]),
        ("due", []),
        ("resting", [SHORT.id]),
        ("new", [FLASHCARD.id]),
        ("leech", []),
    ],
)
def test_what_was_put_aside_is_neither_new_nor_due_nor_resting(state: str, ids: list[str]) -> None:
    assert found(Asked(state=state), shelf(standings=ASIDE)) == ids


def test_the_learner_reads_what_they_decided() -> None:
    learnt = shelf(standings=ASIDE).learnt
    assert [learnt.told(each.id) for each in (CHOICE, MULTI, FLASHCARD)] == ["suspended", "* buried", "new"]
    assert learnt.told(SHORT.id).startswith("*! ")
    assert "@" in learnt.notice(CHOICE.id)
    assert "- asks it" in learnt.notice(MULTI.id)
    assert learnt.notice(SHORT.id) == ""
    assert learnt.with_standing(CHOICE.id, Standing()).told(CHOICE.id) == "due"


def test_a_leech_is_named_and_found() -> None:
    lapsed = replace(CARDS[SHORT.id], lapses=4)
    on = shelf(cards={**CARDS, SHORT.id: lapsed})
    assert found(Asked(state="leech"), on) == [SHORT.id]
    assert on.learnt.told(SHORT.id).startswith("!! ")
    assert "Forgotten 4 times" in on.learnt.notice(SHORT.id)


def test_a_question_is_found_again_by_its_id() -> None:
    for asked in (Asked(), Asked(level="core"), Asked(words="the"), Asked(state="new")):
        made = Found(shelf(), asked)
        for number, question_id in enumerate(found(asked)):
            assert made.number_of(question_id) == number
    assert Found(shelf(), Asked(level="core")).number_of(SHORT.id) is None
    assert Found(shelf(), Asked(state="due")).number_of(SHORT.id) is None
    assert Found(shelf(), Asked(state="new")).number_of(CHOICE.id) is None
    assert Found(shelf(), Asked(words="dark")).number_of(SHORT.id) is None


def test_there_is_nothing_before_the_first_and_after_the_last() -> None:
    for asked in (Asked(), Asked(words="dark")):
        made = Found(shelf(), asked)
        assert made.at(-1) is None
        assert made.at(made.count) is None


def test_pages_are_fetched_as_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    many = library_of([replace(FLASHCARD, id=f"card-{number}") for number in range(1200)])
    starts: list[int] = []
    fetch = Library.page

    def page(self: Library, wanted: Filter = EVERYTHING, *, start: int = 0, count: int = 0) -> object:
        starts.append(start)
        return fetch(self, wanted, start=start, count=count)

    monkeypatch.setattr(Library, "page", page)
    made = Found(shelf(many), Asked())
    assert made.count == 1200
    assert starts == []
    for number in (0, 49, 50, 10, 1199):
        hit = made.at(number)
        assert hit is not None
        assert hit.row.id == f"card-{number}"
    assert starts == [0, 50, 1150]
    for number in range(0, 1200, browsing.PAGE):
        made.at(number)
    assert len(made._pages) == browsing.PAGES_KEPT


def test_a_session_can_be_made_of_what_is_found() -> None:
    wish = Found(shelf(), Asked(level="core", state="new")).wish
    assert (wish.filter.levels, wish.everything, wish.at_most) == (("core",), True, PRACTICE)
    assert CONTENT.ids(wish.filter) == [FLASHCARD.id]
    assert CONTENT.ids(Found(shelf(), Asked(words="peaked")).wish.filter) == found(Asked(words="peaked")) == [SHORT.id]


@pytest.mark.parametrize(
    ("asked", "facet", "counts"),
    [
        (Asked(), "level", {"core": 2, "warm-up": 1, "advanced": 1}),
        (Asked(level="core"), "level", {"core": 2, "warm-up": 1, "advanced": 1}),
        (Asked(level="core"), "kind", {"choice": 1, "flashcard": 1}),
        (Asked(state="new"), "topic", {"temperature": 2}),
        (Asked(level="core"), "state", NONE | {"new": 1, "due": 1}),
        (Asked(words="peaked"), "kind", {"short": 1}),
        (Asked(words="peaked"), "state", NONE | {"resting": 1, "forgotten": 1}),
    ],
)
def test_each_value_has_a_count_under_the_other_filters(asked: Asked, facet: Facet, counts: dict[str, int]) -> None:
    assert tally(shelf(), asked, facet) == counts


def test_where_a_search_was_cut_nobody_can_count(monkeypatch: pytest.MonkeyPatch) -> None:
    many = library_of([replace(FLASHCARD, id=f"card-{number}") for number in range(500)])
    assert Found(shelf(many), Asked(words="dark")).cut
    assert tally(shelf(many), Asked(words="dark"), "kind") is None
    assert tally(shelf(many), Asked(words="dark"), "state") is None
    assert not Found(shelf(many), Asked()).cut


def test_every_value_is_offered_and_all_of_them_first() -> None:
    levels = offers(shelf(), Asked(kind="multi"), "level")
    assert [(offer.name, offer.count) for offer in levels] == [
        ("all", None),
        ("warm-up", 0),
        ("core", 0),
        ("advanced", 1),
    ]
    assert [offer.value for offer in offers(shelf(), Asked(), "kind")] == ["", "choice", "flashcard", "multi", "short"]
    assert [offer.name for offer in offers(shelf(), Asked(), "topic")] == ["all", "Temperature"]
    assert all(offer.about for offer in offers(shelf(), Asked(), "state")[1:])


# ---- how it is drawn ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [30, 50, 76, 110])
@pytest.mark.parametrize("words", ["the", "kl_div", "logits"])
def test_a_row_is_as_wide_as_the_list_and_marks_what_was_searched_for(width: int, words: str) -> None:
    made = Found(shelf(), Asked(words=words))
    assert made.count
    for number in range(made.count):
        hit = made.at(number)
        assert hit is not None
        row = question_row(hit, "! 12 mo", width, marked=number == 0)
        assert row.cell_length == width
        assert row.plain.startswith("▸ " if number == 0 else "  ")
        assert not set(row.plain) & set("\x02\x03\ufdd0\ufdd1`")
        assert hit.row.kind in row.plain
        assert (hit.row.topic in row.plain) is (width > 76)


def test_the_words_found_stand_out_in_code_too() -> None:
    hit = Found(shelf(), Asked(words="kl_div")).at(0)
    assert hit is not None
    row = question_row(hit, "new", 76, marked=False)
    assert "What does F.kl_div expect" in row.plain
    marked = [row.plain[span.start : span.end] for span in row.spans if "underline" in str(span.style)]
    assert "".join(marked) == "kl_div"


@pytest.mark.parametrize("question", [CHOICE, MULTI, PREDICT], ids=lambda question: question.kind)
@pytest.mark.parametrize("answer", [False, True])
def test_lettered_lines_are_told_from_the_text(question: Question, answer: bool) -> None:
    made = layout(question.in_full(answer))
    assert made.before == question.asked
    assert made.lettered.startswith("a. ")
    assert all(part in made.lettered for part in question.parts)
    assert ("✓" in made.lettered) is answer
    assert made.after == (question.model_answer if answer else "")


@pytest.mark.parametrize("question", [CHOICE, MULTI, PREDICT], ids=lambda question: question.kind)
@pytest.mark.parametrize("answer", [False, True])
def test_lettered_lines_stand_in_an_order_of_the_question_s_own(question: Question, answer: bool) -> None:
    authored = layout(question.in_full(answer)).lettered
    named = [replace(question, id=f"question-{number}") for number in range(20)]
    several = [layout(each.in_full(answer)).lettered for each in named]
    assert several == [layout(each.in_full(answer)).lettered for each in named]
    firsts = {next(part for part in question.parts if part in text.splitlines()[0]) for text in several}
    assert firsts == set(question.parts)
    for text in several:
        assert [line[0] for line in text.splitlines() if line[1:2] == "."] == list("abcdef"[: len(question.parts)])
        said = {line.partition(". ")[2] for line in text.splitlines() if line[1:2] == "."}
        assert said == {line.partition(". ")[2] for line in authored.splitlines() if line[1:2] == "."}


def test_the_letters_of_an_option_are_the_same_with_its_answer() -> None:
    letters = [
        {part: line[0] for line in text.splitlines() for part in CHOICE.parts if line[1:2] == "." and part in line}
        for text in (layout(CHOICE.in_full(answer)).lettered for answer in (False, True))
    ]
    assert letters[0] == letters[1]
    assert len(letters[0]) == len(CHOICE.parts)


def test_an_order_is_lettered_only_while_its_answer_is_hidden() -> None:
    hidden = layout(ORDER.in_full(answer=False)).lettered
    assert all(step in hidden for step in ORDER.steps)
    assert [line.partition(". ")[2] for line in hidden.splitlines()] != list(ORDER.steps)
    assert layout(ORDER.in_full(answer=True)).lettered == ""


@pytest.mark.parametrize("question", [SHORT, FLASHCARD, NUMERIC, CLOZE], ids=lambda question: question.kind)
def test_text_without_letters_is_left_whole(question: Question) -> None:
    for answer in (False, True):
        assert layout(question.in_full(answer)).before == question.in_full(answer)
