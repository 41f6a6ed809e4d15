"""An evidence file: a ``tshoot.report/1`` with one more field, ``evidence``, that says how it was saved.

Whoever reads reports reads evidence files. Redacted by default: what leads to a person, a home or a device
is replaced by tokens, and the file lists how often each rule did so. A session's document is prepared alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tshoot.evidence.recorded import recorded_of
from tshoot.redaction import Redactor, Replacement, Rules
from tshoot.report.as_json import to_json
from tshoot.report.model import Report

VERSION = 1
"""The version of the field ``evidence``."""
_FIELD = "evidence"


@dataclass(frozen=True)
class Prepared:
    """A document ready to be saved. ``originals`` maps each token to what it stands for; never save it."""

    document: Mapping[str, Any]
    redacted: bool
    replaced: tuple[Replacement, ...] = ()
    originals: Mapping[str, str] = field(default_factory=dict, repr=False)


def prepare(report: Report, rules: Rules | None, saved: datetime) -> Prepared:
    """The evidence file of a report made at ``saved``; not redacted where ``rules`` is None."""
    return prepare_document(to_json(report), rules, saved)


def prepare_document(document: Mapping[str, Any], rules: Rules | None, saved: datetime) -> Prepared:
    """The same of any document, a session's for one. Raises TooDeep where it is nested too deeply."""
    stamp = saved.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return _prepared(document, rules, stamp, ())


def redact_again(document: Any, rules: Rules) -> Prepared:
    """A file somebody saved, redacted; what had been replaced in it before stays listed.

    What follows from its data is written down first, as an older version did not: tokens say less than the
    addresses they stand for. Raises :class:`EvidenceError` where it is no report, TooDeep for too deep ones.
    """
    recorded = recorded_of(document)
    before = document.get(_FIELD)
    listed = before.get("replaced") if isinstance(before, dict) else None
    report = recorded.report()
    told = {**document, "signals": dict(report.signals), "code": report.code}
    return _prepared(told, rules, recorded.saved, _counts(listed))


def _prepared(
    document: Mapping[str, Any], rules: Rules | None, saved: str, before: Sequence[Any]
) -> Prepared:
    plain = {key: value for key, value in document.items() if key != _FIELD}
    replaced: tuple[Replacement, ...] = ()
    originals: Mapping[str, str] = {}
    if rules is not None:
        result = Redactor(rules).document(plain)
        plain, replaced, originals = result.document, result.replaced, result.originals
    listed = _added(before, [item.to_json() for item in replaced])
    envelope = {"version": VERSION, "saved": saved, "redacted": rules is not None, "replaced": listed}
    return Prepared({**plain, _FIELD: envelope}, rules is not None, replaced, originals)


def _counts(listed: Any) -> list[dict[str, Any]]:
    """The lines of a list of replacements that are what they should be."""
    entries = listed if isinstance(listed, list) else []
    return [
        {"rule": entry["rule"], "type": entry["type"], "count": entry["count"]}
        for entry in entries
        if isinstance(entry, dict) and _is_line(entry)
    ]


def _is_line(entry: Mapping[str, Any]) -> bool:
    names = [entry.get("rule"), entry.get("type")]
    words = all(isinstance(name, str) and name.replace("-", "").isalnum() for name in names)
    return words and type(entry.get("count")) is int


def _added(before: Sequence[Any], now: Sequence[Any]) -> list[dict[str, Any]]:
    sums: dict[tuple[str, str], int] = {}
    for entry in (*before, *now):
        key = (entry["rule"], entry["type"])
        sums[key] = sums.get(key, 0) + entry["count"]
    return [{"rule": rule, "type": kind, "count": count} for (rule, kind), count in sums.items()]
