"""Who is an editor, who a viewer, who nobody; and what an installation must set for it."""

from __future__ import annotations

import re
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard.web import auth
from dashboard.web.auth import EDITOR, NOBODY, SECONDS, VIEWER, EndedSignIns, SignIn
from geo.errors import DataError

NOON = 1_800_000_000.0
WHOLE = {
    "LIAISONATLAS_OIDC_METADATA": "https://sso.example/.well-known/openid-configuration",
    "LIAISONATLAS_OIDC_CLIENT": "atlas",
    "LIAISONATLAS_OIDC_SECRET": "a secret of the provider",
    "LIAISONATLAS_COOKIE_SECRET": "thirty-two characters or more ..",
    "LIAISONATLAS_ADDRESS": "https://atlas.example/",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for variable, value in WHOLE.items():
        monkeypatch.setenv(variable, value)
    for variable in ("ROLE_CLAIM", "EDITOR_ROLE", "VIEWER_ROLE"):
        monkeypatch.delenv(f"LIAISONATLAS_{variable}", raising=False)
    return monkeypatch


def sign_in() -> SignIn:
    found = SignIn.from_environment()
    assert found is not None
    return found


def claims(age: float = 60.0, **given: object) -> dict[str, object]:
    return {"is_logged_in": True, "iat": NOON - age, **given}


def test_nothing_set_is_no_sign_in(environment: pytest.MonkeyPatch) -> None:
    for variable in WHOLE:
        environment.delenv(variable)
    assert SignIn.from_environment() is None


@pytest.mark.parametrize("missing", WHOLE)
def test_half_a_sign_in_is_refused_and_not_taken_for_none(
    missing: str, environment: pytest.MonkeyPatch
) -> None:
    environment.delenv(missing)
    with pytest.raises(DataError) as refused:
        SignIn.from_environment()
    assert refused.value.where == missing
    assert not any(secret in str(refused.value) for secret in list(WHOLE.values())[2:4])


def test_a_short_cookie_secret_is_refused_without_showing_it(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("LIAISONATLAS_COOKIE_SECRET", "short-one")
    with pytest.raises(DataError) as refused:
        SignIn.from_environment()
    assert "LIAISONATLAS_COOKIE_SECRET" in str(refused.value)
    assert "short-one" not in str(refused.value)


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("roles", "role"),
    [
        (["liaisonatlas-editor"], EDITOR),
        (["liaisonatlas-viewer", "liaisonatlas-editor"], EDITOR),
        (["liaisonatlas-viewer"], VIEWER),
        ("liaisonatlas-viewer", VIEWER),
        (["liaisonatlas-editors", "editor", "LIAISONATLAS-EDITOR"], NOBODY),
        ("xliaisonatlas-editorx", NOBODY),
        ([], NOBODY),
        (None, NOBODY),
        ({"liaisonatlas-editor": True}, NOBODY),
    ],
)
def test_role_by_claim(roles: object, role: str) -> None:
    assert sign_in().role(claims(roles=roles), NOON) == role


def test_a_claim_may_be_nested_or_have_dots_in_its_name(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LIAISONATLAS_ROLE_CLAIM", "realm_access.roles")
    environment.setenv("LIAISONATLAS_EDITOR_ROLE", "redactie")
    held = {"realm_access": {"roles": ["redactie"]}}
    assert sign_in().role(claims(**held), NOON) == EDITOR
    assert sign_in().role(claims(**{"realm_access.roles": ["redactie"]}), NOON) == EDITOR
    assert sign_in().role(claims(realm_access="redactie"), NOON) == NOBODY


@pytest.mark.usefixtures("environment")
def test_a_sign_in_ends_after_twelve_hours_or_without_a_time() -> None:
    held = {"roles": ["liaisonatlas-editor"]}
    assert sign_in().role(claims(12 * 3600 - 1, **held), NOON) == EDITOR
    assert sign_in().role(claims(12 * 3600, **held), NOON) == NOBODY
    assert sign_in().role({"is_logged_in": True, **held}, NOON) == NOBODY
    # The provider's clock may be minutes ahead of ours, not an hour.
    assert sign_in().role(claims(-60, **held), NOON) == EDITOR
    assert sign_in().role(claims(-3600, **held), NOON) == NOBODY
    assert sign_in().role({**claims(**held), "is_logged_in": False}, NOON) == NOBODY


@pytest.mark.usefixtures("environment")
def test_the_provider_sends_readers_back_to_our_address() -> None:
    auth = sign_in().secrets()["auth"]
    assert auth["redirect_uri"] == "https://atlas.example/oauth2callback"
    assert auth["client_secret"] == "a secret of the provider"


def test_a_sign_in_that_was_ended_is_nobody_in_every_process(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Another object for the same folder stands for another process, or for this one later."""
    cookie, tokens = claims(sub="ans", nonce="1"), {"id": "a token"}
    EndedSignIns(tmp_path / "ended").add(sign_in().fingerprint(cookie), time.time())
    later = EndedSignIns(tmp_path / "ended")
    assert sign_in().fingerprint({**cookie, "tokens": tokens}) in later
    for other in (claims(sub="ans", nonce="2"), claims(sub="bo", nonce="1")):
        assert sign_in().fingerprint(other) not in later
    names = "".join(path.name for path in (tmp_path / "ended").iterdir())
    assert "ans" not in names and re.fullmatch("[0-9a-f]{64}", names)


def test_what_is_over_by_itself_is_forgotten(tmp_path: Path) -> None:
    folder = EndedSignIns(tmp_path)
    folder.add("first", time.time())
    folder.add("second", time.time() + SECONDS)
    assert "first" in folder
    folder.add("third", time.time() + SECONDS + 301)
    assert "first" not in folder


@pytest.mark.parametrize("is_ended", [False, True])
def test_role_and_page_of_one_whose_sign_in_was_ended(
    is_ended: bool, environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cookie = claims() | {"iat": time.time() - 60, "roles": ["liaisonatlas-editor"]}
    provider = sign_in()
    environment.setattr(auth, "sign_in", lambda: provider)
    environment.setattr(auth, "ended", lambda: EndedSignIns(tmp_path))
    user = SimpleNamespace(to_dict=lambda: cookie)
    environment.setattr(auth, "st", SimpleNamespace(user=user, logout=lambda: None))
    if is_ended:
        auth.leave()
    assert auth.role() == (NOBODY if is_ended else EDITOR)
    assert auth.signed_in() is not is_ended
