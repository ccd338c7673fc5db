"""`kdquiz stats`: what was done, remembered and mistaken, for people, for programs, and as CSV; fits the weights."""

import io
import json
import shutil
import sys
from pathlib import Path

import click

from kdquiz.cli import services
from kdquiz.errors import UsageError
from kdquiz.exchange import fitting, review_log
from kdquiz.exchange.lines import Line
from kdquiz.exchange.statistics import Statistics
from kdquiz.exchange.statistics_pages import PAGES
from kdquiz.exchange.statistics_rows import rows
from kdquiz.grading.printable import printable
from kdquiz.memory.day import Calendar
from kdquiz.store.store import Store

STANDARD_OUTPUT = "-"
WIDEST = 104
NARROWEST = 72
"""Columns from which on there is room for plots."""
TALL = 36
"""As many lines as make plots high: a shell scrolls."""
MARKS = "░▒▓█⣿│└o"
"""Characters that plots are made of."""

LINES = """
Lines of --json, told apart by "line"; days are ISO dates, shares and chances 0 to 1:

\b
  total          today, reviews, cards, minutes, days, first_day, days_in_a_row, most_days_in_a_row
  day            day, reviews, minutes, new, tested, recalled
  retention      of: all (predicted, log_loss, rmse, weights, fitted), week (day), age (from_days, to_days);
                 each with reviews, recalled, share, low, high (19 times of 20 the truth is between)
  calibration    from, to, predicted, reviews, recalled, share, low, high
  load           day, cards
  topic          id, title, seen, questions, recall, stability_days
  misconception  sentence, id, times, last_day, last_14_days, 14_days_before, trend
  leech          id, title, lapses, suspended, suggestion
  drill          id, title, attempts, solved, tries, hints, seconds
  fit            adopted, reviews, missing, loss_before, loss_after  (of --fit and --default-weights alone)

Columns of --csv: id, topic, kind, day, time (UTC), rating, seconds, share, recall (predicted), response (JSON). A text
that a spreadsheet would take for a formula has an apostrophe before it.
"""


@click.command(name="stats", epilog=LINES)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line; see below.")
@click.option("--csv", "csv_file", metavar="FILE", help="Write the review log to FILE (`-`: standard output).")
@click.option("--fit", "fit", is_flag=True, help="Fit the weights of the schedule to your own reviews.")
@click.option("--default-weights", is_flag=True, help="Go back to the default weights.")
def command(as_json: bool, csv_file: str | None, fit: bool, default_weights: bool) -> int:
    """Show what you did, remembered and mistook, and what comes back when.

    --fit learns the weights from the older part of your reviews and keeps them only if they predict the newer part
    better than those in use. Exit code 0 if they were adopted, 1 if not: too few reviews, or not better.
    """
    if sum((as_json and not (fit or default_weights), csv_file is not None, fit, default_weights)) > 1:
        raise UsageError("--json, --csv, --fit and --default-weights each ask for something else", "Give one of them.")
    with services.open_store() as store:
        if fit or default_weights:
            return _fit(store, default_weights, as_json)
        if csv_file is not None:
            return _csv(store, csv_file)
        loaded = services.open_library()
        services.warn_of_problems(loaded)
        found = Statistics(store, loaded.library, Calendar(), services.now())
        if as_json:
            for row in rows(found):
                click.echo(json.dumps(row, ensure_ascii=False))
        else:
            _tell(found)
    return 0


def _tell(found: Statistics) -> None:
    """Every page below the other."""
    columns = shutil.get_terminal_size((80, 24)).columns
    lines = TALL if columns >= NARROWEST and _can_be_written(MARKS) else 0
    for place, (name, read) in enumerate(PAGES.items()):
        title = f"{name.title()} "
        width = min(columns, WIDEST)
        click.echo(("\n" if place else "") + click.style(title + "-" * (width - len(title)), bold=True) + "\n")
        for line in read(found)(width, lines):
            click.echo(_text(line))


def _text(line: Line) -> str:
    return printable("".join(span.text for span in line)).rstrip()


def _can_be_written(marks: str) -> bool:
    try:
        marks.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def _csv(store: Store, name: str) -> int:
    loaded = services.open_library()
    services.warn_of_problems(loaded)
    kinds = review_log.kinds_of(loaded.library)
    if name == STANDARD_OUTPUT:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(newline="")  # the ends of lines are those of CSV already
        review_log.write(store.history, kinds, sys.stdout)
        return 0
    try:
        with Path(name).open("w", encoding="utf-8", newline="") as file:
            count = review_log.write(store.history, kinds, file)
    except OSError as error:
        raise UsageError(f"cannot write {name}: {error.strerror}", "Choose another file.") from error
    click.echo(f"{count:,} reviews written to {name}")
    return 0


def _fit(store: Store, default_weights: bool, as_json: bool) -> int:
    now = services.now()
    outcome = fitting.go_back(store, now) if default_weights else fitting.refit(store, now)
    if as_json:
        click.echo(json.dumps({"line": "fit", **outcome.as_data()}))
    else:
        click.echo(outcome.told)
    return 0 if outcome.adopted else 1
