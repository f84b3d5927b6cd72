"""What readers notice when every process is gone, and what a full disk leaves whole.

Run by `make stack ARGS=--check` only; `test_trouble` has what the suite tries.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from websockets.sync.client import connect

from dashboard.__main__ import main
from data.store.read import Store
from data.store.write import add
from geo.errors import DataError
from tests.browser.stillness import rest
from tests.data.conftest import _annex
from tests.deploy.stack import App, Postgres, Stack, free_ports, get, missing
from tests.deploy.test_trouble import Show, drawn
from tests.waiting import until

RELEASE = "bijlage-2025-11"


def test_when_all_are_gone_a_page_says_so_and_comes_back_by_itself(
    show: Show, site: Stack, page: Page, tmp_path: Path
):
    for app in site.apps:
        app.end()
    status, headers, body = get(f"{site.address}/dekking")
    assert status == 502 and headers["retry-after"] == "5"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert b"De atlas is even niet bereikbaar" in body and b"briefly unavailable" in body
    page.goto(f"{site.address}/dekking?land=ECU")
    expect(page.locator("h1")).to_contain_text("even niet bereikbaar")
    site.apps[0].start()
    rest(page)
    assert "land=ECU" in page.url
    drawn(page)


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A file system of its own; skips where this account may not make one."""
    folder = Path(tempfile.mkdtemp(prefix="liaisonatlas-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0777", "none", str(folder)]
    try:
        if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
            pytest.skip("only the administrator can make a small disk")
        try:
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
    finally:
        folder.rmdir()


def fill(disk: Path) -> Path:
    """Leave no room at all; the file that takes it."""
    path = disk / "full"
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(65536))
        except OSError:
            return path


def survives(disk: Path, url: str) -> Path:
    """A store on a full disk is read, and refuses a change in one sentence; what fills the disk."""
    assert len(Store(url).network(RELEASE).postings) == 71  # from now on it is in the store
    full = fill(disk)
    assert len(Store(url).network(RELEASE).postings) == 71
    with pytest.raises(DataError, match="database_refuses") as caught:
        add(Store(url), _annex(), "analyst", 0)
    assert "\n" not in str(caught.value)
    assert Store(url).revision() == 0
    return full


def test_a_full_disk_under_files_and_under_the_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    with small_disk(12) as disk:
        url = f"sqlite:///{disk}/atlas.db"
        monkeypatch.setenv("LIAISONATLAS_DATABASE_URL", f"sqlite:///{tmp_path}/atlas.db")
        full = survives(disk, url)
        file = str(disk / "network.xlsx")
        assert main(["export", "workbook", "--topic", "network", "-o", file]) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1 and "network.xlsx" in said, said
        assert sorted(path.name for path in disk.iterdir()) == ["atlas.db", "full"]
        full.unlink()
        app = App(disk, free_ports(1)[0], url)
        try:
            app.wait()
            fill(disk)
            with connect(f"ws{app.address[4:]}/_stcore/stream", subprotocols=["streamlit"]):
                until(lambda: app.metric("liaisonatlas_sessions") == 1, "a page is open")
            assert get(f"{app.address}/dekking")[0] == 200
            assert get(f"{app.address}/health/ready")[0] == 200
        finally:
            assert app.end() == 0
        (disk / "full").unlink()
        assert add(Store(url), _annex(), "analyst", 0) == "bijlage-2026-02"


@pytest.mark.skipif(bool(missing()), reason=missing())
def test_a_full_disk_under_postgresql(monkeypatch: pytest.MonkeyPatch):
    with small_disk(110) as disk:
        monkeypatch.setattr(tempfile, "tempdir", str(disk))
        server = Postgres()
        try:
            url = server.url(server.make())
            survives(disk, url).unlink()
            assert add(Store(url), _annex(), "analyst", 0) == "bijlage-2026-02"
        finally:
            server.stop()
