"""Marking a cloze: each blank is right or wrong on its own.

The typo and inflection libraries that this needs are imported with this module, so other kinds do not pay for them.
"""

from collections.abc import Iterator, Sequence

from kdquiz.library.kinds.cloze import Cloze
from kdquiz.library.wording import counted
from kdquiz.marking.blanks import LONGEST, is_accepted
from kdquiz.marking.model import BlankMark, Filled, Mark, Outcome, Response, UnreadableError

REPEATED = 4
"""How many words of the text on either side of a blank may be typed once more."""


def mark(question: Cloze, response: Response) -> Mark:
    """The share is the right blanks over all blanks; an empty blank is wrong.

    A blank is right when what was typed is one of its variants (`marking.blanks`); words of the text that stand right
    before or after the blank may be typed with it (`networks` in "both networks", `%` in "50 %").

    Raises TypeError where the response is not Filled, ValueError where it fills another number of blanks.
    """
    if not isinstance(response, Filled):
        raise TypeError(f"a {question.kind} takes Filled blanks, not {type(response).__name__}")
    blanks, pieces = question.blanks, question.pieces
    if len(response.blanks) != len(blanks):
        raise ValueError(f"the question has {counted(len(blanks), 'blank')}, and {len(response.blanks)} were filled")
    marks = tuple(
        BlankMark(typed, any(is_accepted(said, accepted) for said in _alone(typed, before, after)), accepted)
        for typed, accepted, before, after in zip(response.blanks, blanks, pieces, pieces[1:], strict=False)
    )
    right = sum(blank.right for blank in marks)
    outcome = Outcome.RIGHT if right == len(marks) else Outcome.PARTLY if right else Outcome.WRONG
    return Mark(outcome, right / len(marks), blanks=marks)


def read_line(question: Cloze, order: Sequence[int], line: str) -> Response:
    """The blanks parted by `;`, or by `,` where that gives as many; an empty line fills none of them."""
    count = len(question.blanks)
    if count == 1 or not line.strip():
        return Filled((line.strip(), *[""] * (count - 1)))
    for separator in ";,":
        parts = [part.strip() for part in line.split(separator)]
        if len(parts) == count:
            return Filled(tuple(parts))
        if separator in line:
            break
    example = "; ".join(f"answer {number}" for number in range(1, min(count, 3) + 1)) + ("; …" if count > 3 else "")
    fill = f"fill all of them, parted by semicolons ({example})"
    raise UnreadableError(f"There are {counted(count, 'blank')}: {fill}. One may be left empty.")


def how_to_type(question: Cloze) -> str:
    """What parts the blanks."""
    if len(question.blanks) == 1:
        return "Type what belongs into the blank."
    return f"Type what belongs into the {counted(len(question.blanks), 'blank')}, in their order, parted by semicolons."


def _alone(typed: str, before: str, after: str) -> Iterator[str]:
    """What was typed, and the same without words of the text around the blank that it repeats."""
    yield typed
    words = typed.split() if len(typed) <= LONGEST else []
    left, right = before.split()[-REPEATED:], after.split()[:REPEATED]
    for begun in range(len(left) + 1):
        if _differ(words[:begun], left[len(left) - begun :]):
            continue
        for ended in range(len(right) + 1):
            rest = words[begun : len(words) - ended]
            if rest and (begun or ended) and not _differ(words[len(words) - ended :], right[:ended]):
                yield " ".join(rest)


def _differ(some: Sequence[str], others: Sequence[str]) -> bool:
    return [word.casefold().strip(".,;:") for word in some] != [word.casefold().strip(".,;:") for word in others]
