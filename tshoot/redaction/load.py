"""Reads redaction rules: the shipped ones, the person's own, those of folders given with ``--flows``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

from tshoot.catalog.anchors import load_anchors
from tshoot.catalog.services import shipped_services
from tshoot.names import did_you_mean
from tshoot.paths import catalog_file, own_flows_dir, own_redaction_file
from tshoot.redaction.addresses import address_in
from tshoot.redaction.hosts import host_in
from tshoot.redaction.model import FINDS, Find, Keep, Rule, Rules, field_key
from tshoot.redaction.patterns import PatternError, bounded_pattern
from tshoot.redaction.searches import phone_digits
from tshoot.redaction.tokens import good_kind
from tshoot.yamldoc import DocumentError, Problem, read_document
from tshoot.yamldoc.fields import Fields

FILE = "redaction.yaml"
_NUMBER = re.compile(r"(?:\+?1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}")


def load_rules(folders: Sequence[Path] = ()) -> Rules:
    """The shipped rules, the person's own (``redaction.yaml`` in the configuration folder), then those of
    ``catalog/redaction.yaml`` in their own folder of flows and in each of ``folders``. Later files add; they
    take nothing away.

    Raises DocumentError with every problem of every file, OSError where one can't be read.
    """
    flows = (own_flows_dir(), *folders)
    own = [own_redaction_file(), *(folder / "catalog" / FILE for folder in flows)]
    problems: list[Problem] = []
    rules = _read(catalog_file(FILE), _official(), problems)
    for path in own:
        if path.is_file():
            rules = _read(path, rules, problems)
    if problems:
        raise DocumentError(problems)
    return rules


def _official() -> Rules:
    """What stays readable because the catalogues name it: the services, and the fixed check addresses."""
    services, anchors = shipped_services().values(), load_anchors()
    named = [name for service in services for name in (*service.domains, *service.target().hosts)]
    named += [*anchors.control_names, *(operator.tls_name for operator in anchors.operators)]
    urls = [*(operator.doh for operator in anchors.operators), *(each.url for each in anchors.portal_checks)]
    named += [urlsplit(url).hostname or "" for url in urls]
    addresses = [address for operator in anchors.operators for address in (*operator.v4, *operator.v6)]
    addresses += [address for server in anchors.time_servers for address in (server.v4, server.v6)]
    said = " ".join(contact.value for service in services for contact in service.contacts)
    keep = Keep(
        domains=frozenset(name.lower() for name in named if name),
        addresses=frozenset(str(ip) for text in addresses if (ip := address_in(text)) is not None),
        phones=frozenset(phone_digits(number) for number in _NUMBER.findall(said)),
    )
    return Rules((), keep)


def _read(path: Path, before: Rules, problems: list[Problem]) -> Rules:
    try:
        top = Fields(read_document(path))
    except DocumentError as error:
        problems += error.problems
        return before
    keep = _keep(top.child("keep"), before.keep) if top.has("keep") else before.keep
    rules = list(before.rules)
    for fields in top.children("rules", required=False):
        rule = _rule(fields)
        if any(rule.id == other.id for other in rules):
            fields.add("redaction-duplicate", f"The rule '{rule.id}' stands twice.", path=("id",))
        rules.append(rule)
    vocabulary = frozenset(map(field_key, top.texts("vocabulary", ())))
    top.close()
    problems += top.problems
    return Rules(tuple(rules), keep, before.vocabulary | vocabulary)


def _keep(fields: Fields, before: Keep) -> Keep:
    keep = replace(
        before,
        networks=(*before.networks, *_networks(fields)),
        domains=before.domains | frozenset(_hosts(fields)),
        addresses=before.addresses | frozenset(_addresses(fields)),
        phones=before.phones | frozenset(map(phone_digits, fields.texts("phones", ()))),
        gateway_fields=before.gateway_fields | _keys(fields, "gateway_fields"),
        code_fields=before.code_fields | _keys(fields, "code_fields"),
    )
    fields.close()
    return keep


def _keys(fields: Fields, key: str) -> frozenset[str]:
    return frozenset(map(field_key, fields.texts(key, ())))


def _networks(fields: Fields) -> Iterator[IPv4Network | IPv6Network]:
    for index, text in enumerate(fields.texts("networks", ())):
        try:
            yield ip_network(text)
        except ValueError as error:
            fields.add("redaction-network", f"'{text}' is no network: {error}.", path=("networks", index))


def _hosts(fields: Fields) -> Iterator[str]:
    for index, text in enumerate(fields.texts("hosts", ())):
        name = host_in(text)
        if name is None:
            fields.add("redaction-host", f"'{text}' is no host name.", path=("hosts", index))
        else:
            yield name


def _addresses(fields: Fields) -> Iterator[str]:
    for index, text in enumerate(fields.texts("addresses", ())):
        ip = address_in(text)
        if ip is None:
            fields.add("redaction-address", f"'{text}' is no address.", path=("addresses", index))
        else:
            yield str(ip)


def _rule(fields: Fields) -> Rule:
    kind = fields.text("token")
    if kind and not good_kind(kind):
        hint = "small letters, digits and single hyphens"
        fields.add("redaction-token", f"A token can't be called '{kind}'.", hint, ("token",))
    rule = Rule(
        id=fields.text("id"),
        token=kind,
        reason=fields.text("reason"),
        fields=frozenset(map(_field_name, fields.texts("fields", ()))),
        pattern=_pattern(fields) if fields.has("pattern") else None,
        find=_find(fields) if fields.has("find") else None,
    )
    if sum(fields.has(key) for key in ("fields", "pattern", "find")) != 1:
        fields.add("redaction-what", f"The rule '{rule.id}' needs one of fields, pattern or find.")
    fields.close()
    return rule


def _field_name(text: str) -> str:
    return ".".join(field_key(part) for part in text.split("."))


def _pattern(fields: Fields) -> re.Pattern[str] | None:
    text = fields.text("pattern")
    try:
        return bounded_pattern(text)
    except PatternError as error:
        fields.add("redaction-pattern", f"This pattern can't be used: {error}.", path=("pattern",))
        return None


def _find(fields: Fields) -> Find | None:
    text = fields.text("find")
    if text not in FINDS:
        fields.add("redaction-find", f"'{text}' is no search.", did_you_mean(text, FINDS), ("find",))
        return None
    return text
