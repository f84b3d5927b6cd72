"""The locator map shows a country with its posts, their lines and kilometres."""

from __future__ import annotations

import re

from dashboard.exports.map_svg import map_svg
from dashboard.figures.locator import locator
from dashboard.filters import Filters
from dashboard.i18n import texts_of
from dashboard.subjects.country.posts import located
from dashboard.subjects.country.report import of

RELEASE = "bijlage-2025-11"


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
    assert "Dit land: post in het land" in said and "Rabat" in said


def legend(iso3: str, language: str = "nl") -> dict[str, str]:
    return dict(located(of(texts_of(language), Filters(RELEASE, language, land=iso3))).legend)


def test_the_country_has_the_colour_of_the_coverage_map() -> None:
    """Row 8 serves Venezuela from Willemstad; France has two officers in Paris; Ecuador none."""
    assert legend("VEN")["accredited"] == "Dit land: bediend vanuit een ander land"
    assert legend("FRA")["post"] == "Dit land: post in het land"
    assert legend("ECU")["none"] == "Dit land: geen officier"


def test_numbers_and_lines_are_explained_where_they_are_drawn() -> None:
    """Two officers in Paris serve France from France: a number and no line; one in Willemstad
    serves Venezuela from abroad: a line and no number."""
    france, venezuela, ecuador = legend("FRA"), legend("VEN", "en"), legend("ECU")
    assert "aantal officieren" in france["mark_post"] and "mark_line" not in france
    assert venezuela["mark_line"].endswith("the distance to Caracas")
    assert "mark_post" not in venezuela and venezuela["mark_one"] and venezuela["mark_other"]
    assert ecuador["mark_broken"].startswith("Bedient dit land niet") and "mark_line" not in ecuador


def test_a_map_without_posts_explains_no_post() -> None:
    t, filters = texts_of("nl"), Filters("bijlage-2025-11", land="ECU")
    block = locator(
        t, filters, [], title="", alternative="", serving=False, source="", documents=()
    )
    assert [key for key, _ in block.legend] == ["none", "mark_other"]
    assert "mark_one" in dict(located(of(t, filters)).legend)
