"""Suppressing a rule on one line: ``# tshoot: allow RULE reason``, behind the line or on its own above it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import yaml

from tshoot.flow.rules.subject import LintProblem
from tshoot.names import did_you_mean
from tshoot.yamldoc import Document

_MARK = re.compile(r"#\s*tshoot:\s*allow\b[ \t]*(?P<rule>[\w-]*)[ \t]*(?P<reason>.*)$")


@dataclass(frozen=True, slots=True)
class Allowance:
    """One comment. ``line`` is the line whose problems it allows, ``at`` its own; both from 1."""

    rule: str
    reason: str
    line: int
    at: int
    column: int


def allowances(document: Document) -> tuple[Allowance, ...]:
    """Every such comment of a file, in order. What stands inside a quoted or folded text is no comment."""
    if "tshoot:" not in document.text:
        return ()
    lines = document.text.splitlines()
    marks = [(number, found) for number, line in enumerate(lines, 1) if (found := _MARK.search(line))]
    inside = _text_spans(document.node) if marks else ()
    return tuple(
        Allowance(
            found["rule"], found["reason"].strip(), _line_meant(lines, number), number, found.start() + 1
        )
        for number, found in marks
        if not any(start < (number, found.start()) < end for start, end in inside)
    )


def without_allowed(
    problems: Iterable[LintProblem], document: Document, rules: Collection[str]
) -> Iterator[LintProblem]:
    """The problems that no comment allows, and what is wrong with the comments themselves."""
    found = allowances(document)
    good = {(item.line, item.rule): item for item in found if item.reason and item.rule in rules}
    used: set[tuple[int, str]] = set()
    for problem in problems:
        place = (problem.line, problem.rule)
        if place in good:
            used.add(place)
        else:
            yield problem
    for item in found:
        if item.rule in rules and item.reason and (item.line, item.rule) not in used:
            message, hint = f"'{item.rule}' finds nothing here.", "remove the comment"
            yield LintProblem(document.file, item.at, item.column, "allow-unused", message, hint, "warning")
        fault = _fault(item, rules)
        if fault:
            yield LintProblem(document.file, item.at, item.column, *fault)


def _fault(item: Allowance, rules: Collection[str]) -> tuple[str, str, str] | None:
    if item.rule not in rules:
        return "allow-unknown", f"There is no rule '{item.rule}'.", did_you_mean(item.rule, rules)
    if not item.reason:
        return "allow-reason", f"'{item.rule}' is allowed without a reason.", "write it behind the rule"
    return None


def _line_meant(lines: list[str], number: int) -> int:
    """The comment's own line, or the next one with content where the comment stands alone."""
    if not lines[number - 1].lstrip().startswith("#"):
        return number
    for later in range(number, len(lines)):
        if lines[later].strip() and not lines[later].lstrip().startswith("#"):
            return later + 1
    return number


def _text_spans(node: yaml.Node | None) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
    """Begin and end of every quoted or block text, as (line from 1, column from 0)."""
    spans, todo = [], [node]
    while todo:
        here = todo.pop()
        if isinstance(here, yaml.ScalarNode) and here.style:
            start, end = here.start_mark, here.end_mark
            spans.append(((start.line + 1, start.column), (end.line + 1, end.column)))
        elif isinstance(here, yaml.MappingNode):
            todo += [part for pair in here.value for part in pair]
        elif isinstance(here, yaml.SequenceNode):
            todo += here.value
    return tuple(spans)
