"""A page on paper: all of it, with what explains it, whatever the screen looked like."""

from __future__ import annotations

import re

import pypdfium2
from playwright.sync_api import expect


def test_a_page_is_printed_whole(visit, page):
    page.emulate_media(color_scheme="dark")
    visit("/dekking")
    page.frame_locator("iframe").locator("[data-iso=BRA]").first.wait_for(state="attached")
    page.locator(".st-key-coverage_list summary").click()
    expect(page.locator("table.filled tbody tr:first-child td:nth-child(3)")).not_to_be_empty(
        timeout=20_000
    )
    paper = pypdfium2.PdfDocument(page.pdf(format="A4"))
    texts = [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in paper]
    first, last = texts[0], texts[-1]
    # The map is drawn (each of its letters twice, for the line around it), with legend and source.
    assert {"Brazilië", "Australië"} <= set(re.sub(r"(.)\1", r"\1", first).split())
    assert all(word in first for word in ("Geen officier", "Bron: "))
    # The last country in Dutch order, and where all of it can be seen again.
    assert "Zwitserland" in last
    assert "/dekking?release=" in last
    assert all("Standplaatsen" in text for text in texts[1:])  # the header of the table
    controls = ("Downloaden en delen", "Kleur naar", "Presenteren", "Nederlands English")
    assert [each for each in controls if each in " ".join(texts)] == []
    # A dark page prints dark on white: the paper has ink, but not much of it.
    picture = paper[len(paper) - 1].render(scale=0.2).to_numpy()
    assert 0.7 < (picture > 200).mean() < 0.999
