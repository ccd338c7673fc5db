"""A coding drill as a value: its contract, how inputs are drawn, what is checked, and its mistakes as patches on the
reference.

A mistake is a patch on the reference: so a learner whose code fails can be told which line of the reference it
behaves as if it had changed. Texts only: `plan.read_plan` makes sense of `inputs`, `edges` and `checks`, and the judge
draws and compares by that. `Drill.as_data()` is the form that is sent there.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import asdict, dataclass, field
from typing import Annotated, Any

from annotated_types import Ge, Gt, Le, MinLen

from kdquiz.library.model import Level
from kdquiz.library.text import Slug, Text

Value = bool | int | float | str
InputSpec = Value | tuple[Value, ...] | dict[str, Any]
"""A fixed value, a list to choose from, or a distribution such as `{normal: [N, C], scale: 2.0, grad: true}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Replace `find`, which stands exactly once in the reference, by `put`."""

    find: Annotated[str, MinLen(1)]
    put: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """One edit (`find`, `put`) or several (`edits`)."""

    find: str | None = None
    put: str | None = None
    edits: tuple[Edit, ...] = ()

    def __post_init__(self) -> None:
        single = self.find is not None or self.put is not None
        if single and (self.find is None or self.put is None or self.edits):
            raise ValueError("a patch says either `find:` and `put:`, or `edits:`, a list of those")
        if not single and not self.edits:
            raise ValueError("a patch needs `find:` and `put:` (what to replace in the reference, and by what)")
        if self.find == "":
            raise ValueError("`find:` is empty; it must stand exactly once in the reference")

    def all_edits(self) -> tuple[Edit, ...]:
        """The edits, in the order written."""
        if self.find is not None and self.put is not None:
            return (Edit(find=self.find, put=self.put),)
        return self.edits


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake(Patch):
    """A typical wrong implementation, with the sentence a tutor would say."""

    id: Slug
    because: Text
    card: Slug | None = None
    """The question that is made due when this mistake is diagnosed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inseparable:
    """Mistakes that no output tells apart, or a pair that cancels, declared with the reason."""

    mistakes: Annotated[tuple[Slug, ...], MinLen(2)]
    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """One drill, with the text of its `starter.py` and `reference.py`, and of its `harness.py` if it has one."""

    id: Slug
    title: Text
    topic: Slug
    level: Level = "core"
    minutes: Annotated[int, Gt(0)] = 15
    entry: Text
    """The name of the function that the learner writes."""
    ask: Text
    """The contract in full, Markdown."""
    source: Text | None = None
    hints: tuple[Text, ...] = ()
    """From vague to nearly there."""
    inputs: Annotated[dict[str, InputSpec], MinLen(1)]
    edges: tuple[dict[str, Value], ...] = ()
    """Cases of their own, after the benign ones: each overrides inputs or the keywords `scale` and `dtype`."""
    checks: Annotated[tuple[Text, ...], MinLen(1)]
    advice: tuple[Text, ...] = ()
    """Checks that are reported and never fail a submission."""
    mistakes: tuple[Mistake, ...] = ()
    equivalents: tuple[Patch, ...] = ()
    """Patches that change nothing and must be accepted."""
    inseparable: tuple[Inseparable, ...] = ()
    cases: Annotated[int, Ge(1), Le(40)] | None = None
    """How many ordinary cases there are; few where one call costs much. Without it, 6 to 10."""
    seconds: Annotated[int, Ge(1), Le(60)] | None = None
    """How many seconds a submission may take for all cases; 5 without it."""
    starter: str = field(default="", init=False)
    reference: str = field(default="", init=False)
    harness: str = field(default="", init=False)

    def with_sources(self, starter: str, reference: str, harness: str = "") -> "Drill":
        """The same drill with the texts of its Python files, which are no keys of `drill.yaml`."""
        whole = copy(self)
        for name, text in (("starter", starter), ("reference", reference), ("harness", harness)):
            object.__setattr__(whole, name, text)  # frozen for everyone else
        return whole

    def as_data(self) -> Mapping[str, Any]:
        """Plain values that JSON can carry: what is sent to the judge."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Drill":
        """The drill of `as_data`, also after a way through JSON. For values that were validated when they were read.

        Raises KeyError, TypeError or ValueError where `data` is not a drill's.
        """
        rest = {**data}
        texts = {name: str(rest.pop(name)) for name in ("starter", "reference", "harness")}
        rest["inputs"] = {name: _as_tuple(spec) for name, spec in rest["inputs"].items()}
        for name in ("hints", "edges", "checks", "advice"):
            rest[name] = tuple(rest[name])
        rest["mistakes"] = tuple(Mistake(**{**one, "edits": _edits(one)}) for one in rest["mistakes"])
        rest["equivalents"] = tuple(Patch(**{**one, "edits": _edits(one)}) for one in rest["equivalents"])
        rest["inseparable"] = tuple(
            Inseparable(mistakes=tuple(one["mistakes"]), because=one["because"]) for one in rest["inseparable"]
        )
        return cls(**rest).with_sources(**texts)


def _as_tuple(spec: Any) -> Any:
    return tuple(spec) if isinstance(spec, list) else spec


def _edits(patch: Mapping[str, Any]) -> tuple[Edit, ...]:
    return tuple(Edit(**edit) for edit in patch["edits"])


Span = tuple[int, int, str]
"""An edit that has found its place in a text: start, end, replacement."""


def patch_spans(reference: str, patch: Patch) -> list[Span]:
    """Where the patch's edits stand in the reference.

    Raises ValueError where a `find` does not stand exactly once.
    """
    spans = []
    for edit in patch.all_edits():
        count = reference.count(edit.find)
        if count != 1:
            raise ValueError(f"{edit.find!r} stands {count} times in the reference, and must stand exactly once")
        start = reference.index(edit.find)
        spans.append((start, start + len(edit.find), edit.put))
    return spans


def splice(text: str, spans: list[Span]) -> str:
    """`text` with each (start, end) replaced. Raises ValueError where two spans overlap."""
    out, position = [], 0
    for start, end, put in sorted(spans):
        if start < position:
            raise ValueError("two edits overlap in the reference")
        out += [text[position:start], put]
        position = end
    return "".join([*out, text[position:]])


def patched(reference: str, *patches: Patch) -> str:
    """The reference with all the patches applied, each found in the *unpatched* text.

    Raises ValueError where a `find` does not stand exactly once, or where two edits overlap.
    """
    return splice(reference, [span for patch in patches for span in patch_spans(reference, patch)])
