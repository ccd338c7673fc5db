"""A question is edited in a real terminal: the editor has the terminal, the app comes back, the history stays."""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kdquiz.memory.model import Rating, ReviewLog
from kdquiz.store.store import Store
from tests.cli.terminal import Terminal

KDQUIZ = str(Path(sys.executable).with_name("kdquiz"))
PACK = """\
format: 1
topic: mountains
title: Mountains
questions:
  - id: highest-mountain
    kind: flashcard
    ask: Which muontain is the highest?
    answer: Everest.
    source: An atlas.
"""
EDITOR = """\
#!/bin/sh
printf 'EDITING %s' "$(basename "$1")"
read -r answer
sed "$answer" "$1" > "$1.new" && mv "$1.new" "$1"
"""


def edited(terminal: Terminal, command: str, then: str) -> str:
    """Open the editor, let it do something, and wait until the app has the terminal again; returns the screen."""
    terminal.press("e")
    terminal.wait("EDITING topic.yaml")
    terminal.press(f"{command}\r")
    return terminal.wait(lambda text: then in text and "EDITING" not in text)


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_a_typo_is_mended_and_what_was_learnt_is_kept(tmp_path: Path) -> None:
    home, topic, editor = tmp_path / "home", tmp_path / "content" / "atlas" / "topic.yaml", tmp_path / "my editor"
    topic.parent.mkdir(parents=True)
    topic.write_text(PACK)
    editor.write_text(EDITOR)
    editor.chmod(0o755)
    at = datetime.now(UTC) - timedelta(days=1)
    log = ReviewLog(card_id="highest-mountain", rating=Rating.EASY, reviewed_at=at, seconds=5.0)
    with Store(home / "kdquiz.sqlite") as store:
        store.record(log)
    environment = {
        "KDQUIZ_HOME": str(home),
        "KDQUIZ_CONTENT": str(tmp_path / "content"),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "VISUAL": "",
        "EDITOR": f"'{editor}'",
    }
    with Terminal([KDQUIZ], environment) as terminal:
        terminal.wait("Today's session")
        terminal.press("/")
        terminal.wait("t Topic all")
        terminal.press("highest-mountain\r")
        terminal.wait("▸ Which muontain")
        screen = edited(terminal, "s/muontain/mountain/", "▸ Which mountain is")
        assert next(line for line in screen.splitlines() if "▸" in line).endswith(" 7 d")
        assert screen.count("Which mountain is the highest?") == 2  # in the list and below it
        screen = edited(terminal, "s/answer:/anwser:/", "! The pack is broken")
        assert "topic.yaml:8:5" in screen.replace("\n", "").replace(" ", "").replace("█", "")
        edited(terminal, "s/anwser:/answer:/", "e Edit")
        terminal.press("q")
        terminal.wait("Today's session")
        terminal.press("q")
        assert terminal.ended() == 0
    with Store(home / "kdquiz.sqlite") as store:
        assert store.reviews() == [log]
