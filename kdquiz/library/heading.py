"""The `format` that a content file starts with: whether this version reads it, and what was meant where it is wrong.

Imports the trees of YAML and problems. Goes in: the tree of a file. Comes out: problems, or a root that is put right.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from kdquiz.errors import nearest
from kdquiz.library.model import Place
from kdquiz.library.problems import Problem, in_words, unknown
from kdquiz.library.source import Tree

FORMAT = 1
HEAD = ("format", "topic", "title", "questions")
"""The keys of a topic file."""
_OF_CONTENT = frozenset((*HEAD, "path", "synonyms", "entry", "ask", "sources", "facts"))
"""What a file has that is content, though it may lack its `format`."""


def put_right(root: Any) -> bool:
    """Whether a file whose `format` is wrong is content all the same; then that is put right."""
    if not isinstance(root, dict):
        return False
    misspelt = _misspelt_format(root)
    meant = root["format"] == str(FORMAT) if "format" in root else bool(misspelt) or not _OF_CONTENT.isdisjoint(root)
    if meant:
        if misspelt:
            del root[misspelt]
        root["format"] = FORMAT
    return meant


def _misspelt_format(root: Mapping[str, Any]) -> str:
    """The key that may have been meant for `format`; empty where there is none, or `format` itself is there."""
    first = () if "format" in root else islice(root, len(HEAD))
    return next((word for word in first if nearest(word, ("format",))), "")


def format_problems(tree: Tree) -> list[Problem]:
    """At most one: why the file cannot be read in the format of this version."""
    if tree.root in (None, ""):
        return [Problem(Place(tree.path), "the file is empty", hint="Start with `format: 1`.")]
    if not isinstance(tree.root, dict):
        return [Problem(Place(tree.path), "the file must be a mapping that starts with `format: 1`")]
    if misspelt := _misspelt_format(tree.root):
        message, hint = unknown("key", misspelt, ("format",))
        return [Problem(tree.place((misspelt,), of_key=True), message, misspelt, hint)]
    if "format" not in tree.root:
        return [Problem(tree.place(()), "`format` is missing", "format", "Start with `format: 1`.")]
    written = tree.root["format"]
    if written == FORMAT and not isinstance(written, bool):
        return []
    hint = "A newer kdquiz may read it." if isinstance(written, int) and written > FORMAT else "Write `format: 1`."
    if written == str(FORMAT):
        hint = "Write `format: 1`, without quotes."
    message = f"this version reads format {FORMAT}, not {in_words(written)}"
    return [Problem(tree.place(("format",)), message, "format", hint)]
