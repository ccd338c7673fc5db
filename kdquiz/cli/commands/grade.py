"""`kdquiz grade ID FILE...`: submissions graded from the shell."""

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from kdquiz.cli import services
from kdquiz.errors import UsageError
from kdquiz.exchange.text import report_text
from kdquiz.grading.client import Grader
from kdquiz.grading.report import Limits, Report, Submission, Verdict
from kdquiz.library.drill import Drill

STANDARD_INPUT = "-"
LARGEST_SEED = 2**64 - 1


@click.command(name="grade")
@click.argument("drill_id", metavar="ID")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file, a line each.")
@click.option(
    "--seed", type=click.IntRange(0, LARGEST_SEED), metavar="S", help="Repeat the cases of an earlier report."
)
@click.option("--jobs", type=click.IntRange(min=1), default=1, metavar="N", help="Grade N files at once (default 1).")
def command(drill_id: str, files: tuple[str, ...], as_json: bool, seed: int | None, jobs: int) -> int:
    """Grade FILEs as submissions to the drill ID; the file `-` is standard input.

    Exit code 0 if all were accepted, 1 if one was not, 3 if one could not be graded.
    """
    if files.count(STANDARD_INPUT) > 1:
        raise UsageError(f"standard input (`{STANDARD_INPUT}`) can be graded only once")
    drill = services.drill_by_id(services.open_library(), drill_id)
    submissions = [Submission(drill=drill, source=_source(name), file=name, seed=seed) for name in files]
    verdicts = asyncio.run(_grade(drill, submissions, min(jobs, len(files)), as_json))
    if Verdict.INTERNAL_ERROR in verdicts:
        return 3
    return 0 if all(verdict is Verdict.ACCEPTED for verdict in verdicts) else 1


def _source(name: str) -> bytes:
    """The file, or one byte more than is graded where it is longer or has no end."""
    most = Limits().source_bytes + 1
    try:
        if name != STANDARD_INPUT:
            with Path(name).open("rb") as file:
                return file.read(most)
        if not sys.stdin:
            raise UsageError("standard input is closed")
        return sys.stdin.buffer.read(most)
    except OSError as error:
        raise UsageError(f"cannot read {name}: {error.strerror or error}") from error


async def _grade(drill: Drill, submissions: Sequence[Submission], jobs: int, as_json: bool) -> list[Verdict]:
    """Grade all, `jobs` at a time, and print each report in the order of the files, as soon as it can be."""
    verdicts = []
    watched = bool(sys.stderr) and sys.stderr.isatty() and len(submissions) > 1
    async with Grader(judges=jobs) as grader:
        running = [asyncio.ensure_future(grader.grade(submission)) for submission in submissions]
        try:
            for number, report in enumerate(running, 1):
                _print(await report, as_json, first=number == 1)
                verdicts.append((await report).verdict)
                if watched:
                    click.echo(f"\r{number} of {len(submissions)} graded", nl=number == len(submissions), err=True)
        finally:  # where nobody reads on, or one cannot be graded, the others end with it, without a word
            for report in running:
                report.cancel()
            await asyncio.gather(*running, return_exceptions=True)
    return verdicts


def _print(report: Report, as_json: bool, first: bool) -> None:
    if as_json:
        click.echo(json.dumps(report.as_data(), ensure_ascii=False))
    else:
        click.echo(("" if first else "\n") + report_text(report))
