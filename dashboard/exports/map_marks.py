"""Marks of a panel: one per city with posts, and a disc for each state too small to be seen.

As `static/map/marks.js`: marks that would overlap are pushed apart, and a leader line then shows
where each belongs. Quieter than on the screen, where a mark must also be hit with a finger.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from dashboard import theme
from dashboard.exports.map_paint import Looks
from dashboard.exports.map_panels import Panel
from dashboard.exports.map_shapes import places

SMALL = 9  # px: below this a country needs a mark to be seen
REACH = 60  # px: marks further apart than this never come to touch
QUIET = ("none", "unknown", "covered")
SIZE = 0.86  # of a mark on the screen
Parts = Sequence[tuple[str, int]]
DARK = {theme.code(key): colour for key, colour in theme.DARK.items()} | {
    theme.IN_MISSION: theme.MISSION_MARK
}
LIGHT = {theme.code(key): colour for key, colour in theme.LIGHT.items()}


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
    made = [
        _post(panel, *post)
        for post in payload["posts"]
        if post[2] in shown and (looks.told(post[2]) or tuple(post[:2]) in linked)
    ]
    small = [
        iso
        for iso in shown - {node.iso for node in made}
        if places()[iso].tiny and looks.told(iso) and max(panel.extents.get(iso, (0, 0))) < SMALL
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


def _spread(marks: list[Node]) -> None:
    """Pushes overlapping discs apart and pulls them home, a fixed number of rounds."""
    near = [
        (a, b, i)
        for i, a in enumerate(marks)
        for b in marks[i + 1 :]
        if abs(a.x - b.x) < REACH and hypot(a.x - b.x, a.y - b.y) < REACH
    ]
    for turn in range(70):
        pull = 0.05 if turn < 55 else 0.0
        for node in marks:
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


def leaders(marks: Iterable[Node]) -> str:
    """The lines from marks that were pushed aside to where they belong."""
    drawn = "".join(
        f'<path d="M{n.home[0]:.1f} {n.home[1]:.1f}L{n.x:.1f} {n.y:.1f}"/>'
        f'<circle cx="{n.home[0]:.1f}" cy="{n.home[1]:.1f}" r=".5"/>'
        for n in marks
        if n.aside
    )
    return f'<g fill="{theme.INK}" stroke="{theme.INK}" stroke-width=".7">{drawn}</g>'


def drawn(node: Node, looks: Looks) -> str:
    """One mark."""
    body = _post_mark(node) if node.post else _small_mark(node, looks)
    return f'<g data-iso="{node.iso}" transform="translate({node.x:.1f} {node.y:.1f})">{body}</g>'


def _post_mark(node: Node) -> str:
    if node.planned:
        disc = circle(node.r, theme.PAPER, DARK[node.parts[0][0]], 1.6)
    else:
        disc = circle(node.r + 1.1, theme.PAPER) + _pie(node.r, node.parts, DARK)
    if node.count < 2:
        return disc
    ink = DARK[node.parts[0][0]] if node.planned else theme.PAPER
    return (
        f'{disc}<text y="{8.6 * SIZE * 0.36:.1f}" font-size="{9.4 * SIZE:.1f}" font-weight="600" '
        f'text-anchor="middle" fill="{ink}">{node.count}</text>'
    )


def _small_mark(node: Node, looks: Looks) -> str:
    """The class of the unit as a few px can carry it: sectors for stripes, a dot for dots."""
    key, filo = looks.of(node.iso)
    state, *orgs = key.split("-")
    parts = [(org, 1) for org in orgs]
    quiet = state in QUIET
    ring, width = ("#75828e", 0.8) if quiet else (theme.LINK if filo else theme.INK, 0.9)
    if not parts:
        return circle(node.r, looks.fill(key), ring, width)
    dash = ' stroke-dasharray="2 1.4"' if state == "planned" or filo else ""
    steps = DARK if state == "post" else LIGHT
    r = node.r * 0.55 if state == "region" else node.r
    inner = "" if state == "planned" else _pie(r, parts, steps)
    edge = f'<circle r="{node.r:.1f}" fill="none" stroke="{ring}" stroke-width="{width}"{dash}/>'
    return circle(node.r, theme.PAPER) + inner + edge


def circle(r: float, fill: str, stroke: str = "", width: float = 0) -> str:
    """A disc around the origin."""
    edge = f' stroke="{stroke}" stroke-width="{width:g}"' if stroke else ""
    return f'<circle r="{r:.1f}" fill="{fill}"{edge}/>'


def _pie(r: float, parts: Parts, colours: dict[str, str]) -> str:
    """A disc in the organisations' colours, each its share, starting at twelve o'clock."""
    if len(parts) == 1:
        return circle(r, colours[parts[0][0]])
    total, turn, made = sum(n for _, n in parts), 0.0, []
    for org, n in parts:
        end = turn + n / total
        (x0, y0), (x1, y1) = ((r * sin(f * 2 * pi), -r * cos(f * 2 * pi)) for f in (turn, end))
        large = int(end - turn > 0.5)
        made.append(
            f'<path d="M0 0L{x0:.2f} {y0:.2f}A{r:.2f} {r:.2f} 0 {large} 1 {x1:.2f} {y1:.2f}Z" '
            f'fill="{colours[org]}"/>'
        )
        turn = end
    return "".join(made)
