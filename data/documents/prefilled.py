"""The tables of the template with the rows of a release, to type another list over them.

A row stands as it was printed where that reads as the release has it. Where it does not, as after
a correction or in a letter without tables, it is written anew from what was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from data.documents.reading import resolver
from data.documents.sheet_files import Row
from data.documents.template import TABLES
from data.load import gazetteer, reference
from geo.names.decisions import Decision
from geo.names.resolver import Resolver
from geo.reading.posting import PrintedRow, read_rows

Post = Mapping[str, object]
Served = frozenset[str]
_COMPARED = {"LO": ("organisation", "city", "host", "status"), "FILO": ("organisation", "status")}


def tables(
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    deployments: pd.DataFrame,
    decisions: Iterable[Decision] = (),
) -> dict[str, tuple[Row, ...]]:
    """The sheets of the template with the rows of a release; `decisions` are those of the store."""
    posts = _plain(postings)
    served = {
        place: frozenset(rows["iso3"]) for place, rows in accreditations.groupby(["kind", "row"])
    }
    names = dict(reference("units").set_index("iso3")["name_nl"])
    writer = _Writer(resolver(decisions), names)
    written = {
        (str(row["kind"]), row["row"]): writer.cells(
            row, served.get((row["kind"], row["row"]), frozenset())
        )
        for row in posts
        if row["kind"] in _COMPARED
    }
    filos = [cells for (kind, _), cells in written.items() if kind == "FILO"]
    return {
        "Netwerk": (TABLES["Netwerk"][0], *_network(posts, written)),
        "FILO": (*TABLES["FILO"], *((label, area) for label, _, area in filos)),
        "Multilateraal": (*TABLES["Multilateraal"], *_placements(posts)),
        "Missies": (TABLES["Missies"][0], *_missions(_plain(deployments))),
    }


def _network(posts: list[Post], written: Mapping[tuple[str, object], Row]) -> Iterator[Row]:
    """The posts below their part of the world; those without one come first."""
    region: object = None
    officers = [row for row in posts if row["kind"] == "LO"]
    for row in sorted(officers, key=lambda row: row["region"] is not None):
        if row["region"] != region:
            region = row["region"]
            yield (_text(region),)
        yield written["LO", row["row"]]


def _placements(posts: list[Post]) -> Iterator[Row]:
    """Each group begins with where people are placed, and ends with an empty row."""
    region: object = None
    for row in posts:
        if row["kind"] != "multilateral":
            continue
        if row["region"] != region:
            yield from (
                [(_text(row["region"]),)] if region is None else [(), (_text(row["region"]),)]
            )
            region = row["region"]
        yield (_text(row["label"]),)


def _missions(deployments: list[Post]) -> Iterator[Row]:
    for row in deployments:
        yield (_text(row["printed"]), _text(row["duty_printed"]), _text(row["personnel"]))
    total = sum(int(str(row["personnel"])) for row in deployments)
    yield ("Totaal", "", str(total)) if deployments else ("Totaal",)


@dataclass(frozen=True)
class _Writer:
    """Writes postings as cells; `names` has the Dutch name of each unit."""

    resolver: Resolver
    names: Mapping[str, str]

    def cells(self, post: Post, served: Served) -> Row:
        """(label, city, area) that read as the release has the posting, as printed if possible."""
        label, city, area = (_text(post[key]) for key in ("label", "city_printed", "area_printed"))
        names = " / ".join(self.names[iso3] for iso3 in sorted(served))
        anew = (self._label(post), _text(post["city"]), names)
        printed = (label, city, area)
        tries = (printed, (anew[0], city, area), (label, city, names), (anew[0], city, names))
        return next((each for each in tries if self._reads(post, served, each)), anew)

    def _label(self, post: Post) -> str:
        """Country, theme, organisation and status as the annex prints them: "Kenia (KST) - NP"."""
        who, theme = _text(post["organisation"]), _text(post["theme"])
        if post["kind"] == "FILO":
            label = " ".join(filter(None, (who, "FILO", theme)))
        else:
            country = self.names.get(_text(post["host"]), "")
            label = " - ".join(filter(None, (f"{country} ({theme})" if theme else country, who)))
        return f"{label} (gepland)" if post["status"] == "planned" else label

    def _reads(self, post: Post, served: Served, cells: Row) -> bool:
        """Whether cells are read as the release has the posting, without a question."""
        kind = str(post["kind"])
        label, city, area = cells
        printed = PrintedRow(kind, "", "Netwerk", 1, "", label, city, area)
        found = read_rows([printed], self.resolver, gazetteer())
        if len(found.postings) != 1 or any(each.severity == "error" for each in found.problems):
            return False
        read = found.postings[0]
        units = {each["iso3"] for each in found.accreditations}
        return units == served and all(read[name] == post[name] for name in _COMPARED[kind])


def _plain(frame: pd.DataFrame) -> list[Post]:
    cells = frame.astype(object).where(frame.notna(), None)
    return [dict(zip(frame.columns, row, strict=True)) for row in cells.to_numpy().tolist()]


def _text(value: object) -> str:
    return "" if value is None else str(value)
