"""Turns a plan's rules into nftables rulesets, with the address translation every home has."""

from __future__ import annotations

from tests.lab.namespaces import Namespaces
from tests.lab.plan import Plan

CHAINS = {
    "input": "type filter hook input priority 0; policy accept;",
    "output": "type filter hook output priority 0; policy accept;",
    "forward": "type filter hook forward priority 0; policy accept;",
}
NAT_CHAINS = {
    "redirect": "type nat hook prerouting priority -100; policy accept;",
    "masquerade": "type nat hook postrouting priority 100; policy accept;",
}
BASE = {
    "gateway": {"masquerade": ['oifname "wan0" masquerade']},
    "second": {"masquerade": ['oifname "wan0" masquerade']},
    "carrier": {"masquerade": ['oifname "up0" masquerade']},
}


def load(plan: Plan, spaces: Namespaces, nodes: tuple[str, ...]) -> None:
    """Load every node's ruleset."""
    for node in nodes:
        text = ruleset(node, plan)
        if text:
            spaces.nft(node, text)


def reload(plan: Plan, spaces: Namespaces, nodes: tuple[str, ...]) -> None:
    """Replace every node's ruleset, each in one step."""
    for node in nodes:
        spaces.nft(node, "flush ruleset\n" + ruleset(node, plan))


def ruleset(node: str, plan: Plan) -> str:
    """The nftables text of one node; empty where it needs none."""
    chains: dict[str, list[str]] = {name: list(rules) for name, rules in BASE.get(node, {}).items()}
    for name, rules in plan.rules.get(node, {}).items():
        chains.setdefault(name, []).extend(rules)
    filters = "".join(_chain(name, CHAINS[name], chains[name]) for name in CHAINS if name in chains)
    nats = "".join(_chain(name, NAT_CHAINS[name], chains[name]) for name in NAT_CHAINS if name in chains)
    tables = [f"table inet lab {{\n{filters}}}\n"] if filters else []
    return "".join([*tables, f"table ip labnat {{\n{nats}}}\n" if nats else ""])


def _chain(name: str, hook: str, rules: list[str]) -> str:
    body = "".join(f"  {rule}\n" for rule in rules)
    return f" chain at_{name} {{\n  {hook}\n{body} }}\n"
