"""A damaged database is set aside untouched, and what is in the backup or can still be read is there again."""

import os
import random
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kdquiz.errors import DamagedError, StoreError
from kdquiz.store.backup import back_up
from kdquiz.store.faults import suspicion
from kdquiz.store.files import unfinished
from kdquiz.store.opening import open_or_recover
from kdquiz.store.recovery import LAST, Recovery, recover
from kdquiz.store.store import Store
from tests.store import ruins
from tests.store.conftest import NOON, SCHEDULE, answer, log_of
from tests.store.ruins import cut_to, everything, leaf, lines_of_text, page

ROOT = Path(__file__).parents[2]
LATER = NOON + timedelta(days=4)
ASIDE = "kdquiz.sqlite.damaged-2026-03-05-120000"


@dataclass(frozen=True)
class Ruin:
    """A database that was filled: a copy as it lies closed, one as a kill leaves it, and all that was in it."""

    closed: Path
    killed: Path
    was: dict[str, Any]

    def copy(self, to: Path, *, killed: bool = False, backups: bool = True) -> Path:
        return ruins.copied(self.killed if killed else self.closed, to, log=killed, backups=backups)


@pytest.fixture(scope="module")
def ruin(tmp_path_factory: pytest.TempPathFactory) -> Ruin:
    folder = tmp_path_factory.mktemp("ruin")
    with Store(folder / "open" / "kdquiz.sqlite") as store:
        ruins.fill(store)
        killed = ruins.copied(store.path, folder / "killed", log=True, backups=True)
        was = everything(store)
    return Ruin(folder / "open" / "kdquiz.sqlite", killed, was)


def unexpected(recovery: Recovery) -> None:
    """Told of a recovery that should not have been."""
    pytest.fail(recovery.sentence)


def opened(path: Path) -> tuple[Store, Recovery | None]:
    """The store, after its recovery if there was one: a page that nobody read at the opening shows when it is read."""
    told: list[Recovery] = []
    store = open_or_recover(path, LATER, told.append)
    if not told and store.verify():
        store.close()
        store = open_or_recover(path, LATER, told.append)
    return store, told[0] if told else None


def reopened(path: Path) -> tuple[Store, Recovery]:
    """The store after its recovery."""
    store, recovery = opened(path)
    assert recovery is not None
    return store, recovery


@pytest.mark.parametrize("killed", [False, True], ids=["closed", "killed"])
@pytest.mark.parametrize(
    "damage",
    [page(1), page(1, b"\0"), page(2), page(3), page(4), page(13), leaf, lines_of_text, cut_to(0.6)],
    ids=["header", "zeros", "log", "counter", "index", "days", "leaf", "text", "cut"],
)
def test_whatever_is_damaged_the_backup_and_what_can_be_read_are_there(
    ruin: Ruin, tmp_path: Path, damage: ruins.Damage, killed: bool
) -> None:
    path = ruin.copy(tmp_path / "data", killed=killed)
    damage(path)
    left = path.read_bytes()
    log = path.with_name("kdquiz.sqlite-wal")
    left_log = log.read_bytes() if killed else b""
    store, recovery = opened(path)
    with store:
        if recovery is None:  # what was damaged is not in use, or stands in the log of the last transactions, too
            assert everything(store) == ruin.was
            return
        assert store.verify() == []
        assert store.reviews()[: ruins.BACKED_UP - 2] == ruin.was["reviews"][: ruins.BACKED_UP - 2]
        assert len(store.reviews()) + (recovery.lost or 40) >= len(ruin.was["reviews"])
        assert store.cards() == store.schedule.fold(store.reviews())
        assert Recovery.read(store.setting(LAST) or "") == recovery
    assert recovery.set_aside == path.with_name(ASIDE)
    assert recovery.backup == path.parent / "backups" / "kdquiz-2026-03-02.sqlite"
    assert recovery.from_backup == ruins.BACKED_UP
    if not killed:
        assert recovery.set_aside.read_bytes() == left, "untouched"
    elif recovery.set_aside.with_name(f"{ASIDE}-wal").exists():
        assert recovery.set_aside.with_name(f"{ASIDE}-wal").read_bytes() == left_log
    assert str(recovery.set_aside) in recovery.sentence
    assert not suspicion(path).exists()
    assert {each.name for each in path.parent.iterdir()} - {f"{ASIDE}-wal", f"{ASIDE}-shm"} == {
        "backups",
        "kdquiz.sqlite",
        "kdquiz.sqlite.lock",
        ASIDE,
    }


@pytest.mark.parametrize(
    "damage", [page(1), page(2), page(3), page(4), page(12)], ids=["header", "log", "counter", "index", "days"]
)
def test_without_a_backup_nothing_is_lost_where_every_row_can_be_read(
    ruin: Ruin, tmp_path: Path, damage: ruins.Damage
) -> None:
    """The first pages say where everything is, and hold no review: without them rows are found by their shape."""
    path = ruin.copy(tmp_path / "data", backups=False)
    damage(path)
    store, recovery = reopened(path)
    with store:
        assert everything(store) == ruin.was
        assert store.verify() == []
    assert (recovery.backup, recovery.from_backup, recovery.from_damaged) == (None, 0, ruins.REVIEWS + 1)
    assert recovery.lost == 0
    assert "no backup was there, 121 were read out of the damaged file; none is lost." in recovery.sentence


def test_a_recovery_is_of_what_was_recorded_after_the_backup_too(ruin: Ruin, tmp_path: Path) -> None:
    path = ruin.copy(tmp_path / "data")
    page(1)(path)
    store, recovery = reopened(path)
    with store:
        assert everything(store) == ruin.was
    assert (recovery.from_backup, recovery.from_damaged, recovery.lost) == (80, 41, 0)


def test_numbers_that_were_given_are_not_given_again(ruin: Ruin, tmp_path: Path) -> None:
    path = ruin.copy(tmp_path / "data")
    for number in range(17, path.stat().st_size // ruins.PAGE + 1):
        page(number)(path)
    store, recovery = reopened(path)
    with store:
        assert recovery.lost is not None
        assert recovery.lost > 0
        assert f"{recovery.lost} are lost" in recovery.sentence
        answer(store, log_of("next"))
        ((last,),) = store._read("SELECT max(number) FROM review")
        assert last == ruins.REVIEWS + 2


@pytest.mark.parametrize("killed", [False, True], ids=["alone", "with its log"])
def test_an_empty_file_is_damage_where_something_was_in_it(ruin: Ruin, tmp_path: Path, killed: bool) -> None:
    path = ruin.copy(tmp_path / "data", killed=killed)
    os.truncate(path, 0)
    store, recovery = reopened(path)
    with store:
        assert len(store.reviews()) >= ruins.BACKED_UP - 2
        assert store.verify() == []
    assert recovery.from_backup == ruins.BACKED_UP
    assert recovery.lost is None
    assert "nothing tells whether later ones are lost" in recovery.sentence
    assert recovery.set_aside.with_name(f"{ASIDE}-wal").exists() is killed


def test_an_empty_file_is_a_new_database_where_nothing_was(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with open_or_recover(path, NOON, unexpected) as store:
        assert store.reviews() == []


def test_a_damaged_backup_is_passed_over(ruin: Ruin, tmp_path: Path) -> None:
    path = ruin.copy(tmp_path / "data", backups=True)
    backup = path.parent / "backups" / "kdquiz-2026-03-02.sqlite"
    shutil.copyfile(backup, backup.with_name("kdquiz-2026-03-01.sqlite"))
    page(5)(backup)
    page(1)(path)
    store, recovery = reopened(path)
    store.close()
    assert recovery.backup == backup.with_name("kdquiz-2026-03-01.sqlite")


def test_a_backup_of_another_log_is_passed_over(ruin: Ruin, tmp_path: Path) -> None:
    """Somebody had put an older copy in the place of the database, and went on from there."""
    path = ruin.copy(tmp_path / "data", backups=False)
    with Store(tmp_path / "other" / "kdquiz.sqlite") as other:
        for number in range(50):
            answer(other, log_of(f"another-{number}"))
        back_up(other.path, ruins.TODAY)
    shutil.copytree(tmp_path / "other" / "backups", path.parent / "backups")
    page(3)(path)
    store, recovery = reopened(path)
    with store:
        assert store.reviews() == ruin.was["reviews"]
    assert recovery.backup is None


@pytest.mark.parametrize(
    "change",
    ["UPDATE review SET reviewed_at = 9223372036854775807 WHERE number = 7", "UPDATE fit SET weights = 'none'"],
)
def test_a_row_that_has_no_meaning_is_left_out(ruin: Ruin, tmp_path: Path, change: str) -> None:
    path = ruin.copy(tmp_path / "data", backups=False)
    with Store(path) as store:
        for table in ("review", "fit"):
            store._connection.execute(f"DROP TRIGGER {table}_is_not_changed")
        store._connection.execute(change)
    store, recovery = reopened(path)
    with store:
        assert recovery.from_damaged == ruins.REVIEWS + 1 - ("review" in change)
        assert recovery.lost == ("review" in change)
        assert store.fits() == ([] if "fit" in change else ruin.was["fits"])
        assert store.verify() == []


def test_weights_that_the_package_no_longer_takes_are_not_used(store: Store) -> None:
    answer(store, log_of())
    store._insert("fit", "weights, fitted_at, reviews", (f"[{', '.join(['9999.0'] * 21)}]", 0, 1))
    assert store.schedule.weights == SCHEDULE.weights
    assert store.verify() == []


def test_the_database_of_an_earlier_format_is_recovered(tmp_path: Path) -> None:
    path = tmp_path / "kdquiz.sqlite"
    shutil.copyfile(Path(__file__).parent / "databases" / "version-1.sqlite", path)
    with Store(path) as store:
        was = store.reviews()
    path.unlink()
    path.with_name("kdquiz.sqlite.version-1").unlink()
    shutil.copyfile(Path(__file__).parent / "databases" / "version-1.sqlite", path)
    page(4)(path)
    store, recovery = reopened(path)
    with store:
        assert store.reviews() == was
        assert len(store.attempts()) == 4
        assert store.setting("theme") == "dark"
        assert store.verify() == []
    assert recovery.lost == 0


def test_nothing_is_replaced_that_somebody_uses(ruin: Ruin, tmp_path: Path) -> None:
    path = ruin.copy(tmp_path / "data")
    with Store(path):
        page(1)(path)
        left = path.read_bytes()
        with pytest.raises(StoreError, match="another kdquiz has it open") as caught:
            recover(path, LATER)
        assert "Close every kdquiz" in caught.value.hint
        assert path.read_bytes() == left
    with open_or_recover(path, LATER, lambda recovery: None) as store:
        assert store.verify() == []


def test_damage_that_shows_in_the_middle_is_mended_at_the_next_start(ruin: Ruin, tmp_path: Path) -> None:
    path = ruin.copy(tmp_path / "data")
    with Store(path) as store:
        assert store.reviews() == ruin.was["reviews"]
    leaf(path)
    with open_or_recover(path, LATER, unexpected) as store:
        with pytest.raises(DamagedError) as caught:
            store.reviews()
        assert caught.value.hint.startswith("Start kdquiz again: it puts")
    told: list[Recovery] = []
    with open_or_recover(path, LATER, told.append) as store:
        assert store.verify() == []
    assert told[0].from_backup == ruins.BACKED_UP


def test_a_suspicion_that_does_not_hold_is_dropped(ruin: Ruin, tmp_path: Path) -> None:
    path = ruin.copy(tmp_path / "data")
    suspicion(path).touch()
    with open_or_recover(path, LATER, unexpected) as store:
        assert everything(store) == ruin.was
    assert not suspicion(path).exists()


def test_a_newer_damaged_database_is_left_alone(ruin: Ruin, tmp_path: Path) -> None:
    path = ruin.copy(tmp_path / "data")
    with Store(path) as store:
        store._connection.execute("PRAGMA user_version = 99")
    page(2)(path)
    left = path.read_bytes()
    with pytest.raises(StoreError, match="newer kdquiz"):
        recover(path, LATER)
    assert path.read_bytes() == left


KILLED = """
import os, random, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from kdquiz.store import recovery

moment = sys.argv[2]
steps = 0

def count(event, arguments):
    global steps
    if event in ("os.rename", "shutil.copyfile", "open", "sqlite3.connect", "os.remove", "os.mkdir"):
        steps += 1
        if steps == int(moment):
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
recovery.recover(Path(sys.argv[1]), datetime(2026, 3, 5, 12, tzinfo=UTC))
print(steps)
"""


def killed_at(path: Path, moment: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", KILLED, str(path), str(moment)]
    return subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)


@pytest.fixture(scope="module")
def moments(ruin: Ruin, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many times a recovery touches a file."""
    path = ruin.copy(tmp_path_factory.mktemp("moments") / "data")
    page(2)(path)
    return int(killed_at(path, 0).stdout)


@pytest.mark.parametrize("part", [0.2, 0.6, 0.8, 0.9, 0.94, 0.97, 0.98, 0.99, 1.0])
def test_a_kill_at_any_moment_loses_nothing(ruin: Ruin, tmp_path: Path, moments: int, part: float) -> None:
    path = ruin.copy(tmp_path / "data")
    page(2)(path)
    moment = max(1, round(moments * part) - random.Random(part).randint(0, 1))
    died = killed_at(path, moment)
    assert died.returncode in (0, -signal.SIGKILL), died.stderr
    told: list[Recovery] = []
    with open_or_recover(path, LATER, told.append) as store:
        assert everything(store) == ruin.was
        assert store.verify() == []
    if told:  # else it was killed when all was done
        assert replace(told[0], set_aside=path) == Recovery(
            set_aside=path,
            backup=path.parent / "backups" / "kdquiz-2026-03-02.sqlite",
            from_backup=ruins.BACKED_UP,
            from_damaged=ruins.REVIEWS + 1 - ruins.BACKED_UP,
            lost=0,
        )
        assert told[0].set_aside.exists()
    assert bool(told) or moment > moments - 6
    assert unfinished(path) == []
    assert not path.with_name("kdquiz.sqlite.recovering").exists()
