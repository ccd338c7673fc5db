"""Where the data folder is."""

from pathlib import Path

import platformdirs
import pytest

from kdquiz.errors import StoreError
from kdquiz.store.folder import data_folder


def test_the_variable_moves_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KDQUIZ_HOME", str(tmp_path / "mine"))
    assert data_folder() == tmp_path / "mine"
    assert not (tmp_path / "mine").exists()


def test_a_relative_folder_and_a_home_are_resolved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KDQUIZ_HOME", "here")
    assert data_folder() == tmp_path / "here"
    monkeypatch.setenv("KDQUIZ_HOME", "~/there")
    assert data_folder() == tmp_path / "home" / "there"


@pytest.mark.parametrize("value", [None, ""])
def test_without_it_the_platform_decides(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    if value is None:
        monkeypatch.delenv("KDQUIZ_HOME", raising=False)
    else:
        monkeypatch.setenv("KDQUIZ_HOME", value)
    assert data_folder() == platformdirs.user_data_path("kdquiz", appauthor=False)
    assert data_folder().is_absolute()


def test_the_home_of_somebody_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KDQUIZ_HOME", "~nobody-of-this-name/x")
    with pytest.raises(StoreError, match="names a home that is not known here: ~nobody-of-this-name/x"):
        data_folder()
