"""The interface for programs: numbers of the documents, formats, filters, pages, errors."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.web.server.starlette import starlette_websocket
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from dashboard import snapshot
from dashboard.open_data.fields import TABLES
from dashboard.web import auth, budgets, map_data
from dashboard.web.api import answers, routes
from dashboard.web.api.answers import Answer, Answers
from dashboard.web.api.parameters import MOST_ROWS
from dashboard.web.auth import EndedSignIns, SignIn
from dashboard.web.budgets import Requests
from dashboard.web.server import listen

R2025 = "/api/v1/releases/bijlage-2025-11"
REASONS: list[str] = []

pytestmark = pytest.mark.usefixtures("module_store")


@pytest.fixture(scope="module")
def api(module_store: None) -> TestClient:
    """Asks the interface, and the data of maps, as they are mounted in the app."""
    app = Starlette(
        routes=[*routes.mounts(REASONS.append, "/atlas/"), *map_data.routes(REASONS.append)]
    )
    return TestClient(app, base_url="http://127.0.0.1:8501", follow_redirects=False)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A budget of its own for each test, and nothing kept from another one."""
    monkeypatch.setattr(budgets, "REQUESTS", Requests())
    kept = Answers(lambda: snapshot.current().version)
    monkeypatch.setattr(answers, "ANSWERS", kept)


def items(answer: httpx.Response) -> list[dict[str, object]]:
    """The rows of an answer that is all right."""
    assert answer.status_code == 200, answer.text
    rows = answer.json()["items"]
    assert isinstance(rows, list)
    return rows


# From the table of the annex of 2025, as the worked example of the README has them.
@pytest.mark.parametrize(
    ("query", "covered"),
    [
        ("", 138),
        ("?org=NP", 96),
        ("?org=KMar", 37),
        ("?org=GPI", 50),
        ("?org=not-stated", 19),
        ("?org=NP,KMar", 117),
        ("?org=KMar&org=NP", 117),
    ],
)
def test_coverage_counts_what_the_annex_prints(api: TestClient, query: str, covered: int) -> None:
    rows = items(api.get(f"{R2025}/coverage{query}"))
    assert sum(row["is_covered"] is True for row in rows) == covered
    assert sum(row["state"] in ("post", "accredited") for row in rows) == covered


def test_what_a_partial_document_does_not_mention_is_null_and_not_false(api: TestClient) -> None:
    rows = items(api.get("/api/v1/releases/kst-31015-94/coverage"))
    assert {row["is_covered"] for row in rows if row["state"] != "home"} == {True, None}
    unmentioned = next(row for row in rows if row["iso3"] == "AFG")
    assert (unmentioned["state"], unmentioned["postings"]) == (None, None)


def test_postings_of_the_annex(api: TestClient) -> None:
    """KMar: rows 10, 20, 25 to 29 and 44 to 49 of table 1, and row 2 of table 2."""
    rows = items(api.get(f"{R2025}/postings"))
    officers = [row for row in rows if row["kind"] == "LO"]
    assert len(officers) == 55
    assert sum(row["status"] == "planned" for row in officers) == 1
    assert sum(row["kind"] == "FILO" for row in rows) == 3
    kmar = items(api.get(f"{R2025}/postings?org=KMar"))
    assert [row["organisation"] for row in kmar] == ["KMar"] * 14


def test_missions_of_both_dates_or_of_one_or_in_one_country(api: TestClient) -> None:
    def officers(query: str) -> int:
        return sum(row["officers"] for row in items(api.get(f"/api/v1/missions{query}")))  # type: ignore[misc]

    assert officers("?release=bijlage-2025-11") == 34
    assert officers("?release=bijlage-2023-12") == 28
    assert officers("") == 62
    in_mali = items(api.get("/api/v1/missions?land=MLI&release=bijlage-2023-12"))
    assert in_mali and all("MLI" in str(row["areas_iso3"]) for row in in_mali)


def test_a_country_with_all_that_the_tables_say_of_it(api: TestClient) -> None:
    country = api.get("/api/v1/countries/KEN?release=bijlage-2025-11").json()
    assert (country["name_nl"], country["continent"]) == ("Kenia", "Africa")
    (coverage,) = country["coverage"]
    stationed = [row for row in country["accreditations"] if row["host_iso3"] == "KEN"]
    assert (coverage["state"], coverage["nearest_city"]) == ("post", "Nairobi")
    assert len(stationed) == coverage["postings_stationed"] == 2  # "Kenia-1" and "Kenia-2"
    every = api.get("/api/v1/countries/KEN").json()
    assert [row["release"] for row in every["coverage"]] == ["bijlage-2025-11", "kst-31015-94"]


def test_gaps_by_kind_and_by_weight(api: TestClient) -> None:
    partner = items(api.get(f"{R2025}/gaps?soort=partner_only"))
    assert len(partner) == 5  # served by the Belgian police only
    alone = [row for row in items(api.get(f"{R2025}/coverage")) if row["gap_partner_only"]]
    assert [row["served_by_gpi"] for row in alone] == [True] * 5
    ranks = [row["rank"] for row in items(api.get(f"{R2025}/gaps")) if row["rank"]]
    assert ranks == sorted(ranks) and ranks[0] == 1  # type: ignore[type-var]
    only_people = items(
        api.get(f"{R2025}/gaps?weging=kind:0,mission:0,distance:0,priority:0,channel:0")
    )
    ranked = [row for row in only_people if row["rank"]]
    assert all(row["score_points"] == row["population_points"] for row in ranked)
    assert ranked[0]["population"] == max(row["population"] or 0 for row in ranked)  # type: ignore[type-var]


def test_missions_are_unknown_of_a_release_without_a_table_of_them(
    api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    releases = snapshot.releases()
    monkeypatch.setattr(snapshot, "releases", lambda: releases.assign(missions="absent"))
    path = f"{R2025}/gaps?soort=mission_without_liaison"
    assert api.get(path).json()["code"] == "gap_kinds_unknown"
    described = api.get("/api/v1/openapi.json").json()["paths"]
    assert "409" in described["/releases/{release}/gaps"]["get"]["responses"]
    assert "409" not in described["/releases/{release}/coverage"]["get"]["responses"]
    monkeypatch.undo()
    assert {row["iso3"] for row in items(api.get(path))} == {"ISR", "PSE"}


def test_a_row_has_exactly_the_columns_of_the_dictionary(api: TestClient) -> None:
    for path, table in {
        "/api/v1/releases": "releases",
        f"{R2025}/postings": "postings",
        f"{R2025}/coverage": "coverage",
        f"{R2025}/gaps": "gaps",
        "/api/v1/missions": "missions",
        "/api/v1/countries": "units",
    }.items():
        assert list(items(api.get(path))[0]) == TABLES[table].columns, path


# --- formats ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/geo+json", "application/geo+json"),
        ("application/json;q=0.5, text/csv", "text/csv; charset=utf-8"),
        ("application/*;q=0.5, application/json;q=0.1", "application/geo+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),  # a browser
    ],
)
def test_format_by_accept(api: TestClient, accept: str, expected: str) -> None:
    answer = api.get(f"{R2025}/coverage?land=ECU", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, expected)


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "image/png, text/plain"])
def test_what_cannot_be_given_is_not_acceptable(api: TestClient, accept: str) -> None:
    assert api.get(f"{R2025}/coverage", headers={"Accept": accept}).status_code == 406


def test_csv_has_the_same_rows(api: TestClient) -> None:
    answer = api.get(f"{R2025}/coverage?format=csv&limit=20")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    there = items(api.get(f"{R2025}/coverage?limit=20"))
    assert [row["iso3"] for row in rows] == [row["iso3"] for row in there]
    assert list(rows[0]) == TABLES["coverage"].columns
    assert answer.headers["link"] == '<?format=csv&limit=20&offset=20>; rel="next"'


def test_geojson_has_a_shape_a_point_or_several_shapes(api: TestClient) -> None:
    def drawn(path: str) -> dict[str, object]:
        answer = api.get(path, params={"format": "geojson"})
        assert answer.headers["content-crs"].endswith("CRS84>")
        whole = answer.json()
        assert "Grenzen en namen" in whole["borders"]
        return whole  # type: ignore[no-any-return]

    ecuador = drawn("/api/v1/countries/ECU")
    assert (ecuador["type"], ecuador["id"]) == ("Feature", "ECU")
    posts = drawn(f"{R2025}/postings")["features"]
    kinds = {one["geometry"]["type"] for one in posts if one["geometry"]}  # type: ignore[attr-defined]
    assert kinds == {"Point"}
    assert any(one["geometry"] is None for one in posts)  # type: ignore[attr-defined]  # FILO's
    missions = drawn("/api/v1/missions")["features"]
    assert {one["geometry"]["type"] for one in missions if one["geometry"]} <= {  # type: ignore[attr-defined]
        "Polygon",
        "MultiPolygon",
    }


def test_geographic_programs_read_it(api: TestClient, tmp_path: Path) -> None:
    import geopandas as gpd

    for name in ("postings", "coverage", "gaps"):
        path = tmp_path / f"{name}.geojson"
        path.write_bytes(api.get(f"{R2025}/{name}?format=geojson").content)
        frame = gpd.read_file(path)
        drawn = frame[frame.geometry.notna()]
        assert frame.crs.to_epsg() == 4326 and drawn.geometry.is_valid.all(), name
        assert len(frame) == len(items(api.get(f"{R2025}/{name}")))


# --- tags, pages, methods ----------------------------------------------------------------------


def test_an_answer_that_did_not_change_is_not_sent_again(api: TestClient) -> None:
    first = api.get(f"{R2025}/coverage")
    for known in (first.headers["etag"], f'"x", {first.headers["etag"]}', "*"):
        again = api.get(f"{R2025}/coverage", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    for other in ('"x"', api.get(f"{R2025}/coverage?org=NP").headers["etag"]):
        assert api.get(f"{R2025}/coverage", headers={"If-None-Match": other}).status_code == 200


def test_pages_of_rows_join_to_the_whole(api: TestClient) -> None:
    whole = items(api.get(f"{R2025}/coverage"))
    rows, query, pages = [], "?limit=100", 0
    while query:
        answer = api.get(f"{R2025}/coverage{query}")
        rows += items(answer)
        assert answer.json()["total"] == len(whole)
        query, pages = answer.json()["next"] or "", pages + 1
        link = answer.headers.get("link", "")
        assert link == (f'<{query}>; rel="next"' if query else "")
    assert rows == whole and pages == 3
    beyond = api.get(f"{R2025}/coverage?offset=100000").json()
    assert (beyond["items"], beyond["next"]) == ([], None)


def test_head_options_and_what_changes_something(api: TestClient) -> None:
    get, head = api.get("/api/v1/releases"), api.head("/api/v1/releases")
    assert head.content == b"" and head.headers["content-length"] == get.headers["content-length"]
    assert head.headers["etag"] == get.headers["etag"]
    asked = api.options("/api/v1/releases")
    assert (asked.status_code, asked.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        refused = api.request(method, "/api/v1/releases")
        assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("prefix", ["", "/atlas"])
def test_under_a_prefix_and_with_a_slash_at_the_end(api: TestClient, prefix: str) -> None:
    assert api.get(f"{prefix}/api/v1/releases").status_code == 200
    for path in ("/api/v1/releases/", "/api/v1", "/api/v1/", "/api/v2/releases", "/api/v1/x%0A"):
        assert api.get(f"{prefix}{path}").status_code == 404, path


# --- errors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status", "code", "names"),
    [
        (f"{R2025}/coverage?organisatie=NP", 400, "api_parameter_unknown", "organisatie"),
        (f"{R2025}/coverage?org=AIVD", 400, "api_parameter_wrong", "AIVD"),
        (f"{R2025}/coverage?org=", 400, "api_parameter_wrong", "NP"),
        (f"{R2025}/coverage?land=QQQ", 400, "api_parameter_wrong", "QQQ"),
        (f"{R2025}/coverage?gebied=atlantis", 400, "api_parameter_wrong", "atlantis"),
        (f"{R2025}/coverage?release=bijlage-2023-12", 400, "api_parameter_unknown", "release"),
        (f"{R2025}/gaps?weging=population:9", 400, "api_parameter_wrong", "population:9"),
        (f"{R2025}/coverage?limit=0", 400, "api_parameter_wrong", f"1 - {MOST_ROWS}"),
        (f"{R2025}/coverage?limit={MOST_ROWS + 1}", 400, "api_parameter_wrong", "limit"),
        (f"{R2025}/coverage?limit=1&limit=2", 400, "api_parameter_wrong", "limit"),
        (f"{R2025}/coverage?offset=-1", 400, "api_parameter_wrong", "offset"),
        (f"{R2025}/coverage?offset=٣", 400, "api_parameter_wrong", "offset"),
        (f"{R2025}/coverage?format=xml", 400, "api_parameter_wrong", "xml"),
        ("/api/v1/releases?format=geojson", 406, "api_no_such_format", "csv"),
        (f"{R2025}/coverage?org={'NP,' * 1000}", 400, "api_query_too_long", ""),
        ("/api/v1/releases/none/coverage", 404, "no_such_release", "bijlage-2025-11"),
        ("/api/v1/releases/bijlage-2023-12/coverage", 404, "no_network_table", "bijlage-2025-11"),
        ("/api/v1/releases/kst-31015-94/gaps", 404, "needs_of_partial_release", "kst-31015-94"),
        ("/api/v1/missions?release=kst-31015-94", 404, "no_missions_table", "bijlage-2025-11"),
        ("/api/v1/countries/QQQ", 404, "api_no_such_unit", "QQQ"),
        # One network is complete, so nobody knows whom an earlier one served.
        (f"{R2025}/gaps?soort=lost", 409, "gap_kinds_unknown", "bijlage-2025-11"),
        (f"{R2025}/gaps?soort=single,lost&format=csv", 409, "gap_kinds_unknown", "lost"),
    ],
)
def test_an_error_says_what_is_wrong_and_what_to_do(
    api: TestClient, path: str, status: int, code: str, names: str
) -> None:
    for language in ("nl", "en"):
        joint = "&" if "?" in path else "?"
        answer = api.get(f"{path}{joint}taal={language}")
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
        assert problem["type"] == "about:blank" and names in problem["detail"]


def test_every_answer_has_the_version_and_the_headers_of_safety(api: TestClient) -> None:
    for path in ("/api/v1/releases", "/api/v1/x", f"{R2025}/gaps?x=1", "/api/v1/openapi.json"):
        headers = api.get(path).headers
        assert headers["api-version"] == "1.0.0", path
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert "access-control-allow-origin" not in headers


def test_a_fault_of_ours_is_told_without_its_inside(
    api: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*arguments: object) -> Answer:
        raise RuntimeError("secret of the machine")

    monkeypatch.setattr(answers, "make", broken)
    answer = api.get("/api/v1/releases")
    assert answer.status_code == 500 and "secret" not in answer.text
    assert "secret of the machine" in caplog.text


# --- budgets and rest ----------------------------------------------------------------------------


def test_one_address_asks_so_often_and_another_is_not_in_its_way(
    api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budgets, "REQUEST_BURST", 3)
    monkeypatch.setattr(budgets, "REQUEST_PACE", 0.001)
    monkeypatch.setattr(budgets, "SECOND", 0)
    REASONS.clear()
    statuses = [api.get("/api/v1/releases").status_code for _ in range(5)]
    assert statuses == [200] * 3 + [429] * 2 and REASONS == ["program"] * 2
    refused = api.get("/api/v1/releases")
    assert refused.json()["code"] == "api_too_often" and refused.headers["retry-after"] == "1"
    other = {"X-Forwarded-For": "192.0.2.7"}  # as nginx says it
    assert api.get("/api/v1/releases", headers=other).status_code == 200


def test_where_too_many_wait_the_next_is_told_so(
    api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budgets, "QUEUE", 0)
    refused = api.get("/api/v1/releases")
    assert refused.status_code == 503 and refused.json()["code"] == "api_too_busy"


def test_answers_are_kept_within_their_room_and_for_one_state_of_the_data() -> None:
    state = ["one"]
    kept = Answers(lambda: state[0], room=1_000, pause=0)

    def there() -> str:
        return "".join(name for name in "abc" if kept.get(name))

    assert there() == ""
    for name in "ab":
        kept.add("one", name, Answer(b"x" * 400, "text/plain", name))
    assert kept.get("b") and kept.get("a")
    kept.add("one", "c", Answer(b"x" * 400, "text/plain", "c"))  # takes the room of b
    assert there() == "ac"
    kept.add("one", "c", Answer(b"x" * 400, "text/plain", "c"))  # counts once
    assert there() == "ac"
    state[0] = "two"
    assert there() == ""
    kept.add("one", "a", Answer(b"x", "text/plain", "a"))  # made while the data changed
    assert there() == ""


def test_a_change_of_the_data_is_seen_within_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    state, now = ["one"], [100.0]
    monkeypatch.setattr(answers, "monotonic", lambda: now[0])
    kept = Answers(lambda: state[0])
    assert kept.get("a") is None
    kept.add("one", "a", Answer(b"1", "text/plain", "1"))
    state[0] = "two"
    now[0] += 0.9
    assert kept.get("a")
    now[0] += 0.2
    assert kept.get("a") is None


def test_who_has_much_made_may_ask_less_often() -> None:
    """Two seconds of work are the whole budget; another address still has its own."""
    requests = Requests()
    assert requests.take("a")
    requests.charge("a", budgets.REQUEST_BURST / budgets.SECOND)
    assert not requests.take("a") and requests.take("b")


def test_compressed_where_it_is_welcome(api: TestClient) -> None:
    plain = api.get(f"{R2025}/coverage", headers={"Accept-Encoding": "identity"})
    small = api.get(f"{R2025}/coverage", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < len(plain.content) / 5
    assert small.content == plain.content and small.headers["etag"] == plain.headers["etag"]


def test_the_description_is_in_two_languages_and_names_every_address(api: TestClient) -> None:
    dutch = api.get("/api/v1/openapi.json").json()
    english = api.get("/api/v1/openapi.json?taal=en").json()
    assert dutch["openapi"].startswith("3.1") and dutch["info"]["version"] == "1.0.0"
    assert dutch["servers"][0]["url"].endswith("/api/v1")
    assert set(dutch["paths"]) == {
        *("/releases", "/releases/{release}", "/missions", "/countries", "/countries/{iso3}"),
        *(f"/releases/{{release}}/{name}" for name in ("postings", "coverage", "gaps")),
        "/openapi.json",
    }
    assert json.dumps(dutch) != json.dumps(english)


# --- the page that explains it --------------------------------------------------------------------

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.fixture
def address(module_store: None) -> Iterator[str]:
    """The interface on a port of this machine, for programs that want one."""
    sock = listen(0)
    app = Starlette(routes=routes.mounts(REASONS.append))
    served = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=served.run, kwargs={"sockets": [sock]})
    thread.start()
    while not served.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    served.should_exit = True
    thread.join(10)


def test_the_example_in_python_works(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    example = re.search(r"^```python\n(.*?)^```$", PAGE, re.S | re.M)
    assert example
    exec(example[1].replace("https://atlas.example.org", address), {})
    assert capsys.readouterr().out.splitlines() == re.findall(r"\)  # (.+)$", example[1], re.M)


def test_every_address_on_the_page_is_one(api: TestClient) -> None:
    paths = set(re.findall(r"`(/api/v1/[\w/{}]+)`", PAGE))
    described = {f"/api/v1{path}" for path in api.get("/api/v1/openapi.json").json()["paths"]}
    assert paths == described - {"/api/v1/openapi.json"}
    examples = re.findall(r"example\.org(/api/v1/[^\"`]+)|base\}?,? ?\"?(/[\w./?=-]+)", PAGE)
    asked = {first or f"/api/v1{second}" for first, second in examples} - {"/api/v1"}
    assert len(asked) == 3
    for path in asked:
        assert api.get(path).status_code == 200, path


# --- sign-in -----------------------------------------------------------------------------------

SECRET = "thirty-two characters or more .."
ADDRESS = "https://atlas.example/"


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SignIn:
    """An installation at which one has to sign in, with a folder of ended sign-ins of its own."""
    roles = ("liaisonatlas-editor", "liaisonatlas-viewer")
    made = SignIn("https://sso.example", "atlas", "x", SECRET, ADDRESS.rstrip("/"), "roles", roles)
    monkeypatch.setattr(auth, "sign_in", lambda: made)
    monkeypatch.setattr(auth, "ended", lambda: EndedSignIns(tmp_path / "ended"))
    monkeypatch.setattr(starlette_websocket, "get_cookie_secret", lambda: SECRET)
    return made


def cookie(secret: str = SECRET, origin: str = "https://atlas.example", **claims: object) -> str:
    """A cookie as Streamlit writes it for who signed in."""
    content = {"is_logged_in": True, "iat": time.time() - 60, "origin": origin, **claims}
    signed = create_signed_value(secret, auth.COOKIE, json.dumps(content))
    return f"{auth.COOKIE}={signed.decode()}"


VIEWER = {"roles": ["liaisonatlas-viewer"]}


@pytest.mark.parametrize(
    ("header", "status", "code"),
    [
        ("", 401, "api_sign_in_first"),
        (f"{auth.COOKIE}=nonsense", 401, "api_sign_in_first"),
        (cookie("another secret, also long enough ..", **VIEWER), 401, "api_sign_in_first"),
        (cookie(origin="https://evil.example", **VIEWER), 401, "api_sign_in_first"),
        (cookie(iat=time.time() - 13 * 3600, **VIEWER), 401, "api_sign_in_first"),
        (cookie(is_logged_in=False, **VIEWER), 401, "api_sign_in_first"),
        (cookie(roles=["something else"]), 403, "api_no_role"),
        (cookie(**VIEWER), 200, ""),
    ],
)
@pytest.mark.usefixtures("provider")
def test_with_sign_in_no_data_without_it(
    api: TestClient, header: str, status: int, code: str
) -> None:
    headers = {"Cookie": header} if header else {}
    paths = ["/api/v1/releases", f"{R2025}/coverage", "/api/v1/countries/ECU", "/api/v1/missions"]
    paths.append("/map.json")
    for path in paths:
        for more in ("", "?format=csv"):
            answer = api.get(path + more, headers=headers)
            assert answer.status_code == status, path
            if code:
                assert answer.json()["code"] == code
                assert ("www-authenticate" in answer.headers) == (status == 401)
    if code:  # not even whether something changed, or which documents there are
        unchanged = api.get(paths[0], headers=headers | {"If-None-Match": "*"})
        unknown = api.get("/api/v1/releases/x/gaps", headers=headers)
        assert unchanged.status_code == unknown.status_code == status
        assert "bijlage" not in unknown.text


def test_a_sign_in_that_was_ended_reads_no_longer(api: TestClient, provider: SignIn) -> None:
    claims = {"iat": time.time() - 60, "sub": "ans", **VIEWER}
    headers = {"Cookie": cookie(**claims)}
    assert api.get("/api/v1/releases", headers=headers).status_code == 200
    auth.ended().add(provider.fingerprint({"is_logged_in": True, **claims}), time.time())
    assert api.get("/api/v1/releases", headers=headers).status_code == 401


@pytest.mark.usefixtures("provider")
def test_the_description_says_that_one_signs_in_and_is_open_itself(api: TestClient) -> None:
    made = api.get("/api/v1/openapi.json").json()
    assert made["security"] == [{"cookie": []}]
    assert made["paths"]["/openapi.json"]["get"]["security"] == []
