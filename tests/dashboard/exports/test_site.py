"""The site on a stick: what its map and dossiers say is what the app says, and text stays text."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import meta

from dashboard import snapshot
from dashboard.exports import house_style, html, kinds, site_page
from dashboard.exports.house_style import OURS
from dashboard.exports.html import TEMPLATES
from dashboard.figures import map_blocks
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.report import (
    Category,
    Cell,
    Chart,
    Provenance,
    Report,
    Section,
    Series,
    Spec,
    Table,
    Text,
)
from dashboard.subjects.site import content
from dashboard.subjects.site import files as site_files
from geo.errors import DataError

RELEASE = "bijlage-2025-11"
HOSTILE = "</script><img src=x onerror=alert(1)>\"' & <b>vet</b>"


pytestmark = pytest.mark.usefixtures("module_store")


@pytest.fixture(scope="module")
def choices(site_file: Path) -> dict:
    """What the page of a site knows of each choice."""
    text = site_file.read_text(encoding="utf-8")
    known = re.search(r'<script type="application/json" id="known-data">(.*?)</script>', text)
    assert known
    return json.loads(known[1])["choices"]


@pytest.mark.parametrize(
    ("choice", "covered"),
    [("", 138), ("NP", 96), ("KMar", 37), ("GPI", 50), ("not-stated", 19), ("NP,KMar", 117)],
)
def test_a_choice_colours_as_many_units_as_it_serves(choices, choice, covered):
    """Counted by hand in the annex; the title, the counts, the map and the table say it."""
    found = choices[choice]
    payload, table = found["payload"], found["table"]
    assert f" {covered} van 244 " in found["title"]
    served = [payload["classes"][row[0]] for row in payload["units"].values()]
    assert sum(each.startswith(("post", "accredited", "region")) for each in served) == covered
    assert sum(int(n) for _, n in found["counts"][:2]) == covered
    states = {"Post in het land", "Bediend vanuit een ander land", "Alleen bediend via een regio"}
    assert sum(table["texts"][row[0]] in states for row in table["rows"].values()) == covered


def test_there_is_a_choice_for_every_set_of_organisations(choices):
    assert len(choices) == 15
    assert {"", "NP", "KMar", "GPI", "not-stated", "NP,KMar", "KMar,GPI,not-stated"} <= set(choices)


def test_every_unit_has_its_own_sentence_under_every_choice(choices):
    codes = list(snapshot.names_in_order("nl"))
    nigeria = codes.index("NGA")  # row 28 of the annex, of the KMar
    assert len(codes) == 245
    for name, said in {
        "": "{land} heeft 1 post van KMar",
        "NP": "{land} heeft geen officier van NP; buiten uw keuze is er wel een: KMar",
    }.items():
        assert choices[name]["titles"][choices[name]["title_of"][nigeria]] == said


def test_links_are_those_of_the_app():
    """The app sends those of the chosen country only."""
    every = content.links(Filters(RELEASE))
    for land in ("COL", "PER", "SEN"):
        payload = map_blocks.world(texts_of("nl"), Filters(RELEASE, land=land)).payload
        ours = [
            [lat, lon, served, who, int(host == land)]
            for lat, lon, host, served, who in every
            if land in (host, served)
        ]
        assert ours and sorted(ours) == sorted(payload["links"])


def test_a_dossier_keeps_apart_whom_the_reader_did_not_choose(monkeypatch):
    # Of the site only this country; the dossier itself knows all names.
    only = vars(snapshot) | {"names_in_order": lambda _: {"PER": "Peru"}}
    monkeypatch.setattr(content, "snapshot", SimpleNamespace(**only))
    land = content.countries(texts_of("nl"), Filters(RELEASE), site_files.address)["PER"]
    # Row 7 states no organisation and sits in Lima; row 5 is of the NP in Bogota.
    assert land["by"] == ["X", "NP"]
    assert [row[1] for row in land["served"]] == ["Lima", "Bogota"]
    assert land["served"][1][-1][:2] == [
        "bijlage najaar 2025, tabel 1, rij 5",
        "#bronnen&document=bijlage-2025-11",
    ]
    assert [number for _, number in land["every"]] == [0, 1]
    assert set(land["neighbours"]) == {"BRA", "BOL", "CHL", "COL", "ECU"}


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//host/x", "gegevens"]
)
def test_an_address_leads_into_the_page_or_to_a_document(href):
    assert site_files.address(href) == ""


def test_a_release_without_a_network_makes_no_site():
    with pytest.raises(DataError, match="no_network_table"):
        site_files.single("bijlage-2023-12", "nl")


def test_the_folder_has_the_data_for_other_programs_and_says_so(monkeypatch):
    geojson = kinds.Kind("geojson", "application/geo+json", lambda report: report.title.encode())
    monkeypatch.setitem(kinds.KINDS, "geojson", geojson)  # has tests of its own
    files = site_files.data(RELEASE)
    assert {name.removeprefix(f"data/{RELEASE}-") for name in files} == {
        "coverage.csv", "coverage.geojson", "postings.csv", "missions.csv",
        "coverage-excel-nl.csv", "postings-excel-nl.csv", "missions-excel-nl.csv",
    }  # fmt: skip
    coverage = files[f"data/{RELEASE}-coverage.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(coverage.splitlines()))
    assert len(rows) == 245
    assert sum(row["state"] in ("post", "accredited") for row in rows) == 138
    told = site_files.readme(RELEASE).decode("utf-8-sig")
    assert "Dubbelklik op index.html" in told and "Double-click index.html" in told
    assert set(site_files.FILES.values()) == {"index.html", "en.html"}


# --- text stays text ------------------------------------------------------------------------------


class Read(HTMLParser):
    """Every element and every text, as a browser would have them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.texts: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        found = dict(attrs)
        assert not [name for name in found if name.startswith("on")]
        if "id" in found:
            self.ids.append(found["id"])

    def handle_data(self, data):
        self.texts.append(data)


BARS = Spec("bars", (Category(HOSTILE, note="acht"),), (Series("", (8.0,), "NP"),))


def hostile_report() -> Report:
    rows = [[Cell(HOSTILE, HOSTILE, HOSTILE), Cell("8", 8.0)]]
    chart = Chart("staven", HOSTILE, BARS, HOSTILE, [HOSTILE, "n"], rows, HOSTILE)
    blocks = [
        Text(HOSTILE),
        Text(HOSTILE, "item"),
        Table("t", HOSTILE, [HOSTILE, "n"], rows, HOSTILE),
    ]
    provenance = Provenance("r1", "r1", "", [], "", "", [], "2026-11-22")
    section = Section("een", HOSTILE, [*blocks, chart])
    return Report("naam", "over", HOSTILE, [HOSTILE], [section], provenance, "nl")


def test_hostile_text_of_a_report_stays_text():
    found = Read(html.sections(hostile_report(), "p", site_files.address))
    assert not {"script", "img", "a"} & set(found.elements)
    assert found.elements.count("b") == 1  # the title above the chart
    # Summary, heading, paragraph, item, and of two tables caption, header and first cell.
    assert found.texts.count(HOSTILE) >= 4 + 2 * 3
    assert len(found.ids) == len(set(found.ids))


def test_hostile_text_of_the_data_stays_data():
    names = meta.find_undeclared_variables(TEMPLATES.parse((OURS / "site.html").read_text("utf-8")))
    parts = dict.fromkeys(names - {"policy", "style", "data", "scripts"}, "")
    page = site_page.page(parts, {"naam": HOSTILE}).decode()
    assert "<img" not in page and page.count("</script>") == page.count("<script")
    assert len(page) < 5_000_000


def test_a_page_may_ask_for_nothing_and_brings_its_letters():
    assert "url(" not in site_page._style(house_style.default()).replace("url(data:", "")
    policy = site_page._policy(["a"])
    assert policy.startswith("default-src 'none'; script-src 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7")
    for part in ("unsafe-eval", "script-src 'unsafe-inline'", "http", "connect-src"):
        assert part not in policy


def test_every_colour_that_a_legend_explains_has_its_picture(choices):
    swatches = site_page.swatches(choices)
    assert {"accredited", "region", "post", "none", "home", "mark_post"} <= set(swatches)
    assert all(each.startswith("data:image/svg+xml,") for each in swatches.values())
