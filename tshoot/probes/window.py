"""Loss and delay of a path from a handful of samples. Pure: no clock, no I/O.

A window is a short burst of probes to one address. Few samples mislead easily, so the rules are careful:
a single lost packet is no loss, a single gap is no loss, a silent address says nothing about the path,
and an operator that answers ping grudgingly is outvoted by one that answers all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

Method = Literal["icmp raw", "icmp datagram", "tcp"]

SUSPICIOUS_LOST = 2
"""Lost samples in one window that make loss worth a second look (causes.md: "≥ 2 lost of 20")."""
CONFIRMED_SHARE = 0.075
"""Share of all samples lost, after the second look, that confirms it: 3 of 40, 6 of 80. A path that loses 1 %
gets there once in 130 or 6,000 times, one that loses 10 % in 78 or 82 of 100 (binomial)."""
SYN_RETRANSMIT_MS = 900.0
"""A connect that much slower than the quickest one lost its SYN: RFC 6298 repeats it after 1 s."""
CONTRADICTED_BELOW = 0.05
"""Loss seen by ping only is not believed when TCP would have shown it with this chance of being wrong."""


@dataclass(frozen=True, slots=True)
class Window:
    """Samples sent to one address, in order: round-trip time in milliseconds, or None where lost."""

    address: str
    method: Method
    samples: tuple[float | None, ...] = ()

    @property
    def sent(self) -> int:
        """How many samples count."""
        return len(self.samples)

    @property
    def answers(self) -> tuple[float, ...]:
        """Round-trip times of the answered samples in milliseconds."""
        return tuple(ms for ms in self.samples if ms is not None)

    @property
    def lost(self) -> int:
        """How many samples stayed without an answer."""
        return self.sent - len(self.answers)

    @property
    def gaps(self) -> int:
        """How many separate runs of lost samples there are; one run may be a single brief hiccup."""
        return sum(
            1
            for index, ms in enumerate(self.samples)
            if ms is None and (index == 0 or self.samples[index - 1] is not None)
        )

    @property
    def median_ms(self) -> float | None:
        """The median round-trip time in milliseconds; None without an answer."""
        return median(self.answers) if self.answers else None


@dataclass(frozen=True, slots=True)
class WindowFigures:
    """A window as it goes into a probe's data, times in milliseconds. A lost sample is None."""

    address: str
    method: Method
    sent: int
    lost: int
    median_ms: float | None
    worst_ms: float | None
    samples: tuple[float | None, ...] = ()


def figures(window: Window) -> WindowFigures:
    """The window's figures, rounded to a tenth of a millisecond."""
    answers = window.answers
    middle, worst = window.median_ms, max(answers, default=None)
    samples = tuple(map(_rounded, window.samples))
    return WindowFigures(
        window.address, window.method, window.sent, window.lost, _rounded(middle), _rounded(worst), samples
    )


def describe(window: Window) -> str:
    """One short line: ``192.168.12.1: 20 of 20 replies, 2 ms``."""
    middle = window.median_ms
    delay = "" if middle is None else f", {middle:.0f} ms" if middle >= 1 else ", under 1 ms"
    what = "TCP connects" if window.method == "tcp" else "replies"
    return f"{window.address}: {len(window.answers)} of {window.sent} {what}{delay}"


def answering(windows: Sequence[Window]) -> tuple[Window, ...]:
    """The windows that say something about the path: those with at least one answer."""
    return tuple(window for window in windows if window.answers)


def suspicious(windows: Sequence[Window]) -> bool:
    """True where loss is worth a second look: several samples are lost, and no window is clean."""
    lost = [window.lost for window in answering(windows)]
    return bool(lost) and min(lost) > 0 and sum(lost) >= SUSPICIOUS_LOST


def confirmed(windows: Sequence[Window]) -> bool:
    """True where every answering window has lost samples in two separate places, and all together enough.

    Loss on the path shows in every window; one clean window acquits it.
    """
    told = answering(windows)
    lost, sent = sum(window.lost for window in told), sum(window.sent for window in told)
    apart = bool(told) and all(window.gaps >= 2 for window in told)
    return apart and lost >= max(SUSPICIOUS_LOST, CONFIRMED_SHARE * sent)


def contradicted(ping: Sequence[Window], tcp: Sequence[Window]) -> bool:
    """True where TCP connects to the same places lost nothing and would have, had ping's loss been real.

    Carriers and gateways ration ping replies (RFC 1812, section 4.3.2.8 allows it for ICMP errors, many do it
    for echoes as well); the path itself is then fine.
    """
    told, connects = answering(ping), sum(window.sent for window in tcp)
    if not told or any(window.lost for window in tcp):
        return False
    ratio = min(window.lost / window.sent for window in told)
    return connects > 0 and (1 - ratio) ** connects < CONTRADICTED_BELOW


def quickest_median(windows: Sequence[Window]) -> float | None:
    """The lowest median round-trip time of the windows in milliseconds; None without an answer."""
    return min((window.median_ms for window in windows if window.median_ms is not None), default=None)


def connect_samples(waited: Sequence[tuple[float, bool]]) -> tuple[float | None, ...]:
    """Connect attempts as samples: each a pair of milliseconds waited and whether an answer came.

    An answer that came a retransmit later than the quickest one is a lost packet. An attempt without
    answer that was given up earlier than that says nothing and is left out.
    """
    quickest = min((ms for ms, answered in waited if answered), default=0.0)
    late = quickest + SYN_RETRANSMIT_MS
    return tuple(ms if answered and ms <= late else None for ms, answered in waited if answered or ms >= late)


def _rounded(ms: float | None) -> float | None:
    return None if ms is None else round(ms, 1)
