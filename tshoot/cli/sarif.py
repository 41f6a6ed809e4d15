"""Problems as SARIF 2.1.0 (OASIS, 2020), the form that code hosts and editors read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tshoot import __version__
from tshoot.yamldoc import Problem

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(problems: Iterable[Problem]) -> dict[str, Any]:
    """One run with a result for each problem, and every rule that found something described once."""
    from tshoot.flow.rules.catalog import RULES_SAID

    found = tuple(problems)
    rules = sorted({problem.rule for problem in found})
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "tshoot flows lint",
                        "version": __version__,
                        "rules": [_rule(rule, RULES_SAID.get(rule, "")) for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(problem, rules.index(problem.rule)) for problem in found],
            }
        ],
    }


def _rule(rule: str, said: str) -> dict[str, Any]:
    return {"id": rule, "shortDescription": {"text": said or "The file can't be read as a flow."}}


def _result(problem: Problem, index: int) -> dict[str, Any]:
    hint = f" ({problem.hint})" if problem.hint else ""
    region = {"startLine": problem.line, "startColumn": problem.column}
    return {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": getattr(problem, "severity", "error"),
        "message": {"text": f"{problem.message}{hint}"},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": _uri(problem.file)}, "region": region}}
        ],
    }


def _uri(file: str) -> str:
    """Relative to the working folder where the file lies in it, as code hosts want it."""
    path = Path(file)
    try:
        return quote(path.resolve().relative_to(Path.cwd()).as_posix())
    except ValueError:
        return path.resolve().as_uri()
