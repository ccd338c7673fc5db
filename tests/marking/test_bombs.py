"""Synonyms that multiply, phrases and answers without end: bounded, and what people write is found as before."""

import pytest

from kdquiz.library.kinds.short import Point, Short
from kdquiz.library.model import Synonyms
from kdquiz.marking.answers import Answer
from kdquiz.marking.blanks import is_accepted
from kdquiz.marking.phrases import MOST_TERMS, MOST_WAYS, lexicon
from kdquiz.marking.rubric import MOST_WORDS, phrases_that_never_tick, words_that_tick

WORDS = [f"{one}{other}ix" for one in "bcdfghklmnpqrstvw" for other in "aeo"][:50]


def multiplying() -> Synonyms:
    """50 groups of 50, five of each being phrases of 20 words that each stand for 45 others: 45 to the 20th ways."""
    phrases = [tuple(" ".join(WORDS[(first + each) % 50] for each in range(20)) for first in range(5)) for _ in WORDS]
    return tuple(
        (head, *group, *(f"{head}{letter}u" for letter in map(chr, range(ord("a"), ord("z") + 1))))
        for head, group in zip(WORDS, phrases, strict=True)
    )


def test_synonyms_that_multiply_are_put_in_for_each_other_only_so_far() -> None:
    """They took all memory at the first answer."""
    synonyms = multiplying()
    groups = lexicon(synonyms).groups
    listed = sum(map(len, synonyms))
    assert sum(map(len, groups)) <= listed + MOST_TERMS
    assert {tuple(said.split()) for said in synonyms[3]} <= set(groups[3]), "what is listed stays"
    assert words_that_tick([f"{WORDS[7]} zebra"], Answer.of(f"{WORDS[7]}bu zebra"), "Why?", synonyms)


def test_one_synonym_is_said_in_so_many_ways() -> None:
    group = lexicon((tuple(WORDS[:30]), (f"{WORDS[0]} {WORDS[0]}", "other"))).groups[1]
    assert MOST_WAYS <= len(group) <= 2 + MOST_WAYS


def test_the_words_of_a_synonym_stand_for_each_other() -> None:
    synonyms = (("model", "network", "net"), ("student", "small model"), ("teacher", "big model"))
    assert set(lexicon(synonyms).groups[1]) == {
        ("student",),
        ("small", "model"),
        ("small", "network"),
        ("small", "net"),
    }
    assert words_that_tick(["student imitates teacher"], Answer.of("a small net copies the big network"), "", synonyms)


def short(*phrases: str) -> Short:
    point = Point(text="P", any=phrases)
    return Short(id="s", kind="short", source="A book", ask="Why?", answer="That.", points=(point,))


@pytest.mark.parametrize("sign", ["", " ="])
def test_a_phrase_without_end_is_found_nowhere_and_check_says_so(sign: str) -> None:
    endless = f"gradient{sign} " * 2_200
    answer = Answer.of(f"gradient{sign} " * 2_000)
    assert words_that_tick([endless], answer, "Why?") == ()
    ((_, _, why),) = phrases_that_never_tick(short("gradient shrinks", endless))
    assert why == f"more than {MOST_WORDS} words"


def test_alternatives_without_end_are_looked_up_only_so_far() -> None:
    many = "|".join(["gradient"] * 2_000)
    answer = Answer.of("gradient zebra " * 1_000)
    assert words_that_tick([f"({many}) zebra"], answer, "Why?") == ("gradient", "zebra")


def test_a_book_pasted_into_a_blank_is_not_the_answer() -> None:
    assert not is_accepted("\u0301" * 50_000, [f"a{number}" for number in range(50)])
    assert is_accepted(" Both ", ["both networks", "both"])
