"""A report as text for terminals and pipes: the verdict first, whom the check contacted last.

Meaning is carried by words and symbols; colour (ANSI, only where asked for) repeats it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from textwrap import wrap

from tshoot.diagnosis.model import Finding, Rung, RungState, Verdict
from tshoot.report.explained import explanation_lines
from tshoot.report.model import Report
from tshoot.text import display_text

NARROWEST = 30
_NARROW = 60
"""Below this many columns the ladder is not set in columns."""
_LONGEST = 20_000

VERDICTS: dict[Verdict, tuple[str, str]] = {
    "healthy": ("✓", "Works"),
    "degraded": ("!", "Works, but not well"),
    "broken": ("✗", "Does not work"),
    "unknown": ("?", "Not clear"),
}
STATES: dict[RungState, tuple[str, str]] = {
    "ok": ("✓", "works"),
    "warn": ("!", "not well"),
    "bad": ("✗", "fails"),
    "unknown": ("?", "not known"),
    "not_applicable": ("-", "not used"),
}
_COLORS = {"✓": "32", "!": "33", "✗": "31", "?": "35", "-": "2"}
WHO = {
    "you": "you",
    "provider": "your provider",
    "site": "the owner of the site",
    "administrator": "whoever runs this network or computer",
}


def local_time(moment: str) -> str:
    """A moment in RFC 3339 as this computer's local day and time; as it is where it is none."""
    try:
        return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):
        return moment


def to_text(report: Report, width: int, color: bool) -> str:
    """The report in lines of at most ``width`` columns, without a final line break."""
    return _Writer(max(width, NARROWEST), color).write(report)


class _Writer:
    def __init__(self, width: int, color: bool) -> None:
        self.width, self.color = width, color

    def write(self, report: Report) -> str:
        parts = (
            self._head(report),
            self._ladder(report.ladder),
            self._further(report),
            self._notes(report),
            self._changed(report),
            self._explained(report),
            self._contacted(report.contacted),
            self._code(report.code),
        )
        return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part)))

    def _head(self, report: Report) -> Iterator[str]:
        symbol, words = VERDICTS[report.verdict]
        lines = self._wrapped(f"{symbol} {words}: {report.label}", "  ")
        yield from (self._painted(line, symbol, bold=True) for line in lines)
        yield from self._wrapped(f"  {report.summary}", "  ")
        yield from self._wrapped(f"  Next: {report.next}", "        ")
        if report.headline is not None:
            yield from self._reasons(report.headline, "  ")

    def _reasons(self, finding: Finding, indent: str) -> Iterator[str]:
        who = WHO.get(finding.who, finding.who)
        yield from self._wrapped(
            f"{indent}Cause: {finding.cause} ({finding.confidence} evidence). Who can fix it: {who}.",
            f"{indent}  ",
        )
        for line in finding.because:
            yield from self._wrapped(f"{indent}  {line}", f"{indent}    ")

    def _ladder(self, rungs: Iterable[Rung]) -> Iterator[str]:
        rungs = tuple(rungs)
        longest = max((len(rung.rung) for rung in rungs), default=0)
        states = max(len(word) for _, word in STATES.values())
        for rung in rungs:
            symbol, word = STATES[rung.state]
            if self.width < _NARROW:
                text, indent = f"{symbol} {rung.rung}: {word}", "  "
                text += f", {rung.detail}" if rung.detail else ""
            else:
                text = f"{symbol} {rung.rung:<{longest}}  {word:<{states}}  "
                indent = " " * len(text)
                text = (text + rung.detail).rstrip()
            yield from self._with_symbol(text, symbol, indent)

    def _further(self, report: Report) -> Iterator[str]:
        others = [
            finding
            for finding in report.findings
            if finding.severity != "note" and finding.cause != report.cause
        ]
        if others:
            yield "Also found"
        for finding in others:
            symbol = "✗" if finding.severity == "broken" else "!"
            yield from self._with_symbol(f"{symbol} {finding.say}", symbol, "  ")
            yield from self._wrapped(f"  Next: {finding.next}", "        ")
            yield from self._reasons(finding, "  ")

    def _notes(self, report: Report) -> Iterator[str]:
        notes = [finding for finding in report.findings if finding.severity == "note"]
        if notes:
            yield "Worth knowing"
        for note in notes:
            yield from self._wrapped(f"- {note.say} ({note.cause})", "  ")

    def _changed(self, report: Report) -> Iterator[str]:
        if report.changed:
            yield f"Since it last worked here ({local_time(report.changed[0].since)})"
        for change in report.changed:
            yield from self._wrapped(f"- {change.say}", "  ")

    def _explained(self, report: Report) -> Iterator[str]:
        if report.explanation is not None:
            for line in explanation_lines(report.explanation):
                yield from self._wrapped(line, " " * (len(line) - len(line.lstrip()) + 2))

    def _contacted(self, addresses: tuple[str, ...]) -> Iterator[str]:
        if addresses:
            yield from self._wrapped(f"Contacted: {', '.join(addresses)}", "  ")
        else:
            yield "Contacted: nobody"

    def _code(self, code: str) -> Iterator[str]:
        if code:
            yield from self._wrapped(f"Code to read out to support: {code}", "  ")

    def _with_symbol(self, text: str, symbol: str, indent: str) -> Iterator[str]:
        first, *rest = self._wrapped(text, indent)
        yield self._painted(symbol, symbol) + first[len(symbol) :]
        yield from rest

    def _wrapped(self, text: str, indent: str) -> list[str]:
        # Hyphens and slashes in addresses are no places to break a line.
        # Evidence may come from a file somebody sent: no control characters reach the terminal.
        text = display_text(text, _LONGEST)
        return wrap(
            text, self.width, subsequent_indent=indent, break_on_hyphens=False, drop_whitespace=True
        ) or [text]

    def _painted(self, text: str, symbol: str, bold: bool = False) -> str:
        if not self.color:
            return text
        return f"\x1b[{'1;' if bold else ''}{_COLORS[symbol]}m{text}\x1b[0m"
