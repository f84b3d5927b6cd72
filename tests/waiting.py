"""Waiting for what comes by itself; the limit only ends what would never come."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import pytest

LIMIT = 240  # seconds, on cores that thirty programs share; within ten as a rule
PAUSE = 0.05  # seconds between two looks

Found = TypeVar("Found")


def until(
    look: Callable[[], Found],
    what: str,
    seconds: float = LIMIT,
    rest: Callable[[float], object] = time.sleep,
) -> Found:
    """Look until what is found is true, and return it.

    `rest` lets so many seconds pass. Raises AssertionError with `what` where it never is true.
    """
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        rest(PAUSE)
    return found


@asynccontextmanager
async def within(what: str, seconds: float = LIMIT) -> AsyncIterator[None]:
    """Fails with `what` where the block does not end."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        pytest.fail(f"not within {seconds} s: {what}")


async def comes(look: Callable[[], bool], what: str) -> None:
    """Look until it is so, and let others go on between two looks."""
    async with within(what):
        while not look():
            await asyncio.sleep(PAUSE)
