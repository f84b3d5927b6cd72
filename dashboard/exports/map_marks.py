"""What stands on a drawn map: fills, posts, officers, the lines between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, sin
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard import theme
from dashboard.exports.map_plane import CUT, Panel, Points, places
from dashboard.figures.maps import posts_of_area

GRID = 3  # tenths of a px: points are snapped to it, so neighbours keep meeting edge to edge
BEYOND = 12  # px outside the frame at which rings are cut
LONG = 960  # px
FULL = 2200  # px per radian and px of outline: a bold one would blot out archipelagos afar


@dataclass(frozen=True)
class Looks:
    """The style class of each unit, from the payload, and ids that no other drawing has."""

    payload: Mapping[str, Any]
    prefix: str
    area: frozenset[str] = frozenset()  # the only units that are told of; empty for all
    small: Mapping[str, str] | None = None  # unit -> look on the small map of one organisation

    def concerns(self, iso: str) -> bool:
        """Whether the map says something of this land: a unit, and in the area if there is one."""
        return iso in (self.area or places())

    @property
    def locates(self) -> bool:
        """Whether the map only says where a country and its posts lie."""
        return bool(self.payload["view"] == "locator")

    def of(self, iso: str) -> tuple[str, bool]:
        """(look, whether on the FILO layer) of a unit."""
        row = self.payload["units"].get(iso)
        if self.small is not None:
            return self.small.get(iso, self.payload["rest"]), False
        if self.locates:
            return self.payload["plain"], False
        if row is None:
            return self.payload["rest"], False
        return self.payload["looks"][row[0]], len(row) > 4 and bool(row[4])

    def ground(self, iso: str) -> tuple[str, str]:
        """Fill and outline of land of which the map says nothing."""
        if self.locates:
            return theme.UNKNOWN
        return theme.OUTSIDE if iso in places() else theme.PAPER, theme.COAST

    def fill(self, key: str) -> str:
        """What goes into `fill` for a class."""
        return theme.fill(key).replace("url(#", f"url(#{self.prefix}-")

    def patterns(self, keys: Iterable[str]) -> str:
        """The patterns of these classes, each once."""
        made = "".join(theme.pattern(key) for key in dict.fromkeys(keys) if key not in theme.MARKS)
        # On paper the seams of stripes show where tiles meet; in one long tile there are none.
        made = made.replace('height="8"', f'height="{LONG}"')
        return made.replace('id="', f'id="{self.prefix}-')

    def outline(self, iso: str, panel: Panel) -> tuple[str, float, float]:
        """Colour, width in px and drawing order of the outline of a unit."""
        key, filo = self.of(iso)
        colour, width, order = theme.OUTLINES[key.split("-")[0]]
        if filo:
            return theme.LINK, 1.6, order + 0.5
        return colour, round(min(width, width * 0.45 + panel.scale / FULL), 2), order


def countries(panel: Panel, looks: Looks) -> str:
    """Every unit that is seen, bold outlines last so that no border covers half of them."""
    drawn = []
    for iso, d in _paths(panel).items():
        if not looks.concerns(iso):
            fill, line = looks.ground(iso)
            ground = f'fill="{fill}" stroke="{line}" stroke-width=".5"'
            drawn.append((-1.0, f'<path data-iso="{iso}" {ground} d="{d}"/>'))
            continue
        colour, width, order = looks.outline(iso, panel)
        key, filo = looks.of(iso)
        dash = ' stroke-dasharray="4 3"' if filo else ""
        drawn.append(
            (
                order,
                f'<path data-iso="{iso}" fill="{looks.fill(key)}" stroke="{colour}" '
                f'stroke-width="{width:g}"{dash} d="{d}"/>',
            )
        )
    body = "".join(path for _, path in sorted(drawn, key=lambda item: item[0]))
    return f'<g stroke-linejoin="round" fill-rule="evenodd">{body}</g>'


def outlined(panel: Panel, iso: str) -> str:
    """The shape of the chosen unit with a strong outline on white, empty where it is not seen."""
    d = _paths(panel).get(iso)
    if not d:
        return ""
    return "".join(
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}" '
        'stroke-linejoin="round"/>'
        for colour, width in ((theme.PAPER, 4.6), (theme.INK, 2.2))
    )


@lru_cache(maxsize=24)
def _paths(panel: Panel) -> dict[str, str]:
    """Unit -> the `d` of its path in this panel."""
    found: dict[str, list[str]] = {}
    for iso, _, ring in panel.rings:
        d = _path(_within(ring, panel))
        if d:
            found.setdefault(iso, []).append(d)
    return {iso: "".join(parts) for iso, parts in found.items()}


def _path(ring: Points) -> str:
    """A closed ring in steps of GRID tenths; empty where nothing is left of it."""
    whole = np.rint(ring * (10 / GRID)).astype(int) * GRID
    fresh = np.ones(len(whole), dtype=bool)
    fresh[1:] = (np.diff(whole, axis=0) != 0).any(axis=1)
    whole = whole[fresh]
    if len(whole) < 3:
        return ""
    steps = np.diff(whole, axis=0)
    return f"M{_tenth(whole[0, 0])} {_tenth(whole[0, 1])}l" + "".join(_steps(steps.tolist())) + "z"


def _steps(steps: list[list[int]]) -> Iterator[str]:
    """Relative steps; a minus sign parts two numbers as well as a space does."""
    for x, y in steps[:-1] if sum(map(abs, map(sum, steps))) == 0 else steps:
        down = _tenth(y)
        yield f" {_tenth(x)}{down if down[0] == '-' else ' ' + down}"


@lru_cache(maxsize=4096)
def _tenth(number: int) -> str:
    """A number of tenths as short as SVG can say it: "-.3", "12"."""
    return f"{number / 10:g}".replace("0.", ".", 1) if abs(number) < 10 else f"{number / 10:g}"


def _within(ring: Points, panel: Panel) -> Points:
    """A ring cut at a box somewhat larger than the frame (Sutherland and Hodgman)."""
    right, bottom = panel.wide + BEYOND, panel.tall + BEYOND
    limits = ((0, -BEYOND, 1), (0, right, -1), (1, -BEYOND, 1), (1, bottom, -1))
    for axis, limit, sign in limits:
        inside = (ring[:, axis] - limit) * sign >= 0
        if inside.all():
            continue
        if not inside.any():
            return ring[:0]
        ring = _cut(ring, inside, axis, limit)
    return ring


def _cut(ring: Points, inside: npt.NDArray[np.bool_], axis: int, limit: float) -> Points:
    """The part of a ring on the inner side of one line."""
    after, inside_after = np.roll(ring, -1, axis=0), np.roll(inside, -1)
    crossing = inside != inside_after
    run = np.where(crossing, after[:, axis] - ring[:, axis], 1)
    share = np.where(crossing, (limit - ring[:, axis]) / run, 0)[:, None]
    met = ring + share * (after - ring)
    both = np.stack([ring, met], axis=1).reshape(-1, 2)
    kept: Points = both[np.stack([inside, crossing], axis=1).reshape(-1)]
    return kept


SMALL = 9  # px: below this a country needs a mark to be seen
REACH = 60  # px: marks further apart than this never come to touch
QUIET = ("none", "unknown", "covered", "other", "outside")
SIZE = 0.86  # of a mark on the screen
Parts = Sequence[tuple[str, int]]


@dataclass
class Node:
    """A mark at (x, y) px that belongs at `home`; `parts` are officers per organisation."""

    iso: str
    home: tuple[float, float]
    r: float
    post: bool
    x: float = 0.0
    y: float = 0.0
    parts: Parts = ()
    planned: bool = False
    spot: tuple[float, float] | None = None  # latitude and longitude of a post
    city: int = -1

    def __post_init__(self) -> None:
        self.x, self.y = self.home

    @property
    def count(self) -> int:
        """The number of officers."""
        return sum(n for _, n in self.parts)

    @property
    def aside(self) -> bool:
        """Whether it was pushed so far from its home that a line must lead there."""
        return hypot(self.x - self.home[0], self.y - self.home[1]) > self.r + 1


def nodes(panel: Panel, looks: Looks, left_out: Collection[str] = ()) -> list[Node]:
    """The marks of a panel, laid out; `left_out` are units whose marks stand in another panel."""
    payload = looks.payload
    linked = {(lat, lon) for lat, lon, *_ in payload["links"]}
    shown = {
        iso for iso, place in places().items() if iso not in left_out and not panel.behind(place)
    }
    of_area = {tuple(post[:3]) for post in posts_of_area(payload, looks.area)}
    made = [
        _post(panel, *post)
        for post in payload["posts"]
        if post[2] in shown and (tuple(post[:3]) in of_area or tuple(post[:2]) in linked)
    ]
    small = [
        iso
        for iso in shown - {node.iso for node in made}
        if places()[iso].tiny
        and looks.concerns(iso)
        and not (looks.small is not None and looks.of(iso)[0] in QUIET)  # there they would crowd
        and max(panel.extents.get(iso, (0, 0))) < SMALL
    ]
    made += [_small(panel, looks, iso) for iso in sorted(small)]
    made = [node for node in made if panel.holds(*node.home)]
    _spread(made)
    return made


def _post(
    panel: Panel, lat: float, lon: float, iso: str, city: int, parts: Parts, planned: int
) -> Node:
    several = sum(n for _, n in parts) > 1
    home, r = panel.at(lat, lon), (6.6 if several else 3.6) * SIZE
    return Node(iso, home, r, True, parts=parts, planned=bool(planned), spot=(lat, lon), city=city)


def _small(panel: Panel, looks: Looks, iso: str) -> Node:
    place = places()[iso]
    r = (2.4 if looks.of(iso)[0] in QUIET else 3.9) * SIZE
    return Node(iso, panel.at(place.lat, place.lon), r, False)


def _spread(markers: list[Node]) -> None:
    """Pushes overlapping discs apart and pulls them home, a fixed number of rounds."""
    near = [
        (a, b, i)
        for i, a in enumerate(markers)
        for b in markers[i + 1 :]
        if abs(a.x - b.x) < REACH and hypot(a.x - b.x, a.y - b.y) < REACH
    ]
    for turn in range(70):
        pull = 0.05 if turn < 55 else 0.0
        for node in markers:
            node.x += (node.home[0] - node.x) * pull
            node.y += (node.home[1] - node.y) * pull
        for a, b, i in near:
            _part(a, b, i)


def _part(a: Node, b: Node, number: int) -> None:
    """Moves two discs that touch; posts give way less than small states."""
    dx, dy = b.x - a.x, b.y - a.y
    gap, d = a.r + b.r + 1.8, hypot(dx, dy)
    if d >= gap:
        return
    if d < 0.01:
        dx, dy, d = cos(number * 2.4), sin(number * 2.4), 1.0
    push = (gap - d) / d
    share = 0.5 if a.post == b.post else 0.2 if a.post else 0.8
    a.x -= dx * push * share
    a.y -= dy * push * share
    b.x += dx * push * (1 - share)
    b.y += dy * push * (1 - share)


def leaders(markers: Iterable[Node]) -> str:
    """The lines from marks that were pushed aside to where they belong."""
    drawn = "".join(
        f'<path d="M{n.home[0]:.1f} {n.home[1]:.1f}L{n.x:.1f} {n.y:.1f}"/>'
        f'<circle cx="{n.home[0]:.1f}" cy="{n.home[1]:.1f}" r=".5"/>'
        for n in markers
        if n.aside
    )
    return f'<g fill="{theme.INK}" stroke="{theme.INK}" stroke-width=".7">{drawn}</g>'


def drawn(node: Node, looks: Looks) -> str:
    """One mark."""
    body = _post_marker(node) if node.post else _small_marker(node, looks)
    return f'<g data-iso="{node.iso}" transform="translate({node.x:.1f} {node.y:.1f})">{body}</g>'


def _post_marker(node: Node) -> str:
    mission = node.parts[0][0] == theme.IN_MISSION
    fill, ink = (theme.MISSION_MARK, theme.PAPER) if mission else (theme.POST, theme.ON_POST)
    if node.planned:
        disc, ink = circle(node.r, theme.PAPER, theme.INK, 1.2), theme.INK
    else:
        disc = circle(node.r + 0.6, fill, ink, 0.9)
    if node.count < 2:
        return disc
    return (
        f'{disc}<text y="{8.6 * SIZE * 0.36:.1f}" font-size="{9.4 * SIZE:.1f}" font-weight="600" '
        f'text-anchor="middle" fill="{ink}">{node.count}</text>'
    )


def _small_marker(node: Node, looks: Looks) -> str:
    """A small unit as a disc in the colour of its area."""
    key, filo = looks.of(node.iso)
    ring, width = (theme.RING, 0.8) if key in QUIET else (theme.LINK if filo else theme.INK, 0.9)
    return circle(node.r, looks.fill(key), ring, width)


def circle(r: float, fill: str, stroke: str = "", width: float = 0) -> str:
    """A disc around the origin."""
    edge = f' stroke="{stroke}" stroke-width="{width:g}"' if stroke else ""
    return f'<circle r="{r:.1f}" fill="{fill}"{edge}/>'


STEPS = 48


def arc(start: tuple[float, float], end: tuple[float, float]) -> Points:
    """Points (longitude, latitude in degrees) along the shortest way, with both ends.

    `start` and `end` are latitude and longitude.
    """
    a, b = (_vector(*place) for place in (start, end))
    angle = float(np.arccos(np.clip(a @ b, -1, 1)))
    if angle < 1e-6:
        return np.array([start[::-1], end[::-1]], dtype=float)
    f = np.linspace(0, 1, STEPS + 1)[:, None]
    x, y, z = ((np.sin((1 - f) * angle) * a + np.sin(f * angle) * b) / np.sin(angle)).T
    shown: Points = np.degrees(np.column_stack([np.arctan2(y, x), np.arctan2(z, np.hypot(x, y))]))
    return shown


def _vector(lat: float, lon: float) -> Points:
    lat, lon = np.radians(lat), np.radians(lon)
    return np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def lines(panel: Panel, looks: Looks) -> list[Points]:
    """Where every link of the payload runs in a panel, as points in px."""
    return [
        panel.projected(_wrapped(arc((lat, lon), (places()[iso].lat, places()[iso].lon))))
        for lat, lon, iso, *_ in looks.payload["links"]
        if not panel.behind(places()[iso])
    ]


def _wrapped(points: Points) -> Points:
    """The same points as the map counts longitudes, see `map_shapes.wrap`."""
    lon = np.where(points[:, 0] < CUT, points[:, 0] + 360, points[:, 0])
    return np.column_stack([lon, points[:, 1]])


def links(panel: Panel, looks: Looks, nodes: Sequence[Node]) -> str:
    """Every link of the payload, on white; an end without a mark has a point.

    A link is bold where it runs to the chosen country, and fine where it leaves it.
    """
    small = {node.iso: node for node in nodes if not node.post}
    posts = {node.spot: node for node in nodes if node.post}
    casings, drawn = [], []
    dash = ' stroke-dasharray="5 3.5"' if looks.payload.get("broken") else ""
    for lat, lon, iso, _, outward in looks.payload["links"]:
        place = places()[iso]
        if panel.behind(place):
            continue
        ends = (posts.get((lat, lon)), small.get(iso))
        end = looks.payload.get("ends", {}).get(iso, (place.lat, place.lon))
        d = _link_path(panel, arc((lat, lon), end), ends)
        casings.append(f'<path d="{d}"/>')
        drawn.append(
            f'<path d="{d}" stroke="{theme.INK}" stroke-width="{1.2 if outward else 1.8}"{dash}/>'
        )
        if (outward or end != (place.lat, place.lon)) and iso not in small:
            x, y = panel.at(*end)
            drawn.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.1" fill="{theme.INK}" '
                f'stroke="{theme.PAPER}" stroke-width=".8"/>'
            )
    ground = f'stroke="{theme.PAPER}" stroke-width="3.4" stroke-opacity=".85"'
    return (
        f'<g fill="none" stroke-linecap="round"><g {ground}>{"".join(casings)}</g>'
        f"{''.join(drawn)}</g>"
    )


def _link_path(panel: Panel, points: Points, ends: tuple[Node | None, Node | None]) -> str:
    """An SVG path; where the world is cut (Bering Strait) the line leaves and enters.

    Marks that were pushed aside are followed to where they stand.
    """
    wrapped = _wrapped(points)
    shown = panel.projected(wrapped)
    for place, node in zip((0, -1), ends, strict=True):
        if node:
            shown[place] = node.x, node.y
    torn = [True, *(np.abs(np.diff(wrapped[:, 0])) > 180).tolist()]
    return "".join(
        f"{'M' if begins else 'L'}{x:.1f} {y:.1f}"
        for begins, (x, y) in zip(torn, shown.tolist(), strict=True)
    )
