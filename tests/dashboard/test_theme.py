"""Colours stay apart for colour-blind eyes, in grey print and beside the sea."""

from __future__ import annotations

import itertools
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from dashboard import theme

ROOT = Path(__file__).parents[2]

# Machado, Oliveira and Fernandes 2009, severity 1.0; rows act on linear RGB.
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colour: str) -> np.ndarray:
    """#rrggbb -> linear RGB (sRGB, IEC 61966-2-1)."""
    c = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    low, high = sorted(float(TO_XYZ[1] @ linear(c)) for c in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, vision: str = "normal") -> np.ndarray:
    """CIELAB (D65) as seen with a kind of vision."""
    xyz = TO_XYZ @ np.clip(VISION[vision] @ linear(colour), 0, 1) / WHITE
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one: str, other: str, vision: str) -> float:
    """Colour difference CIE76; 2.3 is just noticeable, 10 is plain at a glance."""
    return float(np.linalg.norm(lab(one, vision) - lab(other, vision)))


STEPS = {"dark": theme.DARK, "light": theme.LIGHT}
# From the nearest to the farthest, and nobody: what stands side by side on one map.
RAMPS = {
    "how": ("post", "accredited", "region", "none"),
    "officers": ("officers_3", "officers_2", "officers_1", "none"),
    "distance": ("post", "near", "apart", "far", "none"),
    **{
        name: (f"post-{name}", f"accredited-{name}", f"region-{name}", "none")
        for name in theme.CODES
    },
}


def test_the_measure_itself_tells_red_from_green_only_with_normal_vision():
    assert apart("#a05050", "#607030", "normal") > 30
    assert apart("#a05050", "#607030", "deuteranopia") < apart("#a05050", "#607030", "normal") / 2
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("step", STEPS)
def test_organisations_stay_apart(step, vision):
    colours = STEPS[step]
    for one, other in itertools.combinations(colours, 2):
        assert apart(colours[one], colours[other], vision) >= 10, (one, other)


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("ramp", RAMPS)
def test_the_steps_of_a_map_stay_apart_for_every_eye(ramp, vision, scheme):
    for one, other in itertools.combinations(RAMPS[ramp], 2):
        a, b = (seen(key, scheme) for key in (one, other))
        assert apart(a, b, vision) >= 10, (one, other)


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize("ramp", RAMPS)
def test_the_steps_of_a_map_differ_in_lightness_alone(ramp, scheme):
    """In grey print, on a pale projector: each step at least 10 of 100 from the next."""
    *steps, _ = (lab(seen(key, scheme))[0] for key in RAMPS[ramp])
    assert steps == sorted(steps, reverse=scheme == "night")
    assert min(abs(np.diff(steps))) >= 10


@pytest.mark.parametrize("scheme", ["day", "night"])
def test_a_post_can_be_seen_on_every_colour(scheme):
    """The disc, or the line around it, is 3:1 from what it lies on (WCAG 1.4.11)."""
    for key in [name for ramp in RAMPS.values() for name in ramp]:
        beneath = seen(key, scheme)
        assert max(contrast(each, beneath) for each in (theme.POST, theme.ON_POST)) >= 3, key


def seen(key: str, scheme: str) -> str:
    """The colour of a look on a light page or a dark one."""
    return theme.night(theme.fill(key)) if scheme == "night" else theme.fill(key)


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize("vision", VISION)
def test_outside_the_area_is_not_taken_for_a_country_without_an_officer(vision, scheme):
    """Nor for any that is served; it lies nearer to the sea than these do."""
    away = seen("outside", scheme)
    told = {name for ramp in RAMPS.values() for name in ramp} | {"other", "covered", "remote"}
    assert min(apart(away, seen(key, scheme), vision) for key in told) >= 10


@pytest.mark.parametrize("scheme", ["day", "night"])
def test_land_outside_the_area_is_told_from_land_where_nobody_lives_in_grey_print(scheme):
    """And from a country without an officer: by lightness alone."""
    paper = theme.night(theme.PAPER) if scheme == "night" else theme.PAPER
    away = lab(seen("outside", scheme))[0]
    assert min(abs(away - lab(other)[0]) for other in (paper, seen("none", scheme))) >= 6


def test_a_post_is_plainly_darker_than_an_accreditation():
    for key in theme.ORGANISATIONS:
        assert lab(theme.LIGHT[key])[0] - lab(theme.DARK[key])[0] >= 15


def test_marks_stand_out_from_sea_and_paper():
    for colour in [*theme.DARK.values(), *theme.LIGHT.values(), theme.LINK, theme.INK]:
        assert contrast(colour, theme.SEA) >= 3
        assert contrast(colour, theme.PAPER) >= 3


def test_served_countries_stand_out_from_uncovered_ones():
    for colour in [*theme.DARK.values(), *theme.LIGHT.values()]:
        assert contrast(colour, theme.NONE) >= 2
        assert apart(colour, theme.NONE, "normal") >= 30


def test_numbers_in_marks_and_words_on_the_map_can_be_read():
    assert contrast(theme.ON_POST, theme.POST) >= 4.5
    night = [theme.night(each) for each in (theme.SEA, theme.NONE, theme.HOME)]
    assert all(contrast(theme.night(theme.INK), ground) >= 4.5 for ground in night)
    for ground in (theme.PAPER, theme.SEA, theme.NONE, theme.HOME):
        assert contrast(theme.INK, ground) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_colours_can_be_read(scheme):
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    colours = config["theme"][scheme]
    for text in ("textColor", "linkColor", "primaryColor"):
        for ground in ("backgroundColor", "secondaryBackgroundColor"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def test_colours_of_the_map_style_sheet_are_the_theme_s():
    sheet = (ROOT / "dashboard/static/map/map.css").read_text(encoding="utf-8")
    assert theme.SEA in sheet and theme.INK in sheet
    assert f"light-dark({theme.RING}, {theme.night(theme.RING)})" in sheet


@pytest.mark.parametrize(
    ("state", "orgs", "key"),
    [
        ("post", ["GPI", "NP"], "post-NP-GPI"),
        ("accredited", [None], "accredited-X"),
        ("region", ["", "KMar"], "region-KMar-X"),
        ("planned", [], "planned-X"),
        ("none", [], "none"),
        ("home", ["NP"], "home"),
        ("unknown", [], "unknown"),
    ],
)
def test_style_class(state, orgs, key):
    assert theme.style_class(state, orgs) == key


def test_changes_stay_apart_in_every_eye_and_in_grey_print():
    drawn = [theme.KEPT, theme.GAINED, theme.LOST, theme.NONE]
    for one, other in itertools.combinations(drawn, 2):
        for vision in VISION:
            assert apart(one, other, vision) >= 10, (one, other, vision)
    # Where lightness fails, the form tells: what is lost is hatched, what is gained has an outline.
    assert theme.pattern("lost") and not theme.pattern("gained")
    assert [theme.style_class(change, ["NP"]) for change in theme.CHANGES] == [*theme.CHANGES]
    for colour in (theme.GAINED, theme.LOST):
        assert contrast(colour, theme.PAPER) >= 3


def test_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match="served"):
        theme.style_class("served", ["NP"])


def test_each_look_is_drawn_in_its_own_way():
    fills = [theme.fill(key) for key in (*RAMPS["how"], "planned", "home", "unknown", "other")]
    assert len(set(fills)) == len(fills)


def test_every_colour_of_a_drawing_has_one_for_dark_pages():
    for key in (*theme.classes(), *theme.MARKS):
        assert theme.night(theme.symbol(key)) and theme.night(theme.pattern(key)) is not None
    for colour, _, _ in theme.OUTLINES.values():
        theme.night(colour)


def test_every_class_is_drawable_and_every_reference_has_its_pattern():
    for key in theme.classes():
        reference = theme.fill(key)
        if reference.startswith("url("):
            assert ET.fromstring(theme.pattern(key)).get("id") == reference[5:-1] == key


@pytest.mark.parametrize("key", [*theme.STATES, *theme.MARKS, "post-NP"])
def test_swatch_is_the_map_s_own_drawing(key):
    svg = theme.drawing(key)
    ET.fromstring(svg)
    assert theme.symbol(key).replace('"', "'") in svg
    assert f'.swatch.{key}::before{{content:url("{theme.address(svg)}")' in theme.swatches()
    assert f'class="swatch {key}"' in theme.swatch(key)
    assert not set('<>"#') & set(theme.address(svg).removeprefix("data:"))
