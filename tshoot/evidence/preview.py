"""What a person sees before evidence leaves their computer: what is in it, and what was replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tshoot.evidence.document import Prepared
from tshoot.redaction import Replacement
from tshoot.text import display_text

_EXAMPLES = 3
_LONGEST_EXAMPLE = 60


@dataclass(frozen=True)
class Preview:
    """What would leave. ``originals`` maps tokens to what they stand for and is only ever shown here."""

    probes: int
    contacted: int
    redacted: bool
    replaced: tuple[Replacement, ...] = ()
    originals: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def count(self) -> int:
        """How many places were replaced."""
        return sum(item.count for item in self.replaced)

    def contents(self) -> Iterator[str]:
        """What it holds, a line each."""
        yield "the verdict, its reasons and the next step"
        yield f"{self.probes} probes: how each ended, its figures and times"
        yield f"the {self.contacted} addresses that were contacted"

    def replacements(self) -> Iterator[str]:
        """What was replaced and why, a line each; with examples, so it is for the person's own screen."""
        for item in self.replaced:
            different = f", {item.different} different" if item.count > 1 else ""
            yield f"{item.count} × <{item.token}>{different}: {item.reason}"
            yield from (f"  {line}" for line in self._examples(item.token))

    def lines(self) -> Iterator[str]:
        """All of it."""
        yield "It holds"
        yield from (f"  {line}" for line in self.contents())
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


def preview(prepared: Prepared) -> Preview:
    """What a prepared document holds and what was replaced in it."""
    document: Mapping[str, Any] = prepared.document
    return Preview(
        probes=len(document.get("probes", ())),
        contacted=len(document.get("contacted", ())),
        redacted=prepared.redacted,
        replaced=prepared.replaced,
        originals=prepared.originals,
    )


def _kind(token: str) -> str:
    return token.strip("<>").rpartition("-")[0]
