"""Carries parcels from the outbox to the webhook, one after the other, until it is cancelled."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Protocol

from tshoot.desk.parcel import CLAIM_SECONDS, Parcel, tried
from tshoot.desk.webhook import Delivery, Webhook, post
from tshoot.probes.blocking import in_daemon_thread
from tshoot.session.errors import SessionError

RETRY_SECONDS = 10.0
"""How long the outbox is left alone after the store could not be used."""
POLL_SECONDS = 2.0
"""How often the outbox is looked into; the first retry waits as long."""


class Outbox(Protocol):
    """Parcels kept where they survive a restart. Every call blocks until it is durable."""

    def put(self, parcel: Parcel) -> Parcel:
        """Keep a parcel. One of the same key is left as it is, and returned."""

    def claim(self, now: float) -> Parcel | None:
        """The parcel that has been due longest, marked as being sent; None where none is due.

        No two callers, in whatever process, get the same one while the claim lasts.
        """

    def settle(self, parcel: Parcel) -> None:
        """Keep how the attempt ended; without effect where it was claimed anew since (more attempts)."""

    def renew(self, parcel: Parcel) -> None:
        """Replace one that was refused or given up, to be tried again."""

    def of_session(self, session: str) -> tuple[Parcel, ...]:
        """The parcels of one session, the oldest first."""


class Courier:
    """Sends what is due. ``told`` hears of every parcel that was tried."""

    def __init__(
        self,
        outbox: Outbox,
        webhook: Webhook,
        told: Callable[[Parcel], None] | None = None,
        clock: Callable[[], float] = time.time,
        carry: Callable[[Webhook, str, bytes], Delivery] = post,
    ) -> None:
        self._outbox, self._webhook, self.told = outbox, webhook, told
        self._clock, self._carry = clock, carry
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something was put into the outbox: don't wait for the next round."""
        self._woken.set()

    async def run(self) -> None:
        """Look, send, wait; until cancelled. A store that can't be used now is tried again later."""
        while True:
            try:
                await self.round()
                wait = POLL_SECONDS
            except SessionError:
                wait = RETRY_SECONDS
            self._woken.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), wait)

    async def round(self) -> None:
        """Try everything that is due now, each once."""
        while (parcel := await in_daemon_thread(lambda: self._outbox.claim(self._clock()))) is not None:
            delivery = await self._attempt(parcel)
            after = tried(parcel, delivery, self._clock(), random.random())
            await in_daemon_thread(partial(self._outbox.settle, after))
            if self.told is not None:
                self.told(after)

    async def _attempt(self, parcel: Parcel) -> Delivery:
        sending = in_daemon_thread(lambda: self._carry(self._webhook, parcel.key, parcel.body))
        try:
            # A receiver that dribbles bytes for ever must not hold a claim that is over.
            return await asyncio.wait_for(sending, CLAIM_SECONDS / 2)
        except TimeoutError:
            return Delivery("again", "no answer in time")
