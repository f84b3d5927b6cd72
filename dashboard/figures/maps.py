"""Frames -> the map: what streamlit-folium is given, and what it gives back.

`payload` decides everything that is drawn; `base_map` and `layer` only carry it. The renderer in
the browser can therefore be replaced without touching a page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from dashboard import theme
from dashboard.figures import labelling
from dashboard.figures.colouring import by_state, drawn_state
from dashboard.figures.views import FRAMES
from dashboard.i18n import texts_of

if TYPE_CHECKING:
    import folium

    from dashboard.figures.map_elements import Change

# The words the map speaks, by key; the page passes them in its language.
# {n}, {cities}, {km} are filled in by the map.
WORDS = (
    *("map", "title", "role", "chosen", "released", "zoom_in", "zoom_out", "credit", "failed"),
    *("posting", "postings", "from", "distance", "filo"),
    *("post", "accredited", "region", "planned", "none", "home", "unknown", "ground", "outside"),
    *(*theme.CHANGES, *theme.GAPS, "covered", *theme.SIDES, "mission", "mission_region"),
    *("org_NP", "org_KMar", "org_GPI", "org_X", "short_X"),
    *("post_chosen", "card", "close", "officer", "officers", "serves_one", "serves", "via", "here"),
    *("serves_none", "is_planned", "who", "missions", "dossier", "hint", "most", "europe"),
    *("caribbean", "hint_stage", "most_of", "outside_chosen"),
)

# The one thing that travels back; anything more would rerun the page on every wheel step.
RETURNED = ["last_object_clicked_tooltip"]


def base_map() -> folium.Map:
    """A fresh map, the same text every time (never cache it: the old layer is baked in)."""
    from dashboard.figures.map_elements import Frame  # only a page needs it, and it loads slowly

    return Frame()


def layer(payload: Mapping[str, Any]) -> Change:
    """The change to show, for `st_folium(feature_group_to_add=...)`."""
    from dashboard.figures.map_elements import Change, literal

    return Change(f"Atlas.update({literal(packed(payload))})")


def layer_at(address: str) -> Change:
    """The same for a map whose data stands at an address, see `dashboard.web.map_data`."""
    from dashboard.figures.map_elements import Change, literal

    return Change(f"Atlas.show({literal(address)})")


def packed(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A payload as it is sent, shorter by what the browser has or can make.

    Where there is `served` it draws the links of whatever is chosen from it, and it knows the
    usual words.
    """
    usual = texts_of(payload["lang"]).group("map")
    words = {key: text for key, text in payload["words"].items() if text != usual.get(key)}
    left_out = "links" if any(map(any, payload["served"])) else ""
    sent = {name: value for name, value in payload.items() if name != left_out}
    # Lists of codes travel as one text each: atlas.js takes them apart.
    return sent | {
        "words": words,
        "first": " ".join(payload["first"]),
        "served": [["".join(map(str, area)) for area in post] for post in payload["served"]],
    }


def clicked(result: Mapping[str, Any] | None) -> str | None:
    """The country a reader chose on the map (ISO 3166-1 alpha-3), None when let go or never.

    >>> clicked({"last_object_clicked_tooltip": "ECU:lx3f9"}), clicked({}), clicked(None)
    ('ECU', None, None)
    """
    text = (result or {}).get("last_object_clicked_tooltip") or ""
    return str(text).split(":")[0] or None


def _listed(value: Any) -> list[str]:
    """A list cell as a list; missing cells are empty."""
    if isinstance(value, str):
        return [value]
    return list(value) if isinstance(value, Iterable) else []


def _present(value: Any) -> bool:
    return value is not None and not (pd.api.types.is_scalar(value) and pd.isna(value))


def _centre(box: tuple[float, float, float, float]) -> list[float]:
    """Where a regional projection is truest: the middle of a box, and 0.

    A box of half a globe around the Pacific gets the meridian of 150 east and 1: its projection is
    then cut at 30 west, in the Atlantic, where the cut runs through no country but Greenland.
    """
    south, west, north, east = box
    if east - west > 100 and east > 180:
        return [(south + north) / 2, 150, 1]
    return [(south + north) / 2, (west + east) / 2, 0]


class _Index(dict[str, int]):
    """Numbers texts in order of first use, so each travels once."""

    def __missing__(self, text: str) -> int:
        self[text] = len(self)
        return self[text]


def _units(
    coverage: pd.DataFrame,
    looks: Mapping[str, str],
    classes: dict[tuple[str, str], int],
    cities: _Index,
    filo: bool,
) -> dict[str, Any]:
    """iso3 -> [class, postings, km, cities, FILO]; `classes` numbers pairs of class and look."""
    rows: dict[str, Any] = {}
    names = ("iso3", "state", "basis", "organisations", "cities", "distance_km", "postings", "filo")
    cells = (
        coverage[name].tolist() if name in coverage else [None] * len(coverage) for name in names
    )
    for iso3, kind, basis, serving, posted, km, count, flexible in zip(*cells, strict=True):
        state = drawn_state(kind, _listed(basis))
        on_filo = bool(filo and flexible)
        pair = theme.style_class(state, _listed(serving)), looks[iso3]
        places = [cities[c] for c in _listed(posted)]
        rows[iso3] = [
            classes.setdefault(pair, len(classes)),
            int(count) if count is not None and _present(count) else 0,
            round(float(km)) if km is not None and _present(km) else 0,
            places,
            *([1] if on_filo else []),
        ]
    return rows


def _rest(
    rows: dict[str, Any], classes: Mapping[tuple[str, str], int], count: int
) -> tuple[str, dict[str, Any]]:
    """The state that most units have, "none" or in a partial release "unknown", and the others."""
    is_none = any(name == "none" for name, _ in classes) and len(rows) == count
    rest = "none" if is_none else "unknown"
    if (rest, rest) in classes:
        rows = {iso: row for iso, row in rows.items() if row != [classes[rest, rest], 0, 0, []]}
    return rest, rows


def _panels(looks: Mapping[str, Mapping[str, str]], rest: str) -> dict[str, dict[str, list[str]]]:
    """Organisation -> look -> the units that have it in its small map; `rest` is left out."""
    panels: dict[str, dict[str, list[str]]] = {}
    for name, drawn in looks.items():
        panel = panels.setdefault(name, {})
        for iso3, look in drawn.items():
            if look != rest:
                panel.setdefault(look, []).append(iso3)
    return panels


class _Standing(NamedTuple):
    """A posting that stands somewhere: an LO in a city that has coordinates."""

    kind: str
    row: int
    host: str
    city: str
    status: str
    organisation: str  # its code
    lat: float
    lon: float

    @property
    def spot(self) -> tuple[str, str, str]:
        """What one mark on the map stands for: a city and a status."""
        return self.host, self.city, self.status

    @property
    def place(self) -> tuple[float, float]:
        """Where it is drawn, to a hundredth of a degree."""
        return round(self.lat, 2), round(self.lon, 2)


def _rows(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The cells of these columns row by row: a whole column at once, a ministry has thousands."""
    return zip(*(frame[name].to_numpy(dtype=object) for name in columns), strict=True)


def _drawn_posts(postings: pd.DataFrame, planned: bool) -> list[_Standing]:
    """The postings that stand somewhere; those still to be decided where they are `planned`."""
    if postings.empty:  # a map that is not about posts, whose frame has no columns either
        return []
    columns = ("kind", "row", "host", "city", "status", "organisation", "lat", "lon")
    return [
        _Standing(kind, row, host, city, status, theme.code(organisation), lat, lon)
        for kind, row, host, city, status, organisation, lat, lon in _rows(postings, *columns)
        if kind == "LO" and _present(lat) and (planned or status == "active")
    ]


def _posts(placed: list[_Standing], cities: _Index) -> list[list[Any]]:
    """One mark per city and status: [lat, lon, host, city, [[organisation, number]], planned]."""
    grouped: dict[tuple[str, str, str], list[_Standing]] = {}
    for post in placed:
        grouped.setdefault(post.spot, []).append(post)
    marks = []
    for (host, city, status), posts in sorted(grouped.items()):
        orgs = [post.organisation for post in posts]
        parts = [[key, orgs.count(key)] for key in theme.CODES if key in orgs]
        marks.append([*posts[0].place, host, cities[city], parts, int(status == "planned")])
    return marks


def standing(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload with those `posts` alone that stand on the map, and what they serve.

    Where it is about one organisation they are of that one; where an area was chosen they lie in it
    or serve a unit of it, or the selected one. The others are only told of, beside the map.
    """
    about, selected = payload["about"], payload["selected"]
    posts, served = [], []
    for post, areas in _with_areas(payload):
        pairs = zip(post[4], areas, strict=True)
        own = [(part, area) for part, area in pairs if about in ("", part[0])]
        reached = {post[2], *(iso for _, area in own for iso in area[::2])}
        if own and any(iso == selected or look_of(payload, iso) != "outside" for iso in reached):
            posts.append([*post[:4], [part for part, _ in own], post[5]])
            served.append([area for _, area in own])
    return {**payload, "posts": posts, "served": served}


def look_of(payload: Mapping[str, Any], iso3: str) -> str:
    """How a unit is drawn."""
    row = payload["units"].get(iso3)
    return str(payload["looks"][row[0]] if row else payload["rest"])


def posts_of_area(payload: Mapping[str, Any], area: Collection[str]) -> list[list[Any]]:
    """The `posts` of a payload that lie in an area or serve a unit of it; all where it is empty."""
    return [
        post
        for post, areas in _with_areas(payload)
        if not area or any(iso in area for own in ([post[2]], *areas) for iso in own[::2])
    ]


def _with_areas(payload: Mapping[str, Any]) -> Iterator[tuple[list[Any], list[list[Any]]]]:
    """Each post with what its organisations serve; of officers in missions that is nothing."""
    served = payload["served"]
    for number, post in enumerate(payload["posts"]):
        yield post, served[number] if number < len(served) else [[] for _ in post[4]]


def _officers(officers: pd.DataFrame, cities: _Index) -> list[list[Any]]:
    """The same form for officers in missions, whom no organisation of ours posts."""
    return [
        [
            *(round(float(row[axis]), 2) for axis in ("lat", "lon")),
            row["iso3"],
            cities[row["city"]],
            [[theme.IN_MISSION, int(row["officers"])]],
            0,
        ]
        for row in officers.to_dict("records")
    ]


def _served(placed: list[_Standing], accreditations: pd.DataFrame) -> list[list[list[Any]]]:
    """Per mark of `_posts`, per organisation of it: iso3 and whole km in turn, the nearest first.

    A negative distance is of a unit that is served through a region only. Two officers of one
    organisation at one post serve a unit once.
    """
    reached: dict[tuple[str, int], list[tuple[str, int]]] = {}
    if "km" in accreditations:
        drawn = {(post.kind, post.row) for post in placed}  # one without a place has no distances
        columns = ("kind", "row", "iso3", "km", "basis")
        for kind, number, iso3, distance, basis in _rows(accreditations, *columns):
            if (kind, number) not in drawn:
                continue
            km = max(1, round(float(distance)))
            signed = -km if basis == "region" else km
            reached.setdefault((kind, number), []).append((iso3, signed))
    areas: dict[tuple[str, str, str], dict[str, dict[str, int]]] = {}
    for post in placed:
        area = areas.setdefault(post.spot, {}).setdefault(post.organisation, {})
        for iso3, signed in reached.get((post.kind, post.row), ()):
            area[iso3] = max(signed, area.get(iso3, signed))
    return [
        [
            [item for iso3, km in sorted(parts[key].items(), key=_nearness) for item in (iso3, km)]
            for key in theme.CODES
            if key in parts
        ]
        for _, parts in sorted(areas.items())
    ]


def _nearness(item: tuple[str, int]) -> tuple[int, str]:
    return abs(item[1]), item[0]


def _links(
    placed: list[_Standing], accreditations: pd.DataFrame, selected: str | None
) -> list[list[Any]]:
    """[lat, lon of the post, country served, organisation, 1 when it leaves the selected one]."""
    if selected is None or not placed:
        return []
    posts = {(post.kind, post.row): post for post in placed}
    links = set()
    for kind, number, served in _rows(accreditations, "kind", "row", "iso3"):
        post = posts.get((kind, number))
        if post is None or served == post.host or selected not in (served, post.host):
            continue
        outward = int(post.host == selected)
        links.add((*post.place, served, post.organisation, outward))
    return [list(link) for link in sorted(links)]


def _check(view: str, selected: str | None, units: pd.DataFrame) -> None:
    """Raises ValueError where the map cannot show this."""
    if view not in FRAMES:
        raise ValueError(f"unknown view {view!r}; known are {', '.join(FRAMES)}")
    if selected is not None and selected not in set(units["iso3"]):
        raise ValueError(f"unknown country {selected!r}")


_GAPS = ("none", "uncovered", "lost", "mission_without_liaison")  # what a name should point at


def _symbols(
    posts: list[_Standing], officers: pd.DataFrame | None, cities: _Index
) -> list[list[Any]]:
    """What stands on the map: posts, and behind them the officers in missions."""
    in_missions = [] if officers is None else _officers(officers, cities)
    return [*_posts(posts, cities), *in_missions]


def _first(
    coverage: pd.DataFrame,
    units: pd.DataFrame,
    drawn: list[_Standing],
    looks: Mapping[str, str],
) -> list[str]:
    """The units that are named first: hosts, then gaps, none outside a chosen area.

    See `labelling.first`.
    """
    outside = {iso3 for iso3, look in looks.items() if look == "outside"}
    gaps = set(coverage.loc[coverage["state"].isin(_GAPS), "iso3"])
    return labelling.first(units, {post.host for post in drawn} - outside, gaps - outside)


def payload(
    coverage: pd.DataFrame,
    postings: pd.DataFrame,
    accreditations: pd.DataFrame,
    units: pd.DataFrame,
    selected: str | None,
    layers: Collection[str],
    language: str,
    texts: Mapping[str, str],
    *,
    view: str = "world",
    notes: Mapping[str, str] | None = None,
    officers: pd.DataFrame | None = None,
    looks: Mapping[str, str] | None = None,
    small: Mapping[str, Mapping[str, str]] | None = None,
    about: str = "",
    missions: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Everything the browser needs to draw one state of the map, as compact JSON-ready values.

    `coverage`: one row per unit for the chosen organisations; a unit without a row or without a
    state is unknown. `postings`, `accreditations`: the rows behind it, of one release and already
    filtered; FILO and multilateral rows draw no mark. `layers`: any of "posts", "links",
    "planned", "filo". `notes`: code -> one more line of plain text for the tooltip. `officers`:
    where officers in missions are, as iso3, city, lat, lon, officers. `looks`: code -> how the unit
    is drawn, where not by its state; `small`: organisation -> looks of a small map of its own;
    `about`: code of the one organisation that the map is about, see `standing`; `missions`: a line
    of plain text for each mission -> the codes of the units where it works, with a space between.
    Of a unit with the look "outside" the map tells nothing until a reader chooses it.
    Where `accreditations` have `km`, from the post to the unit, each work area is sent too.

    Of the result, `classes` are what is told of units and `looks` how they are drawn, in one order.
    `texts`: the keys of `WORDS`. Raises KeyError on a missing word, ValueError on an unknown
    state, view or selected country.
    """
    _check(view, selected, units)
    cities = _Index()
    classes: dict[tuple[str, str], int] = {}
    shown = _drawn_posts(postings, "planned" in layers)
    looks = looks or by_state(coverage)
    rows = _units(coverage, looks, classes, cities, "filo" in layers)
    rest, rows = _rest(rows, classes, len(units))
    drawn = [post for post in shown if about in ("", post.organisation)]
    return {
        "lang": language,
        "view": view,
        "bounds": list(FRAMES[view]),
        "centre": None if view == "world" else _centre(FRAMES[view]),
        "selected": selected,
        "classes": [name for name, _ in classes],
        "looks": [look for _, look in classes],
        "rest": rest,
        "small": _panels(small or {}, rest),
        "about": about,
        "units": rows,
        "posts": _symbols(shown if "posts" in layers else [], officers, cities),
        "first": _first(coverage, units, drawn, looks),
        "served": _served(shown, accreditations) if "posts" in layers else [],
        "missions": dict(missions or {}),
        "links": _links(drawn, accreditations, selected) if "links" in layers else [],
        "cities": list(cities),
        "notes": dict(notes or {}),
        "words": {key: texts[key] for key in WORDS},
    }
