"""Signals about the target: was it reached, and at whose address?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tshoot.diagnosis.grades import SILENT_OUTCOMES, grade
from tshoot.diagnosis.reading import (
    Results,
    address_of,
    data_of,
    mappings_at,
    outcome_of,
    same_address,
    text_at,
    texts_at,
    value_at,
)
from tshoot.diagnosis.signals_proxy import ANSWERED, answered_through, in_use

_NAME_FAILS = frozenset({"name_missing", "failed", "timeout"})
_OTHER_ANSWERS = frozenset({"bogus", "differs"})
_SHAKY = frozenset({"lossy", "slow"})
_NO_ANSWER = frozenset({"timeout", "unresolved"})
_NO_WAY = frozenset({"ENETUNREACH", "EADDRNOTAVAIL"})
"""This computer has no way to such addresses: of a name whose other addresses may have got lost."""
_OPEN = "ok"
_ACCEPTED = frozenset({"ok", "lossy", "slow"})
_NONE_SECURED = frozenset({"failed", "untrusted", "timeout"})
_DATES = frozenset({"expired", "not_yet_valid"})


def target(results: Results, host: str) -> str:
    """Did the service answer? An HTTP answer decides; without HTTP evidence a verified TLS handshake does.

    The probes go on at publicly known addresses where the computer's own look-up fails; then the service
    works and the person still can't reach it: ``by_address``. Where a proxy is in use, what came through it
    decides alone.
    """
    through = answered_through(results)
    if through is not None:
        return "reached" if through else "not_reached"
    delivered = _delivered(results)
    if delivered is None:
        return "unknown"
    names_fail = not in_use(results) and outcome_of(results, "dns_system") in _NAME_FAILS
    if delivered:
        return "by_address" if names_fail else "reached"
    return "partly" if outcome_of(results, "http") == "hop_down" and not names_fail else "not_reached"


def _delivered(results: Results) -> bool | None:
    http = outcome_of(results, "http")
    if http is not None and http not in SILENT_OUTCOMES:
        return http in ANSWERED
    tls = outcome_of(results, "tls")
    if tls is not None and tls not in SILENT_OUTCOMES:
        return tls == "ok"
    before = (outcome_of(results, "tcp"), outcome_of(results, "dns_system"))
    grades = {grade(probe, outcome) for probe, outcome in zip(("tcp", "dns_system"), before, strict=True)}
    return False if "bad" in grades else None


def own_answer(results: Results, host: str) -> str:
    """Is the own resolver's address really the service? A verified TLS handshake there proves it.

    A public address that differs is common (content networks), so it is only called false where the
    service does answer at the others' address; a private one also where nothing contradicts that
    (diagnosis-anchors.md, sections c.2 and d.4).
    """
    said = outcome_of(results, "dns_name")
    if said not in _OTHER_ANSWERS or text_at(data_of(results, "tcp"), "source") == "public":
        return "unproved"
    tls, elsewhere = outcome_of(results, "tls"), outcome_of(results, "tls_public")
    if tls == "ok":
        return "validated"
    if not _fails_there(results):
        return "unproved"
    untested = elsewhere is None or elsewhere in SILENT_OUTCOMES
    return "disproved" if elsewhere == "ok" or (said == "bogus" and untested) else "unproved"


def _fails_there(results: Results) -> bool:
    tls = outcome_of(results, "tls")
    if grade("tcp", outcome_of(results, "tcp")) == "bad":
        return True
    return grade("tls", tls) == "bad" and tls not in _DATES


def target_families(results: Results, host: str) -> str:
    """In which address families does the service accept a connection?"""
    connects = value_at(data_of(results, "tcp"), "connects")
    if not isinstance(connects, list | tuple):
        return "unknown"
    answers: dict[int, bool] = {}
    for attempt in mappings_at(data_of(results, "tcp"), "connects"):
        ip = address_of(text_at(attempt, "address"))
        if ip is not None:
            answers[ip.version] = answers.get(ip.version, False) or text_at(attempt, "state") == _OPEN
    if not answers:
        return "untried"
    if all(answers.values()):
        return "all_answer"
    if not any(answers.values()):
        return "none_answers"
    return "v4_fails" if answers.get(6) else "v6_fails"


def override(results: Results, host: str) -> str:
    """Does an entry of the hosts file keep the person from the service?"""
    if outcome_of(results, "hosts_file") != "overrides":
        return "unknown"
    entries = {
        text_at(item, "name").lower(): text_at(item, "address")
        for item in mappings_at(data_of(results, "hosts_file"), "overrides")
    }
    if not entries:
        missed = target(results, host) != "reached"
        return "harmful" if missed and outcome_of(results, "tls_public") == "ok" else "unknown"
    broken = broken_chain_hosts(results)
    if target(results, host) != "reached" and host in entries:
        return _judge_override(results, entries[host])
    if any(name in entries for name in broken):
        return "harmful"
    return "harmless" if target(results, host) == "reached" else "unknown"


def _judge_override(results: Results, address: str) -> str:
    known = other_addresses(results)
    if any(same_address(address, other) for other in known):
        return "harmless"
    if known or outcome_of(results, "tls_public") == "ok":
        return "harmful"
    ip = address_of(address)
    return "harmful" if ip is not None and not ip.is_global else "unknown"


def other_addresses(results: Results) -> tuple[str, ...]:
    """The target's addresses as resolvers outside this network give them."""
    return tuple(
        address
        for probe in ("dns_public", "dns_encrypted")
        for address in texts_at(data_of(results, probe), "addresses")
    )


def chain(results: Results, host: str) -> str:
    """Does a part of the sign-in fail by itself, or only because names or the line fail?"""
    if outcome_of(results, "http") == "hop_down":
        return "unclear" if outcome_of(results, "internet") in _SHAKY else "fails"
    if outcome_of(results, "sign_in_chain") not in ("part_down", "all_down"):
        return "unknown"
    broken = tuple(_broken_hosts(results))
    if broken and outcome_of(results, "internet") in _SHAKY:
        broken = tuple(item for item in broken if not _may_be_the_line(item))
        if not broken:
            return "unclear"
    by_name = bool(broken) and all(text_at(item, "stage") == "name" for item in broken)
    return "names_fail" if by_name and outcome_of(results, "dns_system") in _NAME_FAILS else "fails"


def _may_be_the_line(host: Mapping[str, Any]) -> bool:
    return text_at(host, "state") in _NO_ANSWER or text_at(host, "reason") in _NO_WAY


def secure_web(results: Results, host: str) -> str:
    """Do secure connections to others than the service get through? That proves the own internet.

    The operators are not everybody: a network may close their port 443 only, against encrypted DNS.
    """
    others = outcome_of(results, "tls_others")
    if others == "ok" or chain_secured(results):
        return "passes"
    if outcome_of(results, "internet") not in _ACCEPTED:
        return "unknown"
    return "not_secured" if others in _NONE_SECURED else "passes"


def chain_secured(results: Results) -> bool:
    """Has any further host of the sign-in shown a certificate that is valid and trusted?"""
    hosts = mappings_at(data_of(results, "sign_in_chain"), "hosts")
    return any(text_at(item, "state") == "ok" for item in hosts)


def broken_chain_hosts(results: Results) -> tuple[str, ...]:
    """The further hosts of the sign-in that do not work: of the chain, or where a redirect leads."""
    if outcome_of(results, "http") == "hop_down":
        return tuple(filter(None, (text_at(data_of(results, "http"), "hop").lower(),)))
    if outcome_of(results, "sign_in_chain") not in ("part_down", "all_down"):
        return ()
    return tuple(text_at(item, "host").lower() for item in _broken_hosts(results))


def _broken_hosts(results: Results) -> Iterator[Mapping[str, Any]]:
    hosts = mappings_at(data_of(results, "sign_in_chain"), "hosts")
    return (item for item in hosts if text_at(item, "state") not in ("", "ok"))
