"""The evidence page: the rule behind the headline, what ruled out its rivals, then every probe."""

import pytest

from tests.diagnosis.situations import DNS_DEAD
from tests.support.batteries import HOST, battery
from tshoot.checkup import Checkup, judge
from tshoot.probes.model import ProbeResult
from tshoot.probes.registry import specs
from tshoot.target import Target
from tshoot.tui.pages import conclusion, probe_evidence
from tshoot.tui.safe import lines, plain
from tshoot.tui.widgets.fitted import hanging


def page(results):
    target = Target(HOST)
    checkup = Checkup(target, results, judge(results, target), 1.0)
    parts = [conclusion(checkup.diagnosis, checkup.explanation())]
    parts += [probe_evidence(specs()[name], result, False) for name, result in results.items()]
    return "\n\n".join(lines(part).plain for part in parts)


def evidence(*given):
    return lines(probe_evidence(*given)).plain


def test_it_shows_which_rule_fired_and_what_ruled_out_the_nearest_others():
    text = page(battery(**DNS_DEAD))
    assert "Why dns.unreachable" in text
    assert "✓ dns_servers = unreachable (dns_servers figures); needed: unreachable" in text
    rivals, _, probes = text.partition("What ruled out the nearest other causes")[2].partition("\n\n")
    assert sum(line.startswith("  ") and line[2] != " " for line in rivals.splitlines()) == 3
    assert "sent to 192.0.2.1" in probes


def test_what_is_not_measured_is_said_to_be_so():
    spec = specs()["tls"]
    assert evidence(spec, None, True) == f"… checking  {spec.title}"
    assert evidence(spec, None, False) == f"– not measured  {spec.title}"


def test_the_samples_of_a_window_are_drawn_with_their_figures():
    window = {"address": "1.1.1.1", "sent": 4, "lost": 1, "median_ms": 2.0, "worst_ms": 8.0}
    data = {"windows": [window | {"samples": [1.0, None, 2.0, 8.0]}]}
    text = evidence(specs()["gateway"], ProbeResult("gateway", "lossy", data=data), False)
    assert "▂·▂▇  1.1.1.1" in text
    assert "4 sent, 1 lost, median 2 ms, worst 8 ms" in text


@pytest.mark.parametrize(
    "windows", ["x", [None], [{"samples": "oops"}], [{"samples": [float("nan")]}], [{}], None, 5]
)
def test_windows_of_another_shape_are_left_out(windows):
    text = evidence(specs()["gateway"], ProbeResult("gateway", "ok", data={"windows": windows}), False)
    assert text.startswith("✓ Gateway  ok")


def test_long_lines_hang_below_their_beginning():
    text = hanging([plain("  because of this and that"), plain("short")], 16).plain
    assert text.splitlines() == ["  because of", "    this and", "    that", "short"]
