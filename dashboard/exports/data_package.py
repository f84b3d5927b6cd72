"""All tables of open data in one package that describes itself: Frictionless and DCAT-AP-NL.

The package says nothing of when or where it was made, so that the same releases give the same
bytes; its version is a checksum of what is in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from dashboard import snapshot
from dashboard.exports import data_files
from dashboard.exports.archive import zipped
from dashboard.exports.dcat import record
from dashboard.i18n import LANGUAGES, Texts, texts_of
from dashboard.open_data import fields, tables
from dashboard.open_data.fields import TABLES, Field, TableSpec

NAME = "liaisonatlas"
Record = dict[str, Any]
# What the whole may be used under, and what the positions and numbers of people ask besides.
LICENCES: list[Record] = [
    {
        "name": "EUPL-1.2",
        "title": "European Union Public Licence 1.2",
        "path": "https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12",
    },
    {
        "name": "CC-BY-4.0",
        "title": "Creative Commons Attribution 4.0 (GeoNames)",
        "path": "https://creativecommons.org/licenses/by/4.0/",
    },
]
_MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "topojson": "application/topo+json",
}


def package(release: str | None = None, *, home: str) -> dict[str, bytes]:
    """Every file of the package by its name in it; with a `release` only what belongs to that one.

    `home` is where the application stands, for the addresses in the description. Raises DataError.
    """
    found: dict[str, bytes] = {}
    for name in TABLES:
        frame = tables.table(name, release)
        found[f"data/{name}.csv"] = data_files.as_csv(frame)
        found[f"data/{name}.parquet"] = data_files.as_parquet(name, frame)
    found["shapes/units.parquet"] = data_files.as_geoparquet()
    found["shapes/units.topojson"] = data_files.as_topojson()
    version = _version(found)
    described = descriptor(found, version)
    made = {"datapackage.json": described, "dcat.jsonld": record(described, home)}
    written = {name: _json(content) for name, content in made.items()}
    return written | _readme(version) | found


@snapshot.cached(2)
def archive(release: str | None = None, *, home: str) -> bytes:
    """The package as one .zip; the same releases give the same bytes. Raises DataError."""
    return zipped(iter(package(release, home=home).items()))


def _json(content: Record) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _version(files: Mapping[str, bytes]) -> str:
    """A short checksum of all files: another one where a figure changed."""
    whole = hashlib.sha256()
    for name, content in files.items():
        whole.update(f"{name}\n{hashlib.sha256(content).hexdigest()}\n".encode())
    return whole.hexdigest()[:12]


def _readme(version: str) -> dict[str, bytes]:
    names = {"nl": "LEESMIJ.md", "en": "README.md"}
    return {name: _about(texts_of(each), version).encode() for each, name in names.items()}


def _about(t: Texts, version: str) -> str:
    told = {"title": t("data_package.title"), "description": t("data_package.description")}
    return t("data_package.readme", **told, version=version)


# --- Frictionless ---------------------------------------------------------------------------------


def descriptor(files: Mapping[str, bytes], version: str) -> Record:
    """The package in the words of Frictionless (`datapackage.json`), Dutch first."""
    return {
        "profile": "data-package",
        "name": NAME,
        **_both("title", lambda t: t("data_package.title")),
        **_both("description", lambda t: t("data_package.description")),
        "version": version,
        "keywords": [
            word
            for each in LANGUAGES
            for word in texts_of(each)("data_package.keywords").split("; ")
        ],
        "licenses": LICENCES,
        "sources": _sources(),
        "resources": [_resource(path, content) for path, content in files.items()],
    }


def _both(name: str, write: Callable[[Texts], str]) -> Record:
    """A text under its Frictionless name in Dutch, and under a name for each language."""
    said = {f"{name}_{each}": write(texts_of(each)) for each in LANGUAGES}
    return {name: said[f"{name}_nl"]} | said


def _sources() -> list[Record]:
    frame = tables.table("sources")
    rows = frame[["title_nl", "url"]].astype(object).where(frame[["title_nl", "url"]].notna(), None)
    named = {"title_nl": "title", "url": "path"}
    return [
        {named[str(key)]: value for key, value in row.items() if value is not None}
        for row in rows.drop_duplicates().to_dict("records")
    ]


def _resource(path: str, content: bytes) -> Record:
    """One file; only a table of CSV says what its columns are, for nothing else is read by it."""
    name, _, kind = path.rpartition("/")[2].partition(".")
    about: Record = {
        "name": f"shapes-{kind}"
        if path.startswith("shapes/")
        else f"{_resource_name(name)}-{kind}",
        "path": path,
        "format": kind,
        "mediatype": _MEDIA[kind],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if kind == "csv":
        spec = TABLES[name]
        about |= {"name": _resource_name(name), "profile": "tabular-data-resource"}
        about |= {"encoding": "utf-8", "dialect": {"lineTerminator": "\r\n"}}
        about |= _both("title", lambda t: fields.title(t, name))
        about |= _both("description", lambda t: fields.description(t, name))
        return about | {"schema": schema(spec)}
    # Without `type` the library of Frictionless reads Parquet as a table, and guesses its types.
    about |= {"profile": "data-resource", "type": "file"}
    return about | _both("title", lambda t: _file_title(t, path, name))


def _file_title(t: Texts, path: str, name: str) -> str:
    if not path.startswith("shapes/"):
        return t("data_package.parquet", title=fields.title(t, name))
    return t(f"data_package.{'topojson' if path.endswith('topojson') else 'geoparquet'}")


def schema(spec: TableSpec) -> Record:
    """The columns of a table as a Table Schema: types, keys, descriptions in both languages."""
    return {
        "fields": [_field(spec.name, field) for field in spec.fields],
        "missingValues": [""],
        "primaryKey": list(spec.key),
        "foreignKeys": [
            {
                "fields": list(foreign.columns),
                "reference": {
                    # A table that names itself has no name there.
                    "resource": "" if foreign.table == spec.name else _resource_name(foreign.table),
                    "fields": list(foreign.keys),
                },
            }
            for foreign in spec.foreign
        ],
    }


def _resource_name(table: str) -> str:
    return table.replace("_", "-")


def _field(table: str, field: Field) -> Record:
    limits: Record = {"required": True} if field.required else {}
    limits |= {"enum": list(field.values)} if field.values else {}
    pattern = fields.DATE if field.type == "date" else field.pattern
    limits |= {"pattern": pattern} if pattern else {}
    # A date may be a month or a year, which the type of Frictionless refuses.
    about: Record = {"name": field.name, "type": "string" if field.type == "date" else field.type}
    about |= _both("description", lambda t: fields.description(t, table, field.name))
    about |= {"unit": field.unit} if field.unit else {}
    return about | ({"constraints": limits} if limits else {})
