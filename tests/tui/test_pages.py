"""The evidence page: the rule behind the headline, what ruled out its rivals, then every probe."""

from tests.diagnosis.situations import DNS_DEAD
from tests.support.batteries import HOST, battery
from tshoot.checkup import Checkup, judge
from tshoot.probes.registry import specs
from tshoot.target import Target
from tshoot.tui.pages import evidence_page


def page(results):
    target = Target(HOST)
    checkup = Checkup(target, results, judge(results, target), 1.0)
    return evidence_page(checkup.diagnosis, results, specs(), checkup.explanation()).plain


def test_it_shows_which_rule_fired_and_what_ruled_out_the_nearest_others():
    text = page(battery(**DNS_DEAD))
    assert "Why dns.unreachable" in text
    assert "✓ dns_servers = unreachable (dns_servers figures); needed: unreachable" in text
    rivals, _, probes = text.partition("What ruled out the nearest other causes")[2].partition("\n\n")
    assert sum(line.startswith("  ") and line[2] != " " for line in rivals.splitlines()) == 3
    assert "sent to 192.0.2.1" in probes


def test_before_anything_is_measured_nothing_is_explained():
    assert page({}) == "Nothing has been measured yet."
