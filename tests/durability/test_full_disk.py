"""A full disk and a folder that cannot be written, in the real app: it says so, loses nothing, and what is tried again
when there is room is kept once.

The disk is a real one of a few MB, which only the superuser can make; in its place stands a limit of the system on the
size of files, which is put on the running app and lifted again.
"""

import re
import resource
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from kdquiz.memory.model import Rating, ReviewLog
from kdquiz.store.store import Store
from tests.durability.app import App
from tests.durability.launcher import Launcher
from tests.durability.life import Home
from tests.durability.pack import DRILL, STARTER, keys_to_answer
from tests.durability.picture import REVEALED, Picture
from tests.store.test_full_disk import full

NO_ROOM = re.compile(r"Not saved\..*(the disk is full|cannot be read or written)", re.DOTALL)
Cramped = tuple[Home, Callable[[App], AbstractContextManager[None]]]


@contextmanager
def no_file_may_grow(app: App) -> Iterator[None]:
    """Nothing can be written by a running app."""
    before = resource.prlimit(app.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(app.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    yield
    resource.prlimit(app.pid, resource.RLIMIT_FSIZE, before)


@pytest.fixture(params=["a full disk", "no file may grow"])
def cramped(request: pytest.FixtureRequest) -> Cramped:
    """A home, and what takes all room away from an app and gives it back."""
    if request.param == "no file may grow":
        return Home(request.getfixturevalue("tmp_path")), no_file_may_grow
    disk: Path = request.getfixturevalue("small_disk")
    return Home(disk), lambda _: full(disk)


def kept(home: Home) -> list[ReviewLog]:
    """The reviews in the database, which is sound."""
    with Store(home.database) as store:
        assert store.verify() == []
        return store.reviews()


def words(text: str) -> str:
    """What is on the screen; of a line on which a frame stands, what is within it. Broken lines are one again."""
    return " ".join(word for line in text.splitlines() for word in max(line.split("│"), key=len).split())


def told(text: str) -> object:
    return NO_ROOM.search(words(text))


def answer(app: App, right: bool = True) -> None:
    """Answer what is on the screen."""
    picture = Picture.of(app.wait(Picture.of))
    assert picture is not None
    app.type(keys_to_answer(picture.id, app.text, right))


def quits(app: App) -> None:
    """Leave the app from anywhere."""
    app.type("\x11")
    assert app.ends() == 0


def test_an_answer_is_told_to_be_unsaved_and_kept_once_when_tried_again(launcher: Launcher, cramped: Cramped) -> None:
    home, without_room = cramped
    with home.quiz(launcher, 1, "choice") as app:
        answer(app)
        app.wait(REVEALED.search)
        app.type("3")
        app.wait(lambda text: not REVEALED.search(text) and Picture.of(text))
        before = kept(home)
        with without_room(app):
            answer(app, right=False)
            app.wait(told)
            app.type("y")  # there is no room yet
            app.read_for(0.05)
            assert told(app.text)
            assert not REVEALED.search(app.text)
        app.type("y")
        app.wait(REVEALED.search)
        after = kept(home)
        assert after[:-1] == before
        assert after[-1].misconceptions != ()
        quits(app)
    assert kept(home) == after


def test_a_rating_is_told_to_be_unsaved_and_kept_once_when_tried_again(launcher: Launcher, cramped: Cramped) -> None:
    home, without_room = cramped
    with home.quiz(launcher, 1, "numeric") as app:
        answer(app)
        app.wait(REVEALED.search)
        (before,) = kept(home)
        with without_room(app):
            app.type("2")
            app.wait(told)
            assert kept(home) == [before]
        app.type("y")
        app.wait(lambda text: not told(text) and not REVEALED.search(text))
        (after,) = kept(home)
        assert (after.rating, after.reviewed_at) == (Rating.HARD, before.reviewed_at)
        app.kill()
    assert kept(home) == [after]


def test_leaving_waits_until_what_was_overruled_is_kept(launcher: Launcher, cramped: Cramped) -> None:
    home, without_room = cramped
    with home.quiz(launcher, 1, "short") as app:
        answer(app)
        app.wait(REVEALED.search)
        (before,) = kept(home)
        app.type("x")
        app.wait("Partly right")
        with without_room(app):
            app.type("q")
            app.wait(told)
        app.type("y")
        app.wait("Session done")
        (after,) = kept(home)
        assert (before.share, after.share) == (1.0, 0.5)
        app.type("q")
        assert app.ends() == 0


def test_leaving_a_drill_waits_until_its_code_is_kept(launcher: Launcher, cramped: Cramped) -> None:
    home, without_room = cramped
    with home.drill(launcher) as app:
        app.wait("No grading")
        app.type("\x1bOR")  # F3
        app.wait("def double")
        with without_room(app):
            app.type("z")
            app.wait("zdef double")
            app.type("\x11")
            app.wait(told)
        app.type("y")
        assert app.ends() == 0
    with Store(home.database) as store:
        assert store.draft(DRILL) == "z" + STARTER


def test_a_start_without_room_says_so_and_the_next_one_goes_on(launcher: Launcher, small_disk: Path) -> None:
    home = Home(small_disk)
    for answers in range(2):  # without a database, and with one
        with full(small_disk), home.quiz(launcher, answers, "choice") as app:
            app.wait(lambda text: "KDQUIZ_HOME" in words(text) or Picture.of(text))
            if Picture.of(app.text):  # a database that is there can be read
                answer(app)
                app.wait(told)
                app.type("n")  # on without
                app.wait(lambda text: "not saved!" in text)
                app.kill()
            else:
                assert "the disk is full" in words(app.text)
                assert app.ends() == 3
        with home.quiz(launcher, answers, "choice") as app:
            answer(app)
            app.wait(REVEALED.search)
            app.kill()
        assert len(kept(home)) == answers + 1


def test_a_start_where_no_file_may_grow_says_so_and_loses_nothing(launcher: Launcher, home: Home) -> None:
    for answers in range(2):
        with home.quiz(launcher, answers, "choice", largest_file=0) as app:
            app.wait("cannot be read or")
            assert app.ends() == 3
        with home.quiz(launcher, answers, "choice") as app:
            answer(app)
            app.wait(REVEALED.search)
            app.kill()
        assert len(kept(home)) == answers + 1


# ---- a folder that cannot be written ---------------------------------------------------------------------------------


@contextmanager
def closed_to_writing(home: Home) -> Iterator[None]:
    """The home and every file in it; all of it is as it was afterwards."""
    files = {path: path.read_bytes() for path in home.folder.iterdir() if path.is_file()}
    for path in (home.folder, *files):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield
    assert {path: path.read_bytes() for path in home.folder.iterdir() if path.is_file()} == files
    for path in (home.folder, *files):
        path.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_told_and_left_as_it_is(launcher: Launcher, home: Home) -> None:
    for answers, leave in enumerate((App.kill, quits)):
        with home.quiz(launcher, answers, "choice", heeds_permissions=True) as app:
            answer(app)
            app.wait(REVEALED.search)
            leave(app)
        with closed_to_writing(home), home.quiz(launcher, 9, "choice", heeds_permissions=True) as app:
            app.wait(lambda text: "KDQUIZ_HOME" in words(text) or Picture.of(text))
            if Picture.of(app.text):  # what was left open by a kill can be read
                answer(app)
                app.wait(lambda text: "Not saved." in words(text) and "KDQUIZ_HOME" in words(text))
                app.kill()
            else:
                assert app.ends() == 3
        assert len(kept(home)) == answers + 1


def test_a_folder_that_is_closed_in_the_middle_costs_nothing(launcher: Launcher, home: Home) -> None:
    """What is open can still be written."""
    with home.quiz(launcher, 1, "choice", heeds_permissions=True) as app:
        answer(app)
        app.wait(REVEALED.search)
        home.folder.chmod(0o555)
        app.type("3")
        app.wait(lambda text: not REVEALED.search(text) and Picture.of(text))
        answer(app)
        app.wait(REVEALED.search)
        app.kill()
    home.folder.chmod(0o755)
    assert len(kept(home)) == 2
