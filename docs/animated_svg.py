"""Screens of the wizard, one after another, as one SVG that moves by itself (CSS, no script).

A row is written once for as long as it stays the same, so a film of a dozen screens stays small. Whoever
wants no motion (``prefers-reduced-motion``) sees the last screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from rich.color import blend_rgb
from rich.style import Style
from textual.app import App

CELL, LINE, MARGIN = 8.4, 18, 10
"""Pixels: the width of a cell at 14 px, the height of a row, the frame around it."""
_BACKGROUND, _FOREGROUND = "#16141a", "#e8e6e8"
_SVG = "http://www.w3.org/2000/svg"
_LOOKS = """\
text { font: 14px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; white-space: pre; }
text.b { font-weight: bold; }"""


@dataclass(frozen=True)
class Run:
    """Cells of one look: where they begin, how many there are, their text and colours."""

    column: int
    cells: int
    text: str
    color: str
    ground: str
    bold: bool
    underline: bool


Row = tuple[Run, ...]


@dataclass
class Film:
    """Screens of ``columns`` by ``rows`` cells, each with the seconds that it stays."""

    columns: int
    rows: int
    screens: list[tuple[Row, ...]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, app: App[Any], seconds: float) -> None:
        """Take the screen as it is; one that is the same as before only stays longer."""
        strips = app.screen._compositor.render_strips()
        screen = tuple(tuple(_runs(strip)) for strip in strips)
        if self.screens and self.screens[-1] == screen:
            self.seconds[-1] += seconds
        else:
            self.screens.append(screen)
            self.seconds.append(seconds)

    def svg(self) -> str:
        """The film as SVG, running round and round."""
        width, height = self.columns * CELL + 2 * MARGIN, self.rows * LINE + 2 * MARGIN
        rows = list(self._spans())
        spans = sorted({(first, last) for _, _, first, last in rows})
        groups = [_group(row, number, spans.index((first, last))) for row, number, first, last in rows]
        return "\n".join(
            [
                f'<svg xmlns="{_SVG}" viewBox="0 0 {width:g} {height:g}" width="{width:g}">',
                f"<style>\n{self._style(spans)}</style>",
                f'<rect width="100%" height="100%" rx="8" fill="{_BACKGROUND}"/>',
                f'<g transform="translate({MARGIN} {MARGIN})">',
                *groups,
                "</g>\n</svg>\n",
            ]
        )

    def _spans(self) -> Iterator[tuple[Row, int, int, int]]:
        """Each row with its number and the first and the last screen that it stands on."""
        for number in range(self.rows):
            first = 0
            for place in range(1, len(self.screens) + 1):
                if place == len(self.screens) or self.screens[place][number] != self.screens[first][number]:
                    yield self.screens[first][number], number, first, place - 1
                    first = place

    def _style(self, spans: list[tuple[int, int]]) -> str:
        total = sum(self.seconds)
        starts = [100 * sum(self.seconds[:place]) / total for place in range(len(self.seconds) + 1)]
        last = len(self.screens) - 1
        lines = [_LOOKS, f"g {{ animation: {total:g}s step-end infinite; }}"]
        for number, (first, final) in enumerate(spans):
            lines.append(f".s{number} {{ animation-name: k{number}; }}")
            lines.append(_keyframes(number, starts, first, final, last))
        gone = [number for number, (_, final) in enumerate(spans) if final != last]
        still = [f".s{number} {{ visibility: hidden; }}" for number in gone]
        lines += [
            "@media (prefers-reduced-motion: reduce) {",
            "g[class] { animation-name: none; }",
            *still,
            "}",
        ]
        return "\n".join(lines) + "\n"


def _keyframes(number: int, starts: list[float], first: int, final: int, last: int) -> str:
    steps = [f"0% {{ visibility: {'visible' if first == 0 else 'hidden'}; }}"]
    if first > 0:
        steps.append(f"{starts[first]:.2f}% {{ visibility: visible; }}")
    if final < last:
        steps.append(f"{starts[final + 1]:.2f}% {{ visibility: hidden; }}")
    return f"@keyframes k{number} {{ {' '.join(steps)} }}"


def _group(row: Row, number: int, span: int) -> str:
    top = number * LINE
    grounds = [_ground(run, top) for run in row if run.ground != _BACKGROUND]
    texts = [_text(run, top + 13) for run in row if run.text.strip()]
    return f'<g class="s{span}">{"".join((*grounds, *texts))}</g>'


def _ground(run: Run, top: int) -> str:
    left, width = run.column * CELL, run.cells * CELL
    return f'<rect x="{left:g}" y="{top}" width="{width:g}" height="{LINE}" fill="{run.ground}"/>'


def _text(run: Run, base: int) -> str:
    shown = run.text.strip()
    start = run.column + len(run.text) - len(run.text.lstrip())
    looks = f' fill="{run.color}"' + (' class="b"' if run.bold else "")
    looks += ' text-decoration="underline"' if run.underline else ""
    length = f"{len(shown) * CELL:g}"
    return f'<text x="{start * CELL:g}" y="{base}" textLength="{length}"{looks}>{escape(shown)}</text>'


def _runs(strip: Any) -> Iterator[Run]:
    """The row's cells, neighbours of one look together."""
    column = 0
    pending: Run | None = None
    for segment in strip:
        if segment.control or not segment.text:
            continue
        run = _run(segment, column)
        column += segment.cell_length
        if pending is not None and _alike(pending, run):
            run = Run(pending.column, pending.cells + run.cells, pending.text + run.text, *_looks(run))
        elif pending is not None:
            yield pending
        pending = run
    if pending is not None:
        yield pending


def _alike(one: Run, other: Run) -> bool:
    return _looks(one) == _looks(other)


def _looks(run: Run) -> tuple[str, str, bool, bool]:
    return run.color, run.ground, run.bold, run.underline


def _run(segment: Any, column: int) -> Run:
    style = segment.style or Style()
    color = _hex(style.color, _FOREGROUND)
    ground = _hex(style.bgcolor, _BACKGROUND)
    if style.reverse:
        color, ground = ground, color
    if style.dim:
        color = _between(color, ground)
    return Run(
        column, segment.cell_length, segment.text, color, ground, bool(style.bold), bool(style.underline)
    )


def _hex(color: Any, otherwise: str) -> str:
    return color.get_truecolor().hex if color is not None and not color.is_default else otherwise


def _between(color: str, ground: str) -> str:
    from rich.color import Color

    one, other = (Color.parse(each).get_truecolor() for each in (color, ground))
    return blend_rgb(other, one, 0.6).hex
