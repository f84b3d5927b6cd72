"""A reader without a browser: speaks Streamlit's own protocol over a websocket and times it.

Knows the controls of a page from what the server sends, as a browser does, and sets one of them. An
answer counts as complete when the server says that the run has finished, and the data of its map is
here, where it stands at an address that the reader has not asked for yet.
"""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 30.0  # seconds until an answer counts as an error
PILLS = ("NP", "KMar", "GPI")
MAP = re.compile(r"map\.json\?[^'\"\\]+")  # in what a map is told, see dashboard/web/map_data.py


@dataclass
class Reader:
    """One session at `address` (http://host:port) on the page at `path` with its query.

    `answers` are seconds from a sent change to the end of the run it caused; `errors` say what went
    wrong instead.
    """

    address: str
    path: str = ""
    query: str = ""
    cookie: str = ""
    answers: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    _socket: ClientConnection | None = None
    _page: str = ""
    _boxes: dict[str, bool] = field(default_factory=dict)
    _pills: str = ""
    _turn: int = 0
    _map: str = ""
    _maps: set[str] = field(default_factory=set)
    _files: httpx.AsyncClient | None = None

    async def open(self) -> float:
        """Connect and wait for the first page; returns its seconds."""
        where = self.address.replace("http", "ws", 1) + "/_stcore/stream"
        headers = {"Cookie": self.cookie} if self.cookie else {}
        self._socket = await connect(
            where,
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers=headers,
            origin=self.address,  # type: ignore[arg-type]
            max_size=None,
            open_timeout=PATIENCE,
            ping_timeout=None,
        )
        return await self.visit(self.query)

    async def visit(self, query: str) -> float:
        """Ask for the page with another query, as a link does; returns its seconds."""
        message = BackMsg()
        message.rerun_script.page_name = self.path
        message.rerun_script.query_string = query
        return await self._ask(message)

    async def change(self) -> None:
        """Turn the next checkbox (or pill) of the page and wait for the answer."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.query_string = self.query
        states = message.rerun_script.widget_states.widgets
        if self._pills:
            chosen = PILLS[: self._turn % 3 + 1]
            state = states.add(id=self._pills)
            state.string_array_value.data.extend(chosen)
        else:
            wanted = sorted(name for name in self._boxes if "w_organisation_" in name)
            name = wanted[self._turn % len(wanted)]
            states.add(id=name, bool_value=not self._boxes[name])
        self._turn += 1
        try:
            self.answers.append(await self._ask(message))
        except (TimeoutError, OSError, RuntimeError) as error:
            self.errors.append(f"{type(error).__name__}: {error}"[:200])

    async def close(self) -> None:
        """Leave, as a browser does that closes its tab."""
        if self._socket:
            await self._socket.close()
        if self._files:
            await self._files.aclose()

    async def _ask(self, message: BackMsg) -> float:
        assert self._socket is not None
        sent = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while True:
                answer = ForwardMsg()
                answer.ParseFromString(await self._socket.recv())  # type: ignore[arg-type]
                kind = answer.WhichOneof("type")
                if kind == "navigation":
                    self._page = answer.navigation.page_script_hash
                elif kind == "delta":
                    self._learn(answer.delta)
                elif kind == "page_info_changed":
                    self.query = answer.page_info_changed.query_string
                elif kind == "script_finished":
                    if answer.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                        continue
                    await self._fetch_map()
                    return time.perf_counter() - sent

    async def _fetch_map(self) -> None:
        """Have the data of the map, as static/map_data.js does."""
        if not self._map or self._map in self._maps:
            return
        self._maps.add(self._map)
        headers = {"Cookie": self.cookie} if self.cookie else {}
        self._files = self._files or httpx.AsyncClient(headers=headers, timeout=PATIENCE)
        answer = await self._files.get(f"{self.address}/{self._map}")
        if answer.status_code != httpx.codes.OK:
            raise RuntimeError(f"{self._map}: {answer.status_code}")

    def _learn(self, delta: Delta) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RuntimeError(element.exception.message)
        if kind == "alert" and element.alert.format == element.alert.ERROR:
            raise RuntimeError(element.alert.body)
        if kind == "checkbox":
            box = element.checkbox
            self._boxes[box.id] = box.value if box.set_value else box.default
        elif kind == "component_instance":
            found = MAP.search(element.component_instance.json_args)
            self._map = found[0] if found else ""
        elif kind == "button_group" and element.button_group.label == "org":
            self._pills = element.button_group.id
