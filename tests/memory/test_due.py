"""The due queue: what is wanted, what is due and what is new, never before its prerequisites."""

import random
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.memory.due import BEFORE_A_DRILL, due_queue, is_due
from kdquiz.memory.learner import DUE_AT_MOST, Learner
from kdquiz.memory.model import Card, CardState, Standing
from tests.memory.asking import BURIED, NOW, SUSPENDED, TODAY, Listed, learner, queue


def card(state: CardState, *, day: int, due_day: int, minutes: float = 0) -> Card:
    """A card whose next step is due in so many minutes."""
    return Card(
        id="a",
        state=state,
        step=None,
        stability=10.0,
        difficulty=5.0,
        due=NOW + timedelta(minutes=minutes),
        due_day=due_day,
        last_review=NOW,
        day=day,
    )


@pytest.mark.parametrize(
    ("card", "due"),
    [
        (card(CardState.REVIEW, day=TODAY - 5, due_day=TODAY), True),
        (card(CardState.REVIEW, day=TODAY - 5, due_day=TODAY, minutes=600), True),  # on its day, whatever the hour
        (card(CardState.REVIEW, day=TODAY - 5, due_day=TODAY + 1, minutes=-5), False),
        (card(CardState.LEARNING, day=TODAY, due_day=TODAY, minutes=-1), True),
        (card(CardState.LEARNING, day=TODAY, due_day=TODAY, minutes=0), True),
        (card(CardState.RELEARNING, day=TODAY, due_day=TODAY, minutes=1), False),
        (card(CardState.RELEARNING, day=TODAY - 1, due_day=TODAY - 1, minutes=1), True),  # left over night
        (card(CardState.REVIEW, day=TODAY + 1, due_day=TODAY + 9, minutes=9000), False),  # a flight over the date line
        (card(CardState.REVIEW, day=TODAY + 2, due_day=TODAY + 9, minutes=9000), True),  # the clock was far ahead
        (card(CardState.LEARNING, day=TODAY + 1, due_day=TODAY + 1, minutes=9), False),
        (card(CardState.LEARNING, day=TODAY + 2, due_day=TODAY + 2, minutes=9000), True),
    ],
)
def test_what_is_due(card: Card, due: bool) -> None:
    assert is_due(card, NOW, TODAY) is due


def test_wanted_comes_first_and_new_questions_stand_among_the_reviews() -> None:
    assert queue(Listed("abcdefgh"), learner(due="bcef", wanted="d", known="d", new=2)) == "dbacegf"


def test_new_questions_come_in_reading_order_up_to_what_is_left_of_the_day() -> None:
    assert queue(Listed("abcd"), learner(new=2)) == "ab"
    assert queue(Listed("abcd"), learner(new=0)) == ""


def test_new_questions_that_a_diagnosis_asked_for_count_as_the_days() -> None:
    assert queue(Listed("abcd", {"d": "c"}), learner(new=3, wanted="d")) == "cad"
    assert queue(Listed("abcd", {"d": "c"}), learner(new=1, wanted="d")) == "cd"


def test_nothing_new_is_asked_where_more_is_due_than_anybody_answers() -> None:
    buried_in_work = Learner(now=NOW, today=TODAY, known=frozenset("a"), due="a", due_count=DUE_AT_MOST + 1)
    assert queue(Listed("ab"), buried_in_work) == "a"


def test_a_prerequisite_comes_before_its_dependants_and_counts_where_the_limit_cuts() -> None:
    assert queue(Listed("abc", {"a": "c"}), learner()) == "cba"  # with something between the two
    assert queue(Listed("abc", {"a": "b", "b": "c"}), learner()) == "cba"
    assert queue(Listed("abc", {"a": "c"}), learner(new=1)) == "b"


def test_a_prerequisite_that_was_seen_holds_nothing_back() -> None:
    assert queue(Listed("ab", {"a": "c"}), learner(known="c")) == "ab"


def test_a_new_question_is_left_out_where_its_prerequisite_cannot_be_asked() -> None:
    assert queue(Listed("ab", {"a": "z"}), learner()) == "b"
    assert queue(Listed("abc", {"a": "b", "b": "a"}), learner()) == "c"
    assert queue(Listed("ab", {"a": "a"}), learner()) == "b"


def test_what_rests_is_not_asked_and_holds_back_only_where_it_is_buried() -> None:
    asked = Listed("abc", {"b": "a"})
    assert queue(asked, learner(standings={"a": SUSPENDED})) == "bc"
    assert queue(asked, learner(standings={"a": BURIED})) == "c"
    assert queue(asked, learner(due="b", standings={"a": BURIED, "b": BURIED})) == "c"
    assert queue(asked, learner(wanted="ac", standings={"a": SUSPENDED})) == "cb"
    assert queue(asked, learner(wanted="b", standings={"a": BURIED})) == "c"
    assert queue(asked, learner(standings={"a": Standing(marked=True, buried_on=TODAY - 1)})) == "acb"


def test_a_wanted_question_brings_the_new_prerequisites_it_needs() -> None:
    asked = Listed("abcd", {"d": "c", "c": "b"})
    assert queue(asked, learner(wanted="d", new=0)) == "bcd"
    assert queue(asked, learner(wanted="d", known="d", new=0)) == "bcd"
    assert queue(Listed("abcd", {"d": "z"}), learner(wanted="d", new=0)) == ""
    assert queue(Listed("ab"), learner(wanted="z")) == "ab"


def test_the_most_overdue_comes_first_and_those_equally_late_in_the_order_of_the_seed() -> None:
    late = learner(due="abcdefgh", lateness=(9, 8, 1, 1, 1, 1, 1, 0))
    orders = {queue(Listed("abcdefgh"), late, seed) for seed in range(9)}
    assert len(orders) > 2
    assert {order[:2] + order[-1] for order in orders} == {"abh"}
    assert queue(Listed("abc"), learner(due="bca")) == "bca"  # how late they are was not told


def test_drills_stand_among_the_questions_as_far_as_the_minutes_go() -> None:
    minutes = {"X": 15, "Y": 10, "Z": 5}
    reviews = "abcdefgh"
    asked = Listed(reviews, minutes=minutes)
    assert queue(asked, learner(due=f"{reviews}XYZ", new=0)) == "abcXdeZfgh"
    assert queue(asked, learner(due=f"YX{reviews}", new=0, minutes=9)) == "abcdYefgh"
    assert queue(asked, learner(due="aX", new=0)) in ("aX", "Xa")
    assert queue(asked, learner(due="X", new=0)) == "X"
    assert queue(asked, learner(due="aX", new=0, standings={"X": SUSPENDED})) == "a"


def test_a_long_queue_does_not_put_a_drill_off() -> None:
    many = [f"q{number}" for number in range(100)]
    asked = due_queue(Listed(many, minutes={"X": 15}), learner(due=[*many, "X"], new=0), random.Random(1))
    assert asked.index("X") == BEFORE_A_DRILL


def test_a_plan_chooses_in_place_of_the_schedule() -> None:
    told: list[tuple[Sequence[str], Sequence[str], int]] = []

    def choose(due: Sequence[str], new: Sequence[str], drill_minutes: int) -> Sequence[str]:
        told.append((due, new, drill_minutes))
        return ["g", "e", "b", "w", "z", "s"]

    asked = Listed("abcdefgsw", {"c": "f"}, minutes={"X": 15})
    who = learner(due="bX", known="gs", wanted="w", new=1, standings={"s": SUSPENDED})
    assert queue(asked, who, choose=choose) == "wgXeb"
    assert told == [(["b"], ["a", "d", "e", "f", "c"], 15)]


letters = st.sampled_from("abcdefghij")


@settings(max_examples=150, deadline=None)
@given(
    st.permutations("abcdefghij").flatmap(lambda order: st.integers(0, 10).map(lambda cut: order[:cut])),
    st.dictionaries(letters, st.lists(letters, max_size=3)),
    st.lists(letters, unique=True, max_size=6),
    st.frozensets(letters, max_size=3),
    st.frozensets(letters, max_size=3),
    st.dictionaries(letters, st.sampled_from([SUSPENDED, BURIED]), max_size=3),
    st.dictionaries(letters, st.sampled_from("xyz")),
    st.integers(0, 10),
    st.integers(0, 3),
)
def test_whatever_is_needed_the_queue_keeps_its_promises(
    ids: list[str],
    needs: dict[str, list[str]],
    due: list[str],
    known: frozenset[str],
    wanted: frozenset[str],
    standings: dict[str, Standing],
    topics: dict[str, str],
    new_limit: int,
    seed: int,
) -> None:
    late = [float(len(due) - place // 2) for place in range(len(due))]
    awake = [one for one in due if one not in standings]
    who = learner(
        due=due, lateness=late, known="".join(known), wanted="".join(wanted), new=new_limit, standings=standings
    )
    listed = Listed(ids, needs, topics, minutes={"X": 5})
    asked = queue(listed, who, seed)
    assert asked == queue(listed, who, seed)
    assert len(set(asked)) == len(asked)
    assert set(asked) <= set(ids) - standings.keys()
    assert set(awake) & set(ids) <= set(asked)
    suspended = {one for one, standing in standings.items() if standing.suspended}
    for position, letter in enumerate(asked):
        if letter in who.known:
            assert letter in wanted | set(due)
        else:
            met = who.known | suspended | set(asked[:position])
            assert all(need in met for need in needs.get(letter, []))
    if not wanted:
        assert sum(letter not in who.known for letter in asked) <= new_limit
