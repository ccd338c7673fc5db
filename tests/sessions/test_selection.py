"""What a quiz asks."""

import random
from datetime import timedelta

from kdquiz.library.filter import Filter
from kdquiz.memory.model import Rating
from kdquiz.memory.schedule import Schedule
from kdquiz.sessions.selection import NEW_A_SESSION, Wish, select
from tests.sessions.examples import NOON, choice, flashcard, library, short

LIBRARY = library(choice("a"), flashcard("b"), short("c"))


def ids(wish: Wish, made_due: frozenset[str] = frozenset(), seed: int = 1) -> list[str]:
    card = Schedule().review(None, "a", Rating.EASY, NOON)
    chosen = select(LIBRARY, wish, {"a": card}, made_due, NOON + timedelta(hours=1), random.Random(seed))
    return list(chosen)


def test_filters() -> None:
    for everything in (False, True):
        kinds = Wish(filter=Filter(kinds=("choice", "short")), everything=everything)
        assert sorted(ids(kinds, frozenset({"a"}))) == ["a", "c"]
        assert ids(Wish(filter=Filter(topics=("beta",)), everything=everything)) == []
        assert ids(Wish(filter=Filter(levels=("advanced",)), everything=everything)) == []


def test_what_is_not_due_is_left_out() -> None:
    assert ids(Wish()) == ["b", "c"]


def test_what_a_drill_made_due_comes_first() -> None:
    assert ids(Wish(), frozenset({"a"}))[0] == "a"


def test_everything_is_all_in_an_order_of_the_seed() -> None:
    assert sorted(ids(Wish(everything=True))) == ["a", "b", "c"]
    assert len({tuple(ids(Wish(everything=True), seed=seed)) for seed in range(30)}) == 6
    assert ids(Wish(everything=True), seed=5) == ids(Wish(everything=True), seed=5)


def test_at_most() -> None:
    assert len(ids(Wish(everything=True, at_most=2))) == 2


def test_new_questions_are_limited() -> None:
    many = library(*(flashcard(f"q{number}") for number in range(30)))
    assert len(select(many, Wish(), {}, frozenset(), NOON, random.Random(1))) == NEW_A_SESSION
