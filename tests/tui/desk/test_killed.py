"""kill -9 of the desk in mid-call: nothing it had shown as kept is lost, and the call is offered again."""

from tests.tui.desk.desks import desk_of, running
from tests.tui.desk.killed import lost_after


async def test_what_was_shown_as_kept_is_kept_and_the_call_is_offered_at_the_next_start(tmp_path):
    address = str(tmp_path / "desk.db")
    assert lost_after(address, 3) == []
    async with running(desk_of(address)) as shown:
        await shown.until("You have 3 calls open.")
        await shown.press("enter")
        await shown.until("Say to the caller")
        await shown.until("note 0")
