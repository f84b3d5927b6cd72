"""The locator map of one country: where it lies, and the posts its officers work from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import cos, radians
from typing import Any

import numpy as np
import shapely

from dashboard import records, snapshot, theme, wording
from dashboard.figures import map_blocks
from dashboard.filters import COLOURINGS, Filters
from dashboard.i18n import Texts
from dashboard.records import Row
from dashboard.report import Map
from data.load import reference
from data.shapes import shapes

RATIO = 1.25  # of width to height
LEAST = 9.0  # degrees of latitude, so that a small country has surroundings
RIM = 0.16  # of the whole, around what must be seen
MAIN = 0.03  # of the land of a unit: what is smaller may lie outside


@dataclass(frozen=True)
class Post:
    """A post on the map: its place in degrees, host, city, organisation of each officer, km away.

    `km` is None for a post in the country itself.
    """

    lat: float
    lon: float
    host: str
    city: str
    organisations: tuple[str, ...]
    km: int | None

    @property
    def spot(self) -> tuple[float, float]:
        """Where the mark stands, as `maps.payload` rounds it."""
        return round(self.lat, 2), round(self.lon, 2)


def posts_of(iso3: str, rows: Sequence[Row]) -> list[Post]:
    """Postings with a place as posts, each city once; `rows` have lat, lon and distance_km."""
    posts: dict[tuple[str, str], Post] = {}
    for row in rows:
        if not records.text(row["city"]) or row["lat"] != row["lat"]:
            continue
        place = (str(row["host"]), str(row["city"]))
        km = None if row["host"] == iso3 else int(row["distance_km"])
        who = str(records.text(row["organisation"]))
        before = posts[place].organisations if place in posts else ()
        spot = float(row["lat"]), float(row["lon"])
        posts[place] = Post(*spot, *place, (*before, who), km)
    return list(posts.values())


def locator(
    t: Texts,
    filters: Filters,
    posts: Sequence[Post],
    *,
    title: str,
    alternative: str,
    serving: bool,
    source: str,
    documents: Collection[str],
) -> Map:
    """The chosen country of `filters` with these posts, lines and kilometres; raises DataError.

    `serving` is false for posts that only lie nearest: their lines are broken.
    """
    iso3 = str(filters.land)
    # In the colour that it has on the coverage map.
    of_world = replace(filters, land=None, area="", view="", colouring=COLOURINGS[0])
    world = map_blocks.map_payload(of_world)
    row = world["units"].get(iso3)
    look = world["looks"][row[0]] if row else world["rest"]
    unit: Row = reference("units").set_index("iso3").loc[iso3].to_dict()
    seat = round(float(unit["seat_lat"]), 2), round(float(unit["seat_lon"]), 2)
    box = frame(main_extent(iso3, float(unit["label_lon"])), unit, posts)
    # The countries of the map name their cities by place in this list.
    cities = list(dict.fromkeys([*world["cities"], *(post.city for post in posts)]))
    payload: dict[str, Any] = {
        **world,
        "view": "locator",
        "bounds": list(box),
        "centre": [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2, 0],
        "selected": iso3,
        "posts": [_dot(cities.index(post.city), post) for post in posts],
        # Lines end where the kilometres do.
        "links": [
            [*post.spot, iso3, code, 0] for post in posts if post.km for code in _codes(post)[:1]
        ],
        "ends": {iso3: seat},
        "served": [],
        "cities": cities,
        "named": [[*post.spot, _label(t, post)] for post in posts],
        "small": {},
        "broken": not serving,
        "plain": look,
    }
    state = wording.behind_colon(t, map_blocks.look_word(t, of_world, look, ""))
    legend = [(look, t("dossier.map_this", state=state))]
    legend += _signs(t, payload, str(unit["seat" if t.language == "nl" else "seat_en"]))
    return Map("locator", title, payload, legend, alternative, source, frozenset({iso3}), documents)


def _signs(t: Texts, payload: dict[str, Any], seat: str) -> list[tuple[str, str]]:
    """What stands on the map beside the country: posts, numbers, lines, and other countries."""
    broken, counts = payload["broken"], {sum(n for _, n in post[4]) for post in payload["posts"]}
    how = "near" if broken else "served"
    signs = []
    if 1 in counts:
        signs.append(("mark_one", t("dossier.map_post")))
    if counts - {1}:
        signs.append(("mark_post", t(f"dossier.map_posts_{how}")))
    if payload["links"]:
        key = "mark_broken" if broken else "mark_line"
        signs.append((key, t(f"dossier.map_line_{how}", seat=seat)))
    return [*signs, ("mark_other", t("dossier.map_other"))]


def _codes(post: Post) -> list[str]:
    return [theme.code(name or None) for name in post.organisations]


def _dot(place: int, post: Post) -> list[Any]:
    parts = [[code, n] for code, n in Counter(_codes(post)).items()]
    return [*post.spot, post.host, place, parts, 0]


def _label(t: Texts, post: Post) -> str:
    return post.city if post.km is None else t("dossier.on_map", city=post.city, km=post.km)


Extent = tuple[float, float, float, float]  # south, west, north, east, in degrees


@snapshot.cached(256)
def main_extent(iso3: str, lon: float) -> Extent | None:
    """The extent of a unit but for its far small islands, longitudes counted from `lon`.

    None for a unit without a shape. Raises DataError.
    """
    found = shapes()
    found = found[found["iso3"] == iso3]
    if found.empty:
        return None
    parts = found.explode()
    bounds = parts.geometry.bounds.to_numpy()
    size = shapely.area(parts.geometry.to_numpy()) * np.cos(
        np.radians(bounds[:, [1, 3]].mean(axis=1))
    )
    kept = bounds[size >= MAIN * size.sum()]
    middle = kept[:, [0, 2]].mean(axis=1)
    shift = (np.rint((lon - middle) / 360) * 360)[:, None]
    wide = kept[:, [0, 2]] + shift
    south, north = kept[:, 1].min(), kept[:, 3].max()
    return float(south), float(wide.min()), float(north), float(wide.max())


def frame(extent: Extent | None, unit: Row, posts: Sequence[Post]) -> Extent:
    """South, west, north, east (degrees) around a unit (row of table `units`) and its posts.

    Longitudes are counted from the country, so that a line across 180 degrees stays one line.
    """
    lat, lon = float(unit["label_lat"]), float(unit["label_lon"])
    main = extent or (lat, lon, lat, lon)
    places = [(post.lat, post.lon) for post in posts]
    places.append((float(unit["seat_lat"]), float(unit["seat_lon"])))
    away = [(south, lon + (east - lon + 180) % 360 - 180) for south, east in places]
    south = min([main[0], *(place[0] for place in away)])
    north = max([main[2], *(place[0] for place in away)])
    west = min([main[1], *(place[1] for place in away)])
    east = max([main[3], *(place[1] for place in away)])
    tall = max((north - south) * (1 + 2 * RIM), LEAST)
    middle = (north + south) / 2, (east + west) / 2
    narrow = max(cos(radians(middle[0])), 0.3)
    across = max((east - west) * (1 + 2 * RIM), tall * RATIO / narrow)
    tall = max(tall, across * narrow / RATIO)
    return (
        max(middle[0] - tall / 2, -80.0),
        middle[1] - across / 2,
        min(middle[0] + tall / 2, 84.0),
        middle[1] + across / 2,
    )
