"""Clicks and first paints in Chromium, timed inside the page, counted on the wire."""

from __future__ import annotations

import base64
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

WAIT = 60_000  # ms; generous, an embedded map takes seconds on a busy machine
SETTLE = 0.7  # s after a click in which late messages still count
VISITS = 5
# Painted when: the floor's answer stands there, the product's map says so, or the embedded map is
# a new one with all its countries. `mark` tells one state from the next.
STATE = """() => {
  const answer = document.querySelector('#answer');
  if (answer) return answer.dataset.answer;
  const inner = document.querySelector('iframe')?.contentWindow;
  if (!inner?.document?.documentElement) return undefined;
  const painted = inner.document.documentElement.dataset.painted;
  if (painted) return painted;
  const countries = inner.document.querySelectorAll('path.leaflet-interactive').length;
  if (countries < 200) return undefined;
  return (inner.benchMark ??= Math.random());
}"""
# The countries in their colours, before the map itself has come (dashboard/static/first_map.js).
DRAWN = f"""() => Boolean(document.querySelector('.first-map svg')) || ({STATE})() !== undefined"""
CLICK = f"""async ([selector, turn]) => {{
  const state = {STATE};
  const before = state();
  const frame = () => new Promise(requestAnimationFrame);
  const targets = document.querySelectorAll(selector);
  const start = performance.now();
  targets[turn % targets.length].click();
  for (;;) {{
    await frame();
    const now = state();
    if (now !== undefined && now !== before) break;
    if (performance.now() - start > {WAIT}) throw new Error('never painted');
  }}
  await frame();
  return performance.now() - start;
}}"""
TARGETS = {
    "stPills": '[data-testid="stPills"] button, [data-testid="stButtonGroup"] button',
    "stCheckbox": '[class*="st-key-w_organisation"] input',
}


@dataclass
class Subject:
    """One page: its name in the table, its address, and which kind of widget filters it."""

    name: str
    address: str
    widget: str


@dataclass
class Sample:
    """What was measured on one page; each list one value per click or visit."""

    painted: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)
    bytes: list[float] = field(default_factory=list)
    drawn: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    geometry: list[float] = field(default_factory=list)


class Wire:
    """Websocket frames and the size of the shapes, as the browser's own protocol counts them."""

    def __init__(self, page: Page) -> None:
        self.frames: list[tuple[float, int, bool]] = []
        self.geometry = 0.0
        self._shapes: set[str] = set()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.webSocketFrameSent", lambda e: self._frame(e, True))
        session.on("Network.webSocketFrameReceived", lambda e: self._frame(e, False))
        session.on("Network.responseReceived", self._response)
        session.on("Network.loadingFinished", self._finished)

    def _frame(self, event: dict[str, Any], sent: bool) -> None:
        data = event["response"]["payloadData"]
        size = len(base64.b64decode(data)) if event["response"]["opcode"] == 2 else len(data)
        self.frames.append((event["timestamp"], size, sent))

    def _response(self, event: dict[str, Any]) -> None:
        if "/shapes/" in event["response"]["url"]:
            self._shapes.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._shapes:
            self.geometry += event["encodedDataLength"]


@contextmanager
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium, else the one that Playwright brought."""
    chromium = playwright.chromium.launch(
        executable_path=next(filter(None, map(shutil.which, CHROMIUMS)), None),
        args=["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    )
    try:
        yield chromium
    finally:
        chromium.close()


def _open(page: Page, address: str) -> tuple[float, float]:
    """ms until the countries have their colours, and until what is there can be pressed."""
    start, told = time.perf_counter(), []
    page.goto(address, wait_until="commit")
    for is_there in (DRAWN, f"() => ({STATE})() !== undefined"):
        page.wait_for_function(is_there, polling="raf", timeout=WAIT)
        told.append((time.perf_counter() - start) * 1000)
    return told[0], told[1]


def _visit(context: BrowserContext, subject: Subject, sample: Sample) -> Page:
    page = context.new_page()
    wire = Wire(page)
    drawn, first = _open(page, subject.address)
    sample.drawn.append(drawn)
    sample.first.append(first)
    page.wait_for_timeout(SETTLE * 1000)
    if wire.geometry:
        sample.geometry.append(wire.geometry)
    sample.again.append(_open(page, subject.address)[1])
    page.wait_for_timeout(SETTLE * 1000)
    return page


def _click(page: Page, wire: Wire, subject: Subject, turn: int, sample: Sample) -> None:
    wire.frames.clear()
    sample.painted.append(page.evaluate(CLICK, [TARGETS[subject.widget], turn]))
    page.wait_for_timeout(SETTLE * 1000)
    sent = [when for when, _, mine in wire.frames if mine]
    received = [when for when, _, mine in wire.frames if not mine]
    if sent and received:
        sample.server.append((max(received) - min(sent)) * 1000)
    sample.bytes.append(sum(size for _, size, _ in wire.frames))


def measure(chromium: Browser, subjects: list[Subject], rounds: int) -> dict[str, Sample]:
    """First paints with fresh caches, then `rounds` clicks on each page in turn."""
    samples = {subject.name: Sample() for subject in subjects}
    for subject in subjects:  # a first visit warms the server's caches and is not counted
        context = chromium.new_context(viewport={"width": 1280, "height": 800})
        _visit(context, subject, Sample())
        context.close()
    for _ in range(VISITS):
        for subject in subjects:
            context = chromium.new_context(viewport={"width": 1280, "height": 800})
            _visit(context, subject, samples[subject.name])
            context.close()
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    pages = {subject.name: _visit(context, subject, Sample()) for subject in subjects}
    wires = {name: Wire(page) for name, page in pages.items()}
    for turn in range(rounds + 2):
        for subject in subjects:
            page = pages[subject.name]
            page.bring_to_front()
            # The first two clicks warm up caches on both sides and go uncounted.
            sample = samples[subject.name] if turn >= 2 else Sample()
            _click(page, wires[subject.name], subject, turn, sample)
    return samples
