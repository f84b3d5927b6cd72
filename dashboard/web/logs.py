"""What the app says about itself while it runs: one line for each event, to standard error.

JSON for a machine to keep, plain text on a terminal. No line names a person, an address, a query or
what stands in a document. That is why a fault is told by its kind and its places in the code: the
text of an exception may quote a cell of a document.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from typing import Any

from pythonjsonlogger.json import JsonFormatter

PLAIN = "%(asctime)s %(levelname)s %(message)s%(added)s"
# Those who speak through a logger of their own and may do so; others from a warning upwards.
OURS = ("dashboard", "data", "pages", "geo")
# What every record has, so that what an event adds to it can be told apart.
_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "added"}


class Line(JsonFormatter):
    """A record as one line of JSON: time, level, event, logger, and what the event adds."""

    def __init__(self) -> None:
        names = {"levelname": "level", "message": "event", "name": "logger", "exc_info": "fault"}
        wanted = "%(levelname)s %(message)s %(name)s"
        super().__init__(wanted, rename_fields=names, timestamp="time")

    def formatException(self, ei: Any) -> str:  # noqa: N802 (logging calls it so)
        """Kind and places of a fault, innermost last, without its text."""
        kind, _, trace = ei
        places = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
        return " > ".join([*places, getattr(kind, "__name__", "unknown")])


class Plain(logging.Formatter):
    """A record for a person at a terminal, with the whole traceback."""

    def __init__(self) -> None:
        super().__init__(PLAIN, "%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """What the event adds stands behind it as name=value."""
        fields = {name: value for name, value in vars(record).items() if name not in _FIELDS}
        record.added = "".join(f" {name}={value}" for name, value in fields.items())
        return super().format(record)


# uvicorn's word where a connection is answered with a status: refused, and counted as such.
_REFUSED = "ASGI callable returned without completing handshake."


class Guarded(logging.Filter):
    """Takes out of other libraries' lines what they filled in: it may be a reader's query."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record passes, but for what a stranger could have written without end."""
        if record.msg == _REFUSED:
            return False
        if record.name.partition(".")[0] not in OURS and record.args:
            record.args, record.msg = (), str(record.msg)
        return True


class Listener(logging.Handler):
    """Hands every record that is written to a function as well, to be counted."""

    def __init__(self, count: Callable[[logging.LogRecord], None]) -> None:
        super().__init__()
        self.count = count

    def emit(self, record: logging.LogRecord) -> None:
        """Pass the record on."""
        self.count(record)


def begin(count: Callable[[logging.LogRecord], None]) -> None:
    """From now on all events of this process go to standard error, and to `count`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Plain() if sys.stderr.isatty() else Line())
    everything = logging.getLogger()
    everything.handlers[:] = [handler, Listener(count)]
    for each in everything.handlers:
        each.addFilter(Guarded())
    everything.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    gather()


def gather() -> None:
    """Make every other logger speak through the handler of `begin`.

    Streamlit gives each of its loggers a handler of its own when it first imports the module that
    logs, so this is repeated at each new session.
    """
    for logger in list(logging.Logger.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger) and logger.handlers:
            logger.handlers.clear()
            logger.propagate = True
