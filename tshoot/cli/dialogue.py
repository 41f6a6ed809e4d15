"""Runs a flow as a line dialogue or unattended, and says by exit code how it ended."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

import click

from tshoot.cli.exits import Exit
from tshoot.cli.machine import json_text
from tshoot.cli.stores import told_plainly
from tshoot.cli.terminal import is_terminal

if TYPE_CHECKING:
    from tshoot.flow.model import Flow
    from tshoot.guide.answers import Answers
    from tshoot.guide.driver import Ended, Walk
    from tshoot.guide.evidence import Evidence
    from tshoot.guide.known import Known
    from tshoot.guide.recorded import Record
    from tshoot.guide.setup import Whose
    from tshoot.plain.lines import Lines
    from tshoot.probes.runner import Listener
    from tshoot.session.going import GoingOn
    from tshoot.target import Target


@dataclass(frozen=True)
class Wanted:
    """What `tshoot run` was asked to do. Without ``records`` it is measured live, or asked of a caller.

    ``going`` tells what it has to do with earlier sessions.
    ``evidence`` makes another source than these; ``banner`` is said first.
    """

    flows: Mapping[str, Flow]
    flow: str
    target: Target
    answers: Answers
    records: tuple[Record, ...]
    whose: Whose
    unattended: bool
    as_json: bool
    going: GoingOn
    evidence: Callable[[Listener], Evidence] | None = None
    banner: str = ""


def run_dialogue(wanted: Wanted) -> int:
    """Walk the flow, print what the contract asks for, return the exit code."""
    import asyncio

    from tshoot.guide.driver import Ended
    from tshoot.guide.record import ended_well, session_json

    try:
        with told_plainly():
            walk = asyncio.run(_walk(wanted, sys.stderr if wanted.as_json else sys.stdout))
    except Ended as ended:
        _tell_end(ended, wanted)
        walk = ended.walk
    if wanted.as_json:
        record = session_json(walk, wanted.flows[wanted.flow], wanted.whose.subject)
        click.echo(json_text(record))
    if walk.finish is None:
        return Exit.UNDETERMINED
    return Exit.OK if ended_well(walk.finish) else Exit.FAULT


async def _walk(wanted: Wanted, stream: TextIO) -> Walk:
    from tshoot.cli.going_on import begin
    from tshoot.cli.settings import with_own_folders
    from tshoot.guide.answers import AnsweredFirst
    from tshoot.guide.driver import Driver
    from tshoot.guide.engine import Engine
    from tshoot.guide.known import Known
    from tshoot.plain.asides import Asides
    from tshoot.plain.front import PlainFront
    from tshoot.plain.page import Page
    from tshoot.plain.progress import LineProgress
    from tshoot.probes.registry import specs

    engine, lines = Engine(wanted.flows, wanted.whose.system), _lines(wanted)
    progress = LineProgress(Page(sys.stderr))
    known = Known(wanted.target, progress)
    page = Page(stream)
    page.say(wanted.banner)
    asides = Asides(
        page,
        engine=engine,
        known=known,
        specs=specs(),
        folders=with_own_folders(()),
        measured=wanted.whose.here,
    )
    front = PlainFront(
        page,
        lines,
        answers=wanted.answers,
        specs=specs(),
        progress=progress,
        asides=asides,
        unattended=wanted.unattended,
    )
    began = await begin(wanted, engine, front, ask=lines.on_screen)
    known.target, asides.notes, asides.recorder = began.target, began.notes, began.recorder
    evidence = AnsweredFirst(_evidence(wanted, began.target, known), wanted.answers)
    try:
        driver = Driver(engine, evidence, front, recorder=began.recorder)
        return await driver.run(began.state, began.effect, began.seconds)
    finally:
        began.let_go()
        await evidence.close()


def _evidence(wanted: Wanted, target: Target, known: Known) -> Evidence:
    from tshoot.guide.bench import NetworkBench
    from tshoot.guide.evidence import AskedEvidence
    from tshoot.guide.live import LiveEvidence
    from tshoot.guide.recorded import RecordedEvidence
    from tshoot.guide.setup import upcoming_of

    if wanted.evidence is not None:
        return wanted.evidence(known)
    if wanted.records:
        return RecordedEvidence(wanted.records, known, known.given)
    if not wanted.whose.here:
        return AskedEvidence()
    return LiveEvidence(NetworkBench(target), upcoming=upcoming_of(wanted.flows), listener=known)


def _lines(wanted: Wanted) -> Lines:
    from tshoot.plain.lines import NoLines, StreamLines

    if wanted.unattended or sys.stdin is None or sys.stdin.closed:
        return NoLines()
    return StreamLines(sys.stdin)


def _tell_end(ended: Ended, wanted: Wanted) -> None:
    """Where it ended: for scripts by the step's name, for whoever left by its words; and how to go on."""
    left = ended.left or (is_terminal(sys.stdin) and not wanted.unattended)
    click.echo(_left_words(ended, wanted) if left else str(ended), err=True)
    if ended.kept and ended.walk.state.prompts():
        click.echo(f"To go on: {_how(ended.kept, wanted)}.", err=True)


def _how(session: str, wanted: Wanted) -> str:
    """How to go on: by name where it is not offered by itself, or where another one could be."""
    from tshoot.cli.settings import settings

    tshoot, going = _called_again(), wanted.going
    if wanted.whose.here and not going.session:
        return f"`{tshoot} sessions resume`, or start `{tshoot}` again"
    store = "" if going.address == settings().store.address else " --store …"
    return f"`{tshoot} sessions{store} resume {session}`"


def _called_again() -> str:
    """The program's name, with the option that opens lines again where the wizard would open without it."""
    from tshoot.cli.settings import settings
    from tshoot.cli.terminal import wizard_possible

    stays = settings().plain and settings().origin("plain").source != "option"
    return "tshoot" if stays or not wizard_possible() else "tshoot --plain"


def _left_words(ended: Ended, wanted: Wanted) -> str:
    from tshoot.guide.engine import Engine
    from tshoot.session.titles import title_of

    wants = ended.walk.state.pending
    if wants is None or wants.step != ended.step:  # the question whether to go on is no step
        return "You left at the beginning."
    step = Engine(wanted.flows, wanted.whose.system).step(wants.flow, wants.step)
    title = title_of(step)
    return f"You left at: {title}{'' if title.endswith(('.', '?', '!', '…')) else '.'}"
