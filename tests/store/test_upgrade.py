"""Databases of every earlier format are upgraded without loss.

`databases/version-1.sqlite` was written by kdquiz as of the commit "Say which check is slow", the last one of that
format: by its own Store, with five questions answered over thirty days, ratings changed and taken back, the clock set
back once, attempts at a drill (one that does not count), questions made due, a draft and settings. A new format adds a
file here, made by the last program that writes the old one; the files are never made anew.
"""

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kdquiz.memory.model import Rating
from kdquiz.store import migrate
from kdquiz.store.store import Store
from tests.store.conftest import SCHEDULE

DATABASES = Path(__file__).parent / "databases"
TABLES = ("review", "voided", "made_due", "attempt", "draft", "setting")
ROOT = Path(__file__).parents[2]


@pytest.fixture(params=sorted(DATABASES.glob("*.sqlite")), ids=lambda path: path.stem)
def older(request: pytest.FixtureRequest, path: Path) -> Path:
    """A copy of a database of an earlier format."""
    path.parent.mkdir()
    shutil.copyfile(request.param, path)
    return path


def contents(path: Path, columns: dict[str, str] | None = None) -> dict[str, list[tuple[object, ...]]]:
    """All that is in the tables of the first format; `columns` says which are looked at."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT {(columns or {}).get(table, '*')} FROM {table} ORDER BY 1").fetchall()
            for table in TABLES
        }


def columns_of(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({table})")) for table in TABLES
        }


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        number: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return number


def test_there_is_a_database_of_every_earlier_format() -> None:
    assert [version(path) for path in sorted(DATABASES.glob("*.sqlite"))] == list(range(1, migrate.CURRENT_VERSION))


def test_everything_is_there_after_the_upgrade_and_in_the_copy_beside_it(older: Path) -> None:
    number, columns, before = version(older), columns_of(older), contents(older)
    assert all(before.values()), "each table of the old database holds something"
    with Store(older) as store:
        assert store.verify() == []
        assert store.cards() == SCHEDULE.fold(store.reviews())
        assert len(store.cards()) == 6
        assert store.made_due() == {"loss", "never-asked"}
        assert [attempt.counts for attempt in store.attempts()] == [True, False, True, True]
        assert store.setting("theme") == "dark"
        assert store.draft("loss") == "def loss(s, t):\n    ...  # half a thought"
    assert version(older) == migrate.CURRENT_VERSION
    assert contents(older, columns) == before
    copy = older.with_name(f"{older.name}.version-{number}")
    assert version(copy) == number
    assert contents(copy) == before


def test_an_old_review_is_undone_and_replaced_as_a_new_one(older: Path) -> None:
    with Store(older) as store:
        logs = store.reviews("loss")
        assert logs[0].day is None
        again = replace(logs[0], rating=Rating.AGAIN, day=20500)
        assert store.record(again, replaces=logs[0]) == SCHEDULE.fold([again])["loss"]
        assert store.undo(again) is None
        assert store.verify() == []


NEXT = "CREATE TABLE next (x INTEGER) STRICT;"
KILLED = f"""
import os, signal, sqlite3, sys
from pathlib import Path
from kdquiz.store import migrate
from kdquiz.store.store import Store

class Killing(tuple):
    def __getitem__(self, number):
        if number >= len(self) - 1 and "between" in sys.argv:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__getitem__(number)

class Dying(Store):
    def _rebuild(self, *arguments):
        cards = super()._rebuild(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)
        return cards

scripts = Killing((*migrate.scripts(), {NEXT!r}))
if "between" in sys.argv:
    migrate.scripts = lambda: scripts
    migrate.CURRENT_VERSION = len(scripts)
Dying(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("moment", ["while the cards are made anew", "between"])
def test_a_kill_during_the_upgrade_leaves_one_format_or_the_next(
    older: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    number, columns, before = version(older), columns_of(older), contents(older)
    died = subprocess.run([sys.executable, "-c", KILLED, str(older), moment], cwd=ROOT, check=False)
    assert died.returncode == -signal.SIGKILL
    assert version(older) == (migrate.CURRENT_VERSION if moment == "between" else number)
    assert contents(older, columns) == before
    if moment == "between":
        scripts = (*migrate.scripts(), NEXT)
        monkeypatch.setattr(migrate, "scripts", lambda: scripts)
        monkeypatch.setattr(migrate, "CURRENT_VERSION", len(scripts))
    with Store(older) as store:
        assert store.cards() == SCHEDULE.fold(store.reviews())
        assert store.verify() == []


def test_two_processes_upgrade_at_once(older: Path) -> None:
    code = "import sys, pathlib; from kdquiz.store.store import Store; Store(pathlib.Path(sys.argv[1])).close()"
    both = [subprocess.Popen([sys.executable, "-c", code, str(older)], cwd=ROOT) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    with Store(older) as store:
        assert store.verify() == []
        assert len(store.cards()) == 6
