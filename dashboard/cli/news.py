"""New documents of parliament on the command line: asked for and listed, fetched, dismissed."""

from __future__ import annotations

from pathlib import Path

from dashboard.i18n import texts_of
from dashboard.records import Record
from dashboard.settings import Settings
from dashboard.subjects import letters
from data import files
from data.documents.opening import STREAM, plain_name
from data.parliament import arrivals
from data.store import papers
from data.store.read import Store
from geo.errors import DataError


def ask(store: Store, settings: Settings, language: str, form: str) -> tuple[list[Record], str]:
    """Ask for new documents; every open one as a record, and what is to be said beside them.

    Raises DataError where parliament does not answer, or where asking is switched off.
    """
    brought = arrivals.look(store, settings.open_data)
    t, listed = texts_of(language), letters.letters()
    rows = [letters.record(t, entry) for entry in (*listed.likely, *listed.others)]
    if form != "json":
        rows = [row | {"why": [each["text"] for each in row["why"]]} for row in rows]
    english = texts_of("en")
    note = english.count("letters.brought", brought.new)
    if brought.unreadable:
        note += f" {english.count('letters.unreadable', brought.unreadable)}"
    return rows, note


def fetch(store: Store, settings: Settings, number: str, output: str | None) -> tuple[str, bytes]:
    """Write the file of a listed document, of the size that an import reads; raises DataError.

    Returns what was done, and the file itself where standard output is to take it.
    """
    name, content = arrivals.fetch(
        store, settings.open_data, number, settings.megabytes * 1_000_000
    )
    if output == STREAM:
        arrivals.brought(store, number, content)
        return f"{name}: `import` reads it.\n", content
    path = Path(output or name)
    try:
        files.write_new(path, content)
    except OSError as error:
        why = str(error.strerror or error)
        raise DataError("paper_not_written", plain_name(str(path)), why=why) from error
    arrivals.brought(store, number, content)
    return f"{path.name} is written; `import` reads it.\n", b""


def dismiss(store: Store, settings: Settings, number: str, reason: str) -> str:
    """No longer list a document; raises DataError."""
    papers.dismiss(store, number, settings.editor, reason)
    return f"{number} is dismissed.\n"
