"""Finds flows and steps by a person's own words: "my wifi is gone", "sign in page keeps reloding".

Words are compared one by one, as typed, without their endings, and with slips of the finger. A word counts
the more the fewer texts have it (inverse document frequency, Spärck Jones 1972), and most in a flow's title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import log

from tshoot.flow.model import AddressStep, AskStep, EndStep, Flow, Step
from tshoot.flow.symptoms import SYMPTOMS
from tshoot.flow.titles import own_words

_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"(?<=[.?!}])\s+")
_COMMON = frozenset(
    _WORD.findall(
        "a all am an and any anymore are as at be been being but by can cannot cant could couldn couldnt "
        "did didn didnt do does doesn doesnt don done dont for from get gets getting got had has hasn "
        "hasnt have haven havent how i if im in into is isn isnt it its ive just keep keeps let lets ll m "
        "me my no not of off on or out re s seem seems so some still t than that the their them then "
        "there they this to too unable up us ve very was wasn we were what when where which while who why "
        "will with won wont would you your "
        "know look looks said say says show shows today "
        "fail failed failing fails help issue issues problem problems trouble work worked working works"
    )
)
_JOINED = re.compile(
    r"(?P<signin>\b(?:log|sign)(?:s|ged|ging|ned|ing)?[ -]?(?:in|on|into)\b)"
    r"|(?P<wifi>\bwi[ -]?fi\b)|(?P<email>\be[ -]?mails?\b)|(?P<website>\bweb[ -]?(?:site|page)s?\b)"
)
"""What is written in several ways; a group's name is the word that it counts as."""
_ENDINGS = ("ing", "ed", "es", "s")
_SLIP = 0.8
"""How alike two words must be to pass for one with a slip: one letter wrong in five."""
_SHORT = 3
_NAMED = 0.5
"""What a title that is meant as a whole adds to its flow's score, as a part of it."""
_TITLE, _CAUSE, _STEP, _START = 3.0, 1.5, 1.0, 1.2


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A place that fits. ``step`` is empty where the flow itself fits; a higher ``score`` is better.

    ``title`` tells in words what fits: what the step says, else what the flow is about.
    """

    score: float
    flow: str
    step: str
    title: str


@dataclass(frozen=True)
class _Place:
    flow: str
    step: str
    title: str
    words: frozenset[str]
    weight: float
    named: frozenset[str] = frozenset()


class SearchIndex:
    """Flows, read and counted once, so that each letter typed is answered from it.

    ``causes`` are sentences about causes by the flow and step that fixes them: the step is found by them too.
    """

    def __init__(
        self, flows: Mapping[str, Flow], causes: Mapping[tuple[str, str], str] | None = None
    ) -> None:
        self._places = tuple(_places(flows, causes or {}))
        counts = Counter(word for place in self._places for word in place.words)
        self._rare = {word: log(1 + len(self._places) / (1 + count)) for word, count in counts.items()}

    def search(self, words: str, most: int = 10) -> tuple[Match, ...]:
        """The places that fit the words best, the best first; empty where nothing fits."""
        meant = [self._meant(word) for word in sorted(_words(words))]
        matches = [
            Match(round(score, 4), place.flow, place.step, place.title)
            for place in self._places
            if (score := place.weight * _score(place, meant)) > 0
        ]
        return tuple(sorted(matches, key=lambda found: (-found.score, found.flow, found.step)))[:most]

    def _meant(self, word: str) -> dict[str, float]:
        """What each known word weighs that may be meant; slips only where nothing fits as typed."""
        if word in self._rare:
            return {word: self._rare[word]}
        return {other: alike * self._rare[other] for other, alike in _slips(word, self._rare)}


def _score(place: _Place, meant: Sequence[Mapping[str, float]]) -> float:
    """What the words found weigh; having more of the words asked for counts more than having one often."""
    best = [
        max((weight for word, weight in each.items() if word in place.words), default=0.0) for each in meant
    ]
    found = sum(score > 0 for score in best)
    return sum(best) * found / len(best) * (1 + _NAMED * _share(place.named, meant)) if best else 0.0


def _share(named: frozenset[str], meant: Sequence[Mapping[str, float]]) -> float:
    """How much of a title is meant: of flows that fit alike, the one that is about just that comes first."""
    return sum(any(word in each for each in meant) for word in named) / len(named) if named else 0.0


def _slips(word: str, known: Iterable[str]) -> Iterator[tuple[str, float]]:
    """The known words that ``word`` may be a slip of, with how alike they are; none for short ones."""
    if len(word) <= _SHORT:
        return
    # What is learned of the second word is kept for all that it is compared with.
    matcher = SequenceMatcher(None, b=word, autojunk=False)
    for other in known:
        matcher.set_seq1(other)
        if len(other) > _SHORT and matcher.real_quick_ratio() >= _SLIP and matcher.quick_ratio() >= _SLIP:
            alike = matcher.ratio()
            if alike >= _SLIP:
                yield other, alike


def _words(text: str) -> frozenset[str]:
    joined = _JOINED.sub(lambda found: f" {found.lastgroup} ", text.lower())
    return frozenset(_stem(word) for word in _WORD.findall(joined) if word not in _COMMON)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _places(flows: Mapping[str, Flow], causes: Mapping[tuple[str, str], str]) -> Iterator[_Place]:
    for name, flow in flows.items():
        told = f"{flow.title} {flow.about} {name} {SYMPTOMS.get(name, '')}"
        yield _Place(name, "", flow.about or flow.title, _words(told), _TITLE, _words(flow.title))
        for step in flow.steps:
            words, cause = _words(" ".join(_texts(step))), causes.get((name, step.id), "")
            weight = _CAUSE if cause else _START if step.id == flow.start else _STEP
            if words or cause:
                yield _Place(name, step.id, _title(step, flow), words | _words(cause), weight)


def _texts(step: Step) -> Iterator[str]:
    yield step.id.replace("-", " ")
    yield step.say or ""
    yield own_words(step)
    if isinstance(step, AskStep | AddressStep):
        yield from (option.label for option in step.options)


def _title(step: Step, flow: Flow) -> str:
    """What a result shows of a step: its own words in short, as far as they need nothing that is measured.

    An end tells how somebody else's case ended, so it shows what the flow is about.
    """
    if isinstance(step, EndStep):
        return flow.about or flow.title
    texts = (_without_gaps(text) for text in (own_words(step), step.say or ""))
    return next(filter(None, texts), flow.about or flow.title)


def _without_gaps(text: str) -> str:
    """The sentences of a text that have no ``{value}`` to fill in."""
    return " ".join(sentence for sentence in _SENTENCE.split(text.strip()) if "{" not in sentence)
