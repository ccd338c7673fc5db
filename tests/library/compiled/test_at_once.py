"""Several apps at once: each sees a whole library, also while another writes it or finds it damaged."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from kdquiz.library.compiled import refresh
from kdquiz.library.compiled.opening import leave, newest
from kdquiz.library.compiled.refresh import Say
from kdquiz.library.load import load_library
from tests.library.compiled.test_opening import fill, the_file
from tests.library.compiled.test_refresh import Shelf, agree, shelf

__all__ = ["shelf"]


class Meanwhile:
    """Stands in for `refresh`: after it, for some times, another app is in the middle of its own."""

    def __init__(self, shelf: Shelf, times: int) -> None:
        self.refresh, self.shelf, self.times, self.asked = refresh.refresh, shelf, times, 0

    def __call__(self, connection: sqlite3.Connection, packs: Sequence[Path], say: Say) -> None:
        self.refresh(connection, packs, say)
        self.asked += 1
        if self.asked <= self.times:
            other = sqlite3.connect(the_file(self.shelf))
            other.execute("UPDATE meta SET value = '' WHERE name = ?", (refresh.SETTLED,))
            other.execute("UPDATE question SET place = NULL WHERE unit = 1")
            other.execute("UPDATE unit SET rank = NULL WHERE number = 1")
            other.commit()
            other.close()


@pytest.mark.parametrize(("times", "asked", "kept"), [(0, 1, True), (1, 2, True), (3, 4, True), (99, 21, False)])
def test_an_app_does_not_see_what_another_has_half_written(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, times: int, asked: int, kept: bool
) -> None:
    """Of three apps at the first start one in fifty missed questions that were there. Where the others go on for ever
    it is compiled in memory."""
    fill(shelf)
    meanwhile = Meanwhile(shelf, times)
    monkeypatch.setattr(refresh, "refresh", meanwhile)
    library = shelf.open().library
    assert len(list(library.rows())) == 48
    assert meanwhile.asked == asked
    assert (library._compiled.path is not None) == kept


def test_what_another_app_has_read_meanwhile_is_not_written_again(shelf: Shelf) -> None:
    fill(shelf)
    seen: list[int] = []

    def say(done: int, total: int) -> None:
        if not seen:
            shelf.open().library.close()
        connection = sqlite3.connect(the_file(shelf))
        seen.append(connection.execute("SELECT count(*) FROM question WHERE place IS NOT NULL").fetchone()[0])
        connection.close()

    loaded = load_library([shelf.content], shelf.kept, say)
    assert len(seen) > 2
    assert set(seen) == {48}, "at no moment is a question missing"
    assert len(loaded.library.entries) == 48


def test_what_takes_the_place_of_a_damaged_file_has_another_name(shelf: Shelf) -> None:
    """An app deletes, when it closes, what SQLite keeps beside a file of the name that it had opened."""
    fill(shelf)
    first = shelf.open().library
    path = the_file(shelf)
    second = shelf.open().library
    second._compiled.mend()
    assert second._compiled.path == newest(path) != path
    assert list(shelf.kept.glob("*.sqlite")) == [newest(path)]
    first.close()
    assert newest(path).with_name(f"{newest(path).name}-wal").exists()
    assert len(list(second.rows())) == 48
    second.close()
    agree(shelf)
    assert shelf.parsed == 0


def test_all_who_find_the_same_damage_agree_on_what_takes_its_place(tmp_path: Path) -> None:
    path = tmp_path / "library-0-0.sqlite"
    assert newest(path) == path
    path.touch()
    following = leave(path)
    following.write_text("what the first has made")
    assert leave(path) == following == newest(path)
    assert following.read_text() == "what the first has made"
    assert newest(path) == following
    (tmp_path / "library-0-1.7.sqlite").touch()
    for number in range(2, 12):
        following = leave(following)
        assert following.name == f"library-0-0.{number}.sqlite"
    assert newest(path) == following
    assert len(list(tmp_path.iterdir())) == 2
