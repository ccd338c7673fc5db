"""What `kdquiz doctor` says of the data folder, and what `--mend` does about it."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from kdquiz.cli import services
from kdquiz.cli.examination import Finding, examined
from kdquiz.memory.day import Calendar, date_of
from kdquiz.memory.model import Rating, ReviewLog
from kdquiz.store.backup import back_up
from kdquiz.store.recovery import Recovery
from kdquiz.store.store import Store
from tests.store.ruins import page


@pytest.fixture
def path(home: Path) -> Path:
    """A database with fifteen cards."""
    with Store(home / services.DATABASE) as store:
        for number in range(15):
            at = services.now() - timedelta(minutes=number)
            store.record(ReviewLog(card_id=f"card-{number:02}", rating=Rating.GOOD, reviewed_at=at, seconds=1.0))
    return home / services.DATABASE


def finding(name: str, *, mend: bool = False) -> Finding:
    """What is said of one thing."""
    return {each.name: each for each in examined(mend)}[name]


def test_all_is_well(path: Path) -> None:
    found = list(examined(False))
    assert [each.name for each in found] == ["database", "backup", "free space"]
    assert all(each.ok and not each.hint for each in found)
    assert f"{path}, 15 cards" in found[0].detail
    assert found[1].detail == "none yet; the app makes one a day"


@pytest.mark.parametrize(("days", "told"), [(0, "of today"), (1, "of yesterday"), (3, "3 days old, of ")])
def test_the_newest_backup_and_its_age(path: Path, days: int, told: str) -> None:
    day = Calendar().day(services.now()) - days
    back_up(path, day - 20)
    with Store(path) as store:
        store.set_setting("theme", "dark")
    back_up(path, day)
    detail = finding("backup").detail
    assert f"kdquiz-{date_of(day)}.sqlite, {told}" in detail
    assert detail.endswith("with 15 reviews")


def test_a_database_that_lacks_what_the_backup_has_is_told(path: Path) -> None:
    older = path.with_name("older")
    shutil.copyfile(path, older)
    with Store(path) as store:
        store.record(ReviewLog(card_id="more", rating=Rating.GOOD, reviewed_at=services.now(), seconds=1.0))
    back_up(path, Calendar().day(services.now()))
    older.replace(path)
    found = finding("backup")
    assert not found.ok
    assert found.detail.endswith("with 16 reviews; some of them the database lacks")
    assert "copy the backup to its place" in found.hint


def test_a_file_in_the_place_of_the_backups(path: Path) -> None:
    path.with_name("backups").touch()
    found = finding("backup")
    assert not found.ok
    assert "is no folder" in found.detail
    assert "Move it away" in found.hint


def test_a_link_to_the_database_is_followed(path: Path, tmp_path: Path) -> None:
    """SQLite keeps what belongs to a database beside the file itself, and a recovery needs it."""
    away = tmp_path / "elsewhere" / "mine.sqlite"
    away.parent.mkdir()
    path.rename(away)
    path.symlink_to(away)
    page(1)(away)
    with services.open_store() as store:
        assert len(store.reviews()) == 15
    assert path.is_symlink()
    assert len(list(away.parent.glob("mine.sqlite.damaged-*"))) == 1


def test_cards_that_are_not_what_the_log_gives_are_told_and_mended(path: Path) -> None:
    with Store(path) as store:
        store._connection.execute("UPDATE card SET stability = stability * 2")
        store._connection.execute("DELETE FROM card WHERE id = 'card-03'")
    told = finding("database")
    assert not told.ok
    assert "The card of 'card-00' is kept as" in told.hint
    assert "... and 5 more.\n`kdquiz doctor --mend`" in told.hint
    mended = finding("database", mend=True)
    assert (mended.ok, mended.hint) == (True, "15 cards were made anew out of the log.")
    assert finding("database", mend=True).hint == "There was nothing to mend."


@pytest.mark.parametrize("number", [1, 4], ids=["seen at the opening", "an index"])
def test_a_damaged_database_is_told_and_mended(path: Path, number: int, capsys: pytest.CaptureFixture[str]) -> None:
    page(number)(path)
    left = path.read_bytes()
    told = finding("database")
    assert not told.ok
    assert "`kdquiz doctor --mend`" in told.hint
    assert path.read_bytes() == left, "nothing is done without being asked for"
    mended = finding("database", mend=True)
    assert mended.ok
    assert "The database was damaged. It was put aside untouched as" in mended.hint
    assert "15 were read out of the damaged file; none is lost." in mended.hint
    assert "recovered" in capsys.readouterr().err


def test_a_start_recovers_and_tells(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(1)(path)
    told: list[Recovery] = []
    with services.open_store(told.append) as store:
        assert len(store.reviews()) == 15
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "kdquiz: the database is damaged; all that can be read is being recovered.",
        f"kdquiz: {told[0].sentence}",
    ]


def test_what_a_path_holds_does_not_reach_the_terminal() -> None:
    finding = Finding(
        "database", False, "/tmp/\x1b[2Jhome\n/kdquiz.sqlite", "Move \x07/tmp/\x1b]0;x\x07home\nto another"
    )
    assert finding.text == "BAD  database     /tmp/home /kdquiz.sqlite\n     Move /tmp/home\n     to another"
