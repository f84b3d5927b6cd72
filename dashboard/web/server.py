"""The ASGI application: Streamlit's own, in a shell that corrects what Streamlit cannot know.

Works under `uvicorn dashboard.web.server:app`, `streamlit run dashboard/web/server.py` and
`python -m dashboard run`, which calls `serve`.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import signal
import socket
import threading
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

import uvicorn
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import get_option
from streamlit.starlette import App
from streamlit.web import bootstrap

from dashboard.figures import map_elements
from dashboard.figures.map_elements import version
from dashboard.i18n import LANGUAGES, texts_of
from dashboard.settings import Settings
from dashboard.web import assets, early, logs, map_data
from dashboard.web.api.routes import mounts
from dashboard.web.auth import SECONDS, may_be_reader, secrets
from dashboard.web.base_path import prefix
from dashboard.web.budgets import LARGEST
from dashboard.web.health import Probe, endpoints
from dashboard.web.lifecycle import STATE, Lifecycle, drain, lifespan
from dashboard.web.request_guard import RequestGuard
from dashboard.web.static_files import FRAME, YEAR, StaticFiles
from data import scratch
from geo.reading.persons import may_be_somebody

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "dashboard" / "app.py"
NAME = "Liaisonatlas"
FONT = "app/static/fonts/fira-sans-latin-400-normal.woff2"
# What stands in the start page itself, because it may wait for no other file.
_START = ROOT / "dashboard" / "static" / "start"
SEARCH_KEY = (_START / "slash.js").read_text(encoding="utf-8")
COMING_STYLE = (_START / "coming.css").read_text(encoding="utf-8")
COMING_SCRIPT = (_START / "coming.js").read_text(encoding="utf-8")
DAY = "public, max-age=86400"
MEGABYTE = 1024 * 1024

# 'unsafe-eval' and 'unsafe-inline' because streamlit-folium evaluates the map's script; blob: for
# Streamlit's downloads. No other host stands here, so the browser itself refuses one.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)


def language(query: str) -> str:
    """The page's language from the query of its address: `taal=en` is English, else Dutch.

    >>> language("land=ECU&taal=en"), language("taal=fr")
    ('en', 'nl')
    """
    return "en" if parse_qs(query).get("taal") == ["en"] else "nl"


def lasting(query: str) -> str:
    """How long a static file may be kept; not at all under a version that is still to come."""
    asked_version = parse_qs(query, keep_blank_values=True).get("v")
    if asked_version is None:
        return DAY
    return YEAR if asked_version == [version()] else "no-store"


def root(path: str, base: str = "") -> str:
    """The way from the page at `path` back to the application's root, as a relative address.

    Relative, because a proxy may put any prefix in front. `base` is Streamlit's baseUrlPath.

    >>> root("/"), root("/dekking"), root("/atlas/dekking", "atlas"), root("/atlas", "atlas")
    ('./', './', './', './atlas/')
    """
    before = prefix(base)
    rest = path.removeprefix(before)
    if not rest:
        return f"./{before.rsplit('/', 1)[-1]}/"
    return "../" * (rest.count("/") - 1) or "./"


def shell(html: str, lang: str, home: str, path: str = "/", more: str = "") -> str:
    """Streamlit's start page with language, title, and our letters, style sheet and scripts.

    What comes after the start is named at its end, see `early`; `more` HTML of the head before it.

    Told where the application's root is (`home`, see `root`), the front end does not try the
    page's own address first, which would put two 404s into the console of every page but one.
    """
    html = re.sub(r'<html lang="[^"]*"', f'<html lang="{lang}"', html, count=1)
    html = html.replace("<title>Streamlit</title>", f"<title>{NAME}</title>")
    html = re.sub(r'<link\s+rel="preload"[^>]*SourceSans[^>]*>', "", html)
    where = f"{{BACKEND_BASE_URL:new URL({home!r},location.href).href}}"
    extra = (
        f"<script>window.__streamlit={where}</script><script>{SEARCH_KEY}</script>"
        f'<link rel="preload" href="{home}{FONT}" as="font" type="font/woff2" crossorigin>'
        # In front of Streamlit's own: what it mounts calls ours.
        f'<script defer src="{home}{assets.address(assets.SCRIPT)}"></script>{more}'
    )
    html = html.replace("<head>", f"<head>{extra}", 1)
    html = html.replace("</head>", f"{early.hints(path, home)}</head>", 1)
    # Behind the head, in which Streamlit puts its own rules: of two that weigh the same ours count.
    style = f'<link rel="stylesheet" href="{home}{assets.address(assets.STYLE)}">'
    coming = (
        f'<style id="coming" media="screen">{COMING_STYLE}</style><script>{COMING_SCRIPT}</script>'
    )
    return html.replace("<body>", f"<body>{style}{coming}{not_whole()}", 1)


@cache
def not_whole() -> str:
    """What paper says of a page, or a part of one, that had not come yet (static/print.css).

    In each language and in the start page itself: whoever prints at once has nothing else.
    """
    sentences = {each: escape(texts_of(each)("paper.unfinished")) for each in LANGUAGES}
    words = "".join(f'<span lang="{each}">{words}</span>' for each, words in sentences.items())
    parts = "".join(f":root[lang={each}] {{{_missing(each)}}}" for each in LANGUAGES)
    return f'<style>{parts}</style><p class="not-whole" hidden>{words}</p>'


def _missing(lang: str) -> str:
    """What stands on paper for a chart, a map or another part, as values of the style sheet."""
    t = texts_of(lang)
    words = {part: t(f"paper.missing_{part}") for part in ("chart", "map", "part")}
    return "".join(
        f"--missing-{part}:{json.dumps(texts, ensure_ascii=False)};"
        for part, texts in words.items()
    )


def frame(html: str) -> str:
    """The document of the map's frame, which names the scripts of the map and what they draw.

    Named by streamlit-folium they would come one after the other, once the page has told the frame
    what to show. In front of its own script, which draws with them.
    """
    drawn = [
        f'<link rel="preload" as="fetch" crossorigin href="{address}">'
        for address in map_elements.links(map_elements.DRAWN)
    ]
    scripts = [
        f'<script defer src="{address}"></script>'
        for address in map_elements.links(map_elements.LOADED)
    ]
    # In the body, because streamlit-folium writes the head anew and all in it would come again.
    html = html.replace("<body>", "<body>" + "".join(drawn), 1)
    return html.replace("<head>", "<head>" + "".join(scripts), 1)


def short_lived(cookie: bytes) -> bytes:
    """A line `Set-Cookie`; who signs in is not remembered longer than a sign-in lasts.

    >>> short_lived(b"_streamlit_user_tokens=x; Max-Age=2592000; Path=/")
    b'_streamlit_user_tokens=x; Max-Age=43200; Path=/'
    """
    if not cookie.startswith(b"_streamlit_user"):
        return cookie
    longest = b"Max-Age=%d" % SECONDS
    return re.sub(
        rb"Max-Age=(\d+)", lambda age: longest if int(age[1]) > SECONDS else age[0], cookie
    )


class Shell:
    """ASGI middleware: language and policy on pages, long caching on versioned static files."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything but HTTP through; rewrite start pages; add headers to the rest."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        query = scope.get("query_string", b"").decode("latin-1")
        static = "/app/static/" in scope["path"]
        asked = dict(scope["headers"])
        page = b"text/html" in asked.get(b"accept", b"") or scope["path"] == "/"
        # A file that a browser asks for ahead of time says the same; it may come packed.
        if page and Path(scope["path"]).suffix in ("", ".html"):
            # Pages come plain, so that they can be rewritten; they are 8 kB.
            uncompressed = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            scope = {**scope, "headers": uncompressed}
        start: Message | None = None
        body = b""

        async def answer(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                message["headers"] = [
                    (name, short_lived(value) if name == b"set-cookie" else value)
                    for name, value in message.get("headers", ())
                ]
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                is_page = headers.get("content-type", "").startswith("text/html")
                if static and message["status"] == 200 and not is_page:
                    headers["Cache-Control"] = lasting(query)
                if is_page:
                    headers["Content-Security-Policy"] = POLICY
                    start = message  # held back until the whole page is here
                    return
            elif start is not None:
                body += message.get("body", b"")
                if message.get("more_body"):
                    return
                await self._page(start, body, scope, send)
                return
            await send(message)

        await self.app(scope, receive, answer)

    @staticmethod
    async def _page(start: Message, body: bytes, scope: Scope, send: Send) -> None:
        headers = MutableHeaders(scope=start)
        html = "" if "content-encoding" in headers else body.decode("utf-8", "replace")
        if "<title>Streamlit</title>" in html:
            query, path = scope.get("query_string", b"").decode("latin-1"), scope["path"]
            home = root(path, get_option("server.baseUrlPath") or "")
            first = early.first_map(path, home, query) if may_be_reader(scope) else ""
            html = shell(html, language(query), home, path, first)
        elif f"{FRAME}index.html" in scope["path"]:
            html = frame(html)
        if html and (changed := html.encode("utf-8")) != body:
            body = changed
            headers["content-length"] = str(len(body))
            # Its tag belongs to the file on disk, which knows neither language nor root.
            for name in ("etag", "last-modified"):
                del headers[name]
        await send(start)
        await send({"type": "http.response.body", "body": body})


def listen(port: int) -> socket.socket:
    """A socket on 127.0.0.1; raises OSError when the port is taken.

    Its protocol number is given on purpose: only then does asyncio switch off Nagle's delay, which
    costs 40 ms per answer on a connection that is kept alive. Streamlit's own runner leaves it on.
    """
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind(("127.0.0.1", port))
    except OSError:
        sock.close()
        raise
    return sock


class Server(uvicorn.Server):
    """Uvicorn, but what runs is finished before connections are closed.

    It closes them with code 1012, service restart: the browser connects again by itself, through
    a proxy to another process, and the page goes on there under the same address.
    """

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Wait for running scripts, then stop; a second Ctrl-C does not wait."""
        await drain(STATE, lambda: self.force_exit)
        await super().shutdown(sockets)


def serve(
    port: int = 8501, asgi: App | None = None, started: Callable[[], None] | None = None
) -> None:
    """Serve on 127.0.0.1 until stopped, from any working directory; raises OSError on a busy port.

    Streamlit reads its configuration from the working directory, so that becomes the root: read
    settings with relative paths before. `asgi` is the application, for tests another one;
    `started` is called once the port is ours.
    """
    sock = listen(port)
    if started:
        started()
    options = {"server.port": port, "server.address": "127.0.0.1"}
    options["server.maxUploadSize"] = SETTINGS.megabytes
    os.chdir(ROOT)
    bootstrap.load_config_options(options)
    config = uvicorn.Config(
        asgi or app,
        access_log=False,
        log_level="warning",
        log_config=None,
        server_header=False,
        ws_per_message_deflate=get_option("server.enableWebsocketCompression"),
        ws_max_size=LARGEST,  # what a page says; files do not come this way
        timeout_graceful_shutdown=2,
    )
    logs.begin(STATE.metrics.count_event)
    if may_be_somebody(SETTINGS.editor):
        logging.getLogger(__name__).warning(
            "LIAISONATLAS_EDITOR looks like the name of a person; set it to a role or department"
        )
    if count := scratch.at_start(SETTINGS.var):
        logging.getLogger(__name__).info("leftovers removed", extra={"folders": count})
    if threading.current_thread() is threading.main_thread():
        # Uvicorn stops in peace, then raises the signal again: to be told to stop is no failure.
        signal.signal(signal.SIGTERM, lambda number, frame: None)
    logging.getLogger(__name__).info("start", extra={"port": port})
    with contextlib.suppress(KeyboardInterrupt):
        Server(config).run(sockets=[sock])
    logging.getLogger(__name__).info("stopped", extra={"port": port})


SETTINGS = Settings.from_environment()
if SETTINGS.house_style:
    # The writers are slow to import, so only where there is something to look at.
    from dashboard.exports.house_check import check

    check(SETTINGS.house_style)
app = App(
    SCRIPT,
    secrets=secrets(),
    lifespan=lambda started: lifespan(STATE),
    routes=[
        *endpoints(STATE, Probe()),
        *assets.routes(get_option("server.baseUrlPath") or ""),
        *mounts(STATE.metrics.turned_away, get_option("server.baseUrlPath") or ""),
        *map_data.routes(STATE.metrics.turned_away, get_option("server.baseUrlPath") or ""),
    ],
    middleware=[
        Middleware(
            RequestGuard,
            SETTINGS.address,
            SETTINGS.megabytes * MEGABYTE,
            STATE.metrics.turned_away,
        ),
        Middleware(Lifecycle, STATE),
        Middleware(StaticFiles, get_option("server.baseUrlPath") or ""),
        Middleware(Shell),
    ],
)
