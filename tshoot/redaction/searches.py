"""The search behind each rule that looks into texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from tshoot.redaction.addresses import hardware_addresses, public_addresses, readable
from tshoot.redaction.fields import Learned
from tshoot.redaction.hosts import hosts, logins, url_parts
from tshoot.redaction.model import Finder, Keep, Rule, Rules, Span


def searches(rules: Rules, learned: Learned) -> tuple[tuple[Rule, Finder], ...]:
    """The rules that look into texts, in their order, each with its search."""
    found = ((rule, _search(rule, rules.keep, learned)) for rule in rules.rules)
    return tuple((rule, finder) for rule, finder in found if finder is not None)


def anything(finder: Finder) -> Finder:
    """Finds the whole text where ``finder`` finds anything in it."""

    def found(text: str) -> Iterator[Span]:
        if next(iter(finder(text)), None) is not None:
            yield Span(0, len(text), text)

    return found


def _search(rule: Rule, keep: Keep, learned: Learned) -> Finder | None:
    if rule.pattern is not None:
        return partial(_by_pattern, rule.pattern, keep if rule.token == "phone" else None)
    kept = readable(keep)
    built_in: Mapping[str, Finder] = {
        "address": partial(
            public_addresses, kept=lambda ip: kept(ip) or learned.is_gateway(ip), known=learned.is_known
        ),
        "hardware": partial(hardware_addresses, kept=kept, known=learned.is_known),
        "host": partial(hosts, domains=keep.domains),
        "url": partial(url_parts, domains=keep.domains),
        "login": logins,
    }
    return built_in[rule.find] if rule.find is not None else None


def _by_pattern(pattern: re.Pattern[str], keep: Keep | None, text: str) -> Iterator[Span]:
    group = "secret" if "secret" in pattern.groupindex else 0
    for match in pattern.finditer(text):
        value = match[group]
        if not value or (keep is not None and phone_digits(value) in keep.phones):
            continue
        same = phone_digits(value) if keep is not None else value.lower()
        yield Span(match.start(group), match.end(group), same)


def phone_digits(text: str) -> str:
    """A phone number as digits alone, without the 1 of the United States."""
    digits = re.sub(r"\D", "", text)
    return digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
