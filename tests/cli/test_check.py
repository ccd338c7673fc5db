"""`kdquiz check` and `kdquiz schema` as a person, an editor and a script see them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kdquiz.library.schema import SCHEMAS
from kdquiz.memory.model import Rating, ReviewLog
from kdquiz.store.store import Store
from tests.authoring.test_check import SOUND_SHORT
from tests.cli.conftest import Kdquiz
from tests.cli.terminal import Terminal
from tests.cli.test_terminal import KDQUIZ, environment
from tests.library.test_load import write_pack

BROKEN = "  - {{id: Bad_{number}, kind: flashcard, ask: q, answer: a, source: s}}\n"


def many_broken(pack: Path, count: int) -> Path:
    path = pack / "beta.yaml"
    head = "format: 1\ntopic: beta\ntitle: Beta\nquestions:\n"
    path.write_text(head + "".join(BROKEN.format(number=number) for number in range(count)), encoding="utf-8")
    return path


def test_of_one_file_the_first_hundred_are_listed_and_the_others_counted(kdquiz: Kdquiz, tmp_path: Path) -> None:
    path = many_broken(write_pack(tmp_path / "p"), 130)
    ran = kdquiz("check", "--quick", str(path))
    assert ran.code == 1
    assert len(ran.lines) == 102
    assert ran.lines[100] == (
        f"{path}:105:10: and 30 more problems from here on. Mend those above first; --json lists all."
    )
    assert ran.lines[101] == "130 problems in 1 file: 0 questions"


def test_a_program_is_told_all(kdquiz: Kdquiz, tmp_path: Path) -> None:
    path = many_broken(write_pack(tmp_path / "p"), 130)
    rows = [json.loads(line) for line in kdquiz("check", "--json", str(path)).lines]
    assert len(rows) == 130
    assert rows[129]["key"] == "questions.129.id"


def test_a_sound_file(kdquiz: Kdquiz, tmp_path: Path) -> None:
    ran = kdquiz("check", str(write_pack(tmp_path / "p") / "alpha.yaml"))
    assert (ran.code, ran.lines, ran.err) == (0, ["no problems in 1 file: 2 questions"], "")


# ---- --from-history --------------------------------------------------------------------------------------------------


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = write_pack(tmp_path / "p")
    (folder / "gamma.yaml").write_text(SOUND_SHORT, encoding="utf-8")
    return folder


def record(home: Path, text: str, *by_hand: tuple[int, bool]) -> None:
    response = json.dumps({"response": "typed", "text": text, "overruled": by_hand})
    now = datetime.now(UTC)
    log = ReviewLog(card_id="why-soften", rating=Rating.GOOD, reviewed_at=now, seconds=3.0, response=response)
    with Store(home / "kdquiz.sqlite") as store:
        store.record(log)


def test_an_empty_history_says_so(kdquiz: Kdquiz, pack: Path) -> None:
    ran = kdquiz("check", "--from-history", str(pack))
    assert (ran.code, ran.lines) == (0, ["there is no history: no short question has been answered yet"])
    assert kdquiz("check", "--from-history", "--json", str(pack)).lines == []


def test_a_history_without_an_overruled_mark_says_so(kdquiz: Kdquiz, home: Path, pack: Path) -> None:
    record(home, "It spreads the mass")
    assert kdquiz("check", "--from-history", str(pack)).lines == ["nobody has overruled the marking in 1 short answer"]


def test_what_learners_overruled_is_told_with_its_place(kdquiz: Kdquiz, home: Path, pack: Path) -> None:
    record(home, "It spreads the mass")
    record(home, "It moves the mass", (0, True))
    ran = kdquiz("check", "--from-history", str(pack))
    assert ran.code == 0
    assert ran.lines == [
        f"{pack}/gamma.yaml:10:9: a learner ticked 'Mass moves to the wrong classes' by hand, and no phrase finds it: "
        "'It moves the mass'",
        "the marking was overruled in 1 of 2 short answers; the phrases still disagree in 1",
    ]
    (row,) = (json.loads(line) for line in kdquiz("check", "--from-history", "--json", str(pack)).lines)
    assert (row["question"], row["learner"], row["ticks"]) == ("why-soften", "ticked", [])
    assert kdquiz("check", "--from-history", str(pack / "alpha.yaml")).lines == [
        "there is no history: no short question has been answered yet"
    ]


# ---- progress and Ctrl+C ---------------------------------------------------------------------------------------------


def test_progress_is_shown_on_a_terminal_and_ctrl_c_ends_it_cleanly(tmp_path: Path) -> None:
    pack = tmp_path / "p"
    pack.mkdir()
    for number in range(100):
        question = SOUND_SHORT.partition("questions:\n")[2].replace("    needs: [elsewhere-one]\n", "")
        questions = "".join(question.replace("why-soften", f"q-{number}-{each}") for each in range(60))
        head = f"format: 1\ntopic: t-{number}\ntitle: T\nquestions:\n"
        (pack / f"t-{number}.yaml").write_text(head + questions, encoding="utf-8")
    with Terminal([KDQUIZ, "check", "--quick", str(pack)], environment(tmp_path / "home")) as terminal:
        terminal.wait("of 6000 questions tried")
        terminal.press("\x03")
        terminal.wait("kdquiz: stopped")
        assert "questions tried" not in terminal.text
        assert "Traceback" not in terminal.text
        assert terminal.ended() == 130


# ---- schema ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_prints_what_it_says_where_to_find(kdquiz: Kdquiz, name: str) -> None:
    printed = kdquiz("schema", name)
    assert printed.code == 0
    assert json.loads(printed.out)["properties"]["format"] == {
        "const": 1,
        **({"type": "integer"} if name in ("pack", "sources", "facts") else {}),
    }
    (path,) = kdquiz("schema", name, "--path").lines
    assert Path(path).read_text(encoding="utf-8") == printed.out


def test_schema_is_of_a_topic_unless_said_otherwise(kdquiz: Kdquiz) -> None:
    assert kdquiz("schema").out == kdquiz("schema", "topic").out
    assert "# yaml-language-server: $schema=" in kdquiz("schema", "--help").out
    assert kdquiz("schema", "quiz").code == 2
