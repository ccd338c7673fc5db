"""Marking a prediction: the one option that the experiment bears out, or not; marked and read as a choice."""

from kdquiz.marking.kinds.choice import how_to_type, mark, read_line

__all__ = ["how_to_type", "mark", "read_line"]
