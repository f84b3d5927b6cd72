"""What readers with the same choices share: made once, shown to all of them.

A page's topic (see `dashboard.subjects`) rests on the store, the reference tables and the choices.
As long as these are the same its texts, tables and charts are too, so a second reader, or the same
one who comes back to a choice, waits for the drawing only. Nobody changes a topic in place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from dashboard import snapshot
from dashboard.filters import Filters
from dashboard.i18n import Words
from data.load import REFERENCE, stamp

Topic = TypeVar("Topic")
Given = ParamSpec("Given")
Made = TypeVar("Made")
# Each holds what a page shows, up to about 2 MB; the pages of one set of choices are some ten.
ENTRIES = 60
TABLES = tuple(sorted(path.stem for path in REFERENCE.glob("*.csv")))


def shared(make: Callable[[Words, Filters], Made], t: Words, filters: Filters) -> Made:
    """`make(t, filters)`, as it was made for the last reader with these choices.

    Raises what `make` raises; what fails is not kept.
    """
    # Ages of documents are counted from today.
    today = dt.date.today().isoformat()
    mark = f"{snapshot.store().moment()} {stamp(*TABLES)} {today} {t.language}"
    made: Made = _made(f"{make.__module__}.{make.__qualname__}", filters, mark, make, t)
    return made


@snapshot.kept(ENTRIES)
def _made(name: str, filters: Filters, mark: str, _make: Any, _t: Words) -> Any:
    return _make(_t, filters)


def remembered(
    make: Callable[Concatenate[Topic, Given], Made],
) -> Callable[Concatenate[Topic, Given], Made]:
    """Keeps what a function made of a topic with that topic, for as long as it lives.

    The function's further arguments are plain values or lists of them.
    """

    @wraps(make)
    def once(topic: Topic, *given: Given.args, **named: Given.kwargs) -> Made:
        kept: dict[object, Made] = topic.__dict__.setdefault("_remembered", {})
        told = (*given, *named.items())
        at = (make.__qualname__, *(tuple(e) if isinstance(e, list) else e for e in told))
        if at not in kept:
            kept[at] = make(topic, *given, **named)
        return kept[at]

    return cast("Callable[Concatenate[Topic, Given], Made]", once)
