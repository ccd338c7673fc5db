"""The quiz line by line, through the command line, with what a learner types on standard input."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kdquiz.cli import group
from kdquiz.memory.day import Calendar
from kdquiz.memory.model import Rating, ReviewLog, Standing
from kdquiz.store.backup import backups_of, reviews_in
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
    with Store(home / "kdquiz.sqlite") as store:
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
    assert [reviews_in(one.path) for one in backups_of(home / "kdquiz.sqlite", 0)] == [1]


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
    assert "There is no :undoo: the commands are :undo, :skip, :bury" in ran.output
    assert "There is no :Quit" in ran.output
    assert "It is answered already; rate it." in ran.output
    assert len(ratings(home)) == 1


KINDS = """\
format: 1
topic: beta
title: Beta
questions:
  - id: beta-number
    kind: numeric
    ask: How many nats is one bit?
    value: log(2)
    within: 0.005
    unit: nats
    slips:
      - {value: log(2) / log(10), because: That is the common logarithm.}
    source: Shannon 1948
    tests: [{say: "0.693", expect: right}, {say: "1", expect: wrong}, {say: much, expect: unreadable}]
  - id: beta-blanks
    kind: cloze
    text: A {{bit | binary digit}} is {{0}} or 1.
    source: Shannon 1948
  - id: beta-steps
    kind: order
    ask: Count.
    steps: [one, two, three]
    source: Peano 1889
  - id: beta-guess
    kind: predict
    ask: What does the counter do?
    options:
      - right: It goes up
      - {wrong: It goes down, because: Nothing is taken away.}
    answer: It goes from 1 to 2.
    source: Peano 1889
  - id: beta-words
    kind: short
    ask: Why is the sky blue?
    answer: Air scatters short waves more than long ones.
    points:
      - {text: Air scatters light, any: [scatter]}
      - {text: Blue most of all, any: [short wave]}
    source: Rayleigh 1871
    tests: [{say: "Light is scattered.", points: [1]}, {say: "It is far away.", points: []}]
"""


@pytest.fixture
def kinds(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One question of each kind that is typed, arranged or predicted."""
    folder = tmp_path / "packs" / "mine"
    folder.mkdir(parents=True)
    (folder / "beta.yaml").write_text(KINDS, encoding="utf-8")
    monkeypatch.setenv("KDQUIZ_CONTENT", str(tmp_path / "packs"))


def asked(kind: str, *lines: str) -> str:
    """What is printed when these lines are typed at the question of a kind."""
    arguments = ["quiz", "--plain", "--topic", "beta", "--kind", kind, "--seed", "1", "--all"]
    ran = CliRunner().invoke(group, arguments, input="".join(f"{line}\n" for line in lines))
    assert ran.exit_code == 0, ran.output
    return ran.output


@pytest.mark.usefixtures("kinds")
def test_a_number_says_its_tolerance_and_an_unreadable_one_is_not_counted(home: Path) -> None:
    told = asked("numeric", "lots", "0,301", "", ":quit")
    assert "(Type a number in nats, to within 0.005 nats.)" in told
    assert "'lots' cannot be read" in told
    assert told.count("Question 1 of 1") == 2, "asked again, as nothing was counted"
    assert "You did this: That is the common logarithm." in told
    assert "0.6931" in told
    assert [name for name, _ in ratings(home)] == ["beta-number"]


@pytest.mark.usefixtures("kinds")
def test_blanks_are_parted_by_semicolons(home: Path) -> None:
    told = asked("cloze", "bit", "Binary digit; 2", "", ":quit")
    assert "A [1: ....] is [2: ....] or 1." in told
    assert "parted by semicolons" in told
    assert "It was not counted." in " ".join(told.split())
    assert "Partly right." in told
    assert "blank 1 right: Binary digit. Accepted: bit | binary digit" in told
    assert "blank 2 wrong: 2. Accepted: 0" in told
    assert len(ratings(home)) == 1


@pytest.mark.usefixtures("kinds", "home")
def test_steps_are_put_in_order_by_their_letters() -> None:
    shown = asked("order")
    letters = {line[3:]: line[0] for line in shown.splitlines() if line[1:3] == ". "}
    assert "(Type all 3 letters in the right order.)" in shown
    wrong = asked("order", "a a b", f"{letters['three']} {letters['one']} {letters['two']}", "", ":quit")
    assert "named twice" in wrong
    assert "your 1, belongs at 3: three" in wrong
    assert "your 2, in order: one" in wrong
    assert "The right order:\n1. one\n2. two\n3. three" in wrong
    right = asked("order", "".join(letters[step] for step in ("one", "two", "three")))
    assert "Right." in right
    assert "The right order:" not in right
    assert "your 1" not in asked("order", "")


@pytest.mark.usefixtures("kinds")
@pytest.mark.parametrize("after", [("",), (":quit",), ()], ids=["rated", "left", "at the end of input"])
def test_a_point_is_overruled_and_that_is_kept(home: Path, after: tuple[str, ...]) -> None:
    told = asked("short", ":overrule 1", "The air scatters it", ":overrule", ":overrule 3", ":overrule 2", *after)
    assert "There is no rubric here to overrule." in told
    assert "point 1 ticked: Air scatters light (by: scatters)" in told
    assert "point 2 not ticked: Blue most of all" in told
    assert told.count("Name one of the 2 points, such as :overrule 1.") == 2
    assert "point 2 ticked: Blue most of all\nRight now." in told
    assert "1 answered, 0 to repeat." in told
    with Store(home / "kdquiz.sqlite") as store:
        (log,) = store.reviews()
    assert log.share == 1
    assert '"overruled": [[1, true]]' in log.response


@pytest.mark.usefixtures("kinds", "home")
def test_a_point_may_be_overruled_twice() -> None:
    told = asked("short", "no idea", ":overrule 1", ":overrule1", "")
    assert told.count("Partly right now.") == 1
    assert told.count("Wrong now.") == 1


@pytest.mark.usefixtures("kinds", "home")
def test_a_prediction_is_a_letter() -> None:
    told = asked("predict", "a")
    assert "(Type the letter of the right one.)" in told
    assert "Answer: It goes from 1 to 2." in told


@pytest.mark.usefixtures("packs", "home")
def test_the_commands_are_told_at_the_start() -> None:
    assert ":undo, :skip, :quit" in quiz("").output.splitlines()[0]


@pytest.mark.usefixtures("packs", "home")
def test_a_closed_standard_input_is_the_end_of_it(kdquiz: Kdquiz, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    ran = kdquiz("quiz", "--plain", "--topic", "alpha")
    assert ran.code == 0, ran.err
    assert "0 answered" in ran.out


def standing(home: Path, card_id: str) -> Standing:
    with Store(home / "kdquiz.sqlite") as store:
        return store.standings().get(card_id, Standing())


@pytest.mark.usefixtures("packs")
def test_putting_aside_marking_and_taking_that_back(home: Path) -> None:
    ran = quiz(":mark\n:suspend\n:undo\n:bury\n:mark\n:undo\n:quit\n")
    assert ran.exit_code == 0, ran.output
    assert "Not again today. :undo takes that back." in ran.output
    assert ran.output.count("Marked.") == 2
    assert "You marked it." in ran.output
    assert "Not asked any more. Take that back with :undo, or later in the app." in ran.output
    assert standing(home, "alpha-one").marked
    assert standing(home, "alpha-one").buried_on is not None
    assert standing(home, "alpha-two") == Standing()


@pytest.mark.usefixtures("packs")
def test_the_last_answer_is_rated_again(home: Path) -> None:
    ran = quiz(":rerate\na\n:rerate 1\n2\n:rerate\n:rerate 4\n:undo\n:rerate3\n:quit now\n")
    assert ran.exit_code == 0, ran.output
    assert "There is no answer to rate again." in ran.output
    assert "It is rated Hard: What is it? Type :rerate and 1 to 4." in ran.output
    assert "Rated Easy now: What is it?" in ran.output
    assert "Rated Good now: What is it?" in ran.output
    assert ratings(home) == [("alpha-one", Rating.GOOD)]


@pytest.mark.usefixtures("packs", "home")
def test_help_tells_every_command() -> None:
    told = quiz(":help\n:quit\n").output
    assert ":rerate: rate your last answer again, such as :rerate 3" in told
    assert ":suspend: ask it no more" in told


@pytest.mark.usefixtures("home")
def test_a_drill_that_is_due_is_told_and_the_questions_go_on(home: Path) -> None:
    moment = datetime.now(UTC) - timedelta(days=30)
    with Store(home / "kdquiz.sqlite") as store:
        day = Calendar().day(moment)
        store.record(
            ReviewLog(card_id="distillation-loss", rating=Rating.GOOD, reviewed_at=moment, seconds=600.0, day=day)
        )
    ran = CliRunner().invoke(group, ["quiz", "--plain", "--seed", "1"], input=":bury\n" * 20)
    told = " ".join(ran.output.split())
    assert ran.exit_code == 0, ran.output
    assert "This opens it: kdquiz drill distillation-loss " in told
    assert "Question 1 of" in told
