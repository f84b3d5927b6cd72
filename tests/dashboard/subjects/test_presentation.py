"""The steps of a presentation say the same as what they were made of, and nonsense is left out."""

from __future__ import annotations

import pytest

from dashboard.filters import MOST_STEPS, Filters, Notice, ValidNames, to_query
from dashboard.links import from_query
from dashboard.report import Chart, Map, Text
from dashboard.subjects import catalogue, presentation

ANNEX = "bijlage-2025-11"
KNOWN = ValidNames(
    "r2", {"r1", "r2"}, {"ECU"}, {"South-Eastern Asia"}, {"2023-11-24", "2025-11-12"}
)


@pytest.mark.parametrize(
    ("page", "filters", "figure"),
    [
        ("overview", Filters("r2"), ""),
        ("gaps", Filters("r2", area="South-Eastern Asia", kinds=("single", "lost")), "ranking"),
        ("country", Filters("r2", land="ECU", organisations=("NP", "")), ""),
        ("compare", Filters("r2", sides=("NP+KMar", "GPI")), ""),
        ("whatif", Filters("r2", scenario="r2~Zonder%20Dubai~close.17~"), ""),
        ("missions", Filters("r2", dates=("2023-11-24", "2025-11-12"), shown="2023-11-24"), ""),
    ],
)
def test_a_step_comes_back_as_it_was(page: str, filters: Filters, figure: str) -> None:
    step = presentation.written(page, filters, figure)
    assert presentation.read(step, Filters("r2"), KNOWN) == presentation.Step(page, filters, figure)
    through, notices = from_query(to_query(Filters("r2", tour=(step,))), KNOWN)
    assert (through.tour, notices) == ((step,), ())


def test_a_step_is_shown_in_the_language_and_release_of_the_presentation() -> None:
    step = presentation.written("gaps", Filters("r2", "nl"))
    found = presentation.read(step, Filters("r1", "en"), KNOWN)
    assert found and (found.filters.release, found.filters.language) == ("r1", "en")


@pytest.mark.parametrize("step", ["nergens", "bronnen", "presenteren", "gegevens"])
def test_what_is_no_screen_to_present_is_left_out(step: str) -> None:
    assert presentation.read(step, Filters("r2"), KNOWN) is None
    assert [
        each.page for each in presentation.steps(Filters("r2", tour=(step, "missies")), KNOWN)
    ] == ["missions"]


def test_a_hostile_tour_is_noted_and_not_taken() -> None:
    query = {"tour": "missies;<script>;vlekken/x=javascript:alert(1);" + "missies;" * 50}
    filters, notices = from_query(query, KNOWN)
    assert filters.tour == ("missies",) * MOST_STEPS
    assert Notice("tour", "<script>") in notices


def test_without_a_tour_there_is_one_to_begin_with() -> None:
    found = presentation.steps(Filters("r2"), KNOWN)
    pages = ["overview", "gaps", "missions", "network_load", "compare"]
    assert [step.page for step in found] == pages


def test_a_step_to_a_part_that_moved_leads_there() -> None:
    """Steps that were written when the network was one page."""
    pages = {"carried": "network_load", "events": "network_history", "posts": "network"}
    for part, page in {**pages, "": "network"}.items():
        step = presentation.read(f"netwerk!{part}" if part else "netwerk", Filters("r2"), KNOWN)
        assert step and (step.page, step.figure) == (page, part)


def test_a_step_beyond_the_last_is_no_step() -> None:
    assert from_query({"stap": "3"}, KNOWN)[0].step == 2
    assert from_query({"stap": "6", "scenario": "r2~~close.17"}, KNOWN)[0].step == 5
    assert from_query({"stap": "6"}, KNOWN)[0].step == 0
    filters, notices = from_query({"stap": "0"}, KNOWN)
    assert filters.step == 0 and notices == (Notice("stap", "0"),)


def test_the_standard_steps_show_what_the_reader_chose_and_their_own_what_each_says() -> None:
    chosen = Filters("r2", organisations=("NP",), area="South-Eastern Asia", land="ECU")
    standard = presentation.steps(chosen, KNOWN)
    assert {step.filters.organisations for step in standard} == {("NP",)}
    assert {step.filters.area for step in standard} == {"South-Eastern Asia"}
    own = presentation.steps(
        Filters("r2", organisations=("NP",), tour=("vlekken/org=GPI", "missies")), KNOWN
    )
    assert [step.filters.organisations for step in own] == [("GPI",), ()]


def test_a_scenario_stays_out_of_a_step_that_does_not_show_it() -> None:
    chosen = Filters("r2", scenario="r2~~close.17", beside="r2~~close.5")
    for page in ("overview", "gaps", "missions", "compare", "country"):
        assert presentation.written(page, chosen) == presentation.written(page, Filters("r2"))
        # An address of before says it still.
        old = f"{presentation.written(page, chosen)}/scenario=r2~~close.17/naast=r2~~close.5"
        found = presentation.read(old, Filters("r2"), KNOWN)
        assert found and (found.filters.scenario, found.filters.beside) == ("", "")
    found = presentation.read(presentation.written("whatif", chosen), Filters("r2"), KNOWN)
    assert found and found.filters == chosen


@pytest.mark.usefixtures("module_store")
@pytest.mark.parametrize(
    ("scenario", "pages"),
    [
        (f"{ANNEX}~~close.17", ["whatif", "overview"]),
        (f"{ANNEX}~~close.999", ["overview", "gaps"]),  # there is no such row
        (f"{ANNEX}~~", ["overview", "gaps"]),  # changes nothing
        ("~~~~", ["overview", "gaps"]),
    ],
)
def test_a_presentation_begins_with_the_scenario_of_the_address(
    scenario: str, pages: list[str]
) -> None:
    found = presentation.steps(Filters(ANNEX, scenario=scenario, organisations=("NP",)), KNOWN)
    assert [step.page for step in found][:2] == pages
    carried = [step.filters.scenario for step in found]
    assert carried == [scenario if step.page == "whatif" else "" for step in found]
    assert found[0].filters.organisations == ("NP",)
    own = Filters(ANNEX, scenario=scenario, tour=("missies",))
    assert [step.page for step in presentation.steps(own, KNOWN)] == ["missions"]


@pytest.mark.usefixtures("module_store")
@pytest.mark.parametrize(("language", "word"), [("nl", "geen besluit"), ("en", "no decision")])
def test_the_step_of_a_scenario_is_marked_as_one_and_no_other(language: str, word: str) -> None:
    """Row 17 of the annex is Dubai, alone in serving eight countries."""
    scenario = f"{ANNEX}~Zonder%20Dubai~close.17"
    steps = tuple(
        presentation.written(page, Filters(ANNEX, scenario=text))
        for page, text in (("missions", ""), ("whatif", scenario))
    )
    report = catalogue.report("present", Filters(ANNEX, language, tour=steps))
    plain, marked = report.sections
    # What the contents announce is the title of what is shown.
    assert plain.heading == next(iter(plain.blocks)).title
    titles = [each.title for each in marked.blocks if not isinstance(each, Text)]
    assert word not in plain.heading and word in marked.heading
    assert titles and all(word in each for each in titles)


@pytest.mark.parametrize("area", ["", "Africa"])
def test_the_stage_shows_the_map_that_the_overview_begins_with(area: str) -> None:
    filters = Filters(ANNEX, organisations=("NP",), area=area)
    whole, screen = catalogue.report("overview", filters), catalogue.screen("overview", filters)
    assert [section.key for section in screen.sections] == ["map"]
    block, same = screen.figure(), whole.figure()
    assert block and same and (block.key, block.payload) == (same.key, same.payload)
    assert screen.headline(block) == whole.headline(same) == whole.title
    assert (screen.summary, screen.provenance.as_of) == (whole.summary, whole.provenance.as_of)


def test_another_figure_of_the_overview_is_shown_from_the_whole() -> None:
    figures = [each.key for each in catalogue.report("overview", Filters(ANNEX)).blocks(Map, Chart)]
    screen = catalogue.screen("overview", Filters(ANNEX), figures[-1])
    chosen = screen.figure(figures[-1])
    assert len(figures) > 1 and chosen and chosen.key == figures[-1] != "coverage"
