"""The quiz line by line, through the command line, with what a learner types on standard input."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kdquiz.cli import group
from kdquiz.memory.model import Rating
from kdquiz.memory.schedule import Schedule
from kdquiz.store.store import Store
from tests.cli.conftest import Kdquiz
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
    assert "Next: Again 1 min, Hard 6 min, Good 10 min, Easy 8 d" in ran.output
    assert "Rate: 1 Again, 2 Hard, 3 Good, 4 Easy [" in ran.output
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
    assert ran.output.index("What is it?") < ran.output.index("And then?"), "skipped, the second is asked"
    assert "Type 1 to 4" in ran.output
    assert ran.exit_code == 0


@pytest.mark.usefixtures("packs")
@pytest.mark.parametrize("typed", ["12", "23", "1234", "5", "²", "good"])
def test_only_the_four_ratings_are_ratings(home: Path, typed: str) -> None:
    ran = quiz(f"a\n{typed}\n2\n")
    assert ran.exit_code == 0, ran.output
    assert "Type 1 to 4" in ran.output
    assert ratings(home)[0][1] is Rating.HARD


@pytest.mark.usefixtures("packs")
def test_a_command_is_never_taken_for_an_answer(home: Path) -> None:
    ran = quiz(":undoo\na\n:skip\n:Quit\n:quit\n")
    assert "There is no :undoo: the commands are :undo, :skip, :quit." in ran.output
    assert "There is no :Quit" in ran.output
    assert "It is answered already; rate it." in ran.output
    assert len(ratings(home)) == 1


@pytest.mark.usefixtures("packs", "home")
def test_the_commands_are_told_at_the_start() -> None:
    assert ":undo, :skip, :quit" in quiz("").output.splitlines()[0]


@pytest.mark.usefixtures("packs", "home")
def test_a_closed_standard_input_is_the_end_of_it(kdquiz: Kdquiz, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    ran = kdquiz("quiz", "--plain", "--topic", "alpha")
    assert ran.code == 0, ran.err
    assert "0 answered" in ran.out
