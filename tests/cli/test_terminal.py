"""The installed command in a real pseudo-terminal: nothing that was answered is lost by SIGKILL."""

import sys
from pathlib import Path

from kdquiz.store.store import Store
from tests.cli.terminal import Terminal

KDQUIZ = str(Path(sys.executable).with_name("kdquiz"))
QUIZ = [KDQUIZ, "quiz", "--topic", "teacher-and-student", "--kind", "choice", "--seed", "1"]


def environment(home: Path) -> dict[str, str]:
    return {"KDQUIZ_HOME": str(home), "KDQUIZ_CONTENT": "", "TERM": "xterm-256color", "LANG": "C.UTF-8"}


def kept(home: Path) -> list[str]:
    """The questions whose answers stand in the database."""
    with Store(home / "kdquiz.sqlite") as store:
        return [log.card_id for log in store.reviews()]


def test_two_answers_survive_sigkill(tmp_path: Path) -> None:
    with Terminal(QUIZ, environment(tmp_path)) as terminal:
        terminal.wait("1 of ")
        terminal.press("a\r")
        terminal.wait("1 Again")
        terminal.press("\r")
        terminal.wait(lambda text: "2 of " in text and "1 Again" not in text)
        terminal.press("b\r")
        terminal.wait("1 Again")
        terminal.kill()
    answers = kept(tmp_path)
    assert len(answers) == 2

    with Terminal([KDQUIZ], environment(tmp_path)) as terminal:
        row = next(line for line in terminal.wait("2 of ").splitlines() if "2 of " in line)
        assert "Teacher and student" in row
        terminal.press("q")
        assert terminal.ended() == 0
    assert kept(tmp_path) == answers


def test_the_session_goes_on_where_it_was(tmp_path: Path) -> None:
    with Terminal(QUIZ, environment(tmp_path)) as terminal:
        first = terminal.wait("1 of ")
        terminal.press("a\r")
        terminal.wait("1 Again")
        terminal.press("3")
        terminal.wait("2 of ")
        terminal.kill()
    with Terminal(QUIZ, environment(tmp_path)) as terminal:
        assert terminal.wait("1 of ").splitlines()[3:8] != first.splitlines()[3:8]
