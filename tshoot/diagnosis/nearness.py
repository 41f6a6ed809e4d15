"""How near a cause came to being the headline: what ``--explain`` ranks the rivals by. Pure.

Four shares from 0 to 1 are added up; the first counts twice, as a rival that is about something else is none:

* trouble: of the probes in trouble that the headline rests on, those in which this rule wants trouble too.
  One that ended as the rule demands counts whole, one that ended otherwise counts half. A cause that fits
  and follows from a deeper one shares all of it.
* kin: 1 in the headline's own group (``tls.*``) or where causes.md lists the two as a confusable pair.
* met: the share of its conditions that are met. Every entry of ``when`` and ``unless`` is one, ``any_of`` is
  one, and so is the service's failing where the cause would have broken it.
* weight: 1 where it would be as grave as what is met: a shortfall does not account for an outage.

Without a headline the trouble is that of every probe, and nothing is kin.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from tshoot.diagnosis.cause import Cause
from tshoot.diagnosis.evidence import Evidence
from tshoot.diagnosis.rules import acquitted, demanded_trouble, trouble_of

_PAIRS = (
    ("dns.*", "link.down"),
    ("dns.*", "gateway.unreachable"),
    ("dns.*", "wan.down"),
    ("portal.captive", "dns.name_blocked"),
    ("portal.captive", "filter.sni"),
    ("tls.expired", "clock.wrong"),
    ("tls.not_yet_valid", "clock.wrong"),
    ("tls.untrusted", "tls.intercepted"),
    ("service.refused", "filter.https"),
    ("service.unreachable", "filter.https"),
    ("service.unreachable", "path.mtu_blackhole"),
)
"""The rows of causes.md, "Confusable pairs", in which both sides are causes: looks like, is."""


def nearness(rival: Cause, head: Cause | None, evidence: Evidence, *, folded: bool) -> float:
    """From 0 to 5, the nearest highest. ``folded``: it fits, but only follows from a deeper cause."""
    trouble = 1.0 if folded else _shared_trouble(rival, _trouble(head, evidence), evidence)
    weight = head is None or head.severity != "broken" or rival.severity == "broken"
    related = head is not None and kin(rival.id, head.id)
    return 2 * trouble + related + _share_met(rival, evidence) + weight


def kin(one: str, other: str) -> bool:
    """True for two causes of the same group, and for a confusable pair, whichever way round."""
    if one.partition(".")[0] == other.partition(".")[0]:
        return True
    return any(_matches(pair, one, other) or _matches(pair, other, one) for pair in _PAIRS)


def _matches(pair: tuple[str, str], looks_like: str, is_: str) -> bool:
    return fnmatchcase(looks_like, pair[0]) and fnmatchcase(is_, pair[1])


def _trouble(head: Cause | None, evidence: Evidence) -> frozenset[str]:
    if head is not None and (found := trouble_of(head, evidence)):
        return found
    return frozenset(probe for probe in evidence.results if evidence.in_trouble(probe))


def _shared_trouble(rival: Cause, trouble: frozenset[str], evidence: Evidence) -> float:
    named = trouble & demanded_trouble({**rival.when, **rival.any_of})
    demanded = named & {*evidence.fitting(rival.when), *evidence.fitting(rival.any_of)}
    return (len(demanded) + len(named)) / (2 * len(trouble)) if trouble else 0.0


def _share_met(rival: Cause, evidence: Evidence) -> float:
    choice = bool(rival.any_of)
    met = len(evidence.fitting(rival.when)) + len(rival.unless) - len(evidence.fitting(rival.unless))
    met += choice and bool(evidence.fitting(rival.any_of))
    met += not acquitted(rival, evidence)
    return met / (len(rival.when) + len(rival.unless) + choice + 1)
