"""The command line: `python -m dashboard postings|coverage|missions|run`.

Thin: parse, call, print. A fault in the data or the arguments is one sentence on standard error
and exit code 2.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from dashboard import records
from dashboard.settings import Settings, port_number
from data.load import reference
from data.store import Store
from geo.coverage import Choice, coverage
from geo.errors import DataError
from geo.schemas import NOT_STATED, ORGANISATIONS

FORMATS = {"json": records.as_json, "csv": records.as_csv, "table": records.as_table}
NOT_STATED_WORD = "not-stated"


class Parser(argparse.ArgumentParser):
    """An argument parser that complains in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Print `message` with the way to help, and leave with exit code 2."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def parser() -> Parser:
    """Every command and option there is."""
    main = Parser(prog="python -m dashboard", description="Liaisonatlas on the command line")
    commands = main.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, words in (
        ("postings", "one row per posting of a release"),
        ("coverage", "one row for every country and territory"),
        ("missions", "officers per mission and reference date"),
    ):
        command = commands.add_parser(name, help=words, description=words)
        default = "all" if name == "missions" else "the newest complete one"
        command.add_argument("--release", metavar="ID", help=f"default: {default}")
        command.add_argument("--format", choices=FORMATS, default="table")
        if name == "coverage":
            command.add_argument(
                "--organisation",
                nargs="+",
                default=[],
                choices=[*ORGANISATIONS, NOT_STATED_WORD],
                help="only these organisations; default: all, with the rows that state none",
            )
            command.add_argument(
                "--planned", action="store_true", help="count postings still to be decided"
            )
    run = commands.add_parser("run", help="serve the app on 127.0.0.1")
    run.add_argument("--port", metavar="N", help="default: 8501")
    return main


def rows(arguments: argparse.Namespace, store: Store) -> list[records.Record]:
    """The records one command asks for."""
    if arguments.command == "missions":
        known = store.releases().query("missions != 'absent'")["release"]
        chosen = [arguments.release] if arguments.release else list(known)
        return [
            record
            for release in chosen
            for record in records.missions(
                store.deployments(release), store.release(release)["missions_as_of"]
            )
        ]
    network = store.network(arguments.release or store.default_release())
    if arguments.command == "postings":
        return records.postings(network)
    names = (NOT_STATED if name == NOT_STATED_WORD else name for name in arguments.organisation)
    choice = Choice(tuple(names), planned=arguments.planned)
    units = reference("units")
    frame = coverage(units, network.postings, network.accreditations, choice, network.complete)
    return records.coverage(frame, units)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = parser().parse_args(argv)
    try:
        settings = Settings.from_environment()
        if arguments.command == "run":
            from dashboard.server import serve  # Streamlit is slow to import and only needed here

            port = port_number(arguments.port) if arguments.port else settings.port
            serve(port, started=lambda: print(f"Liaisonatlas: http://127.0.0.1:{port}", flush=True))
            return 0
        text = FORMATS[arguments.format](rows(arguments, Store(settings.database_url)))
    except OSError as error:
        print(f"liaisonatlas: {error.strerror or error}. Choose another --port.", file=sys.stderr)
        return 2
    except DataError as error:
        print(f"liaisonatlas: {error}", file=sys.stderr)
        return 2
    try:
        print(text, end="", flush=True)
    except BrokenPipeError:  # the reader (head, less) had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
