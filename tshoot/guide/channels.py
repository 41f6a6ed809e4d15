"""Which ways to support work now, told from what was measured. Pure.

A phone call and a store need no internet; a chat, a website and an app do. What was not measured is
"not known", never "works".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tshoot.diagnosis.model import Rung, RungState
from tshoot.guide.words import help_words

Working = Literal["works", "not_known", "not_now"]


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to support (``phone``, ``chat`` …), whether it works now, and why that is said."""

    name: str
    works: Working
    reason: str


_ORDER: Sequence[Working] = ("works", "not_known", "not_now")
_NOW: Mapping[Working, str] = {"works": "", "not_known": "Perhaps: ", "not_now": "Not now: "}
_NO_NEED = "No internet needed."
_UNMEASURED = "Not measured here."
_WEB: Mapping[str, str] = {
    "internet": "There is no internet here right now.",
    "dns": "Names of websites can't be looked up here right now.",
    "secure connection": "Secure pages don't open here right now.",
    "service": "The website does not answer here right now.",
}
"""What a page needs, from below, and what is said where it is missing."""
_BY_PHONE = "With mobile data it works on a phone."


def channels_now(names: Iterable[str], ladder: Sequence[Rung], official: bool) -> tuple[Channel, ...]:
    """The channels with what is known of them, those that work first.

    ``ladder`` is the latest one; ``official``: the service it leads to is the provider's own, so that its
    rungs tell of the provider's website too.
    """
    states = {rung.rung: rung.state for rung in ladder}
    found = [_CHANNELS[name](name, states, official) for name in dict.fromkeys(names) if name in _CHANNELS]
    return tuple(sorted(found, key=lambda channel: _ORDER.index(channel.works)))


def channel_words(channel: Channel, service: str = "") -> str:
    """How to get there, in a sentence that says so where it does not work now or may not.

    ``service``: the id of the service whose contacts count.
    """
    words = f"{_NOW[channel.works]}{help_words(channel.name, service)}."
    return words[0].upper() + words[1:]


def _offline(name: str, states: Mapping[str, RungState], official: bool) -> Channel:
    return Channel(name, "works", _NO_NEED)


def _website(name: str, states: Mapping[str, RungState], official: bool) -> Channel:
    needed = list(_WEB) if official else list(_WEB)[:-1]
    for rung in needed:
        if states.get(rung) == "bad":
            return Channel(name, "not_now", _WEB[rung])
    if not official or any(states.get(rung, "unknown") == "unknown" for rung in needed):
        return Channel(name, "not_known", _UNMEASURED)
    return Channel(name, "works", "The website answers here.")


def _app(name: str, states: Mapping[str, RungState], official: bool) -> Channel:
    """The app on a phone: by this network, or by the phone's own data, of which nothing is known here."""
    internet = states.get("internet", "unknown")
    if internet == "bad":
        return Channel(name, "not_now", f"{_WEB['internet']} {_BY_PHONE}")
    if internet == "unknown":
        return Channel(name, "not_known", f"{_UNMEASURED} {_BY_PHONE}")
    return Channel(name, "works", "The internet works here.")


def _chat(name: str, states: Mapping[str, RungState], official: bool) -> Channel:
    """On the website or in the app: what stops the website here leaves the app on mobile data."""
    website = _website(name, states, official)
    if website.works == "works":
        return website
    return Channel(name, website.works, f"{website.reason} {_BY_PHONE}")


def _owner(name: str, states: Mapping[str, RungState], official: bool) -> Channel:
    return Channel(name, "not_known", "How to reach them is not known here.")


_CHANNELS: Mapping[str, Callable[[str, Mapping[str, RungState], bool], Channel]] = {
    "phone": _offline,
    "store": _offline,
    "administrator": _offline,
    "chat": _chat,
    "website": _website,
    "app": _app,
    "site_owner": _owner,
}
