"""Every command of `python -m dashboard`, and what may stand behind it."""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from dashboard.i18n import LANGUAGES
from geo.options import AIMS, BASES, CURVES, KINDS, UNKNOWNS, Choice
from geo.schemas import NOT_STATED, NOT_STATED_WORD, ORGANISATIONS

FORMATS = ("json", "csv", "table")
_STREAMED = "- is standard input"
NEWEST = "default: the newest complete one"

TOPICS = {
    "comparison": "compare",
    "scenario": "whatif",
    "mission-years": "mission_years",
    "network-load": "network_load",
    "network-history": "network_history",
} | {
    name: name
    for name in ("overview", "coverage", "gaps", "planning", "missions", "network", "explanation")
}
# What `export` writes -> ending of the file -> kind of `exports.kinds.KINDS`.
FILES: dict[str, dict[str, str]] = {
    "briefing": {".docx": "word", ".pdf": "pdf"},
    "word": {".docx": "word"},
    "slides": {".pptx": "slides"},
    "pdf": {".pdf": "pdf"},
    "workbook": {".xlsx": "xlsx", ".ods": "ods", ".zip": "tables"},
    "geodata": {".gpkg": "gpkg", ".geojson": "geojson", ".csv": "csv"},
    "picture": {".png": "png", ".svg": "svg"},
    "pack": {".zip": "pack"},
    "site": {},
    "release": {".xlsx": "xlsx", ".ods": "ods", ".csv": "csv"},
    "data": {".zip": "data"},
}

# One call of each command that its help shows.
EXAMPLES = {
    "postings": "--region Africa --format csv",
    "coverage": "--region Asia --columns iso3,name_en,state,nearest_city --format csv",
    "missions": "--release bijlage-2025-11 --format json",
    "gaps": "--kind uncovered --region Africa",
    "whatif": "scenario.json --format json",
    "compare": "NP+KMar GPI",
    "place": "--posts 2 --region Africa",
    "spare": "--organisation NP KMar",
    "takeover": "--country ECU",
    "rebalance": "--by load",
    "import": "annex.docx --dry-run",
    "country": "COL --format json",
    "watch": "--format csv",
    "template": "next.xlsx",
    "releases": "--format csv",
    "release": "withdraw bijlage-2025-11 --reason 'read again'",
    "diff": "kst-31015-94 bijlage-2025-11",
    "backup": "atlas.backup",
    "restore": "atlas.backup",
    "export": "data -o liaisonatlas.zip",
    "run": "--port 8600",
}

Command = Callable[[str, str], argparse.ArgumentParser]


class Once(argparse.Action):
    """Keep the one value of an option; a second one is an error, where the last used to win."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Store `values` under the name of the option."""
        options: set[str] = namespace.__dict__.setdefault("_options", set())
        if option_string and self.dest in options:
            raise argparse.ArgumentError(self, "give this option once")
        if option_string in ("--release", "--from", "--columns") and not str(values).strip():
            raise argparse.ArgumentError(
                self, "a value is missing; leave the option out, or name one"
            )
        options.add(self.dest)
        setattr(namespace, self.dest, values)


class Parser(argparse.ArgumentParser):
    """An argument parser that complains in one sentence, and keeps no option in silence."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for name in (None, "store"):
            self.register("action", name, Once)

    def error(self, message: str) -> NoReturn:
        """Print `message` with the way to help, and leave with exit code 2."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def parser() -> Parser:
    """Every command and option there is."""
    main = Parser(prog="python -m dashboard", description="Liaisonatlas on the command line")
    main.add_argument(
        "--version", action="version", version=f"liaisonatlas {_version()}", help="and leave"
    )
    commands = main.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, summary: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=summary,
            description=summary,
            epilog=f"example: python -m dashboard {name} {EXAMPLES[name]}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    _reading(command)
    _questions(command)
    _planning(command)
    _importing(command)
    _keeping(command)
    _exporting(command)
    run = command("run", "serve the app on 127.0.0.1")
    run.add_argument("--port", metavar="N", help="default: 8501")
    return main


def _version() -> str:
    """The version that the project says it has."""
    project = Path(__file__).parents[2] / "pyproject.toml"
    try:
        return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])
    except OSError:  # a copy of the packages alone
        return "without a version"


def _reading(command: Command) -> None:
    for name, words in (
        ("postings", "one row per posting of a release"),
        ("coverage", "one row for every country and territory"),
        ("missions", "officers per mission and reference date"),
    ):
        parser = command(name, words)
        parser.add_argument(
            "--release", metavar="ID", help="default: all" if name == "missions" else NEWEST
        )
        parser.add_argument("--region", metavar="AREA", help=f"{_WHERE[name]}, a {_AREA}")
        _format(parser)
        if name == "coverage":
            _choosing(parser)


_AREA = "continent or subregion by its English or Dutch name"
_WHERE = {
    "postings": "only those with a host in it",
    "coverage": "only what lies in it",
    "missions": "only those that work in it",
}


def _format(command: argparse.ArgumentParser, *formats: str) -> None:
    command.add_argument("--format", choices=formats or FORMATS, default="table")
    if not formats:
        command.add_argument(
            "--columns",
            metavar="A,B",
            help="only these columns, in this order; default: all, or in a table those that fit",
        )
    command.add_argument(
        "--language",
        choices=LANGUAGES,
        help="of headings, names of countries and messages; default: keys as headings, Dutch "
        "names, English messages",
    )


def _choosing(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--organisation",
        action="extend",
        nargs="+",
        default=[],
        choices=[*ORGANISATIONS, NOT_STATED_WORD],
        help="only these organisations; default: all, with the rows that state none",
    )
    command.add_argument(
        "--planned", action="store_true", help="count postings still to be decided"
    )


def choice(arguments: argparse.Namespace) -> Choice:
    """What counts, from the options that `_choosing` adds."""
    names = (NOT_STATED if name == NOT_STATED_WORD else name for name in arguments.organisation)
    return Choice(tuple(names), planned=arguments.planned)


def _questions(command: Command) -> None:
    gaps = command("gaps", "where nobody serves or the coverage is thin, the most pressing first")
    gaps.add_argument("--release", metavar="ID", help=NEWEST)
    gaps.add_argument("--region", metavar="AREA", help=f"only what lies in it, a {_AREA}")
    _format(gaps)
    _choosing(gaps)
    gaps.add_argument(
        "--kind",
        action="extend",
        nargs="+",
        choices=KINDS,
        help="only these kinds; default: all",
    )
    _weighing(gaps)
    gaps.add_argument(
        "--scale",
        choices=BASES,
        default=BASES[0],
        help="whether an indicator is scaled over all countries of the file or over the gaps only",
    )
    gaps.add_argument(
        "--curve", choices=CURVES, default=CURVES[0], help="how: by value, its logarithm or place"
    )
    gaps.add_argument(
        "--unknown",
        choices=UNKNOWNS,
        default=UNKNOWNS[0],
        help="whether a missing value is left out of the mean or counts as the middle",
    )
    gaps.add_argument(
        "--year", metavar="YEAR", default="", help="of an indicator; default: the newest of each"
    )
    country = command("country", "all that is known of one country, other sources apart")
    country.add_argument("country", metavar="ISO", help="its code of three letters or its name")
    scenario = command("whatif", "what a scenario does: who loses and who gains an officer")
    scenario.add_argument(
        "file", metavar="FILE", help=f"a scenario, as JSON or as in a link; {_STREAMED}"
    )
    compared = command("compare", "two releases, or two sets of organisations, side by side")
    for side in ("a", "b"):
        compared.add_argument(
            side, metavar=side.upper(), help="a release, or organisations such as NP+KMar"
        )
    of_file = "default: the one that the file names, else the newest complete one"
    for found, default in ((country, NEWEST), (scenario, of_file), (compared, NEWEST)):
        found.add_argument("--release", metavar="ID", help=default)
        _format(found, "json", "table")
        _choosing(found)


def _weighing(command: argparse.ArgumentParser) -> None:
    """The reader's own weights and figures."""
    command.add_argument(
        "--weights",
        metavar="FILE",
        help=f"component and weight (0 to 5), .json or .csv; {_STREAMED}",
    )
    command.add_argument(
        "--indicator",
        action="extend",
        nargs="+",
        default=[],
        metavar="FILE",
        help="iso3 or land and a value, .csv, .xlsx or .ods; several files are weighed together; "
        f"{_STREAMED}",
    )


def _planning(command: Command) -> None:
    place = command("place", "where one to five new posts would help most, the best set first")
    place.add_argument("--posts", metavar="N", required=True, help="how many new posts, 1 to 5")
    _weighing(place)
    place.add_argument(
        "--candidates",
        metavar="FILE",
        help="cities that may get a post, .csv with city, iso3 and, if you like, lat and lon; "
        f"{_STREAMED}; default: the seats of government",
    )
    usual = "default: as most of today's network"
    place.add_argument("--within", metavar="KM", help=f"from a post to a country; {usual}")
    place.add_argument("--most", metavar="N", help=f"countries an officer; {usual}")
    place.add_argument("--region", metavar="AREA", help="where the new posts may stand")
    spare = command("spare", "what closing each post would cost, the least missed first")
    takeover = command("takeover", "the posts that might serve a country, the nearest first")
    about = takeover.add_mutually_exclusive_group(required=True)
    about.add_argument("--country", metavar="NAME", help="a name or a code of three letters")
    about.add_argument("--post", metavar="ROW", help="the row of a post, as if it closed")
    areas = command("rebalance", "work areas divided anew over today's posts, as changes")
    areas.add_argument(
        "--by",
        "--aim",
        dest="aim",
        choices=AIMS,
        default=AIMS[0],
        help="fewest kilometres, or the evenest load",
    )
    for each in (place, spare, takeover, areas):
        each.add_argument("--release", metavar="ID", help=NEWEST)
        _format(each)
        _choosing(each)


def _importing(command: Command) -> None:
    parser = command("import", "read a document and store it as a release")
    parser.add_argument(
        "file", metavar="FILE", help=f".docx, .pdf, .odt, .txt, .csv, .xlsx or .ods; {_STREAMED}"
    )
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        help="the date of the network, and of what the document gives no date for",
    )
    parser.add_argument(
        "--partial", action="store_true", help="the network that is printed is not the whole one"
    )
    parser.add_argument("--dry-run", action="store_true", help="read and compare, store nothing")
    _format(parser, "json", "table")
    news = command("watch", "ask parliament for new documents that may hold a table of ours")
    act = news.add_mutually_exclusive_group()
    act.add_argument("--fetch", metavar="NUMBER", help="write the file of one, to be imported")
    act.add_argument("--dismiss", metavar="NUMBER", help="no longer list one")
    news.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="of --fetch; default: its number; - is standard output",
    )
    news.add_argument("--reason", help="of --dismiss, kept with it")
    _format(news)
    template = command("template", "write an empty table to fill in, or one with a release's rows")
    template.add_argument("file", metavar="FILE", help="ends on .xlsx, .ods or .csv")
    template.add_argument(
        "--from", dest="release", metavar="RELEASE", help="whose rows stand in it, to type over"
    )


def _keeping(command: Command) -> None:
    listed = command("releases", "every release, withdrawn ones too")
    _format(listed)
    release = command("release", "withdraw a release from sight, or restore it")
    release.add_argument("action", choices=("withdraw", "restore"))
    release.add_argument("release", metavar="ID")
    release.add_argument("--reason", default="", help="kept in the audit list")
    differ = command("diff", "what changed from one release to another")
    differ.add_argument("before", metavar="A")
    differ.add_argument("after", metavar="B")
    _format(differ, "json", "table")
    backup = command("backup", "write the whole store to a file")
    backup.add_argument("file", metavar="FILE")
    back = command("restore", "put the store back as a backup holds it")
    back.add_argument("file", metavar="FILE")
    back.add_argument(
        "--replace", action="store_true", help="also where that loses what came after the backup"
    )


def _exporting(command: Command) -> None:
    parser = command(
        "export", "write a briefing, slides, tables, pictures, a site, a release or all data"
    )
    parser.add_argument("what", choices=list(FILES), metavar="WHAT", help=", ".join(FILES))
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="for a site a folder or one .html, for data a folder or a .zip; default: named after "
        "what it is about, and said; - is standard output, in the first kind of file there is",
    )
    subject = parser.add_mutually_exclusive_group()
    subject.add_argument("--topic", choices=list(TOPICS), default="overview")
    subject.add_argument(
        "--country",
        nargs="+",
        metavar="ECU",
        help="its code or its name; of a briefing several, a page of A4 each",
    )
    subject.add_argument("--scenario", metavar="FILE", help="as `whatif` takes it")
    subject.add_argument("--sides", nargs=2, metavar=("A", "B"), help="as `compare` takes them")
    subject.add_argument("--link", metavar="ADDRESS", help="an address copied from the browser")
    parser.add_argument("--region", metavar="AREA", help="a continent or subregion")
    parser.add_argument(
        "--kind",
        action="extend",
        nargs="+",
        choices=KINDS,
        help="of gap; default: uncovered",
    )
    parser.add_argument("--figure", metavar="KEY", help="which map or chart; default: the first")
    parser.add_argument("--release", metavar="ID", help=NEWEST)
    parser.add_argument("--language", choices=LANGUAGES, default="nl")
    _choosing(parser)
