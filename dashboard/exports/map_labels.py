"""Names on a panel: of countries where there is room, and always of the chosen one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt

from dashboard import theme
from dashboard.exports.lettering import width, xml
from dashboard.exports.map_links import lines
from dashboard.exports.map_marks import Node
from dashboard.exports.map_paint import Looks
from dashboard.exports.map_panels import Panel
from dashboard.exports.map_shapes import Points, places

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

    def put(self, text: str, size: float, spots: Sequence[Spot], weight: int = 500) -> bool:
        """Writes the text around the first of these centres whose box is free, if any is."""
        w, h = width(text, size, weight) / 2 + 2, size * 0.55 + 1
        for x, y in spots:
            box = (x - w, y - h, x + w, y + h)
            inside = self.panel.holds(x - w, y - h) and self.panel.holds(x + w, y + h)
            if inside and not any(_meet(box, other) for other in self.boxes):
                self.boxes.append(box)
                self.drawn.append(
                    f'<text x="{x:.1f}" y="{y + size * 0.35:.1f}" font-size="{size:.1f}" '
                    f'font-weight="{weight}">{xml(text)}</text>'
                )
                return True
        return False

    def country(self, iso: str, marks: Sequence[Node], must: bool) -> None:
        """The name of a unit on its own ground, or beside its mark where it has one."""
        name = places()[iso].names[self.language]
        own = (node for node in marks if node.iso == iso)
        small = next((node for node in own if places()[iso].tiny or not node.post), None)
        if small:
            weight, far = (600, (0, 8, 18, 30, 46)) if must else (500, (0,))
            half = width(name, 10, weight) / 2
            self.put(name, 10, [s for d in far for s in beside(small, half, d)], weight)
            return
        wide, tall = self.panel.extents.get(iso, (0.0, 0.0))
        size = max(9.0, min(13.0, 6.5 + sqrt(wide * tall) / 14))
        half = width(name, size, 600 if must else 500) / 2
        if not must and (half * 2 > wide * 1.05 or tall < size * 1.2):
            return
        x, y = self.panel.at(places()[iso].lat, places()[iso].lon)
        shift = min(tall * 0.3, 26)
        spots = [(x, y + f * shift) for f in (0, -0.5, 0.5, -1, 1)]
        if must:
            side = half + wide / 2 + 6
            spots += [(x, y + f * d) for d in (16, 26, 38) for f in (-1, 1)]
            spots += [(x + f * side, y + g * 12) for f in (1, -1) for g in (0, -1, 1)]
            spots += [(x, y + f * d) for d in (52, 68, 90) for f in (-1, 1)]
        self.put(name, size, spots, 600 if must else 500)

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


def labels(panel: Panel, looks: Looks, marks: Sequence[Node], language: str, every: bool) -> str:
    """The chosen country first; with `every`, all others by their size in the panel."""
    made = Labels(panel, language)
    made.keep_free(marks)
    made.keep_off(lines(panel, looks))
    chosen = looks.payload["selected"]
    seen = [
        iso
        for iso in panel.extents
        if (looks.told(iso) or iso == chosen)
        and panel.holds(*panel.at(places()[iso].lat, places()[iso].lon))
    ]
    if chosen in seen or any(node.iso == chosen for node in marks):
        made.country(chosen, marks, must=True)
    if every:
        area = {iso: panel.extents[iso][0] * panel.extents[iso][1] for iso in seen}
        for iso in sorted(seen, key=lambda name: (-area[name], name)):
            if iso != chosen:
                made.country(iso, marks, must=False)
    return made.svg()


def _meet(a: Sequence[float], b: Sequence[float]) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]
