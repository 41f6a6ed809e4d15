"""Do packets of full size get through, or vanish without notice (a path-MTU black hole)?

Two kinds of evidence are needed for the fault: full-size packets that may not be broken up stay
unanswered, or a large TCP exchange hangs, while small ones pass; the rule of the cause adds a protocol
that timed out (causes.md, ``path.mtu_blackhole``). A narrow path that says so works, and is no fault.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tshoot.host.model import Family
from tshoot.host.queries import adapter, global_addresses, only_unique_local, preferred_default
from tshoot.probes.again import side_by_side
from tshoot.probes.anchors import Operator
from tshoot.probes.context import ProbeContext
from tshoot.probes.deadline import Deadline
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.mtu_bulk import BulkTest, try_bulk
from tshoot.probes.mtu_sizes import ASKERS, SizeTest, try_sizes
from tshoot.probes.refusal import refused_route

LARGEST = 1500
"""No more than this is expected to pass beyond the home network, whatever the adapter takes."""
BULK_AFTER = 0.45
"""Seconds that packets of full size get before TCP is tried as well: a healthy path answers before."""
SECONDS = 2.7
_OPERATORS = 2
_FEWEST_SILENT = 3

Path = Literal["ok", "narrow", "blackhole", "unclear"]

SPEC = ProbeSpec(
    name="path_mtu",
    title="Packets of full size",
    summary="Finds out whether full-size packets pass, or vanish without notice.",
    outcomes={
        "ok": "Packets of full size pass.",
        "narrow": "The path takes smaller packets only, and says so: that works.",
        "blackhole": "Small packets pass, full-size ones vanish without notice.",
        "unclear": "Nothing shows which sizes pass.",
    },
    good=frozenset({"ok", "narrow"}),
    sends="1 to 3 pings and QUIC packets of up to 1,500 bytes to two operators; where these stay "
    "unanswered, small ones, and TLS greetings of 3 KiB",
    privilege="none; pings where this user may",
    deadline=SECONDS + 0.2,
    inconclusive=frozenset({"unclear", "error", "skipped", "not_applicable"}),
)


@dataclass(frozen=True, slots=True)
class FamilyPath:
    """One address family: the size wanted, the size that passes as far as known (bytes), all tests."""

    family: Family
    wanted: int
    path: Path
    mtu: int | None = None
    sizes: tuple[SizeTest, ...] = ()
    bulk: tuple[BulkTest, ...] = ()


@dataclass(frozen=True, slots=True)
class PathMtuData:
    """Every family measured."""

    families: tuple[FamilyPath, ...] = ()


async def run(context: ProbeContext) -> Reading:
    """Measure the families that lead out, side by side."""
    if not sys.platform.startswith("linux"):
        return Reading("not_applicable", "not measurable on this system")
    families: tuple[Family, ...] = (4, 6)
    ways = [(family, found) for family in families if (found := _operators(context, family))]
    if not ways:
        return Reading("not_applicable", "no way to the internet")
    deadline = context.deadline.within(SECONDS)
    results = await side_by_side(
        [_measure(context, family, found, deadline) for family, found in ways],
        lambda _: False,
        context.deadline,
        0.0,
    )
    measured = tuple(result for result in results if result is not None)
    contacted = tuple(address for _, found in ways for address, _ in found)
    return Reading(judge(measured), _detail(measured), PathMtuData(measured), contacted)


def judge(families: Sequence[FamilyPath]) -> Path:
    """The whole from its parts: a hole in one family is one, since names have addresses in both."""
    paths = {each.path for each in families}
    order: tuple[Path, ...] = ("blackhole", "narrow", "ok")
    return next((path for path in order if path in paths), "unclear")


def _operators(context: ProbeContext, family: Family) -> list[tuple[str, Operator]]:
    if not global_addresses(context.host, family) or (family == 6 and only_unique_local(context.host)):
        return []
    listed = [(each.v4 if family == 4 else each.v6, each) for each in context.anchors.operators]
    found = [(addresses[0], each) for addresses, each in listed if addresses][:_OPERATORS]
    return [(address, each) for address, each in found if refused_route(address) is None]


async def _measure(
    context: ProbeContext, family: Family, operators: list[tuple[str, Operator]], deadline: Deadline
) -> FamilyPath:
    wanted = _wanted(context, family)
    tests = [try_sizes(make, address, wanted, deadline) for address, _ in operators for make in ASKERS]
    bulks = [try_bulk(address, each.port, each.tls_name, BULK_AFTER, deadline) for address, each in operators]
    results = await side_by_side([*tests, *bulks], _passes, deadline.within(SECONDS), 0.0)
    sizes = tuple(result for result in results if isinstance(result, SizeTest))
    return family_path(family, wanted, sizes, tuple(each for each in results if isinstance(each, BulkTest)))


def _wanted(context: ProbeContext, family: Family) -> int:
    way = preferred_default(context.host, family)
    used = adapter(context.host, way.adapter) if way is not None else None
    return min(LARGEST, used.mtu) if used is not None and used.mtu else LARGEST


def _passes(results: Sequence[SizeTest | BulkTest | None]) -> bool:
    """Has anything come through at full size in both directions?"""
    return any(
        result.whole if isinstance(result, SizeTest) else result is not None and result.state == "passed"
        for result in results
    )


def family_path(
    family: Family, wanted: int, sizes: tuple[SizeTest, ...], bulk: tuple[BulkTest, ...]
) -> FamilyPath:
    """What the tests of one family add up to.

    A hole needs a hung exchange and nothing at all at full size in both directions; that size decides is
    shown by small packets answered beside at least three silent full-size ones, or by small pieces that came
    through behind missing large ones: at every operator, or at one where full-size packets out are answered.
    """
    if _passes((*sizes, *bulk)):
        known = [size.size for size in sizes if size.full_answered] + [
            each.path_mtu for each in bulk if each.state == "passed" and each.path_mtu
        ]
        mtu = min(known, default=None)
        return FamilyPath(family, wanted, "narrow" if mtu and mtu < wanted else "ok", mtu, sizes, bulk)
    hung = [each for each in bulk if each.state in ("up_stalled", "down_stalled")]
    swallowed = [size for size in sizes if size.swallowed]
    silent = sum(size.full_sent for size in swallowed) >= _FEWEST_SILENT
    heard = any(size.full_answered for size in sizes)
    past = any if heard else all
    gaps = len(hung) >= _OPERATORS and past(each.past_gap > 0 for each in hung)
    return FamilyPath(
        family, wanted, "blackhole" if hung and (silent or gaps) else "unclear", None, sizes, bulk
    )


def _detail(families: Sequence[FamilyPath]) -> str:
    return ", ".join(f"IPv{each.family}: {_words(each)}" for each in families)


def _words(each: FamilyPath) -> str:
    if each.path == "blackhole":
        hung = sorted({test.state.partition("_")[0] for test in each.bulk if "stalled" in test.state})
        return f"packets of {each.wanted} bytes vanish without notice (hangs {', '.join(hung)})"
    if each.path == "unclear":
        return "not known which sizes pass"
    passes = f"packets of {each.mtu or each.wanted} bytes pass"
    return f"{passes} ({each.wanted} wanted, discovery works)" if each.path == "narrow" else passes
