"""What one DNS server said to one question, typed."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Literal

AskState = Literal[
    "answered", "silent", "refused_port", "blocked_locally", "no_route", "unreachable", "garbled"
]
RecordType = Literal["A", "AAAA"]

REFUSALS = frozenset({"SERVFAIL", "REFUSED", "NOTIMP", "FORMERR", "NOTAUTH"})
"""Response codes that say "I won't or can't answer", not "this is so" (RFC 1035, section 4.1.1)."""


@dataclass(frozen=True, slots=True)
class DnsAnswer:
    """The outcome of one question to one server.

    ``state``: ``answered`` whatever the response code; ``silent``; ``refused_port`` (port unreachable);
    ``blocked_locally`` (this computer's own EPERM/EACCES); ``no_route`` (this computer can't send
    there); ``unreachable`` (the network said so); ``garbled`` (only things that are no DNS reply came
    back). ``error`` is the errno's name or short reason. ``ms`` runs from the sending that was answered.
    ``cut_off``: the reply was truncated and TCP did not bring the rest.
    """

    server: str
    name: str
    rdtype: RecordType
    state: AskState
    rcode: str = ""
    addresses: tuple[str, ...] = ()
    ms: float | None = None
    tries: int = 0
    transport: Literal["udp", "tcp", "https"] = "udp"
    error: str = ""
    cut_off: bool = False

    @property
    def usable(self) -> bool:
        """True when the server said something about the name: an address, no data or no such name."""
        return self.state == "answered" and self.rcode not in REFUSALS and not self.cut_off

    @property
    def no_such_name(self) -> bool:
        """True for NXDOMAIN."""
        return self.usable and self.rcode == "NXDOMAIN"


def addresses_of(answers: tuple[DnsAnswer, ...]) -> tuple[str, ...]:
    """Every address in ``answers``, in order, once each."""
    return tuple(dict.fromkeys(ip for answer in answers for ip in answer.addresses))


def denies(answers: tuple[DnsAnswer, ...]) -> bool:
    """True when one server's ``answers`` say that the name has no address.

    NXDOMAIN says so for every type (RFC 2308, section 2.1); "no data" only when both A and AAAA have it.
    """
    if addresses_of(answers):
        return False
    empty = {answer.rdtype for answer in answers if answer.usable}
    return empty == {"A", "AAAA"} or any(answer.no_such_name for answer in answers)


def median_ms(answers: tuple[DnsAnswer, ...]) -> float | None:
    """Median time of the answered questions in milliseconds; None when there was no answer."""
    times = [answer.ms for answer in answers if answer.ms is not None]
    return median(times) if times else None
