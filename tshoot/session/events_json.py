"""Events of a session as plain data and back.

A kind this version does not know, and an event that lacks what its kind needs, become :class:`Foreign`: kept
as they are, skipped when the session is folded. What a person typed is cleaned here, before it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from tshoot.diagnosis.reading import items_at, number_at, text_at, value_at
from tshoot.session.model import (
    Aim,
    Assigned,
    Closed,
    EvidenceGiven,
    Finished,
    Foreign,
    Kind,
    Labelled,
    Noted,
    Opened,
    Place,
    Reopened,
    SessionEvent,
    Source,
    Tried,
    Walked,
)
from tshoot.session.steps_json import event_json, event_of, taken_json, taken_of, texts_of
from tshoot.text import display_text

LONGEST_NAME = 80
"""Characters of a caller's label or an agent's name."""
LONGEST_NOTE = 4000
"""Characters of a note, a reason or a summary."""
KINDS: Mapping[str, type[SessionEvent]] = {
    "opened": Opened,
    "walked": Walked,
    "noted": Noted,
    "evidence": EvidenceGiven,
    "assigned": Assigned,
    "labelled": Labelled,
    "finished": Finished,
    "closed": Closed,
    "reopened": Reopened,
}
_ALWAYS = {"keep", "report"}
_NAMES = {kind: name for name, kind in KINDS.items()}


def kind_of_event(event: SessionEvent) -> str:
    """The kind as it is stored."""
    return event.kind if isinstance(event, Foreign) else _NAMES[type(event)]


def payload_of(event: SessionEvent) -> dict[str, Any]:
    """What is kept of the event: mappings, lists, texts, numbers, None."""
    if isinstance(event, Foreign):
        return dict(event.payload)
    writer: Callable[[Any], dict[str, Any]] = _WRITERS[type(event)]
    return {name: value for name, value in writer(event).items() if value or name in _ALWAYS}


def event_from(kind: str, payload: Any) -> SessionEvent:
    """The event again; :class:`Foreign` where this version can't read it."""
    known = payload if isinstance(payload, Mapping) else {}
    reader = _READERS.get(kind)
    try:
        return reader(known) if reader else Foreign(kind, known)
    except ValueError:
        return Foreign(kind, known)


def as_kept(event: SessionEvent) -> SessionEvent:
    """The event as it will be read again: what was typed is clean."""
    return event_from(kind_of_event(event), payload_of(event))


def clean_name(text: str) -> str:
    """A label or a name as it is kept: one line, harmless, not too long."""
    return display_text(" ".join(text.split()), LONGEST_NAME)


def clean_note(text: str) -> str:
    """A note as it is kept: its lines, harmless, not too long."""
    return display_text(text.strip(), LONGEST_NOTE, keep_lines=True)


def _opened(event: Opened) -> dict[str, Any]:
    aim = {
        "service": event.aim.service,
        "host": event.aim.host,
        "port": event.aim.port,
        "path": event.aim.path,
    }
    return {
        "kind": event.kind,
        "flow": event.flow,
        "versions": dict(event.versions),
        "aim": aim,
        "known": dict(event.known),
        "variant": event.variant,
        "subject": event.subject,
        "origin": event.origin,
        "place": _place(event.place),
    }


def _opened_from(data: Mapping[str, Any]) -> Opened:
    kind = text_at(data, "kind")
    if kind not in {"wizard", "dialogue", "desk"} or not text_at(data, "flow"):
        raise ValueError("no session")
    port = number_at(data, "aim", "port")
    aim = Aim(
        text_at(data, "aim", "service"),
        text_at(data, "aim", "host"),
        int(port) if port else 443,
        text_at(data, "aim", "path") or "/",
    )
    return Opened(
        cast(Kind, kind),
        text_at(data, "flow"),
        texts_of(data, "versions"),
        aim,
        texts_of(data, "known"),
        text_at(data, "variant"),
        "caller" if text_at(data, "subject") == "caller" else "this-device",
        text_at(data, "origin"),
        _place_from(data),
    )


def _walked(event: Walked) -> dict[str, Any]:
    tried = event.tried
    return {
        "event": event_json(event.event),
        "keep": event.keep,
        "taken": [taken_json(taken) for taken in event.taken],
        "seconds": round(event.seconds, 2),
        "place": _place(event.place),
        "tried": tried
        and {"line": tried.line, "flow": tried.flow, "step": tried.step, "result": tried.result},
    }


def _walked_from(data: Mapping[str, Any]) -> Walked:
    keep, line = number_at(data, "keep"), number_at(data, "tried", "line")
    if keep is None or keep < 0:
        raise ValueError("no place")
    tried = (
        Tried(
            int(line),
            text_at(data, "tried", "flow"),
            text_at(data, "tried", "step"),
            text_at(data, "tried", "result"),
        )
        if line is not None
        else None
    )
    return Walked(
        event_of(value_at(data, "event")),
        int(keep),
        tuple(taken_of(item) for item in items_at(data, "taken")),
        max(0.0, number_at(data, "seconds") or 0.0),
        _place_from(data),
        tried,
    )


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    words = {"title": place.title, "topic": place.topic, "cause": place.cause}
    return {"flow": place.flow, "step": place.step, **{name: text for name, text in words.items() if text}}


def _place_from(data: Mapping[str, Any]) -> Place | None:
    if not text_at(data, "place", "flow"):
        return None
    names = ("flow", "step", "title", "topic", "cause")
    return Place(*(text_at(data, "place", name) for name in names))


def _finished_from(data: Mapping[str, Any]) -> Finished:
    if not text_at(data, "outcome"):
        raise ValueError("no outcome")
    return Finished(*(text_at(data, name) for name in ("outcome", "cause", "flow", "step", "summary")))


def _evidence_from(data: Mapping[str, Any]) -> EvidenceGiven:
    report, source = data.get("report"), text_at(data, "source")
    if not isinstance(report, Mapping) or source not in {"file", "code", "live"}:
        raise ValueError("no evidence")
    return EvidenceGiven(report, cast(Source, source), text_at(data, "name"))


def _closed_from(data: Mapping[str, Any]) -> Closed:
    if not text_at(data, "how"):
        raise ValueError("no way")
    return Closed(text_at(data, "how"), text_at(data, "reason"))


_WRITERS: Mapping[type[SessionEvent], Callable[[Any], dict[str, Any]]] = {
    Opened: _opened,
    Walked: _walked,
    Noted: lambda event: {
        "text": clean_note(event.text),
        "flow": event.flow,
        "step": event.step,
        "instead": event.instead,
    },
    EvidenceGiven: lambda event: {
        "report": dict(event.report),
        "source": event.source,
        "name": clean_name(event.name),
    },
    Assigned: lambda event: {"agent": clean_name(event.agent)},
    Labelled: lambda event: {"label": clean_name(event.label)},
    Finished: lambda event: {
        "outcome": event.outcome,
        "cause": event.cause,
        "flow": event.flow,
        "step": event.step,
        "summary": event.summary,
    },
    Closed: lambda event: {"how": event.how, "reason": clean_note(event.reason)},
    Reopened: lambda _: {},
}
_READERS: Mapping[str, Callable[[Mapping[str, Any]], SessionEvent]] = {
    "opened": _opened_from,
    "walked": _walked_from,
    "noted": lambda data: Noted(
        text_at(data, "text"), text_at(data, "flow"), text_at(data, "step"), data.get("instead") is True
    ),
    "evidence": _evidence_from,
    "assigned": lambda data: Assigned(text_at(data, "agent")),
    "labelled": lambda data: Labelled(text_at(data, "label")),
    "finished": _finished_from,
    "closed": _closed_from,
    "reopened": lambda _: Reopened(),
}
