"""What changes the store from a page: each act asks first whether this reader may do it.

The only way from the pages to `data.store.write`. The check is here, and not on the button: one
that somebody brings back, or a role that ended meanwhile, comes to the same door.
"""

from __future__ import annotations

from dashboard import snapshot
from dashboard.web import auth
from data.imports import drafts
from data.imports.drafts import Draft, Upload
from data.store import write
from geo.reading.result import DocumentReading


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
