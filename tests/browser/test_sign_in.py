"""Signing in at a real OpenID Connect provider, which runs here: who sees and does what."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.bench.accessibility import faults
from tests.deploy.stack import end, free_ports

Settle = Callable[[], None]
ROLES = {"ans": ["liaisonatlas-editor"], "bo": ["liaisonatlas-viewer"], "cor": ["something else"]}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider at which each name of ROLES may sign in without a password."""
    port = free_ports(1)[0]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    where = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        for name, roles in ROLES.items():
            while True:
                try:
                    httpx.put(f"{where}/users/{name}", json={"roles": roles}).raise_for_status()
                    break
                except httpx.TransportError:
                    assert process.poll() is None and time.monotonic() < deadline
                    time.sleep(0.2)
        yield where
    finally:
        end(process)


@pytest.fixture(scope="module")
def guarded_address(
    provider: str, serve: Callable[..., object], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where an app listens at which one has to sign in."""
    port = free_ports(1)[0]
    settings = {
        "LIAISONATLAS_OIDC_METADATA": f"{provider}/.well-known/openid-configuration",
        "LIAISONATLAS_OIDC_CLIENT": "atlas",
        "LIAISONATLAS_OIDC_SECRET": "a secret of the tests",
        "LIAISONATLAS_COOKIE_SECRET": "a secret of the tests, long enough",
        "LIAISONATLAS_ADDRESS": f"http://127.0.0.1:{port}",
    }
    with serve(tmp_path_factory.mktemp("guarded"), port, settings) as where:
        yield where


@pytest.fixture
def door(guarded_address: str, page: Page, settle: Settle) -> Callable[[str, str], None]:
    """Asks for a path as somebody who is not signed in, and signs in by name."""

    def enter(path: str, name: str) -> None:
        page.goto(f"{guarded_address}{path}")
        settle()
        page.get_by_role("button", name="Aanmelden").click()
        page.wait_for_url("**/oauth2/authorize**")
        page.locator("input[name=sub]").fill(name)
        page.get_by_role("button", name="Authorize").click()

    return enter


def test_nothing_is_shown_before_signing_in(page: Page, guarded_address: str, settle: Settle):
    for path in ("/dekking?land=ECU", "/presenteren"):
        page.goto(f"{guarded_address}{path}")
        settle()
        expect(page.locator("h1")).to_have_text("Meld u aan om de atlas te zien")
        assert page.locator("iframe, table, nav a, [data-testid=stSidebar]").count() == 0
        expect(page).to_have_title("Aanmelden – Liaisonatlas")
    assert faults(page, advice=True) == []
    assert page.request.get(f"{guarded_address}/api/v1/releases").status == 401
    page.get_by_role("link", name="Toegankelijkheid").click()
    expect(page.locator("h1")).to_contain_text("verklaring van Liaisonatlas")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Meld u aan om de atlas te zien")
    settle()
    page.get_by_role("link", name="In English").click()
    expect(page.locator("h1")).to_have_text("Sign in to see the atlas")


def test_an_editor_comes_where_they_asked_and_may_import(
    page: Page, door: Callable[[str, str], None]
):
    door("/gegevens?land=ECU", "ans")
    page.wait_for_url("**/gegevens?*land=ECU*")
    expect(page.get_by_text("Aangemeld als redacteur")).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(1)
    expect(page.get_by_role("button", name="Trek in: Missies november 2023")).to_be_visible()
    page.get_by_role("button", name="Afmelden").click()
    expect(page.locator("h1")).not_to_contain_text("documenten")


def test_a_viewer_reads_and_finds_no_way_to_change(
    page: Page, door: Callable[[str, str], None], guarded_address: str
):
    door("/gegevens", "bo")
    page.wait_for_url("**/gegevens?*")
    expect(page.locator("h1")).to_contain_text("3 documenten in de atlas")
    expect(page.get_by_text("Aangemeld als lezer")).to_be_visible()
    expect(page.get_by_text("kan alleen een redacteur")).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(0)
    expect(page.get_by_role("button", name="Trek in")).to_have_count(0)
    # A program with the cookie of that sign-in reads too.
    answer = page.request.get(f"{guarded_address}/api/v1/releases")
    assert answer.status == 200 and answer.json()["total"] == 3


def test_who_signs_out_is_out_everywhere(
    page: Page, door: Callable[[str, str], None], guarded_address: str, settle: Settle
):
    door("/gegevens", "ans")
    page.wait_for_url("**/gegevens?*")
    settle()
    expect(page.get_by_text("Aangemeld als redacteur")).to_be_visible()
    cookies = [c for c in page.context.cookies() if c["name"].startswith("_streamlit")]
    hours = {c["name"]: (c["expires"] - time.time()) / 3600 for c in cookies if c["expires"] > 0}
    assert hours and all(age <= 12 for name, age in hours.items() if "_user" in name)
    thief = page.context.browser
    assert thief is not None
    with thief.new_context() as copy:
        copy.add_cookies(cookies)  # type: ignore[arg-type]
        other = copy.new_page()
        other.goto(f"{guarded_address}/dekking")
        expect(other.get_by_text("Aangemeld als redacteur")).to_be_visible()
        page.get_by_role("button", name="Afmelden").click()
        expect(page.locator("h1")).not_to_contain_text("documenten")
        other.locator("[data-testid=stSidebar] label").filter(has_text="KMar").click()
        expect(other.locator("h1")).to_have_text("Meld u aan om de atlas te zien")
        other.goto(f"{guarded_address}/dekking")
        expect(other.locator("h1")).to_have_text("Meld u aan om de atlas te zien")


def test_without_a_role_one_is_told_so(
    page: Page, door: Callable[[str, str], None], guarded_address: str
):
    door("/dekking", "cor")
    expect(page.locator("h1")).to_have_text("Uw account heeft geen toegang tot deze atlas")
    assert page.request.get(f"{guarded_address}/api/v1/releases").status == 403
    assert page.locator("iframe, table").count() == 0


def test_a_cookie_that_somebody_made_is_no_sign_in(
    page: Page, guarded_address: str, settle: Settle
):
    context: BrowserContext = page.context
    forged = "eyJpc19sb2dnZWRfaW4iOnRydWV9.aaaa.bbbb"
    context.add_cookies([{"name": "_streamlit_user", "value": forged, "url": guarded_address}])
    page.goto(guarded_address)
    settle()
    expect(page.locator("h1")).to_have_text("Meld u aan om de atlas te zien")


def test_a_review_outlives_a_reload_and_a_restart(
    page: Page,
    serve: Callable[..., object],
    settle: Settle,
    next_annex: Path,
    tmp_path: Path,
):
    port = free_ports(1)[0]
    with serve(tmp_path, port) as where:
        page.goto(f"{where}/gegevens")
        settle()
        page.locator("input[type=file]").set_input_files(next_annex)
        expect(page.locator("h1")).to_contain_text("nog 5 vragen")
        settle()
        cards = page.locator('[class*="st-key-question_"]')
        here = cards.filter(has=page.get_by_text("“Vilnistan”", exact=True))
        here.get_by_role("combobox").click()
        page.keyboard.type("Geen land")
        page.get_by_role("option", name="Geen land").first.click()
        settle()
        here.get_by_role("button", name="Beslis").click()
        expect(page.locator("h1")).to_contain_text("nog 4 vragen")
        settle()
        page.reload()
        settle()
        expect(page.locator("h1")).to_contain_text("nog 4 vragen")
    with serve(tmp_path, port):
        page.reload()
        settle()
        expect(page.locator("h1")).to_contain_text("nog 4 vragen")
        page.get_by_role("button", name="Stop en gooi weg").click()
        settle()
        assert "nalezen" not in page.url
    assert list((tmp_path / "var" / "reviews").iterdir()) == []
