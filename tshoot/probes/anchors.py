"""The fixed addresses that probes may contact besides the target and the configured resolvers.

Loaded from ``flows/catalog/anchors.yaml``; nothing else is ever contacted (architecture.md, rule 9).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator of anycast addresses that answer TCP 443, ping and DNS.

    ``tls_name`` is the name its certificate carries; ``doh`` its RFC 8484 address. ``dns_port`` is the
    port of its plain DNS, ``port`` that of its TLS.
    """

    id: str
    v4: tuple[str, ...]
    v6: tuple[str, ...]
    tls_name: str
    doh: str
    dns_port: int = 53
    port: int = 443


@dataclass(frozen=True, slots=True)
class PortalCheck:
    """A plain-HTTP address whose right answer is known: ``status``, and ``body`` where it has one."""

    operator: str
    url: str
    status: int
    body: str | None = None


@dataclass(frozen=True, slots=True)
class TimeServer:
    """An SNTP server (RFC 4330) by address, so that no name is needed."""

    operator: str
    v4: str
    v6: str
    port: int = 123


@dataclass(frozen=True, slots=True)
class Anchors:
    """The whole list. ``control_names`` are names that exist for everybody and never change hands."""

    operators: tuple[Operator, ...] = ()
    portal_checks: tuple[PortalCheck, ...] = ()
    time_servers: tuple[TimeServer, ...] = ()
    control_names: tuple[str, ...] = ()
