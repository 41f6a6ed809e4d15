"""What docs/desk.md says: the verification of a request, the roles of a team, the keys."""

import re
import secrets
import time
from pathlib import Path

import pytest

from tests.desk.calls import small
from tests.desk.receiver import receiving
from tshoot.desk import moves
from tshoot.desk.desk import Desk
from tshoot.desk.webhook import make_webhook, post
from tshoot.session.errors import NotWritable
from tshoot.session.store import open_store
from tshoot.tui import keys
from tshoot.tui.desk.keys import CALL, HOME

DOCS = (Path(__file__).parents[2] / "docs" / "desk.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)


def test_the_receiver_of_the_documentation_takes_what_is_posted_and_nothing_else():
    (code,) = blocks("python")
    receiver_code = {}
    exec(code, receiver_code)
    is_genuine = receiver_code["is_genuine"]
    secret, body = b"a secret of this test", '{"schema":"tshoot.ticket/1","label":"Ä"}'.encode()
    with receiving() as receiver:
        assert post(make_webhook(receiver.url, secret), "key", body).state == "delivered"
    ((headers, received),) = receiver.requests
    assert is_genuine(headers, received, secret)
    assert not is_genuine(headers, received + b" ", secret)
    assert not is_genuine(headers, received, b"another secret here")
    assert not is_genuine(headers, received, secret, now=time.time() + 301)
    moved = headers["X-Tshoot-Signature"].replace("t=", "t=1")
    assert not is_genuine({"X-Tshoot-Signature": moved}, received, secret)


def test_the_keys_of_the_documentation_are_those_of_the_program():
    assert keys.markdown_table(HOME) in DOCS
    assert keys.markdown_table(CALL) in DOCS


def test_every_key_of_the_desk_can_be_changed_by_its_id():
    ids = {key.id for key in (*HOME, *CALL) if key.action and not key.fixed}
    assert ids <= set(keys.remappable())


def test_no_key_is_declared_twice_on_one_screen():
    from tshoot.tui.desk.keys import FORM, STATISTICS, TICKET

    for place in (HOME, CALL, TICKET, STATISTICS, FORM):
        names = [name for key in place if key.action for name in key.keys.split(",")]
        assert len(names) == len(set(names))


@pytest.fixture
def agent_address(postgres_address):
    """The store as the documentation sets it up: made by its owner, used by a role with only those rights."""
    import psycopg

    open_store(postgres_address).close()
    role = f"desk_{secrets.token_hex(4)}"
    grants = next(block for block in blocks("sql") if "GRANT" in block)
    with psycopg.connect(postgres_address.replace("+psycopg", ""), autocommit=True) as connection:
        for statement in re.sub(r"\bdesk\b", role, grants).split(";"):
            if statement.strip():
                connection.execute(statement)
    yield postgres_address.replace("tshoot@", f"{role}@")
    with psycopg.connect(postgres_address.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"DROP OWNED BY {role}")
        connection.execute(f"DROP ROLE {role}")


def test_an_agent_needs_no_more_rights_than_the_documentation_gives(agent_address):
    from tshoot.desk.ticket_of import ticket_of

    desk = Desk(open_store(agent_address), small(), "anna")
    call = desk.begin("main", "Ticket 4711")
    call = desk.do(call, lambda one: moves.noted(one, "Garden"))
    for choice in ("says-down", "done", "says-down"):
        call = desk.do(call, lambda one, what=choice: moves.chosen(one, what, 1.0))
    call = desk.do(call, lambda one: moves.went_back(one, None, 1.0))
    desk.send(ticket_of(call, "", "A test"))
    assert desk.store.figures(None, 5).sessions == 1
    with pytest.raises(NotWritable):
        desk.store.delete(call.session)
    assert desk.open(call.session).last == call.last
    desk.store.close()
