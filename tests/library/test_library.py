"""Looking things up in a library: by id, by filter, by words."""

import pytest

from kdquiz.library import library as library_module
from kdquiz.library.filter import MARKS, Filter
from kdquiz.library.library import Library
from kdquiz.library.model import Topic
from tests.libraries import library_of
from tests.sessions.examples import choice, drill, flashcard, multi, short


@pytest.fixture(scope="module")
def library() -> Library:
    asked = [
        flashcard("card"),
        choice("pick-one"),
        short("why-t-squared"),
        multi("which"),
        flashcard("last", ("card",)),
    ]
    return library_of(asked, topic=Topic(id="alpha", title="Alpha"), drills=[drill()])


def test_by_id(library: Library) -> None:
    assert library.entries["card"].question == flashcard("card")
    assert "card" in library.entries
    assert "absent" not in library.entries
    assert library.entries.get("absent") is None
    with pytest.raises(KeyError):
        library.entries["absent"]
    assert library.entries.get("\udcff") is None, "bytes of a command line that are no character"
    assert "\udcff" not in library.entries
    assert list(library.entries) == ["card", "pick-one", "why-t-squared", "which", "last"]
    assert len(library.entries) == 5
    assert library.drills["double"].drill == drill()


def test_by_filter(library: Library) -> None:
    assert library.ids(Filter(kinds=("flashcard",))) == ["card", "last"]
    assert library.ids(Filter(topics=("beta",))) == []
    assert library.ids(Filter(only=frozenset(("last", "which", "absent")))) == ["which", "last"]
    assert library.ids(Filter(without=frozenset(("last", "which")))) == ["card", "pick-one", "why-t-squared"]
    assert library.ids(Filter(only=frozenset())) == []
    assert library.count(Filter(kinds=("flashcard", "multi"), without=frozenset(("card",)))) == 2
    assert [row.id for row in library.page(start=3, count=5)] == ["which", "last"]
    assert [row.needs for row in library.rows(Filter(only=frozenset(("last",))))] == [("card",)]
    assert library.totals() == {"alpha": 5}


def test_counts_and_places(library: Library) -> None:
    assert library.counts("kind") == {"flashcard": 2, "choice": 1, "short": 1, "multi": 1}
    assert library.counts("topic", Filter(kinds=("flashcard",))) == {"alpha": 2}
    assert library.counts("level", Filter(topics=("beta",))) == {}
    places = [row.place for row in library.rows()]
    assert [library.before(place) for place in places] == [0, 1, 2, 3, 4]
    assert library.before(places[-1], Filter(kinds=("flashcard",))) == 1
    for start in range(6):
        assert [row.place for row in library.page(start=start, count=2)] == places[start : start + 2]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", []),
        ("  ?! ", []),
        ("why", ["why-t-squared"]),
        ("t-squared", ["why-t-squared"]),
        ("squ", ["why-t-squared"]),
        ("squ ", []),
        ("peaks", ["why-t-squared"]),
        ("HÏDES", ["why-t-squared"]),
        ("much", ["pick-one"]),
        ("forgot T²", ["pick-one"]),
        ("forgot T^2", ["pick-one"]),
        ('"', []),
        ("paper NOT", []),
        ("title: *", []),
        ("a paper", ["card", "pick-one", "why-t-squared", "which", "last"]),
    ],
)
def test_by_words(library: Library, words: str, found: list[str]) -> None:
    assert sorted(hit.row.id for hit in library.search(words)) == sorted(found)


def test_what_was_searched_for_is_marked_and_filters_count(library: Library) -> None:
    (hit,) = library.search("much")
    assert hit.title == f"How {MARKS[0]}much{MARKS[1]}?"
    assert library.search("much", Filter(kinds=("flashcard",))) == []
    assert [hit.row.id for hit in library.search("paper", count=2)] == ["card", "last"]


def test_a_text_pasted_into_the_search_is_searched_for_by_its_first_words(library: Library) -> None:
    """Words count once; 5,000 of them took three seconds over a handful of questions."""
    assert library_module._query("much how much " * 5_000) == '"much" "how" "much"'
    assert [hit.row.id for hit in library.search("much " * 5_000)] == ["pick-one"]
    pasted = " ".join(f"word{number}" for number in range(2 * library_module.MOST_WORDS))
    assert library_module._query(pasted).count(" ") == library_module.MOST_WORDS - 1
    assert library_module._query("squared squ") == '"squared" "squ"*'
