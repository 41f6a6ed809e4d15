"""``tshoot sessions stats``: figures of the sessions that were kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from tshoot.cli.machine import json_text
from tshoot.cli.stores import opened_store

if TYPE_CHECKING:
    from datetime import datetime

    from tshoot.session.figures import Figures

SCHEMA = "tshoot.figures/1"
_DAYS_SHOWN = 14


@click.command(epilog="Example: tshoot sessions stats --since 30d")
@click.option("--since", metavar="SPAN", help="Only sessions begun within this span, for example 30d or 4w.")
@click.option("--most", type=click.IntRange(min=1), default=10, show_default=True, help="Lines of each list.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document (tshoot.figures/1).")
@click.pass_obj
def stats(address: str | None, since: str | None, most: int, as_json: bool) -> None:
    """What was wrong, how long it took, where people stop, which fixes help."""
    with opened_store(address, must_exist=True) as store:
        found = store.figures(_begin(since), most)
    if as_json:
        click.echo(json_text(_document(found, since)))
        return
    for line in _lines(found, since):
        click.echo(line)


def _begin(since: str | None) -> datetime | None:
    from datetime import UTC, datetime

    from tshoot.session.durations import span_of

    if since is None:
        return None
    try:
        return datetime.now(UTC) - span_of(since)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _document(found: Figures, since: str | None) -> dict[str, Any]:
    quartiles = dict(zip(("lower", "median", "upper"), found.minutes, strict=False))
    return {
        "schema": SCHEMA,
        "since": since,
        **asdict(found),
        "minutes": {name: round(minutes, 2) for name, minutes in quartiles.items()} or None,
        "fixes": [{**asdict(fix), "share": fix.share} for fix in found.fixes],
        "days": [{"day": day.isoformat(), "sessions": count} for day, count in found.days],
    }


def _lines(found: Figures, since: str | None) -> Iterator[str]:
    from tshoot.session.summary import state_words

    states = ", ".join(f"{state_words(state)} {count}" for state, count in found.states.items())
    period, how = f" of the last {since}" if since else "", f" ({states})" if states else ""
    yield f"Sessions{period}: {found.sessions}{how}"
    if found.minutes:
        lower, median, upper = found.minutes
        yield f"Minutes until solved: median {median:.1f}, half of them between {lower:.1f} and {upper:.1f}"
    yield from _listed("Causes", _causes(found))
    yield from _listed(
        "Where people stop",
        (f"{stop.sessions:>6}  {stop.flow}/{stop.step}: {stop.title}" for stop in found.stops),
    )
    yield from _listed("Fixes", _fixes(found))
    yield from _listed("Sessions a day", (f"{count:>6}  {day}" for day, count in found.days[-_DAYS_SHOWN:]))


def _listed(title: str, lines: Iterator[str]) -> Iterator[str]:
    for place, line in enumerate(lines):
        if not place:
            yield title
        yield line


def _causes(found: Figures) -> Iterator[str]:
    from tshoot.guide.words import cause_words

    for figure in found.causes:
        words = f"{figure.cause} ({cause_words(figure.cause)})" if figure.cause else "none found yet"
        yield f"{figure.sessions:>6}  {words}, solved {figure.solved}"


def _fixes(found: Figures) -> Iterator[str]:
    for figure in found.fixes:
        told = figure.fixed + figure.not_fixed
        share = f" ({figure.share:.0%})" if figure.share is not None else ""
        also = f", {figure.cannot_tell} could not be told" if figure.cannot_tell else ""
        name, count = f"{figure.flow}/{figure.step}", told + figure.cannot_tell
        yield f"{count:>6}  {name}: helped {figure.fixed} of {told}{share}{also}"
