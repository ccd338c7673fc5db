"""Backups: a day's copy, sound before it takes a place, kept for a week and a year of months."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from kdquiz.errors import DamagedError, StoreError
from kdquiz.memory.day import day_of
from kdquiz.memory.model import Standing
from kdquiz.store.backup import back_up, backups_of, newest_sound, reviews_in
from kdquiz.store.faults import suspicion
from kdquiz.store.lock import have_alone
from kdquiz.store.store import Store
from tests.store.conftest import NOON, answer, log_of

TODAY = day_of(date(2026, 3, 1))


def named(path: Path, day: str) -> Path:
    return path.parent / "backups" / f"kdquiz-{day}.sqlite"


def test_the_copy_holds_what_was_recorded_and_is_one_file(store: Store, path: Path) -> None:
    answer(store, log_of("a"))
    copy = back_up(path, TODAY)
    assert copy == named(path, "2026-03-01")
    assert reviews_in(copy) == 1
    assert sorted(each.name for each in copy.parent.iterdir()) == ["kdquiz-2026-03-01.sqlite", "kdquiz.lock"]
    copy.chmod(0o444)
    with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as connection:
        assert connection.execute("SELECT card_id FROM review").fetchall() == [("a",)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_nothing_is_copied_where_nothing_was_recorded_since(store: Store, path: Path) -> None:
    assert back_up(path, TODAY) is not None
    changes: list[Callable[[], object]] = [
        lambda: answer(store, log_of("a")),
        lambda: store.undo(log_of("a")),
        lambda: store.make_due(["b"], NOON, "because"),
        lambda: store.save_draft("loss", "def"),
        lambda: store.save_draft("loss", "def f"),
        lambda: store.set_setting("theme", "dark"),
        lambda: store.stand("a", Standing(marked=True)),
    ]
    for day, change in enumerate(changes, 1):
        assert back_up(path, TODAY + day) is None
        change()
        assert back_up(path, TODAY + day) is not None
        assert back_up(path, TODAY + day) is None


def test_a_backup_of_the_same_day_is_replaced_by_a_newer_one(store: Store, path: Path) -> None:
    for number in range(3):
        answer(store, log_of(f"card-{number}"))
        copy = back_up(path, TODAY)
        assert copy is not None
        assert reviews_in(copy) == number + 1
    assert len(backups_of(path, TODAY)) == 1


def test_seven_days_and_a_year_of_months_are_kept(store: Store, path: Path) -> None:
    folder = path.parent / "backups"
    folder.mkdir()
    days = range(TODAY - 500, TODAY)
    for day in days:
        named(path, date.fromordinal(date(1970, 1, 1).toordinal() + day).isoformat()).touch()
    for other in ("notes.txt", "kdquiz-2026-02-31.sqlite", "another-2020-01-01.sqlite"):
        (folder / other).touch()
    assert back_up(path, TODAY) == named(path, "2026-03-01")
    kept = [backup.path.name[7:17] for backup in backups_of(path, TODAY)]
    assert kept[:7] == [f"2026-{day}" for day in ("03-01", "02-28", "02-27", "02-26", "02-25", "02-24", "02-23")]
    assert kept[7:10] == ["2026-01-31", "2025-12-31", "2025-11-30"]
    assert kept[-1] == "2025-04-30"
    assert len(kept) == 7 + 10
    assert {"notes.txt", "kdquiz-2026-02-31.sqlite"} < {each.name for each in folder.iterdir()}


def test_a_backup_of_a_day_to_come_is_taken_for_the_oldest(store: Store, path: Path) -> None:
    back_up(path, TODAY + 900)
    answer(store, log_of())
    back_up(path, TODAY)
    assert [backup.day for backup in backups_of(path, TODAY)] == [TODAY, TODAY + 900]
    newest = newest_sound(path, TODAY)
    assert newest is not None
    assert newest.day == TODAY
    newest.path.write_bytes(b"\0" * 9000)
    older = newest_sound(path, TODAY)
    assert older is not None
    assert older.day == TODAY + 900


def test_a_damaged_database_is_never_copied_over_a_good_backup(path: Path) -> None:
    with Store(path) as store:
        for number in range(300):
            answer(store, log_of(f"card-{number}", response="x" * 500))
        good = back_up(path, TODAY)
        assert good is not None
        before = good.read_bytes()
        answer(store, log_of("later"))
    content = bytearray(path.read_bytes())
    content[-9000:-4500] = b"\x55" * 4500
    path.write_bytes(content)
    with pytest.raises(DamagedError, match="is damaged"):
        back_up(path, TODAY)
    assert good.read_bytes() == before
    assert [each.name for each in good.parent.glob("*.sqlite*")] == [good.name]
    assert suspicion(path).exists(), "the next start looks closely"


def test_a_database_that_lacks_what_the_backup_has_is_not_copied_over_it(path: Path) -> None:
    """Its folder was copied without the `-wal`, or a tool that synchronises put an older one in its place."""
    with Store(path) as store:
        answer(store, log_of("a"))
        older = path.with_name("older")
        assert back_up(path, TODAY)
        named(path, "2026-03-01").rename(older)
        answer(store, log_of("b"))
        backup = back_up(path, TODAY)
    assert backup is not None
    older.replace(path)
    was = backup.read_bytes()
    with pytest.raises(StoreError, match="lacks reviews that are in the backup") as caught:
        back_up(path, TODAY)
    assert "copy the backup to its place" in caught.value.hint
    assert backup.read_bytes() == was
    backup.unlink()
    assert back_up(path, TODAY) == backup


def test_there_is_nothing_to_copy(path: Path) -> None:
    assert back_up(path, TODAY) is None
    path.parent.mkdir()
    path.touch()
    assert back_up(path, TODAY) is None
    assert not (path.parent / "backups").exists()


def test_one_process_at_a_time(store: Store, path: Path) -> None:
    (path.parent / "backups").mkdir()
    other = have_alone(path.parent / "backups" / "kdquiz")
    assert other is not None
    with other:
        assert back_up(path, TODAY) is None
    assert back_up(path, TODAY) is not None


def test_a_thread_copies_while_answers_are_recorded(store: Store, path: Path) -> None:
    made: list[Path | None] = []
    answer(store, log_of("before"))
    thread = Thread(target=lambda: made.append(back_up(path, TODAY)))
    thread.start()
    for number in range(30):
        answer(store, log_of(f"card-{number}"))
    thread.join()
    assert made[0] is not None
    assert 1 <= (reviews_in(made[0]) or 0) <= 31
    with Store(made[0]) as copy:
        assert copy.verify() == []


def test_a_folder_that_is_a_file(store: Store, path: Path) -> None:
    (path.parent / "backups").write_text("not a folder")
    with pytest.raises(StoreError, match="cannot be used"):
        back_up(path, TODAY)
    answer(store, log_of())
    assert store.reviews() == [log_of()]
