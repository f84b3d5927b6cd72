"""Links of a panel: great circles between posts and the countries they serve."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dashboard import theme
from dashboard.exports.map_marks import DARK, Node
from dashboard.exports.map_paint import Looks
from dashboard.exports.map_panels import Panel
from dashboard.exports.map_shapes import CUT, Points, places

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
    for lat, lon, iso, org, outward in looks.payload["links"]:
        place = places()[iso]
        if panel.behind(place):
            continue
        ends = (posts.get((lat, lon)), small.get(iso))
        d = _path(panel, arc((lat, lon), (place.lat, place.lon)), ends)
        casings.append(f'<path d="{d}"/>')
        drawn.append(
            f'<path d="{d}" stroke="{DARK[org]}" stroke-width="{1.2 if outward else 1.8}"/>'
        )
        if outward and iso not in small:
            x, y = panel.at(place.lat, place.lon)
            drawn.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.1" fill="{DARK[org]}" '
                f'stroke="{theme.PAPER}" stroke-width=".8"/>'
            )
    ground = f'stroke="{theme.PAPER}" stroke-width="3.4" stroke-opacity=".85"'
    return (
        f'<g fill="none" stroke-linecap="round"><g {ground}>{"".join(casings)}</g>'
        f"{''.join(drawn)}</g>"
    )


def _path(panel: Panel, points: Points, ends: tuple[Node | None, Node | None]) -> str:
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
