"""Settings come from the environment, and a wrong one is one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.settings import PARLIAMENT, ROOT, Settings
from geo.errors import DataError

NAMES = tuple(
    f"LIAISONATLAS_{name}"
    for name in (
        "VAR",
        "DATABASE_URL",
        "PORT",
        "EDITOR",
        "MAX_MB",
        "HOUSE_STYLE",
        "WATCH",
        "WATCH_ADDRESS",
    )
)


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_defaults_keep_everything_under_var() -> None:
    settings = Settings.from_environment()
    assert settings.var == ROOT / "var"
    assert settings.database_url == f"sqlite:///{ROOT / 'var' / 'liaisonatlas.db'}"
    assert (settings.port, settings.editor, settings.megabytes) == (8501, "local", 20)


def test_a_relative_folder_counts_from_the_root(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LIAISONATLAS_VAR", "elsewhere")
    monkeypatch.chdir(tmp_path)
    assert Settings.from_environment().var == ROOT / "elsewhere"


def test_an_absolute_folder_and_a_url_are_taken_as_they_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LIAISONATLAS_VAR", str(tmp_path))
    monkeypatch.setenv("LIAISONATLAS_DATABASE_URL", "sqlite:///:memory:")
    settings = Settings.from_environment()
    assert (settings.var, settings.database_url) == (tmp_path, "sqlite:///:memory:")


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80.5", ""])
def test_a_wrong_port_is_a_sentence(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("LIAISONATLAS_PORT", port)
    with pytest.raises(DataError, match="no_port"):
        Settings.from_environment()


@pytest.mark.parametrize("size", ["0", "201", "-5", "20 MB", ""])
def test_a_wrong_size_is_a_sentence(monkeypatch: pytest.MonkeyPatch, size: str) -> None:
    monkeypatch.setenv("LIAISONATLAS_MAX_MB", size)
    with pytest.raises(DataError, match="LIAISONATLAS_MAX_MB"):
        Settings.from_environment()


def test_a_house_style_is_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert Settings.from_environment().house_style is None
    monkeypatch.setenv("LIAISONATLAS_HOUSE_STYLE", str(tmp_path))
    assert Settings.from_environment().house_style == tmp_path
    monkeypatch.setenv("LIAISONATLAS_HOUSE_STYLE", str(tmp_path / "nowhere"))
    with pytest.raises(DataError, match="LIAISONATLAS_HOUSE_STYLE: no_style_folder"):
        Settings.from_environment()


def test_parliament_is_not_asked_unless_it_is_switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISONATLAS_WATCH_ADDRESS", "https://parliament.example/OData/v4/2.0/")
    assert Settings.from_environment().open_data == ""
    monkeypatch.setenv("LIAISONATLAS_WATCH", "off")
    assert Settings.from_environment().open_data == ""
    monkeypatch.setenv("LIAISONATLAS_WATCH", "on")
    assert Settings.from_environment().open_data == "https://parliament.example/OData/v4/2.0"
    monkeypatch.delenv("LIAISONATLAS_WATCH_ADDRESS")
    assert Settings.from_environment().open_data == PARLIAMENT


@pytest.mark.parametrize("switch", ["", "yes", "1", "ON", "https://parliament.example"])
def test_a_wrong_switch_is_a_sentence(monkeypatch: pytest.MonkeyPatch, switch: str) -> None:
    monkeypatch.setenv("LIAISONATLAS_WATCH", switch)
    with pytest.raises(DataError, match="LIAISONATLAS_WATCH: no_switch"):
        Settings.from_environment()


@pytest.mark.parametrize(
    "here", ["http://127.0.0.1:8080/x", "http://localhost/x", "http://[::1]:9/x"]
)
def test_this_machine_needs_no_https(monkeypatch: pytest.MonkeyPatch, here: str) -> None:
    monkeypatch.setenv("LIAISONATLAS_WATCH", "on")
    monkeypatch.setenv("LIAISONATLAS_WATCH_ADDRESS", here)
    assert Settings.from_environment().open_data == here


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://parliament.example/x",
        "http://127.0.0.1.parliament.example/x",
        "http://10.0.0.7/x",
        "https://user:secret@parliament.example/x",
        "http://127.0.0.1@parliament.example/x",
        "https://parliament.example/x?$format=json",
        "https://parliament.example/x#y",
        "https://parliament.example/../x",
        "https://parliament.example:port/x",
        "https://parliament.example:99999/x",
        "https://[",
        "https:///x",
        "ftp://parliament.example/x",
        "file:///x",
        "parliament.example",
        "https://parliament.example/a b",
    ],
)
def test_an_address_that_may_not_be_asked(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("LIAISONATLAS_WATCH_ADDRESS", address)
    with pytest.raises(DataError, match="LIAISONATLAS_WATCH_ADDRESS: no_watch_address") as caught:
        Settings.from_environment()
    assert "secret" not in str(caught.value)
