"""The JSON Schemas of the pack format, for editors: they complete keys, show what each is for, and underline mistakes.

Made from the dataclasses that content is read into: a kind of question is one branch, found by its file. Imports
pydantic, so it is itself imported only where a schema is asked for. The folder `schemas` holds what comes out, to be
named in a file's first line; a test keeps it up to date.
"""

import inspect
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from kdquiz.library import kinds
from kdquiz.library.drill import Drill
from kdquiz.library.fact_base import FactsFile
from kdquiz.library.model import Question
from kdquiz.library.of_the_pack import PackInfo
from kdquiz.library.read import TopicHead
from kdquiz.library.validate import parts
from kdquiz.library.works import SourcesFile

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The newest that the language server for YAML knows whole."""
FOLDER = Path(__file__).with_name("schemas")
_DOCUMENTED = ConfigDict(extra="forbid", use_attribute_docstrings=True)
_DEFS = "#/$defs/{model}"
_A_TEXT = {"type": "string"}
_EXACTLY_ONE = [
    {"required": ["right"], "properties": {"right": _A_TEXT, "wrong": {"type": "null"}}},
    {
        "required": ["wrong", "because"],
        "properties": {"wrong": _A_TEXT, "because": _A_TEXT, "right": {"type": "null"}},
    },
]
_PATCH = [{"required": ["find", "put"]}, {"required": ["edits"]}]
_CLAIM = [{"required": ["evidence"]}, {"required": ["error"], "not": {"required": ["evidence"]}}]
_RULES: Mapping[str, Any] = {"Option": _EXACTLY_ONE, "Patch": _PATCH, "Mistake": _PATCH, "Claim": _CLAIM}
"""What the dataclasses say when an instance is made, and no annotation can."""


def topic_schema() -> dict[str, Any]:
    """Of a topic file."""
    definitions: dict[str, Any] = {}
    branches = []
    for kind in kinds.names():
        cls = kinds.question_class(kind)
        branches.append(
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": {"$ref": _DEFS.format(model=cls.__name__)},
            }
        )
        definitions |= _definitions(cls)
        definitions[cls.__name__] = _described(definitions[cls.__name__], cls)
    question = {
        "type": "object",
        "required": ["id", "kind"],
        "properties": {
            "id": {"type": "string", "description": "Carries the learner's history: never change it."},
            "kind": {"enum": list(kinds.names()), "description": "How it is answered."},
        },
        "allOf": branches,
    }
    return _file("A topic of a kdquiz pack", TopicHead, {"questions": _list_of(question)}, definitions)


def pack_schema() -> dict[str, Any]:
    """Of a `pack.yaml`."""
    return _file("The pack.yaml of a kdquiz pack", PackInfo, {}, {})


def drill_schema() -> dict[str, Any]:
    """Of a `drill.yaml`."""
    return _file("The drill.yaml of a kdquiz drill", Drill, {}, {})


def sources_schema() -> dict[str, Any]:
    """Of a `sources.yaml`."""
    return _file("The sources.yaml of a kdquiz pack", SourcesFile, {}, {})


def facts_schema() -> dict[str, Any]:
    """Of a `facts.yaml`."""
    return _file("The facts.yaml of a kdquiz pack", FactsFile, {}, {})


SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "topic": topic_schema,
    "pack": pack_schema,
    "drill": drill_schema,
    "sources": sources_schema,
    "facts": facts_schema,
}


def as_text(schema: Mapping[str, Any]) -> str:
    """The schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def shipped_file(name: str) -> Path:
    """Where a schema of `SCHEMAS` lies in the installed package."""
    return FOLDER / f"{name}.json"


def _list_of(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": items, "description": "The questions, in reading order."}


def _described(branch: Mapping[str, Any], cls: type) -> dict[str, Any]:
    """The branch of a kind with what its module says of it, and with what is said of the keys that every kind has:
    pydantic looks at a class's own keys alone."""
    of_all = _definitions(Question)[Question.__name__]["properties"]
    properties = {word: {**of_all.get(word, {}), **own} for word, own in branch["properties"].items()}
    about = inspect.getdoc(inspect.getmodule(cls)) or ""
    return {**branch, "description": " ".join(about.partition("\n\n")[0].split()), "properties": properties}


def _file(title: str, cls: type, more: Mapping[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a file whose root is `cls`, with `format` before and `more` keys, all required, behind."""
    own = dict(_definitions(cls))
    root = own.pop(cls.__name__)
    properties = {"format": {"const": 1}, **root["properties"], **more}
    required = list(dict.fromkeys(("format", *root.get("required", ()), *more)))
    return {
        "$schema": DIALECT,
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
        "$defs": dict(sorted({**own, **definitions}.items())),
    }


def _definitions(cls: type) -> dict[str, Any]:
    """The schema of each dataclass that this one is made of, by its name."""
    documented = parts(cls)
    before = {part: part.__dict__.get("__pydantic_config__") for part in documented}
    for part in documented:
        part.__pydantic_config__ = _DOCUMENTED  # pydantic's documented hook on a plain dataclass
    try:
        made = TypeAdapter(cls).json_schema(ref_template=_DEFS, schema_generator=GenerateJsonSchema)
    finally:
        for part, config in before.items():
            part.__pydantic_config__ = config or ConfigDict()
    found: dict[str, Any] = dict(made.pop("$defs", {}))
    found[cls.__name__] = made
    for part in documented:
        for name in (field.name for field in fields(part) if not field.init):  # no author writes it
            found[part.__name__]["properties"].pop(name, None)
    return {name: _tidied(one, _RULES.get(name, [])) for name, one in found.items()}


def _tidied(schema: Any, one_of: Sequence[Any] = ()) -> Any:
    """Without the titles that pydantic makes of names, defaults that say nothing, and what a class says of itself,
    which is for programmers; descriptions on one line."""
    if isinstance(schema, list):
        return [_tidied(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    tidy = {}
    for word, value in schema.items():
        if (word == "title" and isinstance(value, str)) or (word == "default" and value in (None, [], {}, "")):
            continue
        if word == "description" and "properties" in schema:
            continue
        tidy[word] = " ".join(value.split()) if word == "description" and isinstance(value, str) else _tidied(value)
    return {**tidy, "oneOf": one_of} if one_of else tidy
