"""The labelled answers are well formed, and the marking reaches its bar on those it may be tuned with.

The bar on the held-out answers is measured by `python -m tests.bench rubric`, and is no test: whoever mends the marking
until a test passes has tuned it to that test.
"""

from pathlib import Path

import pytest

from tests.marking.labelled import HELD_OUT, TUNING, Counts, Decision, decisions, files, labelled, read, short_questions

PRECISION = 0.95
RECALL = 0.85
FILES = [*files(TUNING), *files(HELD_OUT)]


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}/{path.stem}" for path in FILES])
def test_a_file_of_answers_is_well_formed(path: Path) -> None:
    entries = read(path)
    questions = [entry["question"] for entry in entries]
    assert sorted(set(questions)) == sorted(questions)
    for entry in entries:
        assert set(entry) == {"question", "answers"}
        question = short_questions()[entry["question"]]
        for answer in entry["answers"]:
            assert set(answer) == {"say", "points"}
            assert isinstance(answer["say"], str)
            assert answer["say"].strip()
            assert sorted(set(answer["points"])) == answer["points"]
            assert all(1 <= point <= len(question.points) for point in answer["points"]), answer


def test_no_answer_stands_in_both_sets() -> None:
    tuning, held_out = ({(one.question, one.say.casefold()) for one in labelled(name)} for name in (TUNING, HELD_OUT))
    assert not tuning & held_out


def test_the_marking_reaches_its_bar_on_the_tuning_set() -> None:
    found = list(decisions(labelled(TUNING)))
    counts = Counts.of(found)
    assert counts.precision >= PRECISION
    assert counts.recall >= RECALL
    assert len({decision.question for decision in found}) >= 60


def test_how_counts_are_read() -> None:
    pairs = [(True, True)] * 6 + [(True, False)] * 2 + [(False, True)] * 4 + [(False, False)] * 8
    counts = Counts.of([Decision("why", 1, said=said, ticked=ticked) for ticked, said in pairs])
    assert (counts.both, counts.ticked_only, counts.said_only, counts.neither) == (6, 2, 4, 8)
    assert counts.precision == pytest.approx(0.75)
    assert counts.recall == pytest.approx(0.6)
    assert counts.agreement == pytest.approx(0.7)
    assert counts.kappa == pytest.approx(0.4)
    assert Counts.of([]).precision == Counts.of([]).recall == Counts.of([]).kappa == 1.0
