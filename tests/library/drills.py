"""A small sound drill as values, for the tests of what can be wrong with one."""

from typing import Any

from kdquiz.library.drill import Drill

REFERENCE = "def weigh(x, w, k):\n    return ((x * k) * w).sum()\n"
STARTER = "def weigh(x, w, k):\n    raise NotImplementedError\n"


def weigh(starter: str = STARTER, reference: str = REFERENCE, **changes: Any) -> Drill:
    """`x` weighted by `w`, times `k`."""
    keys: dict[str, Any] = {
        "id": "weigh",
        "title": "Weighted rows",
        "topic": "rows",
        "entry": "weigh",
        "ask": "Weigh the rows.",
        "inputs": {"C": (3, 5), "x": {"normal": [2, "C"], "grad": True}, "w": {"normal": ["C"]}, "k": 2.0},
        "checks": ("value", "gradient x"),
    }
    return Drill(**{**keys, **changes}).with_sources(starter=starter, reference=reference)
