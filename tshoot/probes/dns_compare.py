"""What the own resolvers say of a name against what the others say. Pure.

The best address decides what kind of answer a set is (:class:`AddressKind`). A sinkhole is treated as "this
name is not for you", wherever it comes from. Nothing here calls an answer false because it merely differs:
content networks answer by place, companies by who asks; TLS for the name is what proves an address
(diagnosis-anchors.md, d.4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from tshoot.probes.address_kind import AddressKind, kind_of_all

Comparison = Literal["agree", "differs", "blocked_here", "bogus", "missing", "skipped"]


class Stance(StrEnum):
    """What one side says of the name."""

    SILENT = "silent"
    DENIES = "denies"
    SINKHOLE = "sinkhole"
    RESERVED = "reserved"
    PUBLIC = "public"


_BY_KIND = {
    AddressKind.SINKHOLE: Stance.SINKHOLE,
    AddressKind.RESERVED: Stance.RESERVED,
    AddressKind.PUBLIC: Stance.PUBLIC,
}


@dataclass(frozen=True, slots=True)
class Side:
    """One side's word: addresses, or ``denied`` where it says that there is none, or nothing at all."""

    addresses: tuple[str, ...] = ()
    denied: bool = False

    @property
    def stance(self) -> Stance:
        """The side's word in one of the closed set."""
        kind = kind_of_all(self.addresses)
        if kind is None:
            return Stance.DENIES if self.denied else Stance.SILENT
        return _BY_KIND[kind]


@dataclass(frozen=True, slots=True)
class Compared:
    """The outcome of :func:`compare` and one line on why."""

    outcome: Comparison
    why: str


def compare(own: Side, others: Side, control: bool, also: Iterable[str] = ()) -> Compared:
    """Judge ``own`` by ``others``.

    ``control``: a name that exists for everybody was answered, so a denial is about this name only.
    ``also`` are further addresses known to be the name's: sharing one of them is agreement too. Where
    one side said nothing there is no comparison, and the outcome is ``skipped``, never good.
    """
    mine, theirs = own.stance, others.stance
    if Stance.SILENT in {mine, theirs}:
        who = "own resolvers" if mine is Stance.SILENT else "other resolvers"
        return Compared("skipped", f"nothing to compare: no word from the {who}")
    if theirs is Stance.DENIES:
        return _against_denial(own, control)
    if mine in {Stance.DENIES, Stance.SINKHOLE}:
        return _own_gives_nothing(own, others)
    if mine is Stance.RESERVED and theirs is Stance.PUBLIC:
        return Compared("bogus", f"own {_shown(own)}, others {_shown(others)}")
    return _both_give(own, {*others.addresses, *also}, others)


def _against_denial(own: Side, control: bool) -> Compared:
    """The others say that the name has no address."""
    if own.stance in {Stance.RESERVED, Stance.PUBLIC}:
        return Compared("differs", f"only the own resolvers know it: {_shown(own)}")
    if not control:
        return Compared("skipped", "no such name anywhere, but no control name was answered either")
    return Compared("missing", "no such name anywhere; a control name exists")


def _own_gives_nothing(own: Side, others: Side) -> Compared:
    """Own denies or gives a sinkhole; the others give an address of whatever kind."""
    if others.stance is Stance.SINKHOLE:
        same = own.stance is Stance.SINKHOLE
        return Compared("agree" if same else "skipped", f"others give only {_shown(others)}")
    return Compared("blocked_here", f"own {_shown(own)}, others {_shown(others)}")


def _both_give(own: Side, known: set[str], others: Side) -> Compared:
    shared = [address for address in own.addresses if address in known]
    if shared:
        return Compared("agree", f"{', '.join(shared[:4])} by all")
    return Compared("differs", f"own {_shown(own)}, others {_shown(others)}")


def _shown(side: Side) -> str:
    return ", ".join(side.addresses[:3]) or "no address"
