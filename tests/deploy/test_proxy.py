"""What nginx promises in front of the app: headers, limits, secrecy, and the same process again."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import socket
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.deploy.stack import Stack, get
from tests.waiting import LIMIT, until

# Written by hand from the guidance for web applications; each exactly once on every answer.
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def check(headers: dict[str, str]) -> None:
    """Every header of HEADERS, a policy and nothing about versions."""
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert " | " not in headers["content-security-policy"]
    assert re.search(r"default-src '(self|none)'", headers["content-security-policy"])
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert "camera=()" in headers["permissions-policy"]
    assert headers["server"] == "nginx" and "access-control-allow-origin" not in headers


def logged(site: Stack, path: str, name: str) -> list[str]:
    """A field of the lines about `path` in the log of nginx, which writes them after the answer."""
    lines = site.access_log.read_text().splitlines(keepends=True)
    entries = [json.loads(line) for line in lines if line.endswith("\n")]
    return [entry[name] for entry in entries if entry["path"] == path]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/dekking?taal=en", 200),
        ("/_stcore/health", 200),
        ("/app/static/leaflet/leaflet.js?v=1", 200),
        ("/app/static/nothing.js", 404),
        ("/metrics", 404),
    ],
)
def test_every_answer_has_each_header_once(site: Stack, path: str, status: int):
    found, headers, _ = get(site.address + path)
    assert found == status
    check(headers)


def test_pages_keep_the_policy_of_the_app_and_other_files_may_do_nothing(site: Stack):
    page = get(f"{site.address}/dekking")[1]["content-security-policy"]
    assert "script-src 'self'" in page
    file = get(f"{site.address}/app/static/leaflet/leaflet.js")[1]["content-security-policy"]
    assert file.startswith("default-src 'none'") and "script-src" not in file


def put(site: Stack, size: int) -> tuple[int, dict[str, str], str]:
    """Announce so many bytes to where uploads go."""
    client = http.client.HTTPConnection("127.0.0.1", int(site.address.rsplit(":", 1)[1]))
    client.putrequest("PUT", "/_stcore/upload_file/none/none")
    client.putheader("Content-Length", str(size))
    client.endheaders()
    answer = client.getresponse()
    found = {name.lower(): value for name, value in answer.getheaders()}
    body = answer.read().decode()
    client.close()
    return answer.status, found, body


def test_a_file_that_is_too_large_is_refused_in_words_before_it_is_sent(site: Stack):
    status, headers, body = put(site, 22 * 1024 * 1024)
    assert status == 413
    check(headers)
    assert "Dit bestand is te groot" in body and "This file is too large" in body


INSIDE = """/metrics //metrics /%6detrics /health/live /health/ready /health/../metrics
/_stcore/metrics /_stcore/script-health-check""".split()


@pytest.mark.parametrize("path", INSIDE)
def test_what_is_for_this_machine_is_closed_from_outside(site: Stack, path: str):
    status, _, body = get(site.address + path)
    assert status == 404 and b"liaisonatlas_" not in body and b"session" not in body


def test_the_process_answers_nobody_who_comes_through_another_proxy(site: Stack):
    address = site.apps[0].address
    for path in ("/metrics", "/health/live", "/health/ready"):
        assert get(address + path)[0] == 200
        assert get(address + path, {"X-Forwarded-For": "192.0.2.7"})[0] == 404


@contextmanager
def joined(site: Stack, cookie: str = "") -> Iterator[str]:
    """A connection as a page makes one; the process that nginx names in its cookie."""
    headers = {"Cookie": f"liaisonatlas_process={cookie}"} if cookie else {}
    url = site.address.replace("http", "ws") + "/_stcore/stream"
    known = [Subprotocol("streamlit")]
    with connect(
        url,
        subprotocols=known,
        additional_headers=headers,
        proxy=None,
        open_timeout=LIMIT,
    ) as connection:
        assert connection.response
        told = connection.response.headers["Set-Cookie"]
        found = re.fullmatch(r"liaisonatlas_process=(\d+); Path=/; HttpOnly; SameSite=Lax", told)
        assert found, told
        yield found[1]


def test_ten_readers_stay_with_their_process_and_are_shared_out_evenly(site: Stack):
    alone = "no page of another test is open"
    until(lambda: all(app.metric("liaisonatlas_sessions") == 0 for app in site.apps), alone)
    with ExitStack() as pages:
        readers = [pages.enter_context(joined(site)) for _ in range(10)]
        assert sorted(Counter(readers).values()) == [5, 5]
        for app in site.apps:
            assert app.metric("liaisonatlas_sessions") == readers.count(str(app.port))
        again = [pages.enter_context(joined(site, process)) for process in readers]
        assert again == readers
    until(lambda: all(app.metric("liaisonatlas_sessions") == 0 for app in site.apps), "closed")


def test_files_of_a_session_are_asked_of_its_process(site: Stack):
    before = len(logged(site, "/media/", "process"))
    for app in site.apps * 2:
        cookie = {"Cookie": f"liaisonatlas_process={app.port}"}
        get(f"{site.address}/media/nothing-{app.port}", cookie)
    ports = [app.port for app in site.apps]
    expected = [f"127.0.0.1:{port}" for port in ports * 2]
    until(
        lambda: logged(site, "/media/", "process")[before:] == expected, "each asked of its process"
    )


def test_a_cookie_of_no_process_does_no_harm(site: Stack):
    for value in ("1", "99999", "../x", "8501;8502"):
        assert get(site.address, {"Cookie": f"liaisonatlas_process={value}"})[0] == 200


def test_the_front_end_is_compressed_and_kept(site: Stack):
    page = get(site.address)[2].decode()
    script = re.search(r"static/js/index\.[^\"]+\.js", page)
    assert script
    url = f"{site.address}/{script[0]}"
    _, plain, whole = get(url)
    assert "immutable" in plain["cache-control"]
    _, headers, packed = get(url, {"Accept-Encoding": "gzip"})
    assert headers["content-encoding"] == "gzip" and len(packed) < len(whole) / 2
    asked = len(logged(site, f"/{script[0]}", "cache"))

    def kept() -> bool:
        get(url)
        return "HIT" in logged(site, f"/{script[0]}", "cache")[asked:]

    until(kept, "answered by nginx itself")


def test_the_log_says_nothing_of_who_looked_at_what(site: Stack):
    marks = {"User-Agent": "Zx-browser-9", "Referer": "http://zx-referer.example/"}
    paths = ("/land", "/_stcore/upload_file/")
    before = [len(logged(site, path, "path")) for path in paths]
    get(f"{site.address}/land?land=ECU&geheim=zx-query", marks)
    get(f"{site.address}/_stcore/upload_file/zx-session/zx-file", marks)
    until(
        lambda: [len(logged(site, path, "path")) for path in paths] == [n + 1 for n in before],
        "each of them is in the log once",
    )
    files = [path for path in site.folder.glob("*.log") if path.is_file()]
    text = "".join(path.read_text(errors="replace") for path in files)
    without_processes = re.sub(r'"process":"[^"]*"|http://127\.0\.0\.1:\d+', "", text)
    for word in ("zx-", "Zx-browser", "ECU", "127.0.0.1", "?"):
        assert word.lower() not in without_processes.lower(), word


def test_programs_get_the_data_and_errors_that_they_can_read(site: Stack):
    for app in site.apps:  # whichever answers, it is the same
        known = {"Cookie": f"liaisonatlas_process={app.port}", "Accept-Encoding": "gzip"}
        path = f"{site.address}/api/v1/releases/bijlage-2025-11/coverage"
        status, headers, body = get(path, known)
        assert (status, headers["content-type"]) == (200, "application/json")
        assert headers["content-encoding"] == "gzip" and headers["api-version"] == "1.0.0"
        assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert headers["x-content-type-options"] == "nosniff"
        assert len(json.loads(gzip.decompress(body))["items"]) == 245
        again, _, nothing = get(path, {"If-None-Match": headers["etag"]})
        assert (again, nothing) == (304, b"")
    status, headers, body = get(f"{site.address}/api/v1/countries/ZXQ")
    assert (status, headers["content-type"]) == (404, "application/problem+json")
    assert json.loads(body)["code"] == "api_no_such_unit"
    get(f"{site.address}/zxq-last")
    until(lambda: bool(logged(site, "/zxq-last", "path")), "what came before is in the log")
    assert "ZXQ" not in site.access_log.read_text()


def handshake(site: Stack, name: str, newest: ssl.TLSVersion, path: str = "/") -> dict[str, str]:
    """The headers of one GET over TLS under that name."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.maximum_version = newest
    client = http.client.HTTPConnection("127.0.0.1", site.secure)
    with socket.create_connection(("127.0.0.1", site.secure)) as plain:
        client.sock = context.wrap_socket(plain, server_hostname=name)
        client.request("GET", path, headers={"Host": name})
        answer = client.getresponse()
        found = {key.lower(): value for key, value in answer.getheaders()}
        answer.read()
        client.close()
    return found


def test_over_tls_the_browser_is_told_to_stay_there(site: Stack):
    headers = handshake(site, "localhost", ssl.TLSVersion.TLSv1_3)
    check(headers)
    assert headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"
    assert "strict-transport-security" not in get(site.address)[1]


def test_over_tls_no_cookie_travels_without(site: Stack):
    path, newest = "/_stcore/health", ssl.TLSVersion.TLSv1_3
    cookie = handshake(site, "localhost", newest, path)["set-cookie"].lower()
    assert cookie.startswith("_streamlit_xsrf=") and "; secure" in cookie
    assert "secure" not in get(f"{site.address}{path}")[1]["set-cookie"].lower()


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
@pytest.mark.parametrize(
    ("name", "newest"),
    [
        ("other.example.org", ssl.TLSVersion.TLSv1_3),
        ("localhost", ssl.TLSVersion.TLSv1_1),
    ],
)
def test_another_name_or_an_old_protocol_gets_no_answer(site: Stack, name: str, newest):
    with pytest.raises(OSError):
        handshake(site, name, newest)


def test_error_pages_need_nothing_from_anywhere():
    folder = Path(__file__).parents[2] / "deploy/nginx/pages"
    pages = sorted(folder.glob("*.html"))
    assert len(pages) > 1
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"src=|href=|url\(|<script|@import", text), path.name
        assert '<html lang="nl">' in text and '<section lang="en">' in text, path.name
