"""The ladder while something it rests on is away: what was measured before that is not known now. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tshoot.diagnosis.brief import MEASURED_BY, brief
from tshoot.diagnosis.evidence import Evidence
from tshoot.diagnosis.ladder import build_ladder
from tshoot.diagnosis.model import Rung
from tshoot.diagnosis.reading import Results

NOT_SINCE = "not checked since"
_OWN = frozenset({"clock", "hosts file"})
"""Rungs of this computer alone: what is away does not change them."""


def aged_ladder(results: Results, old: Collection[str], host: str) -> list[tuple[Rung, str]]:
    """Every rung with its few words, where the probes of ``old`` were taken too early to count.

    A rung that has only such results is ``unknown``; the optional ones keep their place.
    """
    fresh = {name: result for name, result in results.items() if name not in old}
    known = {rung.rung: rung for rung in build_ladder(Evidence(fresh, host))}
    return [_as_known(rung, known, results, fresh) for rung in build_ladder(Evidence(results, host))]


def _as_known(rung: Rung, known: Mapping[str, Rung], results: Results, fresh: Results) -> tuple[Rung, str]:
    if rung.rung in _OWN:
        return rung, brief(rung, results)
    now = known.get(rung.rung)
    measured = rung.rung not in MEASURED_BY or MEASURED_BY[rung.rung] in fresh
    if now is None or (now.state == "unknown" and not measured):
        return Rung(rung.rung, "unknown", NOT_SINCE), NOT_SINCE
    return now, brief(now, fresh)
