"""TopoJSON -> GeoJSON, for the one page that embeds its shapes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def features(path: Path) -> dict[str, Any]:
    """The object `units` of a TopoJSON file as a GeoJSON FeatureCollection in degrees."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append([round(x * sx + tx, 3), round(y * sy + ty, 3)])
        arcs.append(line)

    def ring(numbers: list[int]) -> list[list[float]]:
        line: list[list[float]] = []
        for n in numbers:
            part = arcs[n] if n >= 0 else arcs[~n][::-1]
            line.extend(part[1:] if line else part)
        return line

    found = []
    for shape in topology["objects"]["units"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", [])
        coordinates = [[ring(numbers) for numbers in rings] for rings in polygons]
        geometry = {"type": "MultiPolygon", "coordinates": coordinates}
        found.append({"type": "Feature", "id": shape["id"], "properties": {}, "geometry": geometry})
    return {"type": "FeatureCollection", "features": found}
