"""Keeping a walk as it happens: durable before it is shown, and never in anybody's way."""

import asyncio
import threading

import pytest

from tests.guide import flows as f
from tests.session.samples import OPENED
from tshoot.guide.driver import Driver
from tshoot.guide.evidence import AskedEvidence
from tshoot.guide.model import Chosen, WentBack
from tshoot.session import recorder as recording
from tshoot.session.errors import DiskFull, NoConnection
from tshoot.session.going import NOTHING_KEPT, GoingOn
from tshoot.session.hold import in_use, take
from tshoot.session.keeper import Keeper
from tshoot.session.model import Noted
from tshoot.session.offering import ANEW, offer_prompt
from tshoot.session.store import Store, open_store
from tshoot.target import Target

STEPS = [
    f.ask("colour", {"red": "shape", "blue": "shape"}),
    f.ask("shape", {"round": "fine", "flat": "bad"}),
    f.end("fine"),
    f.end("bad", "unresolved"),
]
FLOW = f.flow(STEPS)
EVENTS = [Chosen("colour", "red"), WentBack(), Chosen("colour", "blue"), Chosen("shape", "round")]
TARGET = Target("example.com")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TSHOOT_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("TSHOOT_STORE_RECORD")
    return tmp_path


@pytest.fixture
def guide():
    return f.engine(FLOW)


def keeping(kind="wizard", **going):
    return Keeper(kind, GoingOn(keep=True, **going))


class Front:
    """Answers from a list, and looks into the store whenever something is shown."""

    def __init__(self, events, folder):
        self.events, self.folder, self.seen, self.said = list(events), folder, [], []

    async def ask(self, prompt, can_go_back):
        self.seen.append(self._kept())
        return self.events.pop(0)

    def notice(self, words):
        self.said.append(words)

    def arrived(self, walk):
        pass

    async def finish(self, finish, can_go_back):
        self.seen.append(self._kept())

    def _kept(self):
        store = open_store(self.folder / "sessions.db")
        rows = store.sessions()
        kept = [len(store.record(row.session).walked) for row in rows]
        store.close()
        return sum(kept)


async def driven(guide, events, folder, keeper):
    state, effect = guide.start("main")
    front = Front(events, folder)
    driver = Driver(guide, AskedEvidence(), front, recorder=keeper.recorder(guide, state, TARGET))
    return await driver.run(state, effect), front


async def test_every_event_is_kept_before_the_next_step_is_shown(guide, folder):
    walk, front = await driven(guide, EVENTS, folder, keeping("dialogue"))
    assert front.seen == [0, 1, 2, 3, 4]
    assert front.said == []
    store = open_store(folder / "sessions.db")
    (row,) = store.sessions()
    record = store.record(row.session)
    assert record.transcript == walk.state.transcript
    assert record.seconds == pytest.approx(walk.seconds, abs=0.01)
    assert (row.state, row.host, row.kind, row.answered) == ("resolved", "example.com", "dialogue", 3)
    store.close()


async def test_a_store_that_is_off_keeps_nothing(guide, folder):
    keeper = Keeper("wizard", NOTHING_KEPT)
    assert not keeper.on
    assert await keeper.offers(TARGET) == ()
    assert list(folder.iterdir()) == []


async def walked(guide, recorder, events):
    state, _ = guide.start("main")
    said = []
    for event in events:
        state, _ = guide.handle(state, event)
        said.append(await recorder.walked(event, state, 1.0))
    return state, said


async def test_a_store_that_fails_is_told_once_and_caught_up_with_later(guide, monkeypatch):
    keeper, failing = keeping(), [True]
    create = Store.create

    def full(self, *events, **more):
        if failing[0]:
            raise DiskFull("There is no room left.")
        return create(self, *events, **more)

    monkeypatch.setattr(Store, "create", full)
    recorder = keeper.recorder(guide, guide.start("main")[0], TARGET)
    state, said = await walked(guide, recorder, EVENTS[:3])
    assert said == [
        "There is no room left. Everything goes on as before, but this session is not kept.",
        "",
        "",
    ]
    failing[0] = False
    state, _ = guide.handle(state, EVENTS[3])
    assert await recorder.walked(EVENTS[3], state, 1.0) == ""
    await settled(recorder)
    assert keeper.store().record(recorder.session).transcript == state.transcript


async def settled(recorder):
    for _ in range(500):
        if not recorder._waiting:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("never written")


async def test_a_store_that_hangs_holds_nobody_up(guide, monkeypatch):
    monkeypatch.setattr(recording, "PATIENCE", 0.05)
    keeper, gate, create = keeping(), threading.Event(), Store.create

    def hanging(self, *events, **more):
        gate.wait(30)
        return create(self, *events, **more)

    monkeypatch.setattr(Store, "create", hanging)
    recorder = keeper.recorder(guide, guide.start("main")[0], TARGET)
    state, said = await walked(guide, recorder, EVENTS)
    assert ["takes too long" in words for words in said] == [True, False, False, False]
    gate.set()
    await settled(recorder)
    assert keeper.store().record(recorder.session).transcript == state.transcript
    assert len(keeper.store().sessions()) == 1


async def test_once_a_late_write_has_come_through_events_are_waited_for_again(guide, monkeypatch):
    monkeypatch.setattr(recording, "PATIENCE", 0.05)
    keeper, gate, create = keeping(), threading.Event(), Store.create
    monkeypatch.setattr(Store, "create", lambda self, *a, **m: gate.wait(30) and create(self, *a, **m))
    recorder = keeper.recorder(guide, guide.start("main")[0], TARGET)
    state, (said,) = await walked(guide, recorder, EVENTS[:1])
    assert "You can simply go on" in said
    gate.set()
    await settled(recorder)
    await recorder._late
    await asyncio.sleep(0)
    monkeypatch.setattr(recording, "PATIENCE", 30)
    state, _ = guide.handle(state, EVENTS[1])
    assert await recorder.walked(EVENTS[1], state, 1.0) == ""
    assert recorder._waiting == []
    monkeypatch.setattr(recording, "PATIENCE", 0.05)
    gate.clear()
    append = Store.append
    monkeypatch.setattr(Store, "append", lambda self, *a, **m: gate.wait(30) and append(self, *a, **m))
    state, _ = guide.handle(state, EVENTS[2])
    assert await recorder.walked(EVENTS[2], state, 1.0) == ""
    gate.set()
    await settled(recorder)


async def test_keys_work_while_something_is_written(guide, monkeypatch):
    keeper, gate, append = keeping(), threading.Event(), Store.append
    monkeypatch.setattr(Store, "append", lambda self, *a, **m: gate.wait(30) and append(self, *a, **m))
    recorder = keeper.recorder(guide, guide.start("main")[0], TARGET)
    state, _ = await walked(guide, recorder, EVENTS[:1])
    state, _ = guide.handle(state, EVENTS[1])
    writing = asyncio.create_task(recorder.walked(EVENTS[1], state, 1.0))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not writing.done()
    gate.set()
    assert await writing == ""


async def test_an_answer_that_got_lost_with_the_connection_is_no_conflict(guide, monkeypatch):
    keeper, append, lost = keeping(), Store.append, [True]

    def losing(self, *args, **more):
        last = append(self, *args, **more)
        if lost.pop() if lost else False:
            raise NoConnection("The line is dead.")
        return last

    monkeypatch.setattr(Store, "append", losing)
    recorder = keeper.recorder(guide, guide.start("main")[0], TARGET)
    state, said = await walked(guide, recorder, EVENTS)
    assert [bool(words) for words in said] == [False, True, False, False]
    await settled(recorder)
    assert len(keeper.store().record(recorder.session).walked) == 4
    assert keeper.store().record(recorder.session).transcript == state.transcript


async def test_somebody_else_in_the_same_session_is_told(guide):
    keeper = keeping()
    recorder = keeper.recorder(guide, guide.start("main")[0], TARGET)
    await walked(guide, recorder, EVENTS[:1])
    store = keeper.store()
    store.append(recorder.session, 2, [Noted("Hello.")], who="anna")
    state, _ = f.walk(guide, EVENTS[:2])
    said = await recorder.walked(EVENTS[1], state, 1.0)
    assert said.startswith("anna has gone on with session")
    assert await recorder.walked(EVENTS[1], state, 1.0) == ""
    assert len(store.events(recorder.session)) == 3


async def test_a_session_deleted_meanwhile_is_told(guide):
    keeper = keeping()
    recorder = keeper.recorder(guide, guide.start("main")[0], TARGET)
    await walked(guide, recorder, EVENTS[:1])
    keeper.store().delete(recorder.session)
    state, _ = f.walk(guide, EVENTS[:2])
    assert "no session" in await recorder.walked(EVENTS[1], state, 1.0)


async def test_a_bug_in_the_store_does_not_end_the_session(guide, monkeypatch):
    keeper = keeping()
    monkeypatch.setattr(Store, "create", lambda *_, **__: 1 / 0)
    recorder = keeper.recorder(guide, guide.start("main")[0], TARGET)
    _, said = await walked(guide, recorder, EVENTS)
    assert "ZeroDivisionError" in said[0]
    assert said[1:] == ["", "", ""]


async def test_offers_are_the_open_ones_begun_here_the_newest_first(guide):
    sessions = []
    for number in range(5):
        keeper = keeping()
        recorder = keeper.recorder(guide, guide.start("main")[0], Target(f"host{number}.example"))
        await walked(guide, recorder, EVENTS[:1] if number != 3 else EVENTS)
        sessions.append(recorder.session)
        keeper.let_go()
    offers = await keeping().offers(TARGET)
    assert [offer.session for offer in offers] == [sessions[4], sessions[2], sessions[1]]
    assert [
        offer.session for offer in await keeping(flow="main", aimed=True).offers(Target("host1.example"))
    ] == [sessions[1]]
    assert await keeping(flow="another").offers(TARGET) == ()
    prompt = offer_prompt(offers)
    assert [choice.id for choice in prompt.choices] == [*(offer.session for offer in offers), ANEW]
    assert offer_prompt(offers[:1]).body == "You were at: What about shape?\nA test, just now."


async def test_going_on_walks_from_where_it_stood_and_holds_it(guide):
    keeper = keeping()
    recorder = keeper.recorder(guide, guide.start("main")[0], TARGET)
    before, _ = await walked(guide, recorder, EVENTS[:2])
    keeper.let_go()
    other = keeping("dialogue")
    gone = await other.go_on(guide, await other.record(recorder.session))
    assert gone.again.state == before
    assert in_use() == {recorder.session}
    assert await keeping().offers(TARGET) == ()
    state, _ = guide.handle(gone.again.state, EVENTS[2])
    assert await gone.recorder.walked(EVENTS[2], state, 1.0) == ""
    other.let_go()
    assert in_use() == frozenset()
    assert other.store().record(recorder.session).transcript == state.transcript


async def test_after_a_flow_has_changed_only_what_still_fits_is_kept(guide):
    keeper = keeping()
    recorder = keeper.recorder(guide, guide.start("main")[0], TARGET)
    await walked(guide, recorder, [*EVENTS[2:3], *EVENTS[3:]])
    changed = f.engine(
        f.flow(
            [
                f.ask("colour", {"red": "size", "blue": "size"}),
                f.ask("size", {"big": "shape", "small": "shape"}),
                *STEPS[1:],
            ]
        )
    )
    record = await keeper.record(recorder.session)
    assert record.row.state == "resolved"
    gone = await keeper.go_on(changed, record)
    assert gone.again.notice
    state, _ = changed.handle(gone.again.state, Chosen("size", "big"))
    await gone.recorder.walked(Chosen("size", "big"), state, 1.0)
    kept = await keeper.record(recorder.session)
    assert kept.transcript == state.transcript
    assert (kept.row.state, kept.row.step) == ("open", "shape")
    assert state.pending.earlier == "round"


async def test_left_for_other_help_it_is_not_offered_again(guide):
    keeper = keeping()
    recorder = keeper.recorder(guide, guide.start("main")[0], TARGET)
    recorder.leave("Nothing to keep yet.")
    assert keeper.store().count() == 0
    await walked(guide, recorder, EVENTS[:1])
    keeper.leave()
    assert await keeping().offers(TARGET) == ()
    assert keeper.store().row(recorder.session).state == "set_aside"


async def test_left_after_its_end_it_keeps_its_end(guide):
    keeper = keeping()
    recorder = keeper.recorder(guide, guide.start("main")[0], TARGET)
    await walked(guide, recorder, EVENTS)
    keeper.leave()
    assert keeper.store().row(recorder.session).state == "resolved"


async def test_notes_are_kept_the_last_one_of_a_step(guide):
    keeper = keeping()
    recorder = keeper.recorder(guide, guide.start("main")[0], TARGET)
    await recorder.noted("main", "colour", "It blinks")
    await recorder.noted("main", "colour", "It blinks red")
    await recorder.noted("main", "shape", "Round?")
    await recorder.noted("main", "shape", "")
    record = keeper.store().record(recorder.session)
    assert [(note.step, note.text) for note in record.notes] == [("colour", "It blinks red")]
    assert record.row.answered == 4
    keeper.let_go()
    assert len(await keeping().offers(TARGET)) == 1


def test_a_session_is_held_by_one_program_at_a_time(folder):
    hold = take("abc")
    assert take("abc") is None
    assert in_use() == {"abc"}
    hold.let_go()
    assert list((folder / "running").iterdir()) == []
    assert take("abc") is not None


def test_where_no_lock_can_be_made_nothing_is_held(tmp_path):
    (tmp_path / "file").write_text("")
    assert take("abc", tmp_path / "file") is None
    assert in_use(tmp_path / "file") == frozenset()


async def test_where_old_sessions_can_not_be_read_the_recorder_tells(folder, guide):
    (folder / "sessions.db").write_bytes(b"Dear diary" * 500)
    keeper = keeping()
    assert await keeper.offers(TARGET) == ()
    await keeper.set_aside(("abc",))
    _, said = await walked(guide, keeper.recorder(guide, guide.start("main")[0], TARGET), EVENTS)
    assert "no record of sessions" in said[0]
    assert said[1:] == ["", "", ""]


async def test_without_a_record_nothing_is_opened(folder):
    assert await keeping().offers(TARGET) == ()
    assert list(folder.iterdir()) == []


def test_the_opening_event_of_a_keeper_names_no_user(guide):
    recorder = keeping().recorder(guide, guide.start("main")[0], TARGET)
    assert recorder._opened.aim.host == "example.com"
    assert len(recorder._opened.origin) == 16


async def test_what_is_older_than_wanted_is_forgotten(guide, folder):
    keeper = keeping()
    await walked(guide, keeper.recorder(guide, guide.start("main")[0], TARGET), EVENTS[:1])
    keeper.let_go()
    with keeper.store().writing() as connection:
        connection.exec_driver_sql("UPDATE sessions SET updated = updated - 86400000 * 5")
    assert len(await keeping(keep_days=6).offers(TARGET)) == 1
    assert await keeping(keep_days=4).offers(TARGET) == ()
    assert keeper.store().count() == 0


def test_a_server_of_many_is_not_tidied_by_one(postgres_address):
    store = open_store(postgres_address)
    store.create(OPENED)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE sessions SET updated = 0")
    store.close()
    keeper = keeping(address=postgres_address)
    assert keeper.store().count() == 1
    keeper.store().close()


async def test_a_callers_session_is_kept_but_offered_to_nobody(guide):
    keeper = Keeper("wizard", GoingOn(keep=True), "caller")
    await walked(guide, keeper.recorder(guide, guide.start("main")[0], TARGET), EVENTS[:1])
    keeper.let_go()
    (row,) = keeper.store().sessions()
    assert keeper.store().record(row.session).subject == "caller"
    assert await keeping().offers(TARGET) == ()
    await walked(guide, keeping().recorder(guide, guide.start("main")[0], TARGET), EVENTS[:1])
    assert await Keeper("wizard", GoingOn(keep=True), "caller").offers(TARGET) == ()
