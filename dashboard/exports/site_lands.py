"""The dossier of every unit for a site: texts and rows as data, put into the page by its script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from dashboard import cache, map_blocks, rows, theme
from dashboard.filters import Filters
from dashboard.i18n import Words
from dashboard.map_views import view_of
from dashboard.report import Block, Table
from dashboard.tables import Cell
from dashboard.topics.answers import answers
from dashboard.topics.country import Country
from dashboard.topics.ground import Ground

Address = Callable[[str], str]


def lands(t: Words, filters: Filters, address: Address) -> dict[str, Any]:
    """Code -> dossier of each unit, by name, for all organisations together; raises DataError.

    `served` are the rows of the postings that serve it and `by` the organisation of each; `every`
    names all that serve it in any way, with the row of those that are among `served` or null. The
    script shows of these what the reader chose.
    """
    ground, spelled = Ground(t, filters), _spelled()
    return {
        iso3: _land(Country(ground, iso3), spelled[iso3], address)
        for iso3 in cache.names_in_order(t.language)
    }


def heads(t: Words, filters: Filters) -> dict[str, Any]:
    """Key of a table in a dossier -> its title, headers and source."""
    network = map_blocks.network_source(t, filters.release)
    columns = {
        "serving": ("organisation", "city", "distance", "basis", "theme", "printed", "place"),
        "placements": ("body", "printed", "city", "place"),
        "facts": ("fact", "what"),
        "missions": rows.MISSIONS,
        "history_missions": ("mission", "years", "lead", "maximum", "place"),
        "history": ("when", "what", "place"),
        "neighbours": ("country", "state", "organisations"),
    }
    sourced = ("serving", "placements", "neighbours")
    return {
        key: {
            "title": t(f"country.{key}"),
            "headers": rows.headers(t, names),
            "source": t("document.source", source=network) if key in sourced else "",
        }
        for key, names in columns.items()
    }


def _land(found: Country, spelled: list[str], address: Address) -> dict[str, Any]:
    """One dossier; what is empty is left out."""
    ground, iso3 = found.ground, found.iso3
    every = ground.everything.get(iso3, ground.everything[""])
    numbers = {key: n for n, key in enumerate(_keys(found.serving))}
    labels = zip(every["label"], _keys(every), strict=True)
    blocks = [*found.placements(), *found.missions(), *found.history()]
    made = {
        "name": found.name,
        "spelled": spelled,
        "view": view_of(str(ground.units[iso3]["subregion"])),
        "answers": [[each.question, each.answer, each.source] for each in answers(found)],
        "facts": [list(fact) for fact in found.facts()],
        "note": found.note,
        "served": _rows(found.served_by(), "serving", address),
        "by": [theme.code(each) for each in found.serving["organisation"]],
        "every": [[label, numbers.get(key)] for label, key in labels],
        "placements": _rows(blocks, "placements", address),
        "missions": _rows(blocks, "missions", address),
        "history_missions": _rows(blocks, "past_missions", address),
        "history": _rows(blocks, "history", address),
        "neighbours": list(found.beside["neighbour"]),
    }
    return {key: value for key, value in made.items() if value}


def _keys(postings: pd.DataFrame) -> list[tuple[str, int]]:
    return list(zip(postings["kind"], postings["row"], strict=True))


def _rows(blocks: Sequence[Block], key: str, address: Address) -> list[list[Any]]:
    """The rows of the table with that key: text, or (text, address, what it sorts by)."""
    tables = (block for block in blocks if isinstance(block, Table) and block.key == key)
    return [[_cell(cell, address) for cell in row] for table in tables for row in table.rows]


def _cell(cell: Cell | str, address: Address) -> Any:
    if isinstance(cell, str):
        return cell
    href = address(cell.href) if cell.href else ""
    if cell.sort is not None:
        return [cell.text, href, cell.sort]
    return [cell.text, href] if href else cell.text


def _spelled() -> dict[str, list[str]]:
    """Code -> every way to write a unit: names in both languages, old and short ones, codes."""
    units, names = cache.reference("units"), cache.reference("names")
    columns = (units[column] for column in ("iso3", "name_nl", "name_en"))
    found = {iso3: [dutch, english] for iso3, dutch, english in zip(*columns, strict=True)}
    for iso3, spelled in zip(names["iso3"], names["name"], strict=True):
        if iso3 in found and spelled not in found[iso3]:
            found[iso3].append(spelled)
    return found
