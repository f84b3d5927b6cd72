"""What each command of `python -m dashboard` answers, and with which exit code.

What only some commands need is imported there: most of the time of an answer is that of imports.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard import records, snapshot
from dashboard.cli.areas import units_of
from dashboard.cli.arguments import choice
from dashboard.i18n import Texts, texts_of
from dashboard.settings import Settings
from dashboard.wording import ErrorText, error_line, line_of, problem_text
from data.load import reference
from data.store.read import Store
from geo.coverage import coverage
from geo.errors import DataError

if TYPE_CHECKING:
    from data.imports.drafts import Draft, Upload
    from geo.reading.result import DocumentReading


@dataclass(frozen=True)
class Answer:
    """`text` for standard output; for standard error a `complaint`, or a `note` and all is well."""

    text: str
    complaint: str = ""
    note: str = ""
    content: bytes = b""  # of a file, where standard output takes it; `text` is then a note too


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Run one command; raises DataError."""
    snapshot.begin(settings)
    if arguments.command == "template":
        return _template(arguments)
    if command := COMMANDS.get(arguments.command):
        return command(arguments, snapshot.store(), settings)
    with snapshot.steady():  # what only reads sees one moment, and looks once which it is
        return READINGS.get(arguments.command, _question)(arguments, snapshot.store(), settings)


def _language(arguments: argparse.Namespace) -> Texts | None:
    """The words of the language that was asked for, if any."""
    return texts_of(arguments.language) if arguments.language else None


def _text(arguments: argparse.Namespace, record: records.Record) -> str:
    if arguments.format == "json":
        return records.as_json(record)
    return records.as_text(record, _language(arguments))


def _rows(arguments: argparse.Namespace, rows: list[records.Record]) -> Answer:
    rows = _columns(arguments, rows)
    if arguments.format == "table":
        return Answer(records.as_table(rows, _language(arguments)))
    return Answer(records.as_json(rows) if arguments.format == "json" else records.as_csv(rows))


def _columns(arguments: argparse.Namespace, rows: list[records.Record]) -> list[records.Record]:
    """The rows with only the columns that were asked for, in that order; raises DataError."""
    if not arguments.columns or not rows:
        return rows
    wanted = [name.strip() for name in arguments.columns.split(",")]
    there = tuple(dict.fromkeys(key for row in rows for key in row))
    for name in wanted:
        if name not in there:
            raise DataError("no_such_column", "--columns", value=name, columns=there)
    return [{name: row.get(name) for name in wanted} for row in rows]


def _missions(arguments: argparse.Namespace, store: Store, settings: Settings) -> Answer:
    known = store.releases().query("missions != 'absent'")["release"]
    chosen = [arguments.release] if arguments.release else list(known)
    found = [
        record
        for release in chosen
        for record in records.missions(
            store.deployments(release), store.release(release)["missions_as_of"]
        )
    ]
    inside = units_of(arguments.region)
    if arguments.region is not None:
        found = [record for record in found if inside.intersection(record["areas"])]
    return _rows(arguments, found)


def _postings(arguments: argparse.Namespace, store: Store, settings: Settings) -> Answer:
    network = store.network(arguments.release or store.default_release())
    rows, inside = records.postings(network), units_of(arguments.region)
    if arguments.region is not None:
        rows = [row for row in rows if row["host"] in inside]
    return _rows(arguments, rows)


def _coverage(arguments: argparse.Namespace, store: Store, settings: Settings) -> Answer:
    network = store.network(arguments.release or store.default_release())
    units, chosen = reference("units"), choice(arguments)
    frame = coverage(units, network.postings, network.accreditations, chosen, network.complete)
    frame = frame[frame["iso3"].isin(units_of(arguments.region))]
    rows = records.coverage(frame, network, chosen, arguments.language or "nl")
    if arguments.format == "table" and not arguments.columns:
        rows = [{key: row[key] for key in records.COVERAGE} for row in rows]
    return _rows(arguments, rows)


def _question(arguments: argparse.Namespace, store: Store, settings: Settings) -> Answer:
    from dashboard.cli.questions import ask, note

    found = ask(arguments, store)
    if isinstance(found, list):
        return replace(_rows(arguments, found), note=note(arguments, store))
    if arguments.format == "json" and getattr(arguments, "columns", None):
        raise DataError("columns_without_rows", "--columns", value=arguments.columns)
    return Answer(_text(arguments, found))


def _import(arguments: argparse.Namespace, store: Store, settings: Settings) -> Answer:
    """Errors leave the store as it is; the reading is printed either way."""
    from data.documents.dates import iso_date
    from data.imports import drafts
    from data.store import write

    seen = store.revision()
    upload = _received(Path(arguments.file), settings)
    draft = drafts.Draft(upload, seen, iso_date(arguments.as_of or ""), partial=arguments.partial)
    found = drafts.read(store, draft)
    made = _reading(store, draft, found, texts_of(arguments.language or "en"))
    complaint = _complaint(found, upload.name)
    if not complaint and not arguments.dry_run:
        try:
            release = write.add(store, drafts.incoming(draft, found), settings.editor, seen)
        except DataError as error:
            complaint = error_line(texts_of("en"), error)
        else:
            made = _named(made, release)
    return Answer(_text(arguments, made), complaint)


def _news(arguments: argparse.Namespace, store: Store, settings: Settings) -> Answer:
    """Documents of parliament: the list after asking for new ones, or what is done with one."""
    from dashboard.cli import news

    for option, needs in (("output", "fetch"), ("reason", "dismiss")):
        if getattr(arguments, option) is not None and getattr(arguments, needs) is None:
            raise DataError("option_needs_other", f"--{option}", needs=f"--{needs}")
    if arguments.fetch:
        text, content = news.fetch(store, settings, arguments.fetch, arguments.output)
        return Answer(text, content=content)
    if arguments.dismiss:
        return Answer(news.dismiss(store, settings, arguments.dismiss, arguments.reason or ""))
    rows, note = news.ask(store, settings, arguments.language or "en", arguments.format)
    return replace(_rows(arguments, rows), note=note)


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
    where = name if first.where == name else f"{name}, {first.where}"
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


def _template(arguments: argparse.Namespace) -> Answer:
    from data import files
    from data.documents import template
    from data.documents.opening import plain_name
    from data.imports import release_file

    path, filled = Path(arguments.file), None
    if arguments.release:
        filled = release_file.template_rows(snapshot.store(), arguments.release)
    made = template.write(path.name, filled)
    try:
        files.write_new(path, made)
    except OSError as error:
        raise DataError(
            "template_not_written", plain_name(str(path)), why=str(error.strerror or error)
        ) from error
    what = f"type over the rows of {arguments.release}" if filled else "fill in its tables"
    return Answer(f"{path.name} is written: {what}, then import it.\n")


def _releases(arguments: argparse.Namespace, store: Store, settings: Settings) -> Answer:
    keys = ["release", "state", "origin", "network", "network_as_of", "missions"]
    keys += ["missions_as_of", "missions_total", "document", "added_at", "added_by"]
    return _rows(arguments, records.plain(store.register()[keys]))


def _release(arguments: argparse.Namespace, store: Store, settings: Settings) -> Answer:
    from data.store import write

    if arguments.action == "withdraw":
        write.withdraw(store, arguments.release, settings.editor, arguments.reason)
        return Answer(f"{arguments.release} is withdrawn; `release restore` brings it back.\n")
    write.restore(store, arguments.release, settings.editor, arguments.reason)
    return Answer(f"{arguments.release} is restored.\n")


def _diff(arguments: argparse.Namespace, store: Store, settings: Settings) -> Answer:
    from data.imports import drafts

    found = drafts.between(store, arguments.before, arguments.after).records()
    answer = {"before": arguments.before, "after": arguments.after} | found
    return Answer(_text(arguments, answer))


def _backup(arguments: argparse.Namespace, store: Store, settings: Settings) -> Answer:
    from data.store import backup

    made = backup.backup(store, Path(arguments.file))
    return Answer(f"{arguments.file}: {_difference_text(made)}.\n")


def _restore(arguments: argparse.Namespace, store: Store, settings: Settings) -> Answer:
    from data.store import backup

    path = Path(arguments.file)
    done = backup.restore(store, path, settings.editor, replace=arguments.replace)
    return Answer(f"The store is as {arguments.file} holds it: {_difference_text(done)}.\n")


def _export(arguments: argparse.Namespace, store: Store, settings: Settings) -> Answer:
    from dashboard.cli.export import export  # what pages need too is slow to import

    if settings.house_style:
        from dashboard.exports.house_check import check

        check(settings.house_style)
    said, content = export(arguments, choice(arguments))
    return Answer(said, content=content)


def _difference_text(what: dict[str, object]) -> str:
    return f"{what['releases']} imported releases, {what['rows']} rows, revision {what['revision']}"


Command = Callable[[argparse.Namespace, Store, Settings], Answer]
# Every other command that only reads is a question of a briefing.
READINGS: dict[str, Command] = {
    "postings": _postings,
    "coverage": _coverage,
    "missions": _missions,
}
COMMANDS: dict[str, Command] = {
    "import": _import,
    "watch": _news,
    "releases": _releases,
    "release": _release,
    "diff": _diff,
    "backup": _backup,
    "restore": _restore,
    "export": _export,
}
