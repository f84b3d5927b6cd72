"""The real app and a real Chromium, in which nothing but this machine can be reached.

A test asks for `visit`, and for `page`, `record` or `address` where it needs them:

    def test_title(visit, page):
        visit("/dekking?org=NP", language="en")
        assert page.locator("h1").inner_text() == "Coverage map"

They share one app. `make test` hands each worker a run of neighbouring tests, so that most of them
come to one worker and find app and browser there. A failing test leaves a screenshot in
`var/browser/`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    WebSocket,
    expect,
    sync_playwright,
)

from tests.browser.stillness import LISTEN, rest
from tests.deploy.stack import end, free_ports
from tests.waiting import LIMIT

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A second lock on the door: what the route below does not see finds no other host either.
    f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {HOST}",
]
LAPTOP = (1280, 800)
PAGE_SECONDS = 120  # of a page or what a press brings, on cores that thirty programs share
ELSEWHERE = re.compile(rf"^(?:https?|wss?)://(?!{re.escape(HOST)}[:/])")

# Playwright's own is 5 s.
expect.set_options(timeout=PAGE_SECONDS * 1000)


@dataclass
class Record:
    """What the browser did in one test: every address it asked for, every word in its console."""

    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)  # also in `console`; and uncaught exceptions

    @property
    def foreign(self) -> list[str]:
        """Addresses of other hosts; none of them was reached."""
        return [url for url in self.requests if ELSEWHERE.match(url)]

    def listen(self, context: BrowserContext) -> None:
        """Note from now on all that happens in `context`, whatever page or frame it happens in."""
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", lambda message: self._hear(message))
        context.on("weberror", lambda fault: self.errors.append(f"uncaught: {fault.error}"))
        context.on("page", lambda page: page.on("websocket", self._note_socket))

    def _hear(self, message: ConsoleMessage) -> None:
        line = f"{message.type}: {message.text} ({message.location.get('url')})"
        self.console.append(line)
        if message.type == "error":
            self.errors.append(line)

    def _note_socket(self, socket: WebSocket) -> None:
        self.requests.append(socket.url)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In CI a test that fails in a browser is tried once more; pytest names it at the end.

    On a machine that others slow down a test may now and then see a page between two states. Such a
    test is to be mended, and so perhaps is the page; locally it fails at once.
    """
    if os.environ.get("CI") != "true":
        return
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Tell the fixtures whether the test failed, so that `page` can take its picture."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


@contextmanager
def served(
    folder: Path, port: int | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[str]:
    """An app with a database of its own in `folder`; its address without a slash at the end.

    `settings` are variables of its environment; no others of the product are passed on.
    """
    port = port or free_ports(1)[0]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LIAISONATLAS_")}
    environment |= {"LIAISONATLAS_VAR": str(folder / "var"), **(settings or {})}
    log = folder / "log.txt"
    command = [sys.executable, "-m", "dashboard", "run", "--port", str(port)]
    with log.open("wb") as output:
        app = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _wait_until_ready(app, f"http://{HOST}:{port}", log)
        yield f"http://{HOST}:{port}"
    finally:
        end(app)


@pytest.fixture(scope="session")
def serve() -> Callable[..., AbstractContextManager[str]]:
    """The function `served`, for a test that starts and stops an app itself."""
    return served


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the app listens that the tests share: they only look at it."""
    with served(tmp_path_factory.mktemp("app")) as where:
        yield where


@pytest.fixture(scope="module")
def own_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where an app listens that the tests of one module may import into."""
    with served(tmp_path_factory.mktemp("own")) as where:
        yield where


@pytest.fixture(scope="module")
def imported_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same, with tests/annexes/clear.txt imported by another process while the app runs."""
    folder = tmp_path_factory.mktemp("imported")
    with served(folder) as where:
        with urllib.request.urlopen(where, timeout=30):
            pass
        environment = os.environ | {"LIAISONATLAS_VAR": str(folder / "var")}
        environment.pop("LIAISONATLAS_DATABASE_URL", None)
        annex = ROOT / "tests" / "annexes" / "clear.txt"
        command = [sys.executable, "-m", "dashboard", "import", str(annex)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        yield where


def _wait_until_ready(app: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        if app.poll() is not None:
            pytest.fail(f"the app stopped with code {app.returncode}:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the app did not answer within {LIMIT} s:\n{log.read_text()}")


# Per module, not per session: while Playwright runs, its event loop is the thread's own, and a
# test elsewhere that starts one would be refused.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The Chromium or Chrome of this machine, else the one Playwright brought."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    chromium = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
    yield chromium
    chromium.close()


@pytest.fixture
def record() -> Record:
    """What the browser did in this test, filled by `page`."""
    return Record()


@pytest.fixture
def page(browser: Browser, record: Record, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty page of 1280 x 800 in a new profile; every request to another host is refused."""
    context = browser.new_context(
        locale="nl-NL",
        viewport={"width": LAPTOP[0], "height": LAPTOP[1]},
        service_workers="block",
    )
    context.set_default_timeout(PAGE_SECONDS * 1000)
    context.add_init_script(LISTEN)
    context.route(ELSEWHERE, lambda route: route.abort("blockedbyclient"))
    # Takes the server's place and says nothing, so that no connection is made.
    context.route_web_socket(ELSEWHERE, lambda socket: record.requests.append(socket.url))
    record.listen(context)
    page = context.new_page()
    yield page
    if request.node.stash.get(FAILED, False):
        name = re.sub(r"\W+", "-", request.node.name).strip("-")
        page.screenshot(path=ROOT / "var" / "browser" / f"{name}.png", full_page=True)
    context.close()


@pytest.fixture
def settle(page: Page) -> Callable[[], None]:
    """Waits until the page is at rest, see `rest`: call it after a click or a key."""
    return lambda: rest(page)


@pytest.fixture
def visit(
    address: str, page: Page, settle: Callable[[], None], record: Record
) -> Iterator[Callable[..., None]]:
    """Opens a path of the app, such as `/land?land=ECU`, and waits until it stands there.

    Whatever a test did there, nothing was asked of another host.

    `language` is "nl" or "en" (without it the address alone decides), `viewport` is (width,
    height) in pixels.
    """

    def open_(
        path: str, language: str | None = None, viewport: tuple[int, int] | None = None
    ) -> None:
        if viewport:
            page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
        if language:
            path += f"{'&' if urlsplit(path).query else '?'}taal={language}"
        page.goto(f"{address}{path}")
        settle()

    yield open_
    assert record.foreign == []
