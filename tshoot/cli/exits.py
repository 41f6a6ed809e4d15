"""Exit codes of contract.md, and the one place that writes errors to stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum
from typing import NoReturn

import click

from tshoot.cli.streams import drop, flush_or_drop, open_missing, output_failed, take_every_sign
from tshoot.crash import CRASHED, crash_words


class Exit(IntEnum):
    """What a command says by its exit code."""

    OK = 0
    FAULT = 1
    USAGE = 2
    UNDETERMINED = 3
    CRASHED = CRASHED
    INTERRUPTED = 130
    UNDELIVERED = 141
    """The output could not be written: stdout was closed, nobody reads it any more, the disk is full."""


VERDICT_EXIT = {
    "healthy": Exit.OK,
    "degraded": Exit.FAULT,
    "broken": Exit.FAULT,
    "unknown": Exit.UNDETERMINED,
}


def run_command(command: Callable[[], object]) -> NoReturn:
    """Run a command and leave with its exit code; every way out of the program passes here."""
    open_missing()
    take_every_sign()
    code = _guarded(command)
    lost = flush_or_drop(sys.stdout)
    if lost is not None:
        code = _undelivered(lost)
    flush_or_drop(sys.stderr)
    sys.exit(code)


def _guarded(command: Callable[[], object]) -> int:
    try:
        code = command()
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        with suppress(OSError):
            error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _say("Interrupted.")
        return Exit.INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and output_failed(error):
            return _undelivered(error)
        return _wrong_files(error)
    return code if isinstance(code, int) else Exit.OK


def _wrong_files(error: Exception) -> int:
    """Files of the user's that can't be used are told in their own words; all else is a fault in here."""
    # Imported here: the second module pulls in the YAML library, which --help has no use for.
    from tshoot.config.problems import ConfigError
    from tshoot.yamldoc.problems import DocumentError

    if not isinstance(error, ConfigError | DocumentError):
        _say(crash_words(error))
        return Exit.CRASHED
    _say(str(error))
    return Exit.USAGE


def _undelivered(error: OSError) -> int:
    """The exit code; what is wrong is told, but not to somebody who has gone."""
    drop(sys.stdout)
    if not isinstance(error, BrokenPipeError):
        _say(f"The output can't be written: {error.strerror}.")
    return Exit.UNDELIVERED


def _say(words: str) -> None:
    with suppress(OSError):
        click.echo(words, err=True)
