"""The due queue: what is wanted, then what is due, then what is new, never before its prerequisites."""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kdquiz.memory.due import due_queue
from kdquiz.memory.model import Card, CardState

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def card(card_id: str, *, late_days: float, stability: float = 10.0) -> Card:
    """A card that has been due for `late_days` days."""
    due = NOW - timedelta(days=late_days)
    last = due - timedelta(days=stability)
    return Card(
        id=card_id, state=CardState.REVIEW, step=None, stability=stability, difficulty=5.0, due=due, last_review=last
    )


@dataclass(frozen=True)
class Listed:
    """Questions in a list."""

    ids: Sequence[str]
    needed: Mapping[str, Sequence[str]]

    def in_order(self) -> Sequence[str]:
        return self.ids

    def among(self, ids: Collection[str]) -> Sequence[str]:
        return [card_id for card_id in dict.fromkeys(self.ids) if card_id in ids]

    def needs(self, card_id: str) -> Sequence[str]:
        return self.needed.get(card_id, ())


def queue(
    ids: str,
    *cards: Card,
    needs: dict[str, str] | None = None,
    new_limit: int = 10,
    wanted: str = "",
    seed: int = 0,
) -> str:
    """The queue of one-letter ids, as a word."""
    asked = due_queue(
        Listed(ids, needs or {}),
        {each.id: each for each in cards},
        now=NOW,
        new_limit=new_limit,
        wanted=frozenset(wanted),
        rng=random.Random(seed),
    )
    return "".join(asked)


def test_wanted_then_due_then_new() -> None:
    due, wanted, later = card("b", late_days=1), card("d", late_days=-5), card("e", late_days=-5)
    assert queue("abcde", due, wanted, later, wanted="d") == "dbac"


def test_the_most_overdue_comes_first_measured_in_stabilities() -> None:
    long, short, middle = (
        card("a", late_days=20, stability=200),
        card("b", late_days=2, stability=1),
        card("c", late_days=5, stability=10),
    )
    assert queue("abc", long, short, middle) == "bca"


def test_what_is_due_now_is_due_and_what_is_due_later_is_not() -> None:
    now, later = card("a", late_days=0), card("b", late_days=-1e-6)
    assert queue("ab", now, later) == "a"


def test_new_questions_come_in_reading_order_up_to_the_limit() -> None:
    assert queue("abcd", new_limit=2) == "ab"
    assert queue("abcd", new_limit=0) == ""
    assert queue("abcd", new_limit=-1) == ""


def test_a_prerequisite_comes_before_its_dependants_and_counts_where_the_limit_cuts() -> None:
    assert queue("abc", needs={"a": "c"}) == "bca"
    assert queue("abc", needs={"a": "b", "b": "c"}) == "cba"
    assert queue("abc", needs={"a": "c"}, new_limit=1) == "b"


def test_a_prerequisite_that_was_seen_holds_nothing_back() -> None:
    assert queue("ab", card("c", late_days=-1), needs={"a": "c"}) == "ab"


def test_a_new_question_is_left_out_where_its_prerequisite_cannot_be_asked() -> None:
    assert queue("ab", needs={"a": "z"}) == "b"
    assert queue("abc", needs={"a": "b", "b": "a"}) == "c"
    assert queue("ab", needs={"a": "a"}) == "b"


def test_a_wanted_new_question_brings_the_prerequisites_it_needs() -> None:
    assert queue("abcd", needs={"d": "c", "c": "b"}, wanted="d", new_limit=0) == "bcd"
    assert queue("abcd", needs={"d": "z"}, wanted="d", new_limit=0) == ""
    assert queue("ab", wanted="z") == "ab"


def test_equally_late_reviews_are_shuffled_and_the_seed_repeats_the_order() -> None:
    cards = [card(letter, late_days=3) for letter in "abcdefgh"]
    orders = {queue("abcdefgh", *cards, seed=seed) for seed in range(5)}
    assert len(orders) > 1
    assert queue("abcdefgh", *cards, seed=3) == queue("abcdefgh", *cards, seed=3)


letters = st.sampled_from("abcdefghij")
lateness = st.floats(-20, 20).map(lambda days: round(days, 3))


@given(
    st.permutations("abcdefghij").flatmap(lambda order: st.integers(0, 10).map(lambda cut: order[:cut])),
    st.dictionaries(letters, st.lists(letters, max_size=3)),
    st.dictionaries(letters, st.tuples(lateness, st.floats(0.1, 100))),
    st.frozensets(letters, max_size=3),
    st.integers(0, 10),
    st.integers(0, 3),
)
def test_whatever_is_needed_the_queue_keeps_its_promises(
    ids: list[str],
    needs: dict[str, list[str]],
    memories: dict[str, tuple[float, float]],
    wanted: frozenset[str],
    new_limit: int,
    seed: int,
) -> None:
    cards = {
        letter: card(letter, late_days=late, stability=stability) for letter, (late, stability) in memories.items()
    }

    def ask() -> tuple[str, ...]:
        return due_queue(
            Listed(ids, needs), cards, now=NOW, new_limit=new_limit, wanted=wanted, rng=random.Random(seed)
        )

    asked = ask()
    assert asked == ask()
    assert len(set(asked)) == len(asked)
    assert set(asked) <= set(ids)
    due = {letter for letter in ids if letter in cards and cards[letter].due <= NOW}
    assert due <= set(asked)
    for position, letter in enumerate(asked):
        if letter in cards:
            assert letter in due | wanted
        else:
            assert all(need in cards or need in asked[:position] for need in needs.get(letter, []))
    if not wanted:
        assert sum(letter not in cards for letter in asked) <= new_limit
        assert [letter in cards for letter in asked] == sorted((letter in cards for letter in asked), reverse=True)
