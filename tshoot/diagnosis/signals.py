"""Signals: what follows from the data of several probes, where outcomes alone don't separate two causes.

A signal is a pure function with a closed set of outcomes, so that rules can name it like a probe and a lint
can enumerate it. Missing or odd data gives the neutral outcome (the first one listed), never an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tshoot.diagnosis import signals_cert, signals_path, signals_proxy, signals_size, signals_target
from tshoot.diagnosis.reading import Results

Compute = Callable[[Results, str], str]


@dataclass(frozen=True, slots=True)
class Signal:
    """A derived piece of evidence.

    ``outcomes`` maps each to its meaning, the neutral one first; ``good`` are those of a healthy network;
    ``of`` names the probes it is derived from; ``compute`` gets all results and the target's host.
    """

    name: str
    outcomes: Mapping[str, str]
    good: frozenset[str]
    of: tuple[str, ...]
    compute: Compute

    @property
    def neutral(self) -> str:
        """The outcome that says nothing."""
        return next(iter(self.outcomes))


_ALL = (
    Signal(
        "target",
        {
            "unknown": "It was not tried, or not to the end.",
            "reached": "The service answered this computer in the way a browser would have reached it.",
            "partly": "The service answered, but a host that it leads to did not.",
            "by_address": "The service answered, but only after its name was looked up elsewhere.",
            "not_reached": "The service was tried and did not answer as it should.",
        },
        frozenset({"reached"}),
        ("http", "tls", "dns_system", "proxy"),
        signals_target.target,
    ),
    Signal(
        "chain",
        {
            "unknown": "Every further host of the sign-in works, or they were not tried.",
            "unclear": "A further host was silent, on a line too bad for that to say much.",
            "names_fail": "The further hosts fail only because no name can be looked up.",
            "fails": "A further host of the sign-in does not work.",
        },
        frozenset({"unknown"}),
        ("sign_in_chain", "internet"),
        signals_target.chain,
    ),
    Signal(
        "override",
        {
            "unknown": "The hosts file names no host of the service, or nothing shows whether it matters.",
            "harmless": "What the hosts file says is what DNS says, or the service works with it.",
            "harmful": "The hosts file gives another address than DNS, and the host fails there.",
        },
        frozenset({"unknown", "harmless"}),
        ("hosts_file",),
        signals_target.override,
    ),
    Signal(
        "secure_web",
        {
            "unknown": "No secure connection to anybody but the service has been accepted.",
            "passes": "Secure connections to others than the service get through.",
            "not_secured": "Others accept connections, but none of them was secured.",
        },
        frozenset({"unknown", "passes"}),
        ("internet", "tls_others", "sign_in_chain"),
        signals_target.secure_web,
    ),
    Signal(
        "own_answer",
        {
            "unproved": "The own resolver's answer for the name is not at odds, or nothing shows it false.",
            "validated": "The service's certificate proves the own resolver's answer right.",
            "disproved": "The service is not at the own resolver's address.",
        },
        frozenset({"unproved", "validated"}),
        ("dns_name", "tls"),
        signals_target.own_answer,
    ),
    Signal(
        "gateway_alive",
        {
            "unknown": "Nothing shows whether the gateway lives.",
            "yes": "The gateway answered something: ping, TCP, DNS or its status page.",
            "neighbour_only": "The gateway's hardware address is known, but it answers nothing.",
            "no_gateway": "A point-to-point connection without a gateway.",
            "no": "The gateway answers nothing at all.",
        },
        frozenset({"unknown", "yes", "neighbour_only", "no_gateway"}),
        ("gateway",),
        signals_path.gateway_alive,
    ),
    Signal(
        "family_path",
        {
            "unknown": "The service's addresses or the state of their family are not known.",
            "works": "The internet works in an address family that the service has.",
            "broken": "The service has addresses only in a family in which the internet does not work.",
        },
        frozenset({"unknown", "works"}),
        ("dns_system", "dns_public", "internet_v4", "internet_v6"),
        signals_path.family_path,
    ),
    Signal(
        "target_families",
        {
            "unknown": "It is not known how each address of the service answered.",
            "untried": "No address of the service was tried.",
            "all_answer": "The service answers in every address family tried.",
            "v6_fails": "The service answers over IPv4, not over IPv6.",
            "v4_fails": "The service answers over IPv6, not over IPv4.",
            "none_answers": "The service answers at no address.",
        },
        frozenset({"unknown", "all_answer"}),
        ("tcp",),
        signals_target.target_families,
    ),
    Signal(
        "icmp",
        {
            "unknown": "Ping was not tried.",
            "passes": "At least one address beyond the gateway answers ping.",
            "blocked": "No address beyond the gateway answers ping, although TCP works.",
        },
        frozenset({"unknown", "passes"}),
        ("internet_v4", "internet_v6"),
        signals_path.icmp,
    ),
    Signal(
        "dns_place",
        {
            "unknown": "It is not known where the silent DNS servers are, or there are none.",
            "tunnel": "The DNS servers can only be reached through the tunnel.",
            "left_behind": "The DNS servers are inside addresses to which no way leads: a VPN's that is off.",
        },
        frozenset({"unknown"}),
        ("dns_servers", "vpn"),
        signals_path.dns_place,
    ),
    Signal(
        "random_names",
        {
            "unknown": "Names that exist nowhere were not asked for.",
            "denied": "The own resolver denies names that exist nowhere, as it should.",
            "rewritten": "The own resolver gives addresses to names that exist nowhere.",
        },
        frozenset({"unknown", "denied"}),
        ("dns_servers",),
        signals_path.random_names,
    ),
    Signal(
        "proxy_blame",
        {
            "unknown": "No proxy is set, or it does not fail.",
            "proxy": "The proxy fails, and nothing else explains it.",
            "names": "Only the look-up of the proxy's name fails, as every look-up does.",
            "service": "The proxy can't reach the service, and without the proxy it can't be reached either.",
        },
        frozenset({"unknown"}),
        ("proxy", "tcp"),
        signals_proxy.proxy_blame,
    ),
    Signal(
        "size_stall",
        {
            "unknown": "No connection is seen to hang for the size of its packets.",
            "hangs": "Secure connections time out on the very way on which full-size packets vanish.",
        },
        frozenset({"unknown"}),
        ("path_mtu", "tls", "sign_in_chain", "tls_others"),
        signals_size.size_stall,
    ),
    Signal(
        "dates",
        {
            "unknown": "The certificate's dates are fine, or nothing shows whether the clock is right.",
            "clock_explains": "By network time the certificate is valid; only this computer's clock says no.",
            "clock_right": "By network time, too, the certificate is not valid.",
        },
        frozenset({"unknown"}),
        ("tls", "clock"),
        signals_cert.dates,
    ),
    Signal(
        "issuer",
        {
            "unknown": "The certificate is trusted, or nothing shows how unrelated sites look.",
            "only_here": "Certificates of other hosts are trusted.",
            "untrusted_elsewhere": "Unrelated sites are not trusted either; their issuers are not known.",
            "different_elsewhere": "Unrelated sites are not trusted either, each with an issuer of its own.",
            "same_elsewhere": "Unrelated sites show certificates of the same unknown issuer.",
        },
        frozenset({"unknown"}),
        ("tls", "tls_others", "sign_in_chain"),
        signals_cert.issuer,
    ),
)

SIGNALS: Mapping[str, Signal] = MappingProxyType({signal.name: signal for signal in _ALL})
"""Every signal by name."""
