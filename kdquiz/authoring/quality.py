"""What a sound file can still get wrong for a learner: texts that a terminal cannot show, a starter that is called
otherwise than the reference, and files that look like content and are not read."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from kdquiz.authoring.texts import text_problems
from kdquiz.authoring.written import mended_drills
from kdquiz.library.drill import Drill
from kdquiz.library.folders import is_lesson_file, unread_files
from kdquiz.library.functions import entry_function
from kdquiz.library.lesson import unsaid
from kdquiz.library.model import Place
from kdquiz.library.problems import Key, Problem, cut, dotted
from kdquiz.library.read import PackRead


def quality_problems(packs: Iterable[PackRead]) -> Iterator[Problem]:
    """The problems of all files, texts and starters of these packs."""
    for pack in packs:
        yield from _unread_problems(pack)
        for tree in pack.trees.values():
            yield from text_problems(tree)
        yield from _given_problems(pack)
        for drill, tree in pack.drills_read():
            yield from _starter_problems(drill, tree.path)
        for mended in mended_drills(pack):
            yield from mended.problems
            yield from _starter_problems(mended.drill, mended.path)


def _unread_problems(pack: PackRead) -> Iterator[Problem]:
    try:
        unread = unread_files(pack.folder)
    except OSError:
        return  # reading the pack has told why its folder cannot be looked into
    for path in unread:
        if path.is_dir():
            hint = f"Move it beside '{pack.name}', or start its name with `_`."
            yield Problem(Place(path), "a pack within a pack is not read", hint=hint)
        else:
            yield Problem(Place(path), "is not read: the name of a topic file ends in `.yaml`", hint="Rename it.")


def _given_problems(pack: PackRead) -> Iterator[Problem]:
    """Names of lessons that no formula says: often what is left of a number that was typed after all."""
    sound = {entry.place.path: entry.lesson.text for entry in pack.lessons}
    for path, tree in pack.trees.items():
        given = tree.root.get("given") if is_lesson_file(path) and isinstance(tree.root, dict) else None
        for name in unsaid(sound.get(path, str(tree.root.get("text"))), given) if isinstance(given, dict) else ():
            key: Key = ("given", name)
            message = f"'{cut(str(name))}' is given and no formula says it"
            hint = f"Write {{{{ {cut(str(name))} }}}} where the text types its number, or remove it."
            yield Problem(tree.place(key, of_key=True), message, dotted(key), hint)


def _starter_problems(drill: Drill, path: Path) -> Iterator[Problem]:
    """The starter takes what the reference takes, in that order: the function is called by position."""
    starter, reference = (entry_function(source, drill.entry) for source in (drill.starter, drill.reference))
    if starter is None or reference is None:
        return  # told when they were read
    written, expected = (ast.unparse(function.args) for function in (starter, reference))
    names, wanted = ([one.arg for one in function.args.args] for function in (starter, reference))
    if names != wanted:
        place = Place(path.with_name("starter.py"), starter.lineno, starter.col_offset + 1)
        yield Problem(place, f"the starter takes ({written}), and the reference takes ({expected})", "entry")
