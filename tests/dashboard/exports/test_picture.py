"""Finished pictures: all that a figure needs to stand alone, for readers and for machines."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from PIL import Image

from dashboard.exports import picture
from dashboard.report import Category, Chart, Map, Provenance, Report, Series, Spec

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = 'Dubai "8" landen #panic("x") <b>\\ $x$'
IMPRINT = Provenance(
    "r1", "r1 · 3f2a9c1d", "1 januari 2026", [("Organisaties", "alle")], "Grenzen zeggen niets.",
    "http://127.0.0.1:8501/netwerk?release=r1&taal=nl", [], "2026-11-22",
)  # fmt: skip
REPORT = Report("netwerk", "Het netwerk", "Titel", [], [], IMPRINT, "nl")
MAP = Map(
    "kaart",
    HOSTILE,
    {
        "view": "region", "bounds": [50, 2, 54, 8], "centre": [52, 5, 0], "selected": None,
        "classes": ["home"], "looks": ["home"], "small": {}, "about": "", "first": [],
        "rest": "none", "units": {"NLD": [0, 0, 0, []]}, "posts": [], "served": [],
        "links": [], "words": {},
    },
    [("home", "eigen land")],
    "Nederland is het eigen land.",
    "Tabel 1",
)  # fmt: skip


BARS = Spec("bars", (Category("Dubai", note="acht"),), (Series("", (8.0,), "NP"),))


@pytest.fixture
def chart() -> Chart:
    return Chart("staven", HOSTILE, BARS, "Dubai bedient acht landen.", [], [], "Tabel 1, é")


def test_a_png_is_as_wide_as_a_slide_and_says_what_it_is(chart):
    made = Image.open(io.BytesIO(picture.picture(chart, REPORT, "png")))
    made.load()
    assert made.width == 2953 and made.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert made.info["Title"] == HOSTILE
    assert made.info["Description"] == "Dubai bedient acht landen."
    assert made.info["Source"] == f"Tabel 1, é · r1 · 3f2a9c1d · {IMPRINT.permalink}"


def test_a_picture_carries_its_imprint(chart, monkeypatch):
    pages = []

    def kept(source, files, kind, **options):
        pages.append(source)
        return compiled(source, files, kind, **options)

    compiled = picture.compiled
    monkeypatch.setattr(picture, "compiled", kept)
    picture.picture(chart, REPORT, "svg")
    picture.picture(MAP, REPORT, "svg")
    for said in (
        '"Bron: Tabel 1, é"', '"Peildatum: 1 januari 2026"', '"Gekozen: Organisaties: alle"',
        '"Liaisonatlas · r1 · 3f2a9c1d · http://127.0.0.1:8501/netwerk?release=r1&taal=nl"',
    ):  # fmt: skip
        assert said in pages[0]
    assert '"Grenzen zeggen niets."' in pages[1] and "Grenzen" not in pages[0]


@pytest.mark.parametrize("name", ["map", "chart"])
def test_an_svg_needs_no_typeface_and_says_what_it_is(name, chart):
    block = MAP if name == "map" else chart
    made = picture.picture(block, REPORT, "svg").decode()
    root = ElementTree.fromstring(made)
    assert root.get("role") == "img" and root.find(f"{SVG}title").text == HOSTILE
    assert root.find(f"{SVG}desc").text == block.alternative
    assert IMPRINT.permalink in root.find(f"{SVG}metadata").text
    assert not list(root.iter(f"{SVG}text")) and not list(root.iter(f"{SVG}image"))
    assert picture.HOLE not in made
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    fills = {element.get("fill") for element in root.iter()}
    assert ("#fbf3d9" if name == "map" else "#3773b0") in fills  # home, the bar


def test_letters_of_a_drawing_are_set_in_their_colour_at_their_place(chart):
    root = ElementTree.fromstring(picture.picture(chart, REPORT, "svg"))
    letters = [use for use in root.iter(f"{SVG}use") if use.get("fill") == "#14212e"]
    assert len(letters) > len("acht")
    plain = ElementTree.fromstring(picture.drawing_svg(chart, "nl", 100))
    name, word = plain.iter(f"{SVG}text")
    # The bar runs over 10 of 17 parts of 400 px less 6 px on the right; its word stands 7 px on.
    assert (name.text, word.text) == ("Dubai", "acht")
    assert float(word.get("x")) == pytest.approx(394 / 1.7 + 7, abs=0.2)
    assert word.get("text-anchor") == "start"


def test_a_bare_drawing_has_the_size_that_is_asked(chart):
    for block in (MAP, chart):
        made = Image.open(io.BytesIO(picture.drawing(block, "nl", 127, 100)))
        assert made.width == 500
    assert Image.open(io.BytesIO(picture.drawing(chart, "nl", 127, 100))).height == pytest.approx(
        49 / 4 / 25.4 * 100,
        abs=1,  # a bar and its name take 41 px, the edges 8
    )
