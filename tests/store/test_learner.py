"""What the store knows at one moment, held against the rules of `memory`, which read one card at a time."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.memory.curve import Memory
from kdquiz.memory.due import is_due
from kdquiz.memory.goal import Goal
from kdquiz.memory.habits import CHECKING_SECONDS, Answers
from kdquiz.memory.model import Rating, ReviewLog, Standing
from kdquiz.store import learning
from kdquiz.store.store import Store
from tests.store.conftest import NOON, answer, log_of

TODAY = 20513
"""The day of NOON."""


def on(day: int, card_id: str, rating: Rating = Rating.GOOD, minutes: float = 0) -> ReviewLog:
    """A review so many days after the first one."""
    at = NOON + timedelta(days=day, minutes=minutes)
    return ReviewLog(card_id=card_id, rating=rating, reviewed_at=at, seconds=1.0, day=TODAY + day)


def test_nothing_is_known_of_a_newcomer(store: Store) -> None:
    learner = store.learner(NOON, TODAY)
    assert (learner.known, learner.due, learner.due_count, learner.new_today) == (frozenset(), (), 0, 0)
    assert (learner.resting, learner.standings, learner.made_due) == (frozenset(), {}, frozenset())
    assert (learner.now, learner.today, learner.goal) == (NOON, TODAY, Goal())
    assert store.memories() == []


def test_what_is_known_at_one_moment(store: Store) -> None:
    for log in (on(-9, "old", Rating.EASY), on(0, "new"), on(0, "again", Rating.AGAIN), on(-1, "first-yesterday")):
        answer(store, log)
    answer(store, on(0, "first-yesterday", minutes=1))
    answer(store, on(0, "undone"))
    store.undo(on(0, "undone"))
    answer(store, log_of("of-an-old-version"))
    store.stand("new", Standing(suspended=True))
    store.stand("old", Standing(buried_on=TODAY))
    store.stand("elsewhen", Standing(buried_on=TODAY - 1, marked=True))
    store.make_due(["asked-for"], NOON, "swapped-alpha")
    goal = Goal(interview=date(2026, 5, 1), minutes=30, new_a_day=5)
    for name, value in goal.as_settings().items():
        store.set_setting(name, value)
    learner = store.learner(NOON + timedelta(minutes=30), TODAY)
    assert learner.known == {"old", "new", "again", "first-yesterday", "of-an-old-version"} == set(store.cards())
    assert learner.new_today == 3
    assert learner.resting == {"new", "old"}
    assert learner.standings == store.standings()
    assert learner.made_due == {"asked-for"}
    assert learner.goal == goal
    assert set(learner.due) == {"again", "of-an-old-version"}
    assert learner.due_count == 2
    assert store.learner(NOON, TODAY + 1).resting == {"new"}


def test_reading_what_came_of_an_answer_uses_up_minutes_too(store: Store) -> None:
    answer(store, replace(on(0, "a"), seconds=30.0))
    answer(store, replace(on(0, "b"), seconds=12.0))
    answer(store, replace(on(-1, "c"), seconds=99.0))
    assert store.learner(NOON, TODAY).seconds_today == 42.0 + 2 * CHECKING_SECONDS


def test_a_drill_is_no_question_and_leaves_half_of_the_minutes_to_them(store: Store) -> None:
    drill = replace(on(0, "double"), response=json.dumps({"response": "drill", "attempts": 1, "hints": 0}))
    answer(store, replace(drill, seconds=300.0))
    learner = store.learner(NOON, TODAY)
    assert (learner.new_today, learner.seconds_today, learner.goal.minutes) == (0, 300.0, 20)
    answer(store, replace(drill, seconds=3000.0, reviewed_at=NOON + timedelta(hours=1)))
    assert store.learner(NOON, TODAY).seconds_today == 600.0
    answer(store, replace(on(0, "a"), response="no JSON"))
    learner = store.learner(NOON, TODAY)
    assert (learner.new_today, learner.seconds_today) == (1, 601.0 + CHECKING_SECONDS)


def test_a_plan_knows_the_latest_answers_to_questions_and_which_were_no_first_ones(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learning, "LATEST", 3)
    for log in (on(-9, "a"), on(-8, "a"), on(-7, "gone"), on(-6, "b"), on(-2, "a", Rating.HARD), on(-1, "c")):
        answer(store, log)
    answer(store, replace(on(0, "double"), response='{"response": "drill"}'))
    answer(store, on(0, "undone"))
    store.undo(on(0, "undone"))
    assert store.learner(NOON, TODAY).answers == Answers()
    for name, value in Goal(interview=date(2026, 5, 1)).as_settings().items():
        store.set_setting(name, value)
    found = store.learner(NOON, TODAY).answers
    assert found == store.answers()
    told = [(each.card_id, each.day, each.rating, each.seconds) for each in found.latest]
    assert told == [("b", TODAY - 6, 3, 1.0), ("a", TODAY - 2, 2, 1.0), ("c", TODAY - 1, 3, 1.0)]
    assert found.before == {"a": TODAY - 8}


def test_the_most_overdue_is_first_and_no_more_are_looked_up_than_anybody_answers(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(3)
    for number in range(40):
        answer(store, on(rng.randint(-60, -20), f"card-{number}", rng.choice(list(Rating))))
    store.stand("card-7", Standing(suspended=True))
    monkeypatch.setattr(learning, "DUE_AT_MOST", 10)
    learner = store.learner(NOON, TODAY)
    due = {key: card for key, card in store.cards().items() if is_due(card, NOON, TODAY) and key != "card-7"}
    lateness = {key: (TODAY - card.due_day) / card.stability for key, card in due.items()}
    assert learner.due_count == len(due) > 10
    assert len(learner.due) == 10
    assert [lateness[key] for key in learner.due] == sorted(lateness.values(), reverse=True)[:10]


def test_an_id_with_a_line_break_is_an_id(store: Store) -> None:
    for card_id in ("a", "b\nc", "\n"):
        answer(store, on(0, card_id))
    assert store.learner(NOON, TODAY).known == {"a", "b\nc", "\n"}


def test_memories_are_what_a_forecast_needs_of_the_cards(store: Store) -> None:
    for day, rating in enumerate([Rating.EASY, Rating.GOOD, Rating.AGAIN]):
        answer(store, on(30 * day, "a", rating))
    answer(store, on(3, "b"))
    cards = store.cards().values()
    expected = [Memory(card.id, card.stability, card.difficulty, card.day, card.lapses) for card in cards]
    assert store.memories() == expected
    assert expected[0].lapses == 1


move = st.tuples(st.sampled_from("abcd"), st.sampled_from(Rating), st.integers(-3, 40), st.integers(-600, 600))
moves = st.lists(move, max_size=10)


@pytest.fixture(scope="module")
def emptied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("due") / "kdquiz.sqlite") as store:
        yield store


@settings(max_examples=60)
@given(moves, st.integers(-5, 60), st.integers(-600, 600))
def test_sql_and_the_rule_agree_on_what_is_due(
    emptied: Store, history: list[tuple[str, Rating, int, int]], day: int, minutes: int
) -> None:
    """Whatever the clock and the calendar said at each review, before and after today."""
    with emptied._writing():
        emptied._connection.execute("DELETE FROM card")
        for card_id, rating, when, minute in history:
            emptied._keep(emptied.schedule.review(emptied.card(card_id), on(when, card_id, rating, minute)))
    now, today = NOON + timedelta(days=day, minutes=minutes), TODAY + day
    learner = emptied.learner(now, today)
    assert set(learner.due) == {key for key, card in emptied.cards().items() if is_due(card, now, today)}
    assert learner.due_count == len(learner.due)
