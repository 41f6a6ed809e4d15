"""Which folders flows come from: the shipped ones, the person's own, those set, then those of ``--flows``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tshoot.cli.settings import with_own_folders

if TYPE_CHECKING:
    from tshoot.flow.loader import FlowSet
    from tshoot.flow.model import Flow


def overlaid(extra: Sequence[Path] = ()) -> FlowSet:
    """Every flow of all folders. Raises DocumentError with every problem, UsageError for a bad folder."""
    from tshoot.flow.loader import load_flows
    from tshoot.paths import flow_folders

    try:
        return load_flows(flow_folders(extra))
    except OSError as error:
        raise _unreadable(error) from None


def flows_to_run(extra: Sequence[Path] = ()) -> Mapping[str, Flow]:
    """Every flow of all folders, fit to be run. Raises as :func:`overlaid` does."""
    from tshoot.guide.overlaid import load_overlaid

    try:
        return load_overlaid(extra)
    except OSError as error:
        raise _unreadable(error) from None


def flows_apart(extra: Sequence[Path] = ()) -> Mapping[str, Flow]:
    """The same, read by another process: the wizard does not keep the memory that it takes."""
    from tshoot.guide.apart.reading import Reading

    try:
        return Reading(extra).flows()
    except OSError as error:
        raise _unreadable(error) from None


def _unreadable(error: OSError) -> click.UsageError:
    return click.UsageError(f"Can't read {error.filename}: {error.strerror}.")


def flows_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--flows DIR``, given as ``folders`` (may be given again), after those of the settings."""
    return click.option(
        "--flows",
        "folders",
        metavar="DIR",
        multiple=True,
        type=click.Path(path_type=Path),
        callback=lambda context, option, given: with_own_folders(given),
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
