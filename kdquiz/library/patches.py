"""The patches of a drill against its reference: what does not apply, and mistakes listed twice or declared wrongly.

Goes in: a drill whose reference is Python. Comes out: faults. Nothing is run.
"""

from collections.abc import Iterator

from kdquiz.errors import did_you_mean
from kdquiz.library.drill import Drill, Patch, patch_spans, patched, splice
from kdquiz.library.faults import Fault
from kdquiz.library.functions import source_faults
from kdquiz.library.problems import Key


def patch_faults(drill: Drill, *, classes: bool = False) -> list[Fault]:
    """All that is wrong with `mistakes`, `equivalents` and `inseparable`. `classes`: the entry may be a class."""
    parts: list[tuple[Key, Patch]] = [(("mistakes", number), patch) for number, patch in enumerate(drill.mistakes)]
    parts += [(("equivalents", number), patch) for number, patch in enumerate(drill.equivalents)]
    faults = [one for at, patch in parts for one in _faults(drill, patch, at, classes)]
    return [*faults, *_listed_twice(drill), *_undeclared(drill)]


def _faults(drill: Drill, patch: Patch, at: Key, classes: bool) -> list[Fault]:
    """What keeps one patch from being applied; each `find` that is not found is told."""
    faults = [fault for number, _ in enumerate(patch.all_edits()) for fault in _edit_faults(drill, patch, number, at)]
    if faults:
        return faults
    whole: Key = (*at, "put") if patch.find is not None else (*at, "edits")
    try:
        splice(drill.reference, patch_spans(drill.reference, patch))
    except ValueError as error:
        return [Fault(message=str(error), hint="Make one edit of the two.", key=whole)]
    changed = patched(drill.reference, patch)
    if changed == drill.reference:
        return [Fault(message="this patch changes nothing", hint="Say in `put` what stands there instead.", key=whole)]
    return [
        Fault(message=f"with this patch the reference is {one.message}, in line {one.line}", key=whole)
        if one.message.startswith("not Python")
        else Fault(message=f"with this patch the reference {one.message}", key=whole)
        for one in source_faults("reference.py", changed, drill.entry, classes=classes)
    ]


def _edit_faults(drill: Drill, patch: Patch, number: int, at: Key) -> Iterator[Fault]:
    edit = patch.all_edits()[number]
    try:
        patch_spans(drill.reference, Patch(find=edit.find, put=edit.put))
    except ValueError as error:
        found = edit.find in drill.reference
        hint = "Take more of the line into `find`." if found else "Copy it from reference.py to the letter."
        key: Key = (*at, "find") if patch.find is not None else (*at, "edits", number, "find")
        yield Fault(message=str(error), hint=hint, key=key)


def _listed_twice(drill: Drill) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, mistake in enumerate(drill.mistakes):
        if mistake.id in seen:
            yield Fault(message=f"the mistake '{mistake.id}' is listed twice", key=("mistakes", number, "id"))
        seen.add(mistake.id)


def _undeclared(drill: Drill) -> Iterator[Fault]:
    """Declarations that name what is no mistake."""
    known = [mistake.id for mistake in drill.mistakes]
    for number, one in enumerate(drill.inseparable):
        for position, name in enumerate(one.mistakes):
            if name not in known:
                key: Key = ("inseparable", number, "mistakes", position)
                yield Fault(message=f"there is no mistake '{name}'", hint=did_you_mean(name, known), key=key)
