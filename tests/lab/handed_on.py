"""What is handed on of a check leads to the same headline: the redacted file, and the code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from tshoot.evidence.code import Spoken, read_code
from tshoot.evidence.document import redact_again
from tshoot.evidence.recorded import Recorded, recorded_code, recorded_of
from tshoot.redaction import Rules, load_rules

PRIVATE = ("2607:fb92:1:12:",)
"""Beginnings of the addresses that the client of every world has on the internet."""


@cache
def rules() -> Rules:
    """The shipped rules of redaction."""
    return load_rules()


def disagreements(report: Mapping[str, Any]) -> list[str]:
    """Everything in which the file and the code of a report differ from it; empty where all is well."""
    document = json.loads(json.dumps(redact_again(dict(report), rules()).document))
    spoken = read_code(report["code"])
    return [
        *_differ("file", recorded_of(document), report),
        *_differ("code", recorded_code(spoken), report),
        *_untold(spoken, report),
        *(f"the file holds {start}…" for start in PRIVATE if start in json.dumps(document)),
        *(["the file has another code"] if document["code"] != report["code"] else []),
    ]


def _differ(what: str, recorded: Recorded, report: Mapping[str, Any]) -> Iterator[str]:
    said = recorded.checkup().diagnosis
    if (said.cause, said.verdict) != (report["cause"], report["verdict"]):
        yield f"the {what} says {said.cause} ({said.verdict}), not {report['cause']} ({report['verdict']})"


def _untold(spoken: Spoken, report: Mapping[str, Any]) -> Iterator[str]:
    if spoken.left_out:
        yield f"the code leaves out {', '.join(spoken.left_out)}"
    outcomes = {entry["probe"]: entry["outcome"] for entry in report["probes"]}
    for name, outcome in {**outcomes, **report["signals"]}.items():
        if spoken.values.get(name) != outcome:
            yield f"the code says {name} = {spoken.values.get(name)}, not {outcome}"
