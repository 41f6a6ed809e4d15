"""Stores to test with: every test of the store runs on SQLite and on PostgreSQL."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support import postgres
from tests.support.needed import need
from tshoot.session.store import open_store

BEGIN = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


class Clock:
    """Goes on by a second each time somebody looks."""

    def __init__(self):
        self.now = BEGIN

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="session")
def cluster():
    need(postgres.missing(), postgres.REQUIRED)
    with postgres.cluster("fsync = off") as address:
        yield address


@pytest.fixture
def postgres_address(cluster):
    """The address of an empty database."""
    import psycopg

    with psycopg.connect(cluster.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_address")
    return str(tmp_path / "sessions.db")


@pytest.fixture
def store(address, clock):
    opened = open_store(address, now=clock)
    yield opened
    opened.close()
