"""The keys of a quiz, and when each of them does something. Letters and signs belong to the text where one is typed:
there Ctrl and a letter that every terminal sends does the same."""

from textual.binding import Binding

from kdquiz.memory.model import Rating
from kdquiz.sessions.view import Phase, QuizView

KEYS = (
    Binding("space,enter", "accept", "Accept", tooltip="Go on with the rating at ▸", id="quiz.accept"),
    *(Binding(str(rating.value), f"rate({rating.value})", f"Rate {rating.word}", show=False) for rating in Rating),
    Binding("enter", "open_drill", "Open", tooltip="Open the drill; leaving it comes back here", id="quiz.drill"),
    Binding("n,ctrl+n", "not_known", "Don't know", tooltip="Show the answer; counts as wrong", id="quiz.not-known"),
    Binding("s,ctrl+s", "skip", "Skip", tooltip="Ask this one again at the end", id="quiz.skip"),
    Binding("u,ctrl+u", "undo", "Undo", tooltip="Take back the last step, and the one before", id="quiz.undo"),
    Binding("pagedown", "page(1)", "More", tooltip="Read on; PgUp goes back", id="quiz.page-down"),
    Binding("pageup", "page(-1)", "Back up", show=False, id="quiz.page-up"),
    Binding("q,escape", "back", "Back", tooltip="End here; what you answered is kept", id="quiz.back"),
    Binding("r,ctrl+r", "rerate", "Re-rate", tooltip="Rate your last answer again", id="quiz.rerate"),
    Binding("minus,ctrl+t", "bury", "Not today", tooltip="Ask it again tomorrow, not today", id="quiz.bury"),
    Binding("at,ctrl+o", "suspend", "Suspend", tooltip="Ask it no more, till you want it again", id="quiz.suspend"),
    Binding("asterisk,ctrl+g", "mark", "Mark", tooltip="Mark it, to find it again; or unmark it", id="quiz.mark"),
    Binding("e", "edit", "Edit", tooltip="Edit it in your own editor", id="quiz.edit"),
    # Ahead of what is typed in, where it would go to the end of the line, as End does.
    Binding(
        "ctrl+e",
        "edit",
        "Edit",
        show=False,
        priority=True,
        tooltip="Edit it in your own editor",
        id="quiz.edit-typing",
    ),
)
"""In the order of the key bar, which shows as many as fit; help tells all."""


def does_something(action: str, view: QuizView) -> bool:
    """Whether the key of an action is offered now."""
    match action:
        case "accept" | "rate":
            return view.phase is Phase.REVEALED
        case "open_drill":
            return view.phase is Phase.OFFERING
        case "not_known":
            return view.phase is Phase.ASKING
        case "skip":
            return view.phase in (Phase.ASKING, Phase.OFFERING) and view.total > view.number
        case "undo":
            return view.can_undo
        case "rerate":
            return view.can_rerate
        case "bury" | "suspend" | "mark" | "edit":
            return view.phase is not Phase.DONE
    return True
