"""Chains of follow-ups, as an interviewer asks them: from a question that follows none, always the first `then`."""

from collections.abc import Sequence

from kdquiz.library.model import Question

SHORTEST, LONGEST = 3, 5


def chains(questions: Sequence[Question]) -> list[tuple[str, ...]]:
    """The ids of every chain, however long; one that would come back to itself ends before."""
    known = {question.id: question for question in questions}
    followed = {name for question in questions for name in question.then}
    return [_from(question, known) for question in questions if question.then and question.id not in followed]


def of_good_length(found: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Those that an interviewer would ask in one go: of three to five questions."""
    return [chain for chain in found if SHORTEST <= len(chain) <= LONGEST]


def _from(start: Question, known: dict[str, Question]) -> tuple[str, ...]:
    way = {start.id: start}
    following = start.then[:1]
    while following and following[0] in known and following[0] not in way:
        question = known[following[0]]
        way[question.id] = question
        following = question.then[:1]
    return tuple(way)
