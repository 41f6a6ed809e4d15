"""What we know: the rungs from this computer up to the service, filling live."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.content import Content

from tshoot.diagnosis.model import Rung
from tshoot.tui.safe import lines, plain
from tshoot.tui.widgets.fitted import Fitted

_SYMBOL = {"ok": "✓", "warn": "!", "bad": "✗", "unknown": "?", "not_applicable": "–"}
_STYLE = {
    "ok": "$success",
    "warn": "$warning",
    "bad": "$error",
    "unknown": "$text-muted",
    "not_applicable": "$text-muted",
}
_SHORT = {"secure connection": "Secure", "dns": "Names", "mobile signal": "Signal", "vpn": "VPN"}
_LABEL_WIDTH = 9
_NARROWEST = 8
_TROUBLE = {"bad", "warn"}


class LadderView(Fitted):
    """The ladder. While probes run, a rung that is not known yet reads "checking"."""

    DEFAULT_CSS = "LadderView { text-wrap: nowrap; text-overflow: ellipsis; }"

    def show(self, rungs: Sequence[tuple[Rung, str]], running: bool, compact: bool = False) -> None:
        """Draw each rung with its few words; one left unknown is being checked while ``running``.

        ``compact``, for narrow terminals: all symbols in one line, then only what is in trouble.
        """
        self.change(partial(_ladder, tuple(rungs), running, compact))

    def show_words(self, words: str) -> None:
        """Instead of rungs that nobody measures: why not."""
        self.styles.text_wrap = "wrap"
        self.change(lambda width: plain(words))


def _ladder(rungs: Sequence[tuple[Rung, str]], running: bool, compact: bool, width: int) -> Content:
    told = [pair for pair in rungs if pair[0].state in _TROUBLE] if compact else rungs
    head = [_symbols(rungs, running)] if compact else []
    return lines([*head, *(_line(rung, words, running, width) for rung, words in told)])


def _symbols(rungs: Sequence[tuple[Rung, str]], running: bool) -> Content:
    """Every rung as its symbol, from this computer to the service."""
    checking = [running and rung.state == "unknown" for rung, _ in rungs]
    parts = [
        ("… ", "$text-muted") if waits else (f"{_SYMBOL[rung.state]} ", _STYLE[rung.state])
        for (rung, _), waits in zip(rungs, checking, strict=True)
    ]
    return Content.assemble("computer ", *parts, "service")


def _line(rung: Rung, words: str, running: bool, width: int) -> Content:
    """A rung with its words; what does not fit beside it stands below."""
    name = _SHORT.get(rung.rung, rung.rung.capitalize()).ljust(_LABEL_WIDTH)
    if running and rung.state == "unknown":
        return Content.assemble(("… ", "$text-muted"), name, plain("checking", "$text-muted"))
    style = _STYLE[rung.state]
    head = Content.assemble((f"{_SYMBOL[rung.state]} ", style), (name, "bold"))
    room = width - head.cell_length
    told = plain(words, style)
    rows = told.wrap(room) if room >= _NARROWEST and told.cell_length > room else [told]
    return head + Content("\n" + " " * head.cell_length).join(rows)
