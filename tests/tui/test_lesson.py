"""The lesson page, the ways to it and from it; drills in groups where there are many."""

import random
from dataclasses import replace
from datetime import timedelta

from kdquiz.library.facts import Facts
from kdquiz.library.filter import Filter
from kdquiz.library.lesson import Lesson
from kdquiz.library.library import Library
from kdquiz.library.model import Level, Topic
from kdquiz.library.read import FileRead
from kdquiz.memory.model import Rating, ReviewLog
from kdquiz.sessions.selection import Wish, select
from kdquiz.store.store import Store
from kdquiz.tui import messages
from kdquiz.tui.app import KdquizApp
from kdquiz.tui.screens.drill import DrillScreen
from kdquiz.tui.screens.home import HomeScreen
from kdquiz.tui.screens.lesson import LessonScreen
from kdquiz.tui.screens.quiz import QuizScreen
from kdquiz.tui.start import Home
from kdquiz.tui.widgets.prose import Prose
from tests.libraries import PACK, library_of, library_of_files
from tests.tui.conftest import services
from tests.tui.desk import NOON, Clock, Desk, SitDown
from tests.tui.examples import CHOICE, FLASHCARD, MARKUP, QUESTIONS, SHORT, drill
from tests.tui.test_snapshots import SnapCompare, press

FIRST = Lesson(
    id="lesson-soft",
    title="Soft targets",
    topic="temperature",
    given={"teacher": (2.1, 5.8, 1.2), "T": 2},
    questions=(FLASHCARD.id, SHORT.id),
    drill="double",
    then="lesson-more",
    text=f"""\
## With numbers

The teacher's logits are `{{{{ teacher : .1f }}}}`. At T = {{{{ T : d }}}} the classes get:

| cat | dog | truck |
|---|---|---|
| {{{{ softmax(teacher / T)[0] : .3f }}}} | {{{{ softmax(teacher / T)[1] : .3f }}}} | 8 % |

- **Never** {MARKUP}
""",
)
SECOND = Lesson(id="lesson-more", title="More", topic="temperature", questions=(CHOICE.id,), text="word\n\n" * 40)
TOPIC = Topic(id="temperature", title="Temperature")
CONTENT = library_of(QUESTIONS, topic=TOPIC, drills=[drill()], lessons=[SECOND, FIRST])


def answered(store: Store, *questions: str) -> None:
    for question in questions:
        at = NOON - timedelta(days=1)
        store.record(ReviewLog(card_id=question, rating=Rating.EASY, reviewed_at=at, seconds=5.0))


def page(desk: Desk) -> LessonScreen:
    assert isinstance(desk.app.screen, LessonScreen)
    return desk.app.screen


async def test_a_first_run_leads_to_the_first_lesson(sit_down: SitDown) -> None:
    async with sit_down(content=CONTENT) as desk:
        assert "Press l for the first lesson" in desk.text
        assert "Temperature · lesson " in desk.text
        await desk.press("l")
        assert page(desk).lesson_id == FIRST.id
        for told in ("Soft targets", "page 1 of 2 · 3 min", "[2.1, 5.8, 1.2]", "0.125", "0.795", "[bold]x[/]"):
            assert told in desk.text
        assert "2 questions · not asked yet" in desk.text
        assert "Twice · 10 min · new" in desk.text
        assert "Next page: More" in desk.text


async def test_enter_asks_the_questions_of_the_page_in_their_order_and_leads_back(sit_down: SitDown) -> None:
    async with sit_down(content=CONTENT) as desk:
        await desk.press("l", "enter")
        assert isinstance(desk.app.screen, QuizScreen)
        (wanted,) = desk.all_heard(messages.QuizWanted)
        assert wanted.wish.listed == (FLASHCARD.id, SHORT.id)
        assert "dark knowledge" in desk.text
        await desk.press("space", "space")
        assert "temperature above 1?" in desk.text
        await desk.press("escape", "enter")
        assert page(desk).lesson_id == FIRST.id
        assert "1 answered so far" in desk.text
        await desk.press("q")
        assert isinstance(desk.app.screen, HomeScreen)


async def test_its_drill_is_opened_and_leads_back(sit_down: SitDown) -> None:
    async with sit_down(content=CONTENT) as desk:
        await desk.press("l", "d")
        assert isinstance(desk.app.screen, DrillScreen)
        await desk.press("escape")
        assert page(desk).lesson_id == FIRST.id


async def test_pages_are_turned_in_place_as_far_as_there_are_any(sit_down: SitDown) -> None:
    async with sit_down(content=CONTENT) as desk:
        await desk.press("l", "p")
        assert page(desk).lesson_id == FIRST.id
        await desk.press("n", "space")
        assert (page(desk).lesson_id, "page 2 of 2" in desk.text) == (SECOND.id, True)
        assert page(desk).query_one("#lesson").scroll_y > 0
        await desk.press("d", "n")  # it has no drill, and is the last
        assert page(desk).lesson_id == SECOND.id
        await desk.press("p")
        assert page(desk).lesson_id == FIRST.id
        assert page(desk).query_one("#lesson").scroll_y == 0
        assert page(desk).query_one(Prose)._text == FIRST.page


async def test_a_page_is_read_when_its_questions_were_answered_and_the_next_is_opened_then(
    sit_down: SitDown, store: Store
) -> None:
    answered(store, FLASHCARD.id, SHORT.id)
    async with sit_down(content=CONTENT) as desk:
        await desk.press("l")
        assert page(desk).lesson_id == SECOND.id
        await desk.press("p")
        assert "all answered; Enter asks them again" in desk.text
        await desk.press("enter")  # whether due or not
        assert isinstance(desk.app.screen, QuizScreen)
    answered(store, CHOICE.id)
    async with sit_down(content=CONTENT) as desk:
        assert "Temperature · lesson ✓" in desk.text


async def test_l_opens_the_lesson_of_the_topic_at_the_cursor(sit_down: SitDown) -> None:
    other = replace(SECOND, topic="other")
    async with sit_down(content=_of_two_topics(FIRST, other)) as desk:
        await desk.press("down", "down", "down", "l")
        assert page(desk).lesson_id == other.id


def _of_two_topics(*lessons: Lesson) -> Library:
    other = Topic(id="other", title="Other")
    first, *rest = QUESTIONS
    pages = [FileRead(path=PACK / "lessons" / f"{one.id}.md", facts=Facts(), lesson=one) for one in lessons]
    return library_of_files(
        [
            FileRead(path=PACK / "a.yaml", facts=Facts(topic=TOPIC), questions=tuple((one, ()) for one in rest)),
            FileRead(path=PACK / "b.yaml", facts=Facts(topic=other), questions=((first, ()),)),
            FileRead(path=PACK / "drills" / "double" / "drill.yaml", facts=Facts(), drill=drill()),
            *pages,
        ]
    )


async def test_without_lessons_home_offers_none(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        assert "lesson" not in desk.text.lower().replace("lesson path", "")
        await desk.press("l")
        assert isinstance(desk.app.screen, HomeScreen)


async def test_many_drills_stand_under_their_levels(sit_down: SitDown) -> None:
    levels: tuple[Level, ...] = ("advanced", "core", "warm-up")
    many = [
        replace(drill(), id=f"drill-{number:02}", title=f"Drill {number:02}", level=levels[number % 3])
        for number in range(12)
    ]
    content = library_of(QUESTIONS, topic=TOPIC, drills=many, lessons=[])
    async with sit_down(content=content, size=(80, 40)) as desk:
        found = [line for line in desk.text.splitlines() if "Drills" in line]
        assert [line.split() for line in found] == [
            ["Drills", "·", level, "0", "of", "4", "solved"] for level in ("warm-up", "core", "advanced")
        ]
        places = [desk.text.index(f"Drill {number:02} ") for number in (2, 5, 1, 4, 0, 3)]
        assert places == sorted(places)
        assert desk.text.index("Lesson path") < places[0]


def test_a_listed_wish_is_asked_in_its_order_without_what_rests(store: Store, clock: Clock) -> None:
    learner = store.learner(clock(), 0)
    listed = (SHORT.id, "gone", CHOICE.id)
    wish = Wish(filter=Filter(only=frozenset(listed)), listed=listed)
    assert select(CONTENT, wish, learner, random.Random(0), list, tuple) == (SHORT.id, CHOICE.id)


def test_lesson_page(snap_compare: SnapCompare, store: Store, clock: Clock) -> None:
    answered(store, FLASHCARD.id)
    app = KdquizApp(services(store, clock, CONTENT), Home())
    assert snap_compare(app, terminal_size=(80, 24), run_before=press("l"))
