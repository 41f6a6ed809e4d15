"""One cause of the catalogue, and the catalogue itself, as ``flows/catalog/causes.yaml`` states them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from tshoot.diagnosis.model import Fix, Severity

Conditions = Mapping[str, frozenset[str]]
"""Evidence (a probe or a signal) → outcomes that fit."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Other words for the same cause, where further evidence says more. It decides nothing.

    ``when``: evidence that must fit, every line. ``fix`` is None where the cause's own fix stands.
    """

    when: Conditions
    say: str
    agent: str
    next: str
    fix: Fix | None


@dataclass(frozen=True, slots=True)
class Cause:
    """A rule and its words.

    The rule holds when every entry of ``when`` fits, at least one of ``any_of`` (where there are any) and
    none of ``unless``. ``confirmed_by`` is independent corroboration, ``weakened_by`` what speaks against
    it. ``explains`` names the probes whose trouble follows from this cause. A cause is passed over when
    an earlier one explains its trouble; ``folds_under`` narrows down which ones may (ids with ``*``).
    ``although_reached`` lets a broken cause stand although the target itself works. The first of
    ``variants`` that fits puts its words in the place of the cause's own. ``fix`` is None where nothing is
    to be fixed, which only a note may say. A cause that is ``asked`` has no rule: a person's answers show it.
    """

    id: str
    severity: Severity
    when: Conditions
    any_of: Conditions
    unless: Conditions
    confirmed_by: Conditions
    weakened_by: Conditions
    explains: tuple[str, ...]
    folds_under: tuple[str, ...]
    although_reached: bool
    who: str
    say: str
    agent: str
    next: str
    fix: Fix | None
    variants: tuple[Variant, ...] = ()
    asked: bool = False

    def may_fold_under(self, other: Cause) -> bool:
        """True when ``other`` is of a kind that this cause can be a mere consequence of: never of a note."""
        heavy_enough = other.severity == "broken" or (
            other.severity == "degraded" and self.severity != "broken"
        )
        return heavy_enough and any(fnmatchcase(other.id, pattern) for pattern in self.folds_under)

    def conditions(self) -> dict[str, Conditions]:
        """Every group of conditions by its name in the file."""
        return {
            "when": self.when,
            "any_of": self.any_of,
            "unless": self.unless,
            "confirmed_by": self.confirmed_by,
            "weakened_by": self.weakened_by,
        }


@dataclass(frozen=True, slots=True)
class Catalog:
    """Every cause, the deepest first: their order is their precedence."""

    causes: tuple[Cause, ...]
    by_id: Mapping[str, Cause] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {cause.id: cause for cause in self.causes})
