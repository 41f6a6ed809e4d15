"""``tshoot flows advise``: does another order of the fixes save time?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tshoot.cli.overlays import flows_option, one_flow

if TYPE_CHECKING:
    from tshoot.flow.order import Advice, Counts, Fix


@click.command(epilog="Example: tshoot flows advise connectivity --support 15")
@click.argument("flow_id", metavar="FLOW")
@click.option("--support", type=click.FloatRange(min=0, min_open=True), help="Minutes of a support call.")
@click.option("--from-sessions", is_flag=True, help="Count in how many kept sessions each fix has helped.")
@click.option("--store", metavar="ADDRESS", help="The store of the sessions, instead of the one set.")
@flows_option
def advise(
    flow_id: str, support: float | None, from_sessions: bool, store: str | None, folders: tuple[Path, ...]
) -> None:
    """Compare the order of a flow's fixes with the quickest. FLOW is an id or a file; nothing is changed."""
    from tshoot.flow.order import SUPPORT_MINUTES
    from tshoot.flow.order import advise as advice_for

    minutes = SUPPORT_MINUTES if support is None else support
    flow = one_flow(flow_id, folders)
    counts = _counts(flow.flow, store) if from_sessions or store else None
    found = advice_for(flow, minutes, counts)
    if not found:
        click.echo("No two fixes follow each other, so there is no order to compare.")
    for advice in found:
        _print(advice, counts is not None)
    _print_assumptions(minutes, counts is not None)


def _counts(flow_id: str, address: str | None) -> Counts:
    """By step of the flow: how many sessions it helped, of how many whose check told something."""
    from tshoot.cli.stores import opened_store

    with opened_store(address, must_exist=True) as store:
        tried = [figure for figure in store.fixes() if figure.flow == flow_id]
    return {figure.step: (figure.fixed, figure.fixed + figure.not_fixed) for figure in tried}


def _print(advice: Advice, counted: bool) -> None:
    click.echo(f"as it is: {_order(advice.fixes, counted)}\n  {advice.minutes:.1f} minutes expected")
    if advice.excess < 0.0005:
        click.echo("  no order is quicker\n")
        return
    left_out = {fix.step for fix in advice.fixes} - {fix.step for fix in advice.best}
    best = _order(advice.best, counted) or "straight to support"
    also = f" (leaving out: {', '.join(sorted(left_out))})" if left_out else ""
    click.echo(f"quickest: {best}{also}\n  {advice.best_minutes:.1f} minutes expected")
    click.echo(f"  as it is takes {advice.excess:.0%} longer\n")


def _order(fixes: tuple[Fix, ...], counted: bool) -> str:
    return " > ".join(f"{fix.step} ({_facts(fix, counted)})" for fix in fixes)


def _facts(fix: Fix, counted: bool) -> str:
    said = "" if fix.said else ", likely not said"
    told = f", helped {fix.helped} of {fix.told}, taken as {fix.share:.0%} of all" if counted else ""
    return f"{fix.minutes:g} min{said}{told}"


def _print_assumptions(support: float, counted: bool) -> None:
    from tshoot.flow.order import PRIOR_SESSIONS, SHARES, UNSAID

    shares = ", ".join(f"{name} {share:.0%}" for name, share in SHARES.items())
    click.echo(
        f"Assumed: likely means that a fix helps this share of the people ({shares};\n"
        f"not said: {UNSAID}); one thing is wrong at a time; a fix changes nothing else; checks cost\n"
        f"nothing; who is not helped calls support ({support:g} minutes). More than 100 % together is\n"
        "scaled down. Nothing is reordered: order also follows what is safe and easy to say."
    )
    if counted:
        click.echo(
            f"What a flow says weighs as much as {PRIOR_SESSIONS} sessions. Counts are of those who tried a\n"
            "fix, so of people whom the fixes before it had not helped. Left out are checks that could not\n"
            "tell, and sessions that stopped before the check."
        )
