"""A ticket on its way out: what state it is in, and when it is tried again. Pure.

    waiting ──claimed──▶ sending ──▶ delivered
       ▲                    │ ├────▶ refused     the receiver said no for good
       └──── again ─────────┘ └────▶ given_up    a day of trying is over

A claim lasts :data:`CLAIM_SECONDS`. Whoever dies in between loses it, and the parcel is sent again under the
same key: at least once, and exactly once where the receiver honours the key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from tshoot.desk.moments import clock_from
from tshoot.desk.webhook import Delivery

FIRST_WAIT, LONGEST_WAIT = 2.0, 900.0
"""Seconds from one attempt to the next: doubled from the first each time, up to the longest."""
GIVE_UP_SECONDS = 24 * 3600.0
"""How long a parcel is tried before it is given up; whoever sent it can start anew by hand."""
CLAIM_SECONDS = 120.0
"""Far more than one attempt can take (webhook.SECONDS for each of its stages)."""

ParcelState = Literal["waiting", "sending", "delivered", "refused", "given_up"]
UNDER_WAY: frozenset[ParcelState] = frozenset({"waiting", "sending"})


@dataclass(frozen=True, slots=True)
class Parcel:
    """One ticket to be posted. Moments are seconds since 1970 (UTC).

    ``due`` is when it may be tried (while ``sending``: when the claim is over); ``until`` is when it is given
    up; ``told`` is how the last attempt ended, in words.
    """

    key: str
    session: str
    body: bytes
    state: ParcelState
    attempts: int
    due: float
    until: float
    told: str = ""


def packed(key: str, session: str, body: bytes, now: float) -> Parcel:
    """A parcel to be tried at once."""
    return Parcel(key, session, body, "waiting", 0, now, now + GIVE_UP_SECONDS)


def claimed(parcel: Parcel, now: float) -> Parcel:
    """The parcel while one attempt is made."""
    return replace(parcel, state="sending", attempts=parcel.attempts + 1, due=now + CLAIM_SECONDS)


def tried(parcel: Parcel, delivery: Delivery, now: float, chance: float) -> Parcel:
    """The parcel after an attempt. ``chance`` (0 to 1) spreads the next ones of many desks."""
    if delivery.state != "again":
        return replace(parcel, state=delivery.state, told=delivery.words)
    due = now + max(backoff(parcel.attempts, chance), delivery.wait or 0.0)
    if due > parcel.until:
        return replace(parcel, state="given_up", told=delivery.words)
    return replace(parcel, state="waiting", told=delivery.words, due=due)


def anew(parcel: Parcel, now: float) -> Parcel:
    """A parcel that was refused or given up, sent again by hand under its old key."""
    return replace(packed(parcel.key, parcel.session, parcel.body, now), told=parcel.told)


def backoff(attempts: int, chance: float) -> float:
    """Seconds to wait after this many attempts: doubled each time, the upper half of it left to chance."""
    longest = min(FIRST_WAIT * 2.0 ** min(attempts - 1, 30), LONGEST_WAIT)
    return longest * (1 + chance) / 2


def parcel_words(parcel: Parcel, now: float, name: str = "the ticket") -> str:
    """One line on where a parcel is, and since when. ``name``: what it is called."""
    why = f" ({parcel.told})" if parcel.told else ""
    tried_at, put_at = _moment(parcel.due - CLAIM_SECONDS, now), _moment(parcel.until - GIVE_UP_SECONDS, now)
    head = f"{name[0].upper()}{name[1:]}"
    if parcel.state == "delivered":
        return f"{head} arrived at {tried_at}."
    if parcel.state == "refused":
        return f"The receiver refused {name} at {tried_at}{why}."
    if parcel.state == "given_up":
        return f"Sending {name} was given up at {tried_at} after {parcel.attempts} tries{why}."
    if parcel.attempts == 0 or parcel.state == "sending":
        return f"{head} of {put_at} is being sent."
    seconds = max(round(parcel.due - now), 1)
    wait = f"{seconds} s" if seconds < 90 else f"{round(seconds / 60)} min"
    return f"{head} of {put_at}: try {parcel.attempts} did not get through{why}; the next is in {wait}."


def sent_words(parcels: Sequence[Parcel], key: str, now: float, *, can_send: bool) -> list[str]:
    """A line for each parcel of a call. ``key`` is that of the ticket as it is now: whether it is among them
    is told too, and how to send it where one ``can_send``.
    """
    here = any(parcel.key == key for parcel in parcels)
    this = "the ticket" if len(parcels) == 1 else "this ticket"
    other = "another version" if here else "an earlier version"
    words = [parcel_words(parcel, now, this if parcel.key == key else other) for parcel in parcels]
    if words and not here and can_send:
        words[-1] = f"{words[-1].removesuffix('.')}; p sends this one."
    return words


def _moment(seconds: float, now: float) -> str:
    """The hour and minute here; with the day where that is another one than ``now``."""
    at, today = (datetime.fromtimestamp(one, UTC).astimezone() for one in (seconds, now))
    return clock_from(today, at)
