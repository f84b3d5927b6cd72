"""What decides what a reader sees, once more in Firefox: the map, a chart, a file, an import.

Skipped where there is no Firefox, but for `CI=true`.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.firefox import SECONDS, Firefox, program, running
from tests.deploy.stack import free_ports
from tests.waiting import until

CLEAR = Path(__file__).parents[1] / "annexes" / "clear.txt"
LEFT, ENTER = "\ue012", "\ue007"
PAINTED = "() => Number(document.documentElement.dataset.painted) > 0"
ADDRESS = "(part) => location.search.includes(part)"
TITLE = "(part) => document.querySelector('h1')?.textContent.includes(part)"
# Marks the button with these words, so that it can be pressed as a person does.
MARK = """(words) => {
  const one = [...document.querySelectorAll('button')].find((b) => b.textContent.trim() === words);
  one?.setAttribute('data-pressed', words);
  return Boolean(one);
}"""


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """One Firefox for all tests; each opens its own page in it."""
    found = program()
    if not found:
        assert os.environ.get("CI") != "true", "no Firefox: install firefox-esr"
        pytest.skip("no Firefox here: install firefox-esr")
    with running(found, tmp_path_factory.mktemp("firefox"), lambda: free_ports(1)[0]) as one:
        yield one


def test_the_map_by_click_and_by_keyboard(firefox: Firefox, own_address: str):
    firefox.visit(f"{own_address}/dekking")
    firefox.until(PAINTED, frame=True)
    firefox.click("path.unit[data-iso=BRA]", frame=True)
    firefox.until(ADDRESS, "land=BRA")
    card = "() => document.querySelector('.card').textContent"
    firefox.until(f"() => ({card})().includes('Brazilië')", frame=True)
    firefox.settle()
    # The keyboard is where the click was: west of Brazil lies Bolivia.
    firefox.keys(LEFT + ENTER, frame=True)
    firefox.until(ADDRESS, "land=BOL")
    firefox.until(
        "() => document.querySelector('.card').textContent.includes('Bolivia')", frame=True
    )


def test_a_chart_is_drawn_in_its_room_and_says_what_it_shows(firefox: Firefox, own_address: str):
    firefox.visit(f"{own_address}/vlekken")
    drawn = "() => [...document.querySelectorAll('.js-plotly-plot text')].map((t) => t.textContent)"
    firefox.until(f"() => ({drawn})().some((text) => text.includes('India'))")
    # The words in the bars too: plotly hides those for which it sees no room.
    seen = "() => document.querySelector('.bartext').getBoundingClientRect().width"
    firefox.until(f"() => ({seen})() > 50")
    inside = """() => [...document.querySelectorAll('.js-plotly-plot')].every((chart) => {
      const { width, left, right } = chart.getBoundingClientRect();
      return width > 300 && left >= 0 && right <= window.innerWidth;
    })"""
    firefox.until(inside)
    named = "() => document.querySelector('.js-plotly-plot')?.getAttribute('aria-label')"
    assert "India" in firefox.until(named)


def test_a_file_to_take_along(firefox: Firefox, own_address: str):
    firefox.visit(f"{own_address}/land?land=ECU")
    firefox.click(".st-key-take button")
    firefox.click(".st-key-take_make button")
    firefox.click(".st-key-take_download button")

    def whole() -> list[Path]:
        if list(firefox.downloads.glob("*.part")):
            return []
        return [file for file in firefox.downloads.glob("*.docx") if file.stat().st_size]

    with zipfile.ZipFile(until(whole, "a file of Word", SECONDS)[0]) as word:
        assert "Ecuador" in word.read("word/document.xml").decode()


def test_an_annex_is_read_and_stored(firefox: Firefox, own_address: str):
    firefox.visit(f"{own_address}/gegevens")
    firefox.until("() => document.querySelector('input[type=file]') !== null")
    firefox.give("input[type=file]", CLEAR)
    firefox.until(TITLE, f"{CLEAR.name} is gelezen")
    firefox.settle()
    firefox.until(MARK, "Opnemen in de atlas")
    firefox.click("[data-pressed='Opnemen in de atlas']")
    firefox.until("() => document.body.textContent.includes(' staat in de atlas')")
