"""What is sent to the browser, and that none of it names another host."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest
from folium.elements import JSCSSMixin

from dashboard import theme
from dashboard.figures import map_elements, map_files, maps, views

WORDS = {key: key for key in maps.WORDS}
UNITS = pd.DataFrame(
    [
        ("NLD", "Nederland", "Netherlands", "state", 35_000),
        ("KEN", "Kenia", "Kenya", "state", 580_000),
        ("UGA", "Oeganda", "Uganda", "state", 241_000),
        ("BRB", "Barbados", "Barbados", "state", 430),
        ("CHE", "Zwitserland", "Switzerland", "state", 41_000),
        ("FJI", "Fiji", "Fiji", "state", 18_000),
    ],
    columns=["iso3", "name_nl", "name_en", "kind", "area_km2"],
)


def row(iso3, state, organisations=(), cities=(), km=None, basis=(), postings=0, filo=False):
    return {
        "iso3": iso3,
        "state": state,
        "postings": postings,
        "organisations": list(organisations),
        "cities": list(cities),
        "distance_km": km,
        "basis": list(basis),
        "filo": filo,
    }


COVERAGE = pd.DataFrame(
    [
        row("NLD", "home"),
        row("KEN", "post", ["KMar", "NP"], ["Nairobi"], 0.2, ["named"], 2),
        row("UGA", "accredited", ["NP"], ["Nairobi"], 505.6, ["named"], 1),
        row("BRB", "accredited", ["NP"], ["Santo Domingo"], 1249.5, ["region"], 1),
        row("CHE", "planned", [""], ["Bern"], None, ["host"]),
        row("FJI", "none"),
    ]
)
POSTINGS = pd.DataFrame(
    [
        ("LO", 1, "NP", "Nairobi", "KEN", -1.2833, 36.8167, "active"),
        ("LO", 2, "KMar", "Nairobi", "KEN", -1.2833, 36.8167, "active"),
        ("LO", 3, "NP", "Santo Domingo", "DOM", 18.4719, -69.8923, "active"),
        ("LO", 4, None, "Bern", "CHE", 46.9481, 7.4474, "planned"),
        ("FILO", 1, "NP", "Driebergen", "NLD", 52.05, 5.28, "active"),
    ],
    columns=["kind", "row", "organisation", "city", "host", "lat", "lon", "status"],
)
ACCREDITATIONS = pd.DataFrame(
    [
        ("LO", 1, "KEN"),
        ("LO", 1, "UGA"),
        ("LO", 2, "KEN"),
        ("LO", 3, "BRB"),
        ("LO", 4, "CHE"),
        ("FILO", 1, "UGA"),
    ],
    columns=["kind", "row", "iso3"],
)


def payload(selected=None, layers=("posts", "links"), coverage=COVERAGE, **options):
    return maps.payload(
        coverage, POSTINGS, ACCREDITATIONS, UNITS, selected, layers, "nl", WORDS, **options
    )


def test_a_map_that_is_not_about_posts_has_none() -> None:
    nobody = pd.DataFrame()
    layers = {"posts", "links"}
    sent = maps.payload(COVERAGE, nobody, nobody, UNITS, "KEN", layers, "nl", WORDS)
    assert (sent["posts"], sent["served"], sent["links"]) == ([], [], [])
    assert sent["units"].keys() >= {"KEN", "UGA"}


def drawn(sent, iso3):
    """The style class a country ends up with in the browser."""
    found = sent["units"].get(iso3)
    return sent["classes"][found[0]] if found else sent["rest"]


@pytest.mark.parametrize(
    ("iso3", "expected"),
    [
        ("NLD", "home"),
        ("KEN", "post-NP-KMar"),
        ("UGA", "accredited-NP"),
        ("BRB", "region-NP"),
        ("CHE", "planned-X"),
        ("FJI", "none"),
    ],
)
def test_each_state_becomes_its_style_class(iso3, expected):
    """What is told names the organisations; how it is drawn does not: one question at a time."""
    assert drawn(payload(), iso3) == expected
    sent = payload()
    row = sent["units"].get(iso3)
    assert (sent["looks"][row[0]] if row else sent["rest"]) == expected.partition("-")[0]


def test_tooltip_facts_travel_with_the_colour():
    sent = payload()
    _, postings, km, cities = sent["units"]["UGA"]
    assert (postings, km, [sent["cities"][c] for c in cities]) == (1, 506, ["Nairobi"])


def test_uncovered_countries_cost_nothing():
    assert "FJI" not in payload()["units"]


def test_a_small_map_names_what_it_draws_and_leaves_out_the_rest():
    sent = payload(small={"NP": {"UGA": "accredited-NP", "KEN": "other", "FJI": "none"}})
    assert sent["small"] == {"NP": {"accredited-NP": ["UGA"], "other": ["KEN"]}}


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
def test_a_partial_release_leaves_the_rest_unknown_never_uncovered(missing):
    partial = pd.DataFrame([row("KEN", "post", ["NP"]), row("UGA", missing), row("FJI", missing)])
    sent = payload(coverage=partial)
    assert [drawn(sent, i) for i in ("KEN", "UGA", "FJI", "CHE")] == ["post-NP", *["unknown"] * 3]


def test_one_mark_per_city_with_each_organisation_s_number():
    marks = {mark[2]: mark for mark in payload()["posts"]}
    assert marks["KEN"][4] == [["NP", 1], ["KMar", 1]]
    assert marks["KEN"][:2] == [-1.28, 36.82]
    assert set(marks) == {"KEN", "DOM"}, "no FILO, nothing planned"


def test_planned_postings_come_as_a_layer():
    marks = {mark[2]: mark for mark in payload(layers={"posts", "planned"})["posts"]}
    assert marks["CHE"][4:] == [[["X", 1]], 1] and marks["KEN"][5] == 0


def test_links_run_from_the_posts_that_serve_the_selected_country():
    assert payload("BRB")["links"] == [[18.47, -69.89, "BRB", "NP", 0]]


def test_links_run_from_a_country_s_own_posts_to_their_work_area():
    assert payload("KEN")["links"] == [[-1.28, 36.82, "UGA", "NP", 1]]


def test_no_selection_no_links():
    assert payload()["links"] == [] and payload("KEN", layers={"posts"})["links"] == []


def test_filo_coverage_is_marked_only_on_its_layer():
    flexible = pd.DataFrame([row("UGA", "none", filo=True)])
    assert payload(coverage=flexible, layers={"filo"})["units"]["UGA"][4:] == [1]
    assert payload(coverage=flexible, layers=set())["units"].get("UGA", [0] * 4)[4:] == []


def test_the_work_area_of_a_post_is_sent_per_organisation_nearest_first():
    """Nairobi: the officer of the NP serves Kenya, Uganda, and Fiji through a region."""
    far = pd.DataFrame(
        [
            ("LO", 1, "FJI", "region", 15000.4),
            ("LO", 1, "KEN", "named", 0.2),
            ("LO", 1, "UGA", "named", 505.6),
            ("LO", 2, "UGA", "named", 505.6),
            ("FILO", 1, "UGA", "area", None),  # who has no seat lies at no distance
        ],
        columns=["kind", "row", "iso3", "basis", "km"],
    )
    sent = maps.payload(COVERAGE, POSTINGS, far, UNITS, None, {"posts", "filo"}, "nl", WORDS)
    nairobi = next(n for n, post in enumerate(sent["posts"]) if post[2] == "KEN")
    assert sent["posts"][nairobi][4] == [["NP", 1], ["KMar", 1]]
    assert sent["served"][nairobi] == [["KEN", 1, "UGA", 506, "FJI", -15000], ["UGA", 506]]
    assert len(sent["served"]) == len(sent["posts"])
    assert "links:" not in maps.layer(sent).call, "the browser draws them itself"


def test_a_view_names_its_bounds_and_only_regions_have_a_centre_of_their_own():
    assert payload()["centre"] is None
    sent = payload(view="europe")
    south, west, north, east = sent["bounds"]
    lat, lon, wide = sent["centre"]
    assert south < lat < north and west < lon < east and not wide
    assert payload(view="asia_oceania")["centre"][2] == 1
    assert {"world", "europe", "africa"} < set(views.VIEWS) and len(views.VIEWS) == 6


@pytest.mark.parametrize("options", [{"selected": "XXX"}, {"view": "moon"}])
def test_what_does_not_exist_is_refused(options):
    with pytest.raises(ValueError, match=r"XXX|moon"):
        payload(**options)


def test_a_missing_word_is_found_at_once():
    with pytest.raises(KeyError, match="zoom_in"):
        words = {key: "" for key in maps.WORDS if key != "zoom_in"}
        maps.payload(COVERAGE, POSTINGS, ACCREDITATIONS, UNITS, None, (), "nl", words)


def test_names_and_words_cannot_break_out_of_the_script():
    nasty = pd.DataFrame([row("KEN", "post", ["NP"], ["</script><b>{{ 'x' }}"])])
    text = maps.layer(payload(coverage=nasty)).call
    assert "<" not in text and "{{" not in text
    assert "cities:['\\u003c/script>\\u003cb>{ { \\'x\\' }}" in text


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ({"last_object_clicked_tooltip": "KEN:abc"}, "KEN"),
        ({"last_object_clicked_tooltip": ":abc"}, None),
        ({"last_object_clicked_tooltip": None}, None),
        ({}, None),
        (None, None),
    ],
)
def test_clicked(result, expected):
    assert maps.clicked(result) == expected


def test_the_base_map_is_the_same_text_each_time():
    """streamlit-folium remounts the map when this text changes."""
    first, second = (maps.base_map() for _ in range(2))
    texts = [m._template.module.script(m).replace(m.get_name(), "map") for m in (first, second)]
    assert texts[0] == texts[1] and "Atlas.start" in texts[0]
    assert "user-scalable" not in first._template.module.header(first)


def test_no_folium_element_knows_another_host():
    waiting = [JSCSSMixin]
    while waiting:
        element = waiting.pop()
        waiting.extend(element.__subclasses__())
        links = [*element.default_js, *element.default_css]
        assert not [link for _, link in links if re.match(r"(https?:)?//", link)], element
    frame = maps.base_map()
    assert [*frame.default_js, *frame.default_css] == []  # named by the frame's document
    links = map_elements.links(map_elements.LOADED)
    assert links and all(link.startswith("../../app/static/") for link in links)


def test_every_linked_file_exists_and_what_is_drawn_is_asked_for():
    for path in (*map_elements.SCRIPTS, *map_elements.STYLES, *map_elements.DRAWN):
        assert (map_elements.STATIC / path).is_file()
    # The same addresses as in the frame's document, or all of it would travel twice.
    text = (map_elements.STATIC / "map" / "load.js").read_text(encoding="utf-8")
    assert all(
        f'get("{path.removeprefix("map/")}")' in text.replace("../", "")
        for path in map_elements.DRAWN
    )
    script = map_elements.bundle()
    for path in map_elements.SCRIPTS[2:]:
        assert (map_elements.STATIC / path).read_text("utf-8") in script, path


def test_our_own_browser_files_name_no_other_host():
    ours = [*(map_elements.STATIC / "map").glob("*.*"), *map_elements.STATIC.glob("*.*s*")]
    for path in ours:
        hosts = re.findall(r"https?://(?!www\.w3\.org/2000/svg)[^\s\"')]+", path.read_text("utf-8"))
        assert not hosts, path.name


def test_built_files_match_their_sources():
    for name, text in map_files.files(*map_files.tables()).items():
        assert (map_files.FOLDER / name).read_text("utf-8") == text, (
            f"{name} lags behind; run python -m dashboard.figures.map_files"
        )


def test_built_classes_cover_all_the_payload_can_name():
    built = json.loads((map_files.FOLDER / "classes.json").read_text("utf-8"))
    for scheme in ("day", "night"):
        assert set(payload()["looks"]) <= set(built[scheme]["styles"])
        assert set(built[scheme]["styles"]) == {*theme.classes(), "ground"}
    patterns = set(re.findall(r'pattern id="([^"]+)"', built["defs"]))
    fills = [style[0] for each in ("day", "night") for style in built[each]["styles"].values()]
    assert {fill[5:-1] for fill in fills if fill.startswith("url(#")} == patterns


def test_uninhabited_land_has_the_colour_of_the_ground_and_no_unit():
    built = json.loads((map_files.FOLDER / "classes.json").read_text("utf-8"))
    assert sorted(built["ground"]) == "ATF BVT HMD IOT SGS UMI XPI".split()
    assert built["ground"]["BVT"] == ["Bouveteiland", "Bouvet Island", -54.42, 3.42]
    assert built["day"]["styles"]["ground"] == [theme.PAPER, theme.COAST, 0.5, -1]
    units = json.loads((map_files.FOLDER / "units.json").read_text("utf-8"))
    assert len(units) == 245 and not set(built["ground"]) & set(units) and "XNC" not in units
