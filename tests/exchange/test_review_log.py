"""The review log as CSV: what a reader of CSV gets back, and nothing that a spreadsheet would evaluate."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kdquiz.exchange import review_log
from kdquiz.library.kinds.flashcard import Flashcard
from kdquiz.memory.model import Rating, ReviewLog
from kdquiz.store.store import Store
from tests.libraries import library_of

AT = datetime(2026, 11, 24, 22, 30, 1, 250_000, tzinfo=UTC)


def review(card_id: str, response: str = "{}", *, share: float | None = None, recall: float | None = None) -> ReviewLog:
    return ReviewLog(
        card_id=card_id,
        rating=Rating.HARD,
        reviewed_at=AT,
        seconds=12.3456,
        response=response,
        day=20781,
        share=share,
        recall=recall,
    )


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    known = library_of([Flashcard(id="why", kind="flashcard", ask="Why?", answer="So.", source="me")])
    with Store(tmp_path / "kdquiz.sqlite") as store:
        store.record(review("why", '{"text": "a, \\"b\\"\n; c"}', share=0.5, recall=0.91234))
        store.record(review("gone"))
        file = io.StringIO(newline="")
        assert review_log.write(store.history, review_log.kinds_of(known), file) == 2
    file.seek(0)
    first, second = csv.DictReader(file)
    assert first == {
        "id": "why",
        "topic": "alpha",
        "kind": "flashcard",
        "day": "2026-11-24",
        "time": "2026-11-24T22:30:01.250000Z",
        "rating": "Hard",
        "seconds": "12.346",
        "share": "0.5",
        "recall": "0.9123",
        "response": '{"text": "a, \\"b\\"\n; c"}',
    }
    assert (second["id"], second["topic"], second["kind"], second["share"], second["recall"]) == (
        "gone",
        "",
        "",
        "",
        "",
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(tmp_path: Path, text: str) -> None:
    with Store(tmp_path / "kdquiz.sqlite") as store:
        store.record(review(text, text))
        file = io.StringIO(newline="")
        review_log.write(store.history, {text: (text, "choice")}, file)
    _, row = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert (row[0], row[1], row[-1]) == (f"'{text}", f"'{text}", f"'{text}")
    assert not any(cell.startswith(review_log.FORMULA) for cell in row)


def test_it_stops_when_it_is_asked_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_log, "ASKED_EVERY", 2)
    with Store(tmp_path / "kdquiz.sqlite") as store:
        for number in range(5):
            store.record(review(f"why-{number}"))
        assert review_log.write(store.history, {}, io.StringIO(), stopped=lambda: True) == 2
