"""The compiled library says what the files say, whatever was done to them, and parses what changed alone."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kdquiz.library.compiled import refresh
from kdquiz.library.library import Library
from kdquiz.library.load import Loaded, load_library
from tests.library.test_load import write_pack

LONG_AGO = 1_700_000_000


class Shelf:
    """A content folder with its compiled library; `parsed` counts what the last `open` had to parse."""

    def __init__(self, folder: Path) -> None:
        self.content, self.kept = folder / "content", folder / "kept"
        self.content.mkdir()
        self.parsed = 0

    def write(self, name: str, text: str) -> None:
        """A file that is old enough for its stamp to count."""
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def open(self) -> Loaded:
        self.parsed = 0

        def say(done: int, total: int) -> None:
            self.parsed = total

        return load_library([self.content], self.kept, say)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """With stamps that count at once: no test waits for a file to grow old."""
    monkeypatch.setattr("kdquiz.library.compiled.stamps.SETTLED_NANOSECONDS", 0)
    monkeypatch.setattr(refresh, "FILES_AT_ONCE", 2)
    return Shelf(tmp_path)


def topic(name: str, *questions: str, needs: str = "") -> str:
    """A topic file with flashcards of these ids."""
    cards = [
        f"  - {{id: {each}, kind: flashcard, ask: What is {each}?, answer: It is that., source: A book"
        + (f", needs: [{needs}]" if needs else "")
        + "}"
        for each in questions
    ]
    return "\n".join(["format: 1", f"topic: {name}", f"title: About {name}", "questions:", *cards, ""])


def contents(library: Library) -> dict[str, object]:
    """All that can be looked up."""
    return {
        "entries": dict(library.entries),
        "drills": dict(library.drills),
        "topics": dict(library.topics),
        "totals": dict(library.totals()),
        "rows": [(row.id, row.pack, row.topic, row.kind, row.level, row.title, row.needs) for row in library.rows()],
        "hits": [hit.row.id for hit in library.search("what is")],
    }


def agree(shelf: Shelf) -> Loaded:
    """Open the compiled library and see that it says what one says that is read from scratch."""
    kept, fresh = shelf.open(), load_library([shelf.content])
    assert contents(kept.library) == contents(fresh.library)
    assert (kept.problems, kept.left_out) == (fresh.problems, fresh.left_out)
    kept.library.close()
    fresh.library.close()
    return kept


def test_what_did_not_change_is_not_parsed(shelf: Shelf) -> None:
    write_pack(shelf.content / "mine")
    agree(shelf)
    assert shelf.parsed == 2
    agree(shelf)
    assert shelf.parsed == 0


def test_a_file_that_changed_is_parsed_alone(shelf: Shelf) -> None:
    for number in range(7):
        shelf.write(f"p/t{number}.yaml", topic(f"t{number}", f"one-{number}", f"two-{number}"))
    agree(shelf)
    assert shelf.parsed == 7
    shelf.write("p/t3.yaml", topic("t3", "one-3", "three-3"))
    agree(shelf)
    assert shelf.parsed == 1


def test_a_file_that_was_touched_is_not_parsed_again(shelf: Shelf) -> None:
    shelf.write("p/t.yaml", topic("t", "one"))
    agree(shelf)
    os.utime(shelf.content / "p" / "t.yaml", (LONG_AGO, LONG_AGO))
    agree(shelf)
    assert shelf.parsed == 0
    shutil.copy(shelf.content / "p" / "t.yaml", shelf.content / "copy")
    (shelf.content / "copy").replace(shelf.content / "p" / "t.yaml")
    agree(shelf)
    assert shelf.parsed == 0


def test_a_change_of_the_same_length_within_one_tick_of_the_clock_is_seen(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file this young is compared by its bytes, since its times may not tell."""
    monkeypatch.setattr("kdquiz.library.compiled.stamps.SETTLED_NANOSECONDS", 1 << 60)
    shelf.write("p/t.yaml", topic("t", "one"))
    agree(shelf)
    agree(shelf)
    assert shelf.parsed == 0
    shelf.write("p/t.yaml", topic("t", "two"))
    agree(shelf)
    assert shelf.parsed == 1


def test_the_python_files_of_a_drill_belong_to_it(shelf: Shelf) -> None:
    write_pack(shelf.content / "mine")
    agree(shelf)
    reference = shelf.content / "mine" / "drills" / "double" / "reference.py"
    reference.write_text("def double(x):\n    return 2 * x  # twice\n", encoding="utf-8")
    loaded = agree(shelf)
    assert shelf.parsed == 1
    assert loaded.problems == ()


def test_a_pack_that_breaks_leaves_and_comes_back(shelf: Shelf) -> None:
    shelf.write("good/t.yaml", topic("t", "one"))
    shelf.write("bad/u.yaml", topic("u", "two"))
    agree(shelf)
    shelf.write("bad/u.yaml", topic("u", "two").replace("flashcard", "flashcrad"))
    assert [left.pack for left in agree(shelf).left_out] == ["bad"]
    shelf.write("bad/u.yaml", topic("u", "two"))
    assert agree(shelf).left_out == ()


def test_what_breaks_in_one_file_by_a_change_in_another_is_told(shelf: Shelf) -> None:
    shelf.write("a/t.yaml", topic("t", "one"))
    shelf.write("b/u.yaml", topic("u", "two", needs="one"))
    assert agree(shelf).problems == ()
    shelf.write("a/t.yaml", topic("t", "other"))
    (problem,) = agree(shelf).problems
    assert "there is no question 'one'" in str(problem)
    assert shelf.parsed == 1
    (shelf.content / "a" / "t.yaml").unlink()
    shelf.write("b/u.yaml", topic("u", "two"))
    assert agree(shelf).problems == ()


def test_the_path_of_a_pack_orders_its_topics_also_when_it_changes_alone(shelf: Shelf) -> None:
    shelf.write("p/a.yaml", topic("a", "one"))
    shelf.write("p/b.yaml", topic("b", "two"))
    shelf.write("p/pack.yaml", "format: 1\ntitle: P\npath: [b, a]\nsynonyms: [[one, two]]\n")
    agree(shelf)
    loaded = shelf.open()
    assert list(loaded.library.entries) == ["two", "one"]
    shelf.write("p/pack.yaml", "format: 1\ntitle: P\npath: [a, b]\n")
    agree(shelf)
    assert shelf.parsed == 1
    assert list(shelf.open().library.entries) == ["one", "two"]
    assert list(loaded.library.entries) == ["two", "one"], "an open library is of the moment it was opened"


def test_an_app_that_was_stopped_in_the_middle_is_no_harm(shelf: Shelf) -> None:
    for number in range(6):
        shelf.write(f"p/t{number}.yaml", topic(f"t{number}", f"one-{number}", needs=f"one-{(number + 1) % 6}"))
    shelf.write("p/t5.yaml", topic("t5", "one-5"))
    agree(shelf)
    for number in range(5):
        shelf.write(f"p/t{number}.yaml", topic(f"t{number}", f"one-{number}", f"more-{number}"))

    def stop(done: int, total: int) -> None:
        if done >= 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_library([shelf.content], shelf.kept, stop)
    agree(shelf)
    assert 0 < shelf.parsed < 5, "what was written before is not parsed again"


Step = Callable[[Shelf], None]
NAMES = st.sampled_from(["a/one.yaml", "a/two.yaml", "b/one.yaml", "b/pack.yaml", "c/drills/x/drill.yaml"])
TEXTS = st.one_of(
    st.builds(
        topic,
        st.sampled_from(["t", "u", "v"]),
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from(["four", "five", "six"]),
        needs=st.sampled_from(["", "one", "four", "seven"]),
    ),
    st.sampled_from(["", "format: 1\ntitle: T\npath: [u, t]\n", "format: [", "format: 2\n", "no yaml: at: all"]),
)


@given(st.lists(st.tuples(NAMES, st.one_of(st.none(), TEXTS)), min_size=1, max_size=8))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_to_the_files_it_says_what_they_say(shelf: Shelf, steps: list[tuple[str, str | None]]) -> None:
    """None deletes."""
    shutil.rmtree(shelf.content)
    shelf.content.mkdir()
    for name, text in steps:
        if text is None:
            (shelf.content / name).unlink(missing_ok=True)
        else:
            shelf.write(name, text)
        agree(shelf)


SOURCES = "format: 1\nsources:\n  - {cite: A book, authors: [Somebody], title: %s, identifier: none}\n"


def test_a_change_of_the_sources_parses_that_file_alone(shelf: Shelf) -> None:
    shelf.write("p/a.yaml", topic("a", "one", "two"))
    shelf.write("p/sources.yaml", SOURCES % "First")
    loaded = agree(shelf)
    assert shelf.parsed == 2
    assert list(loaded.library.topics) == ["a"]
    shelf.write("p/sources.yaml", SOURCES % "Second")
    library = shelf.open().library
    assert shelf.parsed == 1
    assert [work.title for work in library.works(library.entries["one"])] == ["Second"]
    library.close()
    (shelf.content / "p" / "sources.yaml").unlink()
    library = shelf.open().library
    assert shelf.parsed == 0
    assert library.works(library.entries["one"]) == ()
    library.close()
