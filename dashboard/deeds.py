"""What changes the store from a page: each act asks first whether this reader may do it.

The only way from the pages to `data.ledger`. The check is here, and not on the button: a button
that somebody brings back, or a role that ended meanwhile, comes to the same door.
"""

from __future__ import annotations

from dashboard import access, cache
from data import drafts, ledger
from data.drafts import Draft, Upload
from geo.reading import DocumentReading


def receive(name: str, content: bytes) -> Upload:
    """Open a file that a person brought, see `data.drafts.receive`; raises DataError."""
    access.require_editor()
    return drafts.receive(name, content, cache.settings().megabytes * 1_000_000)


def take_in(draft: Draft, found: DocumentReading, by: str) -> str:
    """Store a reading as a release, with what was settled in it; its id. Raises DataError."""
    access.require_editor()
    release = ledger.add(cache.store(), drafts.incoming(draft, found), by, draft.seen)
    cache.store().look_again()
    return release


def withdraw(release: str, by: str, reason: str) -> None:
    """No longer show a release; raises DataError."""
    access.require_editor()
    ledger.withdraw(cache.store(), release, by, reason)
    cache.store().look_again()


def restore(release: str, by: str) -> None:
    """Show a withdrawn release again; raises DataError."""
    access.require_editor()
    ledger.restore(cache.store(), release, by)
    cache.store().look_again()
