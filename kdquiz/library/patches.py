"""The patches of a drill against its reference: what does not apply, told where it is written.

Goes in: a drill with its reference, and the tree of its `drill.yaml`. Comes out: problems.
"""

from kdquiz.library.drill import Drill, Patch, patch_spans, splice
from kdquiz.library.problems import Problem
from kdquiz.library.source import Key, Tree, dotted


def patch_problems(drill: Drill, tree: Tree) -> list[Problem]:
    """Patches that do not apply to the reference, and mistakes listed twice."""
    problems = []
    seen: set[str] = set()
    patches: dict[str, tuple[Patch, ...]] = {"mistakes": drill.mistakes, "equivalents": drill.equivalents}
    for part, listed in patches.items():
        for number, patch in enumerate(listed):
            problems += _edit_problems(drill.reference, patch, tree, (part, number))
    for number, mistake in enumerate(drill.mistakes):
        if mistake.id in seen:
            place = tree.place(("mistakes", number, "id"))
            problems.append(Problem(place, f"the mistake '{mistake.id}' is listed twice", f"mistakes.{number}.id"))
        seen.add(mistake.id)
    return problems


def _edit_problems(reference: str, patch: Patch, tree: Tree, at: Key) -> list[Problem]:
    problems = []
    for number, edit in enumerate(patch.all_edits()):
        key: Key = (*at, "find") if patch.find is not None else (*at, "edits", number, "find")
        try:
            patch_spans(reference, Patch(find=edit.find, put=edit.put))
        except ValueError as error:
            found = edit.find in reference
            hint = "Take more of the line into `find`." if found else "Copy it from reference.py to the letter."
            problems.append(Problem(tree.place(key), str(error), dotted(key), hint))
    if problems:
        return problems
    try:
        splice(reference, patch_spans(reference, patch))
    except ValueError as error:
        hint = "Make one edit of the two."
        problems.append(Problem(tree.place((*at, "edits")), str(error), dotted(at), hint))
    return problems
