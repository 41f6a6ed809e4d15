"""A flow drawn as SVG: a column of boxes for each number of moves from the start, ways as labelled lines.

Boxes carry their kind and words, lines their labels; nothing is meant by colour alone (WCAG 2.2, 1.4.1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from textwrap import wrap

from tshoot.flow.graph import shortest_paths
from tshoot.flow.model import Flow, Step, kind_of

_WIDE, _TALL, _ACROSS, _DOWN, _EDGE = 260, 64, 460, 96, 20
_STYLE = (
    "rect{fill:#fff;stroke:#333}.end rect{stroke-width:3}.uncited rect{stroke-dasharray:6 4}"
    "path{fill:none;stroke:#666}text{font:12px sans-serif;fill:#111}.way{font-size:10px}"
)
Place = tuple[int, int]


def svg(flow: Flow, title: Callable[[Step], str], ways: Mapping[tuple[str, str], str]) -> str:
    """The picture as one SVG document. ``title`` gives a step's words, ``ways`` the labels between two."""
    places = _places(flow)
    wide = max(x for x, _ in places.values()) + _ACROSS
    tall = max(y for _, y in places.values()) + _TALL + _EDGE
    size = f'width="{wide}" height="{tall}" viewBox="0 0 {wide} {tall}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
        f"<title>{escape(flow.title)}</title><style>{_STYLE}</style>",
        '<marker id="tip" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto">'
        '<path d="M0,0 L8,4 L0,8 z"/></marker>',
    ]
    lines += [_way(places[source], places[target], label) for (source, target), label in ways.items()
              if target in places]  # fmt: skip
    for step in flow.steps:
        lines += _box(step, title(step), places[step.id])
    return "\n".join([*lines, "</svg>"]) + "\n"


def _places(flow: Flow) -> dict[str, Place]:
    """Where each box stands; steps that can't be reached come in a column of their own at the end."""
    moves = {step: len(path) for step, path in shortest_paths(flow).items()}
    last = max(moves.values(), default=0) + 1
    filled, places = dict[int, int](), dict[str, Place]()
    for step in flow.steps:
        column = moves.get(step.id, last)
        row = filled.get(column, 0)
        filled[column] = row + 1
        places[step.id] = (_EDGE + column * _ACROSS, _EDGE + row * _DOWN)
    return places


def _box(step: Step, words: str, place: Place) -> Iterator[str]:
    x, y = place
    names = f"{kind_of(step)}{'' if step.cite else ' uncited'}"
    yield f'<g class="{names}"><rect x="{x}" y="{y}" width="{_WIDE}" height="{_TALL}" rx="6"/>'
    for number, line in enumerate(wrap(words, 40, max_lines=4, placeholder="…")):
        yield f'<text x="{x + 8}" y="{y + 15 + 14 * number}">{escape(line)}</text>'
    yield "</g>"


def _way(source: Place, target: Place, label: str) -> str:
    """A curve from the right side of a box to the left side of another, which may stand before it."""
    x, y, to_x, to_y = source[0] + _WIDE, source[1] + _TALL // 2, target[0], target[1] + _TALL // 2
    bend = _ACROSS - _WIDE
    curve = f"M{x},{y} C{x + bend},{y} {to_x - bend},{to_y} {to_x},{to_y}"
    shown = label if len(label) <= 32 else label[:31].rstrip() + "…"
    # Near its box, where the lines of many ways have not met yet.
    text = f'<text class="way" x="{x + 6}" y="{y + (to_y - y) // 8 - 3}">{escape(shown)}</text>'
    return f'<g><title>{escape(label)}</title><path d="{curve}" marker-end="url(#tip)"/>{text}</g>'
