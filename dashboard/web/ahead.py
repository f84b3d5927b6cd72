"""What a run sends ahead of all else: the map, which the reader waits for.

Streamlit's front end draws the page anew for each bunch of messages that comes, and the map waits
until it has. So a change of a page that has a map already is sent in two bunches: the map, then the
rest of the page when the run ends, drawn once. This replaces the context's way of sending, as
`dashboard.web.references` does; tests/dashboard/web/test_ahead.py and tests/browser/test_wire.py
tell where a new Streamlit sends in another way.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from time import monotonic

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.web import session

PATIENCE = 0.25  # seconds after the map: what takes longer than this is sent as it comes
Path = tuple[int, ...]
_thread = threading.local()


class _Queue:
    """What a run has drawn and not sent yet; `places` are those that its map has on the page."""

    def __init__(self, send: Callable[[ForwardMsg], None], before: frozenset[Path]) -> None:
        self.send = send
        self.places: set[Path] = set()
        self.is_map = False
        self._before = before
        self._held: list[ForwardMsg] = []
        self._late = inf  # until the map is sent

    def put(self, message: ForwardMsg) -> None:
        """Send a part of the map at once; hold back the rest where the map has its place already.

        A place that the browser has not drawn yet needs what stands before it.
        """
        place = tuple(message.metadata.delta_path)
        if self.is_map:
            self.places.add(place)
        if self.is_map and place in self._before:
            self.send(message)
            self._late = monotonic() + PATIENCE
        elif self.is_map or not self._before or monotonic() > self._late:
            self.release()
            self.send(message)
        else:
            self._held.append(message)

    def release(self) -> None:
        """Send what was held back, in its order; from now on nothing is."""
        self._before = frozenset()
        held, self._held = self._held, []
        for message in held:
            self.send(message)


@contextmanager
def sending() -> Iterator[None]:
    """Let the map of this run go ahead, where it stood at the same place in the run before.

    A reader who comes to the page gets its parts as they come, and so does one who changes a part
    that is drawn alone.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or context.fragment_ids_this_run:
        yield
        return
    before = session.map_places() if session.stays() else frozenset[Path]()
    queue = _thread.queue = _Queue(context._enqueue, before)
    context._enqueue = queue.put
    try:
        yield
    finally:
        _thread.queue, context._enqueue = None, queue.send
        session.keep_map_places(frozenset(queue.places))
        queue.release()


@contextmanager
def map_part() -> Iterator[None]:
    """What is drawn meanwhile is the map: it goes ahead of what `sending` holds back."""
    queue: _Queue | None = getattr(_thread, "queue", None)
    if queue is None:
        yield
        return
    queue.is_map = True
    try:
        yield
    finally:
        queue.is_map = False
