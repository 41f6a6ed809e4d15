"""A session as a document to read: its path in words, its fixes with before and after, its notes, its end.

It is the session's ``tshoot.session/1`` with more fields; ``tshoot.report.rendering`` writes it down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tshoot.diagnosis.model import Rung
from tshoot.flow.model import DoStep, VerifyStep
from tshoot.guide.channels import Channel, channels_now
from tshoot.guide.driver import Walk
from tshoot.guide.effects import DONE
from tshoot.guide.engine import Engine
from tshoot.guide.model import Finish, Taken
from tshoot.guide.notes import Note
from tshoot.guide.outcome import outcome_of
from tshoot.guide.path_lines import path_lines
from tshoot.guide.record import session_json
from tshoot.guide.routes import verify_result
from tshoot.guide.setup import Subject
from tshoot.guide.state import State
from tshoot.guide.words import END_WORDS, HELP_WORDS, cause_words, fill, help_words, outcome_words

_WORKS = {"works": "works now", "not_known": "not known whether it works now", "not_now": "does not work now"}


def session_document(
    engine: Engine,
    walk: Walk,
    *,
    subject: Subject = "this-device",
    notes: Iterable[Note] = (),
    report: Mapping[str, Any] | None = None,
    ladder: Sequence[Rung] = (),
    official: bool = False,
) -> dict[str, Any]:
    """The document of a session, ended or not.

    ``report`` is the JSON of the last check with its ``code``, ``ladder`` that check's; ``official`` tells
    whether it was of one of the provider's services. Both say which ways to support work now.
    """
    flow, state = engine.flows[walk.state.flow], walk.state
    document = session_json(walk, flow, subject)
    came_to = outcome_of(engine, state)
    document |= {
        "title": flow.title,
        "came_to": {"wrong": came_to.wrong, "fixed": came_to.fixed},
        "path": [
            {"question": line.question, "say": line.text} for line in path_lines(engine, state.transcript)
        ],
        "fixes": list(fixes(engine, state)),
        "notes": [{"about": note.about, "text": note.text} for note in notes],
    }
    document["end"] |= _end(walk.finish, channels_now(_help(walk.finish), ladder, official))
    if report is not None:
        document |= {"report": dict(report), "code": report.get("code", "")}
    return document


def fixes(engine: Engine, state: State) -> Iterator[dict[str, str]]:
    """Every action that was done: what was measured before it, what the check after it said.

    ``result`` is ``fixed``, ``not_fixed`` or ``cannot_tell``; empty where nothing was checked after it. An
    action that was done again is told once: how it was before the first time, what the last time came to.
    Then ``say`` counts it, and ``action`` is the action alone.
    """
    for step, places in _done(engine, state.transcript):
        first, last = (_proof(engine, state.transcript, place) for place in (places[0], places[-1]))
        action, before = fill(step.do, state.texts()), first["before"] or last["before"]
        counted = {"say": f"{action} ({len(places)} times)", "action": action}
        yield {**(counted if len(places) > 1 else {"say": action}), **last, "before": before}


def _done(engine: Engine, lines: Sequence[Taken]) -> list[tuple[DoStep, list[int]]]:
    """The actions that were done, with the places where they were."""
    done: dict[tuple[str, str], tuple[DoStep, list[int]]] = {}
    for place, taken in enumerate(lines):
        step = engine.step(taken.flow, taken.step)
        if isinstance(step, DoStep) and taken.value == DONE:
            done.setdefault((taken.flow, taken.step), (step, []))[1].append(place)
    return list(done.values())


def _proof(engine: Engine, lines: Sequence[Taken], place: int) -> dict[str, str]:
    """The next check after an action, unless another action came first."""
    for later in range(place + 1, len(lines)):
        step = engine.step(lines[later].flow, lines[later].step)
        if isinstance(step, DoStep) and lines[later].value == DONE:
            break
        if isinstance(step, VerifyStep):
            return _compared(step, lines[:place], lines[later].value)
    return {"before": "", "after": "", "result": ""}


def _compared(step: VerifyStep, earlier: Sequence[Taken], outcome: str) -> dict[str, str]:
    name = step.verify.probe or "cause"
    words = outcome_words if step.verify.probe else cause_words
    known = (taken.outcomes[name] for taken in reversed(earlier) if name in taken.outcomes)
    before = next(known, None)
    return {
        "before": words(before) if before is not None else "",
        "after": words(outcome),
        "result": verify_result(outcome, step.verify.fixed),
    }


def _help(finish: Finish | None) -> tuple[str, ...]:
    return finish.help if finish is not None else ()


def _end(finish: Finish | None, channels: Sequence[Channel]) -> dict[str, Any]:
    if finish is None:
        return {"words": "Not finished yet.", "help": []}
    known = [channel for channel in channels if channel.name in HELP_WORDS]
    return {
        "words": END_WORDS.get(finish.outcome, ""),
        "why": finish.why,
        "help": [_channel_words(channel, finish.service) for channel in known],
    }


def _channel_words(channel: Channel, service: str) -> str:
    return f"{help_words(channel.name, service)}: {_WORKS[channel.works]}. {channel.reason}".strip()
