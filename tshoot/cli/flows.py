"""``tshoot flows``: for the people who write flows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from tshoot.cli.flows_author import new, schema
from tshoot.cli.flows_order import advise
from tshoot.cli.flows_proof import coverage, lint, test
from tshoot.cli.overlays import flows_option, one_flow, overlaid

if TYPE_CHECKING:
    from tshoot.flow.draw import Form
    from tshoot.flow.loader import FlowSet

FORMS = ("text", "mermaid", "dot", "svg")


@click.group(invoke_without_command=True, epilog="Example: tshoot flows lint my-flow.yaml")
@click.pass_context
def flows(ctx: click.Context) -> None:
    """List, show, check, draw, test and write flow files."""
    if ctx.invoked_subcommand is None:
        _print_list(overlaid())


@flows.command("list", epilog="Example: tshoot flows list")
@flows_option
def list_flows(folders: tuple[Path, ...]) -> None:
    """Every flow with its title."""
    _print_list(overlaid(folders))


@flows.command(epilog="Example: tshoot flows show connectivity")
@click.argument("flow_id", metavar="FLOW")
@flows_option
def show(flow_id: str, folders: tuple[Path, ...]) -> None:
    """A flow as a card to print: every step, its words and where it leads. FLOW is an id or a file."""
    from tshoot.flow.card import card

    click.echo(card(one_flow(flow_id, folders)), nl=False)


@flows.command(epilog="Example: tshoot flows graph connectivity --as dot")
@click.argument("flow_id", metavar="FLOW")
@click.option("--as", "form", type=click.Choice(FORMS), default="text", help="What to draw it as.")
@flows_option
def graph(flow_id: str, form: str, folders: tuple[Path, ...]) -> None:
    """Draw a flow with labelled edges. FLOW is an id or a file."""
    from tshoot.flow.draw import draw

    click.echo(draw(one_flow(flow_id, folders), cast("Form", form)), nl=False)


def _print_list(flowset: FlowSet) -> None:
    found = flowset.flows
    width = max((len(name) for name in found), default=0)
    for name, flow in sorted(found.items()):
        click.echo(f"{name:<{width}}  {flow.title} ({flow.version}, {len(flow.steps)} steps)")


for _command in (lint, test, coverage, schema, new, advise):
    flows.add_command(_command)
