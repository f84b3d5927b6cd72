"""`make bench`: what an answer costs as the network grows (`scale`), a file, and one click.

Clicks in a real browser, side by side and interleaved:
(a) an empty page with the same filter as Streamlit serves it, without our style sheet, script,
hints or packed files: the floor; (m) the product's map on such a page, served as the product is;
(b) the product's map page with all that stands around it; (c) plain `st_folium` with the same
shapes embedded as GeoJSON, served as (a). Prints medians and ratios; asserts nothing.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from tests.bench import (
    accessibility,
    annexes,
    api,
    attacks,
    choices,
    files,
    kills,
    limits,
    load,
    placement,
    scale,
    warming,
)
from tests.bench.measure import Sample, Subject, browser, measure
from tests.bench.serve import serving

HERE = Path(__file__).parent
ROWS = (
    ("click to painted, ms", "painted", 0),
    ("server: from click sent to last message, ms", "server", 0),
    ("bytes per change (websocket)", "bytes", 0),
    ("countries in their colours, ms", "drawn", 0),
    ("first paint of the map, ms", "first", 0),
    ("same, browser cache warm, ms", "again", 0),
    ("geometry on the wire, bytes", "geometry", 0),
)


# What takes minutes, or all of the machine, runs only where it is asked for.
ASKED = {
    "accessibility": accessibility.run,
    "annexes": annexes.run,
    "api": api.run,
    "attacks": attacks.run,
    "choices": choices.run,
    "cost": load.cost,
    "several": load.several,
    "load": load.run,
    "endure": load.endure,
    "limits": limits.run,
    "placement": placement.run,
    "kills": kills.run,
    "warming": warming.run,
}


def main() -> None:
    """Run the measurements, `--rounds` clicks each, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--rounds", type=int, default=12, help="clicks per page (default 12)")
    parser.add_argument("--page", default="/dekking", help="the product's page (default /dekking)")
    parser.add_argument("--only", choices=("clicks", "files", "scale", *ASKED), help="one of them")
    options = parser.parse_args()
    if options.only in ASKED:
        ASKED[options.only]()
        return
    if options.only in (None, "scale"):
        scale.run()
        print()
    if options.only in (None, "files"):
        files.run()
        print()
    if options.only in ("files", "scale"):
        return
    with serving(HERE / "pages") as addresses, sync_playwright() as playwright:
        subjects = [
            Subject("a empty", addresses["floor"], "stPills"),
            Subject("m map alone", addresses["map_only"], "stPills"),
            Subject("b product", addresses["product"] + options.page, "stCheckbox"),
            Subject("c embedded", addresses["embedded"], "stPills"),
        ]
        with browser(playwright) as chromium:
            samples = measure(chromium, subjects, options.rounds)
    report(samples)


def report(samples: dict[str, Sample]) -> None:
    """Print medians, one column per page, and the two ratios that matter."""
    print(f"{'median':48}" + "".join(f"{name:>14}" for name in samples))
    for title, field, digits in ROWS:
        cells = [getattr(sample, field) for sample in samples.values()]
        shown = [f"{median(cell):,.{digits}f}" if cell else "-" for cell in cells]
        print(f"{title:48}" + "".join(f"{cell:>14}" for cell in shown))
    a, m, b, c = (median(sample.painted) for sample in samples.values())
    print(f"\nb / a = {b / a:.2f} (aim: at most 2)   c / b = {c / b:.1f} (aim: at least 8)")
    print(f"m / a = {m / a:.2f}                       c / m = {c / m:.1f}")
    for name in ("drawn", "first"):
        a, m, b, c = (median(getattr(sample, name)) for sample in samples.values())
        print(f"{name}: b - a = {b - a:,.0f} ms (aim: at most 600), b / a = {b / a:.2f}")


if __name__ == "__main__":
    main()
