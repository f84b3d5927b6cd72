"""What leaves the product, and what may come back; every kind of bad answer is one sentence."""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler

import pytest

from data.parliament.client import TRIES, OpenData
from geo.errors import DataError
from tests.data.parliament.house import PATH, House, annex, name, opened, send


def source(house: House, pauses: list[float] | None = None, seconds: float = 300) -> OpenData:
    """A client that notes how long it would wait instead of waiting."""
    return OpenData(house.base, seconds, (pauses if pauses is not None else []).append)


def asked(house: House, pauses: list[float] | None = None, seconds: float = 300) -> int:
    """How many records one question brings."""
    with source(house, pauses, seconds) as client:
        answer = client.records(
            "Document", {"$filter": "Kamerstukdossier/any(d: d/Nummer eq 29628)"}
        )
    return len(answer["value"])


def status(code: int, **headers: str):
    return lambda request: send(request, code, b"<html>sorry</html>", "text/html", **headers)


def body(content: bytes, media: str = "application/json"):
    return lambda request: send(request, 200, content, media)


def promised_more(request: BaseHTTPRequestHandler) -> None:
    """Cut off: fewer bytes than the header says."""
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b'{"value": [')


def hung_up(request: BaseHTTPRequestHandler) -> None:
    request.connection.shutdown(socket.SHUT_RDWR)


def nonsense(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"SSH-2.0-invented\r\n\r\n")
    request.close_connection = True


def test_without_an_address_there_is_no_client():
    with pytest.raises(DataError, match="LIAISONATLAS_WATCH: watch_off"):
        OpenData("")


@pytest.mark.parametrize(
    "bad", [status(503), status(500), status(504), hung_up, promised_more, nonsense]
)
def test_what_passes_is_tried_again(house: House, bad):
    house.bad, pauses = [bad, bad], list[float]()
    assert asked(house, pauses) == 0
    assert (len(house.requests), pauses) == (3, [1.0, 2.0])


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (status(503), "parliament_refuses, status='503'"),
        (status(429), "parliament_refuses, status='429'"),
        (hung_up, f"parliament_unreached, tries={TRIES}"),
        (promised_more, f"parliament_unreached, tries={TRIES}"),
    ],
)
def test_not_for_ever(house: House, bad, words: str):
    house.bad, pauses = [bad] * 9, list[float]()
    with pytest.raises(DataError, match=words):
        asked(house, pauses)
    assert (len(house.requests), pauses) == (TRIES, [1.0, 2.0, 4.0])


@pytest.mark.parametrize("code", [400, 401, 403, 418, 501])
def test_what_does_not_pass_is_not_tried_again(house: House, code: int):
    house.bad = [status(code)]
    with pytest.raises(DataError, match=f"parliament_refuses, status='{code}'"):
        asked(house)
    assert len(house.requests) == 1


@pytest.mark.parametrize(
    ("said", "pause"),
    [("7", 7.0), ("0", 0.0), ("soon", 1.0), ("-5", 1.0), ("", 1.0), ("9" * 20, 1.0)],
)
def test_parliament_says_how_long_to_wait(house: House, said: str, pause: float):
    house.bad, pauses = [status(429, Retry_After=said)], list[float]()
    assert asked(house, pauses) == 0
    assert pauses == [pause]


def test_a_wait_until_a_time(house: House):
    house.bad, pauses = [status(503, Retry_After=formatdate(time.time() + 20, usegmt=True))], []
    asked(house, pauses)
    assert 15 < pauses[0] <= 20
    house.bad = [status(503, Retry_After=formatdate(time.time() - 20, usegmt=True))]
    asked(house, pauses)
    assert pauses[1] == 0


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_long_wait_is_for_a_person(house: House, form: str):
    said = "3600" if form == "seconds" else formatdate(time.time() + 9_000, usegmt=True)
    house.bad, pauses = [status(429, Retry_After=said)], list[float]()
    with pytest.raises(DataError, match=r"parliament_busy, seconds=\d{4}"):
        asked(house, pauses)
    assert pauses == []


def test_no_pause_beyond_the_time_there_is(house: House):
    house.bad, pauses = [status(503)] * 9, list[float]()
    with pytest.raises(DataError, match="parliament_refuses"):
        asked(house, pauses, seconds=0.5)
    assert (pauses, len(house.requests)) == ([], 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!doctype html><title>Onderhoud</title>",
        b'{"value": [{"Id": ',
        b"[]",
        b"null",
        b'"value"',
        b"{}",
        b'{"value": null}',
        b'{"value": {}}',
        b'{"error": {"message": "invented"}}',
        b"\xff\xfe{",
        b"[" * 100_000,
    ],
)
def test_what_is_no_list_of_records(house: House, content: bytes):
    house.bad = [body(content)]
    with pytest.raises(DataError, match="parliament_no_json"):
        asked(house)
    assert len(house.requests) == 1


def test_an_answer_without_end(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("data.parliament.client.ANSWER", 5_000)
    house.bad = [body(b" " * 5_001)]
    with pytest.raises(DataError, match="parliament_too_large"):
        asked(house)


def test_an_answer_that_drips(house: House):
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        with suppress(OSError):
            for _ in range(400):
                request.wfile.write(b" ")
                time.sleep(0.05)

    house.bad = [drip]
    begun = time.monotonic()
    with pytest.raises(DataError, match="parliament_unreached"):
        asked(house, seconds=0.3)
    assert time.monotonic() - begun < 15  # all of it takes twenty


@pytest.mark.parametrize("drop", [b"x", b"HTTP/1.1 102 Processing\r\n\r\n"])
def test_headers_that_drip(house: House, drop: bytes):
    """Before the first byte of a body no wait is long, and all of them have no end."""
    is_over = threading.Event()

    def drip(request: BaseHTTPRequestHandler) -> None:
        if drop == b"x":
            request.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        with suppress(OSError):
            while not is_over.wait(0.1):
                request.wfile.write(drop)
        request.close_connection = True

    house.bad = [drip] * TRIES
    timer = threading.Timer(60, is_over.set)  # so that a client without an end fails, and returns
    timer.start()
    begun = time.monotonic()
    with pytest.raises(DataError, match="parliament_unreached"):
        asked(house, seconds=1)
    taken = time.monotonic() - begun
    is_over.set()
    timer.cancel()
    assert 0.9 < taken < 50 and len(house.requests) == 1


def test_a_question_that_is_not_there_is_no_paper_that_is_gone(house: House):
    house.bad = [status(404)]
    with pytest.raises(DataError, match="parliament_refuses, status='404'"):
        asked(house)


def test_nothing_is_unpacked(house: House):
    house.bad = [lambda request: send(request, 200, b"\x1f\x8b", Content_Encoding="gzip")]
    with pytest.raises(DataError, match="parliament_packed"):
        asked(house)


def test_a_file_as_large_as_it_may_be_and_one_that_is_larger(house: House):
    house.files[name(2)] = ("application/pdf", b"x" * 1_000)
    with source(house) as client:
        assert client.file(f"Document({name(2)})/resource", 1_000) == (
            b"x" * 1_000,
            "application/pdf",
        )
        with pytest.raises(DataError, match="parliament_too_large"):
            client.file(f"Document({name(2)})/resource", 999)
        with pytest.raises(DataError, match="paper_gone"):
            client.file(f"Document({name(3)})/resource", 999)


def test_a_redirect_within_the_host_is_followed(house: House):
    house.papers = [annex(2, "x")]
    house.bad = [
        lambda request: send(
            request,
            302,
            b"",
            Location=f"{PATH}/Document?$filter=Soort eq 'Bijlage' and contains(Onderwerp,'x')",
        )
    ]
    assert asked(house) == 1


@pytest.mark.parametrize(
    "target",
    [
        "http://localhost:{port}" + PATH + "/Document",
        "http://127.0.0.1:{other}" + PATH + "/Document",
        "https://127.0.0.1:{port}" + PATH + "/Document",
        "http://user:secret@127.0.0.1:{port}" + PATH + "/Document",
        "http://127.0.0.1:{port}/other",
        "http://127.0.0.1:{port}" + PATH + "/../../../other",
        "//127.0.0.1:{other}/",
        "file:///etc/passwd",
        "http://[",
    ],
)
def test_nothing_leads_elsewhere(house: House, target: str):
    """Neither a redirect nor the address of a next page, as the client takes both."""
    with opened() as other:
        ports = [house.server.server_address[1], other.server.server_address[1]]
        place = target.format(port=ports[0], other=ports[1])
        house.bad = [lambda request: send(request, 307, b"", Location=place)]
        with pytest.raises(DataError, match="parliament_elsewhere"):
            asked(house)
        with source(house) as client, pytest.raises(DataError, match="parliament_elsewhere"):
            client.records(place, {})
        assert (len(house.requests), other.requests) == (1, [])


def test_not_round_and_round(house: House):
    house.bad = [lambda request: send(request, 302, b"", Location=f"{PATH}/Document")] * 9
    with pytest.raises(DataError, match="parliament_elsewhere"):
        asked(house)
    assert len(house.requests) == 3


def test_nobody_is_there():
    with socket.socket() as held:  # a port on which nobody listens
        held.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{held.getsockname()[1]}{PATH}"
        with (
            OpenData(base, sleep=lambda _: None) as client,
            pytest.raises(DataError, match="parliament_unreached, tries=4"),
        ):
            client.records("Document", {})


class Proxy(socketserver.BaseRequestHandler):
    """A proxy that notes to which host it should connect, and refuses."""

    def handle(self) -> None:
        self.server.lines.append(self.request.recv(4096).decode().split("\r\n")[0])  # type: ignore[attr-defined]
        self.request.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Proxy) as server:
        server.lines = lines = list[str]()  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        for variable in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"):
            monkeypatch.delenv(variable, raising=False)
            monkeypatch.delenv(variable.lower(), raising=False)
        address = f"http://user:secret@127.0.0.1:{server.server_address[1]}"
        monkeypatch.setenv("HTTPS_PROXY", address)
        monkeypatch.setenv("HTTP_PROXY", address)
        yield lines
        server.shutdown()
        thread.join()


def test_through_the_proxy_of_the_organisation(proxy: list[str]):
    with (
        OpenData(f"https://parliament.invalid{PATH}", sleep=lambda _: None) as client,
        pytest.raises(DataError, match="parliament_proxy") as caught,
    ):
        client.records("Document", {})
    assert proxy == ["CONNECT parliament.invalid:443 HTTP/1.1"]
    assert "secret" not in str(caught.value)


def test_not_through_the_proxy_where_no_proxy_says_so(
    proxy: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NO_PROXY", "parliament.invalid")
    with (
        OpenData(f"https://parliament.invalid{PATH}", sleep=lambda _: None) as client,
        pytest.raises(DataError, match="parliament_unreached"),
    ):
        client.records("Document", {})
    assert proxy == []


def test_this_machine_is_asked_directly(proxy: list[str], house: House):
    assert asked(house) == 0 and proxy == []


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HTTPS_PROXY", "socks9://127.0.0.1:1"),
        ("HTTPS_PROXY", "http://[::1"),
        ("HTTPS_PROXY", "http://127.0.0.1:port"),
        ("SSL_CERT_FILE", "/nowhere/invented.pem"),
    ],
)
def test_settings_of_the_machine_that_cannot_be_used(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(variable, value)
    with pytest.raises(DataError, match="open data: parliament_settings"):
        OpenData(f"https://parliament.invalid{PATH}")
