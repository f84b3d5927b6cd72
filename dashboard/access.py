"""Who this reader is to us: an editor, a viewer or nobody; asked again at every run and act."""

from __future__ import annotations

import time

import streamlit as st

from dashboard import cache, gate
from dashboard.sign_in import EDITOR, NOBODY, VIEWER
from geo.errors import DataError


def role() -> str:
    """EDITOR, VIEWER or NOBODY, see `dashboard.sign_in`.

    Without sign-in whoever sits at this machine edits; who comes through a proxy or by another name
    of it only reads, since nobody checked who that is.
    """
    sign_in = cache.sign_in()
    if sign_in is not None:
        return sign_in.role(st.user.to_dict(), time.time())
    return EDITOR if _local() else VIEWER


def _local() -> bool:
    """Whether the reader sits at this machine, and the installation is not for others too."""
    headers = st.context.headers
    if gate.passed_on(headers) or gate.host_of(cache.settings().address) not in gate.HERE:
        return False
    host = headers.get("Host")
    return host is None or gate.host_of(host) in gate.HERE


def may_edit() -> bool:
    """Whether this reader may import, withdraw, put back and settle names."""
    return role() == EDITOR


def require_editor() -> None:
    """Raises DataError for everybody but an editor; stands before every act that changes data."""
    if not may_edit():
        advice = "Ask who manages this installation. Nothing was changed"
        raise DataError("role", "only an editor may do this", advice=advice)


def signed_in() -> bool:
    """Whether the provider knows this reader, whatever their role."""
    sign_in = cache.sign_in()
    return sign_in is not None and sign_in.known(st.user.to_dict(), time.time())


def turn_away() -> None:
    """First in every fragment: it is drawn without the page, which asks who the reader is."""
    if locked():
        st.rerun()


def locked() -> bool:
    """Whether this reader sees nothing but the page to sign in."""
    return role() == NOBODY
