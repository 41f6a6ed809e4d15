"""Makes the pictures of the documentation from the real wizard in a simulated network.

    python -m tests.lab shell dns-unreachable -- python docs/make_pictures.py

Real probes, real screens, nothing drawn by hand: the wizard runs headless, keys are pressed, each screen
is saved as SVG. Between two keys the resolver is changed as the step on the screen asks for.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

from textual.pilot import Pilot

from tshoot.catalog.services import resolve_target
from tshoot.guide.bench import NetworkBench
from tshoot.guide.model import Finish, Measure, Watch
from tshoot.tui.app import TshootApp
from tshoot.tui.session import Session

PICTURES = Path(__file__).parent / "pictures"
SIZES = {"wide": (120, 40), "small": (80, 24)}
PATIENCE = 400
_OTHER_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


async def main() -> None:
    size = sys.argv[1] if len(sys.argv) > 1 else "wide"
    target = resolve_target("t-mobile")
    session = Session("connectivity", target, NetworkBench(target), "linux")
    app = TshootApp(session)
    async with app.run_test(size=SIZES[size]) as pilot:
        await asyncio.sleep(0.9)
        _save(app, f"{size}-1-checking")
        for number in range(2, 14):
            await _next_step(pilot, session)
            pending = session.state.pending
            _save(app, f"{size}-{number}-{pending.step}")
            if isinstance(pending, Finish):
                break
            if pending.step == "dns-server":
                _do_what_the_step_says()
            await pilot.press("1")
        await pilot.press("e")
        await pilot.pause()
        _save(app, f"{size}-evidence")


async def _next_step(pilot: Pilot[int], session: Session) -> None:
    """Wait until the step on the screen waits for a person."""
    await asyncio.sleep(0.2)
    for _ in range(PATIENCE):
        await pilot.pause(0.05)
        state = session.state
        if state is not None and isinstance(state.pending, Watch):
            await pilot.pause(7)  # two looks, so that there is something to see
            return
        if state is not None and not isinstance(state.pending, Measure) and not session.running:
            await pilot.pause(0.2)
            return
    raise SystemExit("the wizard did not come to its next step")


def _do_what_the_step_says() -> None:
    Path("/etc/resolv.conf").write_text("nameserver 1.1.1.1\nnameserver 9.9.9.9\n", encoding="utf-8")


def _save(app: TshootApp, name: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    svg = app.export_screenshot(simplify=True)
    # Fonts from elsewhere are not loaded from a picture; the viewer's own monospace font serves.
    (PICTURES / f"{name}.svg").write_text(_OTHER_FONTS.sub("", svg), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
