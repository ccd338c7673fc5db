"""The four ratings with the time until each brings the question back; the suggested one is marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from kdquiz.memory.model import Rating
from kdquiz.tui.words import interval

MEANING: Mapping[Rating, str] = {
    Rating.AGAIN: "I did not know it, or had it wrong: it comes back in this session",
    Rating.HARD: "I got there, with trouble or only in part",
    Rating.GOOD: "I knew it, after some thought",
    Rating.EASY: "I knew it at once: show it much later",
}


class RatingCell(Static):
    """One rating. A click chooses it."""

    DEFAULT_CSS = """
    RatingCell { width: 1fr; height: 2; text-align: center; color: $quiet; background: $surface; margin: 0 1 0 0; }
    RatingCell:hover { background: $panel; }
    RatingCell.-suggested { background: $primary 30%; color: $foreground; text-style: bold; }
    """

    def __init__(self, rating: Rating) -> None:
        super().__init__()
        self.rating = rating
        self.tooltip = MEANING[rating]

    def show(self, due_in: timedelta, suggested: bool) -> None:
        """Draw the rating with its interval."""
        self.set_class(suggested, "-suggested")
        name = f"{self.rating.value} {self.rating.word}"
        self.update(Content(f"{f'▸ {name} ◂' if suggested else name}\nin {interval(due_in)}"))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(RatingBar.Chosen(self.rating))


class RatingBar(Horizontal):
    """The ratings, side by side."""

    DEFAULT_CSS = """
    RatingBar { height: 2; }
    RatingBar > RatingCell:last-child { margin: 0; }
    """

    @dataclass
    class Chosen(Message):
        """The learner clicked a rating."""

        rating: Rating

    def compose(self) -> ComposeResult:
        for rating in Rating:
            yield RatingCell(rating)

    def show(self, intervals: Mapping[Rating, timedelta], suggested: Rating) -> None:
        """Draw the intervals and mark the suggested rating."""
        for cell in self.query(RatingCell):
            cell.show(intervals[cell.rating], cell.rating is suggested)
