"""Why the headline, and what ruled out its nearest rivals: held against the judge itself."""

import re

import pytest

from tests.diagnosis.cases import EVERY
from tests.diagnosis.situations import DNS_DEAD, PORTAL
from tests.support.batteries import HOST, battery
from tshoot.diagnosis.catalog import load_catalog
from tshoot.diagnosis.cause import Catalog, Cause
from tshoot.diagnosis.evidence import Evidence
from tshoot.diagnosis.explain import NEAREST, explain
from tshoot.diagnosis.judge import diagnose
from tshoot.diagnosis.nearness import kin, nearness
from tshoot.diagnosis.rules import holds, standing_causes
from tshoot.diagnosis.signals import SIGNALS

CATALOG = load_catalog()


def explained(**changes):
    results = battery(**changes)
    said = diagnose(results, CATALOG, service="Example", host=HOST)
    return explain(results, CATALOG, host=HOST, cause=said.cause), said


def clue(clues, part, name):
    return next(each for each in clues if (each.part, each.name) == (part, name))


def cause(id, severity="broken", **groups):
    parts = {
        name: {key: frozenset(value.split()) for key, value in groups.get(name, {}).items()}
        for name in ("when", "any_of", "unless", "confirmed_by", "weakened_by")
    }
    return Cause(
        id,
        severity,
        **parts,
        explains=tuple(groups.get("explains", ())),
        folds_under=("*",),
        although_reached=groups.get("although_reached", False),
        who="you",
        say="",
        agent="",
        next="",
        fix=None,
    )


def how_near(rival, headline, evidence):
    head, folded = CATALOG.by_id.get(headline), bool(rival.follows_from)
    return nearness(CATALOG.by_id[rival.cause], head, evidence, folded=folded)


def nearest(catalog, **changes):
    return {
        rival.cause: rival
        for rival in explain(battery(**changes), Catalog(catalog), host=HOST, cause="none").nearest
    }


def test_the_headline_shows_every_condition_with_its_evidence():
    explanation, said = explained(**DNS_DEAD)
    fired = explanation.fired
    assert fired.cause == said.cause == "dns.unreachable"
    assert fired.confidence == said.confidence == "strong"
    needed = clue(fired.clues, "when", "dns_servers")
    assert (needed.outcome, needed.wanted, needed.fits) == ("unreachable", ("unreachable",), True)
    assert needed.figures == "dns_servers figures"
    assert clue(fired.clues, "confirmed_by", "target").figures == SIGNALS["target"].outcomes["by_address"]
    rule = CATALOG.by_id["dns.unreachable"]
    assert len(fired.clues) == sum(len(group) for group in rule.conditions().values())
    assert "confirm it independently" in fired.why


@pytest.mark.parametrize(("changes", "word"), [(DNS_DEAD, "strong"), (PORTAL, "strong")])
def test_hits_and_misses_of_the_corroboration_are_told_apart(changes, word):
    explanation, _ = explained(**changes)
    fired = explanation.fired
    assert fired.why.startswith(word)
    named = re.split(r"[ ,:]+", fired.why)
    for each in fired.clues:
        if each.part == "confirmed_by":
            assert (each.name in named) == each.fits


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_every_case_is_explained_as_it_was_judged(case):
    explanation, said = explained(**case.changes)
    evidence = Evidence(battery(**case.changes), HOST)
    standing = {each.id for each in standing_causes(CATALOG, evidence)}
    if said.cause in ("none", "unknown"):
        assert explanation.fired is None
    else:
        fired = explanation.fired
        assert (fired.cause, fired.confidence) == (said.cause, said.confidence)
        assert fired.why.startswith(said.confidence)
        assert all(each.fits for each in fired.clues if each.part == "when")
        assert not any(each.fits for each in fired.clues if each.part == "unless")
    assert len(explanation.nearest) == NEAREST
    assert all(rival.unmet >= 1 for rival in explanation.nearest)
    near = [how_near(rival, said.cause, evidence) for rival in explanation.nearest]
    assert near == sorted(near, reverse=True)
    for rival in explanation.nearest:
        assert rival.cause not in standing
        assert CATALOG.by_id[rival.cause].severity != "note"
        assert not CATALOG.by_id[rival.cause].asked
        fits = holds(CATALOG.by_id[rival.cause], evidence)
        assert fits == bool(rival.follows_from), "a rule that holds and is no finding must have been folded"
        assert set(rival.follows_from) <= standing


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_nobody_nearer_is_left_out(case):
    explanation, said = explained(**case.changes)
    evidence = Evidence(battery(**case.changes), HOST)
    last = min(how_near(rival, said.cause, evidence) for rival in explanation.nearest)
    listed = {rival.cause for rival in explanation.nearest}
    head = CATALOG.by_id.get(said.cause)
    for each in CATALOG.causes:
        if each.id not in listed | {"browser.only"} and each.severity != "note" and not holds(each, evidence):
            assert nearness(each, head, evidence, folded=False) <= last


@pytest.mark.parametrize(
    ("headline", "rivals"),
    [
        ("wan.down", {"wan.no_service", "wan.weak_signal", "gateway.unreachable"}),
        ("tls.handshake", {"tls.expired", "tls.not_yet_valid", "tls.wrong_host"}),
        ("tls.expired", {"clock.wrong", "tls.not_yet_valid", "tls.wrong_host"}),
        ("clock.wrong", {"tls.expired", "tls.not_yet_valid", "dns.wrong_answer"}),
        ("dns.unreachable", {"dns.port_blocked", "vpn.dns_dead", "dns.refusing"}),
        ("service.unreachable", {"service.refused", "service.reset", "dns.wrong_answer"}),
        ("portal.captive", {"filter.https", "dns.name_blocked", "filter.sni"}),
        ("tls.intercepted", {"tls.untrusted", "dns.wrong_answer", "tls.expired"}),
    ],
)
def test_the_rivals_are_about_the_same_trouble(headline, rivals):
    """Not those with the fewest conditions, which nobody would have taken for the cause."""
    cases = [case for case in EVERY if case.cause == headline]
    found = [{rival.cause for rival in explained(**case.changes)[0].nearest} for case in cases]
    assert rivals in found


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [
        ("tls.expired", "tls.wrong_host", True),
        ("clock.wrong", "tls.expired", True),
        ("wan.down", "dns.refusing", True),
        ("dns.refusing", "wan.down", True),
        ("wan.down", "clock.wrong", False),
        ("link.down", "wan.down", False),
    ],
)
def test_kin_are_of_one_group_or_a_confusable_pair(one, other, related):
    assert kin(one, other) is related


def test_what_ruled_out_a_rival():
    rivals = nearest(
        (
            cause("far", when={"link": "down", "address": "none"}, although_reached=True),
            cause("unmet", when={"link": "down", "address": "ok"}, although_reached=True),
            cause("hit", when={"link": "ok"}, unless={"internet": "ok"}, although_reached=True),
            cause(
                "choice",
                when={"link": "ok"},
                any_of={"tcp": "refused", "tls": "expired"},
                although_reached=True,
            ),
        )
    )
    assert set(rivals) == {"unmet", "hit", "choice"}
    assert [(each.part, each.name, each.outcome) for each in rivals["unmet"].against] == [
        ("when", "link", "ok")
    ]
    assert [(each.part, each.name) for each in rivals["hit"].against] == [("unless", "internet")]
    assert [each.name for each in rivals["choice"].against] == ["tcp", "tls"]
    assert rivals["choice"].unmet == 1


def test_a_service_that_works_rules_out_what_would_have_broken_it():
    rival = nearest((cause("blame", when={"link": "ok"}),))["blame"]
    assert (rival.against, rival.works_anyway, rival.unmet) == ((), True, 1)


def test_a_consequence_names_the_deeper_cause_and_its_trouble():
    catalog = (
        cause("deep", when={"gateway": "dead"}, explains=("tcp", "tls")),
        cause("shallow", when={"tcp": "timeout"}),
        cause("odd", when={"tls": "expired"}, explains=("http",)),
    )
    rivals = nearest(catalog, gateway="dead", tcp="timeout", http="timeout")
    assert rivals["shallow"].follows_from == ("deep",)
    assert rivals["shallow"].trouble == ("tcp",)
    assert rivals["shallow"].unmet == 1
    assert "deep" not in rivals


def test_a_probe_that_was_not_run_is_named_as_such():
    rival = nearest((cause("blame", when={"link": "down"}, although_reached=True),), link=None)["blame"]
    assert (rival.against[0].outcome, rival.against[0].figures) == ("not run", "")


def test_notes_are_no_rivals():
    assert nearest((cause("note.x", "note", when={"link": "down"}),)) == {}


def test_what_is_asked_is_never_measured():
    asked = CATALOG.by_id["browser.only"]
    for case in EVERY:
        assert not holds(asked, Evidence(battery(**case.changes), HOST))


def test_a_note_explains_no_other_finding_away():
    catalog = (cause("note.x", "note", when={"tcp": "timeout"}, explains=("tcp",)),)
    for severity in ("broken", "degraded", "note"):
        assert not cause("y", severity).may_fold_under(catalog[0])
