"""One installation for all tests of this folder, and a browser that looks at it through nginx.

Skipped with a reason where nginx or PostgreSQL is not installed, but not in CI.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import (  # noqa: F401 (fixtures)
    browser,
    page,
    playwright,
    record,
    settle,
)
from tests.deploy.stack import App, Stack, missing, stack
from tests.waiting import until


@pytest.fixture(scope="session")
def running() -> Iterator[Stack]:
    """PostgreSQL, two processes and nginx."""
    if lacking := missing():
        if os.environ.get("CI") == "true":
            pytest.fail(lacking)
        pytest.skip(lacking)
    with stack() as made:
        yield made


@pytest.fixture
def site(running: Stack) -> Stack:
    """The same, with everything up again that an earlier test stopped."""
    if running.postgres.process.poll() is not None:
        running.postgres.again()
    for app in running.apps:
        if app.process.poll() is not None:
            app.begin()
    for app in running.apps:
        app.wait()
    return running


@pytest.fixture
def show(site: Stack, page: Page, settle: Callable[[], None]) -> Callable[[str], App]:  # noqa: F811
    """Opens a path through nginx and waits until it stands there; the process that holds it."""

    def open_(path: str) -> App:
        page.goto(f"{site.address}{path}")
        settle()
        return holder(site, page)

    return open_


def holder(site: Stack, page: Page) -> App:  # noqa: F811
    """The process that holds the page, by the cookie that nginx gave it."""
    found: list[str] = []

    def named() -> bool:
        cookies = page.context.cookies(site.address)
        found[:] = [c["value"] for c in cookies if c["name"] == "liaisonatlas_process"]
        return bool(found)

    until(named, "the browser has the cookie of a process")
    return site.app(found[0])
