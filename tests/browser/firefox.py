"""A Firefox without window, driven over WebDriver BiDi, which it speaks without a driver beside it.

Only what the tests of this folder need; all of it works in the page, or in the frame of the map
where `frame=True`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from tests import waiting
from tests.browser.stillness import AT_REST, FRAMES, LISTEN
from tests.deploy.stack import end

HOST = "127.0.0.1"
NAMES = ("firefox-esr", "firefox")
SECONDS = 120
# No other host is asked: everything but this machine goes to a proxy that is not there.
PREFERENCES: dict[str, object] = {
    "network.proxy.type": 1,
    "network.proxy.http": HOST,
    "network.proxy.http_port": 9,
    "network.proxy.ssl": HOST,
    "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": HOST,
    "browser.shell.checkDefaultBrowser": False,
    "browser.download.folderList": 2,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.disabledForTesting": True,
    "intl.accept_languages": "nl-NL",
}
# Asked once for so many frames of the browser.
SETTLED = f"""async (turn) => {{
  for (let frame = 0; frame <= {FRAMES}; frame += 1) {{
    await new Promise(requestAnimationFrame);
    if (({AT_REST})([turn, {FRAMES}])) return true;
  }}
  return false;
}}"""

# Whether an element is where it was a moment ago, and nothing lies over its middle: a panel that
# is still being filled moves what it holds, and what it has drawn so far shows only that.
STILL = """async (selector) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const place = () => document.querySelector(selector)?.getBoundingClientRect();
  const before = place();
  await new Promise((then) => setTimeout(then, 150));
  const now = place();
  if (!before || !now || (app && app.dataset.testScriptState !== 'notRunning')) return false;
  const middle = [now.left + now.width / 2, now.top + now.height / 2];
  const hit = document.elementFromPoint(...middle)?.closest(selector);
  return ['x', 'y', 'width', 'height'].every((side) => before[side] === now[side])
    && hit === document.querySelector(selector);
}"""


def program() -> str | None:
    """Where Firefox is, None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Firefox:
    """One page of a Firefox; raises AssertionError with its words where a command fails."""

    def __init__(self, socket: ClientConnection, downloads: Path) -> None:
        self.downloads = downloads
        self._socket = socket
        self._last = self._turn = 0
        self.command("session.new", capabilities={})
        self._page = self.command("browsingContext.getTree")["contexts"][0]["context"]
        self.command("script.addPreloadScript", functionDeclaration=f"() => {LISTEN}")
        size = {"width": 1280, "height": 800}
        self.command("browsingContext.setViewport", context=self._page, viewport=size)

    def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask, and wait for the answer to this question."""
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(SECONDS))
            if answer.get("id") == self._last:
                assert answer["type"] == "success", f"{method}: {answer}"
                result: dict[str, Any] = answer["result"]
                return result

    def visit(self, url: str) -> None:
        """Open an address and wait until Streamlit has drawn it."""
        self.command("browsingContext.navigate", context=self._page, url=url, wait="complete")
        self.settle()

    def settle(self) -> None:
        """Wait until the page is at rest, see `tests.browser.stillness`."""
        self._turn += 1
        self.until(SETTLED, str(self._turn))

    def evaluate(self, function: str, *arguments: str, frame: bool = False) -> Any:
        """What a function of JavaScript returns: text, number, truth, None."""
        result = self._call(function, arguments, frame)
        return result.get("value")

    def until(self, function: str, *arguments: str, frame: bool = False) -> Any:
        """What the function returns, once that is true."""

        def look() -> Any:
            return self.evaluate(function, *arguments, frame=frame)

        return waiting.until(look, f"{function} {arguments}", SECONDS)

    def click(self, selector: str, frame: bool = False) -> None:
        """Press the middle of the first element of a selector, once it has stopped moving."""
        self._element(selector, frame)
        self.until(STILL, selector, frame=frame)
        origin = {"type": "element", "element": self._element(selector, frame)}
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": origin}
        press = [{"type": f"pointer{way}", "button": 0} for way in ("Down", "Up")]
        pointer = {"type": "pointer", "id": "mouse", "actions": [move, *press]}
        self._perform(pointer, frame)

    def keys(self, keys: str, frame: bool = False) -> None:
        """Type letters or keys (as WebDriver codes them) where the focus is."""
        strokes = [{"type": f"key{way}", "value": key} for key in keys for way in ("Down", "Up")]
        self._perform({"type": "key", "id": "keyboard", "actions": strokes}, frame)

    def give(self, selector: str, path: Path) -> None:
        """Hand a file to a field for files."""
        context = self._context(frame=False)
        element = self._element(selector, frame=False)
        self.command("input.setFiles", context=context, element=element, files=[str(path)])

    def _perform(self, source: dict[str, Any], frame: bool) -> None:
        self.command("input.performActions", context=self._context(frame), actions=[source])

    def _element(self, selector: str, frame: bool) -> dict[str, str]:
        find = "(selector) => document.querySelector(selector)"
        self.until(f"(selector) => ({find})(selector) !== null", selector, frame=frame)
        show = "(selector) => { const one = document.querySelector(selector);"
        show += " one.scrollIntoView({ block: 'center' }); return one; }"
        return {"sharedId": self._call(show, (selector,), frame)["sharedId"]}

    def _call(self, function: str, arguments: tuple[str, ...], frame: bool) -> dict[str, Any]:
        values = [{"type": "string", "value": each} for each in arguments]
        answer = self.command(
            "script.callFunction",
            functionDeclaration=function,
            arguments=values,
            awaitPromise=True,
            target={"context": self._context(frame)},
        )
        assert answer["type"] == "success", answer
        result: dict[str, Any] = answer["result"]
        return result

    def _context(self, frame: bool) -> str:
        """The page, or the frame of its map."""
        if not frame:
            return str(self._page)

        def maps() -> list[str]:
            [tree] = self.command("browsingContext.getTree", root=self._page)["contexts"]
            return [str(each["context"]) for each in tree["children"] if "folium" in each["url"]]

        return waiting.until(maps, "a map", SECONDS)[0]


@contextmanager
def running(found: str, folder: Path, free_port: Callable[[], int]) -> Iterator[Firefox]:
    """A Firefox with a new profile in `folder`, and its page."""
    profile, downloads = folder / "profile", folder / "downloads"
    profile.mkdir()
    downloads.mkdir()
    preferences = PREFERENCES | {"browser.download.dir": str(downloads)}
    lines = (f"user_pref({json.dumps(key)}, {json.dumps(v)});" for key, v in preferences.items())
    (profile / "user.js").write_text("\n".join(lines))
    port = free_port()
    command = [found, "--headless", "--no-remote", "--profile", str(profile)]
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--remote-debugging-port", str(port)], stdout=log, stderr=log
        )
    try:
        with _connected(port) as socket:
            yield Firefox(socket, downloads)
    finally:
        end(process)


def _connected(port: int) -> ClientConnection:
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            return connect(f"ws://{HOST}:{port}/session", max_size=None, proxy=None)
        except (OSError, WebSocketException):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
