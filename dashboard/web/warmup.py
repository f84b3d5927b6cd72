"""What most readers choose, computed before the first of them comes.

In the background once a process is ready, one report at a time with pauses, so that a reader who is
there already hardly waits for it.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from dashboard import printed, snapshot
from dashboard.exports.map_plane import LEVELS, shapes
from dashboard.figures.views import VIEWS
from dashboard.filters import Filters
from dashboard.i18n import LANGUAGES, texts_of
from dashboard.subjects import catalogue
from dashboard.subjects.answers.reply import answer
from dashboard.web import static_files
from geo.errors import DataError
from geo.schemas import ORGANISATIONS

LOG = logging.getLogger(__name__)
PAGES = ("overview", "gaps", "missions", "network", "network_load")
PAUSE = 0.1  # seconds between two reports, in which readers are served


def choices() -> list[Filters]:
    """Nothing chosen; one organisation, or the Dutch two; a part of the map; a continent."""
    whole = Filters(snapshot.store().default_release())
    named = [(), *((name,) for name in ORGANISATIONS), ("NP", "KMar")]
    chosen = [Filters(whole.release, organisations=names) for names in named]
    chosen += [Filters(whole.release, view=view) for view in VIEWS if view != "world"]
    return chosen + [Filters(whole.release, area=continent) for continent in snapshot.areas()]


def pages(filters: Filters) -> tuple[str, ...]:
    """The pages on which a choice costs what no other choice has paid for."""
    if filters.area:  # the missions in it are the same, whoever serves it
        return ("missions",)
    # Another part of the map is another payload; what is counted stays.
    return PAGES if not filters.view else PAGES[:1]


def _questions() -> None:
    """What every answer rests on: the words that a question may hold, and what is printed."""
    filters = choices()[0]
    for language in LANGUAGES:
        t = texts_of(language)
        with suppress(DataError), snapshot.steady():
            answer(t, replace(filters, language=language), t("find.example.peru"))
            printed.every_table()
        time.sleep(PAUSE)


def _drawings() -> None:
    """The shapes that a still map draws, whatever it is about."""
    for level in LEVELS:
        shapes(level)
        time.sleep(PAUSE)


def warm_up(leaving: Callable[[], bool]) -> None:
    """Compute what these choices show; ends early when the process is `leaving`."""
    began = time.monotonic()
    static_files.pack(leaving, PAUSE)
    with suppress(DataError):  # the page that needs the data will say what is wrong
        for filters in choices():
            for page in pages(filters):
                if leaving():
                    return
                with suppress(DataError), snapshot.steady():
                    catalogue.report(page, filters)
                time.sleep(PAUSE)
        _drawings()
        _questions()
    gc.collect()
    gc.freeze()  # as `lifecycle.warm`: what was computed stays, so no collection need walk it
    LOG.info("warmed up", extra={"seconds": round(time.monotonic() - began, 1)})
