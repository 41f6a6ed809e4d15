"""The texts of the reading pages: the conclusion, each probe's evidence, the keys."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from textual.content import Content

from tshoot.diagnosis.explain import Explanation
from tshoot.diagnosis.model import Diagnosis, Finding
from tshoot.diagnosis.reading import items_at, mappings_at, number_at, text_at
from tshoot.evidence.alphabet import spell
from tshoot.probes.model import ProbeResult, ProbeSpec
from tshoot.report.explained import explanation_lines
from tshoot.tui.keys import TOLD, Key, by_group
from tshoot.tui.plot import plot
from tshoot.tui.safe import EMPTY, lines, plain
from tshoot.tui.widgets.fitted import hanging

MUTED = "$text-muted"
_NEUTRAL = {"skipped", "not_applicable"}
_KEY_COLUMN, _WIDE_ENOUGH = 22, 56
_ELSEWHERE = "Not on this screen, but on others"
_NO_CODE_YET = "There is no code yet. Wait until the check is over, then look here again."
_NO_CODE = "There is no code for what was found so far. Save the report instead, or read it out."
_CODE_HOLDS = "It tells support how every check ended. It holds no address and no name."
_FIGURES = (
    ("sent", "{:g} sent"),
    ("lost", "{:g} lost"),
    ("median_ms", "median {:g} ms"),
    ("worst_ms", "worst {:g} ms"),
)


def conclusion(diagnosis: Diagnosis, explanation: Explanation | None) -> list[Content]:
    """What was found, why that was concluded, and what ruled out the nearest others."""
    parts = [part for finding in diagnosis.findings for part in _finding(finding)]
    if not parts:
        parts = [plain(diagnosis.summary), plain("")]
    if explanation is not None:
        parts += [plain(line) for line in explanation_lines(explanation)]
    return parts


def probe_evidence(spec: ProbeSpec, result: ProbeResult | None, running: bool) -> list[Content]:
    """One probe: its outcome and figures, its delays as a plot, whom it contacted."""
    if result is None:
        state = "… checking" if running else "– not measured"
        return [Content.assemble(plain(state, MUTED), "  ", plain(spec.title, "bold"))]
    return list(_result(spec, result))


def keys_page(
    keymap: Mapping[str, str], width: int, keys: tuple[Key, ...] = TOLD, not_here: Container[str] = ()
) -> Content:
    """Every key and what it does, under its group; below the key where there is no room beside it.

    ``not_here`` are the ids of those that do nothing on the screen below: they stand apart.
    """
    here = tuple(key for key in keys if key.id not in not_here)
    others = [key for key in keys if key.id in not_here]
    parts = []
    for group, its in [*by_group(here), *([(_ELSEWHERE, others)] if others else [])]:
        parts += [plain(group, "bold $text-accent")]
        parts += [_key(key.display(keymap), key.help, width) for key in its]
        parts.append(EMPTY)
    return lines(parts)


def code_page(code: str, measuring: bool, width: int) -> Content:
    """The code for support with a word for each character, a line for each group; or why there is none."""
    if not code:
        return plain(_NO_CODE_YET if measuring else _NO_CODE)
    groups = zip(code.split("-"), spell(code), strict=True)
    spelled = [
        Content.assemble(plain(group, "bold"), plain(f"  {' '.join(words)}")) for group, words in groups
    ]
    parts = [plain(code, "bold $text-accent"), EMPTY, plain("Read it out:"), *spelled, EMPTY]
    return hanging([*parts, plain(_CODE_HOLDS, MUTED)], width)


def _key(display: str, text: str, width: int) -> Content:
    beside = width >= _WIDE_ENOUGH
    indent = " " * (_KEY_COLUMN if beside else 4)
    rows = plain(text).wrap(width - len(indent))
    told = Content("\n" + indent).join(rows)
    head = plain(f"  {display:<{_KEY_COLUMN - 2}}" if beside else f"  {display}\n{indent}", "bold")
    return Content.assemble(head, told)


def _finding(finding: Finding) -> Iterator[Content]:
    yield plain(f"{finding.cause} ({finding.severity}, {finding.confidence})", "bold")
    for line in finding.because:
        yield plain(f"  because {line}")
    if finding.explains:
        yield plain(f"  explains the trouble of: {', '.join(finding.explains)}", MUTED)
    yield plain("")


def _result(spec: ProbeSpec, result: ProbeResult) -> Iterator[Content]:
    symbol, style = _grade(spec, result.outcome)
    yield Content.assemble(
        (f"{symbol} ", style),
        plain(spec.title, "bold"),
        "  ",
        plain(result.outcome, style),
        plain(f"  {result.ms:.0f} ms", MUTED),
    )
    if result.detail:
        yield plain(f"  {result.detail}")
    for window in mappings_at(result.data, "windows"):
        yield from _window(window)
    if result.contacted:
        yield plain(f"  sent to {', '.join(result.contacted)}", MUTED)


def _grade(spec: ProbeSpec, outcome: str) -> tuple[str, str]:
    if outcome in spec.good:
        return "✓", "$success"
    return ("–", MUTED) if outcome in _NEUTRAL else ("!", "$warning")


def _window(window: Mapping[str, Any]) -> Iterator[Content]:
    """The samples of one address as bars, with what they come to."""
    samples = [number_at({"ms": ms}, "ms") for ms in items_at(window, "samples")]
    if not any(ms is not None for ms in samples):
        return
    known = ((text, number_at(window, key)) for key, text in _FIGURES)
    figures = [text.format(number) for text, number in known if number is not None]
    yield Content.assemble("  ", plain(plot(samples)), "  ", plain(text_at(window, "address")))
    yield plain(f"  {', '.join(figures)}", MUTED)
