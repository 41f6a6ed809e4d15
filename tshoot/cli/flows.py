"""``tshoot flows``: for the people who write flows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

if TYPE_CHECKING:
    from tshoot.flow.draw import Form
    from tshoot.flow.loader import FlowSet
    from tshoot.flow.model import Flow

FORMS = ("text", "mermaid", "dot")


@click.group(invoke_without_command=True, epilog="Example: tshoot flows lint my-flow.yaml")
@click.pass_context
def flows(ctx: click.Context) -> None:
    """List, show, check and draw the flow files."""
    if ctx.invoked_subcommand is None:
        _print_list()


@flows.command("list", epilog="Example: tshoot flows list")
def list_flows() -> None:
    """Every flow with its title."""
    _print_list()


@flows.command(epilog="Example: tshoot flows show connectivity")
@click.argument("flow_id", metavar="FLOW")
def show(flow_id: str) -> None:
    """One flow: what it is for, and its steps. FLOW is an id or a file."""
    from tshoot.flow.model import kind_of

    flow = _flow(flow_id)
    click.echo(f"{flow.title} ({flow.flow} {flow.version})\n{flow.about}\n\nstarts at {flow.start}")
    width = max(len(step.id) for step in flow.steps)
    for step in flow.steps:
        cites = f"  [{' '.join(step.cite)}]" if step.cite else ""
        click.echo(f"  {step.id:<{width}}  {kind_of(step):<8}{cites}")


@flows.command(epilog="Example: tshoot flows lint --json flows/")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def lint(paths: tuple[Path, ...], as_json: bool) -> int:
    """Check flow files, or a folder of them; without a PATH the shipped ones.

    Ends with 0 when there is no error (warnings are advice), 1 with errors, 3 when a PATH can't be read.
    """
    from tshoot.cli.exits import Exit
    from tshoot.cli.lint_report import lint_paths, print_problems
    from tshoot.paths import flows_dir

    try:
        problems = lint_paths(paths or (flows_dir(),))
    except OSError as error:
        click.echo(f"Can't read {error.filename}: {error.strerror}.", err=True)
        return Exit.UNDETERMINED
    return Exit.FAULT if print_problems(problems, as_json) else Exit.OK


@flows.command(epilog="Example: tshoot flows graph connectivity --as dot")
@click.argument("flow_id", metavar="FLOW")
@click.option("--as", "form", type=click.Choice(FORMS), default="text", help="What to draw it as.")
def graph(flow_id: str, form: str) -> None:
    """Draw a flow with labelled edges. FLOW is an id or a file."""
    from tshoot.flow.draw import draw

    click.echo(draw(_flow(flow_id), cast("Form", form)), nl=False)


def _flow(name: str) -> Flow:
    from tshoot.flow.loader import SUFFIXES, UnknownFlow, load_flow

    if name.endswith(SUFFIXES):
        try:
            return load_flow(Path(name))
        except OSError as error:
            raise click.UsageError(f"Can't read {name}: {error.strerror}.") from None
    try:
        return _shipped().get(name)
    except UnknownFlow as error:
        raise click.UsageError(str(error)) from None


def _shipped() -> FlowSet:
    from tshoot.flow.loader import load_flows
    from tshoot.paths import flows_dir

    return load_flows([flows_dir()])


def _print_list() -> None:
    found = _shipped().flows
    width = max((len(name) for name in found), default=0)
    for name, flow in sorted(found.items()):
        click.echo(f"{name:<{width}}  {flow.title} ({flow.version}, {len(flow.steps)} steps)")
