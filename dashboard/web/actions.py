"""What changes the store from a page: each act asks first whether this reader may do it.

The only way from the pages to `data.store.write`. The check is here, and not on the button: one
that somebody brings back, or a role that ended meanwhile, comes to the same door.
"""

from __future__ import annotations

from dashboard import snapshot
from dashboard.web import auth
from data.imports import drafts
from data.imports.drafts import Draft, Upload
from data.parliament import arrivals
from data.parliament.arrivals import Arrivals
from data.store import papers, write
from geo.reading.result import DocumentReading

PATIENCE = 60.0  # seconds that a reader waits for parliament


def receive(name: str, content: bytes) -> Upload:
    """Open a file that a person brought, see `data.imports.drafts.receive`; raises DataError."""
    auth.require_editor()
    return drafts.receive(name, content, snapshot.settings().megabytes * 1_000_000)


def take_in(draft: Draft, reading: DocumentReading, by: str) -> str:
    """Store a reading as a release, with what was settled in it; its id. Raises DataError."""
    auth.require_editor()
    release = write.add(snapshot.store(), drafts.incoming(draft, reading), by, draft.seen)
    snapshot.look_again()
    return release


def withdraw(release: str, by: str, reason: str) -> None:
    """No longer show a release; raises DataError."""
    auth.require_editor()
    write.withdraw(snapshot.store(), release, by, reason)
    snapshot.look_again()


def restore(release: str, by: str) -> None:
    """Show a withdrawn release again; raises DataError."""
    auth.require_editor()
    write.restore(snapshot.store(), release, by)
    snapshot.look_again()


def look_for_papers() -> Arrivals:
    """Ask parliament for new documents, see `data.parliament.arrivals`; raises DataError."""
    auth.require_editor()
    return arrivals.look(snapshot.store(), snapshot.settings().open_data, PATIENCE)


def fetch_paper(name: str) -> Upload:
    """Bring a document of parliament and open it as a file that a person brought; raises DataError.

    Limits and sandbox are those of `receive`.
    """
    auth.require_editor()
    store, chosen = snapshot.store(), snapshot.settings()
    largest = chosen.megabytes * 1_000_000
    file, content = arrivals.fetch(store, chosen.open_data, name, largest, PATIENCE)
    upload = receive(file, content)
    arrivals.brought(store, name, content)
    return upload


def dismiss_paper(name: str, by: str, reason: str) -> None:
    """No longer list a document of parliament; raises DataError."""
    auth.require_editor()
    papers.dismiss(snapshot.store(), name, by, reason)


def reopen_paper(name: str) -> None:
    """List a dismissed document again; raises DataError."""
    auth.require_editor()
    papers.reopen(snapshot.store(), name)
