"""`kdquiz grade ID FILE...`: submissions graded from the shell."""

import asyncio
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from kdquiz.cli import services
from kdquiz.cli.progress import ProgressLine
from kdquiz.errors import UsageError
from kdquiz.exchange.text import report_text
from kdquiz.grading.client import Grader
from kdquiz.grading.cores import usable_cores
from kdquiz.grading.report import Limits, Report, Submission, Verdict
from kdquiz.library.wording import counted

STANDARD_INPUT = "-"
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
"""What Python makes of a byte in a file's name that is not UTF-8."""
LARGEST_SEED = 2**64 - 1


@click.command(name="grade")
@click.argument("drill_id", metavar="ID")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file, a line each.")
@click.option(
    "--seed", type=click.IntRange(0, LARGEST_SEED), metavar="S", help="Repeat the cases of an earlier report."
)
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Grade N files at once (default: one a processor core)."
)
def command(drill_id: str, files: tuple[str, ...], as_json: bool, seed: int | None, jobs: int | None) -> int:
    """Grade FILEs as submissions to the drill ID; the file `-` is standard input.

    Exit code 0 if all were accepted, 1 if one was not, 3 if one could not be graded.
    """
    if files.count(STANDARD_INPUT) > 1:
        raise UsageError(f"standard input (`{STANDARD_INPUT}`) can be graded only once")
    drill = services.drill_by_id(services.open_library(), drill_id)
    submissions = [Submission(drill=drill, source=_source(name, drill_id), file=name, seed=seed) for name in files]
    verdicts = asyncio.run(_grade(submissions, _at_once(jobs, len(files)), as_json))
    if len(files) > 1 and not as_json:
        click.echo(f"\n{_in_all(verdicts)}")
    if Verdict.INTERNAL_ERROR in verdicts:
        return 3
    return 0 if all(verdict is Verdict.ACCEPTED for verdict in verdicts) else 1


def _at_once(jobs: int | None, files: int) -> int:
    """How many files are graded at once. More than there are cores would only take each other's time, which is
    limited."""
    cores = usable_cores()
    if jobs is not None and min(jobs, files) > cores:
        here = counted(cores, "core")
        click.echo(f"kdquiz: grading {cores} at once and not {jobs}: kdquiz may use {here} here", err=True)
    return min(jobs or cores, cores, files)


def _source(name: str, drill_id: str) -> bytes:
    """The file, or one byte more than is graded where it is longer or has no end."""
    most = Limits().source_bytes + 1
    try:
        if name != STANDARD_INPUT:
            with Path(name).open("rb") as file:
                return file.read(most)
        if not sys.stdin:
            raise UsageError("standard input is closed")
        return sys.stdin.buffer.read(most)
    except IsADirectoryError as error:
        hint = f"Name the files in it: `kdquiz grade {drill_id} {Path(name) / '*.py'}`."
        raise UsageError(f"{name} is a folder", hint) from error
    except OSError as error:
        raise UsageError(f"cannot read {name}: {error.strerror or error}") from error


async def _grade(submissions: Sequence[Submission], jobs: int, as_json: bool) -> list[Verdict]:
    """Grade all, `jobs` at a time, and print each report in the order of the files, as soon as it can be."""
    verdicts = []
    progress = _Progress(len(submissions))
    async with Grader(judges=jobs) as grader:
        running = [asyncio.ensure_future(grader.grade(submission)) for submission in submissions]
        for one in running:
            one.add_done_callback(progress.count)
        try:
            for number, one in enumerate(running):
                report = await one
                progress.clear()
                _print(report, as_json, first=number == 0)
                verdicts.append(report.verdict)
                progress.show()
        finally:  # where nobody reads on, or one cannot be graded, the others end with it, without a word
            progress.end()
            for one in running:
                one.cancel()
            await asyncio.gather(*running, return_exceptions=True)
    return verdicts


def _print(report: Report, as_json: bool, first: bool) -> None:
    if as_json:
        line = json.dumps(report.as_data(), ensure_ascii=False)
        click.echo(_LONE_SURROGATES.sub(lambda found: f"\\u{ord(found[0]):04x}", line))
    else:
        click.echo(("" if first else "\n") + report_text(report))


def _in_all(verdicts: Sequence[Verdict]) -> str:
    """`97 of 100 accepted; 2 wrong-answer, 1 time-limit`."""
    counts = Counter(verdict.value for verdict in verdicts)
    accepted = counts.pop(Verdict.ACCEPTED.value, 0)
    others = ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
    return f"{accepted} of {len(verdicts)} accepted" + (f"; {others}" if others else "")


class _Progress(ProgressLine):
    """`12 of 100 graded`; of one file nobody is told."""

    def __init__(self, total: int) -> None:
        super().__init__(wanted=total > 1)
        self._total = total
        self._done = 0
        self.show()

    def count(self, graded: "asyncio.Future[Report]") -> None:
        """One more is graded."""
        if not graded.cancelled():
            self._done += 1
            self.show()

    def show(self) -> None:
        """Draw it as it stands."""
        self.draw(f"{self._done} of {self._total} graded")
