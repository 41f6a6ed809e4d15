"""Exit codes of contract.md, and the one place that writes errors to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import IntEnum
from typing import NoReturn

import click

from tshoot.crash import CRASHED, crash_words


class Exit(IntEnum):
    """What a command says by its exit code."""

    OK = 0
    FAULT = 1
    USAGE = 2
    UNDETERMINED = 3
    CRASHED = CRASHED
    INTERRUPTED = 130
    PIPE_CLOSED = 141


VERDICT_EXIT = {
    "healthy": Exit.OK,
    "degraded": Exit.FAULT,
    "broken": Exit.FAULT,
    "unknown": Exit.UNDETERMINED,
}


def run_command(command: Callable[[], object]) -> NoReturn:
    """Run a command and leave with its exit code; every way out of the program passes here."""
    code = _guarded(command)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = _pipe_closed()
    sys.exit(code)


def _guarded(command: Callable[[], object]) -> int:
    try:
        code = command()
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted.", err=True)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        return _pipe_closed()
    except Exception as error:
        return _wrong_files(error)
    return code if isinstance(code, int) else Exit.OK


def _wrong_files(error: Exception) -> int:
    """Files of the user's that can't be used are told in their own words; all else is a fault in here."""
    # Imported here: the second module pulls in the YAML library, which --help has no use for.
    from tshoot.config.problems import ConfigError
    from tshoot.yamldoc.problems import DocumentError

    if not isinstance(error, ConfigError | DocumentError):
        click.echo(crash_words(error), err=True)
        return Exit.CRASHED
    click.echo(str(error), err=True)
    return Exit.USAGE


def _pipe_closed() -> int:
    # Python would complain once more when it flushes at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.PIPE_CLOSED
