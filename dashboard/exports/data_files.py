"""Tables of open data as CSV and Parquet, and the shapes of the units as GeoParquet and TopoJSON.

The same tables give the same bytes, whichever process writes them.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.i18n import texts_of
from dashboard.open_data import fields, tables
from dashboard.open_data.fields import TABLES, Field
from dashboard.records import is_formula
from data.shapes import shapes

STATIC = Path(__file__).parents[1] / "static"
LIGHT = "shapes/world.json"  # simplified to 8 km, every border once
_ARROW = {
    "string": pa.string(),
    "date": pa.string(),  # as precise as its document, which no type of Parquet can say
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
}
_SHAPE = ["iso3", "name_nl", "name_en", "kind", "continent", "subregion", "sovereign_iso3"]


def as_csv(frame: pd.DataFrame) -> bytes:
    """CSV as RFC 4180 has it, in UTF-8: commas, CRLF, an empty cell for what is missing.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(frame.columns)
    writer.writerows(zip(*(_written(column) for _, column in frame.items()), strict=True))
    return file.getvalue().encode("utf-8")


def _written(column: pd.Series) -> list[str]:
    return ["" if pd.isna(value) else _cell(value) for value in column.astype(object)]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    text = str(value)
    return f"'{text}" if isinstance(value, str) and is_formula(text) else text


def as_parquet(name: str, frame: pd.DataFrame) -> bytes:
    """A table of `TABLES` as Parquet, each column with its description in both languages."""
    schema = pa.schema(
        [
            pa.field(field.name, _ARROW[field.type], metadata=_described(name, field))
            for field in TABLES[name].fields
        ]
    )
    arrays = [
        pa.array(column.astype(object), type=kind, from_pandas=True)
        for (_, column), kind in zip(frame.items(), schema.types, strict=True)
    ]
    return _parquet(pa.Table.from_arrays(arrays, schema=schema))


def _described(name: str, field: Field) -> dict[str, str]:
    said = {
        f"description_{each}": fields.description(texts_of(each), name, field.name)
        for each in ("nl", "en")
    }
    return said | ({"unit": field.unit} if field.unit else {})


def _parquet(table: pa.Table) -> bytes:
    file = pa.BufferOutputStream()
    pq.write_table(table, file, compression="zstd")
    return bytes(file.getvalue())


def as_geoparquet() -> bytes:
    """The shapes of the units, simplified to 1 km, with codes and names; raises DataError."""
    frame = shapes().merge(tables.table("units")[_SHAPE], on="iso3").sort_values("iso3")
    file = io.BytesIO()
    frame[[*_SHAPE, "geometry"]].to_parquet(file, index=False, compression="zstd")
    return file.getvalue()


def as_topojson() -> bytes:
    """The shapes of the units, simplified to 8 km, with codes and names: light enough for a page.

    What is drawn in the colour of the ground is left out: it is no unit, and no row of a table.
    """
    topology = json.loads((STATIC / LIGHT).read_text("utf-8"))
    frame = tables.table("units").set_index("iso3", drop=False)[_SHAPE].astype(object)
    named = {code: row.dropna().to_dict() for code, row in frame.iterrows()}
    geometries = [
        geometry | {"properties": named[geometry["id"]]}
        for geometry in topology["objects"]["units"]["geometries"]
        if geometry["id"] in named
    ]
    topology["objects"]["units"]["geometries"] = geometries
    return json.dumps(topology, ensure_ascii=False, separators=(",", ":")).encode()
