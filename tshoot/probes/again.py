"""Asking again when nothing answers, side by side with what is still on its way.

Only silence is asked again, never a definite answer: on a lossy path one lost packet says nothing
(contract.md, budgets: "only time-outs are retried, inside the deadline").
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from tshoot.probes.deadline import Deadline
from tshoot.probes.tasks import cancel_all

T = TypeVar("T")

STARTS = (0.0, 0.7, 1.4)
"""When an attempt begins, in seconds. A fresh connection does better than waiting for the old one: after
a lost SYN the system waits 1 s, then 2 s, then 4 s (RFC 6298)."""


async def first_answer(
    attempt: Callable[[], Coroutine[Any, Any, T]],
    deadline: Deadline,
    starts: Sequence[float] = STARTS,
    silent: Callable[[], bool] = lambda: True,
) -> T | None:
    """What the first attempt to finish returns, or None where none did by ``deadline``.

    An attempt begins at each of ``starts`` while none has finished; a further one only if ``silent`` still
    says that the other side has not been heard. The others are cancelled and have
    cleaned up when this returns. An exception of the finished attempt is passed on.
    """
    running: set[asyncio.Task[T]] = set()
    try:
        for end in _ends(starts, deadline):
            if running and deadline.over:
                break
            if not running or silent():
                running.add(asyncio.create_task(attempt()))
            done, _ = await asyncio.wait(
                running, timeout=end.remaining(), return_when=asyncio.FIRST_COMPLETED
            )
            if done:
                return done.pop().result()
        return None
    finally:
        await cancel_all(running)


def _ends(starts: Sequence[float], deadline: Deadline) -> list[Deadline]:
    """For each attempt, the moment at which the next one begins; for the last the deadline."""
    return [*(deadline.within(start) for start in starts[1:]), deadline]


async def side_by_side(
    attempts: Sequence[Coroutine[Any, Any, T]],
    settles: Callable[[Sequence[T]], bool],
    deadline: Deadline,
    stragglers: float,
) -> list[T | None]:
    """Run all attempts at once; what each returned, None for one that did not finish.

    Ends when all have, at ``deadline``, or ``stragglers`` seconds after ``settles`` said of what has been
    returned so far that it is enough.
    """
    tasks = [asyncio.create_task(attempt) for attempt in attempts]
    pending, end, settled = set(tasks), deadline, False
    try:
        while pending:
            done, pending = await asyncio.wait(
                pending, timeout=end.remaining(), return_when=asyncio.FIRST_COMPLETED
            )
            if not done:
                break
            if not settled and settles([task.result() for task in tasks if task.done()]):
                settled, end = True, end.within(stragglers)
    finally:
        await cancel_all(pending)
    return [None if task.cancelled() else task.result() for task in tasks]
