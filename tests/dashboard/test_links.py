"""Addresses: which mean the same to a reader of another machine, what stays on its page."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

import dashboard
from dashboard.filters import Filters
from dashboard.links import OF_A_PAGE, is_shareable, permalink
from geo.ranking import Scaling


@pytest.mark.parametrize(
    "address",
    [
        *(
            "http://127.0.0.1:8501",
            "http://localhost:8501",
            "http://app.localhost",
            "http://[::1]:80",
        ),
        *("http://0.0.0.0:8501", "http://10.1.2.3", "http://192.168.1.4:8501", "http://172.17.0.2"),
        *("http://169.254.1.1", "http://laptop-17:8501", "http://macbook.local", "http://pc.lan."),
        *("http://x.home.arpa", "http://a.localdomain", "http://a.test", ""),
    ],
)
def test_what_one_machine_or_home_knows_is_no_address_for_others(address: str) -> None:
    assert not is_shareable(address)


@pytest.mark.parametrize(
    "address",
    ["https://atlas.example.org/politie", "https://atlas.minjenv.nl:8443", "http://8.8.8.8/"],
)
def test_a_name_of_the_web_is_one(address: str) -> None:
    assert is_shareable(address)


def test_the_browser_leaves_behind_what_is_open_on_one_page() -> None:
    script = (Path(dashboard.__path__[0]) / "static" / "shell.js").read_text("utf-8")
    [listed] = re.findall(r"const OPENED = \[(.*?)\]", script)
    assert re.findall(r'"(\w+)"', listed) == [*chain.from_iterable(OF_A_PAGE.values())]


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("network", "/netwerk?release=r&taal=nl&org=NP&land=OMN"),
        ("compare", "/vergelijken?release=r&taal=nl&org=NP&land=OMN&links=NP&rechts=KMar"),
        ("missions", "/missies?release=r&taal=nl&org=NP&land=OMN&kaartdatum=2023-11-24"),
        ("whatif", "/wat-als?release=r&taal=nl&org=NP&land=OMN&scenario=r~~close.1"),
        ("search", "/zoeken?release=r&taal=nl&org=NP"),
        ("mission_years", "/missies-sinds-1990?release=r&taal=nl&org=NP&land=OMN&missie=OSC"),
    ],
)
def test_an_address_carries_no_choice_of_another_page(page: str, address: str) -> None:
    choices = {"sides": ("NP", "KMar"), "shown": "2023-11-24", "scenario": "r~~close.1"}
    filters = Filters("r", land="OMN", organisations=("NP",), mission="OSC", **choices)
    assert permalink("", page, filters) == address


WEIGHED = "weging=population:1"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("network", set()),
        ("network_load", set()),
        ("network_history", set()),
        ("country", set()),
        ("mission_years", set()),
        ("compare", {"beeld=europe"}),
        ("missions", {"beeld=europe"}),
        ("coverage", {"beeld=europe", "kleur=distance"}),
        ("overview", {"beeld=europe", "kleur=distance"}),
        ("whatif", {"beeld=europe", WEIGHED, "vorm=log"}),
        ("planning", {"beeld=europe", WEIGHED, "vorm=log", "jaar=2020"}),
        (
            "gaps",
            {"beeld=europe", WEIGHED, "vorm=log", "jaar=2020", "rang=all", "soort=single"},
        ),
    ],
)
def test_an_address_carries_how_a_map_and_a_ranking_look_only_where_there_is_one(
    page: str, expected: set[str]
) -> None:
    filters = Filters(
        "r",
        view="europe",
        colouring="distance",
        kinds=("single",),
        weights=(("population", 1),),
        ranked="all",
        scaling=Scaling(curve="log"),
        year="2020",
    )
    said = permalink("", page, filters).partition("?release=r&taal=nl")[2]
    assert {*filter(None, said.split("&"))} == expected


def test_a_presentation_and_the_files_carry_every_choice() -> None:
    filters = Filters("r", sides=("NP", "KMar"), tour=("netwerk",))
    for page in ("present", "downloads"):
        assert permalink("", page, filters).endswith("&links=NP&rechts=KMar&tour=netwerk")
