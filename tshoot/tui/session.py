"""What one run of the wizard holds besides its widgets: the walk, the evidence, the results so far."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from tshoot.session.going import NOTHING_KEPT, GoingOn

if TYPE_CHECKING:
    from tshoot.checkup import Checkup
    from tshoot.diagnosis.explain import Explanation
    from tshoot.diagnosis.model import Diagnosis, Rung
    from tshoot.flow.model import Flow
    from tshoot.flow.search import SearchIndex
    from tshoot.guide.apart.bench import ProcessBench
    from tshoot.guide.apart.reading import Reading
    from tshoot.guide.bench import Bench
    from tshoot.guide.engine import Engine
    from tshoot.guide.evidence import AskedEvidence
    from tshoot.guide.live import LiveEvidence
    from tshoot.guide.notes import Note, Notes
    from tshoot.guide.path_lines import PathLine
    from tshoot.guide.progress import TimeLeft
    from tshoot.guide.recording import Recorder
    from tshoot.guide.state import State
    from tshoot.probes.model import ProbeResult, ProbeSpec
    from tshoot.probes.runner import Listener
    from tshoot.session.keeper import Keeper
    from tshoot.target import Target
    from tshoot.tui.cards import Card
    from tshoot.tui.left import Left
    from tshoot.tui.walk import Walk

REPORT_WIDTH = 96

ASKED = "Nothing is measured: this program runs on another computer than yours. It asks you instead."


class Session:
    """Joins a walk and live evidence; listens to every probe and passes it on to the screen.

    Where it is about another computer than this one, nothing is ``measured``: it is asked. Without ``target``
    it is about the default service; without ``bench`` this computer is measured, in a process of its own.
    Made before the first paint, so it holds nothing costly: :meth:`prepare` and :meth:`load` bring the rest.
    """

    banner: ClassVar[str] = ""
    """What every screen has to say of this session."""
    can_aim: ClassVar[bool] = True
    """Whether another target can be checked."""

    def __init__(
        self,
        flow: str,
        target: Target | None,
        bench: Bench | None,
        variant: str,
        flows: Mapping[str, Flow] | None = None,
        *,
        measured: bool = True,
        going: GoingOn = NOTHING_KEPT,
    ) -> None:
        self.results: dict[str, ProbeResult] = {}
        self.running: set[str] = set()
        self._before_watch: set[str] = set()
        self.old: set[str] = set()
        self.screen: Listener | None = None
        self.measured, self.going = measured, going
        self.walk: Walk | None = None
        self.left: Left | None = None
        """The help that was left for the one there is."""
        self.engine: Engine | None = None
        self._reading: Reading | None = None
        self._target, self._bench = target, bench
        self._flow, self._flows, self._variant = flow, flows, variant
        self._keeper: Keeper | None = None
        self._keeping: set[asyncio.Task[None]] = set()
        self._began = time.monotonic()
        self._elapsed = 0.0

    @cached_property
    def notes(self) -> Notes:
        """What the person wrote down."""
        from tshoot.guide.notes import Notes

        return Notes()

    @cached_property
    def target(self) -> Target:
        """What is checked."""
        from tshoot.catalog.services import resolve_target

        return self._target or resolve_target(None)

    @property
    def label(self) -> str:
        """How it is named to the person."""
        return self.target.label

    @property
    def known_label(self) -> str:
        """The same where nothing has to be read for it, else empty."""
        return self._target.label if self._target is not None else ""

    @cached_property
    def evidence(self) -> LiveEvidence | AskedEvidence:
        """What measures, or asks; it starts nothing by itself."""
        return self.new_evidence(self._bench or self._apart)

    @cached_property
    def _apart(self) -> ProcessBench:
        from tshoot.guide.apart.bench import ProcessBench

        return ProcessBench()

    def warm(self) -> None:
        """Start the processes that read and measure; returns at once."""
        from tshoot.guide.apart.reading import Reading

        if self._flows is None:
            self._reading = Reading()
        if self.measured and self._bench is None:
            self._apart.warm()

    def prepare(self) -> None:
        """Get whatever the screen needs before it measures. Blocks: off the loop."""
        if self._reading is not None:
            self._reading.basics()
        if self.measured and self._bench is None:
            self._apart.target = self.target
        _ = self.evidence, self.label, self.specs

    def close(self) -> None:
        """Stop reading and measuring at once, whatever hangs."""
        if self._reading is not None:
            self._reading.close()
        if "_apart" in self.__dict__:
            self._apart.close()

    def new_evidence(self, bench: Bench) -> LiveEvidence | AskedEvidence:
        """What measures on this bench, or asks where nothing is measured; it starts nothing by itself."""
        from tshoot.guide.evidence import AskedEvidence
        from tshoot.guide.live import LiveEvidence

        return LiveEvidence(bench, listener=self) if self.measured else AskedEvidence()

    def load(self) -> tuple[Walk, str]:
        """As :meth:`load_walk`, of a session of its own: it is kept, and the one before it set aside."""
        walk, title = self.load_walk()
        if self.going.keep:
            keeper = self.load_keeper()
            keeper.leave()
            recorder = keeper.recorder(self.load_flows(), walk.state, self.target, self.notes)
            walk.go_on(walk.state, recorder)
            self.keep_notes(recorder)
        return walk, title

    def load_walk(self) -> tuple[Walk, str]:
        """A walk of the flow, ready to run, and the flow's title. Blocks: off the loop."""
        from tshoot.guide.live import LiveEvidence
        from tshoot.guide.setup import known_of, upcoming_of
        from tshoot.tui.walk import Walk

        engine = self.load_flows()
        if isinstance(self.evidence, LiveEvidence):
            self.evidence.upcoming = upcoming_of(engine.flows)
        self.walk = Walk(engine, self.evidence, self._flow, known_of(self.target))
        return self.walk, engine.flows[self._flow].title

    def load_flows(self) -> Engine:
        """Read the flows, once. Blocks: off the loop."""
        from tshoot.guide.engine import Engine

        if self.engine is None:
            self.engine = Engine(self._flows or self._read_flows(), self._variant)
        return self.engine

    def _read_flows(self) -> Mapping[str, Flow]:
        from tshoot.guide.setup import load_shipped

        return self._reading.flows() if self._reading is not None else load_shipped()

    def load_keeper(self) -> Keeper:
        """What joins this run and the store of sessions. Blocks: off the loop."""
        from tshoot.tui.going_on import keeper_of

        if self._keeper is None:
            self._keeper = keeper_of(self.going, self.measured)
        return self._keeper

    def keep_notes(self, recorder: Recorder) -> None:
        """Have every note kept that is written from now on."""
        self.notes.on_note = partial(self._keep_note, recorder)

    def _keep_note(self, recorder: Recorder, note: Note) -> None:
        keeping = asyncio.get_running_loop().create_task(recorder.noted(note.flow, note.step, note.text))
        self._keeping.add(keeping)
        keeping.add_done_callback(self._keeping.discard)

    def leaving(self) -> Left | None:
        """What leads back to the walk once it is left; None where it is not kept."""
        from tshoot.tui.left import Left

        name = self._keeper.session if self._keeper is not None else ""
        return Left(name, self.flow_title(self.state)) if name and self.state is not None else None

    def let_go(self) -> None:
        """The run is over: another program may go on with what was kept."""
        if self._keeper is not None:
            self._keeper.let_go()

    def counts_from(self, epoch: int) -> None:
        """A session goes on at ``epoch``: what has been measured here counts there."""
        from tshoot.guide.live import LiveEvidence

        if isinstance(self.evidence, LiveEvidence):
            self.evidence.counts_from(epoch)

    @cached_property
    def search_index(self) -> SearchIndex:
        """What :meth:`find` looks in. Takes its time when it is first asked for: off the loop."""
        from tshoot.checkup import shipped_catalog
        from tshoot.diagnosis.catalog import sayings_by_fix
        from tshoot.flow.search import SearchIndex

        return SearchIndex(self.load_flows().flows, sayings_by_fix(shipped_catalog()))

    def find(self, words: str) -> list[tuple[str, str, str]]:
        """The flows that fit the words, best first: id, title, and what in it fits; without words, all."""
        flows = self.load_flows().flows
        if not words:
            return [(name, flow.title, flow.about) for name, flow in flows.items()]
        best: dict[str, tuple[str, str, str]] = {}
        for match in self.search_index.search(words):
            best.setdefault(match.flow, (match.flow, flows[match.flow].title, match.title))
        return list(best.values())

    def turn_to(self, flow: str) -> None:
        """Walk this flow instead, from its start; what was measured still counts. Takes effect at `load`."""
        self._flow = flow

    async def aim(self, target: Target) -> None:
        """Check this target from now on: what was measured is forgotten, and measuring starts anew."""
        from tshoot.guide.live import LiveEvidence

        await self.evidence.close()
        self.target = target
        self.results, self.running = {}, set()
        self.old, self._before_watch = set(), set()
        self.walk = None
        if isinstance(self.evidence, LiveEvidence):
            self.evidence = self.new_evidence(self.evidence.bench.aimed_at(target))
        self.start_measuring()

    def start_measuring(self) -> None:
        """Start the battery, where anything is measured here at all."""
        from tshoot.guide.live import LiveEvidence

        if isinstance(self.evidence, LiveEvidence):
            self.evidence.start()

    async def checked(self) -> None:
        """Return once the battery is through; at once where nothing is measured."""
        from tshoot.guide.live import LiveEvidence

        if isinstance(self.evidence, LiveEvidence):
            await self.evidence.checkup()

    @cached_property
    def specs(self) -> Mapping[str, ProbeSpec]:
        """What every probe declares. Importing them all takes its time: not before the first paint."""
        from tshoot.probes.registry import specs

        return specs()

    @property
    def state(self) -> State | None:
        """Where the walk stands; None before it runs."""
        return self.walk.state if self.walk is not None else None

    @property
    def ladder(self) -> list[tuple[Rung, str]]:
        """Every rung with a few words; all unknown, and no rule loaded, before there is any result.

        What is followed was gone meanwhile: a rung not measured since then is unknown too.
        """
        from tshoot.diagnosis.aged import aged_ladder
        from tshoot.diagnosis.brief import brief
        from tshoot.diagnosis.model import RUNGS, Rung

        if not self.results:
            return [(Rung(name, "unknown", ""), "") for name in RUNGS]
        if self.old:
            return aged_ladder(self.results, self.old, self.target.host)
        return [(rung, brief(rung, self.results)) for rung in self.diagnosis.ladder]

    @property
    def measuring(self) -> bool:
        """True from the start until the first battery is through, and while any probe runs."""
        return self.measured and (bool(self.running) or not self.results)

    @property
    def diagnosis(self) -> Diagnosis:
        """What the results so far mean."""
        from tshoot.checkup import judge

        return judge(self.results, self.target)

    @property
    def explanation(self) -> Explanation:
        """Which rule drew that conclusion, and what ruled out the nearest others."""
        return self.checkup().explanation()

    def home_card(self, *, checked: bool = False) -> Card:
        """The first screen: the verdict where it is known. Once the battery is through (``checked``) it is,
        whatever else is still measured ahead.
        """
        from tshoot.tui.home import home_card

        known = self.diagnosis if checked or not self.measuring else None
        return home_card(self.label, known, can_aim=self.can_aim, left=self.left)

    def only_watching(self) -> None:
        """What was still measured is given up while one probe is followed."""
        self.running.clear()
        self._before_watch = set(self.results)

    def gone(self) -> None:
        """What is followed is gone: what was measured before it was followed says nothing any more."""
        self.old |= self._before_watch

    def started(self, spec: ProbeSpec) -> None:
        """A probe runs."""
        if not self.running:
            self._began = time.monotonic()
        self.running.add(spec.name)
        if self.screen is not None:
            self.screen.started(spec)

    def finished(self, result: ProbeResult) -> None:
        """A probe has a result."""
        self.running.discard(result.probe)
        self.results[result.probe] = result
        self._before_watch.discard(result.probe)
        self.old.discard(result.probe)
        self._elapsed = (time.monotonic() - self._began) * 1000
        if self.screen is not None:
            self.screen.finished(result)

    def look_ahead(self, state: State) -> None:
        """Start what the next steps may want."""
        if state.stack:
            self.evidence.prefetch(state.frame.flow, state.frame.step, state.epoch)

    def path(self, state: State) -> list[PathLine]:
        """The steps taken so far, a line each."""
        from tshoot.guide.path_lines import path_lines

        return list(path_lines(self.engine, state.transcript)) if self.engine is not None else []

    def flow_title(self, state: State) -> str:
        """The title of the flow being walked."""
        return self.engine.flows[state.frame.flow].title if self.engine is not None and state.stack else ""

    def progress(self, state: State) -> str:
        """Which step this is and about how long it takes from here; empty at the end."""
        from tshoot.guide.progress import progress_words

        return progress_words(state, self.time_left) if self.time_left is not None else ""

    @cached_property
    def time_left(self) -> TimeLeft | None:
        """Expected minutes from every step; None before the flows are read."""
        from tshoot.guide.progress import TimeLeft

        return TimeLeft(self.engine.flows) if self.engine is not None else None

    def checkup(self) -> Checkup:
        """What was measured so far, judged."""
        from tshoot.checkup import Checkup

        return Checkup(self.target, dict(self.results), self.diagnosis, self._elapsed)

    def report_text(self, width: int = REPORT_WIDTH) -> str:
        """The check so far as text, and the person's own notes."""
        from tshoot.report.as_text import to_text

        if not self.results:
            nothing = "Nothing has been measured yet." if self.measured else ASKED
            return "\n\n".join(filter(None, (nothing, self.notes.text())))
        report = self.checkup().report()
        return "\n\n".join(filter(None, (to_text(report, width, False), self.notes.text())))
