"""``tshoot sessions``: what is kept of earlier runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

import click
from click.core import ParameterSource

from tshoot.cli.machine import json_for_stdout, json_text
from tshoot.cli.saving import asks, usable_place
from tshoot.cli.sessions_resume import resume
from tshoot.cli.sessions_stats import stats
from tshoot.cli.stores import opened_store
from tshoot.text import counted

if TYPE_CHECKING:
    from tshoot.session.listing import Filters, Order

STATES = (
    "open",
    "ended",
    "resolved",
    "unresolved",
    "handed_over",
    "not_applicable",
    "stopped_for_safety",
    "set_aside",
)
ORDERS = ("updated", "opened", "label", "service", "topic", "step", "state", "agent", "seconds")


_LIST_OPTIONS = (
    click.option("--state", type=click.Choice(STATES), default=None, help="Only those in this state."),
    click.option("--kind", type=click.Choice(("wizard", "dialogue", "desk")), help="Only those held there."),
    click.option("--service", metavar="ID", default="", help="Only those about this service."),
    click.option("--agent", metavar="NAME", help="Only those this agent has."),
    click.option(
        "--search", metavar="WORDS", default="", help="Only those in whose texts these words begin."
    ),
    click.option("--order", type=click.Choice(ORDERS), default="updated", help="What to order by."),
    click.option(
        "--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many."
    ),
    click.option(
        "--offset", type=click.IntRange(min=0), default=0, help="Leave out so many at the beginning."
    ),
    click.option("--json", "as_json", is_flag=True, help="One JSON document a line."),
)


def _list_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_LIST_OPTIONS):
        command = option(command)
    return command


@click.group(invoke_without_command=True, epilog="Example: tshoot sessions --state open")
@click.option("--store", metavar="ADDRESS", help="A file, or postgresql://user@host/name.")
@_list_options
@click.pass_context
def sessions(ctx: click.Context, /, store: str | None, **listing: Any) -> None:
    """Sessions that were kept: list, show, go on, export, import, delete, figures.

    Without a command: the list. The options besides --store are the list's.
    """
    ctx.obj = store
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_sessions, **listing)
        return
    misplaced = (each for each in ctx.command.params if each.name in listing and _was_given(ctx, each))
    for parameter in misplaced:
        raise click.UsageError(f"'{parameter.opts[0]}' must stand after '{ctx.invoked_subcommand}'.")


def _was_given(ctx: click.Context, parameter: click.Parameter) -> bool:
    return ctx.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE


@sessions.command("list", epilog="Example: tshoot sessions list --state open --search gateway")
@_list_options
@click.pass_obj
def list_sessions(
    address: str | None,
    state: str | None,
    kind: str | None,
    service: str,
    agent: str | None,
    search: str,
    order: str,
    limit: int,
    offset: int,
    as_json: bool,
) -> None:
    """Sessions, the last used first."""
    from tshoot.session.listing import Filters

    filters = Filters(state=state or "", kind=kind or "", service=service, agent=agent, words=search)
    _print_list(address, filters, cast("Order", order), (limit, offset), as_json)


def _print_list(
    address: str | None, filters: Filters, order: Order, page: tuple[int, int], as_json: bool
) -> None:
    from datetime import UTC, datetime

    from tshoot.cli.sessions_table import table
    from tshoot.session.summary import row_json

    limit, offset = page
    with opened_store(address, must_exist=True) as store:
        rows = store.sessions(filters, order=order, limit=limit, offset=offset)
        more = store.count(filters) - offset - len(rows) if len(rows) == limit else 0
    if as_json:
        for row in rows:
            click.echo(json_text(row_json(row), indent=None))
        return
    for line in table(rows, datetime.now(UTC)):
        click.echo(line)
    if not rows:
        click.echo("There are no such sessions.")
    if more > 0:
        click.echo(f"{more} more; see --limit and --offset.", err=True)


@sessions.command(epilog="Example: tshoot sessions show k3f9")
@click.argument("session", metavar="SESSION")
@click.option("--json", "as_json", is_flag=True, help="One JSON document (tshoot.record/1).")
@click.pass_obj
def show(address: str | None, session: str, as_json: bool) -> None:
    """One session: its steps, notes and end. SESSION is its name, or how it begins."""
    from datetime import UTC, datetime

    from tshoot.session.summary import record_json, record_text

    with opened_store(address, must_exist=True) as store:
        record = store.record(store.named(session))
    if as_json:
        click.echo(json_text(record_json(record)))
        return
    for line in record_text(record, datetime.now(UTC)):
        click.echo(line)


@sessions.command(epilog="Example: tshoot sessions delete k3f9")
@click.argument("session", metavar="SESSION")
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.pass_obj
def delete(address: str | None, session: str, yes: bool) -> None:
    """Delete one session completely; nothing of it stays. SESSION is its name, or how it begins."""
    with opened_store(address, must_exist=True) as store:
        name = store.named(session)
        row = store.row(name)
        if not (yes or _agreed(name, row.label or row.topic or row.flow)):
            click.echo("Nothing was deleted.", err=True)
            return
        store.delete(name)
    click.echo(f"Session {name} is deleted.")


def _agreed(name: str, what: str) -> bool:
    if not asks():
        raise click.UsageError(f"Nobody can be asked here. Give --yes to delete session {name}.")
    return click.confirm(f"Delete session {name} ({what})?", err=True)


@sessions.command(epilog="Example: tshoot sessions prune --older 90d")
@click.option("--older", metavar="SPAN", required=True, help="For example 90d, 12h or 4w.")
@click.pass_obj
def prune(address: str | None, older: str) -> None:
    """Delete every session, open or not, that was not used for so long."""
    from tshoot.session.durations import span_of

    try:
        span = span_of(older)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    with opened_store(address, must_exist=True) as store:
        count = store.prune(span)
    click.echo(f"{counted(count, 'session')} deleted.")


@sessions.command(epilog="Example: tshoot sessions export --output sessions.jsonl")
@click.option("--session", metavar="SESSION", help="Only this one.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Instead of stdout.")
@click.option("--yes", is_flag=True, help="Replace a file that exists.")
@click.pass_obj
def export(address: str | None, session: str | None, output: Path | None, yes: bool) -> None:
    """Every event as JSON lines (tshoot.events/1), session by session."""
    if output is not None:
        usable_place(output, yes)
    with opened_store(address, must_exist=True) as store:
        lines = store.export(store.named(session) if session else None)
        if output is None:
            sys.stdout.writelines(f"{json_for_stdout(line)}\n" for line in lines)
        else:
            _write(output, (f"{line}\n" for line in lines), yes)


def _write(output: Path, lines: Iterable[str], yes: bool) -> None:
    from tshoot.evidence.files import write_parts

    try:
        write_parts(output, lines, replace=yes)
    except FileExistsError:
        raise click.UsageError(f"{output} exists. Give --yes to replace it, or another name.") from None
    except OSError as error:
        raise click.UsageError(f"{output} can't be written: {error.strerror}.") from None


@sessions.command(
    "import", epilog="Example: tshoot sessions --store postgresql://desk.example/calls import sessions.jsonl"
)
@click.argument("file", type=click.File(encoding="utf-8-sig"))
@click.pass_obj
def import_sessions(address: str | None, file: TextIO) -> None:
    """Add the sessions of an export (`-` reads stdin); those that are there already are left as they are."""
    from tshoot.session.loading import load, recorded_from

    with opened_store(address) as store:
        try:
            added, known = load(store, recorded_from(file))
        except UnicodeDecodeError:
            raise click.UsageError(f"{file.name} is not UTF-8 text.") from None
    click.echo(f"{added} added, {known} {'was' if known == 1 else 'were'} there already.")


sessions.add_command(resume)
sessions.add_command(stats)
