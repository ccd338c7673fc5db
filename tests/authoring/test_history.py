"""What learners overruled: shown while today's phrases still disagree, and no longer."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kdquiz.authoring.check import sound_questions
from kdquiz.authoring.history import overruled, overruling_reviews
from kdquiz.memory.model import Rating, ReviewLog
from tests.authoring.test_check import SHORT
from tests.library.test_load import write_pack


def review(text: str, by_hand: Sequence[tuple[int, bool]], question: str = "why-soften") -> ReviewLog:
    response = {"response": "typed", "text": text, "overruled": by_hand, "seed": 3}
    return ReviewLog(
        card_id=question,
        rating=Rating.GOOD,
        reviewed_at=datetime(2026, 11, 24, tzinfo=UTC),
        seconds=9.0,
        response=json.dumps(response),
    )


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = write_pack(tmp_path / "p")
    (folder / "gamma.yaml").write_text(SHORT, encoding="utf-8")
    return folder


def told(pack: Path, *logs: ReviewLog) -> list[str]:
    found = overruled(logs, sound_questions([pack], []))
    return [str(one).removeprefix(f"{pack}/") for one in found]


def test_a_point_ticked_and_one_unticked_by_hand(pack: Path) -> None:
    assert told(pack, review("It moves mass around", [(0, True)]), review("No wrong classes", [(0, False)])) == [
        "gamma.yaml:10:9: a learner ticked 'Mass moves to the wrong classes' by hand, and no phrase finds it: "
        "'It moves mass around'"
    ]
    assert told(pack, review("It hits the wrong classes", [(0, False)])) == [
        "gamma.yaml:10:9: a learner unticked 'Mass moves to the wrong classes' by hand, and 'wrong classes' ticks it "
        "today: 'It hits the wrong classes'"
    ]


def test_what_the_phrases_find_by_now_is_not_shown(pack: Path) -> None:
    log = review("It moves mass around", [(0, True)])
    path = pack / "gamma.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("any: [spreads mass", "any: [moves mass, spreads mass"))
    assert told(pack, log) == []


def test_the_same_answer_is_shown_once(pack: Path) -> None:
    log = review("It moves mass around", [(0, True)])
    assert len(told(pack, log, log)) == 1


@pytest.mark.parametrize(
    "log",
    [
        review("It moves mass", [(0, True)], question="gone"),
        review("It moves mass", [(7, True)]),
        review("It moves mass", [(-1, True)]),
        review("It moves mass", []),
        review("It moves mass", [(0, True)], question="alpha-one"),
    ],
    ids=["a question that is gone", "a point that is gone", "no position", "nothing overruled", "another kind"],
)
def test_what_is_not_shown(pack: Path, log: ReviewLog) -> None:
    assert told(pack, log) == []


@pytest.mark.parametrize(
    "response", ["", "{}", "[1]", '{"response": "typed"}', '{"response": "chosen", "options": [1]}']
)
def test_responses_of_another_form_are_passed_over(pack: Path, response: str) -> None:
    log = ReviewLog(
        card_id="why-soften",
        rating=Rating.AGAIN,
        reviewed_at=datetime(2026, 11, 24, tzinfo=UTC),
        seconds=1.0,
        response=response,
    )
    assert told(pack, log) == []
    assert overruling_reviews([log]) == 0


def test_as_data(pack: Path) -> None:
    (one,) = overruled([review("It moves\nmass around", [(0, True)])], sound_questions([pack], []))
    assert one.as_data() == {
        "path": str(pack / "gamma.yaml"),
        "line": 10,
        "column": 9,
        "key": "questions.0.points.0",
        "question": "why-soften",
        "point": "Mass moves to the wrong classes",
        "answer": "It moves\nmass around",
        "learner": "ticked",
        "ticks": [],
    }
