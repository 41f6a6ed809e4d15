"""Ending tasks so that nothing of theirs stays open."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


async def cancel_all(tasks: Collection[asyncio.Task[Any]]) -> None:
    """Cancel the tasks and wait until each has closed what it opened; their results are dropped."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def up_to(seconds: float, work: Coroutine[Any, Any, object]) -> None:
    """Run ``work``, cancelled after ``seconds``; its result is dropped."""
    with suppress(TimeoutError):
        async with asyncio.timeout(max(0.0, seconds)):
            await work


async def within(seconds: float, work: Coroutine[Any, Any, T]) -> T | None:
    """The result of ``work``, or None where it did not end within ``seconds``."""
    try:
        async with asyncio.timeout(max(0.0, seconds)):
            return await work
    except TimeoutError:
        return None
