"""Colours and patterns: one meaning per colour on every screen and print.

Colour says who serves a country (organisation); a second channel says how: a post is dark with a
bold outline, an accreditation lighter, a region dotted, a plan hatched on white. The steps were
chosen so that organisations stay apart under simulated colour-blindness and, within one state, in
lightness alone (grey print); `tests/dashboard/test_theme.py` computes both.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from urllib.parse import quote

ORGANISATIONS = ("NP", "KMar", "GPI", "?")
CODES = ("NP", "KMar", "GPI", "X")  # the same, fit for ids and file names
STATES = ("post", "accredited", "region", "planned", "none", "home", "unknown")
# Of coverage, between two releases or by a scenario; `beyond` is from farther than any post now.
CHANGES = ("kept", "gained", "lost", "beyond")
# Kinds of gap, see `geo.gaps`; a country `lost` has the colour of a loss, whatever caused it.
GAPS = ("uncovered", "partner_only", "single", "remote", "mission_without_liaison")
# Of a comparison of two sets of organisations; the last two are served by a third one too.
SIDES = ("both", "left", "right", "left_other", "right_other")
# Who serves the country does not show in these; `covered` has none of the gaps that are shown.
PLAIN = ("none", "home", "unknown", *CHANGES, *GAPS, "covered", *SIDES, "mission", "mission_region")

# Dark step: posts, markers, links. Light step: accreditations. The first of each pair starts from
# the government palette; GPI's green was moved away from KMar's orange for red-green blind eyes.
DARK = {"NP": "#154273", "KMar": "#9a4f00", "GPI": "#2a6038", "?": "#3a2c40"}
LIGHT = {"NP": "#3773b0", "KMar": "#dd6e00", "GPI": "#658949", "?": "#6b5d6e"}

SEA = "#f3f7fa"
PAPER = "#ffffff"
INK = "#14212e"  # text, bold outlines
BORDER = "#ffffff"
NONE = "#d3d9de"
COAST = "#cdd5dc"  # around land of which a map says nothing, on paper white
UNKNOWN = ("#e9edf0", "#8593a0")  # ground, hatch
HOME = "#fbf3d9"
KEPT = "#a9bccb"
GAINED = "#00716a"
LOST = "#b3261e"
LINK = "#01689b"
# Plum is for cover that lacks, the darker the worse.
UNCOVERED = "#4c2a57"
SINGLE, REMOTE = "#9a6aa8", "#d6c3dd"
MISSION = "#8a6a00"  # where a mission is, whoever sends officers
MISSION_MARK = "#4d3b00"
IN_MISSION = "M"  # the code of officers in a mission, beside CODES
LEFT, RIGHT = "#4a52a8", "#c2607f"
# What one plain colour says; a state that is missing here has a pattern.
COLOURS = {
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
    "post": (INK, 1.5, 5),
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
    found = {name if isinstance(name, str) and name in DARK else "?" for name in names}
    return tuple(key for key in ORGANISATIONS if key in found)


def code(name: str | None) -> str:
    """One organisation as used in ids; "X" for not stated.

    >>> code("KMar"), code(""), code(None)
    ('KMar', 'X', 'X')
    """
    return name if isinstance(name, str) and name in CODES else "X"


def style_class(state: str, orgs: Iterable[str | None] = ()) -> str:
    """The key of one way of drawing a country: its state, and who serves it where that matters.

    >>> style_class("post", ["KMar", "NP"]), style_class("none", ["NP"])
    ('post-NP-KMar', 'none')
    """
    if state not in (*STATES, *PLAIN):
        raise ValueError(f"unknown state {state!r}; known are {', '.join((*STATES, *PLAIN))}")
    if state in PLAIN:
        return state
    return "-".join([state, *(organisations(orgs) or ("?",))]).replace("?", "X")


def _stripes(colours: list[str], background: str, width: float, gap: float) -> tuple[str, float]:
    """Vertical bars of `width` px, one per colour with `gap` px of ground, and their period."""
    step = width + gap
    bars = "".join(
        f'<rect x="{i * step:g}" width="{width:g}" height="8" fill="{c}"/>'
        for i, c in enumerate(colours)
    )
    total = step * len(colours)
    return f'<rect width="{total:g}" height="8" fill="{background}"/>{bars}', total


def _dots(colours: list[str]) -> tuple[str, float]:
    """Staggered dots on white, taking the organisations in turn; and the side of the tile."""
    size = 5.0 * len(colours)
    dots = "".join(
        f'<circle cx="{5 * ((i + j) % len(colours)) + 2.5:g}" cy="{5 * j + 2.5:g}" r="1.75" '
        f'fill="{colour}"/>'
        for j in range(len(colours))
        for i, colour in enumerate(colours)
    )
    return f'<rect width="{size:g}" height="{size:g}" fill="{PAPER}"/>{dots}', size


def pattern(key: str) -> str:
    """The SVG `<pattern>` of a style class, or "" where a plain colour does."""
    state, *codes = key.split("-")
    orgs = ["?" if code == "X" else code for code in codes]
    turn = 45.0
    if state in ("post", "accredited") and len(orgs) > 1:
        steps = DARK if state == "post" else LIGHT
        body, size = _stripes([steps[o] for o in orgs], PAPER, 4.4, 0.7)
        high = 8.0
    elif state == "region":
        body, size = _dots([LIGHT[o] for o in orgs])
        high, turn = size, 0.0
    elif state == "planned":
        body, size = _stripes([DARK[o] for o in orgs], PAPER, 1.3, 3.7)
        high, turn = 8.0, -45.0
    elif state in HATCHED:
        colour, ground, width, gap, turn = HATCHED[state]
        body, size = _stripes([colour], ground, width, gap)
        high = 8.0
    else:
        return ""
    return (
        f'<pattern id="{key}" width="{size:g}" height="{high:g}" '
        f'patternUnits="userSpaceOnUse" patternTransform="rotate({turn:g})">{body}</pattern>'
    )


def fill(key: str) -> str:
    """What goes into an SVG `fill`: a colour, or a reference to the class's pattern."""
    if pattern(key):
        return f"url(#{key})"
    state, *codes = key.split("-")
    if state in ("post", "accredited"):
        return (DARK if state == "post" else LIGHT)["?" if codes[0] == "X" else codes[0]]
    return COLOURS[state]


def classes() -> list[str]:
    """Every style class there is: states without organisations, and each state with each set."""
    sets = [c for n in range(1, len(ORGANISATIONS) + 1) for c in combinations(ORGANISATIONS, n)]
    served = [style_class(s, c) for s in ("post", "accredited", "region", "planned") for c in sets]
    return [*PLAIN, *served]


def drawing(state: str, orgs: Iterable[str | None] = (), *, filo: bool = False) -> str:
    """A legend swatch as a document of its own (SVG, 22 by 14 px) with the map's very pattern."""
    key, dash = style_class(state, orgs), ""
    colour, width, _ = OUTLINES[state]
    colour = "none" if colour == BORDER else colour
    if filo:
        colour, width, dash = LINK, 1.6, " stroke-dasharray='3 2'"
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' width='22' height='14' viewBox='0 0 22 14'>"
        f"<defs>{pattern(key)}</defs><rect x='1' y='1' width='20' height='12' "
        f"fill='{fill(key)}' stroke='{colour}' stroke-width='{width:g}'{dash}/></svg>"
    )
    return svg.replace('"', "'")


def address(svg: str) -> str:
    """A drawing as a `data:` address, fit for `src="..."` and for `url("...")` in a style sheet."""
    return "data:image/svg+xml," + quote(svg, safe=" /:=(),.'")


def swatch(state: str, orgs: Iterable[str | None] = (), *, filo: bool = False) -> str:
    """A legend swatch as an HTML image; Streamlit strips SVG elements from a page's HTML.

    Its alternative text is empty on purpose: the words beside it carry the meaning.
    """
    return f'<img class="swatch" alt="" src="{address(drawing(state, orgs, filo=filo))}"/>'


def swatch_css(choices: Iterable[str]) -> str:
    """Puts the map's own swatch before the checkbox it belongs to."""
    marks = {f"organisation_{o or 'not_stated'}": drawing("accredited", [o]) for o in choices} | {
        "layer_regions": drawing("region", ["NP"]),
        "layer_planned": drawing("planned", ["KMar"]),
        "layer_filo": drawing("none", filo=True),
    }
    return "".join(
        f'.st-key-w_{key} label p::before{{content:url("{address(drawn)}");'
        "margin-right:.45em;vertical-align:-2px}"
        for key, drawn in marks.items()
    )


def css() -> str:
    """The page's style sheet, for one `st.html(f"<style>{css()}</style>")` at the top."""
    return (Path(__file__).parent / "static" / "page.css").read_text(encoding="utf-8")


def script() -> str:
    """The page's scripts, for one `st.html(..., unsafe_allow_javascript=True)`."""
    parts = Path(__file__).parent.glob("static/*.js")
    text = "".join(part.read_text(encoding="utf-8") for part in sorted(parts, reverse=True))
    return f"if (!window.liaisonatlas) {{ window.liaisonatlas = true;\n{text}}}"
