"""A person's own keys: as Textual wants them, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from string import punctuation

from tshoot.names import nearest_name
from tshoot.tui.keys import CHOICE, FIND, NOTE, PAGE, WIZARD, Key, remappable

_TOGETHER: Sequence[tuple[Key, ...]] = (WIZARD, PAGE, FIND, CHOICE, NOTE)
"""Keys that are in use at the same time."""
_MODIFIER = re.compile(r"^(?:(?:ctrl|alt|shift|super|meta)\+)+(?=.)")


def keymap_of(given: Mapping[str, str]) -> dict[str, str]:
    """The keys by id, with names for signs: ``?`` is ``question_mark``. Commas stand between several keys."""
    return {name: ",".join(_names(keys)) for name, keys in given.items()}


def wrong_keys(given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong, each with the id it stands at: ids that don't exist, keys that don't, two things on one
    key.
    """
    known = [name for name in given if name in remappable()]
    for name in given:
        if name not in known:
            yield name, f"There is nothing called '{name}'.{_nearest(name, remappable())}"
    for name in known:
        for key in _names(given[name]):
            if not _exists(key):
                yield name, f"'{key}' is no key.{_nearest(key, _named())}"
    yield from _clashes(keymap_of({name: given[name] for name in known}))


def _nearest(wrong: str, known: Iterable[str]) -> str:
    """The nearest name alone: all of them would fill a page, and stand in the wizard's help."""
    nearest = nearest_name(wrong, known)
    return f" Did you mean '{nearest}'?" if nearest else ""


def _clashes(keymap: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    told = set[frozenset[str]]()
    for keys in _TOGETHER:
        owners: dict[str, str] = {}
        for each in keys:
            for name in keymap.get(each.id, each.keys).split(","):
                owner = owners.setdefault(name, each.id)
                pair = frozenset((owner, each.id))
                if owner != each.id and not pair.isdisjoint(keymap) and pair not in told:
                    told.add(pair)
                    said = f"'{name}' is the key of both '{owner}' and '{each.id}'. Give one of them another."
                    yield (each.id if each.id in keymap else owner), said


def _names(keys: str) -> list[str]:
    from textual.keys import _character_to_key

    parts = [part.strip() for part in keys.split(",")]
    return [_character_to_key(part) if len(part) == 1 else part for part in parts if part]


def _exists(key: str) -> bool:
    bare = _MODIFIER.sub("", key)
    return len(bare) == 1 or bare in _named()


@cache
def _named() -> frozenset[str]:
    """Every key that has a name, and every sign of a keyboard by its name."""
    from textual.keys import Keys, _character_to_key

    return frozenset({*(each.value for each in Keys), *map(_character_to_key, punctuation)})
