"""Probes as docs/probes.md lists them and the headlines that exist, so that flow tests load no probe."""

import re
from pathlib import Path

from tshoot.diagnosis.vocabulary import HEADLINES
from tshoot.probes.model import Param, ProbeSpec

ROOT = Path(__file__).parents[2]
_ROW = re.compile(r"^\| (`[^|]+`) \| ([^|]+) \|(.*)", re.MULTILINE)
_WITH = re.compile(r"`with: \{(\w+): ")


def documented_specs():
    specs, above = {}, None
    for names, outcomes, says in _ROW.findall((ROOT / "docs" / "probes.md").read_text(encoding="utf-8")):
        same_as = re.search(r"as `(\w+)`", outcomes)
        if same_as:
            above = specs[same_as[1]].outcomes, specs[same_as[1]].good
        elif "as above" not in outcomes:
            entries = [entry.strip() for entry in outcomes.split("·")]
            good = frozenset(entry.strip("*") for entry in entries if entry.startswith("**"))
            above = {entry.strip("*"): "" for entry in entries}, good
        for name in re.findall(r"`(\w+)`", names):
            params = tuple(Param(each, "text", "") for each in _WITH.findall(says))
            specs[name] = ProbeSpec(
                name, name, name, *above, sends="", privilege="", deadline=1.0, params=params
            )
    return specs


SPECS = documented_specs()


CAUSES = tuple(sorted(HEADLINES))
VALUES = frozenset({"summary", "gateway", "host", "dns_server", "override_host"})
