"""Reads ``flows/catalog/services.yaml``: the services a person may want to reach, and how to get help."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tshoot.config.settings import Config
from tshoot.names import did_you_mean, nearest_name
from tshoot.once import Once
from tshoot.paths import catalog_file
from tshoot.target import Target, TargetError, parse_target

if TYPE_CHECKING:
    from tshoot.yamldoc.fields import Fields

TRUST = ("A", "B", "C")
NEEDS = ("phone", "internet", "nothing")
NAMED = "named"
"""The target of a probe that aims at the service the person has named (docs/writing-flows.md)."""
_NAMED_BY = ("secret", "product")
"""The answers that name a service, the closest one first."""


@dataclass(frozen=True, slots=True)
class ChainHost:
    """A further host of a service's sign-in chain. ``trust`` and ``source`` are of provider-facts.md."""

    host: str
    role: str
    trust: str
    source: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach support. ``needs`` says what must work for it: phone, internet or nothing."""

    channel: str
    value: str
    needs: str
    trust: str
    source: str


@dataclass(frozen=True, slots=True)
class Service:
    """One service: its main host, its sign-in chain, its official domains and its contacts.

    ``named`` are the answers in flows by which a person says that it is about this service.
    """

    id: str
    title: str
    host: str
    path: str
    chain: tuple[ChainHost, ...]
    domains: tuple[str, ...]
    contacts: tuple[Contact, ...]
    named: tuple[str, ...] = ()

    def target(self) -> Target:
        """What the probes aim at for this service."""
        chain = tuple(item.host for item in self.chain)
        return Target(self.host, service=self.id, title=self.title, path=self.path, chain=chain)


def load_services(path: Path | None = None) -> dict[str, Service]:
    """The shipped services by id, or those of ``path``. Raises DocumentError with every problem."""
    from tshoot.yamldoc import read_document
    from tshoot.yamldoc.fields import Fields

    top = Fields(read_document(path or catalog_file("services.yaml")))
    services: dict[str, Service] = {}
    for fields in top.children("services"):
        service = _service(fields)
        if service.id in services:
            fields.add("service-duplicate", f"The service '{service.id}' stands twice.", path=("id",))
        services[service.id] = service
    top.finish()
    return services


@Once
def shipped_services() -> dict[str, Service]:
    """The shipped services, read once."""
    return load_services()


def service_named(answers: Mapping[str, str]) -> str | None:
    """The id of the service that a person's answers (by the fact's name) name; None where they name none."""
    for fact in _NAMED_BY:
        for service in shipped_services().values():
            if answers.get(fact) in service.named:
                return service.id
    return None


@cache
def official_domains() -> frozenset[str]:
    """The domains that belong to the shipped services, in small letters."""
    return frozenset(domain.lower() for service in shipped_services().values() for domain in service.domains)


def resolve_target(text: str | None) -> Target:
    """A service id, host name, address or https URL as a target; None is the service by default.

    Raises :class:`TargetError` naming what is allowed and the nearest service.
    """
    services = shipped_services()
    if text is None:
        return services[Config().service].target()
    wanted = text.strip().lower()
    if wanted in services:
        return services[wanted].target()
    if _looks_like_service(wanted):
        raise TargetError(f"There is no service '{text.strip()}'. {did_you_mean(wanted, services)}")
    return _with_nearest(text, wanted, services)


def _with_nearest(text: str, wanted: str, services: dict[str, Service]) -> Target:
    try:
        return parse_target(text)
    except TargetError as error:
        nearest = nearest_name(wanted, services)
        hint = f" Did you mean '{nearest}'?" if nearest else ""
        raise TargetError(f"{error}{hint}") from None


def _looks_like_service(text: str) -> bool:
    # A single word is far more often a misspelt service than a host of the own network; for that,
    # the https:// form is open.
    return bool(text) and text.replace("-", "").replace("_", "").isalnum() and text != "localhost"


def _service(fields: Fields) -> Service:
    service = Service(
        id=fields.text("id"),
        title=fields.text("title"),
        host=_host(fields, "host"),
        path=fields.text("path", "/"),
        chain=tuple(_chain_host(child) for child in fields.children("chain")),
        domains=fields.texts("domains"),
        contacts=tuple(_contact(child) for child in fields.children("contacts")),
        named=fields.texts("named") if fields.has("named") else (),
    )
    fields.close()
    return service


def _chain_host(fields: Fields) -> ChainHost:
    host = ChainHost(
        _host(fields, "host"), fields.text("role"), fields.choice("trust", TRUST), fields.text("source")
    )
    fields.close()
    return host


def _contact(fields: Fields) -> Contact:
    contact = Contact(
        channel=fields.text("channel"),
        value=fields.text("value"),
        needs=fields.choice("needs", NEEDS),
        trust=fields.choice("trust", TRUST),
        source=fields.text("source"),
    )
    fields.close()
    return contact


def _host(fields: Fields, key: str) -> str:
    text = fields.text(key)
    try:
        return parse_target(text).host if text else ""
    except TargetError as error:
        fields.add("service-host", str(error), path=(key,))
        return ""
