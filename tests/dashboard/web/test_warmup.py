"""What most readers choose is there before they come."""

from __future__ import annotations

import pytest

from dashboard import snapshot
from dashboard.exports import map_plane
from dashboard.i18n import texts_of
from dashboard.subjects.overview import Overview
from dashboard.web import warmup


def test_each_organisation_the_dutch_two_and_each_view():
    chosen = [(filters.organisations, filters.view) for filters in warmup.choices()]
    alone = [((name,), "") for name in ("NP", "KMar", "GPI")]
    assert {((), ""), (("NP", "KMar"), ""), ((), "africa"), *alone} <= set(chosen)


def test_what_a_reader_of_one_organisation_sees_is_computed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(warmup, "PAUSE", 0)
    monkeypatch.setattr(warmup, "PAGES", ("overview",))
    monkeypatch.setattr(warmup.static_files, "pack", lambda leaving, pause: None)
    [filters] = [each for each in warmup.choices() if each.organisations == ("KMar",)]
    monkeypatch.setattr(warmup, "choices", lambda: [filters])
    warmup.warm_up(lambda: False)
    found = snapshot.report_of(Overview, texts_of("nl"), filters)
    assert "title" in found.__dict__  # the sentence has been made


def test_the_missions_of_each_continent_and_no_other_page_of_it():
    continents = ("Africa", "Americas", "Asia", "Europe", "Oceania")
    chosen = {filters.area: warmup.pages(filters) for filters in warmup.choices() if filters.area}
    assert chosen == dict.fromkeys(continents, ("missions",))


def test_a_process_that_leaves_warms_nothing_up(monkeypatch: pytest.MonkeyPatch):
    def forbidden(*_: object) -> None:
        raise AssertionError("a report was made")

    monkeypatch.setattr(warmup.catalogue, "report", forbidden)
    warmup.warm_up(lambda: True)


def test_the_shapes_of_still_maps_are_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(warmup, "PAUSE", 0)
    monkeypatch.setattr(warmup, "choices", list)
    monkeypatch.setattr(warmup, "_questions", lambda: None)
    monkeypatch.setattr(warmup.static_files, "pack", lambda leaving, pause: None)
    map_plane.shapes.cache_clear()
    warmup.warm_up(lambda: False)
    read = map_plane.shapes.cache_info().misses
    for level in ("world", "region"):
        map_plane.shapes(level)
    assert map_plane.shapes.cache_info().misses == read
