"""Backups, a recovery told, and the offer to fit the schedule."""

from dataclasses import replace
from pathlib import Path

import pytest

from kdquiz.errors import DamagedError, StoreError
from kdquiz.store.recovery import Recovery
from kdquiz.store.store import Store
from kdquiz.tui import overview
from kdquiz.tui.app import KdquizApp
from kdquiz.tui.dialogs.confirm import FaultScreen
from kdquiz.tui.guarding import BackupFailed
from kdquiz.tui.looking import FIT_OFFERED
from kdquiz.tui.screens.home import HomeScreen
from tests.tui.browsing import review
from tests.tui.conftest import services
from tests.tui.desk import NOON, Clock, SitDown, settled
from tests.tui.examples import CHOICE, SHORT


async def test_what_was_learnt_is_backed_up_while_the_app_is_open(sit_down: SitDown, store: Store) -> None:
    review(store, CHOICE.id, 3)
    async with sit_down() as desk:
        assert not (store.path.parent / "backups").exists()
        desk.app._back_up()
        await desk.app.workers.wait_for_complete()
    (backup,) = (store.path.parent / "backups").glob("*.sqlite")
    assert backup.name.endswith("2026-11-24.sqlite")
    with Store(backup) as copy:
        assert copy.reviews() == store.reviews()


async def test_damage_is_told_once_and_nothing_is_lost_by_going_on(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        damage = BackupFailed(DamagedError("The database is damaged.", "Start kdquiz again: it recovers."))
        desk.app.post_message(damage)
        await settled(desk.pilot)
        assert isinstance(desk.app.screen, FaultScreen)
        for said in ("The database is damaged.", "Your answers are being kept", "it recovers."):
            assert said in desk.text
        await desk.press("n")
        desk.app.post_message(damage)
        await settled(desk.pilot)
        assert isinstance(desk.app.screen, HomeScreen)


async def test_after_damage_one_may_leave_at_once(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        desk.app.post_message(BackupFailed(DamagedError("The database is damaged.")))
        await settled(desk.pilot)
        await desk.press("y")
        assert desk.app._exit


async def test_a_backup_that_cannot_be_written_is_no_reason_to_stop(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        desk.app.post_message(BackupFailed(StoreError("The disk is full.", "Free some space.")))
        await settled(desk.pilot)
        assert isinstance(desk.app.screen, HomeScreen)
        assert [note.title for note in desk.app._notifications] == ["No backup was made"]


async def test_a_recovery_is_told_at_the_start(store: Store, clock: Clock) -> None:
    recovery = Recovery(set_aside=Path("kdquiz.sqlite.damaged"), backup=None, from_backup=0, from_damaged=7, lost=1)
    app = KdquizApp(replace(services(store, clock), recovery=recovery))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, FaultScreen)
        assert app.screen._detail == recovery.sentence
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_a_fit_is_offered_until_the_statistics_were_opened(
    sit_down: SitDown, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "ENOUGH", 2)
    for question in (CHOICE, SHORT):
        review(store, question.id, 9)
        store.record(replace(store.reviews(question.id)[0], reviewed_at=NOON, recall=0.9))
    async with sit_down() as desk:
        assert "can be fitted to your 2 reviews" in desk.text
        await desk.press("s", "escape")
        assert store.setting(FIT_OFFERED) == "2"
        assert "can be fitted" not in desk.text
