"""What the store keeps, value for value, and that log and cards never disagree."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.errors import StoreError
from kdquiz.memory.model import Attempt, Rating, ReviewLog
from kdquiz.store import rows
from kdquiz.store.store import Store
from tests.store.conftest import NOON, SCHEDULE, answer, log_of


def test_a_new_database_is_empty_and_sound(store: Store, path: Path) -> None:
    assert path.is_file()
    assert store.cards() == {}
    assert store.reviews() == []
    assert store.attempts() == []
    assert store.made_due() == frozenset()
    assert store.verify() == []


def test_the_disk_is_waited_for(store: Store, path: Path) -> None:
    def pragma(name: str) -> object:
        return store._connection.execute(f"PRAGMA {name}").fetchone()[0]

    full = 2
    assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")) == ("wal", full, 1)


def test_a_review_and_its_card_are_found_again_by_the_next_run(path: Path) -> None:
    log = ReviewLog(
        card_id="why",
        rating=Rating.HARD,
        reviewed_at=datetime(2026, 3, 1, 12, 30, 59, 123457, tzinfo=UTC),
        seconds=1 / 3,
        response=json.dumps({"text": "T² – “softer”"}, ensure_ascii=False),
        share=2 / 3,
    )
    with Store(path) as store:
        card = answer(store, log)
    with Store(path) as store:
        assert store.cards() == {"why": card}
        assert store.reviews() == [log]
        assert store.cards()["why"].due.tzinfo is UTC


def test_reviews_come_in_the_order_recorded_whatever_the_clock_said(store: Store) -> None:
    logs = [log_of("a", minutes=10), log_of("b", minutes=0), log_of("a", minutes=-99)]
    for log in logs:
        answer(store, log)
    assert store.reviews() == logs
    assert store.reviews("a") == [logs[0], logs[2]]
    assert store.reviews("z") == []
    assert store.verify() == []


def test_a_replaced_review_is_voided_and_stays_in_the_log(store: Store, path: Path) -> None:
    first, second = log_of(rating=Rating.GOOD), log_of(rating=Rating.AGAIN)
    answer(store, first)
    card = answer(store, second, replaces=first)
    assert store.reviews() == [second]
    assert store.cards() == {"why": card} == SCHEDULE.fold([second])
    with closing(sqlite3.connect(path)) as other:
        kept = other.execute("SELECT rating, replaced_by FROM review LEFT JOIN voided ON review = number").fetchall()
    assert kept == [(Rating.GOOD, 2), (Rating.AGAIN, None)]


def test_a_review_replaced_by_its_equal_is_the_one_voided(store: Store) -> None:
    log = log_of()
    answer(store, log)
    answer(store, log, replaces=log)
    assert store.reviews() == [log]
    assert store._connection.execute("SELECT review, replaced_by FROM voided").fetchall() == [(1, 2)]


def test_undo_gives_back_the_card_before(store: Store) -> None:
    first, second = log_of(minutes=0), log_of(minutes=10, rating=Rating.AGAIN)
    before = answer(store, first)
    answer(store, second)
    assert store.undo(second) == before
    assert store.cards() == {"why": before}
    assert store.undo(first) is None
    assert store.cards() == {}
    assert store.reviews() == []
    assert store.verify() == []


@pytest.mark.parametrize("table", ["review", "voided", "attempt"])
def test_the_logs_are_only_appended_to(store: Store, table: str) -> None:
    answer(store, log_of())
    answer(store, log_of(minutes=1), replaces=log_of())
    store.record_attempt(attempt())
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET rowid = 9"):
        with pytest.raises(sqlite3.IntegrityError, match="only appended to"):
            store._connection.execute(statement)


def test_what_is_not_in_the_log_cannot_be_undone_or_replaced_and_nothing_is_written(store: Store) -> None:
    first = log_of()
    answer(store, first)
    store.undo(first)
    with pytest.raises(StoreError, match="'why' at 12:00:00 UTC is not in the log any more"):
        store.undo(first)
    with pytest.raises(StoreError, match="not in the log"):
        answer(store, log_of(minutes=5), replaces=first)
    assert store.reviews() == []
    assert store.cards() == {}


def test_a_review_replaces_one_of_its_own_question(store: Store) -> None:
    with pytest.raises(ValueError, match="of the same question"):
        store.record(log_of("why"), replaces=log_of("how"))


def test_a_review_by_another_process_meanwhile_counts_and_the_caller_is_told(store: Store, path: Path) -> None:
    mine, theirs = log_of(minutes=2), log_of(minutes=1, rating=Rating.AGAIN)
    with Store(path) as other:
        answer(other, theirs)
    kept = store.record(mine)
    assert kept != SCHEDULE.review(None, mine)
    assert store.cards() == {"why": kept} == SCHEDULE.fold([theirs, mine])


class FailsAfterCommit:
    """A connection that reports an error of the disk after it has written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)

    def execute(self, query: str, *values: Any) -> sqlite3.Cursor:
        done = self._connection.execute(query, *values)
        if query == "COMMIT":
            raise sqlite3.OperationalError("disk I/O error")
        return done


def test_what_was_written_before_an_error_is_not_written_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app asks to try again after an error; whatever had reached the disk by then stands there once."""
    first, second = log_of(rating=Rating.GOOD), log_of(rating=Rating.AGAIN)
    steps: list[Callable[[], object]] = [
        lambda: store.record(first),
        lambda: store.record(second, replaces=first),
        lambda: store.record(second, replaces=second),
        lambda: store.record_attempt(attempt()),
    ]
    for step in steps:
        with monkeypatch.context() as failing:
            failing.setattr(store, "_connection", FailsAfterCommit(store._connection))
            with pytest.raises(StoreError, match="disk I/O error"):
                step()
        step()
    assert store.reviews() == [second]
    assert store.card("why") == SCHEDULE.fold([second])["why"]
    assert store.attempts() == [attempt()]
    assert store.verify() == []


def test_what_is_made_due_stays_so_until_it_is_reviewed(store: Store) -> None:
    answer(store, log_of("a"))
    store.make_due(["a", "b"], NOON, "missing-t-squared")
    store.make_due(["a"], NOON, "swapped-alpha")
    assert store.made_due() == {"a", "b"}
    backwards = log_of("a", minutes=-500)
    answer(store, backwards)
    assert store.made_due() == {"b"}
    store.undo(backwards)
    assert store.made_due() == {"a", "b"}


def attempt(drill_id: str = "loss", verdict: str = "wrong-answer", source: str = "def f(): ...") -> Attempt:
    return Attempt(
        drill_id=drill_id,
        source=source,
        verdict=verdict,
        report='{"seed": 3}',
        hints_used=2,
        seconds=61.5,
        submitted_at=NOON,
        counts=verdict != "internal-error",
    )


def test_every_attempt_is_kept_with_its_code_even_where_it_does_not_count(store: Store) -> None:
    tries = [attempt(), attempt("other", source="def α(): '\0'"), attempt(verdict="internal-error")]
    for each in tries:
        store.record_attempt(each)
    assert store.attempts() == tries
    assert store.attempts("loss") == [tries[0], tries[2]]
    assert [each.counts for each in store.attempts()] == [True, True, False]


def test_drafts_and_settings_are_replaced(store: Store) -> None:
    assert store.draft("loss") is None
    assert store.setting("theme") is None
    for value in ("", "first", "second\n"):
        store.save_draft("loss", value)
        store.set_setting("theme", value)
        assert (store.draft("loss"), store.setting("theme")) == (value, value)
    assert store.draft("other") is None


def test_half_a_character_from_a_broken_paste_does_not_lose_the_rest(store: Store) -> None:
    store.save_draft("loss", "T² \ud800 rest")
    assert store.draft("loss") == "T² \\ud800 rest"
    log = log_of(response='{"text": "\udfff"}')
    answer(store, log)
    assert store.undo(log) is None


@pytest.mark.parametrize("moment", [datetime(2026, 3, 1), datetime(2026, 3, 1, tzinfo=timezone(timedelta(hours=1)))])
def test_times_that_are_not_utc_are_refused(store: Store, moment: datetime) -> None:
    with pytest.raises(ValueError, match="UTC"):
        store.make_due(["why"], moment, "because")
    assert store.made_due() == frozenset()


def test_verify_says_what_disagrees(store: Store) -> None:
    for card_id in ("a", "b", "c"):
        answer(store, log_of(card_id))
    for statement in (
        "UPDATE card SET due = due + 1000000 WHERE id = 'a'",
        "DELETE FROM card WHERE id = 'b'",
        "INSERT INTO card SELECT 'd', " + rows.CARD_COLUMNS.removeprefix("id, ") + " FROM card",
        "UPDATE card SET stability = stability * (1 + 1e-12) WHERE id = 'c'",
    ):
        store._connection.execute(statement + (" WHERE id = 'a'" if statement.startswith("INSERT") else ""))
    assert store.verify() == [
        "The card of 'a' is kept as reviewed once, due 2026-03-01 12:10:01, stability 2.3065 days, "
        "and its reviews give reviewed once, due 2026-03-01 12:10:00, stability 2.3065 days.",
        "The card of 'b' is kept as new, "
        "and its reviews give reviewed once, due 2026-03-01 12:10:00, stability 2.3065 days.",
        "The card of 'd' is kept as reviewed once, due 2026-03-01 12:10:01, stability 2.3065 days, "
        "and its reviews give new.",
    ]


moves = st.lists(
    st.tuples(
        st.sampled_from(["record", "record", "replace", "undo"]),
        st.sampled_from(["a", "b"]),
        st.sampled_from(Rating),
        st.integers(-2000, 20000),
        st.integers(0, 20),
    ),
    max_size=14,
)


@settings(deadline=None, max_examples=40)
@given(moves)
def test_log_and_cards_agree_after_any_sequence_of_moves(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[str, str, Rating, int, int]]
) -> None:
    live: list[ReviewLog] = []
    now = 0
    with Store(tmp_path_factory.mktemp("moves") / "db.sqlite") as store:
        for move, card_id, rating, minutes, which in history:
            now += minutes
            old = live[which % len(live)] if live and move != "record" else None
            if old and move == "undo":
                live.remove(old)
                assert store.undo(old) == SCHEDULE.fold(live).get(old.card_id)
            else:
                log = log_of(old.card_id if old else card_id, rating, now)
                if old:
                    live.remove(old)
                if old or log not in live:  # to the microsecond: the same call again
                    live.append(log)
                assert answer(store, log, replaces=old) == SCHEDULE.fold(live)[log.card_id]
            assert store.cards() == SCHEDULE.fold(live)
        assert store.reviews() == live
        assert store.verify() == []


def test_opening_imports_nothing_that_only_other_moments_need(path: Path) -> None:
    with Store(path):
        pass
    code = (
        "import sys; from pathlib import Path; from kdquiz.memory.schedule import Schedule;"
        "from kdquiz.store.store import Store; Store(Path(sys.argv[1])).cards();"
        "print({'fsrs', 'importlib.resources', 'platformdirs'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
