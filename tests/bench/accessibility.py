"""`python -m tests.bench --only accessibility`: axe on every page, in every way it can be shown.

Every page in both languages, light and dark, 1280 and 320 px wide and 320 by 256 (a window of 1280
by 1024 at 400 %), with all that folds out folded out. Prints what fails WCAG 2.2 at A or AA,
and how much of axe's other advice is not followed. tests/browser/test_accessibility.py tries some.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, sync_playwright

from tests.bench.measure import browser
from tests.bench.serve import serving

# Every page, and those that show more under an address of their own.
VISITS = {
    "overview": "/",
    "coverage": "/dekking",
    "gaps": "/vlekken",
    "what if": "/wat-als?scenario=bijlage-2025-11~Zonder Dubai~close.17",
    "compare": "/vergelijken?links=NP+KMar&rechts=GPI",
    "missions": "/missies",
    "mission_years": "/missies-sinds-1990",
    "network": "/netwerk",
    "network_load": "/werklast",
    "network_history": "/geschiedenis",
    "country": "/land",
    "dossier": "/land?land=ECU",
    "sources": "/bronnen?document=bijlage-2025-11&tabel=1-gecombineerd-benelux-lo-netwerk&rij=33",
    "answer": "/zoeken?vraag=Peru",
    "data": "/gegevens",
    "present": "/presenteren?tour=vlekken/gebied=south-america;missies;land/land=ARE",
    "statement": "/toegankelijkheid",
    "downloads": "/downloads",
    "explanation": "/uitleg",
    "planning": "/plaatsen",
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZES = ((1280, 800), (320, 800), (320, 256))
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
RUN = """async ([tags, without]) => {
  const context = { include: [document], exclude: without };
  const found = await axe.run(context, { resultTypes: ['violations'], runOnly: tags });
  const why = ({ any, all, none }) => [...any, ...all, ...none].map(m => m.message).join('; ');
  return found.violations.flatMap(({ id, tags, nodes }) =>
    nodes.map(node => [id, tags, node.target.flat().join(' '), why(node)]));
}"""
UNFOLD = """() => document
  .querySelectorAll("[data-testid='stExpander'] details:not([open]) summary,"
    + " .section-key[aria-expanded=false]")
  .forEach(fold => fold.click())"""
# Streamlit's mark that it has drawn, and no animation that is halfway.
DRAWN = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  return app?.dataset.testScriptState === 'notRunning' && document.querySelector('h1')
    && !document.querySelector('[data-stale="true"]')
    && document.getAnimations().every(motion => motion.playState !== 'running');
}"""


@dataclass(frozen=True)
class Fault:
    """One element that fails one rule of axe; `wcag` is False where the rule is only advice."""

    rule: str
    where: str
    why: str
    wcag: bool


def faults(page: Page, advice: bool = False, without: str = "") -> list[Fault]:
    """What axe finds on the page as it stands, in every frame of it.

    `advice` adds rules that are no part of WCAG; `without` is a selector of what to pass over.
    """
    for frame in page.frames:
        frame.evaluate(f"() => {{ if (!window.axe) {{ {AXE_SCRIPT}\n }} }}")
    tags = [*WCAG, "best-practice"] if advice else [*WCAG]
    found = page.evaluate(RUN, [tags, [[without]] if without else []])
    return [
        Fault(rule, where, why, not set(WCAG).isdisjoint(tags)) for rule, tags, where, why in found
    ]


def address(name: str, language: str) -> str:
    """Where a page of `VISITS` stands in a language, without the host."""
    path = VISITS[name]
    return f"{path}{'&' if '?' in path else '?'}taal={language}"


def drawn(page: Page) -> None:
    """Waits until the page is at rest, twice: a change reaches the server only after a moment."""
    for _ in range(2):
        page.wait_for_timeout(150)
        page.wait_for_function(DRAWN)


def run() -> None:
    """Every page in every way; prints a line for each page and language, and each kind of fault."""
    kinds: Counter[tuple[str, str, str, bool]] = Counter()
    shown = [f"{scheme} {width}x{height}" for scheme in SCHEMES for width, height in SIZES]
    print(f"{'WCAG faults (advice)':24}" + "".join(f"{way:>15}" for way in shown))
    with (
        serving(Path(__file__).parent / "none") as addresses,
        sync_playwright() as playwright,
        browser(playwright) as chromium,
    ):
        for name, language in product(VISITS, ("nl", "en")):
            page = chromium.new_page(reduced_motion="reduce")
            page.goto(addresses["product"] + address(name, language))
            cells = _every_way(page, kinds, name)
            print(f"{f'{name} {language}':24}" + "".join(f"{c:>15}" for c in cells), flush=True)
            page.close()
    for (name, rule, why, wcag), n in sorted(kinds.items(), key=str):
        print(f"{'WCAG' if wcag else 'advice'} {rule} on {name}, {n} times: {why}")


def _every_way(page: Page, kinds: Counter[tuple[str, str, str, bool]], name: str) -> list[str]:
    cells = []
    for scheme, (width, height) in product(SCHEMES, SIZES):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": height})
        drawn(page)
        page.evaluate(UNFOLD)
        drawn(page)
        found = faults(page, advice=True)
        kinds.update((name, fault.rule, fault.why, fault.wcag) for fault in found)
        wrong = sum(fault.wcag for fault in found)
        cells.append(f"{wrong} ({len(found) - wrong})")
    return cells
