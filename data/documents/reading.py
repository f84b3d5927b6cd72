"""Cells of a document -> its tables and its doubts: the road that every document takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from data.documents.annex import read_annex
from data.documents.cells import Cells
from data.documents.limits import ANNEX
from data.load import gazetteer, reference, stamp
from geo.errors import DataError
from geo.names.decisions import Decision
from geo.names.resolver import Resolver
from geo.reading.missions import read_deployments
from geo.reading.posting import read_rows
from geo.reading.result import DocumentReading

# In the template, and whether it says that the tables are a part of the network.
# One word behind it, on the same line: the template leaves it empty, and a sentence says more.
_STATED = re.compile(r"^volledigheid\b[^\S\n]*:?[^\S\n]*(\w+)[^\S\n]*\.?$", re.I | re.M)
_NAMES = ("names", "ambiguous_names", "regions", "region_aliases")
_PART = {"volledig": False, "complete": False, "gedeeltelijk": True, "partial": True}


def resolver(decisions: Iterable[Decision] = ()) -> Resolver:
    """The resolver over the committed names and regions, and what people decided.

    Where nobody decided anything it is the same one each time, until a table changes: it takes
    longer to build than most documents to read.
    """
    taken = tuple(decisions)
    if taken:
        return Resolver(*map(reference, _NAMES), decisions=taken)
    return _without_decisions(stamp(*_NAMES))


@lru_cache(maxsize=1)
def _without_decisions(_written: str) -> Resolver:
    """The resolver of tables that were `_written` then (see `stamp`)."""
    return Resolver(*map(reference, _NAMES))


def read_cells(document: str, cells: Cells, decisions: Iterable[Decision] = ()) -> DocumentReading:
    """Read a document all the way to tables of `geo.schemas`, with every doubt as a problem.

    `document` is the id that the rows name as their source. What is not there is "absent". Raises
    DataError for more rows than an annex has: each name that is not known costs time and memory.
    """
    names = resolver(decisions)
    annex = read_annex(document, cells.text, cells.tables, resolver(), names, cells.left_out)
    printed = [row.cells for row in annex.rows] + [row.cells for row in annex.deployments]
    if sum(map(len, printed)) > ANNEX:
        raise DataError("annex_too_long", document, most=ANNEX)
    reading = read_rows(annex.rows, names, gazetteer(), reference("units"))
    missions = (reference("missions"), reference("mission_aliases"))
    deployments, doubts = read_deployments(
        annex.deployments, annex.total, names, *missions, gazetteer()
    )
    postings, accreditations = reading.frames()
    return DocumentReading(
        postings,
        accreditations,
        deployments,
        problems=(*annex.unread, *reading.problems, *doubts),
        total=annex.total,
        missions_as_of=annex.missions_as_of,
        network=_network(document, cells.text, postings),
        missions="absent" if deployments.empty else "complete",
        network_as_of=annex.network_as_of,
    )


def _network(document: str, text: str, postings: pd.DataFrame) -> str:
    """A table that is printed is printed whole, unless the template says that it is a part.

    FILO's alone are a part of the network. Raises DataError for another word than it asks for.
    """
    stated = _STATED.search(text)
    if stated and stated[1].casefold() not in _PART:
        raise DataError("completeness_unknown", document, value=stated[1][:80])
    if postings.empty:
        return "absent"
    if stated and _PART[stated[1].casefold()]:
        return "partial"
    return "complete" if postings["kind"].eq("LO").any() else "partial"
