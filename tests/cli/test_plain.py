"""The quiz line by line, through the command line, with what a learner types on standard input."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kdquiz.cli import group
from kdquiz.memory.model import Rating
from kdquiz.memory.schedule import Schedule
from kdquiz.store.store import Store
from tests.library.test_load import TOPIC


@pytest.fixture
def packs(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One choice and one flashcard, beside what is shipped."""
    folder = tmp_path / "packs" / "mine"
    folder.mkdir(parents=True)
    (folder / "alpha.yaml").write_text(TOPIC.format(topic="alpha"), encoding="utf-8")
    monkeypatch.setenv("KDQUIZ_CONTENT", str(tmp_path / "packs"))


def quiz(typed: str) -> Result:
    return CliRunner().invoke(group, ["quiz", "--plain", "--topic", "alpha", "--seed", "1"], input=typed)


def ratings(home: Path) -> list[tuple[str, Rating]]:
    with Store(home / "kdquiz.sqlite", Schedule()) as store:
        return [(log.card_id, log.rating) for log in store.reviews()]


@pytest.mark.usefixtures("packs")
def test_two_questions_answered_and_stored(home: Path) -> None:
    ran = quiz("z\na\n2\n\n\n:undo\n\n3\n")
    assert ran.exit_code == 0, ran.output
    assert "There is no option 'z'" in ran.output
    assert "It was not counted." in ran.output
    assert "Source: YAML 1.2.2, section 10.3" in ran.output
    assert "All of it is stored." in ran.output
    assert [name for name, _ in ratings(home)] == ["alpha-one", "alpha-two"]
    assert ratings(home)[1][1] is Rating.GOOD


@pytest.mark.usefixtures("packs")
def test_the_end_of_input_loses_nothing(home: Path) -> None:
    ran = quiz("a\n")
    assert ran.exit_code == 0, ran.output
    assert len(ratings(home)) == 1


@pytest.mark.usefixtures("packs", "home")
def test_quit_and_skip_and_a_wrong_rating() -> None:
    ran = quiz(":skip\n\n9\n:quit\n")
    assert "Type 1 to 4" in ran.output
    assert ran.exit_code == 0
