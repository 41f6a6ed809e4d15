"""A small help of two questions whose sessions are kept, for the tests of going on."""

from tests.guide import flows as small
from tests.tui.benches import app, settle, shown
from tshoot.session.going import GoingOn

STEPS = [
    small.ask("colour", {"red": "shape", "blue": "shape"}),
    small.ask("shape", {"round": "fine", "flat": "pause"}),
    small.wait("pause", "bad"),
    small.end("fine"),
    small.end("bad", "unresolved", help=["phone"]),
]
FLOW = small.flow(STEPS)
KEPT = GoingOn(keep=True)


def wizard(flow=FLOW, going=KEPT, **more):
    return app(flow=flow.flow, flows={flow.flow: flow}, going=going, **more)


async def at_shape(pilot, program, answer="1"):
    """Answers the first question; the second one is on the screen."""
    await settle(pilot, shown(program, "What about colour?"))
    await pilot.press(answer)
    await settle(pilot, shown(program, "What about shape?"))


def way(store):
    (row,) = store().sessions()
    return row, [(line.step, line.value) for line in store().record(row.session).transcript]
