"""What is taken along from a screen says what the screen says: every table, title and number."""

from __future__ import annotations

import io
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from dashboard import snapshot
from dashboard.exports import kinds
from dashboard.filters import Filters
from dashboard.links import PATHS, from_query
from dashboard.report import Cell, Chart, Report, Table
from dashboard.subjects import catalogue
from data.store import write

Screen = Callable[..., AppTest]
Grid = list[list[str]]
DUBAI = "bijlage-2025-11~~close.17"

# page, what its address says, and a finding on it counted in the annex by hand
VIEWS: list[tuple[str, dict[str, str], str]] = [
    ("overview", {}, "54 posten met liaisonofficieren bedienen 138 landen en gebieden"),
    (
        "overview",
        {"gebied": "south-america"},
        "er staan 6 posten met liaisonofficieren, en 12 landen en gebieden worden bediend",
    ),
    ("gaps", {}, "63 landen en 4 betwiste gebieden hebben geen officier"),
    ("gaps", {"soort": "partner_only", "taal": "en"}, "5 countries"),
    ("missions", {}, "34 Nederlandse politiemensen in 12 missies op 12 november 2025, 6 meer"),
    ("network", {"org": "NP"}, "In 6 steden"),
    ("network_load", {}, "78 landen en gebieden hebben maar één officier"),
    ("network_history", {}, "5 van de 5 posten in EU-landen"),
    (
        "country",
        {"land": "ARE"},
        "hebben 1 officier in het land: Nederlandse politie in Dubai",
    ),
    ("compare", {}, "36 landen en gebieden worden door NP + KMar én door GPI bediend; 81 door NP"),
    ("whatif", {"scenario": DUBAI}, "hebben 8 landen en gebieden geen officier meer; 1 heeft"),
    ("planning", {"km": "1500", "hooguit": "10"}, "Yaoundé bereikt 10 landen zonder officier"),
]


class _Tables(HTMLParser):
    """The cells of every table in a piece of HTML; none of ours holds another table."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Grid] = []
        self.open = self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
            self.inside = True
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append("")
        self.open = tag in ("th", "td", "span", "a", "button") and self.inside

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td"):
            self.open = False
        if tag == "table":  # a button below it that opens all rows is no cell
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.open:
            self.tables[-1][-1][-1] += data


@pytest.fixture
def opened(screen: Screen) -> Callable[[str, dict[str, str]], tuple[AppTest, Report]]:
    """The screen of a page, and the report that its file is made of."""

    def open_(page: str, query: dict[str, str]) -> tuple[AppTest, Report]:
        app = screen(PATHS[page], **query)
        filters, notices = from_query(query, snapshot.valid_names())
        assert not notices and not app.exception
        return app, catalogue.report(page, filters)

    return open_


def shown(app: AppTest) -> list[Grid]:
    """Every table of the screen that has its cells, header first."""
    parser = _Tables()
    for element in app.get("html"):
        parser.feed(element.proto.body)
    return [table for table in parser.tables if len(table) > 1]


def text(cell: Cell | str) -> str:
    return cell.text if isinstance(cell, Cell) else cell


def grids(report: Report) -> list[Grid]:
    """Every table of the report in the same form."""
    tables = [block.table if isinstance(block, Chart) else block for block in _data(report)]
    return [[list(each.headers), *([text(c) for c in row] for row in each.rows)] for each in tables]


def _data(report: Report) -> list[Table | Chart]:
    return list(report.blocks(Table, Chart))


@pytest.mark.parametrize(("page", "query", "number"), VIEWS)
def test_a_report_has_every_table_of_its_screen(
    opened: Callable[..., Any], page: str, query: dict[str, str], number: str
) -> None:
    app, report = opened(page, query)
    assert report.title.replace("\\", "") == app.title[0].value.replace("\\", "")
    assert number in report.title.replace("\N{NO-BREAK SPACE}", " ")
    # Links that open a scenario lead nowhere on paper.
    tables = [
        [row[:-1] for row in table] if table[0][-1] == "Scenario" else table for table in shown(app)
    ]
    missing = [table[0] for table in tables if table not in grids(report)]
    # How bad each kind is explains the score, in the app only; the posts that left EU states are
    # not about South America.
    known = [["Soort", "Betekent", "Ernst (0–1)"], ["Kind", "Means", "Severity (0–1)"]]
    known += [["Land of gebied", "Toen", "Nu"]] if query else []
    assert [heads for heads in missing if heads not in known] == []


def test_word_and_sheets_hold_the_cells_of_the_screen(opened: Callable[..., Any]) -> None:
    app, report = opened("network_history", {"org": "NP"})
    document = Document(io.BytesIO(kinds.KINDS["word"].make(report)))
    printed = [[[c.text for c in row.cells] for row in table.rows] for table in document.tables]
    book = openpyxl.load_workbook(io.BytesIO(kinds.KINDS["xlsx"].make(report)))
    sheets = [
        (tuple(str(cell.value) for cell in sheet[1]), sheet)
        for sheet in book.worksheets
        if sheet[1]
    ]
    tables = shown(app)
    assert len(tables) > 5
    for table in tables:
        assert table in printed, table[0]
    for table in tables:  # the sheet of a table may have columns of numbers and dates beside it
        columns = [  # where the row stands in its document, of every sheet with these headings
            [str(row[heads.index(table[0][-1])].value or "") for row in sheet.iter_rows(min_row=2)]
            for heads, sheet in sheets
            if set(table[0]) <= set(heads)
        ]
        assert [row[-1] for row in table[1:]] in columns, table[0]
    numbers = [
        cell.value for _, sheet in sheets for row in sheet.iter_rows(min_row=2) for cell in row
    ]
    assert not any(isinstance(value, str) and value.startswith("=") for value in numbers)


def panel(app: AppTest) -> AppTest:
    """The same screen with the panel of files open; before, nothing of it is there."""
    assert not [each for each in app.button if each.key == "take_make"]
    app.session_state["take_open"] = True
    return app.run()


def test_the_panel_makes_a_file_and_offers_it(screen: Screen) -> None:
    app = panel(screen("land", land="ECU"))
    app.radio(key="take_kind").set_value("word").run()
    app.button(key="take_make").click().run()
    [button] = app.get("download_button")
    assert "land-ecuador-netwerk-begin-2026.docx" in button.proto.label
    assert not app.error and not app.exception


def test_a_dossier_offers_a_briefing_of_several_countries(screen: Screen) -> None:
    app = panel(screen("land", land="ECU"))
    app.radio(key="take_kind").set_value("briefing_pdf").run()
    app.multiselect(key="take_beside").set_value(["XKX", "MAR"]).run()
    app.button(key="take_make").click().run()
    [button] = app.get("download_button")
    assert "briefing-ecuador-kosovo-marokko-netwerk-begin-2026.pdf" in button.proto.label
    assert not app.error and not app.exception
    of_gaps = panel(screen("vlekken")).radio(key="take_kind").options
    assert not [option for option in of_gaps if option.startswith("Briefing")]


def test_a_screen_without_a_report_offers_no_file(screen: Screen) -> None:
    for path in ("bronnen", "land"):
        assert not [each for each in screen(path).get("popover") if each.proto.popover.label]


def test_what_cannot_be_made_is_said_in_a_sentence(screen: Screen) -> None:
    app = panel(screen("vlekken", release="kst-31015-94"))
    app.button(key="take_make").click().run()
    assert "maar een deel" in app.error[0].value.replace("\\", "") and not app.exception


def test_the_panel_says_that_its_document_was_withdrawn_meanwhile(screen: Screen) -> None:
    def page() -> None:
        from dashboard.filters import Filters
        from dashboard.i18n import texts_of
        from pages import meenemen

        meenemen.panel(texts_of("nl"), Filters("kst-31015-94", land="PER"), "country")

    assert not AppTest.from_function(page, default_timeout=60).run().error
    write.withdraw(snapshot.store(), "kst-31015-94", "test", "a test")
    app = AppTest.from_function(page, default_timeout=60).run()
    said = [each.value.replace("\\", "") for each in (*app.error, *app.warning)]
    assert len(said) == 1 and "ingetrokken" in said[0]
    assert not app.exception and not app.button


def test_a_screen_goes_into_the_presentation_and_its_link(screen: Screen) -> None:
    app = panel(screen("vlekken", gebied="africa"))
    app.button(key="take_add").click().run()
    assert app.query_params["tour"] == "vlekken/gebied=africa"


@pytest.mark.parametrize(
    ("release", "older"),
    [("bijlage-2025-11", False), ("bijlage-2023-12", True), ("kst-31015-94", True)],
)
def test_an_older_document_says_so_and_offers_the_newest(
    screen: Screen, release: str, older: bool
) -> None:
    app = screen("missies", release=release)
    buttons = [each for each in app.button if each.key == "aged_show"]
    assert bool(buttons) == older
    if older:
        [said] = [m.value for m in app.markdown if "Er is een nieuwer document" in m.value]
        # A date that stands in the name is not said again: "Kamerbrief 9 oktober 2013".
        assert said.count("9 oktober 2013") == (release == "kst-31015-94")
        assert said.endswith("**Netwerk begin 2026** van november 2025.")
        buttons[0].click().run()
        assert app.query_params["release"] == "bijlage-2025-11"
        assert not [each for each in app.button if each.key == "aged_show"]


def test_a_link_to_a_withdrawn_document_says_so_until_another_is_chosen(
    screen: Screen,
) -> None:
    write.withdraw(snapshot.store(), "kst-31015-94", "test", "a test")
    app = screen("", release="kst-31015-94")
    assert "ingetrokken" in app.warning[0].value and "Netwerk begin 2026" in app.warning[0].value
    assert app.query_params["release"] == "bijlage-2025-11"
    app.run()
    assert "ingetrokken" in app.warning[0].value
    app.selectbox(key="w_release").select("bijlage-2023-12").run()
    assert not [each for each in app.warning if "ingetrokken" in each.value]


def test_filters_of_the_file_are_those_of_the_screen() -> None:
    filters = Filters("bijlage-2025-11", organisations=("NP",), area="Africa", kinds=("single",))
    report = catalogue.report("gaps", filters)
    assert dict(report.provenance.filters)["Organisatie"] == "NP"
    assert dict(report.provenance.filters)["Gebied"] == "Afrika"
    assert report.provenance.permalink.endswith(
        "/vlekken?release=bijlage-2025-11&taal=nl&org=NP&gebied=africa&soort=single"
    )
