"""Colours and patterns: one meaning per colour on every screen and print.

A map answers one question at a time, in steps of one hue: the darker, the nearer an officer
(on a dark page the lighter). How a country is served is petrol; what one organisation serves has
the hue of that organisation. A plan is hatched, what is unknown has a fine hatch. The steps stay
apart under simulated colour-blindness and in lightness alone (grey print);
`tests/dashboard/test_theme.py` computes both, for light and dark pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

ORGANISATIONS = ("NP", "KMar", "GPI", "?")
CODES = ("NP", "KMar", "GPI", "X")  # the same, fit for ids and file names
STATES = ("post", "accredited", "region", "planned", "none", "home", "unknown")
SERVED = STATES[:4]  # the states that a posting makes; also drawn in the hue of one organisation
# How many officers serve a unit, and how far the nearest is: see `figures.colouring`.
OFFICERS = ("officers_1", "officers_2", "officers_3")
DISTANCES = ("near", "apart", "far", "distance_unknown")
# Of coverage, between two releases or by a scenario; `beyond` is from farther than any post now.
CHANGES = ("kept", "gained", "lost", "beyond")
# Kinds of gap, see `geo.gaps`; a country `lost` has the colour of a loss, whatever caused it.
GAPS = ("uncovered", "partner_only", "single", "remote", "mission_without_liaison")
# Of a comparison of two sets of organisations; the last two are served by a third one too.
SIDES = ("both", "left", "right", "left_other", "right_other")
# Who serves the country does not show in these; `covered` has none of the gaps that are shown,
# `other` is served, but not by the organisation that the map is about, and of `outside` nothing is
# told: it lies outside the area that was chosen.
PLAIN = (
    *("none", "home", "unknown", *CHANGES, *GAPS, "covered", *SIDES, "mission", "mission_region"),
    "outside",
)
DRAWN = (*SERVED, *PLAIN, "other", *OFFICERS, *DISTANCES)
# What stands on a map beside its colours, for legends.
MARKS = (
    "mark_post",
    "mark_one",
    "mark_planned",
    "mark_mission",
    "mark_small",
    "mark_line",
    "mark_broken",
    "mark_other",
    "mark_filo",
    "ground",
)

# Dark step: posts, markers, links. Light step: accreditations. The first of each pair starts from
# the government palette; GPI's green was moved away from KMar's orange for red-green blind eyes.
DARK = {"NP": "#154273", "KMar": "#9a4f00", "GPI": "#2a6038", "?": "#3a2c40"}
LIGHT = {"NP": "#3773b0", "KMar": "#dd6e00", "GPI": "#658949", "?": "#6b5d6e"}
PALE = {"NP": "#a9c6e6", "KMar": "#f6c48c", "GPI": "#a8cb8a", "?": "#c3b7c9"}
# The steps of one hue, the nearest first; a map with three steps skips the second.
STEPS = ("#083d56", "#1f7096", "#559fc0", "#a9d4e6")

SEA = "#f3f7fa"
PAPER = "#ffffff"
INK = "#14212e"  # text, bold outlines
RING = "#75828e"  # around the mark of a small state that nobody serves
BORDER = "#ffffff"
NONE = "#dcd8d0"
OUTSIDE = "#e4ecf5"  # outside the area that was chosen; nearer to the sea than to NONE
COAST = "#cdd5dc"  # around land of which a map says nothing
UNKNOWN = ("#e9edf0", "#8593a0")  # ground, hatch
HOME = "#fbf3d9"
KEPT = "#a9bccb"
GAINED = "#00716a"
LOST = "#b3261e"
LINK = "#01689b"
# Plum is for coverage that lacks, the darker the worse.
UNCOVERED = "#4c2a57"
SINGLE, REMOTE = "#9a6aa8", "#d6c3dd"
MISSION = "#8a6a00"  # where a mission is, whoever sends officers
MISSION_MARK = "#4d3b00"
# A post stands out from every step, light and dark, and so does the number in it.
POST, ON_POST = "#ffb612", "#13202d"
IN_MISSION = "M"  # the code of officers in a mission, beside CODES
LEFT, RIGHT = "#4a52a8", "#c2607f"
OTHER = "#b3aea6"
# What one plain colour says; a state that is missing here has a pattern.
COLOURS = {
    "post": STEPS[0],
    "accredited": "#3f8db1",
    "region": STEPS[3],
    "officers_3": STEPS[0],
    "officers_2": "#3f8db1",
    "officers_1": STEPS[3],
    "near": STEPS[1],
    "apart": STEPS[2],
    "far": STEPS[3],
    "other": OTHER,
    "outside": OUTSIDE,
    "none": NONE,
    "home": HOME,
    "kept": KEPT,
    "covered": KEPT,
    "both": KEPT,
    "gained": GAINED,
    "uncovered": UNCOVERED,
    "single": SINGLE,
    "remote": REMOTE,
    "left": LEFT,
    "mission": MISSION,
}
# state -> colour of the bars, ground, width of bar and gap in px, turn in degrees
HATCHED = {
    "planned": (STEPS[1], PAPER, 1.5, 3.0, -45.0),
    "distance_unknown": (STEPS[2], PAPER, 1.5, 2.5, 45.0),
    "unknown": (UNKNOWN[1], UNKNOWN[0], 0.7, 5.3, 45.0),
    "lost": (LOST, PAPER, 2.0, 2.6, -45.0),
    "partner_only": (LIGHT["GPI"], PAPER, 3.2, 2.2, 45.0),
    "mission_without_liaison": (MISSION, PAPER, 3.2, 2.2, -45.0),
    "right": (RIGHT, PAPER, 4.0, 1.4, -45.0),
    "left_other": (LEFT, PAPER, 1.2, 3.0, 45.0),
    "right_other": (RIGHT, PAPER, 1.2, 3.0, -45.0),
    "beyond": (INK, KEPT, 1.2, 3.6, 45.0),
    "mission_region": (MISSION, PAPER, 1.4, 2.2, 45.0),
}

# state -> outline colour, outline width in px, drawing order (posts last, so no neighbour's white
# border covers half of their bold outline)
OUTLINES: dict[str, tuple[str, float, int]] = {
    "none": (BORDER, 0.7, 0),
    "unknown": (BORDER, 0.7, 1),
    "region": (BORDER, 0.7, 2),
    "accredited": (BORDER, 0.7, 3),
    "planned": (INK, 0.7, 4),
    "post": (BORDER, 0.7, 5),
    "other": (BORDER, 0.7, 1),
    "outside": (COAST, 0.7, 0),
    **dict.fromkeys((*OFFICERS, *DISTANCES), (BORDER, 0.7, 3)),
    "home": (INK, 1.1, 6),
    "kept": (BORDER, 0.7, 3),
    "lost": (LOST, 1.3, 4),
    "gained": (INK, 1.3, 5),
    "covered": (BORDER, 0.7, 1),
    "uncovered": (BORDER, 0.7, 3),
    "partner_only": (BORDER, 0.7, 3),
    "single": (BORDER, 0.7, 3),
    "remote": (BORDER, 0.7, 2),
    "mission_without_liaison": (MISSION, 1.3, 4),
    "both": (BORDER, 0.7, 2),
    "left": (BORDER, 0.7, 3),
    "right": (BORDER, 0.7, 3),
    "left_other": (LEFT, 0.7, 3),
    "right_other": (RIGHT, 0.7, 3),
    "beyond": (BORDER, 0.7, 4),
    "mission": (BORDER, 0.7, 3),
    "mission_region": (BORDER, 0.7, 2),
}


def organisations(names: Iterable[str | None]) -> tuple[str, ...]:
    """The organisations in fixed order, each once; an empty or missing name becomes "?".

    >>> organisations(["GPI", "", "NP", "GPI"])
    ('NP', 'GPI', '?')
    """
    named = {name if isinstance(name, str) and name in DARK else "?" for name in names}
    return tuple(key for key in ORGANISATIONS if key in named)


def code(name: str | None) -> str:
    """One organisation as used in ids; "X" for not stated.

    >>> code("KMar"), code(""), code(None)
    ('KMar', 'X', 'X')
    """
    return name if isinstance(name, str) and name in CODES else "X"


def style_class(state: str, orgs: Iterable[str | None] = ()) -> str:
    """What is told of a unit: its state, and who serves it where that matters.

    >>> style_class("post", ["KMar", "NP"]), style_class("none", ["NP"])
    ('post-NP-KMar', 'none')
    """
    if state not in (*STATES, *PLAIN):
        raise ValueError(f"unknown state {state!r}; known are {', '.join((*STATES, *PLAIN))}")
    if state in PLAIN:
        return state
    return "-".join([state, *(organisations(orgs) or ("?",))]).replace("?", "X")


def look(state: str, organisation: str | None = None) -> str:
    """The key of one way of drawing a unit: a state, in the hue of an organisation if there is one.

    >>> look("post"), look("post", ""), look("none", "NP")
    ('post', 'post-X', 'none')
    """
    return (
        f"{state}-{code(organisation)}" if organisation is not None and state in SERVED else state
    )


def _stripes(colour: str, paper: str, width: float, gap: float) -> tuple[str, float]:
    """A vertical bar of `width` px on `gap` px of paper, and the period of both."""
    size = width + gap
    return (
        f'<rect width="{size:g}" height="8" fill="{paper}"/>'
        f'<rect x="0" width="{width:g}" height="8" fill="{colour}"/>'
    ), size


def _hatch(key: str) -> tuple[str, str, float, float, float] | None:
    state, _, org = key.partition("-")
    hatch = HATCHED.get(state)
    if hatch and org:
        return (DARK["?" if org == "X" else org], *hatch[1:])
    return hatch


def pattern(key: str) -> str:
    """The SVG `<pattern>` of a look, or "" where a plain colour does."""
    hatch = _hatch(key)
    if hatch is None:
        return ""
    colour, ground, width, gap, turn = hatch
    body, size = _stripes(colour, ground, width, gap)
    return (
        f'<pattern id="{key}" width="{size:g}" height="8" '
        f'patternUnits="userSpaceOnUse" patternTransform="rotate({turn:g})">{body}</pattern>'
    )


def fill(key: str) -> str:
    """What goes into an SVG `fill`: a colour, or a reference to the pattern of the look."""
    if _hatch(key):
        return f"url(#{key})"
    state, _, org = key.partition("-")
    if not org:
        return COLOURS[state]
    return {"post": DARK, "accredited": LIGHT, "region": PALE}[state]["?" if org == "X" else org]


def classes() -> list[str]:
    """Every look there is: the plain ones, and each state of service by each organisation."""
    return [*DRAWN, *(f"{state}-{org}" for org in CODES for state in SERVED)]


# A colour of a light page -> the one in its place on a dark page. Steps turn round: there the
# lightest is the nearest.
NIGHT = {
    SEA: "#0f1a22",
    PAPER: "#10181f",
    INK: "#eef3f7",
    RING: "#8b98a4",
    NONE: "#3d444b",
    OTHER: "#646a70",
    OUTSIDE: "#222b33",
    COAST: "#2b3742",
    UNKNOWN[0]: "#222d36",
    UNKNOWN[1]: "#75838f",
    HOME: "#6d6230",
    KEPT: "#51677a",
    GAINED: "#35c9b9",
    LOST: "#ff8a7d",
    LINK: "#7cc0f5",
    UNCOVERED: "#dfb4ee",
    SINGLE: "#9d6cab",
    REMOTE: "#5a3f64",
    MISSION: "#e0b93f",
    MISSION_MARK: "#f4d67a",
    POST: POST,
    ON_POST: ON_POST,
    LEFT: "#98a0f5",
    RIGHT: "#f08fb0",
    STEPS[0]: "#e6f5fc",
    STEPS[1]: "#98d2ee",
    STEPS[2]: "#559fc0",
    STEPS[3]: "#26637f",
    "#3f8db1": "#6bb2d3",
    DARK["NP"]: "#d9e9fb",
    LIGHT["NP"]: "#6fa8e2",
    PALE["NP"]: "#31598a",
    DARK["KMar"]: "#ffe3c2",
    LIGHT["KMar"]: "#f0973d",
    PALE["KMar"]: "#8a5420",
    DARK["GPI"]: "#e2f1d5",
    LIGHT["GPI"]: "#93bd73",
    PALE["GPI"]: "#4c6b38",
    DARK["?"]: "#eee2f3",
    LIGHT["?"]: "#b3a1ba",
    PALE["?"]: "#64566b",
}


def night(drawn: str) -> str:
    """A drawing or a colour of a light page as it is on a dark one."""
    return re.sub(r"#[0-9a-f]{6}\b", lambda hit: NIGHT[hit[0]], drawn)


def by_page(drawn: str) -> str:
    """A drawing that stands in a page, in the colours of that page, light or dark.

    >>> by_page(f'<path fill="{PAPER}"/>')
    '<path fill="light-dark(#ffffff,#10181f)"/>'
    """
    return re.sub(r"#[0-9a-f]{6}\b", lambda hit: f"light-dark({hit[0]},{NIGHT[hit[0]]})", drawn)


def _sign(key: str) -> str:
    """What a legend draws of a mark, in a field of 22 by 14 px."""
    disc = f'<circle cx="11" cy="7" r="5.8" fill="{POST}" stroke="{ON_POST}" stroke-width="1"/>'
    return {
        "mark_post": disc + f'<text x="11" y="10.2" font-size="9" font-weight="600" '
        f'font-family="Fira Sans" text-anchor="middle" fill="{ON_POST}">2</text>',
        "mark_one": f'<circle cx="11" cy="7" r="4" fill="{POST}" stroke="{ON_POST}" '
        'stroke-width="1"/>',
        "mark_planned": f'<circle cx="11" cy="7" r="4.6" fill="{PAPER}" stroke="{INK}" '
        'stroke-width="1.4"/>',
        "mark_mission": f'<circle cx="11" cy="7" r="5.6" fill="{MISSION_MARK}"/>',
        # Of no colour of its own: it has that of its area, on a map of missions never this blue.
        "mark_small": f'<circle cx="11" cy="7" r="4" fill="{NONE}" '
        f'stroke="{INK}" stroke-width="1"/>',
        "mark_line": f'<path d="M1 11Q11 0 21 7" fill="none" stroke="{INK}" stroke-width="1.6"/>',
        "mark_broken": f'<path d="M1 7H21" stroke="{INK}" stroke-width="1.8" '
        'stroke-dasharray="5 3.5"/>',
        "mark_other": f'<rect x="1" y="1" width="20" height="12" fill="{UNKNOWN[0]}" '
        f'stroke="{UNKNOWN[1]}" stroke-width=".5"/>',
        "mark_filo": f'<rect x="1" y="1" width="20" height="12" fill="{NONE}" stroke="{LINK}" '
        'stroke-width="1.6" stroke-dasharray="3 2"/>',
        "ground": f'<rect x="1" y="1" width="20" height="12" fill="{PAPER}" stroke="{COAST}" '
        'stroke-width="1"/>',
    }[key]


def symbol(key: str) -> str:
    """What a legend shows for a look or a mark: SVG in a field of 22 by 14 px, without patterns."""
    if key in MARKS:
        return _sign(key)
    colour, width, _ = OUTLINES[key.split("-")[0]]
    colour = "none" if colour == BORDER else colour
    return (
        f'<rect x="1" y="1" width="20" height="12" fill="{fill(key)}" stroke="{colour}" '
        f'stroke-width="{width:g}"/>'
    )


def drawing(key: str) -> str:
    """A legend swatch as a document of its own (SVG, 22 by 14 px), for light and dark pages."""
    day = f"<defs>{pattern(key)}</defs>{symbol(key)}"
    dark = night(day).replace(f'id="{key}"', f'id="{key}-n"').replace(f"#{key})", f"#{key}-n)")
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='22' height='14' viewBox='0 0 22 14'>"
        "<style>.n{display:none}@media(prefers-color-scheme:dark){.d{display:none}"
        f".n{{display:inline}}}}</style><g class='d'>{day}</g><g class='n'>{dark}</g></svg>"
    )
    return svg.replace('"', "'")


def address(svg: str) -> str:
    """A drawing as a `data:` address, fit for `src="..."` and for `url("...")` in a style sheet."""
    return "data:image/svg+xml," + quote(svg, safe=" /:=(),.'")


def swatch(key: str) -> str:
    """A legend swatch in a page, which `swatches` draws; the words beside it carry the meaning."""
    return f'<i class="swatch {key}"></i>'


def swatches() -> str:
    """The style sheet of all legend swatches, each an image without words.

    Streamlit strips SVG elements from a page's HTML, and drawn in each legend they were most of
    what a change sends.
    """
    return "\n".join(
        f'.swatch.{key}::before{{content:url("{address(drawing(key))}")/""}}'
        for key in (*classes(), *MARKS)
    )


def css() -> str:
    """The page's style sheet, without the swatches of its legends."""
    static = Path(__file__).parent / "static"
    return "".join((static / f"{name}.css").read_text("utf-8") for name in ("page", "print"))


def script() -> str:
    """The page's scripts as one."""
    parts = Path(__file__).parent.glob("static/*.js")
    return "".join(part.read_text(encoding="utf-8") for part in sorted(parts, reverse=True))
