"""What a person sees before evidence leaves their computer: what is in it, and what was replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tshoot.evidence.document import Prepared, prepare_document
from tshoot.redaction import Replacement, Rules
from tshoot.report.as_plain import page_as_text
from tshoot.report.rendering import SUFFIXES, Format, page_of, render
from tshoot.text import counted, display_text

_EXAMPLES = 3
_LONGEST_EXAMPLE = 60


@dataclass(frozen=True)
class Preview:
    """What would leave. ``originals`` maps tokens to what they stand for and is only ever shown here."""

    contents: tuple[str, ...]
    redacted: bool
    replaced: tuple[Replacement, ...] = ()
    originals: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def count(self) -> int:
        """How many places were replaced."""
        return sum(item.count for item in self.replaced)

    def replacements(self) -> Iterator[str]:
        """What was replaced and why, a line each; with examples, so it is for the person's own screen."""
        for item in self.replaced:
            different = f", {item.different} different" if item.count > 1 else ""
            yield f"{item.count} × <{item.token}>{different}: {item.reason}"
            yield from (f"  {line}" for line in self._examples(item.token))

    def lines(self) -> Iterator[str]:
        """All of it."""
        yield "It holds"
        yield from (f"  {line}" for line in self.contents)
        if not self.redacted:
            yield "Nothing was replaced: addresses and names stand in it as they are."
        elif not self.replaced:
            yield "Nothing in it had to be replaced."
        else:
            yield "Replaced in it"
            yield from (f"  {line}" for line in self.replacements())
            yield "Addresses inside your home, the gateway and official sites stay readable."

    def _examples(self, kind: str) -> Iterator[str]:
        found = [(token, value) for token, value in self.originals.items() if _kind(token) == kind]
        for token, value in found[:_EXAMPLES]:
            yield f"{display_text(value, _LONGEST_EXAMPLE)} became {token}"
        if len(found) > _EXAMPLES:
            yield f"and {len(found) - _EXAMPLES} more"


@dataclass(frozen=True)
class ReportPreview:
    """A report before it is saved or copied: what it would hold, in any format, with and without redaction.

    ``whole`` is the document as it is, for this screen only.
    """

    whole: Mapping[str, Any] = field(repr=False)
    prepared: Prepared

    def render(self, format: Format, redact: bool = True) -> str:
        """The report as it would leave."""
        return render(self._document(redact), format)

    def text(self, width: int, redact: bool = True) -> str:
        """The same as text in lines of at most ``width`` columns: to be read on a screen."""
        return page_as_text(page_of(self._document(redact)), width)

    def _document(self, redact: bool) -> Mapping[str, Any]:
        return self.prepared.document if redact else self.whole

    def preview(self, redact: bool = True) -> Preview:
        """What it would hold, and what is replaced in it."""
        return preview(self.prepared if redact else Prepared(self.whole, False))

    def file_name(self, format: Format) -> str:
        """A name for its file, by the minute it was made in (UTC)."""
        saved = str(self.prepared.document["evidence"]["saved"])
        stamp = "".join(char for char in saved[:16] if char.isdigit() or char == "T")
        return f"tshoot-{stamp}{SUFFIXES[format]}"


def report_preview(document: Mapping[str, Any], rules: Rules, now: datetime | None = None) -> ReportPreview:
    """The preview of a check's or a session's document. Raises TooDeep where it is nested too deeply."""
    return ReportPreview(document, prepare_document(document, rules, now or datetime.now(UTC)))


def preview(prepared: Prepared) -> Preview:
    """What a prepared document holds and what was replaced in it."""
    contents = tuple(_contents(prepared.document))
    return Preview(contents, prepared.redacted, prepared.replaced, prepared.originals)


def _contents(document: Mapping[str, Any]) -> Iterator[str]:
    path, fixes, notes = (_length(document, key) for key in ("path", "fixes", "notes"))
    if path:
        yield f"{counted(path, 'step')} taken, {counted(fixes, 'thing')} tried"
    if notes:
        yield counted(notes, "note")
    report = document.get("report")
    check = report if isinstance(report, Mapping) else document
    if _length(check, "probes"):
        yield "the verdict, its reasons and the next step"
        yield f"{counted(_length(check, 'probes'), 'probe')}: how each ended, its figures and times"
        yield f"{counted(_length(check, 'contacted'), 'address', 'addresses')} contacted"


def _length(document: Mapping[str, Any], key: str) -> int:
    value = document.get(key)
    return len(value) if isinstance(value, list | tuple) else 0


def _kind(token: str) -> str:
    return token.strip("<>").rpartition("-")[0]
