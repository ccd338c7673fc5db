"""`kdquiz doctor`: what this installation is made of, and whether each part works."""

import asyncio
import json
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version

import click

from kdquiz import __version__
from kdquiz.cli import services
from kdquiz.cli.examination import Finding, examined
from kdquiz.errors import KdquizError
from kdquiz.grading.client import Grader
from kdquiz.grading.protection import Protection
from kdquiz.grading.report import Submission, Verdict
from kdquiz.library.folders import content_folders
from kdquiz.library.library import Library
from kdquiz.library.load import Loaded


@click.command(name="doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--mend", is_flag=True, help="Make the cards anew out of the log; recover a damaged database.")
def command(as_json: bool, mend: bool) -> int:
    """Look at versions, content, database, backups, grading and free space, and say how to mend what is broken."""
    well = True
    for finding in _findings(mend):
        well &= finding.ok
        if as_json:
            row = {"name": finding.name, "ok": finding.ok, "detail": finding.detail, "hint": finding.hint}
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            click.echo(finding.text)
    return 0 if well else 3


def _findings(mend: bool) -> Iterator[Finding]:
    yield Finding("kdquiz", True, f"{__version__} on Python {platform.python_version()}, {platform.platform()}")
    packages = ("textual", "fsrs", "pydantic", "torch")
    yield Finding("packages", True, ", ".join(f"{name} {_version(name)}" for name in packages))
    loaded = services.open_library()
    yield _content(loaded)
    yield from examined(mend)
    yield from asyncio.run(_grading(loaded.library))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _content(loaded: Loaded) -> Finding:
    folders = ", ".join(str(folder) for folder in content_folders())
    detail = f"{len(loaded.library.entries)} questions and {len(loaded.library.drills)} drills in {folders}"
    if not loaded.problems:
        return Finding("content", bool(loaded.library.entries), detail)
    hint = "\n".join([*(str(problem) for problem in loaded.problems[:5]), "`kdquiz check` lists every problem."])
    left_out = ", ".join(left.pack for left in loaded.left_out) or "nothing"
    return Finding("content", False, f"{detail}; left out: {left_out}", hint)


async def _grading(library: Library) -> list[Finding]:
    """Grade the reference of the first drill as a submission: it must be accepted. Then how well it was contained."""
    drill = next((entry.drill for entry in library.drills.values()), None)
    if drill is None:
        return [Finding("grading", False, "there is no drill to try it on")]
    try:
        async with Grader() as grader:
            report = await grader.grade(Submission(drill=drill, source=drill.reference.encode()))
    except KdquizError as error:
        return [Finding("grading", False, error.message, error.hint)]
    accepted = report.verdict is Verdict.ACCEPTED
    detail = f"{drill.id}: its reference is {report.verdict.value} in {report.elapsed_ms:.0f} ms"
    grading = Finding("grading", accepted, detail, "" if accepted else report.summary)
    return [grading, _protection(report.protection, report.containment)]


def _protection(protection: Protection | None, layers: Sequence[str]) -> Finding:
    """Not a fault where it is not full: some machines have no more to give."""
    if protection is None:
        return Finding("protection", False, "not known: nothing could be graded")
    found = protection.sentence or "None of the attacks tried from inside a drill got through."
    return Finding("protection", True, f"{protection.level}. {found}", f"layers: {', '.join(layers)}")
