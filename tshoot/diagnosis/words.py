"""What is said when no cause heads the diagnosis: all well, not clear, or nothing measured.

Honest about what is known: it names what works and the stage at which the target stops.
"""

from __future__ import annotations

from dataclasses import dataclass

from tshoot.diagnosis.evidence import Evidence
from tshoot.diagnosis.signals_path import PASSING


@dataclass(frozen=True, slots=True)
class Words:
    """A summary and a next step; both may hold named values."""

    say: str
    next: str


HEALTHY = Words(
    "Your connection works, all the way to {host}.",
    "If signing in still fails, check the name and password you use, or try another browser.",
)
ANSWERS_WITH_STATUS = Words(
    "Your connection works, all the way to {host}. The site answers this address with {status}.",
    "Check the address of the page. If it is right, the site itself decides who may open it.",
)
THROUGH_THE_PROXY = Words(
    "Your connection works, all the way to {host}, through the proxy {proxy}.",
    "If signing in still fails, check the name and password you use, or try another browser.",
)
PAST_THE_PROXY = Words(
    "Your connection works, all the way to {host}. This computer is set to use a proxy ({proxy}), "
    "and this check went without it.",
    "If the site does not open in your browser, switch the proxy off, or ask whoever set it up.",
)
NOT_MEASURED = Words(
    "Nothing could be measured here, so nothing can be said about the connection.",
    "Run the check on the computer that has the problem, and allow it to use the network.",
)
MISSED = " {host} did not open in the time allowed."

_WAIT_OR_OTHER = "Try again in a minute. If it stays like this, try another network or another device."
_STAGES: dict[str, Words] = {
    "http": Words(
        "Your internet works, and {host} takes the connection, but its page does not finish loading.",
        _WAIT_OR_OTHER,
    ),
    "tls": Words(
        "Your internet works, but a secure connection to {host} can't be made. The reason is not clear.",
        "Don't click past a certificate warning. Try again in a minute, or from another network.",
    ),
    "tcp": Words(
        "Your internet works, but {host} can't be reached. The reason is not clear.", _WAIT_OR_OTHER
    ),
    "dns_system": Words(
        "Your internet works, but this computer can't look up {host}. The reason is not clear.",
        "Switch Wi-Fi off and on again, or restart the computer, then check again.",
    ),
}
_BLOCKED_HERE = Words(
    "This computer itself stops the connection to {host}.",
    "Look for a firewall or security program on this computer and allow the connection.",
)
_BEHIND_PROXY = Words(
    "This computer is set to use a proxy ({proxy}). Without it, {host} can't be reached. "
    "The way through the proxy was not checked.",
    "Open the site in your browser. If it fails there, ask whoever runs this network about the proxy.",
)
_THROUGH_PROXY = Words(
    "The proxy {proxy} works, but {host} does not answer through it as it should ({status}).",
    "Try again in a minute. If it stays like this, ask whoever runs the proxy.",
)
_BEHIND_VPN = Words(
    "The VPN is on, and nothing gets through it. It is not clear whether your connection works without it.",
    "Switch the VPN off, then check again.",
)
_SHAKY = Words(
    "Something beyond this computer stops {host} from opening. Part of the internet answers, part does not.",
    "Restart the gateway, or try another network.",
)
_OFFLINE = Words(
    "{host} can't be reached, and it is not clear how far the connection gets.",
    "Look whether other devices are online, then restart the gateway.",
)
_UNTRIED = Words(
    "It is not clear whether {host} works: it was not checked to the end.", "Run the whole check again."
)


def healthy_words(evidence: Evidence) -> Words:
    """For a target that was reached."""
    if evidence.outcome("http") == "client_error":
        return ANSWERS_WITH_STATUS
    if evidence.outcome("proxy") == "ok":
        return THROUGH_THE_PROXY
    unfollowed = evidence.outcome("proxy") in ("pac_unreachable", "pac_not_evaluated")
    return PAST_THE_PROXY if unfollowed else HEALTHY


def unknown_words(evidence: Evidence) -> Words:
    """For a target that was not reached for no known cause, or that was not tried."""
    if evidence.outcome("target") == "unknown":
        return _UNTRIED
    if evidence.outcome("tcp") == "blocked_locally":
        return _BLOCKED_HERE
    if evidence.outcome("vpn") == "unclear":
        return _BEHIND_VPN
    if evidence.outcome("proxy") == "ok":
        return _THROUGH_PROXY
    if evidence.outcome("proxy") == "pac_not_evaluated":
        return _BEHIND_PROXY
    internet = evidence.outcome("internet")
    if internet not in PASSING:
        return _OFFLINE
    if internet in ("https_blocked", "web_blocked"):
        return _SHAKY
    order = ("dns_system", "tcp", "tls", "http")
    stage = next((probe for probe in order if evidence.in_trouble(probe)), "http")
    return _STAGES[stage]
