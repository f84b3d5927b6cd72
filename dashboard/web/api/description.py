"""The interface described as OpenAPI 3.1, from the tables that its answers are made of.

Paths and parameters come from `resources` and `parameters`, columns from the field dictionary of
the data package, words from the files of a language: nothing is said twice.
"""

from __future__ import annotations

from typing import Any

from dashboard import snapshot
from dashboard.i18n import Texts
from dashboard.open_data import fields
from dashboard.open_data.fields import TABLES, Field
from dashboard.web import auth
from dashboard.web.api import problems
from dashboard.web.api.parameters import MEDIA_TYPES, schemas
from dashboard.web.api.resources import RESOURCES, Resource

VERSION = "1.0.0"
ROOT = "/api/v1"
Schema = dict[str, Any]
_TYPES = {"string": "string", "date": "string", "integer": "integer", "number": "number"}
_EXAMPLES = {
    "org": "NP,KMar",
    "lagen": "regions,planned",
    "gebied": "south-america",
    "land": "ECU",
    "soort": "single,lost",
    "weging": "population:3,distance:0",
    "iso3": "ECU",
}


def openapi(t: Texts) -> Schema:
    """Return the whole description, worded in a language; raises DataError."""
    document: Schema = {
        "openapi": "3.1.1",
        "info": {
            "title": "Liaisonatlas",
            "version": VERSION,
            "summary": t("api.summary"),
            "description": t("api.description"),
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": snapshot.settings().address + ROOT}],
        "tags": [{"name": "data", "description": t("api.tag")}],
        "paths": {each.path: _path(t, each) for each in RESOURCES} | {"/openapi.json": _itself(t)},
        "components": {
            "schemas": {name: _row(t, name) for name in _TABLES} | {"problem": problems.SCHEMA},
            "headers": _headers(t),
        },
    }
    if auth.sign_in() is not None:
        scheme = {"type": "apiKey", "in": "cookie", "name": auth.COOKIE}
        document["components"]["securitySchemes"] = {"cookie": scheme}
        document["security"] = [{"cookie": []}]
    return document


_TABLES = sorted({each.table for each in RESOURCES} | {part for r in RESOURCES for part in r.parts})


def _path(t: Texts, resource: Resource) -> Schema:
    """A path of the interface: read, read the headers only, and ask what is allowed."""
    answer = t(f"api.{resource.name}")
    get: Schema = {
        "operationId": resource.name,
        "tags": ["data"],
        "summary": answer,
        "parameters": _parameters(t, resource),
        "responses": {"200": _answer(t, resource)} | _others(t, resource),
    }
    return {"get": get}


def _parameters(t: Texts, resource: Resource) -> list[Schema]:
    known_schemas = schemas()
    path = [name for name in ("release", "iso3") if f"{{{name}}}" in resource.path]
    parameters = []
    for name in path:
        schema = known_schemas["land"] if name == "iso3" else known_schemas["release"]
        parameters.append(_parameter(t, name, schema, "path"))
    for name in resource.parameters:
        schema = known_schemas[name]
        if name == "format":
            schema = {"type": "string", "enum": list(resource.formats)}
        parameters.append(_parameter(t, name, schema, "query"))
    return parameters


def _parameter(t: Texts, name: str, schema: Schema, place: str) -> Schema:
    parameter: Schema = {
        "name": name,
        "in": place,
        "required": place == "path",
        "description": t(f"api.parameter_{name}"),
        "schema": schema,
    }
    return parameter | ({"example": _EXAMPLES[name]} if name in _EXAMPLES else {})


def _answer(t: Texts, resource: Resource) -> Schema:
    row: Schema = {"$ref": f"#/components/schemas/{resource.table}"}
    whole = _member(row, resource) if resource.member else _list(row)
    schemas = {"json": whole, "csv": {"type": "string"}, "geojson": _features(row, resource)}
    content = {MEDIA_TYPES[each]: {"schema": schemas[each]} for each in resource.formats}
    names = ("API-Version", "ETag", *(() if resource.member else ("Link",)))
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    return {"description": t(f"api.{resource.name}"), "headers": headers, "content": content}


def _list(row: Schema) -> Schema:
    whole = {"type": "integer", "minimum": 0}
    return {
        "type": "object",
        "required": ["items", "total", "offset", "limit", "next"],
        "properties": {
            "items": {"type": "array", "items": row},
            **dict.fromkeys(("total", "offset", "limit"), whole),
            "next": {"type": ["string", "null"]},
        },
    }


def _member(row: Schema, resource: Resource) -> Schema:
    lists = {
        part: {"type": "array", "items": {"$ref": f"#/components/schemas/{part}"}}
        for part in resource.parts
    }
    if not lists:
        return row
    return {"allOf": [row, {"type": "object", "required": list(lists), "properties": lists}]}


def _features(row: Schema, resource: Resource) -> Schema:
    """RFC 7946, as far as we use it."""
    feature: Schema = {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            "geometry": {
                "type": ["object", "null"],
                "required": ["type", "coordinates"],
                "properties": {
                    "type": {"enum": ["Point", "Polygon", "MultiPolygon"]},
                    "coordinates": {"type": "array"},
                },
            },
            "properties": row,
        },
    }
    if resource.member:
        return feature
    return {
        "type": "object",
        "required": ["type", "borders", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "borders": {"type": "string"},
            "features": {"type": "array", "items": feature},
        },
    }


def _others(t: Texts, resource: Resource | None) -> Schema:
    """Every other answer there is."""
    version = {"API-Version": {"$ref": "#/components/headers/API-Version"}}
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/problem"}}}
    statuses = ["400", "401", "403", "404", "405", "406", "429", "500", "503"]
    if resource and "soort" in resource.filters:  # what a release cannot tell is asked for there
        statuses.append("409")
    responses: Schema = {
        status: {
            "description": t(f"api.status_{status}"),
            "headers": version,
            "content": content,
        }
        for status in statuses
    }
    responses["304"] = {"description": t("api.status_304"), "headers": version}
    # What the door of the installation says before the interface is asked.
    responses["421"] = {"description": t("api.status_421"), "content": {"text/plain": {}}}
    return responses


def _itself(t: Texts) -> Schema:
    response = {
        "description": t("api.openapi"),
        "content": {MEDIA_TYPES["json"]: {"schema": {"type": "object"}}},
    }
    get: Schema = {
        "operationId": "openapi",
        "tags": ["data"],
        "summary": t("api.openapi"),
        "parameters": [_parameter(t, "taal", schemas()["taal"], "query")],
        "responses": {"200": response} | _others(t, None),
        "security": [],
    }
    return {"get": get}


def _headers(t: Texts) -> Schema:
    return {
        name: {"description": t(f"api.header_{key}"), "schema": {"type": "string"}}
        for name, key in (("API-Version", "version"), ("ETag", "etag"), ("Link", "link"))
    }


def _row(t: Texts, table: str) -> Schema:
    """A row of a table, every column of it; what is not known is null."""
    spec = TABLES[table]
    return {
        "type": "object",
        "title": fields.title(t, table),
        "description": fields.description(t, table),
        "required": spec.columns,
        "properties": {
            field.name: _column(field) | {"description": fields.description(t, table, field.name)}
            for field in spec.fields
        },
    }


def _column(field: Field) -> Schema:
    kind = _TYPES.get(field.type, "boolean")
    column: Schema = {"type": kind if field.required else [kind, "null"]}
    if field.values:
        column["enum"] = [*field.values, *([] if field.required else [None])]
    if pattern := fields.DATE if field.type == "date" else field.pattern:
        column["pattern"] = f"^{pattern}$"
    if field.unit:
        column["x-unit"] = field.unit
    return column
