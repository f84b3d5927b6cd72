"""Who this reader is to us: an editor, a viewer or nobody; asked again at every run and act.

Sign-in goes through OpenID Connect; without it whoever sits at this machine edits."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.datastructures import Headers
from starlette.types import Scope
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import (
    _get_signed_cookie_with_chunks,
    _parse_decoded_user_cookie,
)

from dashboard import snapshot
from dashboard.web import request_guard
from geo.errors import DataError

EDITOR, VIEWER, NOBODY = "editor", "viewer", ""
COOKIE = USER_COOKIE_NAME  # of who signed in, by Streamlit
# Streamlit keeps a sign-in for thirty days; who lost a role must not keep it that long.
SECONDS = 12 * 3600
EARLY = 300  # seconds that the clock of the provider may be ahead
SHORTEST = 32  # characters of the secret that signs the cookie
NEEDED = {
    "metadata": "LIAISONATLAS_OIDC_METADATA",
    "client": "LIAISONATLAS_OIDC_CLIENT",
    "secret": "LIAISONATLAS_OIDC_SECRET",
    "cookie_secret": "LIAISONATLAS_COOKIE_SECRET",
}


@dataclass(frozen=True)
class SignIn:
    """The provider and what its claims mean.

    `metadata` is the provider's discovery address, `client` and `secret` name this installation to
    it, `cookie_secret` signs the cookie and is the same for every process. `claim` names the claim
    that lists roles, with dots where it is nested; `roles` is the value that makes an editor and
    the one that makes a viewer.
    """

    metadata: str
    client: str
    secret: str
    cookie_secret: str
    address: str
    claim: str
    roles: tuple[str, str]

    @classmethod
    def from_environment(cls) -> SignIn | None:
        """What the LIAISONATLAS_ variables say, or None where there is no sign-in.

        Raises DataError where some of what it needs is set and some is not.
        """
        values = {name: os.environ.get(variable, "") for name, variable in NEEDED.items()}
        if not any(values.values()):
            return None
        address = os.environ.get("LIAISONATLAS_ADDRESS", "")
        variables = {NEEDED[name]: value for name, value in values.items()}
        variables["LIAISONATLAS_ADDRESS"] = address
        for variable, value in variables.items():
            if not value:
                raise DataError("sign_in_incomplete", variable)
        if len(values["cookie_secret"]) < SHORTEST:
            raise DataError("secret_too_short", NEEDED["cookie_secret"])
        claim = os.environ.get("LIAISONATLAS_ROLE_CLAIM", "roles")
        roles = (
            os.environ.get("LIAISONATLAS_EDITOR_ROLE", "liaisonatlas-editor"),
            os.environ.get("LIAISONATLAS_VIEWER_ROLE", "liaisonatlas-viewer"),
        )
        return cls(**values, address=address.rstrip("/"), claim=claim, roles=roles)

    def secrets(self) -> dict[str, Any]:
        """The same as Streamlit wants it: its table `auth`."""
        return {
            "auth": {
                "redirect_uri": f"{self.address}/oauth2callback",
                "cookie_secret": self.cookie_secret,
                "client_id": self.client,
                "client_secret": self.secret,
                "server_metadata_url": self.metadata,
            }
        }

    def role(self, claims: Mapping[str, Any], now: float) -> str:
        """EDITOR, VIEWER or NOBODY by the claims of the identity token, at the time `now` (Unix).

        Nobody is who is not signed in, has neither role, or signed in more than SECONDS ago.
        """
        if not self.recognises(claims, now):
            return NOBODY
        held = _listed(claims, self.claim)
        return next(
            (role for role, name in zip((EDITOR, VIEWER), self.roles, strict=True) if name in held),
            NOBODY,
        )

    def fingerprint(self, claims: Mapping[str, Any]) -> str:
        """A name for one sign-in that tells nothing of whose it is, without the secret."""
        content = {name: value for name, value in claims.items() if name != "tokens"}
        text = json.dumps(content, sort_keys=True, default=str)
        return hmac.new(self.cookie_secret.encode(), text.encode(), hashlib.sha256).hexdigest()

    @staticmethod
    def recognises(claims: Mapping[str, Any], now: float) -> bool:
        """Whether the provider said who this is, no more than SECONDS before `now`."""
        issued = claims.get("iat")
        fresh = isinstance(issued, int | float) and -EARLY < now - issued < SECONDS
        return bool(claims.get("is_logged_in")) and fresh


class EndedSignIns:
    """The sign-ins that a reader ended before their hours were over, for all processes.

    Each is an empty file in `folder`, named by `SignIn.fingerprint`, until its cookie is of no use.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, fingerprint: str, now: float) -> None:
        """End a sign-in, and forget those that are over by themselves; raises OSError."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self._folder / fingerprint).touch(mode=0o600)
        for path in self._folder.iterdir():
            if now - path.stat().st_mtime > SECONDS + EARLY:
                path.unlink(missing_ok=True)

    def __contains__(self, fingerprint: str) -> bool:
        return (self._folder / fingerprint).exists()


def ended() -> EndedSignIns:
    """The sign-ins that were ended in this installation."""
    return EndedSignIns(snapshot.settings().var / "ended")


def secrets() -> dict[str, Any] | None:
    """What Streamlit needs to sign readers in; None where there is no sign-in. Raises DataError."""
    provider = SignIn.from_environment()
    return provider.secrets() if provider else None


def _listed(claims: Mapping[str, Any], claim: str) -> tuple[str, ...]:
    """The texts of a claim; its name may itself hold dots, or lead into nested claims."""
    value: Any = claims.get(claim)
    if value is None:
        value = claims
        for part in claim.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, str):
        return (value,)
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


@cache
def sign_in() -> SignIn | None:
    """The provider this process was started with; None where the app is this machine's own."""
    return SignIn.from_environment()


def role() -> str:
    """EDITOR, VIEWER or NOBODY, see `dashboard.web.auth`.

    Without sign-in whoever sits at this machine edits; who comes through a proxy or by another name
    of it only reads, since nobody checked who that is.
    """
    provider = sign_in()
    if provider is not None:
        return _standing(provider, st.user.to_dict())
    return EDITOR if _local() else VIEWER


def _standing(provider: SignIn, claims: Mapping[str, Any]) -> str:
    """The role that claims give, unless that sign-in was ended."""
    standing = provider.role(claims, time.time())
    return NOBODY if standing and provider.fingerprint(claims) in ended() else standing


def require_reader(cookies: Mapping[str, str]) -> None:
    """Raises DataError where a request with these cookies may not read; no page is needed for it.

    It may where there is no sign-in, as the pages may, and else with the cookie of a sign-in.
    """
    provider = sign_in()
    if provider is None:
        return
    claims = _claims(cookies, provider)
    if _standing(provider, claims):
        return
    recognised = provider.recognises(claims, time.time())
    is_ended = recognised and provider.fingerprint(claims) in ended()
    raise DataError("api_no_role" if recognised and not is_ended else "api_sign_in_first", "cookie")


def may_be_reader(scope: Scope) -> bool:
    """Whether a request may come from somebody who reads: there is no sign-in, or it has a cookie.

    Whether that cookie is of any use is asked where data is given.
    """
    cookies = Headers(scope=scope).get("cookie", "")
    return sign_in() is None or COOKIE in cookies


def _claims(cookies: Mapping[str, str], provider: SignIn) -> dict[str, Any]:
    """What the cookie of a sign-in says, empty where it is not ours or not whole.

    By the functions with which Streamlit itself reads it, when a page opens its connection.
    """
    content = _get_signed_cookie_with_chunks(dict(cookies), COOKIE)
    return _parse_decoded_user_cookie(content, provider.address) if content else {}


def _local() -> bool:
    """Whether the reader sits at this machine, and the installation is not for others too."""
    headers = st.context.headers
    if (
        request_guard.passed_on(headers)
        or request_guard.host_of(snapshot.settings().address) not in request_guard.HERE
    ):
        return False
    host = headers.get("Host")
    return host is None or request_guard.host_of(host) in request_guard.HERE


def may_edit() -> bool:
    """Whether this reader may import, withdraw, put back and settle names."""
    return role() == EDITOR


def require_editor() -> None:
    """Raises DataError for everybody but an editor; stands before every act that changes data."""
    if not may_edit():
        raise DataError("editors_only", "role")


def signed_in() -> bool:
    """Whether the provider knows this reader, whatever their role."""
    provider, claims = sign_in(), st.user.to_dict()
    if provider is None or not provider.recognises(claims, time.time()):
        return False
    return provider.fingerprint(claims) not in ended()


def leave() -> None:
    """Sign this reader out: in every tab, and for whoever has a copy of the cookie."""
    provider, claims, now = sign_in(), st.user.to_dict(), time.time()
    if provider is not None and provider.recognises(claims, now):
        try:
            ended().add(provider.fingerprint(claims), now)
        except OSError:  # this browser forgets the cookie all the same
            logging.getLogger(__name__).exception("a sign-in cannot be ended for other processes")
    st.logout()


def turn_away() -> None:
    """First in every fragment: it is drawn without the page, which asks who the reader is."""
    if locked():
        st.rerun()


def locked() -> bool:
    """Whether this reader sees nothing but the page to sign in."""
    return role() == NOBODY
