"""A server of a database that is there and says nothing."""

from __future__ import annotations

import socket
import time

import pytest

from data.store.database import Database
from geo.errors import DataError


def test_a_silent_server_is_not_waited_for():
    """As behind a firewall that swallows everything: connected, and never a word."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        began = time.monotonic()
        with (
            pytest.raises(DataError, match="database_unreached") as caught,
            Database(f"postgresql+psycopg://me:secret@127.0.0.1:{port}/x").read(),
        ):
            pass
    assert time.monotonic() - began < 60  # for ever, without a limit
    assert str(port) not in str(caught.value) and "secret" not in str(caught.value)
