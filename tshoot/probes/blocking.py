"""Blocking calls without holding up the event loop or the program's end.

An executor is joined at exit, so a hung call (the system's resolver) would delay quitting by its whole
time-out; a daemon thread is left behind instead.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

T = TypeVar("T")


async def in_daemon_thread(call: Callable[[], T]) -> T:
    """Run ``call`` in a daemon thread and return its value or raise its exception.

    Cancelling stops the waiting, not the call.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()
    threading.Thread(target=_run, args=(call, future, loop), daemon=True).start()
    return await future


def _run(call: Callable[[], T], future: asyncio.Future[T], loop: asyncio.AbstractEventLoop) -> None:
    try:
        value = call()
    except BaseException as error:
        _hand_over(loop, partial(_settle_error, future, error))
    else:
        _hand_over(loop, partial(_settle_value, future, value))


def _settle_value(future: asyncio.Future[T], value: T) -> None:
    if not future.done():
        future.set_result(value)


def _settle_error(future: asyncio.Future[T], error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)


def _hand_over(loop: asyncio.AbstractEventLoop, deliver: Callable[[], object]) -> None:
    # RuntimeError: the loop has ended, and nobody waits for the answer any more.
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(deliver)
