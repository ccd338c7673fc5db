"""The page that stands in place of a question where a drill is due: what it is, how long it takes, what can be done."""

from textual.content import Content
from textual.widgets import Static

from kdquiz.library.drill import Drill
from kdquiz.tui.widgets.prose import QUIET, inline, plain

KEYS = "Enter opens it · s puts it off to the end · - not today"
WHAT = "You write the function, it is graded, and you are told which mistake was made. Then these questions go on."
LEFT = "You left it before it was solved or given up; your code is kept."


class DrillOffer(Static):
    """One drill. `tried`: it was opened and left unsettled."""

    DEFAULT_CSS = "DrillOffer { height: auto; padding: 0 1; }"

    def __init__(self, drill: Drill, tried: bool) -> None:
        minutes = f"{drill.minutes} minutes · {drill.level}"
        super().__init__(
            Content("\n").join(
                [
                    Content.assemble(plain("Drill: ", "bold"), inline(drill.title, "bold")),
                    plain(minutes, QUIET),
                    plain(""),
                    plain(LEFT if tried else WHAT),
                    plain(""),
                    plain(KEYS),
                ]
            )
        )
