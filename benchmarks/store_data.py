"""Made-up sessions for the benchmarks of the store: the same every time, spread over two years."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from tshoot.guide.model import Chosen, Measured, Taken
from tshoot.session.model import (
    Aim,
    Assigned,
    Finished,
    Labelled,
    Noted,
    Opened,
    Place,
    Recorded,
    SessionEvent,
    Tried,
    Walked,
)
from tshoot.session.names import ALPHABET

SINCE = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 730
SERVICES = ("t-mobile", "metro", "home-internet", "t-life")
TOPICS = ("My connection fails", "I can't sign in", "The page looks wrong", "My VPN is in the way")
CAUSES = tuple(
    f"{group}.{kind}" for group in ("dns", "link", "wan", "tls", "portal", "vpn") for kind in "abcdefg"
)
STEPS = tuple(f"step-{number}" for number in range(120))
FIXES = tuple(f"restart-{number}" for number in range(40))
NAMES = tuple(
    f"{first} {last}" for first in ("Ana", "Ben", "Cleo", "Dan", "Eva") for last in ("Gray", "Hill", "Ito")
)
AGENTS = tuple(f"agent {number}" for number in range(50))
NOUNS = ("gateway", "router", "light", "browser", "cable", "phone", "window", "kitchen", "update", "signal")
PROBES = tuple(f"probe_{number}" for number in range(29))


def sessions(count: int, events_each: int) -> Iterator[Recorded]:
    """``count`` sessions of ``events_each`` events, one after the other."""
    dice = random.Random(7)
    for number in range(count):
        name = "".join(dice.choice(ALPHABET) for _ in range(8))
        at = SINCE + timedelta(days=DAYS) * (number / count)
        for place, event in enumerate(_events(dice, events_each), 1):
            at += timedelta(seconds=dice.randrange(2, 60))
            yield Recorded(name, place, at, dice.choice(AGENTS), event)


def _events(dice: random.Random, count: int) -> list[SessionEvent]:
    topic, cause = dice.choice(TOPICS), dice.choice(CAUSES)
    kind = dice.choice(("desk", "desk", "wizard", "dialogue"))
    found: list[SessionEvent] = [
        Opened(kind, "start", {"start": "1.0.0"}, Aim(dice.choice(SERVICES)), place=_place(dice, topic, "")),
        Labelled(f"{dice.choice(NAMES)} {dice.randrange(10000)}"),
        Assigned(dice.choice(AGENTS)),
        _diagnosed(dice, topic, cause),
        Noted(" ".join(dice.sample(NOUNS, 5)), "start", "step-1"),
    ]
    while len(found) < count - 1:
        found.append(_step(dice, len(found) - 4, topic, cause))
    how = dice.choices(("resolved", "unresolved", "handed_over", ""), (60, 15, 15, 10))[0]
    last = (
        Finished(how, cause, "start", "end", f"It was the {dice.choice(NOUNS)}.") if how else Noted("Busy.")
    )
    return [*found, last]


def _diagnosed(dice: random.Random, topic: str, cause: str) -> Walked:
    outcomes = {probe: dice.choice(("ok", "timeout", "refused")) for probe in PROBES}
    values = {"summary": "The DNS server does not answer.", "dns_server": "192.168.12.1"}
    event = Measured("look", cause, "The DNS server does not answer.", values=values, outcomes=outcomes)
    taken = Taken(
        "start", "look", "diagnose", cause, "probe", event.detail, values, {**outcomes, "cause": cause}
    )
    return Walked(event, 0, (taken,), 1.2, _place(dice, topic, cause))


def _step(dice: random.Random, line: int, topic: str, cause: str) -> Walked:
    step = dice.choice(STEPS)
    taken = Taken("start", step, "ask", "yes", "person", "Yes, it does")
    tried = None
    if dice.random() < 0.15:
        result = dice.choices(("fixed", "not_fixed", "cannot_tell"), (3, 5, 1))[0]
        tried = Tried(line, "start", dice.choice(FIXES), result)
    seconds = round(dice.lognormvariate(3.0, 0.8), 2)
    return Walked(Chosen(step, "yes"), line, (taken,), seconds, _place(dice, topic, cause), tried)


def _place(dice: random.Random, topic: str, cause: str) -> Place:
    step = dice.choice(STEPS)
    return Place("start", step, f"What does the {dice.choice(NOUNS)} show at {step}?", topic, cause)
