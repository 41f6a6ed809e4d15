import asyncio
import time

import pytest

from tshoot.probes.again import first_answer, side_by_side
from tshoot.probes.deadline import Deadline


async def test_an_answer_is_not_asked_for_again():
    asked = []

    async def attempt():
        asked.append(1)
        return "no"

    assert await first_answer(attempt, Deadline.after(1)) == "no"
    assert len(asked) == 1


async def test_silence_is_asked_again_beside_the_first_attempt():
    first = asyncio.Event()
    asked = []

    async def attempt():
        asked.append(1)
        if len(asked) == 1:
            await first.wait()
            return "late"
        first.set()
        await asyncio.Event().wait()
        return "never"

    # The first attempt is still listened to after the second has begun.
    assert await first_answer(attempt, Deadline.after(2), (0.0, 0.01)) == "late"
    assert len(asked) == 2


async def test_silence_until_the_deadline_is_none_and_everything_is_cancelled():
    ended = []

    async def attempt():
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(1)

    began = time.monotonic()
    assert await first_answer(attempt, Deadline.after(0.05), (0.0, 0.01, 10.0)) is None
    assert time.monotonic() - began < 0.5
    assert len(ended) == 2


async def test_an_exception_is_passed_on():
    async def attempt():
        raise ValueError("bug")

    with pytest.raises(ValueError, match="bug"):
        await first_answer(attempt, Deadline.after(1))


async def test_cancelling_cancels_the_attempts():
    began, ended = asyncio.Event(), []

    async def attempt():
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(1)

    task = asyncio.create_task(first_answer(attempt, Deadline.after(5)))
    await began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended == [1]


async def test_stragglers_are_waited_for_only_after_enough_is_known():
    async def at_once():
        return "quick"

    async def never():
        await asyncio.Event().wait()

    began = time.monotonic()
    found = await side_by_side(
        [at_once(), never()], lambda so_far: "quick" in so_far, Deadline.after(5), 0.05
    )
    assert found == ["quick", None]
    assert time.monotonic() - began < 1
