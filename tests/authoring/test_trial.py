"""Trying questions: the same faults in the same order on one core and on several, and no process is left behind."""

import multiprocessing
from collections.abc import Sequence

import pytest

from kdquiz.authoring import trial
from kdquiz.authoring.trial import try_all
from kdquiz.errors import KdquizError
from kdquiz.library.kinds.short import AnswerTest, Point, Short
from kdquiz.library.model import Question


def short(number: int) -> Short:
    """One whose test fails if the number is odd."""
    tests = (AnswerTest(say="It spreads the mass", points=(1,)), AnswerTest(say="No idea", points=(1,) * (number % 2)))
    return Short(
        id=f"q-{number}",
        kind="short",
        ask="Why soften?",
        answer="It spreads the mass.",
        source="S",
        points=(Point(text="Mass moves", any=("spreads mass",)),),
        tests=tests,
    )


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "ALONE_SECONDS", 0.0)


def test_a_few_are_tried_here_and_each_fault_belongs_to_its_question() -> None:
    told: list[tuple[int, int]] = []
    found = try_all([short(number) for number in range(6)], lambda done, total: told.append((done, total)))
    assert [len(faults) for faults in found] == [0, 2, 0, 2, 0, 2]
    assert found[1][0].key == ("tests", 1, "say")
    assert told == [(number, 6) for number in range(1, 7)]


@pytest.mark.usefixtures("impatient")
def test_many_are_shared_out_and_come_back_in_order() -> None:
    told: list[int] = []
    found = try_all([short(number) for number in range(50)], lambda done, _: told.append(done), cores=2)
    assert [len(faults) for faults in found] == [0, 2] * 25
    assert told == sorted(told)
    assert told[-1] == 50
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("impatient")
def test_whoever_stops_it_leaves_no_process_behind() -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        try_all([short(number) for number in range(50)], stop, cores=2)
    assert multiprocessing.active_children() == []


class Deadly(Sequence[Question]):
    """Questions that end the process that takes them."""

    def __len__(self) -> int:
        return 20

    def __getitem__(self, part: object) -> "Deadly":  # type: ignore[override]
        return self

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return exit, (3,)


@pytest.mark.usefixtures("impatient")
def test_a_process_that_is_killed_is_told() -> None:
    with pytest.raises(KdquizError, match="has ended"):
        try_all(Deadly(), lambda done, total: None, cores=2)
    assert multiprocessing.active_children() == []
