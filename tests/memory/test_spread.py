"""Questions about the same are not asked one after another, and nothing is moved far for it."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.library.filter import Link
from kdquiz.memory.spread import LOOK_AHEAD, ONE_TOPIC, RELATIVES, STEP, STRANGERS, kinship, spread


def links(words: str, needs: dict[str, str] | None = None, then: dict[str, str] | None = None) -> list[Link]:
    """Words such as `a1`: the topic, then what tells the question from others."""
    return [
        Link(
            place, word, word[0], tuple((needs or {}).get(word, "").split()), tuple((then or {}).get(word, "").split())
        )
        for place, word in enumerate(words.split())
    ]


def spread_out(order: Sequence[Link], new: str = "") -> str:
    return " ".join(link.id for link in spread(order, frozenset(new.split())))


def test_topics_alternate_where_they_can() -> None:
    assert spread_out(links("a1 a2 a3 b1 b2")) == "a1 b1 a2 b2 a3"
    assert spread_out(links("a1 b1 c1")) == "a1 b1 c1"
    assert spread_out(links("a1 a2 a3")) == "a1 a2 a3"


def test_relatives_are_kept_apart_within_a_topic() -> None:
    assert spread_out(links("a1 a2 a3", needs={"a1": "a2"})) == "a1 a3 a2"
    assert spread_out(links("a1 a2 a3", then={"a1": "a2"})) == "a1 a3 a2"
    assert spread_out(links("a1 b1 c1", then={"b1": "a1"})) == "a1 c1 b1"


def test_a_new_question_is_not_asked_right_after_the_one_it_builds_on() -> None:
    needs = {"a2": "a1", "a3": "a2"}
    assert spread_out(links("a1 a2 b1 b2 a3", needs), "a1 a2 a3") == "a1 b1 a2 b2 a3"
    assert spread_out(links("b1 a1 a2", needs), "a1 a2") == "a1 b1 a2"
    assert spread_out(links("a1 a2 a3", needs), "a1 a2 a3") == "a1 a2 a3"


def test_what_two_questions_have_in_common() -> None:
    one, other = links("a1 b1", needs={"b1": "a1"})
    assert kinship(one, other, frozenset({"a1", "b1"})) == STEP
    assert kinship(one, other, frozenset({"b1"})) == kinship(other, one, frozenset({"a1", "b1"})) == RELATIVES
    same, topic, stranger = links("a1 a2 b1")
    assert (kinship(same, topic, frozenset()), kinship(same, stranger, frozenset())) == (ONE_TOPIC, STRANGERS)


names = st.sampled_from([f"{topic}{number}" for topic in "abc" for number in range(10)])


@settings(max_examples=150, deadline=None)
@given(st.lists(names, unique=True), st.dictionaries(names, st.lists(names, max_size=2)), st.frozensets(names))
def test_nothing_is_lost_or_moved_far_or_put_before_a_new_one_it_needs(
    words: list[str], needs: dict[str, list[str]], new: frozenset[str]
) -> None:
    backwards = {
        word: " ".join(need for need in needs.get(word, ()) if need in words[: words.index(word)]) for word in words
    }
    order = links(" ".join(words), backwards)
    after = spread(order, new)
    assert sorted(after) == order
    for position, link in enumerate(after):
        assert abs(position - link.place) <= 2 * LOOK_AHEAD
        assert not {later.id for later in after[position:]} & set(link.needs) & new


@given(st.integers(1, 8), st.integers(1, 8))
def test_a_chain_of_new_questions_is_broken_by_as_many_others(length: int, more: int) -> None:
    chain = links(" ".join(f"a{number}" for number in range(length)), {f"a{n + 1}": f"a{n}" for n in range(length)})
    others = links(" ".join(f"b{number}" for number in range(length + more)))
    new = frozenset(link.id for link in chain)
    for order in ([*chain, *others], [*others[: LOOK_AHEAD // 2], *chain, *others[LOOK_AHEAD // 2 :]]):
        after = spread(order, new)
        assert all(kinship(one, other, new) < STEP for one, other in pairwise(after))
