"""Does this computer know a way out of its own network?"""

from __future__ import annotations

from dataclasses import dataclass

from tshoot.host.model import HostState, Route
from tshoot.host.queries import adapter, default_routes, is_tunnel
from tshoot.probes.context import ProbeContext
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.text import display_text

SPEC = ProbeSpec(
    name="route",
    title="Default route",
    summary="Looks which way traffic to the internet leaves this computer.",
    outcomes={
        "ok": "There is one way out.",
        "several": "Two or more adapters offer a way out.",
        "tunnel": "Traffic to the internet goes into a tunnel, such as a VPN.",
        "none": "There is no default route: nothing leaves the own network.",
    },
    good=frozenset({"ok", "several", "tunnel"}),
    sends="nothing",
    privilege="none",
    deadline=0.5,
)


@dataclass(frozen=True, slots=True)
class DefaultRoute:
    """One default route; ``gateway`` is None where packets are handed to the adapter itself."""

    family: int
    adapter: str
    gateway: str | None
    metric: int


@dataclass(frozen=True, slots=True)
class RouteData:
    """Every default route, the preferred one of IPv4 first."""

    routes: tuple[DefaultRoute, ...] = ()


async def run(context: ProbeContext) -> Reading:
    """Judge the default routes of the snapshot; sends nothing."""
    routes = (*default_routes(context.host, 4), *default_routes(context.host, 6))
    data = RouteData(tuple(_shown(route) for route in routes))
    return Reading(judge(context.host, routes), _detail(data.routes), data)


def judge(host: HostState, routes: tuple[Route, ...]) -> str:
    """The outcome for the default routes of a host, the preferred one first."""
    if not routes:
        return "none"
    if is_tunnel(adapter(host, routes[0].adapter)):
        return "tunnel"
    return "several" if len({route.adapter for route in routes}) > 1 else "ok"


def _shown(route: Route) -> DefaultRoute:
    gateway = display_text(route.gateway) if route.gateway is not None else None
    return DefaultRoute(route.family, display_text(route.adapter), gateway, route.metric)


def _detail(routes: tuple[DefaultRoute, ...]) -> str:
    if not routes:
        return "no default route"
    return display_text(", ".join(f"{route.gateway or 'direct'} on {route.adapter}" for route in routes))
