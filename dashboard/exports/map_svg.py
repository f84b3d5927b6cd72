"""A map as SVG: panels, marks, labels, legend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt

from dashboard import theme
from dashboard.exports.map_marks import (
    QUIET,
    Looks,
    Node,
    countries,
    drawn,
    leaders,
    lines,
    links,
    nodes,
    outlined,
)
from dashboard.exports.map_plane import (
    WORLD,
    Box,
    Panel,
    Points,
    area,
    edge,
    lambert,
    places,
    preset,
    world,
)
from dashboard.exports.typesetting import FAMILY, width, wrapped, xml
from dashboard.figures import labelling
from dashboard.figures.maps import look_of
from dashboard.i18n import capital, texts_of
from dashboard.report import Map

Spot = tuple[float, float]


@dataclass
class Labels:
    """The labels of one panel, each put where nothing stands yet."""

    panel: Panel
    language: str
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)

    def keep_free(self, nodes: Iterable[Node]) -> None:
        """Marks that no label may cover."""
        self.boxes += [(n.x - n.r, n.y - n.r, n.x + n.r, n.y + n.r) for n in nodes]

    def keep_off(self, links: Iterable[Points]) -> None:
        """Lines (points in px) that no label may cover."""
        self.boxes += [(x - 2, y - 2, x + 2, y + 2) for line in links for x, y in line.tolist()]

    def put(
        self,
        text: str,
        size: float,
        spots: Sequence[Spot],
        weight: int = 500,
        of: tuple[str, float, float] | None = None,
    ) -> bool:
        """Writes the text around the first of these centres whose box is free, if any is.

        `of`: the unit, the share of its name that may lie on the land of others, and how many px
        around the name count with it.
        """
        w, h = width(text, size, weight) / 2 + 2, size * 0.55 + 1
        for x, y in spots:
            box = (x - w, y - h, x + w, y + h)
            if of is not None:
                iso, limit, rim = of
                around = (box[0] - rim, box[1] - rim, box[2] + rim, box[3] + rim)
                if self.panel.abroad(iso, around) > limit:
                    continue
            inside = self.panel.holds(x - w, y - h) and self.panel.holds(x + w, y + h)
            if inside and not any(_meet(box, other) for other in self.boxes):
                self.boxes.append(box)
                self.drawn.append(
                    f'<text x="{x:.1f}" y="{y + size * 0.35:.1f}" font-size="{size:.1f}" '
                    f'font-weight="{weight}">{xml(text)}</text>'
                )
                return True
        return False

    def country(self, iso: str, markers: Sequence[Node], must: bool, host: bool = False) -> bool:
        """Put the name of a unit on its own ground, or beside its mark where it has one.

        Whether there was room. The name of a `host` that is too small for it stands by its post.
        """
        name = places()[iso].names[self.language]
        own = [node for node in markers if node.iso == iso]
        small = next((node for node in own if places()[iso].tiny or not node.post), None)
        if small:
            weight, far = (600, (0, 8, 18, 30, 46)) if must else (500, (0,))
            half = width(name, 10, weight) / 2
            return self.put(name, 10, [s for d in far for s in beside(small, half, d)], weight)
        wide, tall = self.panel.extents.get(iso, (0.0, 0.0))
        size = max(9.0, min(13.0, 6.5 + sqrt(wide * tall) / 14))
        half = width(name, size, 600 if must else 500) / 2
        by_post = [s for d in (0, 8) for s in beside(own[0], half, d)] if host and own else []
        aside = (iso, 0.0, float(labelling.RIM))
        slack = labelling.FITS if places()[iso].waits else labelling.SPILLS
        if not must and (half * 2 > wide * slack or tall < size * 1.2):
            return self.put(name, size, by_post, of=aside)
        x, y = self.panel.at(places()[iso].lat, places()[iso].lon)
        shift = min(tall * 0.3, 26)
        spots = [(x, y + f * shift) for f in (0, -0.5, 0.5, -1, 1)]
        if not must:
            return (
                self.put(name, size, spots, of=(iso, labelling.LEANS, 0))
                or self.put(name, size, spots)
                or self.put(name, size, by_post, of=aside)
            )
        spots += by_post
        side = half + wide / 2 + 6
        spots += [(x, y + f * d) for d in (16, 26, 38) for f in (-1, 1)]
        spots += [(x + f * side, y + g * 12) for f in (1, -1) for g in (0, -1, 1)]
        spots += [(x, y + f * d) for d in (52, 68, 90) for f in (-1, 1)]
        return self.put(name, size, spots, 600)

    def orient(self, iso: str) -> None:
        """The name of a unit that the map is not about, where its ground has some room for it."""
        name = places()[iso].names[self.language]
        wide, tall = self.panel.extents[iso]
        if width(name, 9.5) > wide * 1.7 or tall < 10 or wide < 16:
            return
        x, y = self.panel.at(places()[iso].lat, places()[iso].lon)
        self.put(name, 9.5, [(x, y + f * min(tall * 0.3, 26)) for f in (0, 0.5, -0.5, 1, -1)], 400)

    def svg(self) -> str:
        """All of them, dark on a white rim."""
        return (
            f'<g fill="{theme.INK}" stroke="{theme.PAPER}" stroke-opacity=".9" stroke-width="2.4" '
            'stroke-linejoin="round" paint-order="stroke" text-anchor="middle">'
            f"{''.join(self.drawn)}</g>"
        )


def beside(node: Node, half: float, far: float) -> list[Spot]:
    """Centres of a label of this half width right, left, above and below a mark, `far` px off."""
    aside, rise = node.r + half + 3 + far, node.r + 8 + far
    return [
        (node.x + aside, node.y),
        (node.x - aside, node.y),
        (node.x, node.y - rise),
        (node.x, node.y + rise),
    ]


def labels(panel: Panel, looks: Looks, markers: Sequence[Node], language: str, every: bool) -> str:
    """The chosen country first; with `every`, all others as `labelling` has it."""
    made = Labels(panel, language)
    made.keep_free(markers)
    made.keep_off(lines(panel, looks))
    chosen = looks.payload["selected"]
    seen = [
        iso
        for iso in panel.extents
        if (looks.concerns(iso) or iso == chosen)
        and panel.holds(*panel.at(places()[iso].lat, places()[iso].lon))
    ]
    if chosen in seen or any(node.iso == chosen for node in markers):
        made.country(chosen, markers, must=True)
    if looks.locates:
        _posts_and_surroundings(made, looks, markers)
    elif every:
        ranks = {iso: places()[iso].rank for iso in seen}
        turns = labelling.in_turn(seen, looks.payload["first"], ranks)

        quiet = {iso: places()[iso].waits for iso in seen if looks.of(iso)[0] in QUIET}

        def put(iso: str, is_first: bool) -> bool:
            return iso == chosen or made.country(iso, markers, must=False, host=is_first)

        labelling.put_in_turn(turns, quiet, put)
    return made.svg()


def _posts_and_surroundings(names: Labels, looks: Looks, markers: Sequence[Node]) -> None:
    """On a locator map: the posts with their distances, then countries by their size.

    Territories of a few px stay without a name: the map is about no other country.
    """
    spots = {node.spot: node for node in markers if node.post}
    for lat, lon, text in looks.payload["named"]:
        if node := spots.get((lat, lon)):
            half = width(text, 11, 600) / 2
            names.put(text, 11, [s for d in (0, 8, 18, 30) for s in beside(node, half, d)], 600)
    sizes = {iso: wide * tall for iso, (wide, tall) in names.panel.extents.items()}
    for iso in sorted(sizes, key=lambda name: (-sizes[name], name)):
        if iso in places() and iso != looks.payload["selected"] and not places()[iso].tiny:
            names.orient(iso)


def _meet(a: Sequence[float], b: Sequence[float]) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


TYPE = 11.5  # px
LINE = 14.0
INDENT = 27.0  # from a swatch to its words
GAP = 18.0  # between two entries on a line


@dataclass(frozen=True)
class Legend:
    """A drawn legend and its height in px."""

    svg: str
    tall: float


def column(looks: Looks, entries: Sequence[tuple[str, str]], wide: float) -> Legend:
    """The entries below one another."""
    y, made = 0.0, []
    for key, word in entries:
        lines = wrapped(word, TYPE, wide - INDENT)
        made.append(_entry(looks, key, lines, 0, y))
        y += LINE * len(lines) + 4
    return Legend("".join(made), y)


def row(looks: Looks, entries: Sequence[tuple[str, str]], wide: float) -> Legend:
    """The entries beside one another, in as many lines as they need."""
    x, y, made, tall = 0.0, 0.0, [], LINE
    for key, word in entries:
        lines = wrapped(word, TYPE, wide - INDENT)
        space = INDENT + max(width(line, TYPE) for line in lines)
        if x and x + space > wide:
            x, y, tall = 0.0, y + tall + 4, LINE
        made.append(_entry(looks, key, lines, x, y))
        x, tall = x + space + GAP, max(tall, LINE * len(lines))
    return Legend("".join(made), y + tall if entries else 0.0)


def _entry(looks: Looks, key: str, lines: Sequence[str], x: float, y: float) -> str:
    texts_of = "".join(
        f'<text x="{x + INDENT:.1f}" y="{y + 10 + LINE * i:.1f}" font-size="{TYPE}">'
        f"{xml(text)}</text>"
        for i, text in enumerate(lines)
    )
    symbol = theme.symbol(key).replace("url(#", f"url(#{looks.prefix}-")
    return _moved(symbol, x - 0.5, y - 1) + texts_of


# Where the world is too small for its countries: title (key of picture.toml), box, and width by
# height. The screen has the same (static/map/insets.js).
INSETS: tuple[tuple[str, Box, float], ...] = (
    ("europe", (35.0, -10.0, 61.0, 37.0), 1.18),
    ("caribbean", (9.3, -86.5, 27.0, -58.5), 1.5),
)
SPACE = 14.0  # px between panels
HEAD = 18.0  # px for the title of an inset
BROAD = 800.0  # px: from here on the legend stands beside the insets
SMALLEST = 14.0  # px: a chosen unit smaller than this gets a ring


def map_svg(
    map: Map, language: str, width_px: float = 1000.0, prefix: str = "", landscape: bool = False
) -> str:
    """The map with its legend as SVG; `width_px` is its width in px, its height follows.

    `prefix` begins every id; give each of several maps in one page its own (else its key serves).
    On a `landscape` sheet, such as a slide, the insets of the world stand beside it, not below.
    """
    prefix = re.sub(r"\W", "", prefix or map.key) or "map"
    looks = Looks(map.payload, prefix, map.area)
    if map.payload["small"]:
        body, tall = _side_by_side(map, looks, language, width_px)
    elif map.area or map.payload["view"] != "world":
        body, tall = _region(map, looks, language, _panel_of(map, width_px))
    else:
        body, tall = (_slide if landscape else _world)(map, looks, language, width_px)
    keys = [*map.payload["looks"], map.payload["rest"], *(key for key, _ in map.legend)]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-labelledby="{prefix}-t {prefix}-d" '
        f'width="{width_px:g}" height="{tall:.0f}" viewBox="0 0 {width_px:g} {tall:.0f}" '
        f'font-family="{FAMILY}" fill="{theme.INK}">'
        f'<title id="{prefix}-t">{xml(map.title)}</title>'
        f'<desc id="{prefix}-d">{xml(map.alternative)}</desc>'
        f"<defs>{looks.patterns(keys)}</defs>{body}</svg>"
    )


def _legend_entries(map: Map) -> list[tuple[str, str]]:
    """The legend; on the map of an area without the plain colours that nothing in it has.

    Land outside the area has a colour of its own, also where the map of a page tells of it.
    """
    if not map.area or map.payload["view"] == "locator" or map.payload["small"]:
        return list(map.legend)
    drawn = {look_of(map.payload, code) for code in map.area}
    colours = [(key, word) for key, word in map.legend if key in drawn]
    marks = [(key, word) for key, word in map.legend if key in theme.MARKS]
    return [*colours, ("outside", capital(map.payload["words"]["outside"])), *marks]


def _region(map: Map, looks: Looks, language: str, panel: Panel) -> tuple[str, float]:
    """One panel with the legend below it, if there is one, and the height of both."""
    drawing = _panel(panel, looks, language, nodes(panel, looks), (0, 0), every=True)
    if not map.legend:
        return drawing, panel.tall
    legend = row(looks, _legend_entries(map), panel.wide)
    return drawing + _moved(legend.svg, 0, panel.tall + 12), panel.tall + 16 + legend.tall


def _side_by_side(map: Map, looks: Looks, language: str, wide: float) -> tuple[str, float]:
    """A small map for each organisation, two beside one another, and the legend below them."""
    small = (wide - SPACE) / 2
    panel = _panel_of(map, small)
    parts: list[str] = []
    for n, (code, panel_looks) in enumerate(map.payload["small"].items()):
        alone = {iso: look for look, codes in panel_looks.items() for iso in codes}
        own = replace(looks, small=alone, payload={**map.payload, "posts": [], "links": []})
        x, y = (n % 2) * (small + SPACE), (n // 2) * (HEAD + panel.tall + SPACE)
        title = xml(map.payload["words"][f"org_{code}"])
        parts.append(
            f'<text x="{x:.1f}" y="{y + 12:.1f}" font-size="12" font-weight="600">{title}</text>'
        )
        parts.append(_panel(panel, own, language, nodes(panel, own), (x, y + HEAD)))
    rows = -(-len(map.payload["small"]) // 2)
    legend_at = rows * (HEAD + panel.tall + SPACE)
    if len(map.payload["small"]) % 2:  # there is room beside the last one
        beside = column(looks, _legend_entries(map), small)
        parts.append(_moved(beside.svg, small + SPACE, legend_at - panel.tall - SPACE))
        return "".join(parts), max(legend_at, legend_at - panel.tall + beside.tall)
    below = row(looks, _legend_entries(map), wide)
    return "".join(parts) + _moved(below.svg, 0, legend_at), legend_at + below.tall + 2


def _panel_of(map: Map, wide: float) -> Panel:
    """The part of the world that the map shows, `wide` px; a locator map has a frame of its own."""
    if map.area and map.payload["view"] != "locator":
        return area(map.area, wide)
    if map.payload["view"] == "world":
        return world(wide)
    south, west, north, east = map.payload["bounds"]
    return preset((south, west, north, east), tuple(map.payload["centre"]), wide)


def _slide(map: Map, looks: Looks, language: str, wide: float) -> tuple[str, float]:
    """The world with the insets in a column beside it, and the legend below all."""
    room = wide * 0.235
    insets = [lambert(name, box, room, room / ratio) for name, box, ratio in INSETS]
    earth = world(wide - room - SPACE)
    parts = [_panel(earth, looks, language, nodes(earth, looks, _apart(insets, looks)), (0, 0))]
    parts += [_outline(earth, panel) for panel in insets]
    x, y = wide - room, 0.0
    for (name, _, _), panel in zip(INSETS, insets, strict=True):
        parts.append(_headed(panel, looks, language, name, (x, y)))
        y += HEAD + panel.tall + 8
    tall = max(earth.tall, y - 8)
    legend = row(looks, map.legend, wide)
    return "".join(parts) + _moved(legend.svg, 0, tall + 12), tall + 14 + legend.tall


def _headed(panel: Panel, looks: Looks, language: str, name: str, at: tuple[float, float]) -> str:
    """An inset below its title."""
    x, y = at
    title = xml(texts_of(language)(f"picture.{name}"))
    head = f'<text x="{x:.1f}" y="{y + 12:.1f}" font-size="12" font-weight="600">{title}</text>'
    return head + _panel(panel, looks, language, nodes(panel, looks), (x, y + HEAD), every=True)


def _world(map: Map, looks: Looks, language: str, wide: float) -> tuple[str, float]:
    """The world above; below it the insets, and the legend beside or below those."""
    broad = wide >= BROAD
    room = wide * 0.77 if broad else wide
    ratios = sum(ratio for _, _, ratio in INSETS)
    high = (room - SPACE * (len(INSETS) - 1)) / ratios
    insets = [lambert(name, box, ratio * high, high) for name, box, ratio in INSETS]
    earth = world(wide)
    top = earth.tall + 10
    apart = _apart(insets, looks)
    parts = [_panel(earth, looks, language, nodes(earth, looks, apart), (0, 0))]
    parts += [_outline(earth, panel) for panel in insets]
    x = wide - room
    for (name, _, _), panel in zip(INSETS, insets, strict=True):
        parts.append(_headed(panel, looks, language, name, (x, top)))
        x += panel.wide + SPACE
    tall = top + HEAD + high
    if broad:
        legend = column(looks, map.legend, wide - room - SPACE)
        parts.append(_moved(legend.svg, 0, top + HEAD))
        return "".join(parts), max(tall, top + HEAD + legend.tall) + 1
    legend = row(looks, map.legend, wide)
    parts.append(_moved(legend.svg, 0, tall + 12))
    return "".join(parts), tall + 14 + legend.tall


def _outline(earth: Panel, inset: Panel) -> str:
    """Where on the world an inset lies."""
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in earth.projected(inset.frame()).tolist())
    line = f'stroke="{theme.INK}" stroke-width=".5" stroke-opacity=".45"'
    return f'<polygon points="{points}" fill="none" {line}/>'


def _apart(insets: Sequence[Panel], looks: Looks) -> set[str]:
    """Units whose marks all stand in an inset and not on the world, where they would crowd.

    Not those that a link needs, nor the chosen one.
    """

    def inside(lat: float, lon: float) -> bool:
        return any(panel.holds(*panel.at(lat, lon), rim=6) for panel in insets)

    shown = {
        iso
        for iso, place in places().items()
        if inside(place.lat, place.lon) and not any(panel.behind(place) for panel in insets)
    }
    outside = {post[2] for post in looks.payload["posts"] if not inside(post[0], post[1])}
    ends = {(lat, lon) for lat, lon, *_ in looks.payload["links"]}
    hosts = {post[2] for post in looks.payload["posts"] if (post[0], post[1]) in ends}
    served = {link[2] for link in looks.payload["links"]}
    return shown - outside - hosts - served - {looks.payload["selected"]}


def _panel(
    panel: Panel,
    looks: Looks,
    language: str,
    markers: list[Node],
    place: tuple[float, float],
    every: bool = False,
) -> str:
    """All that a panel shows, in the order of the browser's layers, cut at its frame."""
    payload = looks.payload
    ends = {(lat, lon) for lat, lon, *_ in payload["links"]}
    above = [n for n in markers if n.spot in ends or n.iso == payload["selected"]]
    below = [n for n in markers if n not in above]
    layers = (
        _sea(panel),
        countries(panel, looks),
        _chosen(panel, looks, markers),
        leaders(markers),
        "".join(drawn(node, looks) for node in sorted(below, key=lambda n: n.post)),
        links(panel, looks, markers),
        "".join(drawn(node, looks) for node in sorted(above, key=lambda n: n.post)),
        labels(panel, looks, markers, language, every),
    )
    x, y = place
    return (
        f'<svg x="{x:.1f}" y="{y:.1f}" width="{panel.wide:.1f}" height="{panel.tall:.1f}" '
        f'viewBox="0 0 {panel.wide:.1f} {panel.tall:.1f}">{"".join(layers)}</svg>'
    )


def _sea(panel: Panel) -> str:
    """The quiet ground of a panel: the outline of the earth, or its whole frame."""
    if panel.name != "world":
        return f'<rect width="{panel.wide:.1f}" height="{panel.tall:.1f}" fill="{theme.SEA}"/>'
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in panel.projected(edge(WORLD)).tolist())
    return f'<polygon points="{points}" fill="{theme.SEA}"/>'


def _chosen(panel: Panel, looks: Looks, markers: Sequence[Node]) -> str:
    """The chosen unit: its shape outlined strongly, or a ring where it is too small for that."""
    iso = looks.payload["selected"]
    if iso is None or panel.behind(places()[iso]):
        return ""
    small = next((node for node in markers if node.iso == iso and not node.post), None)
    if small is None and max(panel.extents.get(iso, (0, 0))) >= SMALLEST:
        return outlined(panel, iso)
    x, y = (small.x, small.y) if small else panel.at(places()[iso].lat, places()[iso].lon)
    r = (small.r if small else 9) + 3
    return "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="none" stroke="{colour}" '
        f'stroke-width="{width}"/>'
        for colour, width in ((theme.PAPER, 4.6), (theme.INK, 2.2))
    )


def _moved(svg: str, x: float, y: float) -> str:
    return f'<g transform="translate({x:.1f} {y:.1f})">{svg}</g>'
