"""The wizard on a recorded case: everything as on a network, but nothing is measured or sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tshoot.demo.cases import BANNER
from tshoot.demo.evidence import ReplayedEvidence
from tshoot.demo.play import bench_of
from tshoot.guide.setup import variant_here
from tshoot.tui.app import TshootApp, open_app
from tshoot.tui.home import FLOW
from tshoot.tui.session import Session

if TYPE_CHECKING:
    from tshoot.config.settings import Config
    from tshoot.demo.bench import ReplayBench
    from tshoot.demo.cases import DemoCase
    from tshoot.guide.bench import Bench
    from tshoot.guide.live import LiveEvidence


class DemoSession(Session):
    """A session whose evidence was recorded; every screen says so."""

    banner = BANNER
    can_aim = False

    def __init__(self, case: DemoCase, bench: ReplayBench, variant: str) -> None:
        super().__init__(case.flow, bench.target, bench, variant)

    def new_evidence(self, bench: Bench) -> LiveEvidence:
        """The recording, stage after stage."""
        return ReplayedEvidence(cast("ReplayBench", bench), listener=self)


def run_demo(case: DemoCase, speed: float, config: Config) -> int:
    """Open the wizard on a case; returns the exit code. Blocks until the person closes it."""
    session = DemoSession(case, bench_of(case, speed), variant_here())
    return open_app(TshootApp(session, config, home=case.flow == FLOW))
