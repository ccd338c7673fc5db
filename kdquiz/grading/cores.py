"""How much of the machine is ours. Imports nothing of kdquiz."""

import os


def usable_cores() -> int:
    """How many cores this process may use, at least 1; the machine may have more."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
