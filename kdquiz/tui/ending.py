"""Being asked to end from outside: a polite kill (SIGTERM) leaves the app as quitting does.

Without this the process is gone at once, and its terminal stays without an echo and in the colours of the app.
"""

import asyncio
import signal
import sys
from functools import partial
from typing import Any

from textual.app import App

KILLED = 128 + signal.SIGTERM
"""What the app then returns; the command line makes an exit code of it."""


def end_when_asked(app: App[Any]) -> None:
    """End `app` at SIGTERM. Nothing is asked: answers are on disk, and a drill's code was kept at the last pause."""
    if sys.platform != "win32" and not app.is_headless:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, partial(app.exit, return_code=KILLED))
