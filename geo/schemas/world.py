"""Tables of the world: units, names, regions, places, provenance."""

from __future__ import annotations

from geo.schemas.columns import (
    ISO3,
    ISO3_COLUMN,
    ISO3_LIST,
    Table,
    choice,
    count,
    date,
    flag,
    number,
    table,
    text,
)

TABLES: dict[str, Table] = {
    "units": table(
        "Countries and territories on the map (Natural Earth 5.1.1, CLDR, UN M49)",
        ["iso3"],
        {
            "iso3": ISO3_COLUMN,
            "iso2": text(r"^([A-Z]{2})?$", required=False),
            "name_nl": text(),
            "name_en": text(),
            "kind": choice("state", "territory", "disputed"),
            "continent": choice("Africa", "Americas", "Asia", "Europe", "Oceania"),
            "subregion": text(),
            "sovereign": text(ISO3, required=False),
            "capital": text(),
            "capital_en": text(),
            "capital_lat": number(-90, 90),
            "capital_lon": number(-180, 180),
            # Where the government sits, from which distances run: mostly the capital.
            "seat": text(),
            "seat_en": text(),
            "seat_lat": number(-90, 90),
            "seat_lon": number(-180, 180),
            "label_lat": number(-90, 90),
            "label_lon": number(-180, 180),
            "area_km2": number(0, 2e7),
            "tiny": flag(),
        },
    ),
    "not_units": table(
        "Places with a code that are no unit: nobody lives there for good, or part of another one",
        ["code"],
        {
            "code": text(ISO3),
            "name_nl": text(),
            "name_en": text(),
            "counted_with": text(ISO3, required=False),
            # In the shapes of the map, where it has the colour of the ground.
            "drawn": flag(),
            "label_lat": number(-90, 90, required=False),
            "label_lon": number(-180, 180, required=False),
            "reason_nl": text(),
            "reason_en": text(),
            "as_of": date(),
            "source": text(),
        },
    ),
    "seats": table(
        "Capitals and seats of government that need a word, edited by hand",
        ["iso3"],
        {
            "iso3": ISO3_COLUMN,
            "note_nl": text(),
            "note_en": text(),
            "as_of": date(),
            "source": text(),
        },
    ),
    "m49": table(
        "Numbers of countries and areas in UN M49, the same as in ISO 3166-1",
        ["iso3"],
        {"iso3": ISO3_COLUMN, "m49": count(low=1)},
    ),
    "neighbours": table(
        "Land borders between units, both directions, geodesic km (Natural Earth 5.1.1)",
        ["iso3", "neighbour"],
        {"iso3": ISO3_COLUMN, "neighbour": ISO3_COLUMN, "border_km": number(0, 1e4)},
    ),
    "populations": table(
        "How many people live in each unit (Natural Earth 5.1.1; GeoNames, CC BY 4.0); no census",
        ["iso3"],
        {
            "iso3": ISO3_COLUMN,
            "population": count(required=False),
            "year": count(required=False, low=1900),
            "source": text(required=False),
        },
    ),
    "map_notes": table(
        "Notes on borders and names that the ministry edits",
        ["iso3"],
        {
            "iso3": ISO3_COLUMN,
            "note_nl": text(),
            "note_en": text(),
            "as_of": date(),
            "source": text(),
        },
    ),
    "country_articles": table(
        "Names of countries that take an article or a plural verb in a sentence",
        ["iso3"],
        {
            "iso3": ISO3_COLUMN,
            "article_nl": choice("de", "het", required=False),
            "number_nl": choice("one", "other"),
            "article_en": choice("the", required=False),
            "number_en": choice("one", "other"),
            "reason": text(),
        },
    ),
    "cities": table(
        "Duty stations with coordinates (GeoNames, CC BY 4.0)",
        ["city", "iso3"],
        {
            "city": text(),
            "city_en": text(),
            "iso3": ISO3_COLUMN,
            "lat": number(-90, 90),
            "lon": number(-180, 180),
            "geonameid": count(required=False, low=1),
            "source": text(),
        },
    ),
    "larger_cities": table(
        "Larger cities of every country, where a next post may be (GeoNames, CC BY 4.0)",
        ["city", "iso3"],
        {
            "city": text(),
            "city_en": text(),
            "iso3": ISO3_COLUMN,
            "lat": number(-90, 90),
            "lon": number(-180, 180),
            "geonameid": count(low=1, unique=True),
            "names": text(required=False),
        },
    ),
    "city_aliases": table(
        "Printed spellings of duty stations",
        ["printed", "iso3"],
        {"printed": text(), "city": text(), "iso3": ISO3_COLUMN},
    ),
    "names": table(
        "Every certain name of a unit: CLDR in four languages, codes, and reviewed aliases",
        ["iso3", "name"],
        {
            "iso3": ISO3_COLUMN,
            "name": text(),
            "language": choice("nl", "en", "fr", "de", required=False),
            "kind": choice("name", "short", "old", "code", "alias"),
            "source": text(),
        },
    ),
    "ambiguous_names": table(
        "Printed names that fit more than one unit, or none: a person decides",
        ["printed"],
        {
            "printed": text(),
            "candidates": text(ISO3_LIST, required=False),
            "note_nl": text(),
            "note_en": text(),
            "uninhabited": flag(),
        },
    ),
    "regions": table(
        "Printed regions and the units they stand for; an analyst may edit this",
        ["region", "iso3"],
        # `checked`: the day on which the source was read; empty where nobody did.
        {"region": text(), "iso3": ISO3_COLUMN, "source": text(), "checked": date(required=False)},
    ),
    "region_aliases": table(
        "Other printings of a region", ["printed"], {"printed": text(), "region": text()}
    ),
    "eu_members": table(
        "States and territories in the European Union",
        ["iso3"],
        {"iso3": ISO3_COLUMN, "since": date()},
    ),
    "sources": table(
        "Provenance of every committed file of data",
        ["file"],
        {
            "file": text(),
            "title": text(),
            "publisher": text(),
            "url": text(r"^(https://.*)?$", required=False),
            "licence": text(),
            "date": date(),
            "sha256": text(r"^([0-9a-f]{64})?$", required=False),
            "made_by": text(),
        },
    ),
}
