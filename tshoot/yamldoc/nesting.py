"""Guards the parser: libyaml's composer recurses in C, where nesting thousands deep ends the process."""

from __future__ import annotations

import re
from typing import Any

import yaml

from tshoot.yamldoc.problems import DocumentError, Problem

DEEPEST_PARSED = 500
_SUSPICIOUS = 1000
_LONG_INDENT = re.compile(rf"^[ \-?]{{{DEEPEST_PARSED}}}", re.MULTILINE)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def refuse_deep_nesting(text: str, file: str) -> None:
    """Raises :class:`DocumentError` where ``text`` nests deeper than :data:`DEEPEST_PARSED` levels.

    Every level costs a bracket or a column of indentation, so ordinary files are only skimmed; the others
    are read as events, which needs no recursion.
    """
    if text.count("[") + text.count("{") < _SUSPICIOUS and not _LONG_INDENT.search(text):
        return
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            depth += _step(event)
            if depth > DEEPEST_PARSED:
                raise DocumentError([_problem(file, event)])
    except yaml.YAMLError:
        return  # no valid YAML; and not deep up to there, so composing it tells where and why


def _step(event: yaml.Event) -> int:
    if isinstance(event, yaml.CollectionStartEvent):
        return 1
    return -1 if isinstance(event, yaml.CollectionEndEvent) else 0


def _problem(file: str, event: yaml.Event) -> Problem:
    mark = event.start_mark
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    return Problem(file, line, column, "yaml-depth", f"Nested deeper than {DEEPEST_PARSED} levels.")
