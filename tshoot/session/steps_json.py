"""Lines of a transcript and events of the engine as plain data and back. Defaults are left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from tshoot.diagnosis.reading import text_at, value_at
from tshoot.guide.model import By, Chosen, Event, Judged, Measured, Taken, WentBack

_BY = {"person", "probe", "answers", "default"}


def taken_json(taken: Taken) -> dict[str, Any]:
    """One line of the transcript."""
    return {
        "flow": taken.flow,
        "step": taken.step,
        "kind": taken.kind,
        "value": taken.value,
        "by": taken.by,
        **_filled(detail=taken.detail, values=dict(taken.values), outcomes=dict(taken.outcomes)),
    }


def taken_of(data: Any) -> Taken:
    """The line again. Raises ValueError where it is none."""
    return Taken(
        _needed(data, "flow"),
        _needed(data, "step"),
        _needed(data, "kind"),
        text_at(data, "value"),
        _by(data),
        text_at(data, "detail"),
        texts_of(data, "values"),
        texts_of(data, "outcomes"),
    )


def event_json(event: Event) -> dict[str, Any]:
    """One event of the engine."""
    if isinstance(event, WentBack):
        return {"back": event.position}
    if isinstance(event, Chosen):
        return {"step": event.step, "choice": event.choice, "by": event.by}
    if isinstance(event, Judged):
        told = _filled(domain=event.domain, host=event.host)
        return {"step": event.step, "judged": event.outcome, "reason": event.reason, "by": event.by, **told}
    return {
        "step": event.step,
        "outcome": event.outcome,
        "by": event.by,
        **_filled(detail=event.detail, values=dict(event.values), outcomes=dict(event.outcomes)),
    }


def event_of(data: Any) -> Event:
    """The event again. Raises ValueError where it is none."""
    if isinstance(data, Mapping) and "back" in data:
        place = data["back"]
        return WentBack(place if isinstance(place, int) else None)
    if value_at(data, "choice") is not None:
        return Chosen(_needed(data, "step"), _needed(data, "choice"), _by(data))
    if value_at(data, "judged") is not None:
        return _judged_of(data)
    return Measured(
        _needed(data, "step"),
        _needed(data, "outcome"),
        text_at(data, "detail"),
        _by(data),
        texts_of(data, "values"),
        texts_of(data, "outcomes"),
    )


def _judged_of(data: Any) -> Judged:
    return Judged(
        _needed(data, "step"),
        _needed(data, "judged"),
        _needed(data, "reason"),
        text_at(data, "domain"),
        text_at(data, "host"),
        _by(data),
    )


def texts_of(data: Any, key: str) -> dict[str, str]:
    """A mapping of texts; empty where there is none."""
    found = value_at(data, key)
    if not isinstance(found, Mapping):
        return {}
    return {str(name): value for name, value in found.items() if isinstance(value, str)}


def _needed(data: Any, key: str) -> str:
    value = value_at(data, key)
    if not isinstance(value, str):
        raise ValueError(f"no {key}")
    return value


def _by(data: Any) -> By:
    by = text_at(data, "by")
    if by not in _BY:
        raise ValueError("no by")
    return cast(By, by)


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
