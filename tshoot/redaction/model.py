"""What redaction works with: rules, what stays readable, what was found, what came out. Pure data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from typing import Any, Literal

Find = Literal["address", "hardware", "host", "url", "login"]
FINDS: tuple[Find, ...] = ("address", "hardware", "host", "url", "login")
"""The searches that a rule can name instead of a pattern."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of thing that is taken out: by the field it stands in, by a pattern, or by a search built in.

    ``token`` is the kind of token put in its place, ``reason`` says why to the person. ``fields`` are names
    of fields (``name``, or ``parent.name``) in the form of :func:`field_key`.
    """

    id: str
    token: str
    reason: str
    fields: frozenset[str] = frozenset()
    pattern: re.Pattern[str] | None = None
    find: Find | None = None


@dataclass(frozen=True, slots=True)
class Keep:
    """What always stays readable.

    ``domains`` are hosts with everything below them, lower case; ``addresses`` canonical; ``phones`` digits
    alone, without the country's 1; ``gateway_fields`` and ``code_fields`` (for codes of tshoot's own) as
    :func:`field_key`.
    """

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    domains: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    gateway_fields: frozenset[str] = frozenset()
    code_fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rules:
    """Every rule in the order of precedence; ``vocabulary`` are fields that hold tshoot's own words."""

    rules: tuple[Rule, ...]
    keep: Keep
    vocabulary: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text and the value that stands there, in a form that equal values share.

    ``lead`` is put before the token: the part of the place that may stay.
    """

    start: int
    end: int
    value: str
    lead: str = ""


Finder = Callable[[str], Iterable[Span]]
"""Finds what one rule names in a text: places in order that don't overlap."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """One line of the redaction report: the places ``rule`` replaced, by how many ``different`` tokens."""

    rule: str
    token: str
    count: int
    different: int
    reason: str

    def to_json(self) -> dict[str, Any]:
        """As it stands in an evidence file."""
        return {"rule": self.rule, "type": self.token, "count": self.count}


@dataclass(frozen=True, slots=True)
class Redacted:
    """What came out. ``originals`` maps each token to what it stands for: for the person's own eyes only.

    It is never saved, sent or logged.
    """

    document: Any
    replaced: tuple[Replacement, ...]
    originals: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def count(self) -> int:
        """How many places were replaced in all."""
        return sum(item.count for item in self.replaced)


def field_key(name: str) -> str:
    """A field's name as rules compare it: ``serialNumber`` and ``Serial-Number`` are one."""
    return re.sub(r"[_\- ]", "", name).casefold()
