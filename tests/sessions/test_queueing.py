"""The order of a queue after an answer: when a question comes back, which follow-ups come."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kdquiz.sessions.queueing import AGAIN_AFTER, Readiness, at_once, come_back, follow_ups, without

IDS = st.lists(st.sampled_from([f"q{number}" for number in range(20)]), unique=True)


@given(IDS)
def test_a_question_comes_back_after_a_few_others(rest: list[str]) -> None:
    queue = come_back(rest, "again")
    assert queue.index("again") == min(len(rest), AGAIN_AFTER)
    assert list(without(queue, "again")) == rest
    assert come_back(queue, "again").count("again") == 1


@given(IDS, IDS)
def test_what_is_asked_at_once_stands_first_and_nothing_is_lost(rest: list[str], chosen: list[str]) -> None:
    queue = at_once(rest, chosen)
    assert list(queue[: len(chosen)]) == chosen
    assert len(set(queue)) == len(queue)
    assert set(queue) == {*rest, *chosen}


def chosen_of(
    then: Sequence[str],
    *,
    rest: Sequence[str] = (),
    answered: Sequence[str] = (),
    new: Sequence[str] = (),
    due: Sequence[str] = (),
    new_left: int = 9,
    room: int | None = None,
) -> tuple[str, ...]:
    def readiness(each: str, _: Sequence[str]) -> Readiness:
        return Readiness.NEW if each in new else Readiness.DUE if each in due else Readiness.NOT

    return follow_ups(then, rest, answered, readiness, new_left, room)


def test_which_follow_ups_are_asked() -> None:
    assert chosen_of(["a"]) == (), "it rests"
    assert chosen_of(["a"], rest=["x", "a"]) == ("a",)
    assert chosen_of(["a"], new=["a"]) == chosen_of(["a"], due=["a"]) == ("a",)
    assert chosen_of(["a"], new=["a"], answered=["a"]) == (), "chains end"
    assert chosen_of(["b", "a", "b"], new=["a"], due=["b"]) == ("b", "a"), "in the author's order, each once"


def test_the_days_limit_holds_for_new_ones_alone() -> None:
    assert chosen_of(["a", "b", "c", "d"], new=["a", "b"], due=["c"], rest=["d"], new_left=1) == ("a", "c", "d")
    assert chosen_of(["a"], new=["a"], new_left=-3) == ()


def test_no_more_are_put_in_than_were_wished_for() -> None:
    assert chosen_of(["a", "b", "c"], due=["a", "b"], rest=["c"], room=1) == ("a", "c")


def test_one_that_is_asked_before_counts_for_what_needs_it() -> None:
    seen: list[tuple[str, ...]] = []

    def readiness(_: str, before: Sequence[str]) -> Readiness:
        seen.append(tuple(before))
        return Readiness.NEW

    follow_ups(["a", "b"], (), (), readiness, 9, None)
    assert seen == [(), ("a",)]
