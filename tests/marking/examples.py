"""Questions as values, for the tests of marking."""

from kdquiz.library.kinds.choice import Choice
from kdquiz.library.kinds.flashcard import Flashcard
from kdquiz.library.kinds.multi import Multi
from kdquiz.library.kinds.short import Point, Short
from kdquiz.library.options import Option


def options(signs: str) -> tuple[Option, ...]:
    """An option a sign: + is right, - is wrong."""
    return tuple(
        Option(right=f"right {number}", because="Quite so.")
        if sign == "+"
        else Option(wrong=f"wrong {number}", because=f"misconception {number}")
        for number, sign in enumerate(signs)
    )


def choice(signs: str = "-+-") -> Choice:
    return Choice(id="pick", kind="choice", source="A paper", ask="Which one?", options=options(signs))


def multi(signs: str) -> Multi:
    return Multi(id="several", kind="multi", source="A paper", ask="Which ones?", options=options(signs))


def flashcard() -> Flashcard:
    return Flashcard(id="recall", kind="flashcard", source="A paper", ask="What?", answer="That.")


def short(*points: tuple[str, ...], ask: str = "Why is the sky like that?") -> Short:
    """A short question whose points are these phrases."""
    rubric = tuple(Point(text=f"Says {phrases[0]}", any=phrases) for phrases in points)
    return Short(id="why", kind="short", source="A paper", ask=ask, answer="Because.", points=rubric)
