"""Careful looks into the data of probe results.

Data may come from a file somebody sent, from an older version or from a probe that was cut off: every
look-up may miss, nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address, ip_address
from math import isfinite
from typing import Any

from tshoot.probes.model import ProbeResult

Results = Mapping[str, ProbeResult]


def outcome_of(results: Results, probe: str) -> str | None:
    """The outcome of ``probe``; None where it was not run."""
    result = results.get(probe)
    return result.outcome if result is not None else None


def data_of(results: Results, probe: str) -> Mapping[str, Any]:
    """The data of ``probe``; empty where there is none."""
    result = results.get(probe)
    data = result.data if result is not None else None
    return data if isinstance(data, Mapping) else {}


def value_at(data: Any, *path: str) -> Any:
    """The value at ``path`` of nested mappings; None where a part is missing."""
    for part in path:
        if not isinstance(data, Mapping):
            return None
        data = data.get(part)
    return data


def text_at(data: Any, *path: str) -> str:
    """A text; empty where it is missing or no text."""
    value = value_at(data, *path)
    return value if isinstance(value, str) else ""


def number_at(data: Any, *path: str) -> float | None:
    """A finite number; None where it is missing or something else."""
    value = value_at(data, *path)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value)


def items_at(data: Any, *path: str) -> tuple[Any, ...]:
    """The entries of a list; empty where it is missing or something else."""
    value = value_at(data, *path)
    return tuple(value) if isinstance(value, list | tuple) else ()


def mappings_at(data: Any, *path: str) -> Iterator[Mapping[str, Any]]:
    """The mappings in a list."""
    return (item for item in items_at(data, *path) if isinstance(item, Mapping))


def texts_at(data: Any, *path: str) -> tuple[str, ...]:
    """The texts in a list."""
    return tuple(item for item in items_at(data, *path) if isinstance(item, str))


def time_at(data: Any, *path: str) -> datetime | None:
    """A moment in ISO 8601, in UTC where it names no zone; None where it is missing or no moment."""
    try:
        moment = datetime.fromisoformat(text_at(data, *path))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def address_of(text: str) -> IPv4Address | IPv6Address | None:
    """An IP address without its zone; None where ``text`` is none."""
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None


def families_of(addresses: tuple[str, ...]) -> frozenset[int]:
    """The families (4, 6) among ``addresses``."""
    return frozenset(ip.version for ip in map(address_of, addresses) if ip is not None)


def same_address(one: str, other: str) -> bool:
    """True when both are the same IP address."""
    ip = address_of(one)
    return ip is not None and ip == address_of(other)
