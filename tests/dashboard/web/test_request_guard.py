"""Who may speak to the process: our own pages, under a name it knows, with files it expects."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from starlette.types import Message, Receive, Scope, Send

from dashboard.web import budgets, request_guard
from dashboard.web.budgets import ALL, FILES, Uploads
from dashboard.web.request_guard import RequestGuard

LARGEST = 1000
REASONS: list[str] = []  # why somebody was turned away


async def passes(scope: Scope, receive: Receive, send: Send) -> None:
    """Stands for Streamlit: whatever comes here was let in."""
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def status(path: str = "/", method: str = "GET", kind: str = "http", **headers: str | None) -> int:
    """The status of the answer to one request, 204 where it is let in."""
    given = {"host": "127.0.0.1:8501", **headers}
    raw = [(k.replace("_", "-").encode(), v.encode()) for k, v in given.items() if v is not None]
    scope = {"type": kind, "method": method, "path": path, "headers": raw, "query_string": b""}
    scope |= {"http_version": "1.1", "extensions": {"websocket.http.response": {}}}
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    app = RequestGuard(passes, "https://atlas.example/base", LARGEST, REASONS.append)
    asyncio.run(app(scope, receive, send))
    return int(next(m["status"] for m in sent if "status" in m))


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost", "[::1]:8501", "ATLAS.example:443"])
def test_names_it_knows(host: str) -> None:
    assert status(host=host) == 204


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "atlas.example.evil", "", "[::", None]
)
def test_a_name_that_somebody_else_gave_it_is_refused(host: str | None) -> None:
    assert status(host=host) == 421
    assert status(host=host, kind="websocket") == 421


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (None, 204),  # no browser
        ("http://127.0.0.1:8501", 204),
        ("http://127.0.0.1:8502", 403),  # another program of this machine
        ("http://localhost:8501", 403),
        ("https://evil.example", 403),
        ("null", 403),
    ],
)
def test_a_page_of_another_site_gets_no_connection(origin: str | None, expected: int) -> None:
    assert status("/_stcore/stream", kind="websocket", origin=origin) == expected
    assert status("/x", method="POST", origin=origin) == expected
    assert status("/x", origin=origin) == 204  # reads what any page of ours may read


@pytest.fixture
def uploads(monkeypatch: pytest.MonkeyPatch) -> Uploads:
    """No page expects a file but "known", which was just drawn."""
    made = Uploads()
    monkeypatch.setattr(budgets, "UPLOADS", made)
    monkeypatch.setattr(
        budgets, "get_script_run_ctx", lambda **_: SimpleNamespace(session_id="known")
    )
    made.welcome(LARGEST)
    return made


def put(session: str, length: str | None) -> int:
    where = f"/_stcore/upload_file/{session}/0000"
    return status(where, method="PUT", content_length=length)


def test_a_file_comes_only_where_one_is_expected_and_only_so_many(uploads: Uploads) -> None:
    assert put("stranger", "10") == 403
    assert put("known", None) == 411
    assert [put("known", str(LARGEST)) for _ in range(FILES + 1)] == [204] * FILES + [403]
    uploads.welcome(LARGEST)  # drawn again
    assert put("known", str(LARGEST)) == 204


def test_all_pages_together_hold_so_much_and_no_more(
    uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Uploads, "held", staticmethod(lambda: ALL * LARGEST - 10))
    assert put("known", "11") == 403
    assert put("known", "10") == 204


@pytest.mark.parametrize("header", ["x-forwarded-for", "X-Real-IP", "VIA", "Forwarded"])
def test_a_proxy_is_known_by_what_it_says(header: str) -> None:
    assert request_guard.passed_on(["accept", header])
    assert not request_guard.passed_on(["accept", "x-forwarded"])
