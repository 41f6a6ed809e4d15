"""How a step is called where sessions are listed: its own words, without anything that was measured.

Addresses and names that a text would be filled with stay out: titles are searched and counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tshoot.flow.model import EndStep, Flow, Step, WatchStep
from tshoot.flow.titles import own_words
from tshoot.guide.model import Taken
from tshoot.guide.words import END_WORDS, fill

LONGEST_TITLE = 100
_FIRST_SENTENCE = re.compile(r"(?<=[.!?])\s")


def title_of(step: Step) -> str:
    """The step in a few words."""
    text = " ".join(fill(_said(step), {}).replace("**", "").split())
    if len(text) > LONGEST_TITLE:
        text = _FIRST_SENTENCE.split(text, 1)[0]
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1] + "…"


def topic_of(flows: Mapping[str, Flow], opened: str, transcript: Sequence[Taken]) -> str:
    """The title of the flow that helps: the last one that the opened flow has turned to, else its own."""
    used = [taken.value for taken in transcript if taken.kind == "use" and taken.flow == opened]
    known = [flow for name in (opened, *used) if (flow := flows.get(name)) is not None]
    return known[-1].title if known else ""


def _said(step: Step) -> str:
    if isinstance(step, EndStep):
        return END_WORDS.get(step.end, "")
    measuring = "Watching whether it comes back" if isinstance(step, WatchStep) else "Checking"
    return own_words(step) or measuring
