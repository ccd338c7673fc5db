"""`kdquiz check [PATH]...`: every problem of content at once, the tests inside questions, the proof of each drill."""

import asyncio
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from kdquiz.authoring.check import Checked, WrittenDrill, check
from kdquiz.authoring.proof import kill_rate, no_proof, proof_problems
from kdquiz.errors import GradingError
from kdquiz.grading.client import Grader
from kdquiz.library.folders import content_folders
from kdquiz.library.problems import Problem
from kdquiz.tui.words import counted


@click.command(name="check")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a problem, a line each, and nothing else.")
@click.option("--quick", is_flag=True, help="Texts only: the drills are not proved.")
def command(paths: tuple[Path, ...], as_json: bool, quick: bool) -> int:
    """Check content: YAML files, drill folders, packs or folders of packs; without PATH, all there is.

    Problems come as path:line:column: message. Each drill is proved sound: its starter is not accepted, its reference
    and every equivalent are, every mistake and pair of mistakes is rejected, each mistake is diagnosed as itself.

    Exit code 0 if all is well, 1 if there are problems.
    """
    checked = check(paths, content_folders())
    problems = list(checked.problems)
    for problem in problems:
        _print(problem, as_json)
    rates: list[str] = []
    if checked.drills and not quick:
        found = asyncio.run(_prove(checked.drills, rates, as_json))
        problems += found
    if not as_json:
        _summary(checked, problems, rates, quick)
    return 1 if problems else 0


async def _prove(drills: Sequence[WrittenDrill], rates: list[str], as_json: bool) -> list[Problem]:
    """Prove one drill after the other, printing its problems as they come; adds the kill rates to `rates`."""
    problems: list[Problem] = []
    async with Grader() as grader:
        for written in drills:
            try:
                proof = await grader.prove(written.drill, _progress(written.drill.id))
                found = proof_problems(proof, written)
                rates.append(kill_rate(proof))
            except GradingError as error:
                found = [no_proof(error, written)]
            if sys.stderr.isatty():
                click.echo("\r\x1b[K", nl=False, err=True)
            for problem in found:
                _print(problem, as_json)
            problems += found
    return problems


def _progress(drill_id: str) -> Callable[[int, int], None]:
    """Shows how far a proof is, on a terminal."""

    def show(done: int, total: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{drill_id}: {done} of {total} proved\x1b[K", nl=False, err=True)

    return show


def _print(problem: Problem, as_json: bool) -> None:
    click.echo(json.dumps(problem.as_data(), ensure_ascii=False) if as_json else str(problem))


def _summary(checked: Checked, problems: Sequence[Problem], rates: Sequence[str], quick: bool) -> None:
    for rate in rates:
        click.echo(rate)
    found = counted(len(problems), "problem") if problems else "no problems"
    unsound = {problem.place.path.parent for problem in problems}
    proved = sum(written.tree.path.parent not in unsound for written in checked.drills)
    left = f"{counted(len(checked.drills), 'drill')} not proved (--quick)"
    drills = left if quick else f"{counted(proved, 'drill')} proved"
    click.echo(f"{found} in {counted(checked.files, 'file')}: {counted(checked.questions, 'question')}, {drills}")
