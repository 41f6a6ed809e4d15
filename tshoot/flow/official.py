"""What the catalogues say belongs to the services, in the form the linter takes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tshoot.catalog.services import Service
from tshoot.flow.rules.subject import Official
from tshoot.probes.anchors import Anchors

_NUMBER = re.compile(r"(?:\+?1[-. ]?)?\(?(\d{3})\)?[-. ](\d{3})[-. ](\d{4})(?!\d)")


def official_of(services: Iterable[Service], anchors: Anchors | None = None) -> Official:
    """Domains, phone numbers and ids of the services; the public servers of the anchors, where given."""
    known = tuple(services)
    contacts = [contact.value for service in known for contact in service.contacts]
    return Official(
        domains=frozenset(domain.lower() for service in known for domain in service.domains),
        phones=frozenset("".join(found) for value in contacts for found in _NUMBER.findall(value)),
        services=frozenset(service.id for service in known),
        hosts=_public_servers(anchors) if anchors else frozenset(),
    )


def _public_servers(anchors: Anchors) -> frozenset[str]:
    return frozenset(
        name
        for operator in anchors.operators
        for name in (*operator.v4, *operator.v6, operator.tls_name)
        if name
    )
