"""The positions that count: drawn, and one or none at all where an edge asks for that."""

from typing import Any


def arrange(drawn: dict[str, Any]) -> dict[str, Any]:
    """The arguments; `nothing_counts` empties the mask, `one_counts` leaves the last position of all."""
    mask = drawn["mask"].clone()
    if drawn["nothing_counts"] or drawn["one_counts"]:
        mask[:] = False
        mask[-1, -1] = drawn["one_counts"]
    return {**drawn, "mask": mask}
