"""Why the judgement is what it is: the rule behind the headline, and what ruled out its nearest rivals.

Pure, and made of the same questions the judge asks (``rules.py``), so it can't tell another story. Which
rivals are the nearest: ``nearness.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tshoot.diagnosis.cause import Catalog, Cause, Conditions, Variant
from tshoot.diagnosis.evidence import Evidence
from tshoot.diagnosis.findings import words_of
from tshoot.diagnosis.model import Confidence
from tshoot.diagnosis.nearness import nearness
from tshoot.diagnosis.rules import acquitted, confidence_of, explained_by, standing_causes, trouble_of
from tshoot.diagnosis.signals import SIGNALS
from tshoot.probes.model import ProbeResult

NEAREST = 3
"""How many rivals are named."""


@dataclass(frozen=True, slots=True)
class Clue:
    """One condition of a rule and the evidence that decided it.

    ``part`` is the group in the rule (``when``, ``any_of``, ``unless``, ``confirmed_by``, ``weakened_by``;
    ``variant``: what the words were chosen by),
    ``name`` the probe or signal, ``wanted`` the outcomes the condition names, ``outcome`` what it ended in
    ("not run" for a probe that was not), ``fits`` whether that is among them, ``figures`` the probe's line
    of figures or the signal's meaning.
    """

    part: str
    name: str
    wanted: tuple[str, ...]
    outcome: str
    fits: bool
    figures: str


@dataclass(frozen=True, slots=True)
class Fired:
    """The rule of the headline: every condition, and why the confidence is what it is."""

    cause: str
    clues: tuple[Clue, ...]
    confidence: Confidence
    why: str


@dataclass(frozen=True, slots=True)
class RuledOut:
    """A rival: the evidence that spoke against it, the deeper causes that account for its trouble.

    ``trouble`` are the probes whose trouble the rival could have explained (only with ``follows_from``);
    ``works_anyway`` says that the service was reached although this cause would have broken it.
    """

    cause: str
    against: tuple[Clue, ...]
    follows_from: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()
    works_anyway: bool = False

    @property
    def unmet(self) -> int:
        """How many conditions were not met.

        Each entry of ``when`` that did not fit, each of ``unless`` that did, ``any_of`` once when none
        fitted, once when the service works all the same, once when the whole trouble follows from a deeper
        cause.
        """
        strict = sum(clue.part != "any_of" for clue in self.against)
        choice = any(clue.part == "any_of" for clue in self.against)
        return strict + choice + bool(self.follows_from) + self.works_anyway


@dataclass(frozen=True, slots=True)
class Explanation:
    """``fired`` is None when no cause heads the diagnosis (healthy, unknown).

    ``nearest`` are the rivals, the nearest first.
    """

    fired: Fired | None
    nearest: tuple[RuledOut, ...]


def explain(
    results: Mapping[str, ProbeResult],
    catalog: Catalog,
    *,
    host: str,
    cause: str,
    signals: Mapping[str, str] | None = None,
) -> Explanation:
    """Explain the headline ``cause`` (a cause's id, ``none`` or ``unknown``) of these results.

    ``signals`` are those that the diagnosis rested on, where the data of the results are not all here.
    Notes are remarks, what is only asked was not measured, and what was found besides was not ruled out:
    none of them is listed.
    """
    evidence = Evidence(results, host, signals)
    standing = standing_causes(catalog, evidence)
    head = catalog.by_id.get(cause)
    rivals = [each for each in catalog.causes if each not in standing and not _beside(each)]
    ruled_out = [_ruled_out(each, evidence, _before(each, standing, catalog)) for each in rivals]
    return Explanation(
        fired=_fired(head, evidence) if head is not None else None,
        nearest=_nearest(ruled_out, head, catalog, evidence),
    )


def _beside(cause: Cause) -> bool:
    return cause.severity == "note" or cause.asked


def _nearest(
    rivals: Iterable[RuledOut], head: Cause | None, catalog: Catalog, evidence: Evidence
) -> tuple[RuledOut, ...]:
    """The nearest first; of two as near, the one with fewer conditions unmet, then the deeper one."""

    def distance(rival: RuledOut) -> tuple[float, int]:
        folded = bool(rival.follows_from)
        return -nearness(catalog.by_id[rival.cause], head, evidence, folded=folded), rival.unmet

    return tuple(sorted(rivals, key=distance)[:NEAREST])


def _before(cause: Cause, standing: Iterable[Cause], catalog: Catalog) -> list[Cause]:
    """The standing causes that the judge had met before it came to ``cause``."""
    place = catalog.causes.index(cause)
    return [other for other in standing if catalog.causes.index(other) < place]


def _fired(cause: Cause, evidence: Evidence) -> Fired:
    clues = [
        clue for part, conditions in cause.conditions().items() for clue in _clues(part, conditions, evidence)
    ]
    words = words_of(cause, evidence)
    if isinstance(words, Variant):
        clues += _clues("variant", words.when, evidence)
    return Fired(cause.id, tuple(clues), confidence_of(cause, evidence), _why(cause, evidence))


def _why(cause: Cause, evidence: Evidence) -> str:
    """The sentence behind :func:`confidence_of`."""
    if against := evidence.fitting(cause.weakened_by):
        return f"weak: {_listed(against, 'speak')} against it"
    if backing := evidence.fitting(cause.confirmed_by):
        return f"strong: the rule fits, and {_listed(backing, 'confirm')} it independently"
    return "likely: the rule fits, nothing independent confirms it"


def _listed(names: tuple[str, ...], verb: str) -> str:
    return f"{', '.join(names)} {verb}{'s' if len(names) == 1 else ''}"


def _ruled_out(cause: Cause, evidence: Evidence, deeper: Iterable[Cause]) -> RuledOut:
    against = tuple(_against(cause, evidence))
    works = acquitted(cause, evidence)
    above = explained_by(cause, evidence, deeper) if not against and not works else ()
    trouble = tuple(sorted(trouble_of(cause, evidence))) if above else ()
    return RuledOut(cause.id, against, tuple(other.id for other in above), trouble, works)


def _against(cause: Cause, evidence: Evidence) -> Iterator[Clue]:
    yield from (clue for clue in _clues("when", cause.when, evidence) if not clue.fits)
    yield from (clue for clue in _clues("unless", cause.unless, evidence) if clue.fits)
    choice = tuple(_clues("any_of", cause.any_of, evidence))
    if not any(clue.fits for clue in choice):
        yield from choice


def _clues(part: str, conditions: Conditions, evidence: Evidence) -> Iterator[Clue]:
    for name, outcomes in conditions.items():
        outcome = evidence.outcome(name)
        yield Clue(
            part=part,
            name=name,
            wanted=tuple(sorted(outcomes)),
            outcome=outcome or "not run",
            fits=outcome in outcomes,
            figures=_figures(name, outcome, evidence),
        )


def _figures(name: str, outcome: str | None, evidence: Evidence) -> str:
    if outcome is None:
        return ""
    return SIGNALS[name].outcomes.get(outcome, "") if name in SIGNALS else evidence.results[name].detail
