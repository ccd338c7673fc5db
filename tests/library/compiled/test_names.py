"""Names of files and folders that are no text, or that a terminal would obey; and a Python that cannot search."""

import os
import sqlite3
import sys
from pathlib import Path

import pytest

from kdquiz.errors import KdquizError
from kdquiz.library.compiled import refresh, tables
from kdquiz.library.compiled.tables import Unit
from kdquiz.library.load import load_library
from tests.library.compiled.test_refresh import Shelf, agree, shelf, topic

__all__ = ["shelf"]

bytes_are_names = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are Unicode")


@bytes_are_names
def test_a_folder_whose_name_is_no_text_is_left_out_with_a_reason(shelf: Shelf) -> None:
    shelf.write("good/t.yaml", topic("t", "one"))
    for number, name in enumerate((b"bad\xff", b"bad\xfe")):
        folder = Path(os.fsdecode(os.fsencode(shelf.content) + b"/" + name))
        folder.mkdir()
        (folder / "u.yaml").write_text(topic(f"u{number}", f"two-{number}"))
    loaded = agree(shelf)
    assert [left.pack for left in loaded.left_out] == ["bad\\xfe", "bad\\xff"]
    assert all("is not UTF-8. Rename it." in str(problem) for problem in loaded.problems)
    assert list(shelf.open().library.entries) == ["one"]
    assert shelf.parsed == 0, "and is not looked at again"


@bytes_are_names
def test_a_file_whose_name_is_no_text_leaves_its_pack_out(shelf: Shelf) -> None:
    shelf.write("p/t.yaml", topic("t", "one"))
    shelf.write("q/t.yaml", topic("u", "other"))
    path = Path(os.fsdecode(os.fsencode(shelf.content) + b"/p/\xff.yaml"))
    path.write_text(topic("v", "two"))
    (left,) = agree(shelf).left_out
    assert (left.pack, left.first.place.path.name) == ("p", "\\xff.yaml")
    path.rename(shelf.content / "p" / "v.yaml")
    assert agree(shelf).left_out == ()
    assert list(shelf.open().library.entries) == ["one", "two", "other"]


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_what_a_terminal_would_obey_in_the_name_of_a_pack_is_written_out(shelf: Shelf) -> None:
    shelf.write("\x1b[31mred\n/t.yaml", topic("t", "one"))
    shelf.write("\x1b[2J/t.yaml", "broken")
    loaded = agree(shelf)
    assert [left.pack for left in loaded.left_out] == [r"\x1b[2J"]
    assert [row.pack for row in shelf.open().library.rows()] == [r"\x1b[31mred\n"]
    (absent,) = load_library([shelf.content / "\x1b[2Jnowhere"]).left_out
    assert absent.pack.isprintable()


def test_a_python_that_cannot_search_is_told_so(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.write("p/t.yaml", topic("t", "one"))
    monkeypatch.setattr(tables, "SCHEMA", tables.SCHEMA.replace("fts5", "no_such_search"))
    with pytest.raises(KdquizError, match="built without full-text search") as caught:
        shelf.open()
    assert caught.value.hint


def test_a_stamp_is_not_given_to_bytes_that_another_app_put_in_meanwhile(shelf: Shelf) -> None:
    shelf.write("p/t.yaml", topic("t", "one"))
    agree(shelf)
    (path,) = shelf.kept.glob("*.sqlite")
    connection = sqlite3.connect(path)
    unit = Unit(path=shelf.content / "p/t.yaml", folder=shelf.content / "p", pack="p", stamp="newer")
    refresh._note_stamps(connection, {unit: b"of other bytes"})
    assert connection.execute("SELECT stamp FROM unit WHERE stamp = 'newer'").fetchall() == []
    (digest,) = connection.execute("SELECT digest FROM unit").fetchone()
    refresh._note_stamps(connection, {unit: digest})
    assert connection.execute("SELECT stamp FROM unit").fetchall() == [("newer",)]
    connection.close()
