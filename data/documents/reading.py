"""Cells of a document -> its tables and its doubts: the road that every document takes."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from data.documents.annex import read_annex
from data.documents.cells import Cells
from data.load import places, reference
from geo.cities import Gazetteer
from geo.decisions import Decision
from geo.missions import read_deployments
from geo.names import Resolver
from geo.postings import read_rows
from geo.reading import DocumentReading


def resolver(decisions: Iterable[Decision] = ()) -> Resolver:
    """The resolver over the committed names and regions, and what people decided."""
    tables = ("names", "ambiguous_names", "regions", "region_aliases")
    return Resolver(*(reference(table) for table in tables), decisions=decisions)


def read_cells(document: str, cells: Cells, decisions: Iterable[Decision] = ()) -> DocumentReading:
    """Read a document all the way to tables of `geo.schemas`, with every doubt as a problem.

    `document` is the id that the rows name as their source. What is not there is "absent".
    """
    names = resolver(decisions)
    annex = read_annex(document, cells.text, cells.tables, names)
    gazetteer = Gazetteer(places(), reference("city_aliases"))
    reading = read_rows(annex.rows, names, gazetteer, reference("units"))
    deployments, doubts = read_deployments(
        annex.deployments, annex.total, names, reference("missions"), reference("mission_aliases")
    )
    postings, accreditations = reading.frames()
    return DocumentReading(
        postings,
        accreditations,
        deployments,
        problems=(*reading.problems, *doubts, *annex.unread),
        total=annex.total,
        missions_as_of=annex.missions_as_of,
        network=_network(postings),
        missions="absent" if deployments.empty else "complete",
    )


def _network(postings: pd.DataFrame) -> str:
    """A table that is printed is printed whole; FILO's alone are a part of the network."""
    if postings.empty:
        return "absent"
    return "complete" if postings["kind"].eq("LO").any() else "partial"
