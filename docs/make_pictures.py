"""Makes the pictures of the documentation from the real wizard on recorded cases; needs no network.

    python docs/make_pictures.py [--to FOLDER]

Nothing is drawn by hand: the wizard runs headless on the evidence of `tshoot demo`, keys are pressed, screens
are saved as SVG. Time is the script's own, so that the same program makes the same pictures.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot

sys.path.insert(0, str(Path(__file__).parent))

from animated_svg import Film

from tshoot.config.settings import Config
from tshoot.demo.bench import ReplayBench
from tshoot.demo.cases import case_named
from tshoot.demo.play import bench_of
from tshoot.guide.model import Measure
from tshoot.tui.app import TshootApp
from tshoot.tui.demo import DemoSession
from tshoot.tui.screens.wizard import WizardScreen

PICTURES = Path(__file__).parent / "pictures"
WIDE, SMALL, NARROW = (120, 40), (80, 24), (40, 20)
PATIENCE = 600
PAUSE = 0.02
"""Seconds of real time: files are read and pages imported beside the loop."""
_OTHER_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


class StoodStill(ReplayBench):
    """Recorded time passes only when :meth:`pass_time` says so."""

    def __init__(self, name: str) -> None:
        made = bench_of(case_named(name))
        super().__init__(made.recordings, made.target)
        self.now, self._due = 0.0, dict[asyncio.Future[None], float]()

    async def wait(self, seconds: float) -> None:
        """Wait until so much time has been let pass."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._due[future] = self.now + seconds
        try:
            await future
        finally:
            self._due.pop(future, None)

    async def pass_time(self, seconds: float) -> None:
        """Let time pass, one thing after another."""
        until = self.now + seconds
        while due := [(at, future) for future, at in self._due.items() if at <= until and not future.done()]:
            at, future = min(due, key=lambda each: each[0])
            self.now = max(self.now, at)
            future.set_result(None)
            for _ in range(20):
                await asyncio.sleep(0)
        self.now = until


class Stage:
    """The wizard on a recorded case, and the hand that presses its keys."""

    def __init__(self, case: str, size: tuple[int, int], theme: str = "dark", home: bool = False) -> None:
        self.bench, self.size = StoodStill(case), size
        self.session = DemoSession(case_named(case), self.bench, "linux")
        self.app = TshootApp(self.session, Config(theme=theme, reduced_motion=True), home=home)
        self._pilot: Pilot[int] | None = None

    async def play(self, scene: Callable[[Stage], Awaitable[None]]) -> None:
        """Open the wizard and play the scene."""
        async with self.app.run_test(size=self.size) as pilot:
            self._pilot = pilot
            await self._stands()
            await scene(self)

    async def _stands(self) -> None:
        """The wizard's own screen has taken the place of the first picture, and the flows are read."""
        assert self._pilot is not None
        for _ in range(PATIENCE):
            if isinstance(self.app.screen, WizardScreen) and self.session.engine is not None:
                return await self.settled()
            await self._pilot.pause(PAUSE)
        raise SystemExit("the wizard did not open")

    async def press(self, *keys: str) -> None:
        """Press keys, and let the screen settle."""
        assert self._pilot is not None
        await self._pilot.press(*keys)
        await self.settled()

    async def settled(self) -> None:
        """Everything that needs no time is done and painted."""
        assert self._pilot is not None
        for _ in range(PATIENCE):
            if not any(worker.group == "code" and worker.is_running for worker in self.app.workers):
                break
            await self._pilot.pause(PAUSE)
        for _ in range(6):
            await self._pilot.pause(PAUSE)

    async def after(self, seconds: float) -> None:
        """Let recorded time pass, then settle."""
        await self.bench.pass_time(seconds)
        await self.settled()

    async def asked(self) -> None:
        """Let time pass until the person is asked something, or the flow has ended."""
        for _ in range(PATIENCE):
            state = self.session.state
            if state is not None and not isinstance(state.pending, Measure) and not self.session.running:
                return
            await self.after(0.5)
        raise SystemExit("the wizard did not come to its next step")


def save(stage: Stage, folder: Path, name: str) -> None:
    """The screen as it is. Fonts from elsewhere are not loaded from a picture; the viewer's own serves."""
    svg = stage.app.export_screenshot(title="tshoot", simplify=True)
    (folder / f"{name}.svg").write_text(_OTHER_FONTS.sub("", svg), encoding="utf-8")


async def first_screen(folder: Path) -> None:
    """The verdict, on a wide terminal; then the evidence behind it."""

    async def scene(stage: Stage) -> None:
        await stage.settled()
        await stage.after(10)
        save(stage, folder, "first-screen")
        await stage.press("e")
        save(stage, folder, "evidence")

    await Stage("names-dead", WIDE, home=True).play(scene)


async def one_step(folder: Path, name: str, stage: Stage, *keys: str, seconds: float | None = None) -> None:
    """One screen of a case, after some keys; with ``seconds``, so long after the last of them."""

    async def scene(stage: Stage) -> None:
        await stage.settled()
        await stage.asked()
        for place, key in enumerate(keys, 1):
            await stage.press(key)
            if place < len(keys) or seconds is None:
                await stage.asked()
        await stage.after(seconds or 0)
        save(stage, folder, name)

    await stage.play(scene)


async def walk(folder: Path) -> None:
    """A whole walk as one moving picture."""
    film = Film(*SMALL)

    async def scene(stage: Stage) -> None:
        def shoot(seconds: float) -> None:
            film.add(stage.app, seconds)

        await stage.settled()
        for pause in (0.1, 0.3, 0.3, 0.5, 1.3):
            await stage.after(pause)
            shoot(0.5)
        await stage.after(3)
        shoot(3.5)
        for seconds in (2.5, 4.5):
            await stage.press("1")
            await stage.asked()
            shoot(seconds)
        await stage.press("1")
        for pause in (1, 8, 9, 9, 9, 4):
            await stage.after(pause)
            shoot(0.9)
        await stage.asked()
        shoot(4.5)
        await stage.press("1")
        await stage.after(0.4)
        shoot(0.8)
        await stage.asked()
        shoot(3.5)
        await stage.press("1")
        shoot(6)

    await Stage("names-dead", SMALL, home=True).play(scene)
    (folder / "walk.svg").write_text(film.svg(), encoding="utf-8")


async def make(folder: Path) -> None:
    """Every picture, into ``folder``."""
    await first_screen(folder)
    await one_step(folder, "step", Stage("captive-portal", SMALL))
    await one_step(folder, "watch", Stage("line-hangs", SMALL), "3", "1", seconds=30)
    await one_step(folder, "solved", Stage("captive-portal", SMALL, "light"), "1")
    await one_step(folder, "stop", Stage("intercepted", SMALL, "high-contrast"))
    await one_step(folder, "narrow", Stage("cable-out", NARROW))
    await walk(folder)


def main(arguments: list[str] | None = None) -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description="Make the pictures of the documentation.")
    parser.add_argument("--to", type=Path, default=PICTURES, help="the folder to write to")
    folder: Path = parser.parse_args(arguments).to
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(make(folder))


if __name__ == "__main__":
    main()
