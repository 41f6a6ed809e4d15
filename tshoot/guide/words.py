"""Named values in the texts of a flow: ``{name}``, and nothing else of a format language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tshoot.diagnosis.brief_words import own_words
from tshoot.guide.following import FollowState
from tshoot.guide.model import Measure, Measured, Watch
from tshoot.guide.routes import verify_result
from tshoot.lookalike.model import ADDRESS_SAYS
from tshoot.text import counted

_NAME = re.compile(r"\{([a-z][a-z0-9_-]{0,39})\}")
_PLAIN_OUTCOMES = {
    "ok": "works",
    "error": "could not be measured",
    "timeout": "no answer",
    "dead": "no answer",
    "unreachable": "no answer",
    "no_route": "no way out",
    "https_blocked": "secure pages are blocked",
    "web_blocked": "web pages are blocked",
    "redirected": "a sign-in page is in the way",
    "rewritten": "a sign-in page is in the way",
    "name_missing": "name not found",
}
_GROUP_WORDS = {
    "link": "no cable or Wi-Fi",
    "address": "trouble with the address",
    "route": "no way out of this network",
    "gateway": "trouble at the gateway",
    "wan": "trouble on the internet line",
    "dns": "trouble finding names",
    "portal": "a sign-in page in the way",
    "filter": "something blocks the way",
    "path": "trouble on the way",
    "tls": "trouble with a certificate",
    "clock": "the clock is wrong",
    "proxy": "trouble with the proxy",
    "vpn": "trouble with the VPN",
    "service": "trouble at the website",
    "browser": "trouble in the browser only",
}
CONFIRM_WORD = "agree"
"""What a person types before something that can't be undone."""
END_WORDS = {
    "resolved": "Solved.",
    "unresolved": "Not solved yet.",
    "handed_over": "Someone else has to go on from here.",
    "not_applicable": "There is nothing to fix here.",
    "stopped_for_safety": "Stopped, to keep you safe.",
}
"""How a flow ended, by its outcome."""
HELP_WORDS = {
    "phone": "call support (dial 611 from your T-Mobile or Metro phone)",
    "chat": "chat with support in the T-Life app or on the official website",
    "store": "go to a store",
    "app": "use the T-Life app",
    "website": "use the official website; type its address yourself",
    "administrator": "ask whoever looks after this network or computer",
    "site_owner": "tell whoever runs the website",
}
"""Where help is, by its channel. The number is that of provider-facts.md, section 3.4 (trust A)."""
_CONTACT_WORDS = {"phone": "call support ({})", "chat": "chat with support ({})", "store": "go to {}"}
"""The channels whose contact is a service's own, by the catalogue."""
_TOLD = ("A", "B")
"""How far a contact has to be trusted to be told to a person (services.yaml)."""
STATE_WORDS: Mapping[FollowState, str] = {
    "here": "still there",
    "gone": "gone",
    "awaited": "not ready yet",
    "back": "back, but not ready yet",
    "there": "back",
}
"""The states of what is watched."""
_SENTENCES = {"summary", "next", ADDRESS_SAYS}
"""Values that are whole sentences: without one, nothing is missing from the text."""
_LEFT_OVERS = (
    (re.compile(r"[ \t]*\([ \t]*\)"), ""),
    (re.compile(r"[ \t]{2,}"), " "),
    (re.compile(r"[ \t]+(?=[.,;:?!)](?:\s|$))"), ""),
)
"""What stays behind where a value is left out: empty brackets, double spaces, a space before a stop."""


def help_words(channel: str, service: str = "") -> str:
    """Where help is: the contact of ``service`` (an id of the catalogue) where it has one, else in general.

    Raises KeyError for a channel that there is not.
    """
    from tshoot.catalog.services import shipped_services

    known = shipped_services().get(service) if channel in _CONTACT_WORDS else None
    for contact in known.contacts if known is not None else ():
        if contact.channel == channel and contact.trust in _TOLD:
            return _CONTACT_WORDS[channel].format(contact.value)
    return HELP_WORDS[channel]


def fill(text: str, values: Mapping[str, str]) -> str:
    """``text`` with every ``{name}`` replaced by its value; values are not searched for names again.

    A name without a value becomes its own words ("the dns server"), or is left out where these words
    already stand before it ("the DNS server {dns_server} is silent"). Anything else in braces stays.
    """
    if "{" not in text:
        return text
    missing = False

    def replaced(match: re.Match[str]) -> str:
        nonlocal missing
        value = values.get(match[1], "")
        missing = missing or not value
        return value or _plain_words(match[1], text[: match.start()])

    filled = _NAME.sub(replaced, text)
    return _tidied(filled) if missing else filled


def _plain_words(name: str, before: str) -> str:
    if name in _SENTENCES:
        return ""
    words = re.split(r"[_-]", name)
    said = re.sub(r"[^a-z0-9]+$", "", before.lower())
    return "" if said.endswith(" ".join(words)) else " ".join(["the", *words])


def _tidied(text: str) -> str:
    for left_over, instead in _LEFT_OVERS:
        text = left_over.sub(instead, text)
    return text.strip()


def outcome_words(outcome: str, probe: str = "") -> str:
    """A probe's outcome as a person may read it; in words of its own, where ``probe`` has some."""
    return own_words(probe, outcome) or _PLAIN_OUTCOMES.get(outcome) or outcome.replace("_", " ")


def cause_words(cause: str) -> str:
    """A headline as a person may read it: the part of the connection that it is about.

    Not for a probe's outcome: there ``none`` is no good news.
    """
    plain = {"none": "all is well", "unknown": "not clear"}
    return plain.get(cause) or _GROUP_WORDS.get(cause.partition(".")[0]) or outcome_words(cause)


def watch_words(title: str, state: FollowState, seconds: float) -> str:
    """A change of what is watched, with the time since the watch began."""
    return f"{title}: {STATE_WORDS[state]}, {elapsed_words(seconds)}."


def elapsed_words(seconds: float) -> str:
    """The time since a watch began, in words."""
    whole = round(seconds)
    if whole < 2:
        return "at the start"
    minutes, rest = divmod(whole, 60)
    parts = (counted(number, unit) for number, unit in ((minutes, "minute"), (rest, "second")) if number)
    return f"after {' '.join(parts)}"


def watched_words(title: str, watch: Watch, measured: Measured) -> str:
    """One line on how a watch ended."""
    if measured.outcome in watch.until:
        return f"{title}: back."
    if measured.outcome in watch.gone:
        return f"{title}: not back yet."
    return f"{title}: not back yet, {outcome_words(measured.outcome, watch.probe or '')}."


def before_and_after(measure: Measure, measured: Measured) -> str:
    """One line on what a check after a fix found."""
    now, before = (
        cause_words(each) if measure.probe is None else outcome_words(each, measure.probe)
        for each in (measured.outcome, measure.before or "")
    )
    if measure.before is None:
        return f"Checked again: {now}."
    return checked_again(before, now, verify_result(measured.outcome, measure.fixed) == "fixed")


def checked_again(before: str, now: str, fixed: bool) -> str:
    """One line on a check after a fix, in the words of before and now; ``fixed``: now is as it should be."""
    if before != now:
        return f"Checked again. Before: {before}. Now: {now}."
    return f"Checked again: {now}, as before." if fixed else f"Checked again: no change yet, still {now}."
