"""What ties questions to each other, looked up for the due queue without reading the questions."""

from kdquiz.library.filter import Filter, Link
from kdquiz.library.library import Library
from kdquiz.library.model import Topic
from tests.libraries import library_of
from tests.sessions.examples import choice, drill, flashcard

HELD = library_of(
    [flashcard("first", then=("second",)), choice("second"), flashcard("third", needs=("first", "second"))],
    topic=Topic(id="alpha", title="Alpha"),
    drills=[drill()],
)


def linked(library: Library, *ids: str, wanted: Filter | None = None) -> list[Link]:
    return [link._replace(place=0) for link in library.links(ids, wanted or Filter())]


def test_links_come_in_reading_order() -> None:
    third, first = Link(0, "third", "alpha", ("first", "second")), Link(0, "first", "alpha", (), ("second",))
    assert linked(HELD, "third", "first") == [first, third]
    places = [link.place for link in HELD.links(["third", "second", "first"])]
    assert places == sorted(set(places)) == [row.place for row in HELD.rows()]


def test_what_is_not_there_or_not_meant_has_none() -> None:
    assert linked(HELD) == linked(HELD, "absent", "double") == []
    assert [link.id for link in linked(HELD, "first", "second", wanted=Filter(kinds=("choice",)))] == ["second"]
    only = Filter(only=frozenset({"first"}))
    assert [link.id for link in linked(HELD, "first", "second", wanted=only)] == ["first"]


def test_drills_tell_their_topic_level_and_minutes() -> None:
    ((link, level, minutes),) = HELD.drill_links(["double", "first", "absent"])
    assert (link.id, link.topic, link.needs, level, minutes) == ("double", "alpha", (), "core", 10)
    assert HELD.drill_links([]) == []


def test_ids_are_those_of_the_rows() -> None:
    assert HELD.ids() == [row.id for row in HELD.rows()]
    assert HELD.ids(Filter(kinds=("flashcard",))) == ["first", "third"]
    assert library_of().ids() == library_of().sorted_ids() == []
    backwards = library_of([flashcard("z"), flashcard("a")])
    assert (backwards.ids(), backwards.sorted_ids()) == (["z", "a"], ["a", "z"])
