"""``tshoot flows advise``: does another order of the fixes save time?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tshoot.cli.overlays import flows_option, one_flow

if TYPE_CHECKING:
    from tshoot.flow.order import Advice, Fix


@click.command(epilog="Example: tshoot flows advise connectivity --support 15")
@click.argument("flow_id", metavar="FLOW")
@click.option("--support", type=click.FloatRange(min=0, min_open=True), help="Minutes of a support call.")
@flows_option
def advise(flow_id: str, support: float | None, folders: tuple[Path, ...]) -> None:
    """Compare the order of a flow's fixes with the quickest. FLOW is an id or a file; nothing is changed."""
    from tshoot.flow.order import SUPPORT_MINUTES
    from tshoot.flow.order import advise as advice_for

    minutes = SUPPORT_MINUTES if support is None else support
    found = advice_for(one_flow(flow_id, folders), minutes)
    if not found:
        click.echo("No two fixes follow each other, so there is no order to compare.")
    for advice in found:
        _print(advice)
    _print_assumptions(minutes)


def _print(advice: Advice) -> None:
    click.echo(f"as it is: {_order(advice.fixes)}\n  {advice.minutes:.1f} minutes expected")
    if advice.excess < 0.0005:
        click.echo("  no order is quicker\n")
        return
    left_out = {fix.step for fix in advice.fixes} - {fix.step for fix in advice.best}
    best = _order(advice.best) or "straight to support"
    also = f" (leaving out: {', '.join(sorted(left_out))})" if left_out else ""
    click.echo(f"quickest: {best}{also}\n  {advice.best_minutes:.1f} minutes expected")
    click.echo(f"  as it is takes {advice.excess:.0%} longer\n")


def _order(fixes: tuple[Fix, ...]) -> str:
    return " > ".join(
        f"{fix.step} ({fix.minutes:g} min{'' if fix.said else ', likely not said'})" for fix in fixes
    )


def _print_assumptions(support: float) -> None:
    from tshoot.flow.order import SHARES, UNSAID

    shares = ", ".join(f"{name} {share:.0%}" for name, share in SHARES.items())
    click.echo(
        f"Assumed: likely means that a fix helps this share of the people ({shares};\n"
        f"not said: {UNSAID}); one thing is wrong at a time; a fix changes nothing else; checks cost\n"
        f"nothing; who is not helped calls support ({support:g} minutes). More than 100 % together is\n"
        "scaled down. Nothing is reordered: order also follows what is safe and easy to say."
    )
