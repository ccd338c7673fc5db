"""The shipped content as a whole. Its form, its rubrics' tests and the proof of its drills are `kdquiz check`'s."""

from collections import Counter

import pytest

from kdquiz.library.folders import shipped_content
from kdquiz.library.kinds import names
from kdquiz.library.kinds.choice import Choice
from kdquiz.library.kinds.multi import Multi
from kdquiz.library.kinds.short import Short
from kdquiz.library.library import Library
from kdquiz.library.load import load_library
from kdquiz.library.model import Question
from kdquiz.marking import mark
from kdquiz.marking.model import Chosen, Outcome, Typed


@pytest.fixture(scope="module")
def library() -> Library:
    loaded = load_library([shipped_content()])
    assert loaded.problems == ()
    return loaded.library


@pytest.fixture(scope="module")
def questions(library: Library) -> tuple[Question, ...]:
    return tuple(entry.question for entry in library.entries.values())


def test_the_lesson_is_covered(library: Library, questions: tuple[Question, ...]) -> None:
    topics = list(library.topics)
    assert topics[:4] == ["teacher-and-student", "soft-targets", "temperature", "distillation-loss"]
    assert topics[-2:] == ["practice", "interview"]
    assert all(entry.lesson.questions and entry.lesson.drill for entry in library.lessons.values())
    assert {entry.lesson.topic for entry in library.lessons.values()} >= {topics[0], *topics[2:4], topics[-1]}
    kinds = Counter(question.kind for question in questions)
    assert sum(kinds.values()) >= 40
    assert set(kinds) == set(names())
    levels = Counter(question.level for question in questions)
    assert set(levels) == {"warm-up", "core", "advanced"}


def test_every_short_question_carries_tests_and_its_model_answer_is_right(questions: tuple[Question, ...]) -> None:
    shorts = [question for question in questions if isinstance(question, Short)]
    assert len(shorts) >= 20
    for question in shorts:
        assert len(question.tests) >= 3, question.id
        assert mark(question, Typed(question.answer)).outcome is Outcome.RIGHT, question.id
        assert mark(question, Typed(question.ask)).outcome is Outcome.WRONG, question.id


def test_every_right_set_is_marked_right_and_every_wrong_option_explains_itself(
    questions: tuple[Question, ...],
) -> None:
    asked = [question for question in questions if isinstance(question, Choice | Multi)]
    assert len(asked) >= 20
    for question in asked:
        right = frozenset(position for position, option in enumerate(question.options) if option.is_right)
        assert mark(question, Chosen(right)).outcome is Outcome.RIGHT, question.id
        for position, option in enumerate(question.options):
            if not option.is_right:
                assert mark(question, Chosen(frozenset({position}))).misconceptions == (option.because,), question.id


def test_picking_the_longest_option_does_not_pay(questions: tuple[Question, ...]) -> None:
    """Someone who always takes the longest option must not beat chance by more than 5 points."""
    choices = [question for question in questions if isinstance(question, Choice)]
    chance = sum(1 / len(question.options) for question in choices) / len(choices)
    hits = 0.0
    for question in choices:
        longest = max(len(option.text) for option in question.options)
        tied = [option for option in question.options if len(option.text) == longest]
        hits += sum(option.is_right for option in tied) / len(tied)
    assert hits / len(choices) <= chance + 0.05
