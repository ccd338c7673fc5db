"""The file of the compiled library: damaged, locked, of another version, in a place that cannot be written."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kdquiz.library.compiled import opening
from kdquiz.library.compiled.opening import throw_away
from kdquiz.library.load import load_library
from tests.library.compiled.test_refresh import Shelf, agree, contents, shelf, topic

__all__ = ["shelf"]

OPEN_AND_TELL = """
import sys
from pathlib import Path
from kdquiz.library.load import load_library
loaded = load_library([Path(sys.argv[1])], Path(sys.argv[2]))
print(len(loaded.library.entries), len(loaded.problems), len(list(loaded.library.rows())))
"""


def the_file(shelf: Shelf) -> Path:
    (found,) = shelf.kept.glob("library-*.sqlite")
    return found


def fill(shelf: Shelf, files: int = 4) -> None:
    for number in range(files):
        ids = [f"question-{number}-{each}" for each in range(12)]
        shelf.write(f"p/t{number}.yaml", topic(f"t{number}", *ids))


@pytest.mark.parametrize("damage", ["empty", "text", "truncated", "without tables", "a table less"])
def test_a_damaged_file_is_made_again(shelf: Shelf, damage: str) -> None:
    fill(shelf)
    agree(shelf)
    path = the_file(shelf)
    if damage in ("without tables", "a table less"):
        connection = sqlite3.connect(path)
        for table in ("search", "question", "unit", "meta", "drill")[: 1 if damage == "a table less" else 5]:
            connection.execute(f"DROP TABLE {table}")
        connection.commit()
        connection.close()
    else:
        data = path.read_bytes()
        path.write_bytes({"empty": b"", "text": b"no database" * 9000, "truncated": data[: len(data) // 2]}[damage])
    agree(shelf)
    assert shelf.parsed == 4
    agree(shelf)
    assert shelf.parsed == 0, "the new file is kept"


@pytest.mark.parametrize("seed", range(40))
def test_whatever_bytes_are_flipped_nobody_is_told_anything_else(shelf: Shelf, seed: int) -> None:
    """A learner is never asked what no file says. Rows of a list, which are not sealed, may differ by a letter."""
    fill(shelf, files=2)
    agree(shelf)
    truth = contents(load_library([shelf.content]).library)
    path = the_file(shelf)
    data = bytearray(path.read_bytes())
    rng = random.Random(seed)
    start = rng.randrange(len(data))
    for place in range(start, min(len(data), start + rng.choice((1, 40, 5000)))):
        data[place] ^= 1 << rng.randrange(8)
    path.write_bytes(data)
    library = shelf.open().library
    entries = truth["entries"]
    assert isinstance(entries, dict)
    for name in entries:
        assert library.entries[name].question == entries[name].question


def test_damage_that_is_met_while_the_app_runs_is_mended_at_once(shelf: Shelf) -> None:
    fill(shelf)
    agree(shelf)
    connection = sqlite3.connect(the_file(shelf))
    connection.execute("UPDATE question SET data = CAST(replace(CAST(data AS TEXT), 'What is', 'What was') AS BLOB)")
    connection.commit()
    connection.close()
    library = shelf.open().library
    assert shelf.parsed == 0
    assert library.entries["question-2-3"].question.asked == "What is question-2-3?"
    assert list(library.entries)[:2] == ["question-0-0", "question-0-1"]
    agree(shelf)


def test_where_nothing_can_be_kept_the_library_is_there_all_the_same(shelf: Shelf, tmp_path: Path) -> None:
    fill(shelf)
    no_folder = tmp_path / "file"
    no_folder.write_text("")
    loaded = load_library([shelf.content], no_folder / "kept")
    assert len(loaded.library.entries) == 48


def test_a_file_that_another_app_holds_for_long_is_not_waited_for(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(shelf)
    agree(shelf)
    fill(shelf, files=5)
    monkeypatch.setattr(opening, "PATIENCE_SECONDS", 0.05)
    holder = sqlite3.connect(the_file(shelf), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    assert len(shelf.open().library.entries) == 60
    holder.execute("ROLLBACK")
    holder.close()
    agree(shelf)


def test_two_apps_that_start_at_once_do_not_fight(shelf: Shelf) -> None:
    fill(shelf, files=30)
    command = [sys.executable, "-c", OPEN_AND_TELL, str(shelf.content), str(shelf.kept)]
    apps = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    told = [app.communicate(timeout=60) for app in apps]
    assert told == [("360 0 360\n", "")] * 3
    agree(shelf)
    assert shelf.parsed == 0


def test_an_app_that_is_killed_while_it_writes_leaves_nothing_behind(shelf: Shelf) -> None:
    fill(shelf, files=30)
    command = [sys.executable, "-c", OPEN_AND_TELL, str(shelf.content), str(shelf.kept)]
    for wait in (0.15, 0.25, 0.35):
        app = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        with pytest.raises(subprocess.TimeoutExpired):
            app.wait(wait / 10)
        deadline = time.monotonic() + wait
        while app.poll() is None and time.monotonic() < deadline:
            os.sched_yield()
        app.kill()
        app.wait()
    agree(shelf)


def test_every_version_of_the_code_has_its_own_file(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(shelf)
    agree(shelf)
    code = opening._code()
    monkeypatch.setattr(opening, "_code", lambda: [*code, "one module more"])
    agree(shelf)
    assert shelf.parsed == 4
    assert len(list(shelf.kept.glob("library-*.sqlite"))) == 2
    monkeypatch.setattr(opening, "_code", lambda: code)
    agree(shelf)
    assert shelf.parsed == 0, "each finds its own again"


def test_files_that_nobody_uses_any_more_are_thrown_away(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(shelf)
    code = opening._code()
    for number in range(5):
        monkeypatch.setattr(opening, "_code", lambda number=number: [*code, str(number)])
        agree(shelf)
    kept = list(shelf.kept.glob("library-*.sqlite"))
    assert len(kept) == opening.VERSIONS
    other = shelf.kept / "library-0-0.sqlite"
    other.write_text("")
    os.utime(other, (0, 0))
    monkeypatch.setattr(opening, "_code", lambda: code)
    agree(shelf)
    assert not other.exists()


def test_throwing_away_takes_what_sqlite_keeps_beside(tmp_path: Path) -> None:
    names = ["x.sqlite", "x.sqlite-wal", "x.sqlite-shm"]
    for name in names:
        (tmp_path / name).write_text("")
    throw_away(tmp_path / "x.sqlite")
    throw_away(tmp_path / "x.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_large_update_leaves_no_log_that_every_start_would_read_through(shelf: Shelf) -> None:
    fill(shelf, files=30)
    loaded = shelf.open()
    log = the_file(shelf).with_name(f"{the_file(shelf).name}-wal")
    assert log.stat().st_size == 0, "although the app is still there"
    loaded.library.close()
