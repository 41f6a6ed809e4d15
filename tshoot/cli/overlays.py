"""Which folders flows come from: the shipped ones, the person's own, then those of ``--flows``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tshoot.flow.loader import FlowSet
    from tshoot.flow.model import Flow


def flow_folders(extra: Sequence[Path] = ()) -> tuple[Path, ...]:
    """The folders in the order in which later ones replace flows of earlier ones."""
    from tshoot.paths import flows_dir, own_flows_dir

    own = own_flows_dir()
    return (flows_dir(), *([own] if own.is_dir() else []), *extra)


def overlaid(extra: Sequence[Path] = ()) -> FlowSet:
    """Every flow of all folders. Raises DocumentError with every problem, UsageError for a bad folder."""
    from tshoot.flow.loader import load_flows

    try:
        return load_flows(flow_folders(extra))
    except OSError as error:
        raise click.UsageError(f"Can't read {error.filename}: {error.strerror}.") from None


def flows_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--flows DIR``, given as ``folders`` (may be given again)."""
    return click.option(
        "--flows",
        "folders",
        metavar="DIR",
        multiple=True,
        type=click.Path(path_type=Path),
        help="A folder whose flows replace and add to the others. May be given again.",
    )(command)


def one_flow(name: str, extra: Sequence[Path] = ()) -> Flow:
    """A flow by its id or its file. Raises UsageError with the nearest name."""
    from tshoot.flow.loader import SUFFIXES, UnknownFlow, load_flow

    if name.endswith(SUFFIXES):
        try:
            return load_flow(Path(name))
        except OSError as error:
            raise click.UsageError(f"Can't read {name}: {error.strerror}.") from None
    try:
        return overlaid(extra).get(name)
    except UnknownFlow as error:
        raise click.UsageError(str(error)) from None
