"""Which phrases of a rubric fail with real learners: where they overruled the marking, and today's phrases still do not
agree with them.

Goes in: the review log, and the questions as they stand now with their places. Comes out: what to look at. Pure.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kdquiz.authoring.written import WrittenQuestion
from kdquiz.library.kinds.short import Short
from kdquiz.library.model import Place
from kdquiz.library.problems import Key, dotted, on_one_line
from kdquiz.marking import mark
from kdquiz.marking.model import Typed
from kdquiz.memory.model import ReviewLog


@dataclass(frozen=True, slots=True, kw_only=True)
class Overruled:
    """A point that a learner ticked, or unticked, by hand, where today's phrases do the opposite."""

    place: Place
    key: str
    question: str
    point: str
    answer: str
    ticked: bool
    """By the learner. The phrases do the opposite."""
    words: tuple[str, ...]
    """The words of the answer that tick the point today; none where nothing does."""

    def __str__(self) -> str:
        """`path:line:column: ...` on one line, as problems are told."""
        by_hand = "ticked" if self.ticked else "unticked"
        today = f"'{' '.join(self.words)}' ticks it today" if self.words else "no phrase finds it"
        said = f"{self.place}: a learner {by_hand} '{self.point.strip()}' by hand, and {today}: '{self.answer.strip()}'"
        return on_one_line(" ".join(said.split()))

    def as_data(self) -> dict[str, Any]:
        """The object of `check --from-history --json`."""
        return {
            **self.place.as_data(),
            "key": self.key,
            "question": self.question,
            "point": self.point,
            "answer": self.answer,
            "learner": "ticked" if self.ticked else "unticked",
            "ticks": list(self.words),
        }


def overruled(logs: Iterable[ReviewLog], written: Iterable[WrittenQuestion]) -> list[Overruled]:
    """What learners overruled and would still have to, by place, each once.

    A point is known by its number: of one that was written anew or moved since, its answers are compared with what
    stands there now. Questions and points that there are no more are left out.
    """
    questions = {one.question.id: one for one in written if isinstance(one.question, Short)}
    found = dict.fromkeys(one for log in logs for one in _of_review(log, questions))
    return sorted(found, key=lambda one: (str(one.place.path), one.place.line, one.place.column, one.answer))


def of_short_answers(logs: Iterable[ReviewLog], written: Iterable[WrittenQuestion]) -> list[ReviewLog]:
    """The reviews of those of these questions that are short ones."""
    ids = {one.question.id for one in written if isinstance(one.question, Short)}
    return [log for log in logs if log.card_id in ids]


def overruling_reviews(logs: Iterable[ReviewLog]) -> int:
    """In how many reviews a learner overruled something."""
    return sum(bool(_typed(log).overruled) for log in logs)


def _of_review(log: ReviewLog, questions: Mapping[str, WrittenQuestion]) -> Iterator[Overruled]:
    written, typed = questions.get(log.card_id), _typed(log)
    if written is None or not isinstance(written.question, Short) or not typed.overruled:
        return
    points = mark(written.question, Typed(typed.text)).points
    for position, by_hand in typed.overruled:
        if 0 <= position < len(points) and points[position].ticked != by_hand:
            key: Key = (*written.key, "points", position)
            yield Overruled(
                place=written.tree.place(key),
                key=dotted(key),
                question=written.question.id,
                point=points[position].text,
                answer=typed.text,
                ticked=by_hand,
                words=points[position].words,
            )


def _typed(log: ReviewLog) -> Typed:
    """The typed response of a review; an empty one where it was of another form, or nobody can read it any more."""
    try:
        data = json.loads(log.response)
        if data["response"] != "typed":
            return Typed("")
        return Typed(str(data["text"]), tuple((int(point), bool(ticked)) for point, ticked in data["overruled"]))
    except (ValueError, KeyError, TypeError):  # written by another version
        return Typed("")
