"""Everything that a map draws stands in its legend, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from dashboard import snapshot, theme
from dashboard.figures import map_blocks, maps
from dashboard.filters import COLOURINGS, LAYERS, Filters
from dashboard.i18n import texts_of
from dashboard.report import Map
from dashboard.subjects import catalogue

RELEASES = ("bijlage-2025-11", "kst-31015-94")


def drawn(payload: dict[str, Any], area: frozenset[str]) -> set[str]:
    """The colours and marks of a map, from what the browser and the files are told to draw."""
    every = {code for code in snapshot.names("nl").index if not area or code in area}
    if payload["small"]:
        panels = [
            {code: look for look, codes in panel.items() for code in codes}
            for panel in payload["small"].values()
        ]
        return {panel.get(code, payload["rest"]) for panel in panels for code in every}
    rows = payload["units"]
    looks = {payload["looks"][rows[code][0]] if code in rows else payload["rest"] for code in every}
    for post in maps.standing(payload)["posts"]:
        if post[4][0][0] == theme.IN_MISSION:
            looks.add("mark_mission")
        else:
            looks.add("mark_planned" if post[5] else "mark_post")
    if payload["links"]:
        looks.add("mark_line")
    if any(len(row) > 4 and maps.look_of(payload, code) != "outside" for code, row in rows.items()):
        looks.add("mark_filo")
    return looks


def coverage_maps() -> Iterator[Filters]:
    chosen = [(), ("KMar", "GPI")]
    for release, colour, org, layers in product(RELEASES, COLOURINGS, chosen, [(), LAYERS]):
        yield Filters(release, colouring=colour, organisations=org, layers=tuple(layers))
    yield Filters(RELEASES[0], land="BRB")
    yield Filters(RELEASES[0], area="Europe")
    for colour in ("how", "organisations"):  # nobody there is without an officer
        yield Filters(RELEASES[0], area="Central America", colouring=colour, layers=("regions",))


def test_the_legend_of_the_coverage_map_explains_what_is_drawn_and_no_more() -> None:
    t, number = texts_of("nl"), 0
    for filters in coverage_maps():
        payload = map_blocks.map_payload(filters)
        legend = dict(map_blocks.legend(t, filters, payload))
        expected = drawn(payload, frozenset())
        extra = set(legend) - {"ground", "mark_small"} - expected
        assert expected <= set(legend), (filters, expected - set(legend))
        assert not extra, (filters, extra)
        number += 1
    assert number > 60


def test_lines_are_explained_before_a_post_is_pressed() -> None:
    filters = Filters(RELEASES[0])
    payload = map_blocks.map_payload(filters)
    legend = dict(map_blocks.legend(texts_of("nl"), filters, payload, pressed=True))
    assert legend["mark_line"] == "Na uw keuze: van standplaats naar land dat zij bedient"


def test_lines_are_explained_where_they_are_drawn() -> None:
    """Nothing chosen draws none; Barbados is served from Santo Domingo (row 4)."""
    t = texts_of("nl")
    for land, drawn_lines in ((None, False), ("BRB", True)):
        block = map_blocks.world(t, Filters(RELEASES[0], land=land))
        assert ("mark_line" in dict(block.legend)) is drawn_lines


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("gaps", {}),
        ("missions", {}),
        ("compare", {}),
        ("whatif", {"scenario": f"{RELEASES[0]}~~close.17"}),
        ("planning", {}),
    ],
)
def test_the_legends_of_other_maps_explain_what_is_drawn(page: str, query: dict[str, Any]) -> None:
    filters = Filters(**{"release": RELEASES[0], **query})
    blocks = [
        block
        for section in catalogue.report(page, filters).sections
        for block in section.blocks
        if isinstance(block, Map)
    ]
    for block in blocks:
        missing = drawn(block.payload, block.area) - set(dict(block.legend))
        assert not missing - {"home"}, (block.key, missing)
        assert all(word[:1].isupper() for _, word in block.legend), (block.key, block.legend)
