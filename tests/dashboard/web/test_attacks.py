"""The attacks of `tests.bench.attacks` on a real process, with small numbers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed

from tests.bench import attacks, client
from tests.bench.client import Reader
from tests.waiting import LIMIT, comes, until

pytestmark = pytest.mark.xdist_group("attacks")  # one process of the product for all


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with attacks.process() as (address, _):
        yield address


def turned_away(address: str) -> dict[str, float]:
    """Reason -> how often somebody was refused for it; "" -> faults."""
    counts = attacks.counted(address)
    return {name.partition('"')[2].partition('"')[0]: times for name, times in counts.items()}


def test_nothing_a_stranger_does_is_counted_as_a_fault(address: str):
    asyncio.run(attacks.alarm(address))
    expected = {"origin": 2, "text": 1, "upload": 1}

    def counted() -> bool:
        away = turned_away(address)
        return away["value"] > 0 and all(away[why] >= times for why, times in expected.items())

    until(counted, "all of them are counted")
    away = turned_away(address)
    assert {why: away[why] for why in expected} == expected
    assert away[""] == 0


def test_a_flood_is_cut_off_and_others_are_answered(address: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(client, "PATIENCE", LIMIT)

    async def attack() -> tuple[list[int], Reader]:
        reader = Reader(address, "dekking", "taal=nl")
        await reader.open()
        async with attacks.flood(address) as flood:
            await comes(lambda: bool(flood.codes), "the flood is cut off")
            sent, closed = flood.sent, len(flood.codes)
            await reader.change()
            assert flood.sent > sent
            await comes(lambda: len(flood.codes) > closed, "it is cut off after that too")
        await reader.close()
        return flood.codes, reader

    codes, reader = asyncio.run(attack())
    assert set(codes) == {1008}
    assert reader.errors == [] and len(reader.answers) == 1


def test_what_many_pages_say_is_refused_beyond_its_budget(address: str):
    async def attack() -> tuple[int | None, int]:
        large = await attacks.join(address)
        with suppress(ConnectionClosed):
            await large.send(attacks.rerun("bronnen", ballast=600_000))
        await comes(lambda: large.close_code is not None, "too much at once is refused")
        many = await attacks.swell(address, 110, 480_000)

        def staying() -> int:
            return [socket.close_code for socket in many].count(None)

        await comes(lambda: staying() <= 104, "all together are kept within the budget")
        stayed = staying()
        for socket in many:
            attacks.leave(socket)
        await asyncio.sleep(0.1)  # until the sockets are closed
        return large.close_code, stayed

    # 48 MB hold 104 messages of 480 kB and a few bytes around them.
    assert asyncio.run(attack()) == (1009, 104)
