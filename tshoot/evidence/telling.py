"""From a check to its code, and from a code to what can be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tshoot.evidence.alphabet import spell
from tshoot.evidence.code import headline_of, read_code, write_code
from tshoot.evidence.errors import EvidenceError
from tshoot.evidence.model import CAUSE, OTHER, SERVICE, Value
from tshoot.evidence.recorded import Recorded, recorded_code

if TYPE_CHECKING:
    from tshoot.checkup import Checkup
    from tshoot.report.model import Report


def code_for(check: Checkup | Report) -> str:
    """The code of a check, as it is read out to support. It holds outcomes, no address and no name.

    Empty where what the code leads to is not what was found: no code is better than a wrong one.
    """
    from tshoot.checkup import shipped_catalog

    values = values_of(check)
    code = write_code(values)
    try:
        same = headline_of(read_code(code), shipped_catalog()) == values[CAUSE]
    except EvidenceError:
        same = False
    return code if same else ""


def with_code(report: Report) -> Report:
    """The report with its code."""
    from dataclasses import replace

    return replace(report, code=code_for(report))


def code_words(code: str) -> tuple[str, ...]:
    """A code for people, a line each: the code, then how it is read out. Nothing where there is none."""
    spoken = ", ".join(" ".join(group) for group in spell(code))
    return (f"Code for support: {code}", f"Read it out: {spoken}") if code else ()


def values_of(check: Checkup | Report) -> Mapping[str, Value]:
    """What a code tells of a check: service, headline, every outcome, every signal."""
    from tshoot.report.model import Report

    if isinstance(check, Report):
        results, signals, cause, service = check.probes, check.signals, check.cause, check.service
    else:
        said = check.diagnosis
        results, signals = tuple(check.results.values()), said.signals
        cause, service = said.cause, check.target.service
    outcomes = {result.probe: result.outcome for result in results}
    return {SERVICE: service or OTHER, CAUSE: cause, **outcomes, **signals}


def recorded_from_code(text: str) -> Recorded:
    """The evidence in a code, typed in any way. Raises CodeError that names the wrong group if it can."""
    return recorded_code(read_code(text))
