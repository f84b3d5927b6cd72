"""What strangers can do to one process of the product without signing in, on loopback.

Each attack prints what it did to another reader, to memory, or to the alarms; asserts nothing. The
tests of `tests/dashboard/web/test_attacks.py` hold the product to it, with smaller numbers.
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.bench.client import Reader
from tests.deploy.stack import free_ports, get
from tests.waiting import until

ROOT = Path(__file__).parents[2]
GEOJSON = "GeoJSON"  # in the name of the kind of file that is made
LEFT = 130  # seconds after which what a reader left behind should be gone


@contextmanager
def process() -> Iterator[tuple[str, psutil.Process]]:
    """One process of the product on a free port, ready: its address, and what it uses."""
    port = free_ports(1)[0]
    with tempfile.TemporaryDirectory() as var:
        command = [sys.executable, "-m", "dashboard", "run", "--port", str(port)]
        environment = {**os.environ, "LIAISONATLAS_VAR": var}
        log = (Path(var) / "log").open("wb")
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            until(lambda: get(f"{address}/health/ready")[0] == 200, "it is ready", 180)
            yield address, psutil.Process(server.pid)
        finally:
            server.terminate()
            try:
                server.wait(60)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
            log.close()


def rerun(path: str = "", query: str = "taal=nl", ballast: int = 0) -> bytes:
    """What a page says that wants to be drawn; `ballast` bytes of a widget that nobody has."""
    message = BackMsg()
    message.rerun_script.page_name = path
    message.rerun_script.query_string = query
    if ballast:
        state = message.rerun_script.widget_states.widgets.add(id="$$ID-nothing-nothing")
        state.string_value = os.urandom(ballast // 2).hex()
    return message.SerializeToString()


async def join(address: str, **headers: str) -> ClientConnection:
    """A connection as a browser makes it."""
    where = address.replace("http", "ws", 1) + "/_stcore/stream"
    return await connect(
        where,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        origin=address,  # type: ignore[arg-type]
        additional_headers=headers,
        max_size=None,
        ping_interval=None,
    )


def leave(socket: ClientConnection) -> None:
    """Be gone, as who pulls the plug: nobody reads what is still on its way here."""
    socket.transport.abort()


def megabytes(server: psutil.Process) -> float:
    """What the process holds in memory."""
    return float(server.memory_info().rss) / 1e6


# --- a flood of messages --------------------------------------------------------------------------


@dataclass
class Flood:
    """Reruns that are sent without pause, over a new connection whenever one was closed."""

    address: str
    codes: list[int] = field(default_factory=list)  # of the closed connections
    sent: int = 0

    async def attack(self) -> None:
        """Until it is cancelled."""
        while True:
            try:
                socket = await join(self.address)
            except (InvalidStatus, OSError, TimeoutError):
                await asyncio.sleep(0.2)
                continue
            reading = asyncio.create_task(_hear(socket))
            try:
                while True:
                    await socket.send(rerun("dekking"))
                    self.sent += 1
                    await asyncio.sleep(0)
            except ConnectionClosed as closed:
                self.codes.append(closed.rcvd.code if closed.rcvd else 0)
            finally:
                leave(socket)
                reading.cancel()


async def _hear(socket: ClientConnection) -> None:
    with suppress(ConnectionClosed):
        async for _ in socket:
            pass


@asynccontextmanager
async def flood(address: str, attackers: int = 1) -> AsyncIterator[Flood]:
    """A flood that lasts as long as the block."""
    made = Flood(address)
    tasks = [asyncio.create_task(made.attack()) for _ in range(attackers)]
    try:
        yield made
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        await asyncio.sleep(0.1)  # until the sockets are closed


async def flooded(address: str) -> None:
    """Another reader before and during the flood."""
    reader = Reader(address, "dekking", "taal=nl")
    await reader.open()
    for _ in range(16):
        await reader.change()
    before, reader.answers = reader.answers[6:], []
    async with flood(address, 2) as made:
        end = time.monotonic() + 15
        await asyncio.sleep(2)
        while time.monotonic() < end:
            await reader.change()
            await asyncio.sleep(0.5)
    await reader.close()
    print(f"flood: {made.sent} messages of two strangers in 15 s, ", end="")
    print(f"closed {len(made.codes)} times {set(made.codes)}")
    print(f"  another reader before: median {_ms(before)}; meanwhile {_ms(reader.answers)}", end="")
    print(f", {len(reader.answers)} answers, errors {reader.errors}")


def _ms(answers: Sequence[float]) -> str:
    if not answers:
        return "no answer"
    return f"{median(answers) * 1000:.0f} ms (at most {max(answers) * 1000:.0f})"


# --- memory through what a page says --------------------------------------------------------------


async def swell(address: str, connections: int, ballast: int) -> list[ClientConnection]:
    """Connections that each say so many bytes; those that were let in and stay."""
    sockets = []
    for _ in range(connections):
        try:
            socket = await join(address)
            await socket.send(rerun("bronnen", ballast=ballast))
        except (InvalidStatus, ConnectionClosed, OSError):
            continue
        sockets.append(socket)
        await asyncio.sleep(0.05)
    return sockets


async def swollen(address: str, server: psutil.Process) -> None:
    """200 connections with 3.9 MB each, and the same with 480 kB."""
    for ballast in (3_900_000, 480_000):
        before = megabytes(server)
        sockets = await swell(address, 200, ballast)
        await asyncio.sleep(10)
        during = megabytes(server)
        still = sum(socket.close_code is None for socket in sockets)
        for socket in sockets:
            leave(socket)
        await asyncio.sleep(LEFT)
        print(
            f"states: 200 × {ballast / 1e6:.1f} MB, {still} stayed: {before:.0f} MB before, ",
            end="",
        )
        print(f"{during:.0f} meanwhile, {megabytes(server):.0f} after they left ({LEFT} s)")


# --- files that were made -------------------------------------------------------------------------


class Taker(Reader):
    """Has a file made and does not take it."""

    buttons: dict[str, str]
    wanted = GEOJSON
    kinds: Sequence[str] = ()

    async def make(self) -> bool:
        """Whether the page then offers a file."""
        await self.unfold()
        message = self._with_panel()
        states = message.rerun_script.widget_states.widgets
        kind = next(name for name in self.kinds if self.wanted in name)
        states.add(id=self.buttons["take_kind"], string_value=kind)
        states.add(id=self.buttons["take_make"], trigger_value=True)
        await self._ask(message)
        return "take_download" in self.buttons

    async def unfold(self) -> None:
        """Come to the page and open the panel of files, which is made then."""
        self.buttons = {}
        await self.open()
        await self._ask(self._with_panel())

    def _with_panel(self) -> BackMsg:
        """A run of the page with that panel open."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.query_string = self.query
        states = message.rerun_script.widget_states.widgets
        states.add(id=self.buttons["take_open"], bool_value=True)
        return message

    def _learn(self, delta: Delta) -> None:
        super()._learn(delta)
        if delta.WhichOneof("type") == "add_block" and delta.add_block.HasField("popover"):
            self.buttons["take_open"] = delta.add_block.popover.id
        if delta.WhichOneof("type") != "new_element":
            return
        kind = delta.new_element.WhichOneof("type")
        if kind in ("radio", "button", "download_button"):
            name = getattr(delta.new_element, kind).id
            self.buttons[name.rpartition("-")[2]] = name
        if kind == "radio":
            self.kinds = self.kinds or tuple(delta.new_element.radio.options)

    async def forge(self) -> None:
        """Give widgets values that no browser gives them."""
        await self.unfold()
        for value in ({"int_value": 99}, {"bool_value": True}, {"double_value": 1e308}):
            for name in (self.buttons["take_kind"], next(iter(self._boxes))):
                message = self._with_panel()
                message.rerun_script.widget_states.widgets.add(id=name, **value)  # type: ignore[arg-type]
                with suppress(RuntimeError):
                    await self._ask(message)


async def hoarded(address: str, server: psutil.Process, readers: int = 60) -> None:
    """As many readers have a GeoJSON made, each of another choice, stay, and leave."""
    before, takers, refused = megabytes(server), [], 0
    for turn in range(readers):
        organisations = ("NP", "KMar", "GPI", "NP,KMar", "NP,GPI", "KMar,GPI")[turn % 6]
        taker = Taker(address, "dekking", f"taal={'nl' if turn % 2 else 'en'}&org={organisations}")
        taker.query += f"&land={('ECU', 'PER', 'KEN', 'MAR', 'TUR')[turn // 12 % 5]}"
        try:
            refused += not await taker.make()
        except RuntimeError:
            refused += 1
        takers.append(taker)
    during = megabytes(server)
    for taker in takers:
        if taker._socket:
            leave(taker._socket)
    await asyncio.sleep(LEFT)
    print(f"files: {readers} readers, {refused} refused: {before:.0f} MB before, {during:.0f} with")
    print(f"  their files, {megabytes(server):.0f} after they left ({LEFT} s)")


# --- alarms ---------------------------------------------------------------------------------------


async def alarm(address: str) -> None:
    """All that a stranger can do to be written down as a fault of the product."""
    where = address.replace("http", "ws", 1) + "/_stcore/stream"
    for origin in ("https://elsewhere.example", "null"):
        with suppress(InvalidStatus, OSError):
            await connect(where, origin=origin)  # type: ignore[arg-type]
    for message in ("text", b"\xff\xff\xff", b"\x00" * 5_000_000):
        socket = await join(address)
        with suppress(ConnectionClosed):
            await socket.send(message)
            await asyncio.sleep(0.5)
        leave(socket)
    deaf = await join(address)  # asks, does not read, and is gone
    with suppress(ConnectionClosed):
        for _ in range(20):
            await deaf.send(rerun("dekking"))
            await asyncio.sleep(0.05)
    leave(deaf)
    cookie = "_streamlit_user=nonsense; _streamlit_xsrf=nonsense"
    with suppress(InvalidStatus):
        leave(await join(address, Cookie=cookie))
    for path, method in (("/%00", "GET"), ("/_stcore/upload_file/x/y", "PUT"), ("/..%2f", "GET")):
        request = urllib.request.Request(address + path, method=method, data=b"x" * 10)
        with suppress(OSError):
            urllib.request.urlopen(request, timeout=5).close()
    taker = Taker(address, "dekking", "taal=nl")
    await taker.forge()
    await taker.close()
    await asyncio.sleep(1)


def counted(address: str) -> dict[str, float]:
    """What the process counted as faults and as refused, by its metrics."""
    text = get(f"{address}/metrics")[2].decode()
    lines = re.findall(r"^(liaisonatlas_(?:faults|turned_away)_total\S*) (\S+)$", text, re.M)
    return {name: float(number) for name, number in lines}


def run() -> None:
    """All of them, each on a process of its own; prints what they did (ten minutes)."""
    with process() as (address, _):
        asyncio.run(flooded(address))
    with process() as (address, server):
        asyncio.run(swollen(address, server))
    with process() as (address, server):
        asyncio.run(hoarded(address, server))
    with process() as (address, _):
        asyncio.run(alarm(address))
        print("alarms:", counted(address))


if __name__ == "__main__":
    run()
