"""What may be wrong with the home gateway."""

from __future__ import annotations

from tests.lab.actions.registry import action, one_of
from tests.lab.plan import Plan, ProxyServer, Radio


@action("gateway.gone")
def gone(plan: Plan) -> None:
    """The gateway is dead while the switch keeps the link up: no neighbour entry, nothing answers."""
    plan.command("gateway", "addr flush dev lan0")
    plan.rule("gateway", "input", "drop")
    plan.rule("gateway", "forward", "drop")


@action("gateway.no_ping")
def no_ping(plan: Plan) -> None:
    """The gateway ignores pings to itself and has its own pages closed, but forwards."""
    plan.rule("gateway", "input", 'iifname "lan0" meta l4proto { icmp, tcp } drop')
    plan.rule("gateway", "input", 'iifname "lan0" icmpv6 type echo-request drop')


@action("gateway.ignores_ping_only")
def ignores_ping_only(plan: Plan) -> None:
    """The gateway ignores pings to itself; its pages and its DNS answer."""
    plan.rule("gateway", "input", 'iifname "lan0" icmp type echo-request drop')
    plan.rule("gateway", "input", 'iifname "lan0" icmpv6 type echo-request drop')


@action("gateway.wan_unplugged")
def wan_unplugged(plan: Plan) -> None:
    """The gateway has lost its uplink and says so: it answers "network unreachable" for what is beyond."""
    plan.command("gateway", "link set wan0 down")


@action("gateway.wan_silent")
def wan_silent(plan: Plan) -> None:
    """The gateway's uplink passes nothing and nobody says so."""
    plan.rule("gateway", "forward", "drop")
    plan.rule("gateway", "input", 'iifname "wan0" drop')
    plan.rule("gateway", "output", 'oifname "wan0" drop')


@action("gateway.lossy")
def lossy(plan: Plan, percent: int) -> None:
    """The home network between computer and gateway loses packets, each way half of ``percent``."""
    each = f"numgen random mod 1000 < {percent * 5} drop"
    for chain in ("input", "forward"):
        plan.rule("gateway", chain, f'iifname "lan0" {each}')
    plan.rule("gateway", "output", f'oifname "lan0" {each}')
    plan.rule("gateway", "forward", f'oifname "lan0" {each}')


@action("gateway.upstream_failure")
def upstream_failure(plan: Plan, answer: str) -> None:
    """What the gateway's DNS says when the carrier's DNS is silent: servfail, refused, silent."""
    plan.upstream_failure = one_of(answer, ("servfail", "refused", "silent"))


@action("gateway.radio")
def radio(plan: Plan, **report: object) -> None:
    """What the gateway says of its cellular link (fields of ``Radio``: api, registration, rsrp, sinr …)."""
    plan.radio = Radio(**report)  # type: ignore[arg-type]


@action("gateway.proxy")
def proxy(
    plan: Plan,
    mode: str,
    only_way: bool = False,
    kind: str = "http",
    login: str = "",
    variables: list[str] | None = None,
) -> None:
    """A configured proxy on the gateway's address: works, login, failing (502), late (504), dead, silent.

    With ``only_way`` direct web traffic is dropped, as in an office. ``kind`` is http or socks; ``login``
    ("name:password") stands in the settings and is accepted; ``variables`` are the environment's
    (HTTP_PROXY and HTTPS_PROXY).
    """
    one_of(mode, ("works", "login", "failing", "late", "dead", "silent"))
    plan.proxy = ProxyServer(mode, kind=one_of(kind, ("http", "socks")), login=login)
    scheme, who = ("socks5" if kind == "socks" else "http"), (f"{login}@" if login else "")
    url = f"{scheme}://{who}{plan.lan.gateway}:{plan.proxy.port}"
    plan.client.environment.update(dict.fromkeys(variables or ["HTTP_PROXY", "HTTPS_PROXY"], url))
    if only_way:
        _web_only_by_proxy(plan)


@action("gateway.proxy_script")
def proxy_script(plan: Plan, says: str = "", mode: str = "works", only_way: bool = False) -> None:
    """The desktop (KDE) names a proxy script on the gateway's address; ``says`` is what it returns.

    Without ``says`` nobody serves the script. ``mode`` and ``only_way`` are those of ``gateway.proxy``.
    """
    body = f"function FindProxyForURL(url, host) {{ return {says!r}; }}" if says else ""
    plan.proxy = ProxyServer(
        one_of(mode, ("works", "login", "failing", "late", "dead", "silent")), script=body
    )
    script = f"http://{plan.lan.gateway}:{plan.proxy.script_port}/proxy.pac"
    plan.client.environment["XDG_CURRENT_DESKTOP"] = "KDE"
    plan.client.config["kioslaverc"] = f"[Proxy Settings]\nProxyType=2\nProxy Config Script={script}\n"
    if only_way:
        _web_only_by_proxy(plan)


def _web_only_by_proxy(plan: Plan) -> None:
    plan.rule("gateway", "forward", 'iifname "lan0" tcp dport { 80, 443 } drop')
