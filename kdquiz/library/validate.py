"""From plain values to the dataclasses of the model: every mistake told at once, in an author's words.

pydantic reads the types and constraints off the dataclasses and reports all errors; this module finds the place of each
in the file and says it plainly. Imported only when a file has to be parsed.
"""

import re
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from kdquiz.errors import did_you_mean, nearest
from kdquiz.library import kinds
from kdquiz.library.faults import Fault, FaultyQuestionError
from kdquiz.library.model import Question
from kdquiz.library.problems import Key, Problem, cut, dotted, in_words, unknown
from kdquiz.library.source import Tree
from kdquiz.library.wording import counted, listed

T = TypeVar("T")
_FORBID = ConfigDict(extra="forbid")
MOST_SUGGESTED = 100
"""Unknown keys of one mapping that are compared with the known ones: a file of nothing else would take seconds."""
_QUOTED = re.compile("'([^']*)'")

ARTICLES = {"string_type": "text", "int_type": "a whole number", "float_type": "a number", "bool_type": "true or false"}
ARTICLES |= {"tuple_type": "a list", "list_type": "a list", "dict_type": "a mapping of keys to values"}
ARTICLES |= {"dataclass_type": "a mapping of keys to values", "int_from_float": "a whole number"}
ARTICLES |= {"int_parsing": "a whole number", "float_parsing": "a number", "bool_parsing": "true or false"}


@cache
def _adapter(cls: Any) -> TypeAdapter[Any]:
    for part in parts(cls):
        part.__pydantic_config__ = _FORBID  # pydantic's documented hook on a plain dataclass
    return TypeAdapter(cls)


def parts(cls: Any) -> set[Any]:
    """The dataclass and every dataclass its fields are made of."""
    found, todo = set(), [cls]
    while todo:
        one = todo.pop()
        if isinstance(one, type) and is_dataclass(one) and one not in found:
            found.add(one)
            todo += typing.get_type_hints(one).values()
        todo += typing.get_args(one)
    return found


def known_keys(cls: Any) -> tuple[str, ...]:
    """The keys that an author may write for a dataclass."""
    return tuple(field.name for field in fields(cls) if field.init)


def build(cls: Callable[..., T], data: Any, tree: Tree, at: Key = ()) -> tuple[T | None, list[Problem]]:
    """An instance of `cls` from the value at `at`, or None and what is wrong with it."""
    try:
        built: T = _adapter(cls).validate_python(data)
        return built, []
    except ValidationError as error:
        errors = error.errors(include_url=False)
        return None, _problems(cls, _without_what_follows(cls, errors), tree, at)


_MISSING = ("missing", "missing_argument", "missing_keyword_only_argument")
_UNKNOWN_KEY = "unexpected_keyword_argument"


def _without_what_follows(cls: Any, errors: list[Any]) -> list[Any]:
    """The errors without those that another one explains: a list that is too short only because entries of it, told of
    elsewhere, were not counted, and a key that is missing because it is misspelt."""
    meant = set()
    for error in [error for error in errors if error["type"] == _UNKNOWN_KEY][:MOST_SUGGESTED]:
        *within, word = error["loc"]
        meant.add((*within, nearest(str(word), known_keys(_class_at(cls, tuple(within))))))
    longer = {error["loc"][:length] for error in errors for length in range(len(error["loc"]))}
    return [
        error
        for error in errors
        if not (error["type"] == "too_short" and error["loc"] in longer)
        and not (error["type"] in _MISSING and error["loc"] in meant)
    ]


def _problems(cls: Any, errors: list[Any], tree: Tree, at: Key) -> list[Problem]:
    """The problem of each error; where a value may be of several types, what it must be is told once."""
    problems: list[Problem] = []
    types: dict[Key, list[Any]] = {}
    told_within: set[Key] = set()
    for error in errors:
        key = (*at, *_within_value(error["loc"], tree, at, error["type"]))
        told_within |= {key[:length] for length in range(len(key))}
        raised = error.get("ctx", {}).get("error")
        if isinstance(raised, FaultyQuestionError):
            problems += [_of_fault(fault, tree, at, error["loc"]) for fault in raised.faults]
        elif error["type"] in ARTICLES:
            types.setdefault(key, []).append(error)
        elif error["type"] == _UNKNOWN_KEY:
            problems.append(_unknown_key(cls, key, len(at), error["input"], tree, len(problems) < MOST_SUGGESTED))
        else:
            problems.append(_problem(cls, error, tree, at))
    for key, same in types.items():
        if key not in told_within:  # else one of the types fits, but for what is within
            problems.append(_problem(cls, same[0], tree, at, [ARTICLES[one["type"]] for one in same]))
    return problems


def _of_fault(fault: Fault, tree: Tree, at: Key, loc: Key) -> Problem:
    """The problem of a fault that a question found in itself, once all its fields were sound."""
    key = (*at, *_within_value(loc, tree, at, "value_error"), *fault.key)
    return Problem(tree.place(key, fault.of_key), fault.message, dotted(key), fault.hint)


def build_question(data: Any, tree: Tree, at: Key) -> tuple[Question | None, list[Problem]]:
    """A question of the kind that the value names."""
    if not isinstance(data, dict):
        return None, [Problem(tree.place(at), "a question is a mapping that starts with `- id:`", dotted(at))]
    kind = data.get("kind")
    if kind is None:
        hint = f"Known: {', '.join(kinds.names())}."
        return None, [Problem(tree.place(at), "`kind` is missing", dotted((*at, "kind")), hint)]
    if not isinstance(kind, str) or kind not in kinds.names():
        message, hint = unknown("kind", str(kind), kinds.names())
        if not isinstance(kind, str):
            message = f"`kind` must be text, not {in_words(kind)}"
        return None, [Problem(tree.place((*at, "kind")), message, dotted((*at, "kind")), hint)]
    return build(kinds.question_class(kind), data, tree, at)


def check_keys(data: Mapping[str, Any], known: tuple[str, ...], tree: Tree, at: Key = ()) -> list[Problem]:
    """A problem for each key that is not known; what was meant is looked for in the first ones alone."""
    problems: list[Problem] = []
    for word in data:
        if word not in known:
            problems.append(_unknown(word, known if len(problems) < MOST_SUGGESTED else (), tree, (*at, word)))
    return problems


def _unknown(word: str, known: Sequence[str], tree: Tree, key: Key) -> Problem:
    """The problem of a key; without a hint where none are `known`."""
    message, hint = unknown("key", word, known)
    return Problem(tree.place(key, of_key=True), message, dotted(key), hint if known else "")


def _unknown_key(cls: Any, key: Key, depth: int, value: Any, tree: Tree, suggested: bool) -> Problem:
    """The problem of a key of a dataclass; `key[depth:]` is the way to it from the value of `cls`."""
    known = known_keys(_class_at(cls, key[depth:-1])) if suggested else ()
    problem = _unknown(str(key[-1]), known, tree, key)
    if value is None and suggested:  # `{right: a, b}`
        return replace(problem, hint=f"{problem.hint} Inside {{ }} a text with a comma needs quotes around it.")
    return problem


def _problem(cls: Any, error: Any, tree: Tree, at: Key, types: Sequence[str] = ()) -> Problem:
    within = _within_value(error["loc"], tree, at, error["type"])
    key: Key = (*at, *within)
    name, kind, value = (str(within[-1]) if within else ""), error["type"], error.get("input")
    if kind in _MISSING:
        return Problem(tree.place(key[:-1]), f"`{name}` is missing", dotted(key))
    message, hint = _say(kind, name, value, error, types)
    if kind == "dataclass_type":
        hint = f"Its keys: {', '.join(known_keys(_class_at(cls, within)))}."
    return Problem(tree.place(key), message, dotted(key), hint)


def _say(kind: str, name: str, value: Any, error: Any, types: Sequence[str]) -> tuple[str, str]:
    """Message and hint for one error of pydantic, by its type; `types` are what the value may be."""
    named = f"`{name}`" if name and not name.isdigit() else f"entry {int(name) + 1}" if name else "this"
    context = error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"]), ""
    if kind in ARTICLES:
        return f"{named} must be {listed(_told(types), 'or')}, not {in_words(value)}", _of_another_type(types, value)
    if kind == "predicate_failed" and "slug" in str(context.get("predicate", error["msg"])):
        return f"{named}: {in_words(value)} is not an id", "An id is lower-case letters, digits and single hyphens."
    if kind in ("predicate_failed", "string_too_short"):
        return f"{named} is empty", "Write it out."
    if kind == "literal_error":
        near = did_you_mean(str(value), _QUOTED.findall(context["expected"])) if isinstance(value, str) else ""
        return f"{named} is {in_words(value)}", near or f"It is one of {context['expected']}."
    if kind == "greater_than_equal":
        return f"{named} must be at least {context['ge']}, not {in_words(value)}", ""
    if kind in ("too_short", "too_long"):
        short = kind == "too_short"
        bound = f"needs at least {context['min_length']}" if short else f"takes at most {context['max_length']}"
        count = context["actual_length"]
        if count is None:  # pydantic stops counting at the first that is too many
            return f"{named} has more entries than the {context['max_length']} that it takes", ""
        return f"{named} has {counted(count, 'entry', 'entries')}, and {bound}", ""
    return f"{named} {error['msg'].removeprefix('Input should').replace(' be', 'must be', 1)}", ""


def _of_another_type(types: Sequence[str], value: Any) -> str:
    """What an author has most likely to do where a value is of none of these types."""
    if types == ["a list"]:
        if isinstance(value, dict):
            return "Start each entry with `- `."
        return "" if value is None else f"Write it in brackets: [{cut(str(value))}]."
    if types != ["text"]:
        return ""
    if value is None:
        return "Write it out; a text that starts with `#` needs quotes around it."
    if isinstance(value, dict):
        return "A text that holds `: `, or starts with `{`, needs quotes around it."
    return "A text that starts with `[` needs quotes around it." if isinstance(value, list) else "Put it in quotes."


def _told(types: Sequence[str]) -> list[str]:
    """Each once; a whole number is a number."""
    return [one for one in dict.fromkeys(types) if one != "a whole number" or "a number" not in types]


def _within_value(loc: tuple[str | int, ...], tree: Tree, at: Key, kind: str) -> Key:
    """pydantic's `loc` without the names of union branches that it puts in: only steps that stand in the file."""
    steps: list[str | int] = []
    for position, step in enumerate(loc):
        last = position == len(loc) - 1
        if (*at, *steps, step) in tree.values or (last and kind.startswith(("missing", "unexpected"))):
            steps.append(step)
    return tuple(steps)


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _class_at(cls: Any, within: Key) -> Any:
    """The dataclass that stands at `within`, walking fields and the entries of lists."""
    for step in within:
        if isinstance(step, str) and is_dataclass(cls):
            cls = _hints(typing.cast(Any, cls))[step]
        cls = _dataclass_in(cls)
    return cls


def _dataclass_in(hint: Any) -> Any:
    if is_dataclass(hint):
        return hint
    for part in typing.get_args(hint):
        found = _dataclass_in(part)
        if is_dataclass(found):
            return found
    return hint
