"""What the fields of a document say: values that go wherever they stand, addresses, gateways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tshoot.redaction.addresses import Address, address_in
from tshoot.redaction.hosts import host_in, official
from tshoot.redaction.model import Rule, Rules, Span, field_key
from tshoot.redaction.tokens import TOKEN

DEEPEST = 100
"""Levels of nesting; a report has about ten."""
Path = tuple[str, ...]
"""The names of the fields that lead to a value, as :func:`field_key` writes them."""
_SHORTEST = 4
_LONGEST = 300
"""Characters a value must and may have to be looked for in other texts; shorter ones are ordinary words."""
_MOST = 500
"""Values of one document that are looked for; a report has a handful."""
_RUN = re.compile(r"(?<![\w.-])\w[\w.-]*+")


class TooDeep(ValueError):
    """The document is nested too deeply to be one of ours."""


class Learned:
    """What is known of a document before anything in it is replaced."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._gateways: set[str] = set()
        self._addresses: set[str] = set(rules.keep.addresses)
        self._values: dict[str, tuple[Rule, str]] = {}
        self._phrases: re.Pattern[str] | None = None

    def learn(self, document: Any) -> None:
        """Read every field. Raises :class:`TooDeep`."""
        for path, value in scalars(document):
            if isinstance(value, str):
                self._learn_address(value, path)
                rule = self.rule_for(path, value)
                if rule is not None:
                    self._learn_value(rule, value.strip())
        spaced = [value for value in self._values if not _RUN.fullmatch(value)]
        words = "|".join(re.escape(value) for value in sorted(spaced, key=len, reverse=True))
        self._phrases = re.compile(rf"(?i)(?<!\w)(?:{words})(?!\w)") if words else None

    def rule_for(self, path: Path, value: str) -> Rule | None:
        """The rule by which the whole value of this field goes; None where it stays."""
        value = value.strip()
        if not path or not value or TOKEN.fullmatch(value):
            return None
        names = {path[-1], ".".join(path[-2:])}
        rule = next((rule for rule in self._rules.rules if rule.fields & names), None)
        return None if rule is None or (rule.token == "host" and self._open(value)) else rule

    def is_known(self, ip: Address) -> bool:
        """Is it one of the fixed addresses, or does it fill a field of the document?"""
        return str(ip) in self._addresses

    def is_gateway(self, ip: Address) -> bool:
        """Is it an IPv4 default gateway? An IPv6 one would tell the home's own prefix."""
        return str(ip) in self._gateways

    def values_in(self, text: str) -> Iterator[Span]:
        """The places where values of fields stand in another text."""
        found = [
            Span(match.start(), match.start() + len(run), run.lower())
            for match in _RUN.finditer(text)
            if (run := match[0].rstrip(".-")).lower() in self._values
        ]
        if self._phrases is not None:
            phrases = self._phrases.finditer(text)
            found += [Span(match.start(), match.end(), match[0].lower()) for match in phrases]
        return _apart(sorted(found, key=lambda span: (span.start, -span.end)))

    def value(self, key: str) -> tuple[Rule, str]:
        """The rule and the value behind a span of :meth:`values_in`."""
        return self._values[key]

    def _open(self, host: str) -> bool:
        return address_in(host) is not None or official(host_in(host) or host, self._rules.keep.domains)

    def _learn_address(self, value: str, path: Path) -> None:
        ip = address_in(value) if len(value) < 64 else None
        if ip is not None:
            self._addresses.add(str(ip))
            if ip.version == 4 and path and path[-1] in self._rules.keep.gateway_fields:
                self._gateways.add(str(ip))

    def _learn_value(self, rule: Rule, value: str) -> None:
        telling = _SHORTEST <= len(value) <= _LONGEST and not value.isdigit()
        if telling and len(self._values) < _MOST:
            self._values.setdefault(value.lower(), (rule, value))


def scalars(value: Any, path: Path = (), depth: int = 0) -> Iterator[tuple[Path, Any]]:
    """Every value of a JSON-like document that is no list and no mapping. Raises :class:`TooDeep`."""
    if depth > DEEPEST:
        raise TooDeep(f"The document is nested deeper than {DEEPEST} levels.")
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from scalars(item, (*path, field_key(str(key))), depth + 1)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from scalars(item, path, depth + 1)
    else:
        yield path, value


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    done = 0
    for span in spans:
        if span.start >= done:
            yield span
            done = span.end
