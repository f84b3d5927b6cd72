"""HTML tables: real ones, with every text escaped."""

from __future__ import annotations

from html.parser import HTMLParser

from dashboard.exports.html_table import table_html
from dashboard.report import Cell, Piece


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Tags()
    parser.feed(html)
    return parser.tags


def test_headers_rows_and_caption() -> None:
    found = tags(table_html("Dekking", ["Land", "Km"], [["Peru", Cell("1.291", 1291.0)]]))
    names = [name for name, _ in found]
    assert names.count("caption") == 1 and names.count("button") == 2
    assert ("th", {"scope": "row"}) in found
    assert ("td", {"data-sort": "1291.0", "class": "number"}) in found


def test_the_head_of_numbers_ends_where_they_do() -> None:
    headers, cells = ["Land", "Vanuit", "Km"], [Cell("Peru", 1), "Bogota", Cell("1.870", 1870.0)]
    found = tags(table_html("Dekking", headers, [cells]))
    heads = [attributes for name, attributes in found if attributes.get("scope") == "col"]
    assert [head.get("class") for head in heads] == [None, None, "number"]


def test_nothing_of_a_cell_becomes_html() -> None:
    evil = "<img src=x onerror=alert(1)>'\""
    html = table_html(evil, [evil], [[Cell(evil, evil, "land?land='><script>")]])
    assert {name for name, _ in tags(html)} <= {
        *("div", "table", "caption", "thead", "tbody", "tr", "th", "button", "a"),
    }


def test_a_hidden_caption_is_still_there() -> None:
    hidden, shown = table_html("Buren", [], []), table_html("Buren", [], [], show_caption=True)
    assert "<caption class='unseen'>Buren" in hidden and "<caption>Buren" in shown


def test_each_part_of_a_cell_leads_where_it_says() -> None:
    parts = (Piece("rijen "), Piece("1", "b?rij=1"), Piece(" en "), Piece("3<", "b?rij=3"))
    html = table_html(
        "Posten", ["Bron"], [["x", Cell("rijen 1 en 3<", href="b?rij=1,3", parts=parts)]]
    )
    hrefs = [attributes["href"] for name, attributes in tags(html) if name == "a"]
    assert hrefs == ["b?rij=1", "b?rij=3"]
    assert "<span>rijen <a href='b?rij=1' target='_self'>1</a> en " in html and "3&lt;</a>" in html
