"""``tshoot flows``: for the people who write flows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from tshoot.cli.flows_author import new, schema
from tshoot.cli.flows_order import advise
from tshoot.cli.flows_proof import coverage, lint, test
from tshoot.cli.machine import markup_for_stdout
from tshoot.cli.overlays import flows_option, one_flow, overlaid
from tshoot.cli.settings import with_own_folders

if TYPE_CHECKING:
    from tshoot.flow.draw import Form
    from tshoot.flow.loader import FlowSet

FORMS = ("text", "mermaid", "dot", "svg")


@click.group(invoke_without_command=True, epilog="Example: tshoot flows lint my-flow.yaml")
@click.pass_context
def flows(ctx: click.Context) -> None:
    """List, show, check, draw, test and write flow files."""
    if ctx.invoked_subcommand is None:
        _print_list(overlaid(with_own_folders(())))


@flows.command("list", epilog="Example: tshoot flows list wifi keeps dropping")
@click.argument("words", nargs=-1)
@flows_option
def list_flows(words: tuple[str, ...], folders: tuple[Path, ...]) -> int:
    """Every flow with its title; with WORDS the flows and steps that fit them best.

    Ends with 1 when nothing fits.
    """
    found = overlaid(folders)
    if words:
        return _print_matches(" ".join(words), found)
    _print_list(found)
    return 0


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

    drawn = draw(one_flow(flow_id, folders), cast("Form", form))
    click.echo(markup_for_stdout(drawn) if form == "svg" else drawn, nl=False)


def _print_list(flowset: FlowSet) -> None:
    found = flowset.flows
    width = max((len(name) for name in found), default=0)
    for name, flow in sorted(found.items()):
        click.echo(f"{name:<{width}}  {flow.title} ({flow.version}, {len(flow.steps)} steps)")


def _print_matches(words: str, flowset: FlowSet) -> int:
    from tshoot.diagnosis.catalog import load_catalog, sayings_by_fix
    from tshoot.flow.search import SearchIndex

    matches = SearchIndex(flowset.flows, sayings_by_fix(load_catalog())).search(words)
    for match in matches:
        place = f"{match.flow}/{match.step}" if match.step else match.flow
        click.echo(f"{place}  {match.title}")
    if not matches:
        click.echo(
            "Nothing fits these words. Try other ones, or `tshoot flows list` for all flows.", err=True
        )
    return 0 if matches else 1


for _command in (lint, test, coverage, schema, new, advise):
    flows.add_command(_command)
