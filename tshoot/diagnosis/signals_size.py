"""Signals about the size of packets: do connections hang where full-size packets vanish?"""

from __future__ import annotations

from collections.abc import Iterator

from tshoot.diagnosis.reading import (
    Results,
    data_of,
    families_of,
    mappings_at,
    number_at,
    outcome_of,
    text_at,
    texts_at,
)

_STALLED = frozenset({"up_stalled", "down_stalled"})
_HUNG_OPERATORS = 2
_CERTIFICATE_CAME = frozenset({"ok", "expired", "not_yet_valid", "wrong_host", "untrusted"})


def size_stall(results: Results, host: str) -> str:
    """Has a secure connection timed out in an address family in which full-size packets vanish?

    causes.md demands a protocol time-out beside the stall. It counts where the person meets it: at the
    service and the further hosts of its sign-in; at unrelated operators only if the service has addresses
    of that family too, which a browser may choose. A certificate is large: where it came, nothing vanishes.
    Where all of these went by the other family, the large TLS greetings that hung at two operators are the
    time-out (they stand beside the silent packets of full size, the other half of the evidence).
    """
    holes = frozenset(_holes(results)) - _proved(results)
    if not holes:
        return "unknown"
    service = families_of((*texts_at(data_of(results, "dns_system"), "addresses"), host))
    hung = families_of(tuple(_hung_hosts(results)))
    others = (families_of(tuple(_hung_operators(results))) | frozenset(_hung_greetings(results))) & service
    return "hangs" if holes & (hung | others) else "unknown"


def _holes(results: Results) -> Iterator[int]:
    for way in mappings_at(data_of(results, "path_mtu"), "families"):
        family = number_at(way, "family")
        if text_at(way, "path") == "blackhole" and family is not None:
            yield int(family)


def _proved(results: Results) -> frozenset[int]:
    came = outcome_of(results, "tls") in _CERTIFICATE_CAME
    return families_of((_target_address(results),)) if came else frozenset()


def _target_address(results: Results) -> str:
    return text_at(data_of(results, "tls"), "address") or text_at(data_of(results, "tcp"), "address")


def _hung_hosts(results: Results) -> Iterator[str]:
    if outcome_of(results, "tls") == "timeout":
        yield _target_address(results)
    for host in mappings_at(data_of(results, "sign_in_chain"), "hosts"):
        if text_at(host, "stage") == "tls" and text_at(host, "state") == "timeout":
            yield text_at(host, "address")


def _hung_operators(results: Results) -> Iterator[str]:
    for operator in mappings_at(data_of(results, "tls_others"), "operators"):
        if text_at(operator, "stage") == "tls" and text_at(operator, "outcome") == "timeout":
            yield text_at(operator, "address")


def _hung_greetings(results: Results) -> Iterator[int]:
    """Families in which at least two operators left a large greeting hanging, and none completed one."""
    for way in mappings_at(data_of(results, "path_mtu"), "families"):
        states = [text_at(test, "state") for test in mappings_at(way, "bulk")]
        hung = [state for state in states if state in _STALLED]
        family = number_at(way, "family")
        if family is not None and len(hung) >= _HUNG_OPERATORS and "passed" not in states:
            yield int(family)
