"""The store that a command works on, and what it says where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tshoot.cli.exits import Exit
from tshoot.cli.settings import settings

if TYPE_CHECKING:
    from tshoot.session.store import Store


class StoreFailed(click.ClickException):
    """The store can't be used: nothing could be done."""

    exit_code = Exit.UNDETERMINED


@contextmanager
def told_plainly() -> Iterator[None]:
    """What goes wrong with sessions ends the command with a sentence: 2 for a wrong name, 3 for the store."""
    from tshoot.session.errors import SessionError, UnknownSession
    from tshoot.session.resume import CannotGoOn

    try:
        yield
    except (UnknownSession, CannotGoOn) as error:
        raise click.UsageError(str(error)) from None
    except SessionError as error:
        raise StoreFailed(str(error)) from None


@contextmanager
def opened_store(address: str | None, *, must_exist: bool = False) -> Iterator[Store]:
    """The store at ``address``, or the configured one, closed afterwards.

    ``must_exist``: a file that was named is not made where it is not there. What is configured may be new.
    """
    from tshoot.session.store import open_store

    with told_plainly():
        if must_exist and address is not None:
            _check_there(address)
        store = open_store(address or settings().store.address)
        try:
            yield store
        finally:
            store.close()


def _check_there(address: str) -> None:
    from tshoot.session.address import missing_file

    missing = missing_file(address)
    if missing is not None:
        raise StoreFailed(f"There is no store at {missing}.")
