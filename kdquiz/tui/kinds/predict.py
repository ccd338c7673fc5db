"""A prediction: choose what an experiment would show. None runs here; what it shows is told by the question."""

from kdquiz.tui.kinds import choice


class Area(choice.Area):
    """As a choice."""

    HOW = "Say what the experiment will show: a to f, 1 to 6, the arrow keys or a click choose; Enter hands it in."
    ADVICE = "Predict what it shows. Choose with a letter or the arrow keys, then press Enter."
    ANSWER = "What the experiment shows (told, not run here)"
