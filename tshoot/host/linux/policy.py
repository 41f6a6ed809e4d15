"""Policy routing made flat: which routes a plain packet of this program meets (ip-rule(8)).

VPN clients put their default route into a table of its own and reach it by a rule (wg-quick: table
51820, "not fwmark 51820", and ``suppress_prefixlength 0`` for the main table). The rules are walked for
a packet without mark, with no source chosen yet. Rules that ask for more than that (a source, a
destination, an adapter, a port) and ``goto`` are passed over.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from tshoot.host.linux.netlink import number, parse_attributes
from tshoot.host.linux.routes import THROW, UNICAST, TableRoute
from tshoot.host.model import Route

_LOCAL, _MAIN, _DEFAULT = 255, 254, 253
_TO_TABLE, _REFUSALS, _INVERT = 1, frozenset({6, 7, 8}), 0x2
_FRA_IIFNAME, _FRA_PRIORITY, _FRA_FWMARK, _FRA_SUPPRESS, _FRA_TABLE = 3, 6, 10, 14, 15
_FRA_FWMASK, _FRA_UID_RANGE = 16, 20
_NARROWER = frozenset({1, 2, 17, 19, 22, 23, 24})
"""destination, source, oif, l3mdev, protocol and ports: attributes of a rule for other packets."""
_RULE = struct.Struct("=BBBBBBBBI")
_NOT_SUPPRESSED = -1


@dataclass(frozen=True, slots=True)
class Lookup:
    """One step of the walk: the table asked, without routes of at most ``suppressed`` bits.

    ``table`` is None where a rule refuses everything that got so far.
    """

    priority: int
    table: int | None
    suppressed: int = _NOT_SUPPRESSED


STANDARD = (Lookup(32766, _MAIN), Lookup(32767, _DEFAULT))
"""What every kernel without rules of its own does."""


def parse_rules(payloads: Iterable[bytes]) -> tuple[Lookup, ...]:
    """The lookups a plain packet goes through, in order."""
    found = (parse_rule(payload, os.getuid()) for payload in payloads)
    steps = sorted((step for step in found if step is not None), key=lambda step: step.priority)
    return tuple(steps)


def parse_rule(payload: bytes, uid: int) -> Lookup | None:
    """One rule of a rule dump as a lookup, or None where a plain packet of user ``uid`` does not match."""
    if len(payload) < _RULE.size:
        return None
    _family, dst, src, tos, table, _r1, _r2, action, flags = _RULE.unpack_from(payload)
    attributes = parse_attributes(payload, _RULE.size)
    selects = not (dst or src or tos) and _selects(attributes, uid)
    if selects == bool(flags & _INVERT):
        return None
    return _lookup(action, number(attributes.get(_FRA_TABLE), table), attributes)


def _selects(attributes: dict[int, bytes], uid: int) -> bool:
    if _NARROWER & attributes.keys():
        return False
    if attributes.get(_FRA_IIFNAME, b"lo\0") != b"lo\0":
        return False
    if _FRA_UID_RANGE in attributes and not _in_range(attributes[_FRA_UID_RANGE], uid):
        return False
    return _FRA_FWMARK not in attributes or not number(attributes[_FRA_FWMARK])


def _in_range(raw: bytes, uid: int) -> bool:
    first, last = struct.unpack("=II", raw) if len(raw) == 8 else (0, 0)
    return bool(first <= uid <= last)


def _lookup(action: int, table: int, attributes: dict[int, bytes]) -> Lookup | None:
    priority = number(attributes.get(_FRA_PRIORITY))
    if action in _REFUSALS:
        return Lookup(priority, None)
    if action != _TO_TABLE or table == _LOCAL:
        return None
    suppressed = number(attributes.get(_FRA_SUPPRESS), 0xFFFFFFFF)
    return Lookup(priority, table, _NOT_SUPPRESSED if suppressed == 0xFFFFFFFF else suppressed)


def flatten(routes: Iterable[TableRoute], lookups: Iterable[Lookup]) -> tuple[Route, ...]:
    """One flat list for longest-prefix-then-metric from several tables.

    A route behind a covering one of an earlier table is never used and left out. Default routes are the
    exception: they stay as another way out, with a metric behind the one that hides them.
    """
    waiting = list(routes)
    settled: list[list[TableRoute]] = []
    found: list[Route] = []
    for step in lookups:
        if step.table is None:
            break
        passed = [route for route in waiting if _passes(route, step)]
        for route in passed:
            found.extend(_as_routes(route, _hidden_by(route, settled)))
        waiting = [route for route in waiting if not _passes(route, step)]
        settled.append(passed)
    return tuple(found)


def _passes(route: TableRoute, step: Lookup) -> bool:
    return route.table == step.table and route.network.prefixlen > step.suppressed


def _hidden_by(route: TableRoute, earlier: list[list[TableRoute]]) -> TableRoute | None:
    for table in earlier:
        covering = [entry for entry in table if _covers(entry, route)]
        best = max(covering, key=lambda entry: (entry.network.prefixlen, -entry.metric), default=None)
        if best is not None and best.kind != THROW:
            return best
    return None


def _covers(entry: TableRoute, route: TableRoute) -> bool:
    if entry.family != route.family or entry.network.prefixlen > route.network.prefixlen:
        return False
    return route.network.network_address in entry.network


def _as_routes(route: TableRoute, hidden_by: TableRoute | None) -> list[Route]:
    if route.kind != UNICAST or (hidden_by is not None and route.network.prefixlen > 0):
        return []
    metric = route.metric if hidden_by is None else max(route.metric, hidden_by.metric + 1)
    return [Route(route.family, str(route.network), hop.gateway, hop.adapter, metric) for hop in route.hops]
