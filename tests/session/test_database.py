"""How connections are set up."""

import sqlite3

import pytest

from tshoot.session import database
from tshoot.session.database import write_ahead

BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY, sqlite3.SQLITE_BUSY_SNAPSHOT)


class Refusing:
    """A cursor of a file that others hold: SQLite refuses at once where waiting could never end."""

    def __init__(self, code, times):
        self.code, self.times, self.said = code, times, []

    def execute(self, words):
        if self.times:
            self.times -= 1
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = self.code
            raise error
        self.said.append(words)


@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY, sqlite3.SQLITE_BUSY_SNAPSHOT]
)
def test_a_new_file_that_another_is_making_is_waited_for(code):
    cursor = Refusing(code, times=3)
    write_ahead(cursor)
    assert cursor.said == ["PRAGMA journal_mode=WAL"]


def test_it_is_not_waited_for_without_end(monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    with pytest.raises(sqlite3.OperationalError):
        write_ahead(Refusing(sqlite3.SQLITE_BUSY, times=10_000))


def test_another_failure_is_told_at_once():
    cursor = Refusing(sqlite3.SQLITE_READONLY, times=1)
    with pytest.raises(sqlite3.OperationalError):
        write_ahead(cursor)
    assert cursor.times == 0
