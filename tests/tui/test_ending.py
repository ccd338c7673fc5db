"""A polite kill gives the terminal back: on a real one, since that is what is at stake."""

import os
import signal
import sys
from pathlib import Path

import pexpect
import pytest

LEAVES_THE_ALTERNATE_SCREEN = b"\x1b[?1049l"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_polite_kill_gives_the_terminal_back(tmp_path: Path) -> None:
    environment = {**os.environ, "KDQUIZ_HOME": str(tmp_path), "KDQUIZ_CONTENT": "", "TERM": "xterm-256color"}
    app = pexpect.spawn(sys.executable, ["-m", "kdquiz"], env=environment, dimensions=(24, 80), timeout=30)
    try:
        app.expect("Today's session")
        app.kill(signal.SIGTERM)
        app.expect(pexpect.EOF)
        assert LEAVES_THE_ALTERNATE_SCREEN in app.before
        assert app.wait() == 3
    finally:
        app.close(force=True)
