"""Frames for notebooks: the numbers of the documents, and the same as the tables that leave."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest

from dashboard import theme
from dashboard.i18n import texts_of
from dashboard.open_data import tables
from data import atlas
from geo.errors import DataError
from geo.options import KINDS

R2025, R2013, R2023 = "bijlage-2025-11", "kst-31015-94", "bijlage-2023-12"


def test_numbers_of_the_annex() -> None:
    coverage = atlas.coverage()
    assert len(coverage) == 245 and coverage["iso3"].is_unique
    assert coverage["is_covered"].sum() == 138
    assert (coverage["postings"][coverage["is_covered"].eq(True)] == 1).sum() == 78
    assert atlas.coverage(organisations="NP")["is_covered"].sum() == 96
    posts = atlas.postings()
    officers = posts[posts["kind"] == "LO"]
    assert officers["status"].value_counts().to_dict() == {"active": 54, "planned": 1}
    assert atlas.missions(R2025)["officers"].sum() == 34
    assert atlas.newest() == R2025


def test_what_a_letter_does_not_mention_is_missing() -> None:
    known = atlas.coverage(R2013).set_index("iso3")["is_covered"]
    assert known["AFG"] is pd.NA and known.notna().sum() < 20


def test_layers_count_where_they_are_chosen() -> None:
    # The Marechaussee's post in Brazil is still to be decided.
    without, planned = (
        atlas.coverage(organisations="KMar", planned=counts).set_index("iso3")["state"]
        for counts in (False, True)
    )
    assert planned["BRA"] == "planned" != without["BRA"]
    assert "planned" not in set(without)
    # Two printed regions have eleven members; Curaçao has a post of its own.
    assert atlas.coverage(regions=False)["is_covered"].sum() == 138 - 10


@pytest.mark.usefixtures("module_store")
@pytest.mark.parametrize("release", [R2025, R2013])
def test_the_same_as_the_data_package(release: str) -> None:
    ours, theirs = atlas.coverage(release), tables.coverage(release)
    both = ours.merge(theirs, on="iso3", suffixes=("", "_package"))
    assert len(both) == len(theirs)
    for name in ("state", "is_covered", "postings", "cities", "distance_km", "name_nl"):
        left, right = (both[column].astype(object) for column in (name, f"{name}_package"))
        same = (left == right) | (left.isna() & right.isna())
        assert same.all(), name
    served, package = atlas.accreditations(release), tables.accreditations(release)
    assert len(served) == len(package)
    assert served["distance_km"].sum() == package["distance_km"].sum()


@pytest.mark.usefixtures("module_store")
def test_gaps_and_their_order_as_in_the_data_package() -> None:
    flags = tables.coverage(R2025).set_index("iso3")
    order = tables.gaps(R2025).set_index("iso3")
    ours = atlas.gaps().set_index("iso3")
    assert "NLD" not in ours.index and len(ours) == 244
    for kind in KINDS:
        assert ours[kind].equals(flags[f"gap_{kind}"].reindex(ours.index)), kind
    assert (
        ours["score"].astype(float).equals(order["score_points"].reindex(ours.index).astype(float))
    )
    assert ours["rank"].equals(order["rank"].reindex(ours.index))


def test_geometry_is_in_degrees_and_can_be_written(tmp_path) -> None:
    for name, frame in {
        "coverage": atlas.coverage(),
        "gaps": atlas.gaps(),
        "postings": atlas.postings(),
        "units": atlas.units(),
    }.items():
        assert frame.crs.to_epsg() == 4326
        frame.to_file(tmp_path / f"{name}.gpkg", layer=name)
        again = gpd.read_file(tmp_path / f"{name}.gpkg")
        assert len(again) == len(frame) and list(again["iso3"].isna()) == list(frame["iso3"].isna())
    posts = atlas.postings()
    here = posts[posts["city"] == "Nairobi"].geometry.iloc[0]
    assert abs(here.x - 36.8) < 0.1 and abs(here.y + 1.3) < 0.1  # east and south
    assert posts.geometry[posts["city"].isna()].isna().all()


@pytest.mark.parametrize(
    ("ask", "code", "names"),
    [
        (lambda: atlas.coverage("none"), "no_such_release", R2025),
        (lambda: atlas.coverage(R2023), "no_network_table", R2025),
        (lambda: atlas.gaps(R2013), "needs_of_partial_release", R2013),
        (lambda: atlas.missions(R2013), "no_missions_table", R2025),
    ],
)
def test_what_cannot_be_told_is_an_error(ask, code: str, names: str) -> None:
    with pytest.raises(DataError) as refused:
        ask()
    assert refused.value.code == code and names in str(refused.value)


def test_an_organisation_there_is_not() -> None:
    with pytest.raises(ValueError, match="'AIVD'; choose from NP, KMar"):
        atlas.coverage(organisations=["NP", "AIVD"])


def test_a_map_has_the_colours_of_the_app_and_its_line_on_borders() -> None:
    for state, (colour, _) in atlas.STATES.items():
        if state != "planned":  # hatched in the app
            assert colour == theme.fill(state)
    assert atlas.BORDERS.startswith(texts_of("en")("provenance.borders").replace(" on the map", ""))
