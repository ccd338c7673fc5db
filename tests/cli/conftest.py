"""A home of its own for every test, and the command line called in this process."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kdquiz.cli import run, services
from kdquiz.library.folders import content_folders
from kdquiz.library.load import load_library


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


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the compiled library of the shipped packs."""
    folder = tmp_path_factory.mktemp("compiled")
    load_library(content_folders({}), folder)
    return folder


@pytest.fixture(autouse=True)
def parsed_once(compiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped packs are not parsed in every home anew, which takes half a second each time."""
    kept_in = services._kept_in

    def ready() -> Path | None:
        home = kept_in()
        if home is not None:
            for file in compiled.iterdir():
                if not (home / file.name).exists():
                    shutil.copy2(file, home)
        return home or compiled

    monkeypatch.setattr(services, "_kept_in", ready)


@pytest.fixture
def kdquiz(home: Path, capsys: pytest.CaptureFixture[str]) -> Kdquiz:
    """`kdquiz("list", "--json")` runs the command line and returns what came of it."""

    def call(*arguments: str) -> Ran:
        code = run(list(arguments))
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return call
