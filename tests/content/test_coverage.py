"""What the shipped content covers: facts, errors, kinds, levels, chains of follow-ups, drills.

`AT_LEAST` and `LEVELS_OFF` are where the bars stand: raised when content is added, never lowered.
"""

from collections import Counter
from collections.abc import Mapping

import pytest

from kdquiz.library.fact_base import Claim
from kdquiz.library.kinds.flashcard import Flashcard
from tests.content.chains import chains, of_good_length
from tests.content.facts_asked import (
    README,
    as_markdown,
    errors,
    facts_asked,
    put_in,
    share_asked,
    verified_facts,
)
from tests.content.shipped import claims, drills, entries, packs

AT_LEAST: Mapping[str, float] = {
    "facts asked, %": 99,
    "errors asked, %": 100,
    "questions": 482,
    "numeric": 78,
    "short": 100,
    "order or cloze": 36,
    "chains of three to five": 100,
    "drills": 32,
}
LEVELS: Mapping[str, float] = {"warm-up": 30, "core": 45, "advanced": 25}
"""How the levels are to be shared out, in percent of the questions."""
LEVELS_OFF = 5
"""By how many points each may be off."""
HINTS, MISTAKES = 3, 8
"""What a drill has at least, to be counted."""


def measured() -> dict[str, float]:
    """What there is, by the names of `AT_LEAST`."""
    questions = [entry.question for entry in entries(packs())]
    rows = facts_asked(claims(packs()), questions)
    kinds = Counter(question.kind for question in questions)
    whole = [drill for drill in drills(packs()) if len(drill.hints) >= HINTS and len(drill.mistakes) >= MISTAKES]
    return {
        "facts asked, %": share_asked(verified_facts(rows)),
        "errors asked, %": share_asked(errors(rows)),
        "questions": len(questions),
        "numeric": kinds["numeric"],
        "short": kinds["short"],
        "order or cloze": kinds["order"] + kinds["cloze"],
        "chains of three to five": len(of_good_length(chains(questions))),
        "drills": len(whole),
    }


def test_there_is_as_much_as_there_should_be() -> None:
    found = measured()
    assert found.keys() == AT_LEAST.keys()
    short = {name: f"{found[name]:.0f} of {wanted:.0f}" for name, wanted in AT_LEAST.items() if found[name] < wanted}
    assert short == {}


def test_what_no_question_asks_is_told_by_name() -> None:
    """The first bar says how many; this one which, once every error has to be asked."""
    rows = facts_asked(claims(packs()), [entry.question for entry in entries(packs())])
    left = [row.claim.id for row in errors(rows) if not row.questions]
    assert left == [] or AT_LEAST["errors asked, %"] < 100


def test_the_levels_are_shared_out() -> None:
    levels = Counter(entry.question.level for entry in entries(packs()))
    shares: dict[str, float] = {str(level): 100 * count / levels.total() for level, count in levels.items()}
    assert {level: shares[level] for level in LEVELS} == pytest.approx(dict(LEVELS), abs=LEVELS_OFF)


def test_every_drill_has_hints_and_mistakes() -> None:
    poor = [drill.id for drill in drills(packs()) if len(drill.hints) < HINTS or len(drill.mistakes) < MISTAKES]
    assert poor == []


def test_the_readme_is_up_to_date() -> None:
    rows = facts_asked(claims(packs()), [entry.question for entry in entries(packs())])
    text = README.read_text(encoding="utf-8")
    assert put_in(text, as_markdown(rows)) == text, "out of date; run: python -m tests.coverage --write"


def card(name: str, *then: str, facts: tuple[str, ...] = ()) -> Flashcard:
    return Flashcard(id=name, kind="flashcard", source="s", ask="?", answer="!", then=then, facts=facts)


def test_a_chain_starts_where_nothing_leads_and_ends_before_it_comes_back() -> None:
    cards = [card("a", "b", "x"), card("b", "c"), card("c", "b"), card("x"), card("y", "x"), card("z", "gone")]
    found = chains(cards)
    assert found == [("a", "b", "c"), ("y", "x"), ("z",)]
    assert of_good_length(found) == [("a", "b", "c")]


def test_facts_are_asked_by_questions() -> None:
    base = [
        Claim(id="F1", about="One | two", evidence=("paper",)),
        Claim(id="F2", about="Two", evidence=("code",)),
        Claim(id="F3", about="Three", evidence=("unverified",)),
        Claim(id="E1", about="Wrong", error=True),
    ]
    rows = facts_asked(base, [card("a", facts=("F1", "F1")), card("b", facts=("F1", "E1"))])
    assert [row.questions for row in rows] == [("a", "b"), (), (), ("b",)]
    assert (share_asked(verified_facts(rows)), share_asked(errors(rows))) == (50.0, 100.0)
    table = as_markdown(rows)
    assert "| F1 | One \\| two | `a`, `b` |" in table
    assert "| F2 | Two | |" in table
    assert "| F3 | Three | (unverified) |" in table
    assert "1 of 2 facts are asked (50 %), and 1 of 1 common errors; unverified, and therefore not asked: 1." in table


def test_the_table_goes_between_its_marks() -> None:
    text = "before\n<!-- coverage -->\nold\n<!-- end of coverage -->\nafter\n"
    once = put_in(text, "new")
    assert once == "before\n<!-- coverage -->\n\nnew\n\n<!-- end of coverage -->\nafter\n"
    assert put_in(once, "new") == once
    with pytest.raises(ValueError, match="has no"):
        put_in("nothing", "new")
