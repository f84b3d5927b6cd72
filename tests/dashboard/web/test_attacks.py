"""The attacks of `tests.bench.attacks` on a real process, with small numbers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.bench import attacks, client
from tests.bench.client import Reader

pytestmark = pytest.mark.xdist_group("attacks")  # one process of the product for all


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with attacks.process() as (address, _):
        yield address


def test_nothing_a_stranger_does_is_counted_as_a_fault(address: str):
    asyncio.run(attacks.alarm(address))
    counts = attacks.counted(address)
    assert counts.pop("liaisonatlas_faults_total") == 0
    away = {name.partition('"')[2].partition('"')[0]: times for name, times in counts.items()}
    assert (away["origin"], away["text"], away["upload"]) == (2, 1, 1)
    assert away["value"] > 0


def test_a_flood_is_cut_off_and_others_are_answered(address: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(client, "PATIENCE", 120)  # without the limit, they wait for its end

    async def attack() -> tuple[list[int], Reader]:
        reader = Reader(address, "dekking", "taal=nl")
        await reader.open()
        flood = asyncio.create_task(attacks.flood(address, 240, 1, enough=2))
        await asyncio.sleep(1)
        await reader.change()
        codes, _ = await flood
        await reader.close()
        return codes, reader

    codes, reader = asyncio.run(attack())
    assert codes and set(codes) == {1008}
    assert reader.errors == [] and len(reader.answers) == 1


def test_what_many_pages_say_is_refused_beyond_its_budget(address: str):
    async def attack() -> tuple[int, list[int | None]]:
        large = await attacks.swell(address, 1, 600_000)
        many = await attacks.swell(address, 110, 480_000)
        deadline = asyncio.get_running_loop().time() + 120
        while True:  # the server reads them when it has time
            codes = [socket.close_code for socket in (*large, *many)]
            few = codes[len(large) :].count(None) <= 104 and None not in codes[: len(large)]
            if few or asyncio.get_running_loop().time() > deadline:
                break
            await asyncio.sleep(0.1)
        for socket in (*large, *many):
            attacks.leave(socket)
        await asyncio.sleep(0.1)  # until the sockets are closed
        return len(large), codes

    large, codes = asyncio.run(attack())
    assert codes[0] == 1009 or not large
    # 48 MB hold 104 messages of 480 kB and a few bytes around them.
    assert 0 < codes[large:].count(None) <= 104
