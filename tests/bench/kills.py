"""Fifty imports of processes that are killed, on SQLite and on PostgreSQL; the suite has ten."""

from __future__ import annotations

import tempfile
from functools import partial

from tests.data.conftest import Server, asked, binaries
from tests.data.store.kills import survive


def run(imports: int = 50) -> None:
    """Print what was seen of so many imports on either kind of database."""
    with tempfile.TemporaryDirectory(prefix="liaisonatlas-kill-") as folder:
        print("sqlite:", dict(survive(f"sqlite:///{folder}/atlas.db", imports, asked)))
    programs = binaries()
    if programs is None:
        print("postgresql: no server is installed")
        return
    server = Server(programs)
    try:
        server.durable(True)
        url = server.url(server.make())
        print("postgresql:", dict(survive(url, imports, partial(asked, server=server))))
    finally:
        server.stop()
