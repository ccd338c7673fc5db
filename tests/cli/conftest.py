"""A home of its own for every test, and the command line called in this process."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kdquiz.cli import run


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Kdquiz = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, and no packs but the shipped ones."""
    monkeypatch.setenv("KDQUIZ_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("KDQUIZ_CONTENT", raising=False)
    return tmp_path / "home"


@pytest.fixture
def kdquiz(home: Path, capsys: pytest.CaptureFixture[str]) -> Kdquiz:
    """`kdquiz("list", "--json")` runs the command line and returns what came of it."""

    def call(*arguments: str) -> Ran:
        code = run(list(arguments))
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return call
