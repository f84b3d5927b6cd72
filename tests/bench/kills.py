"""A thousand acts whose process is killed, on SQLite and on PostgreSQL; the suite has two dozen."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

from tests.data.conftest import Server, asked, binaries
from tests.data.store.acts import folder_for, survive


def run(kills: int = 500) -> None:
    """Print what was seen of so many kills on either kind of database."""
    began = time.monotonic()
    with folder_for("kill") as folder:
        _report(
            "sqlite",
            survive(f"sqlite:///{folder}/atlas.db", Path(folder), kills, asked, progress=_progress),
        )
    print(f"{time.monotonic() - began:.0f} s")
    programs = binaries()
    if programs is None:
        print("postgresql: no server is installed")
        return
    server = Server(programs)
    try:
        server.durable(True)
        url = server.url(server.make())
        ask = partial(asked, server=server)
        with folder_for("kill") as folder:
            _report("postgresql", survive(url, Path(folder), kills, ask, progress=_progress))
    finally:
        server.stop()
    print(f"{time.monotonic() - began:.0f} s")


def _progress(count: int) -> None:
    if count % 100 == 0:
        print(f"  {count} kills", flush=True)


def _report(kind: str, counts: dict[str, int]) -> None:
    print(f"{kind}: " + "; ".join(f"{name} {counts[name]}" for name in sorted(counts)), flush=True)
