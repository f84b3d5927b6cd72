"""What the colours of the coverage map answer, read in the annex of 2025 by hand."""

from __future__ import annotations

import pytest

from dashboard import theme
from dashboard.figures import colouring, map_blocks, maps
from dashboard.filters import COLOURINGS, Filters
from dashboard.i18n import texts_of

ANNEX = "bijlage-2025-11"


def looks(by: str, **choices) -> dict[str, str]:
    """Unit -> look on the map that is coloured by this."""
    payload = map_blocks.map_payload(Filters(ANNEX, colouring=by, **choices))
    drawn = {iso: payload["looks"][row[0]] for iso, row in payload["units"].items()}
    return {iso: drawn.get(iso, payload["rest"]) for iso in ("KEN", "GHA", "PER", "BRB", "NLD")} | {
        iso: drawn.get(iso, payload["rest"]) for iso in ("ECU", "NGA", "PAK", "ESP")
    }


@pytest.mark.parametrize(
    ("by", "iso3", "look"),
    [
        # Nairobi (two of the KMar) is in Kenya; Barbados stands only in the region of row 4.
        ("how", "KEN", "post"),
        ("how", "BRB", "region"),
        ("how", "ECU", "none"),
        ("how", "NLD", "home"),
        # Nigeria has a post of the KMar (28) only; Pakistan is served by the GPI (54) only.
        ("NP", "NGA", "other"),
        ("KMar", "NGA", "post-KMar"),
        ("GPI", "PAK", "accredited-GPI"),
        ("NP", "PAK", "other"),
        ("NP", "ECU", "none"),
        ("NP", "BRB", "region-NP"),
        # Three officers in Spain: two of the Dutch, one of the Belgian police.
        ("officers", "ESP", "officers_3"),
        ("officers", "PAK", "officers_1"),
        ("officers", "ECU", "none"),
        # Pakistan is the farthest of all, 3,946 km from Istanbul.
        ("distance", "PAK", "far"),
        ("distance", "KEN", "post"),
        ("distance", "ECU", "none"),
    ],
)
def test_a_map_answers_one_question(by: str, iso3: str, look: str) -> None:
    assert looks(by)[iso3] == look


def test_one_organisation_covers_as_many_as_the_document_says() -> None:
    """The worked example: NP 96, KMar 37, GPI 50, not stated 19."""
    for by, code, number in (("NP", "NP", 96), ("KMar", "KMar", 37), ("GPI", "GPI", 50),
                             ("not-stated", "X", 19)):  # fmt: skip
        payload = map_blocks.map_payload(Filters(ANNEX, colouring=by))
        hued = [payload["looks"][row[0]] for row in payload["units"].values()]
        assert sum(each.endswith(f"-{code}") for each in hued) == number


def test_a_colour_by_one_organisation_hides_nobody_who_serves_a_country() -> None:
    """Nigeria is served by the KMar (28) and nobody else, Pakistan by the GPI (54)."""
    payload = map_blocks.map_payload(Filters(ANNEX, colouring="GPI"))
    serving = {
        (iso3, part[0])
        for post, areas in zip(payload["posts"], payload["served"], strict=True)
        for part, area in zip(post[4], areas, strict=True)
        for iso3 in area[::2]
    }
    assert {("NGA", "KMar"), ("PAK", "GPI")} <= serving
    drawn = {post[2]: post[4] for post in maps.standing(payload)["posts"]}
    assert "NGA" not in drawn and all(org == "GPI" for parts in drawn.values() for org, _ in parts)
    assert drawn["ESP"] == [["GPI", 1]], "one of the three in Spain"


@pytest.mark.parametrize(
    ("choices", "told"),
    [
        ({}, "Liaisonofficieren van KMar bedienen 37 van 244 landen en gebieden, "
             "alle officieren samen 138"),
        ({"organisations": ("KMar",)},
         "Liaisonofficieren van KMar bedienen 37 van 244 landen en gebieden"),
    ],
)  # fmt: skip
def test_the_title_tells_what_is_coloured(choices: dict, told: str) -> None:
    """The worked example: 138 in all, KMar 37."""
    assert map_blocks.headline(Filters(ANNEX, colouring="KMar", **choices)) == told


def test_small_maps_show_each_organisation_alone() -> None:
    payload = map_blocks.map_payload(Filters(ANNEX, colouring="organisations"))
    covered = {
        name: sum(len(codes) for look, codes in panel.items() if look.endswith(f"-{name}"))
        for name, panel in payload["small"].items()
    }
    assert covered == {"NP": 96, "KMar": 37, "GPI": 50}


def test_a_colouring_by_an_organisation_that_is_left_out_is_not_offered() -> None:
    alone = Filters(ANNEX, organisations=("GPI",), colouring="NP")
    assert colouring.of(alone) == "how"
    assert colouring.options(alone) == ["how", "GPI", "officers", "distance"]
    assert colouring.options(Filters(ANNEX)) == list(COLOURINGS)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("by", COLOURINGS)
@pytest.mark.parametrize("release", [ANNEX, "kst-31015-94"])
def test_the_legend_explains_every_colour_and_mark(by: str, language: str, release: str) -> None:
    filters = Filters(release, language, colouring=by, layers=("regions", "planned", "filo"),
                      land="KEN")  # fmt: skip
    drawn = map_blocks.world(texts_of(language), filters)
    payload = drawn.payload
    keys = [key for key, _ in drawn.legend]
    if payload["small"]:
        visible = {look for panel in payload["small"].values() for look in panel}
    else:
        visible = {*payload["looks"]}
        visible |= {"mark_post"} if any(not post[5] for post in payload["posts"]) else set()
        visible |= {"mark_planned"} if any(post[5] for post in payload["posts"]) else set()
        visible |= {"mark_line"} if payload["links"] else set()
    assert visible | {"ground"} <= set(keys) and len(keys) == len(set(keys))
    assert all(key in (*theme.classes(), *theme.MARKS) for key in keys)
    assert len({word for _, word in drawn.legend}) == len(keys), "two words that say the same"


@pytest.mark.parametrize("by", COLOURINGS)
def test_outside_the_chosen_area_a_map_tells_nothing(by: str) -> None:
    """Of Oceania the annex serves Australia and New Zealand; Kenya and Spain have posts."""
    filters = Filters(ANNEX, colouring=by, area="Oceania", layers=("regions", "planned", "filo"))
    drawn = map_blocks.world(texts_of("nl"), filters)
    payload, inside = drawn.payload, {"AUS", "NZL", "FJI"}
    beyond = ("KEN", "ESP", "ECU", "NLD")
    for panel in [*payload["small"].values()]:
        own = {iso: look for look, codes in panel.items() for iso in codes}
        assert {own[iso] for iso in beyond} == {"outside"}
        assert "outside" not in {own.get(iso) for iso in inside}
    looks = {iso: payload["looks"][row[0]] for iso, row in payload["units"].items()}
    assert {looks[iso] for iso in beyond} == {"outside"}
    assert "outside" not in {looks.get(iso) for iso in inside}
    assert dict(drawn.legend)["outside"] == "Buiten Oceanië"
    assert "Nederland" not in dict(drawn.legend).values()


def test_posts_of_an_area_lie_in_it_or_serve_a_country_of_it() -> None:
    """Posts in South America, and Willemstad, which serves Venezuela; none of Asia or Africa."""
    filters = Filters(ANNEX, area="South America")
    hosts = {post[2] for post in map_blocks.world(texts_of("nl"), filters).payload["posts"]}
    assert {"BRA", "COL", "SUR", "PER", "CUW"} <= hosts
    assert not {"KEN", "THA", "POL", "TUR"} & hosts


def test_a_country_outside_the_area_that_was_chosen_shows_who_serves_it() -> None:
    """Nigeria has a post of the KMar (28), which serves nothing of Oceania."""
    filters = Filters(ANNEX, area="Oceania", land="NGA")
    drawn = map_blocks.world(texts_of("nl"), filters)
    assert "NGA" in {post[2] for post in drawn.payload["posts"]}
    assert maps.look_of(drawn.payload, "NGA") == "outside"


def test_lines_are_explained_only_where_a_post_stands() -> None:
    """Of the area only posts that serve it can be pressed: with the KMar no such post."""
    filters = Filters(ANNEX, area="Oceania", organisations=("KMar",))
    payload = map_blocks.map_payload(filters)
    legend = dict(map_blocks.legend(texts_of("nl"), filters, payload, pressed=True))
    assert any(map(any, payload["served"])), "the card of a country elsewhere tells them"
    assert not {"mark_post", "mark_line"} & set(legend)
