"""Documents and releases on the command line: bring in, change, write out, keep safe.

What only some commands need is imported there: most of the time of an answer is that of imports.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard import records, snapshot
from dashboard.cli.answer import Answer, Found, printed
from dashboard.cli.arguments import choice
from dashboard.i18n import Texts, texts_of
from dashboard.records import Record
from dashboard.wording import ErrorText, error_line, line_of, problem_text
from data.store.read import Store
from geo.errors import DataError

if TYPE_CHECKING:
    from dashboard.settings import Settings
    from data.imports.drafts import Draft, Upload
    from geo.reading.result import DocumentReading


def import_document(arguments: argparse.Namespace) -> Answer:
    """Errors leave the store as it is; the reading is printed either way."""
    from data.documents.dates import iso_date
    from data.imports import drafts
    from data.store import write

    store, settings = snapshot.store(), snapshot.settings()
    revision = store.revision()
    upload = _received(Path(arguments.file), settings)
    draft = drafts.Draft(
        upload, revision, iso_date(arguments.as_of or ""), partial=arguments.partial
    )
    reading = drafts.read(store, draft)
    record = _reading(store, draft, reading, texts_of(arguments.language or "en"))
    complaint = _complaint(reading, upload.name)
    if not complaint and not arguments.dry_run:
        try:
            release = write.add(store, drafts.incoming(draft, reading), settings.editor, revision)
        except DataError as error:
            complaint = error_line(texts_of("en"), error)
        else:
            record = _named(record, release)
    return replace(printed(arguments, record), complaint=complaint)


def watch_parliament(arguments: argparse.Namespace) -> Found:
    """Documents of parliament: the list after asking for new ones, or what is done with one."""
    from dashboard.cli import news

    store, settings = snapshot.store(), snapshot.settings()
    for option, needs in (("output", "fetch"), ("reason", "dismiss")):
        if getattr(arguments, option) is not None and getattr(arguments, needs) is None:
            raise DataError("option_needs_other", f"--{option}", needs=f"--{needs}")
    if arguments.fetch:
        text, content = news.fetch(store, settings, arguments.fetch, arguments.output)
        return Answer(text, content=content)
    if arguments.dismiss:
        return Answer(news.dismiss(store, settings, arguments.dismiss, arguments.reason or ""))
    return news.ask(store, settings, arguments.language or "en", arguments.format)


def _named(record: dict[str, Any], release: str) -> dict[str, Any]:
    """What was read, under the name it now has in the store."""
    for row in (*record["postings"], *record["deployments"]):
        row["source"]["document"] = release
    return record | {
        "release": release,
        "postings": [row | {"release": release} for row in record["postings"]],
    }


def _complaint(reading: DocumentReading, name: str) -> str:
    if not reading.errors:
        return ""
    first, more = reading.errors[0], len(reading.errors) - 1
    where = name if first.where.part == "file" else f"{name}, {first.where}"
    advice = "Settle it on the page Gegevens, or correct the file"
    if first.code == "imported_before":
        advice = "`releases` lists what there is"
    t = texts_of("en")
    text = ErrorText(problem_text(t, first, {}), advice)
    line = line_of(t, where, text, first.printed or None)
    rest = {0: "", 1: " There is one more error."}.get(more, f" There are {more} more errors.")
    return f"{line} Nothing is stored.{rest}"


def _received(path: Path, settings: Settings) -> Upload:
    """The file as if it was uploaded."""
    from data.documents.opening import content_of, name_of
    from data.imports import drafts

    largest = settings.megabytes * 1_000_000
    content = content_of(path, largest)
    return drafts.receive(name_of(path, content), content, largest)


def _reading(store: Store, draft: Draft, reading: DocumentReading, t: Texts) -> dict[str, Any]:
    from data.imports import drafts

    upload = draft.upload
    network_as_of, missions_as_of = drafts.dates(draft, reading)
    document = {"name": upload.name, "sha256": upload.sha256, "size": upload.size}
    difference = drafts.compare(store, reading)
    since = {"network": difference.network_since, "missions": difference.missions_since}
    problems = [records.problem(each, problem_text(t, each, {})) for each in reading.problems]
    return {
        "document": document
        | {"as_of": missions_as_of or network_as_of}
        | {"network_as_of": network_as_of, "missions_as_of": missions_as_of},
        "release": None,
        "postings": records.postings(drafts.network(reading, upload.name)),
        "deployments": records.missions(reading.deployments, missions_as_of),
        "problems": problems,
        "changes": {"since": since} | difference.changes.records(),
    }


def write_template(arguments: argparse.Namespace) -> Answer:
    """Write an empty table to fill in, or one with the rows of a release."""
    from data import files
    from data.documents import template
    from data.documents.opening import plain_name
    from data.imports import release_file

    path, filled = Path(arguments.file), None
    if arguments.release:
        filled = release_file.template_rows(snapshot.store(), arguments.release)
    content = template.write(path.name, filled)
    try:
        files.write_new(path, content)
    except OSError as error:
        raise DataError(
            "template_not_written", plain_name(str(path)), why=str(error.strerror or error)
        ) from error
    what = f"type over the rows of {arguments.release}" if filled else "fill in its tables"
    return Answer(f"{path.name} is written: {what}, then import it.\n")


def list_releases(arguments: argparse.Namespace) -> list[Record]:
    """Every release there is or was."""
    keys = ["release", "state", "origin", "network", "network_as_of", "missions"]
    keys += ["missions_as_of", "missions_total", "document", "added_at", "added_by"]
    return records.plain(snapshot.store().register()[keys])


def change_release(arguments: argparse.Namespace) -> Answer:
    """Withdraw a release, or bring it back."""
    from data.store import write

    store, editor = snapshot.store(), snapshot.settings().editor
    if arguments.action == "withdraw":
        write.withdraw(store, arguments.release, editor, arguments.reason)
        return Answer(f"{arguments.release} is withdrawn; `release restore` brings it back.\n")
    write.restore(store, arguments.release, editor, arguments.reason)
    return Answer(f"{arguments.release} is restored.\n")


def compare_releases(arguments: argparse.Namespace) -> Record:
    """What changed between two releases."""
    from data.imports import drafts

    changes = drafts.between(snapshot.store(), arguments.before, arguments.after).records()
    return {"before": arguments.before, "after": arguments.after} | changes


def make_backup(arguments: argparse.Namespace) -> Answer:
    """Write all that was imported to a file."""
    from data.store import backup

    manifest = backup.backup(snapshot.store(), Path(arguments.file))
    return Answer(f"{arguments.file}: {_difference_text(manifest)}.\n")


def restore_backup(arguments: argparse.Namespace) -> Answer:
    """Make the store as such a file holds it."""
    from data.store import backup

    path = Path(arguments.file)
    editor = snapshot.settings().editor
    done = backup.restore(snapshot.store(), path, editor, replace=arguments.replace)
    return Answer(f"The store is as {arguments.file} holds it: {_difference_text(done)}.\n")


def write_export(arguments: argparse.Namespace) -> Answer:
    """Write a file for others."""
    from dashboard.cli.export import export  # what pages need too is slow to import

    if house_style := snapshot.settings().house_style:
        from dashboard.exports.house_check import check

        check(house_style)
    with snapshot.steady():  # a file speaks of one moment, and looks once which it is
        message, content = export(arguments, choice(arguments))
    return Answer(message, content=content)


def _difference_text(what: dict[str, object]) -> str:
    return f"{what['releases']} imported releases, {what['rows']} rows, revision {what['revision']}"
