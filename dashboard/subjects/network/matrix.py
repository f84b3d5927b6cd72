"""Which post serves which country, with the distance: as a matrix of one part, and as a list."""

from __future__ import annotations

import pandas as pd

from dashboard import rows, snapshot, wording
from dashboard.report import Block, Cell, Form, Table, Text
from dashboard.rows import Rows
from dashboard.snapshot import memoized
from dashboard.subjects.network.load import post_label
from dashboard.subjects.network.posts import Network
from data.load import reference
from geo import dossier
from geo.coverage import HOME
from geo.names.normalise import key

COLUMNS = 14  # posts beside each other that fit a page; the list has them all


@memoized
def _served(net: Network) -> pd.DataFrame:
    """A row per active post and country that it serves; `SERVING`, iso3, its part and its name.

    `distance_km` runs from the seat of the country's government to the post, whole km; missing
    where no city is printed.
    """
    network, units = (
        snapshot.network(net.filters.release, net.t.language),
        reference("units"),
    )
    serving = dossier.serving_by_unit(
        units, network.postings, network.accreditations, net.filters.choice
    )
    inside = serving["iso3"].isin(snapshot.in_area(net.filters.area)) & (serving["iso3"] != HOME)
    serving = serving[inside & (serving["status"] == "active")]
    parts = units.set_index("iso3")["subregion"]
    names = net.frames.loads.set_index(["kind", "row"])["name"]
    places = pd.MultiIndex.from_frame(serving[["kind", "row"]])
    return serving.assign(
        part=serving["iso3"].map(parts),
        land=serving["iso3"].map(snapshot.names(net.t.language)),
        name=names.reindex(places).to_numpy(),
    )


def parts(net: Network) -> list[str]:
    """The parts of the world with a country that is served, most such countries first."""
    count = _served(net).groupby("part")["iso3"].nunique()
    return sorted(map(str, count.index), key=lambda part: (-int(count[part]), part))


def _distance(net: Network, km: object, at_home: bool) -> Cell:
    if pd.isna(km):  # type: ignore[call-overload]
        return Cell(net.t("parts.no_distance"))
    if at_home:
        return Cell(net.t("parts.here"), 0)
    return Cell(net.t.number(float(str(km))), float(str(km)), form=Form(grouped=True))


@memoized
def matrix(net: Network, part: str) -> Table:
    """The countries of a part against the posts that serve them, with the kilometres.

    The post that serves most of them stands first; an empty cell is a post that does not serve it.
    """
    t, serving = net.t, _served(net)
    serving = serving[serving["part"] == part]
    posts = serving.groupby(["kind", "row"], sort=False).agg(
        {"name": "first", "organisation": "first", "iso3": "nunique"}
    )
    posts = posts.sort_values(["iso3", "name"], ascending=[False, True], kind="stable")
    drawn = posts.head(COLUMNS)
    kilometres = {
        (row["iso3"], row["kind"], row["row"]): _distance(
            net, row["distance_km"], row["host"] == row["iso3"]
        )
        for row in serving.to_dict("records")
    }
    lands = serving.drop_duplicates("iso3").sort_values("land", key=lambda names: names.map(key))
    table: Rows = [
        [
            Cell(land, href=rows.dossier(iso3), iso3=iso3),
            *(kilometres.get((iso3, kind, row), "") for kind, row in drawn.index),
        ]
        for iso3, land in zip(lands["iso3"], lands["land"], strict=True)
    ]
    labels = [post_label(t, dict(row)) for row in drawn.to_dict("records")]
    title = t("parts.matrix_title", area=t.area(part))
    if len(posts) > len(drawn):
        title = f"{title} ({t('parts.matrix_more', n=len(drawn), all=len(posts))})"
    # Two posts of one organisation in one city need a number, or a column would be said twice.
    headers = [
        f"{label} {labels[: at + 1].count(label)}" if labels.count(label) > 1 else label
        for at, label in enumerate(labels)
    ]
    name = f"matrix_{part.lower().replace(' ', '_')}"
    heads, source = [t("column.country"), *headers], net.source(_cited(net, serving))
    return Table(name, title, heads, table, source, [net.document])


def _cited(net: Network, pairs: pd.DataFrame) -> pd.DataFrame:
    return net.frames.loads.merge(pairs[["kind", "row"]].drop_duplicates(), on=["kind", "row"])


@memoized
def pairs(net: Network) -> Table:
    """Every country with each post that serves it: a row each, with kilometres and place."""
    t, serving = net.t, _served(net)
    ordered = serving.assign(order=serving["land"].map(key)).sort_values(
        ["order", "distance_km", "row"], na_position="last", kind="stable"
    )
    table: Rows = [
        [
            Cell(row["land"], href=rows.dossier(row["iso3"]), iso3=row["iso3"]),
            post_label(t, row),
            _distance(net, row["distance_km"], row["host"] == row["iso3"]),
            t(f"basis.{row['basis']}") if t.has(f"basis.{row['basis']}") else str(row["basis"]),
            wording.citation(t, row),
        ]
        for row in ordered.to_dict("records")
    ]
    heads = [t("column.country"), t("network.column_post"), t("column.distance")]
    heads += [t("column.basis"), t("column.place")]
    source = net.source(_cited(net, serving))
    return Table("distances", t("parts.pairs"), heads, table, source, [net.document])


def blocks(net: Network) -> list[Block]:
    """The list as it stands in a file, before it the matrix of each part of a chosen area.

    Of the whole world only the matrix of the part with most countries: the list has all.
    """
    if _served(net).empty:
        return []
    of_parts = parts(net) if net.filters.area else parts(net)[:1]
    return [
        Text(net.t("parts.matrix_text")),
        *(matrix(net, part) for part in of_parts),
        pairs(net),
    ]
