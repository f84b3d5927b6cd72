"""The locator map shows a country with its posts, their lines and kilometres."""

from __future__ import annotations

import re

from dashboard.exports.map_svg import map_svg
from dashboard.figures.locator import locator
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.subjects.country.posts import located
from dashboard.subjects.country.report import of


def drawn(iso3: str) -> str:
    block = located(of(texts_of("nl"), Filters("bijlage-2025-11", land=iso3)))
    return map_svg(block, "nl", 620)


def words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_the_nearest_posts_are_inside_the_frame() -> None:
    """Bogota, row 5, lies 728 km from Quito (`takeover --country ECU`)."""
    said = words(drawn("ECU"))
    assert "Ecuador" in said and "Bogota, 728 km" in said and "Lima, 1.317 km" in said


def test_every_colour_of_a_country_with_a_post_is_explained() -> None:
    said = words(drawn("MAR"))
    assert "Dit land" in said and "Rabat" in said


def test_a_map_without_posts_explains_no_post() -> None:
    t, filters = texts_of("nl"), Filters("bijlage-2025-11", land="ECU")
    block = locator(
        t, filters, [], title="", alternative="", serving=False, source="", documents=()
    )
    assert [key for key, _ in block.legend] == ["none"]
    assert "mark_post" in dict(located(of(t, filters)).legend)
