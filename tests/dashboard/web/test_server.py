"""The shell around Streamlit, without Streamlit's front end: language, root, headers, socket."""

from __future__ import annotations

import asyncio
import re
import socket

import pytest

from dashboard.figures.map_elements import version
from dashboard.web import assets, auth, server, static_files

PAGE = (
    '<html lang="en"><head><title>Streamlit</title><link rel="preload" href="./SourceSansVF.woff2" '
    'as="font"></head><body></body></html>'
)


async def fetch(path, query=b"", headers=(), reply=None, kind=b"text/html"):
    """One GET through the middleware; returns headers and body of the answer."""
    reply = PAGE.encode() if reply is None else reply
    seen = {}

    async def inner(scope, receive, send):
        seen["asked"] = dict(scope["headers"])
        plain = [(b"content-type", kind), (b"etag", b"disk")]
        await send({"type": "http.response.start", "status": 200, "headers": plain})
        half = len(reply) // 2
        await send({"type": "http.response.body", "body": reply[:half], "more_body": True})
        await send({"type": "http.response.body", "body": reply[half:]})

    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "path": path,
        "query_string": query,
        "headers": list(headers),
        "method": "GET",
    }
    await server.Shell(inner)(scope, None, send)
    answer = {key.decode().lower(): value.decode() for key, value in sent[0]["headers"]}
    return answer, b"".join(m.get("body", b"") for m in sent[1:]).decode(), seen["asked"]


@pytest.mark.parametrize(
    ("query", "lang"),
    [(b"", "nl"), (b"taal=en", "en"), (b"land=ECU&taal=en", "en"), (b"taal=de", "nl")],
)
def test_start_page_speaks_the_language_of_its_address(query, lang):
    headers, body, _ = asyncio.run(fetch("/dekking", query))
    assert f'<html lang="{lang}">' in body and "<title>Liaisonatlas</title>" in body
    assert "SourceSans" not in body
    # Ours before Streamlit's scripts, and behind its style sheets.
    head, _, rest = body.partition("<body>")
    assert f'<script defer src="./{assets.address(assets.SCRIPT)}">' in head
    assert rest.startswith(f'<link rel="stylesheet" href="./{assets.address(assets.STYLE)}">')
    assert headers["content-length"] == str(len(body.encode()))
    # On paper alone, where the page may not have come: in both languages, as the reader may switch.
    assert '<p class="not-whole" hidden><span lang="nl">' in rest and '<span lang="en">' in rest
    assert "etag" not in headers, "the tag of the file on disk would freeze one language"
    assert "default-src 'self'" in headers["content-security-policy"]


def test_the_first_map_is_not_asked_for_before_the_reader_signed_in(monkeypatch):
    """Refused, it would be an error in the console of the page to sign in."""
    cookie = [(b"cookie", f"{auth.COOKIE}=x".encode())]
    assert 'href="./map.json?org=NP"' in asyncio.run(fetch("/dekking", b"org=NP"))[1]
    monkeypatch.setattr(auth, "sign_in", lambda: "a provider")
    assert "map.json" not in asyncio.run(fetch("/dekking", b"org=NP"))[1]
    assert "map.json?org=NP" in asyncio.run(fetch("/dekking", b"org=NP", headers=cookie))[1]


def test_pages_are_asked_for_uncompressed_and_other_files_are_not():
    wanted = [(b"accept", b"text/html,*/*"), (b"accept-encoding", b"gzip")]
    assert b"accept-encoding" not in asyncio.run(fetch("/dekking", headers=wanted))[2]
    script = [(b"accept", b"*/*"), (b"accept-encoding", b"gzip")]
    # A file asked for ahead of time names the kind of a page.
    for headers in (script, wanted):
        assert b"accept-encoding" in asyncio.run(fetch("/app/static/a.js", headers=headers))[2]


@pytest.mark.parametrize(
    ("query", "years"),
    [(f"v={version()}".encode(), True), (b"", False), (b"v=abc", False), (b"xv=abc", False)],
)
def test_only_versioned_files_are_kept_for_a_year(query, years):
    headers, body, _ = asyncio.run(
        fetch("/app/static/shapes/world.json", query, reply=b"{}", kind=b"application/json")
    )
    assert ("immutable" in headers["cache-control"]) is years and body == "{}"
    # What is not this version must not stand there when it comes.
    assert ("no-store" in headers["cache-control"]) is (query == b"v=abc")


def test_frames_of_components_keep_their_text():
    frame = b"<html lang='en'><head><title>Streamlit Component</title></head><body></body></html>"
    headers, body, _ = asyncio.run(fetch("/component/x/index.html", reply=frame))
    assert body == frame.decode()
    assert "default-src 'self'" in headers["content-security-policy"]


@pytest.mark.parametrize("base", ["", "/atlas"])
def test_the_frame_of_the_map_names_its_scripts_before_its_own_and_what_they_draw(base):
    document = (static_files.FOLIUM / "index.html").read_bytes()
    path = f"{base}/component/streamlit_folium.st_folium/index.html"
    headers, body, _ = asyncio.run(fetch(path, b"streamlitUrl=x", reply=document))
    scripts = re.findall(r'<script defer[^>]* src="([^"]+)"', body)
    mine = [f"../../app/static/map/{name}.js?v={version()}" for name in ("load", "map")]
    assert scripts[:2] == mine and scripts[2].startswith("./static/js/main."), scripts
    # Not in the head: streamlit-folium writes that one anew.
    assert f"../../app/static/shapes/world.json?v={version()}" in body.partition("<body>")[2]
    assert headers["content-length"] == str(len(body.encode()))


@pytest.mark.parametrize(
    ("path", "base", "way"),
    [
        ("/", "", "./"),
        ("/land", "", "./"),
        ("/a/b", "", "../"),
        ("/atlas/", "atlas", "./"),
        ("/atlas", "/atlas/", "./atlas/"),
    ],
)
def test_way_to_the_root(path, base, way):
    assert server.root(path, base) == way


def test_a_taken_port_is_an_error_not_another_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(OSError, match="in use"):
            server.listen(other.getsockname()[1])


def test_answers_leave_at_once():
    """asyncio switches Nagle's delay off only on sockets whose protocol it can see."""
    with server.listen(0) as sock:
        assert sock.proto == socket.IPPROTO_TCP
        assert sock.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize(
    ("name", "age", "expected"),
    [
        ("_streamlit_user", 2_592_000, 43_200),
        ("_streamlit_user_tokens_1", 2_592_000, 43_200),
        ("_streamlit_user", 0, 0),  # taken away
        ("_streamlit_xsrf", 2_592_000, 2_592_000),
    ],
)
def test_the_browser_keeps_no_sign_in_longer_than_it_lasts(name: str, age: int, expected: int):
    line = f"{name}=a; HttpOnly; Max-Age={age}; Path=/".encode()
    assert server.short_lived(line) == f"{name}=a; HttpOnly; Max-Age={expected}; Path=/".encode()
