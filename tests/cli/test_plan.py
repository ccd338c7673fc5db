"""`kdquiz plan`: what is printed, kept and refused."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kdquiz.cli.services import DATABASE
from kdquiz.memory.model import Rating, ReviewLog
from kdquiz.store.store import Store
from tests.cli.conftest import Kdquiz


def ahead(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


def rows(kdquiz: Kdquiz, *arguments: str) -> list[dict[str, Any]]:
    ran = kdquiz("plan", "--json", *arguments)
    assert (ran.code, ran.err) == (0, "")
    return [json.loads(line) for line in ran.lines]


def test_without_a_date_it_says_how_to_set_one_and_what_is_known_today(kdquiz: Kdquiz) -> None:
    ran = kdquiz("plan")
    assert ran.code == 0
    assert ran.lines[0] == "No interview date is set."
    assert "kdquiz plan --date" in ran.lines[1]
    assert "Today you would recall 0 % of everything." in ran.lines
    assert sum("of 31 seen" in line for line in ran.lines) == 1


def test_the_goal_is_kept_from_one_call_to_the_next(kdquiz: Kdquiz) -> None:
    kdquiz("plan", "--date", ahead(30), "--minutes", "15", "--new", "4")
    whole = rows(kdquiz)[0]
    assert (whole["date"], whole["minutes"], whole["new"]) == (ahead(30), 15, 4)
    assert rows(kdquiz, "--minutes", "25")[0]["date"] == ahead(30)
    forgotten = rows(kdquiz, "--no-date")[0]
    assert (forgotten["date"], forgotten["days"], forgotten["minutes"]) == (None, None, 25)


def test_the_plan_says_what_it_leads_to_and_which_minutes_lead_further(kdquiz: Kdquiz) -> None:
    ran = kdquiz("plan", "--date", ahead(9), "--minutes", "8")
    assert ran.code == 0
    text = " ".join(ran.lines)
    assert "On the day, without more study: 0 % of everything." in ran.lines
    assert "On the day, at 8 minutes a day:" in text
    assert "you cannot see everything before the day" in text
    assert "At 8 minutes a day you will reach" in text
    assert "would reach 85 %" in text
    assert "▒" in text
    assert all(len(line) <= 80 for line in ran.lines)


def test_as_json_it_is_one_object_a_line(kdquiz: Kdquiz) -> None:
    printed = rows(kdquiz, "--date", "in 3 weeks", "--minutes", "20")
    whole, topics = printed[0], [row for row in printed if "topic" in row]
    assert whole["planned"]["of_all"] > 0.5  # how much exactly depends on how much is shipped
    assert whole["unseen"] == 0
    shipped = len(kdquiz("list", "questions", "--json").lines)
    assert sum(row["now"]["questions"] for row in topics) == whole["now"]["questions"] == shipped
    days = [row for row in printed if "day" in row]
    assert len(days) == whole["days"]
    assert days[-1]["recalled"] == pytest.approx(whole["planned"]["of_all"] * shipped, abs=0.2)
    assert [row["target"] for row in printed if "target" in row] == [0.85, 0.9]


def test_what_was_answered_counts(kdquiz: Kdquiz, home: Path) -> None:
    kdquiz("plan", "--date", ahead(21))
    with Store(home / DATABASE) as store:
        at = datetime.now(UTC) - timedelta(days=2)
        day = (at.date() - date(1970, 1, 1)).days
        for question in ("why-t-squared", "softmax-with-temperature"):
            store.record(ReviewLog(card_id=question, rating=Rating.EASY, reviewed_at=at, seconds=9.0, day=day))
        store.record(ReviewLog(card_id="not-there-any-more", rating=Rating.EASY, reviewed_at=at, seconds=9.0, day=day))
    whole = rows(kdquiz)[0]
    assert whole["now"]["seen"] == 2
    assert whole["now"]["of_seen"] > whole["untouched"]["of_seen"] > 0.8


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--date", "2020-01-01"], "2020-01-01 has passed"),
        (["--date", ahead(30 * 365)], "too far ahead"),
        (["--date", "soon"], "'soon' is no date"),
        (["--date", "2027-02-30"], "'2027-02-30' is no date"),
        (["--date", ""], "Type a date such as"),
        (["--date", "in 9999 weeks"], "too far ahead"),
        (["--date", ahead(9), "--no-date"], "exclude each other"),
        (["--minutes", "0"], "Type a whole number from 1 to 1440"),
        (["--minutes", "twenty"], "'twenty' cannot be the minutes a day"),
        (["--minutes", "99999999999"], "Type a whole number"),
        (["--new", "-3"], "Type a whole number from 0 to 1000"),
    ],
)
def test_what_cannot_be_meant_is_told_with_what_can_be_typed(
    kdquiz: Kdquiz, home: Path, arguments: list[str], told: str
) -> None:
    ran = kdquiz("plan", *arguments)
    assert ran.code == 2
    assert told in ran.err
    assert ran.out == ""
    assert not home.exists()
