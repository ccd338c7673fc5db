"""`kdquiz plan`: the interview date, what will be known on it, and which minutes a day would reach more."""

import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import click

from kdquiz.cli import services
from kdquiz.errors import UsageError
from kdquiz.exchange import goal_reading, outlook, plan_text
from kdquiz.exchange.outlook import Chances, Prospect, Study
from kdquiz.memory.day import Calendar
from kdquiz.memory.forecast import Chance
from kdquiz.memory.goal import Goal
from kdquiz.store.store import Store

WIDTH = 80


@click.command(name="plan")
@click.option("--date", "date", metavar="YYYY-MM-DD", help="The day of the interview; `in 3 weeks` is understood too.")
@click.option("--no-date", is_flag=True, help="No interview: forget the date.")
@click.option("--minutes", metavar="M", help="Minutes of study a day.")
@click.option("--new", "new", metavar="N", help="New questions a day, where no interview is ahead.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(date: str | None, no_date: bool, minutes: str | None, new: str | None, as_json: bool) -> None:
    """Say what you will know on the day of the interview, and what to do for it.

    What is set here is kept. Until the day, `kdquiz` asks what raises your chance on it most.
    """
    if date is not None and no_date:
        raise UsageError("--date and --no-date exclude each other", "Leave one of them out.")
    moment = services.now()
    today = Calendar().day(moment)
    changes: dict[str, Any] = {}
    if date is not None or no_date:
        changes["interview"] = None if date is None else goal_reading.interview_date(date, today)
    if minutes is not None:
        changes["minutes"] = goal_reading.minutes(minutes)
    if new is not None:
        changes["new_a_day"] = goal_reading.new_a_day(new)
    loaded = services.open_library()
    services.warn_of_problems(loaded)
    with services.open_store() as store:
        if changes:
            _keep(store, changes)
        study = outlook.study(loaded.library, store, store.learner(moment, today))
    prospect = outlook.prospect(study)
    more = outlook.minutes_for(study)
    if as_json:
        for row in _rows(study, prospect, more):
            click.echo(json.dumps(row, ensure_ascii=False))
    else:
        click.echo("\n".join(piece for line in _lines(study, prospect, more) for piece in _in_width(line)))


def _in_width(line: str) -> list[str]:
    """A sentence wrapped; a row of the table fits as it is."""
    return [line] if len(line) <= WIDTH else textwrap.wrap(line, WIDTH, break_on_hyphens=False)


def _keep(store: Store, changes: Mapping[str, Any]) -> None:
    goal = replace(Goal.from_settings(store.setting), **changes)
    for name, value in goal.as_settings().items():
        store.set_setting(name, value)


def _lines(study: Study, prospect: Prospect, more: Mapping[float, int | None]) -> Iterator[str]:
    yield plan_text.until(study)
    if study.goal.ahead(study.today) is None:
        yield "`kdquiz plan --date YYYY-MM-DD` sets the day of the interview."
    yield ""
    whole = prospect.whole
    if not whole.now.total:
        yield "There are no questions; `kdquiz doctor` says why."
        return
    yield from filter(None, (plan_text.now(whole), plan_text.untouched(whole), plan_text.planned(study, whole)))
    if prospect.outlook and prospect.outlook.days:
        yield plan_text.todays(prospect.outlook.days[0])
    yield ""
    yield from plan_text.topic_lines(prospect)
    enough = None
    if prospect.outlook and not prospect.outlook.seen_all:
        enough = outlook.minutes_to_see_all(study)
    told = [plan_text.unseen(study, prospect, enough), plan_text.more(study, whole, more)]
    if any(told):
        yield ""
        yield from filter(None, told)


def _rows(study: Study, prospect: Prospect, more: Mapping[float, int | None]) -> Iterator[dict[str, Any]]:
    goal = study.goal
    yield {
        "date": goal.interview.isoformat() if goal.interview else None,
        "days": goal.ahead(study.today),
        "minutes": goal.minutes,
        "new": goal.new_a_day,
        "unseen": prospect.outlook.unseen if prospect.outlook else None,
        **_chances(prospect.whole),
    }
    for title, its in prospect.topics.items():
        yield {"topic": title, **_chances(its)}
    for day in prospect.outlook.days if prospect.outlook else ():
        yield {
            "day": day.day - study.today,
            "again": round(day.again, 2),
            "new": round(day.new, 2),
            "minutes": round(day.minutes, 1),
            "recalled": round(day.recalled, 1),
        }
    for target, minutes in more.items():
        yield {"target": target, "minutes": minutes}


def _chances(chances: Chances) -> dict[str, Any]:
    return {"now": _chance(chances.now), "untouched": _chance(chances.untouched), "planned": _chance(chances.planned)}


def _chance(chance: Chance | None) -> dict[str, Any] | None:
    if chance is None:
        return None
    of_all, of_seen = round(chance.of_all, 4), round(chance.of_seen, 4)
    return {"questions": chance.total, "seen": chance.seen, "of_all": of_all, "of_seen": of_seen}
