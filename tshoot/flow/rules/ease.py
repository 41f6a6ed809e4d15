"""Rules about texts people can use: grade, size, no meaning by colour or place alone (F601, F603)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import wrap

from tshoot.flow.model import DoStep
from tshoot.flow.reading import FEWEST_WORDS, reading_of
from tshoot.flow.rules.subject import LintProblem, Subject
from tshoot.flow.rules.texts import Said, for_person

HARDEST_GRADE = 8.0
"""US school grade; the reading level of issue and design, also advised by plainlanguage.gov and the NHS."""
COLUMNS, LINES = 76, 20
"""The room for a step's texts on a terminal of 80 columns and 24 lines: less frame, title and key line."""
_VALUE = re.compile(r"\{[a-z0-9_-]+\}")
_VALUE_WIDTH = "x" * 12
_SUMMARY_WIDTH = "x" * 70

_COLOUR = r"(?:red|green|blue|amber|orange|yellow|white|purple|pink|magenta|grey|gray|black)"
_THING = r"(?:light|lamp|led|button|dot|icon|symbol|sign|mark|box|circle|square|triangle|link|one)s?"
_PLACE = r"(?:left|right|top|bottom|upper|lower|above|below|corner|middle|center|centre)"
_BY_COLOUR = re.compile(
    rf"\b{_COLOUR}(?: or {_COLOUR})? {_THING}\b|\b{_THING} (?:is|are|turns?|glows?|shows?|lights? up) "
    rf"(?:in )?(?:solid |steady |flashing |blinking )?{_COLOUR}\b",
    re.I,
)
_BY_PLACE = re.compile(
    rf"\bthe {_THING} (?:on|at|to|in)(?: the)?(?: far| very)? {_PLACE}\b"
    rf"|\bthe {_PLACE}(?:-hand|most)? {_THING}\b|\bthe {_THING} (?:above|below)\b",
    re.I,
)


def reading_easy(subject: Subject) -> Iterator[LintProblem]:
    """What a person reads at one step is easy: grade 8 or lower (warning)."""
    for step, said in subject.said:
        reading = reading_of(text for _, text in for_person(said))
        if reading.words >= FEWEST_WORDS and reading.grade > HARDEST_GRADE:
            message = f"'{step.id}' reads like school grade {reading.grade:.1f}."
            hint = f"at most {HARDEST_GRADE:g}: shorter sentences, shorter words"
            yield subject.warn(step, "reading-grade", message, hint)


def meaning_in_words(subject: Subject) -> Iterator[LintProblem]:
    """Nothing is told apart by colour or place alone: not all see them (warning; WCAG 1.3.3, 1.4.1)."""
    for step, said in subject.said:
        for place, text in for_person(said):
            found = _BY_COLOUR.search(text) or _BY_PLACE.search(text)
            if found:
                message = f"'{found[0]}' means nothing to who can't see the colour or the place."
                yield subject.warn(step, "meaning-colour", message, "name what is written there too", *place)


def fits_screen(subject: Subject) -> Iterator[LintProblem]:
    """What a step shows at once fits a terminal of 80 columns and 24 lines."""
    for step, said in subject.said:
        shown = for_person(said)
        if sum(len(text) for _, text in shown) < COLUMNS * LINES // 6:
            continue
        lines = max(lines_of(screen) for screen in _screens(step, shown))
        if lines > LINES:
            message = f"'{step.id}' needs {lines} lines; {LINES} fit on a small terminal."
            yield subject.at(step, "screen-fit", message, "shorten the texts, or make two steps of it")


def lines_of(said: Said) -> int:
    """The lines that texts take, wrapped, with an empty one between blocks (lists are one block)."""
    lines, last = 0, ""
    for place, text in said:
        block = str(place[0])
        lines += (block != last and bool(last)) + sum(
            len(wrap(part, COLUMNS - 4 * (len(place) > 1))) or 1 for part in _filled(text).split("\n")
        )
        last = block
    return lines


def _screens(step: object, said: Said) -> Iterator[Said]:
    """What stands on the screen at once: one variant of ``how``; the question apart from the measuring."""
    plain = tuple(item for item in said if item[0][0] not in {"why", "how", "ask_instead"})
    instead = tuple(item for item in said if item[0][0] == "ask_instead")
    how = tuple(item for item in said if item[0][0] == "how")
    if instead:
        yield instead
    if isinstance(step, DoStep) and isinstance(step.how, dict):
        for variant in step.how:
            yield (*plain, *(item for item in how if item[0][1] == variant))
    else:
        yield (*plain, *how)


def _filled(text: str) -> str:
    return _VALUE.sub(
        _VALUE_WIDTH, text.replace("{summary}", _SUMMARY_WIDTH).replace("{next}", _SUMMARY_WIDTH)
    )
