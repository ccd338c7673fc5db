"""`kdquiz check [PATH]...`: every problem of content at once, the tests inside questions, the proof of each drill."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from kdquiz.authoring.check import Checked, WrittenDrill, check, sound_questions
from kdquiz.authoring.history import of_short_answers, overruled, overruling_reviews
from kdquiz.authoring.proof import kill_rate, no_proof, proof_problems
from kdquiz.cli import services
from kdquiz.cli.progress import ProgressLine
from kdquiz.errors import GradingError
from kdquiz.grading.client import Grader
from kdquiz.grading.cores import usable_cores
from kdquiz.library.folders import content_folders
from kdquiz.library.problems import Problem
from kdquiz.library.wording import counted

MOST_A_FILE = 100
"""Problems that are listed of one file; who has more mends the first and runs it again."""
QUESTIONS_WORTH_TELLING = 100


@click.command(name="check")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a problem, a line each, and nothing else.")
@click.option("--quick", is_flag=True, help="Texts and questions only: the drills are not proved.")
@click.option(
    "--from-history",
    is_flag=True,
    help="Where learners overruled the marking of short answers, and the phrases still do not agree with them.",
)
def command(paths: tuple[Path, ...], as_json: bool, quick: bool, from_history: bool) -> int:
    """Check content: YAML files, lessons, drill folders, packs or folders of packs; without PATH, all there is.

    Problems come as path:line:column: message. The tests inside questions are run. Each drill is proved sound: its
    starter is not accepted, its reference and every equivalent are, every mistake and pair of mistakes is rejected,
    each mistake is diagnosed as itself.

    Exit code 0 if all is well, 1 if there are problems; with --from-history, which asks for your judgement, always 0.
    """
    if from_history:
        _tell_history(paths, as_json)
        return 0
    progress = _Progress()
    try:
        checked = check(paths, content_folders(), progress.questions)
        progress.clear()
        problems = list(checked.problems)
        _print_all(problems, as_json)
        rates: list[str] = []
        if checked.drills and not quick:
            problems += asyncio.run(_prove(checked.drills, rates, as_json, progress))
    finally:
        progress.clear()
    if not as_json:
        _summary(checked, problems, rates, quick)
    return 1 if problems else 0


async def _prove(
    drills: Sequence[WrittenDrill], rates: list[str], as_json: bool, progress: "_Progress"
) -> list[Problem]:
    """Prove the drills, one a core at once; prints their problems in the order of the drills, and adds the kill rates
    to `rates`."""
    problems: list[Problem] = []
    async with Grader(judges=min(usable_cores(), len(drills))) as grader, asyncio.TaskGroup() as group:
        proofs = [group.create_task(_prove_one(grader, written, progress)) for written in drills]
        for proof in proofs:
            found, rate = await proof
            rates += rate
            progress.clear()
            _print_all(found, as_json)
            problems += found
    return problems


async def _prove_one(
    grader: Grader, written: WrittenDrill, progress: "_Progress"
) -> tuple[list[Problem], tuple[str, ...]]:
    """The problems of a drill's proof, and the line on its kill rate, where the proof came to an end."""
    try:
        proof = await grader.prove(written.drill, progress.of_drill(written.drill.id))
    except GradingError as error:
        return [no_proof(error, written)], ()
    return proof_problems(proof, written), (kill_rate(proof),)


class _Progress(ProgressLine):
    """Of the questions that are tried, then of the drills that are proved."""

    def questions(self, done: int, total: int) -> None:
        """Of a few nobody waits to be told."""
        if total >= QUESTIONS_WORTH_TELLING and (done % 10 == 0 or done == total):
            self.draw(f"{done} of {total} questions tried")

    def of_drill(self, drill_id: str) -> Callable[[int, int], None]:
        """Of the programs that the proof of a drill runs."""
        return lambda done, total: self.draw(f"{drill_id}: {done} of {total} proved")


def _print_all(problems: Sequence[Problem], as_json: bool) -> None:
    """All of them for a program, the first of each file for a person, with how many more there are."""
    if as_json:
        for problem in problems:
            _print_data(problem.as_data())
        return
    total, listed = Counter(one.place.path for one in problems), Counter[Path]()
    for problem in problems:
        path = problem.place.path
        listed[path] += 1
        if listed[path] <= MOST_A_FILE:
            click.echo(str(problem))
        elif listed[path] == MOST_A_FILE + 1:
            left = counted(total[path] - MOST_A_FILE, "more problem")
            click.echo(f"{problem.place}: and {left} from here on. Mend those above first; --json lists all.")


def _print_data(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False))


def _tell_history(paths: Sequence[Path], as_json: bool) -> None:
    written = sound_questions(paths, content_folders())
    with services.open_store() as store:
        logs = of_short_answers(store.reviews(), written)
    found = overruled(logs, written)
    for one in found:
        if as_json:
            _print_data(one.as_data())
        else:
            click.echo(str(one))
    if not as_json:
        _history_summary(len(logs), overruling_reviews(logs), len(found))


def _history_summary(reviews: int, overruling: int, left: int) -> None:
    if not reviews:
        click.echo("there is no history: no short question has been answered yet")
    elif not overruling:
        click.echo(f"nobody has overruled the marking in {counted(reviews, 'short answer')}")
    else:
        again = f"the phrases still disagree in {left}" if left else "today's phrases agree with all of them"
        click.echo(f"the marking was overruled in {overruling} of {counted(reviews, 'short answer')}; {again}")


def _summary(checked: Checked, problems: Sequence[Problem], rates: Sequence[str], quick: bool) -> None:
    for rate in rates:
        click.echo(rate)
    parts = [counted(checked.questions, "question")]
    parts += [counted(checked.lessons, "lesson")] if checked.lessons else []
    if checked.drills:
        unsound = {problem.place.path.parent for problem in problems}
        proved = sum(written.tree.path.parent not in unsound for written in checked.drills)
        left = f"{counted(len(checked.drills), 'drill')} not proved (--quick)"
        parts.append(left if quick else f"{counted(proved, 'drill')} proved")
    found = counted(len(problems), "problem") if problems else "no problems"
    click.echo(f"{found} in {counted(checked.files, 'file')}: {', '.join(parts)}")
