"""Where the store is, and what is said where it can't be used."""

import contextlib
import os
import sqlite3
import stat

import pytest

from tests.session.samples import OPENED
from tshoot.session.address import default_file, parsed, place_of
from tshoot.session.database import BUSY_SECONDS
from tshoot.session.errors import BadAddress, Busy, Damaged, DiskFull, NoConnection, NotWritable, StoreError
from tshoot.session.failures import said_plainly
from tshoot.session.model import Noted
from tshoot.session.store import open_store

AS_ROOT = os.geteuid() == 0


def test_without_an_address_it_is_a_file_of_this_user(tmp_path, monkeypatch):
    monkeypatch.setenv("TSHOOT_DATA_DIR", str(tmp_path / "new" / "folder"))
    store = open_store()
    store.create(OPENED)
    assert default_file() == tmp_path / "new" / "folder" / "sessions.db"
    assert store.place == str(default_file())
    assert stat.S_IMODE(default_file().stat().st_mode) == 0o600
    assert {stat.S_IMODE(path.stat().st_mode) for path in default_file().parent.iterdir()} == {0o600}
    assert stat.S_IMODE(default_file().parent.stat().st_mode) == 0o700
    store.close()


@pytest.mark.parametrize(
    ("address", "driver", "place"),
    [
        ("some/file.db", "sqlite", "some/file.db"),
        ("sqlite:////some/file.db", "sqlite", "/some/file.db"),
        ("postgresql://anna:secret@desk.example/calls", "postgresql+psycopg", "desk.example/calls"),
        ("postgres://desk.example:5433/calls", "postgresql+psycopg", "desk.example:5433/calls"),
        ("postgresql+psycopg://anna@/calls?host=/run/pg", "postgresql+psycopg", "/run/pg/calls"),
    ],
)
def test_addresses(address, driver, place):
    url = parsed(address)
    assert (url.drivername, place_of(url)) == (driver, place)
    assert "secret" not in place_of(url)


@pytest.mark.parametrize(
    "address",
    ["mysql://host/name", "sqlite://", "sqlite:///:memory:", "://", "x://[::", "~nobody-has-this-name/s.db"],
)
def test_addresses_that_name_no_database(address):
    with pytest.raises(BadAddress):
        parsed(address)


def said(call):
    with pytest.raises(StoreError) as caught:
        call()
    words = str(caught.value)
    assert words[0].isupper() or words[0] == "/"
    assert words.endswith(".")
    assert not {"sqlite3", "psycopg", "sqlalche", "Errno"} & set(words.split())
    return caught.value


def test_a_folder_that_is_none(tmp_path):
    (tmp_path / "file").write_text("")
    error = said(lambda: open_store(tmp_path / "file" / "sessions.db"))
    assert isinstance(error, NotWritable)
    assert "TSHOOT_DATA_DIR" in str(error)


@pytest.mark.skipif(AS_ROOT, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path):
    tmp_path.chmod(0o500)
    assert isinstance(said(lambda: open_store(tmp_path / "sessions.db")), NotWritable)


def test_a_file_that_can_only_be_read(tmp_path):
    store = open_store(tmp_path / "sessions.db")
    row = store.create(OPENED)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    assert isinstance(said(lambda: store.append(row.session, 1, [Noted("x")])), NotWritable)
    store.close()


def raised(original):
    from sqlalchemy.exc import DBAPIError

    with said_plainly("/data/sessions.db"):
        raise DBAPIError.instance("INSERT", {}, original, sqlite3.Error)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Busy),
        (sqlite3.SQLITE_CORRUPT, Damaged),
        (sqlite3.SQLITE_IOERR_FSYNC, NotWritable),
        (sqlite3.SQLITE_RANGE, StoreError),
    ],
)
def test_what_sqlite_says(code, kind):
    original = sqlite3.OperationalError("it {failed}.")
    original.sqlite_errorcode = code
    assert type(said(lambda: raised(original))) is kind


def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / "sessions.db").write_text("Dear diary, " * 500)
    error = said(lambda: open_store(tmp_path / "sessions.db"))
    assert isinstance(error, Damaged)
    assert "no record of sessions" in str(error)


def test_a_database_of_another_program_is_left_as_it_is(tmp_path):
    path = tmp_path / "history.db"
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE visits (at INTEGER)")
        other.commit()
    before = path.read_bytes()
    error = said(lambda: open_store(path))
    assert isinstance(error, Damaged)
    assert str(error).startswith(f"{path} belongs to another program")
    assert path.read_bytes() == before


def test_a_full_disk(tmp_path):
    store = open_store(tmp_path / "sessions.db")
    row = store.create(OPENED)
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    error = said(lambda: store.append(row.session, 1, [Noted("x" * 4000)] * 100))
    assert isinstance(error, DiskFull)
    assert store.row(row.session).last == 1
    store.close()


def test_a_file_that_another_program_keeps_locked(tmp_path, monkeypatch):
    monkeypatch.setattr("tshoot.session.database.BUSY_SECONDS", 0.05)
    store = open_store(tmp_path / "sessions.db")
    other = sqlite3.connect(tmp_path / "sessions.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert isinstance(said(lambda: store.create(OPENED)), Busy)
    assert store.sessions() == ()
    other.execute("ROLLBACK")
    other.close()
    store.create(OPENED)
    store.close()
    assert BUSY_SECONDS < 10


def test_a_server_that_is_not_there(tmp_path):
    pytest.importorskip("psycopg")
    error = said(lambda: open_store(f"postgresql://anna:secret@/calls?host={tmp_path}"))
    assert isinstance(error, NoConnection)
    assert "secret" not in str(error)
    assert "No connection to the database at" in str(error)


def test_a_database_or_user_that_is_not_there(postgres_address):
    with_other_name = postgres_address.replace("/postgres?", "/nowhere?")
    assert '"nowhere" does not exist.' in str(said(lambda: open_store(with_other_name)))
    with_other_user = postgres_address.replace("tshoot@", "nobody@")
    assert '"nobody" does not exist.' in str(said(lambda: open_store(with_other_user)))


def test_a_user_who_may_only_read(postgres_address):
    store = open_store(postgres_address)
    row = store.create(OPENED)
    with store.writing() as connection:
        connection.exec_driver_sql("DROP ROLE IF EXISTS reader")
        connection.exec_driver_sql("CREATE ROLE reader LOGIN")
        connection.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
        connection.exec_driver_sql("GRANT USAGE ON SCHEMA public TO reader")
    reader = open_store(postgres_address.replace("tshoot@", "reader@"))
    assert reader.row(row.session) == row
    assert isinstance(said(lambda: reader.append(row.session, 1, [Noted("x")])), NotWritable)
    reader.close()
    with store.writing() as connection:
        connection.exec_driver_sql("DROP OWNED BY reader")
        connection.exec_driver_sql("DROP ROLE reader")
    store.close()


def test_without_the_driver_it_is_said_what_to_install(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "tshoot[postgres]" in str(said(lambda: open_store("postgresql://desk.example/calls")))


def test_no_trace_of_what_was_deleted_is_left_in_the_files(tmp_path):
    store = open_store(tmp_path / "sessions.db")
    others = [store.create(OPENED, Noted(f"Harmless number {number}")) for number in range(50)]
    secret = store.create(OPENED, Noted("Unmistakable " * 40))
    store.append(secret.session, 2, [Noted("unmistakable once more")])
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir()).lower()
    assert b"unmistakable" in written
    store.delete(secret.session)
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir()).lower()
    assert b"unmistakable" not in left
    assert b"nmistakabl" not in left
    assert secret.session.encode() not in left
    assert len(store.sessions()) == len(others)
    store.close()
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir()).lower()
    assert b"nmistakabl" not in left


def test_a_connection_that_was_cut_off_is_made_again(postgres_address):
    store, other = open_store(postgres_address), open_store(postgres_address)
    row = store.create(OPENED)
    for call in (
        lambda: store.append(row.session, 1, [Noted("after the cut")]),
        lambda: store.row(row.session).last,
    ):
        with other.writing() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'tshoot' AND pid <> pg_backend_pid()"
            )
        assert call() == 2
    store.close()
    other.close()
