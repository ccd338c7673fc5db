"""Labels with pixels to ignore: a share of all, one whole image, or every pixel."""

from typing import Any

IGNORED = 255


def arrange(drawn: dict[str, Any]) -> dict[str, Any]:
    """The arguments: `counts` says which labels stay; none does of the first image, nor of any if `nothing_counts`."""
    counts = drawn["counts"].clone()
    counts[0] = False
    if drawn["nothing_counts"]:
        counts[:] = False
    return {**drawn, "labels": drawn["labels"].masked_fill(~counts, IGNORED)}
