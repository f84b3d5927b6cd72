"""What readers notice when a process stops, dies, or loses its database.

Three of the troubles; `make stack ARGS=--check` also tries those of `more_trouble`.
"""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import psycopg
from playwright.sync_api import Page, expect

from tests.browser.conftest import Record
from tests.browser.stillness import rest
from tests.deploy.conftest import holder
from tests.deploy.stack import App, Stack, get
from tests.waiting import until

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
    until(lambda: holder(site, page) is not old, "another process has the page")
    new = holder(site, page)
    until(lambda: new.metric("liaisonatlas_run_seconds_count") > 0, "it has drawn the page")
    rest(page)
    return new


def leave_out(page: Page, settle: Settle, name: str) -> None:
    """Take one organisation out of the choice."""
    page.get_by_test_id("stSidebar").get_by_text(re.compile(f"^{name} ")).first.click()
    settle()


def test_a_restart_and_a_death_leave_the_page_open(
    show: Show, site: Stack, page: Page, settle: Settle, record: Record
):
    old = show("/dekking?land=ECU")
    drawn(page)
    assert record.errors == [] and record.foreign == []
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
    words = [event["event"] for event in old.events() if event["event"] != "slow run"]
    assert words[-1] == "session opened" and {"start", "stop", "stopped"} <= set(words)


def test_the_database_goes_away_and_comes_back(show: Show, site: Stack, page: Page, settle: Settle):
    app = show("/dekking")
    number = app.process.pid
    site.postgres.halt()
    asked = time.monotonic()
    assert get(f"{app.address}/health/ready")[::2] == (503, b'{"status":"database"}')
    assert time.monotonic() - asked < 30  # the limits are three seconds; and without, for ever
    assert get(f"{app.address}/health/live")[0] == 200
    page.get_by_role("link", name="Netwerk").click()
    alert = page.get_by_test_id("stAlert").first
    expect(alert).to_contain_text("de database is niet bereikbaar")
    expect(alert).to_contain_text("Probeer het over een minuut opnieuw")
    text = page.locator("body").inner_text()
    assert "Traceback" not in text and str(site.postgres.folder) not in text
    assert app.metric('liaisonatlas_database_refusals_total{kind="unreached"}') > 0
    site.postgres.again()
    until(lambda: get(f"{app.address}/health/ready")[0] == 200, "it is ready again")
    page.get_by_role("link", name="Kaart", exact=True).click()
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
        until(lambda: waiting(site), "the import waits for the lock")
        app.end(signal.SIGKILL)
    until(lambda: stored(site) == before, "nothing is left of it")
    with writers_wait(site):
        confirm(page, second, settle)
        until(lambda: waiting(site), "the import waits for the lock")
        second.process.terminate()
        leaving = (503, b'{"status":"leaving"}')
        until(lambda: get(f"{second.address}/health/ready")[::2] == leaving, "it leaves")
        time.sleep(0.5)
        assert second.process.poll() is None, "it waits for the import"
    assert second.process.wait(40) == 0
    # By hand: clear.txt has 3 postings, of May 2026.
    assert stored(site) == ([("bijlage-2026-05", 3)], [("import", "bijlage-2026-05")])
    imports = [event for event in second.events() if event["event"] == "import"]
    assert [event["release"] for event in imports] == ["bijlage-2026-05"]
