"""What readers notice when a process stops, dies, or loses its database or its disk."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest
from playwright.sync_api import Page, expect
from websockets.sync.client import connect

from dashboard.__main__ import main
from data.store.read import Store
from data.store.write import add
from geo.errors import DataError
from tests.browser.conftest import SETTLED, Record
from tests.data.conftest import _annex
from tests.deploy.conftest import holder
from tests.deploy.stack import App, Postgres, Stack, free_ports, get, missing, until

CLEAR = Path(__file__).parents[1] / "annexes" / "clear.txt"
RELEASE = "bijlage-2025-11"
WRITERS = 0x4C696169  # the lock that writers take, see data/store/database.py
Show = Callable[[str], App]
Settle = Callable[[], None]


def drawn(page: Page) -> None:
    """The map has its countries."""
    shapes = page.frame_locator("iframe[title*=Kaart]").locator("path.unit")
    expect(shapes.first).to_be_attached()
    assert shapes.count() > 150


def moved(site: Stack, page: Page, old: App) -> App:
    """Wait until another process holds the page and has drawn it."""
    until(lambda: holder(site, page) is not old, "another process has the page", 20)
    new = holder(site, page)
    until(lambda: new.metric("liaisonatlas_run_seconds_count") > 0, "it has drawn the page", 20)
    page.wait_for_function(SETTLED)
    return new


def leave_out(page: Page, settle: Settle, name: str) -> None:
    """Take one organisation out of the choice."""
    page.get_by_test_id("stSidebar").get_by_text(re.compile(f"^{name} ")).first.click()
    settle()


def test_a_page_through_nginx(show: Show, page: Page, record: Record):
    show("/dekking?org=NP")
    drawn(page)
    assert record.errors == [] and record.foreign == []


def test_a_restart_and_a_death_leave_the_page_open(
    show: Show, site: Stack, page: Page, settle: Settle
):
    old = show("/dekking?land=ECU")
    headline, number = page.locator("h1").inner_text(), old.process.pid
    assert old.end() == 0
    new = moved(site, page, old)
    assert page.locator("h1").inner_text() == headline and "land=ECU" in page.url
    old.start()
    assert old.process.pid != number
    began = old.metric("process_start_time_seconds")
    leave_out(page, settle, "KMar")  # the first click counts, though the session is new
    assert "org=NP,GPI,not-stated" in unquote(page.url)
    assert holder(site, page) is new, "the page stays where it went"
    new.end(signal.SIGKILL)
    assert moved(site, page, new) is old
    leave_out(page, settle, "GPI")
    assert "org=NP,not-stated" in unquote(page.url)
    drawn(page)
    assert old.metric("process_start_time_seconds") == began, "the other one did not notice"
    words = [event["event"] for event in old.events()]
    assert words[-1] == "session opened" and {"start", "stop", "stopped"} <= set(words)


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
    page.wait_for_function(SETTLED)
    assert "land=ECU" in page.url
    drawn(page)


def test_the_database_goes_away_and_comes_back(
    show: Show, site: Stack, page: Page, settle: Settle, record: Record
):
    app = show("/dekking")
    number = app.process.pid
    site.postgres.halt()
    asked = time.monotonic()
    assert get(f"{app.address}/health/ready")[::2] == (503, b'{"status":"database"}')
    assert time.monotonic() - asked < 3
    assert get(f"{app.address}/health/live")[0] == 200
    asked = time.monotonic()
    page.get_by_role("link", name="Netwerk").click()
    alert = page.get_by_test_id("stAlert").first
    expect(alert).to_contain_text("de database is niet bereikbaar")
    assert time.monotonic() - asked < 6
    expect(alert).to_contain_text("Probeer het over een minuut opnieuw")
    text = page.locator("body").inner_text()
    assert "Traceback" not in text and str(site.postgres.folder) not in text
    assert app.metric('liaisonatlas_database_refusals_total{kind="unreached"}') > 0
    site.postgres.again()
    until(lambda: get(f"{app.address}/health/ready")[0] == 200, "it is ready again", 10)
    page.get_by_role("link", name="Dekkingskaart").click()
    settle()
    drawn(page)
    assert app.process.pid == number and holder(site, page) is app


@contextmanager
def writers_wait(site: Stack) -> Iterator[None]:
    """Hold the lock that every change of the store has to wait for."""
    name = site.url.partition("@/")[2].partition("?")[0]
    with psycopg.connect(
        host=str(site.postgres.folder), user="postgres", dbname=name, autocommit=True
    ) as held:
        held.execute("SELECT pg_advisory_lock(%s)", [WRITERS])
        yield


def stored(site: Stack) -> tuple[list[tuple], list[tuple]]:
    """(imported releases with their postings, entries of the audit list)."""
    name = site.url.partition("@/")[2].partition("?")[0]
    releases = (
        "SELECT release, (SELECT count(*) FROM postings p WHERE p.release = r.release)"
        " FROM releases r WHERE origin = 'imported'"
    )
    audit = "SELECT action, release FROM audit ORDER BY number"
    return site.postgres.tell(releases, database=name), site.postgres.tell(audit, database=name)


def waiting(site: Stack) -> bool:
    """Whether a writer stands before the lock."""
    name = site.url.partition("@/")[2].partition("?")[0]
    counted = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    return site.postgres.tell(counted, database=name) == [(1,)]


def confirm(page: Page, app: App, settle: Settle) -> None:
    """Bring a document up to the last click; at the machine itself, where no sign-in is needed."""
    page.goto(f"{app.address}/gegevens")
    settle()
    page.locator("input[type=file]").set_input_files(CLEAR)
    expect(page.locator("h1")).to_contain_text("posten")
    settle()
    page.get_by_role("button", name="Opnemen in de atlas").click()


def test_an_import_is_stored_whole_or_not_at_all(site: Stack, page: Page, settle: Settle):
    before = stored(site)
    app, second = site.apps
    with writers_wait(site):
        confirm(page, app, settle)
        until(lambda: waiting(site), "the import waits for the lock", 10)
        app.end(signal.SIGKILL)
    until(lambda: stored(site) == before, "nothing is left of it", 10)
    with writers_wait(site):
        confirm(page, second, settle)
        until(lambda: waiting(site), "the import waits for the lock", 10)
        second.process.terminate()
        leaving = (503, b'{"status":"leaving"}')
        until(lambda: get(f"{second.address}/health/ready")[::2] == leaving, "it leaves", 5)
        time.sleep(0.5)
        assert second.process.poll() is None, "it waits for the import"
    assert second.process.wait(40) == 0
    # By hand: clear.txt has 3 postings, of May 2026.
    assert stored(site) == ([("bijlage-2026-05", 3)], [("import", "bijlage-2026-05")])
    imports = [event for event in second.events() if event["event"] == "import"]
    assert [event["release"] for event in imports] == ["bijlage-2026-05"]


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
    with pytest.raises(DataError, match="its disk has room") as caught:
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
                until(lambda: app.metric("liaisonatlas_sessions") == 1, "a page is open", 10)
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
