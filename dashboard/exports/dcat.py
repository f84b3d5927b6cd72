"""A data package in the words of DCAT-AP-NL 3.0, as JSON-LD, for data.overheid.nl.

Whoever registers it there puts the department in the place of the product's name, as publisher and
as whom to ask: an installation does not know whose it is. Where the settings name no address that
others can reach, addresses are relative: wherever the package is put on the web, they hold.
"""

from __future__ import annotations

from typing import Any

from dashboard.i18n import LANGUAGES, texts_of
from dashboard.links import PATHS, is_shareable

Record = dict[str, Any]
_EU = "http://publications.europa.eu/resource/authority"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LANGUAGES = {"nl": "NLD", "en": "ENG"}
# The list of kinds of file that DCAT-AP names.
_KINDS = {"csv": "CSV", "parquet": "PARQUET", "topojson": "TOPOJSON"}
_IANA = "https://www.iana.org/assignments/media-types"
_REGISTERED = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def record(package: Record, home: str) -> Record:
    """The catalogue record of a package, see `data_package.descriptor`; `home` as there."""
    base = f"{home.rstrip('/')}/" if is_shareable(home) else ""
    page = {"@id": f"{base}{PATHS['downloads']}" if base else "datapackage.json"}
    identity = f"{base}id/dataset/{package['name']}" if base else "dcat.jsonld#dataset"
    files = [_distribution(identity if base else "", page, each) for each in package["resources"]]
    dataset = {
        "@id": identity,
        "@type": "dcat:Dataset",
        "dct:identifier": {"@value": identity, "@type": "xsd:anyURI"},
        "dct:title": _texts(package, "title"),
        "dct:description": _texts(package, "description"),
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dct:creator": _agent(),
        "dct:publisher": _agent(),
        "dcat:contactPoint": {
            "@type": ["vcard:Kind", "vcard:Organization"],
            "vcard:fn": _product(),
            "vcard:hasURL": page,
        },
        "dcat:theme": [{"@id": f"{_EU}/data-theme/{theme}"} for theme in ("JUST", "INTR")],
        "dcat:keyword": _keywords(),
        "dct:language": [{"@id": f"{_EU}/language/{code}"} for code in _LANGUAGES.values()],
        "dcat:version": package["version"],
        "dcat:landingPage": page,
        "dcat:distribution": files,
    }
    return {"@context": _CONTEXT, **dataset}


def _product() -> str:
    return texts_of("nl")("product")


def _agent() -> Record:
    return {"@type": "foaf:Agent", "foaf:name": {"@value": _product(), "@language": "nl"}}


def _texts(about: Record, name: str) -> list[Record]:
    return [{"@value": about[f"{name}_{each}"], "@language": each} for each in LANGUAGES]


def _keywords() -> list[Record]:
    return [
        {"@value": word, "@language": each}
        for each in LANGUAGES
        for word in texts_of(each)("data_package.keywords").split("; ")
    ]


def _distribution(identity: str, page: Record, resource: Record) -> Record:
    """One file; without an `identity` its address is its place beside the record."""
    kind = resource["format"]
    address = {"@id": "/".join(filter(None, (identity, resource["path"])))}
    about = {
        **address,
        "@type": "dcat:Distribution",
        "dct:title": _texts(resource, "title"),
        "dcat:accessURL": page if identity else address,
        "dct:license": {"@id": f"{_EU}/licence/EUPL_1_2"},
        "dct:format": {"@id": f"{_EU}/file-type/{_KINDS[kind]}"},
        "dcat:byteSize": {"@value": str(resource["bytes"]), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {
                "@value": resource["hash"].removeprefix("sha256:"),
                "@type": "xsd:hexBinary",
            },
        },
    }
    if kind in _REGISTERED:
        about["dcat:mediaType"] = {"@id": f"{_IANA}/{_REGISTERED[kind]}"}
    return about
