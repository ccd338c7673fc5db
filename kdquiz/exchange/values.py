"""The values of a failing case, as a reader can take them in: pure text in, text out. Imports nothing of kdquiz.

A case may hold a list of records, written as JSON in one line: nobody finds anything in that. Here each stands on a
line of its own, the first ones alone where they are many.
"""

import json
from typing import Any

LONG = 120
"""Characters from which a list is told entry by entry."""
ENTRIES = 6
"""How many entries of a long list are told; `grade --json` has all of them."""


def readable(value: str) -> str:
    """The value as it is, or a long list entry by entry."""
    if len(value) < LONG or not value.startswith("["):
        return value
    try:
        entries: Any = json.loads(value)
    except (ValueError, RecursionError):  # not JSON: a tensor, or what was cut
        return value
    lines = [json.dumps(entry, ensure_ascii=False) for entry in entries[:ENTRIES]]
    left = len(entries) - ENTRIES
    return "\n".join([*lines, *([f"… and {left} more"] if left > 0 else [])])
