"""What is counted of one process, in the text format that Prometheus reads.

Nothing here tells readers apart: no label holds a person, an address or a choice.
"""

from __future__ import annotations

import logging
import platform
import threading
import tomllib
from importlib.metadata import version
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.process_collector import ProcessCollector

from data.store.audit import IMPORT, RESTORE, WITHDRAW
from data.store.database import UNREACHED
from data.store.database import __name__ as database_log
from data.store.write import __name__ as audit_log

ROOT = Path(__file__).resolve().parents[2]
SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30)
# Why a request or a page is sent away: another name, another site, a file that nobody expects, too
# many pages, too many messages, too large ones, text, a value that no widget has; or the connection
# was gone, or broken off, before all was sent, as with a reader who is too slow. `program`, `map`:
# more requests of a program, or for the data of maps, than are answered.
TURNED_AWAY = tuple(
    "name origin upload pages flood message text value connection program map".split()
)
IMPOSSIBLE = "a widget was given a value that it cannot have"  # the event of `widgets.guard`
CONNECTIONS = "streamlit.web.server.starlette.starlette_websocket"  # who writes of single ones
# When each counter began, as a number of its own: nobody asks.
disable_created_metrics()  # type: ignore[no-untyped-call]
RUNNER = "ScriptRunner.scriptThread"  # what Streamlit calls the thread of a run; tested


def running() -> int:
    """How many scripts run now, also those whose reader has left."""
    return sum(thread.name == RUNNER for thread in threading.enumerate())


def built() -> dict[str, str]:
    """The version of the product and of what it runs on."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {
        "version": project["version"],
        "python": platform.python_version(),
        "streamlit": version("streamlit"),
    }


class Metrics:
    """Counters of one process; the time of a run is from where it begins to drawn."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        ProcessCollector(registry=registry)  # memory, processor time, open files
        Info("liaisonatlas_build", "Version and what it runs on", registry=registry).info(built())
        self.sessions = Gauge("liaisonatlas_sessions", "Pages that are open now", registry=registry)
        self.opened = Counter("liaisonatlas_sessions_opened", "Pages opened", registry=registry)
        self.runs = Histogram(
            "liaisonatlas_run_seconds", "From asking to drawn", buckets=SECONDS, registry=registry
        )
        now = Gauge("liaisonatlas_runs_now", "Scripts that run now", registry=registry)
        now.set_function(running)
        self.faults = Counter("liaisonatlas_faults", "Faults written to the log", registry=registry)
        self.refusals = Counter(
            "liaisonatlas_database_refusals", "Refused by the database", ["kind"], registry=registry
        )
        self.changes_refused = Gauge(
            "liaisonatlas_store_takes_no_changes",
            "1 where the disk of the store is full or may only be read, as last asked",
            registry=registry,
        )
        self.changes = Counter(
            "liaisonatlas_changes",
            "Changes of the store by this process",
            ["act"],
            registry=registry,
        )
        self._turned_away = Counter(
            "liaisonatlas_turned_away", "Requests and pages sent away", ["why"], registry=registry
        )
        for why in TURNED_AWAY:
            self._turned_away.labels(why)
        for kind in ("refused", "unreached"):  # a series starts at nought, so that it can rise
            self.refusals.labels(kind)
        for act in (IMPORT, WITHDRAW, RESTORE):
            self.changes.labels(act)

    def turned_away(self, why: str) -> None:
        """Count a request or a page that was sent away, for one of the reasons TURNED_AWAY."""
        self._turned_away.labels(why).inc()

    def count_event(self, record: logging.LogRecord) -> None:
        """Count an event of the log."""
        if record.levelno >= logging.ERROR:
            # A stranger can have these two written whenever they like: that raises no alarm.
            if record.name.startswith(CONNECTIONS):
                self.turned_away("connection")
            # Streamlit calls it an error where a stranger's address says that signing in failed.
            elif record.exc_info or not record.name.startswith("streamlit"):
                self.faults.inc()
        elif record.msg == IMPOSSIBLE:
            self.turned_away("value")
        elif record.name == database_log:
            self.refusals.labels("unreached" if record.msg == UNREACHED else "refused").inc()
        elif record.name == audit_log:
            self.changes.labels(record.msg).inc()

    def text(self) -> bytes:
        """All of them, as Prometheus reads them."""
        return generate_latest(self.registry)
