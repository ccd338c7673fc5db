"""`kdquiz list`: what the library holds."""

import json
from collections.abc import Iterator
from typing import Any

import click

from kdquiz.cli import services
from kdquiz.library.library import Library

ID_CELLS = 40
"""As long as the longest id that is shipped."""


@click.command(name="list")
@click.argument("what", type=click.Choice(["questions", "drills", "lessons", "topics"]), default="questions")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(what: str, as_json: bool) -> None:
    """List the questions, drills, lessons or topics."""
    loaded = services.open_library()
    services.warn_of_problems(loaded)
    for row in _ROWS[what](loaded.library):
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(row))


def _questions(library: Library) -> Iterator[dict[str, Any]]:
    for row in library.rows():
        yield {
            "id": row.id,
            "kind": row.kind,
            "pack": row.pack,
            "topic": row.topic,
            "level": row.level,
            "title": row.title,
        }


def _drills(library: Library) -> Iterator[dict[str, Any]]:
    for entry in library.drills.values():
        drill = entry.drill
        yield {
            "id": drill.id,
            "drill": True,
            "pack": entry.pack,
            "topic": drill.topic,
            "level": drill.level,
            "title": drill.title,
        }


def _lessons(library: Library) -> Iterator[dict[str, Any]]:
    for entry in library.lessons.values():
        lesson = entry.lesson
        yield {
            "id": lesson.id,
            "kind": "lesson",
            "pack": entry.pack,
            "topic": lesson.topic,
            "level": None,
            "title": lesson.title,
        }


def _topics(library: Library) -> Iterator[dict[str, Any]]:
    totals = library.totals()
    for topic in library.topics.values():
        yield {"id": topic.id, "title": topic.title, "questions": totals[topic.id]}


_ROWS = {"questions": _questions, "drills": _drills, "lessons": _lessons, "topics": _topics}


def _line(row: dict[str, Any]) -> str:
    middle = (
        f"{row['questions']} questions"
        if "questions" in row
        else f"{row.get('kind', 'drill'):<9} {row['level'] or '':<8}"
    )
    return f"{row['id']:<{ID_CELLS}} {middle}  {row['title']}"
