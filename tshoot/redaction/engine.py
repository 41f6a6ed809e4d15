"""Takes what is private out of a document or a text.

Two passes: the first collects the values of named fields, the second replaces these wherever they stand and
whatever the other rules find. A replaced place is never searched again, so doing it twice changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tshoot.redaction.fields import Learned, Path, scalars
from tshoot.redaction.model import Finder, Redacted, Replacement, Rule, Rules, field_key
from tshoot.redaction.searches import anything, searches
from tshoot.redaction.tokens import TOKEN, TokenBook

MOST_PASSES = 8
"""How often a text is searched again; an ordinary one needs two."""

_CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){1,5}")
"""A code to read out: groups of four of Crockford's 32 characters."""

Pieces = list[tuple[str, bool]]
"""A text in parts, each with whether it is a token."""


class Redactor:
    """One document's redaction. Several documents and texts given to one share their tokens."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._book = TokenBook()
        self._learned = Learned(rules)
        self._searches = searches(rules, self._learned)

    def document(self, document: Any) -> Redacted:
        """A copy of a JSON-like document without what is private. Keys and structure stay as they are.

        Raises :class:`TooDeep`.
        """
        for _, value in scalars(document):
            if isinstance(value, str):
                self._book.reserve(value)
        self._learned.learn(document)
        return self._result(self._walk(document, ()))

    def text(self, text: str) -> Redacted:
        """A text without what is private."""
        self._book.reserve(text)
        return self._result(self._cleaned(text, elsewhere=True))

    def _result(self, document: Any) -> Redacted:
        book = self._book
        replaced = tuple(
            Replacement(rule.id, rule.token, count, book.different(rule.id, rule.token), rule.reason)
            for rule in self._rules.rules
            if (count := book.counts[rule.id, rule.token])
        )
        return Redacted(document, replaced, dict(book.originals))

    def _walk(self, value: Any, path: Path) -> Any:
        if isinstance(value, Mapping):
            return {key: self._walk(item, (*path, field_key(str(key)))) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._walk(item, path) for item in value]
        return self._scalar(value, path)

    def _scalar(self, value: Any, path: Path) -> Any:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return value
        text = str(value).strip()
        rule = self._learned.rule_for(path, text)
        if rule is not None:
            return self._book.token(rule.token, self._same(rule, text), text, rule.id)
        if not isinstance(value, str) or self._is_code(value, path):
            return value
        return self._cleaned(value, elsewhere=not path or path[-1] not in self._rules.vocabulary)

    def _is_code(self, value: str, path: Path) -> bool:
        kept = path and path[-1] in self._rules.keep.code_fields
        return bool(kept) and _CODE.fullmatch(value) is not None

    def _same(self, rule: Rule, text: str) -> str:
        """The form in which equal values are equal, as the searches of the same token give it."""
        for other, finder in self._searches:
            if other.token == rule.token:
                found = list(finder(text))
                if len(found) == 1 and (found[0].start, found[0].end) == (0, len(text)):
                    return found[0].value
        return text.lower()

    def _cleaned(self, text: str, elsewhere: bool) -> str:
        """Search until nothing is found any more: a token may have parted what belonged together.

        A text made to need pass after pass loses the rest of the piece instead.
        """
        pieces = _split(text)
        for done in range(MOST_PASSES):
            before, last = len(pieces), done == MOST_PASSES - 1
            if elsewhere:
                pieces = self._replaced(pieces, None, self._learned.values_in)
            for rule, finder in self._searches:
                pieces = self._replaced(pieces, rule, anything(finder) if last else finder)
            if len(pieces) == before:
                break
        return "".join(piece for piece, _ in pieces)

    def _replaced(self, pieces: Pieces, rule: Rule | None, finder: Finder) -> Pieces:
        """The pieces after one search; ``rule`` is None where values of fields are looked for."""
        out: Pieces = []
        for text, is_token in pieces:
            done = 0
            for span in self._found(text, is_token, finder):
                named, value = (rule, span.value) if rule is not None else self._field_value(span.value)
                token = self._book.token(named.token, value, text[span.start : span.end], named.id)
                out += [(text[done : span.start] + span.lead, False), (token, True)]
                done = span.end
            out.append((text[done:], is_token))
        return out

    def _found(self, text: str, is_token: bool, finder: Finder) -> Iterable[Any]:
        return () if is_token or not text else finder(text)

    def _field_value(self, key: str) -> tuple[Rule, str]:
        rule, shown = self._learned.value(key)
        return rule, self._same(rule, shown)


def _split(text: str) -> Pieces:
    pieces: Pieces = []
    done = 0
    for match in TOKEN.finditer(text):
        pieces += [(text[done : match.start()], False), (match[0], True)]
        done = match.end()
    return [*pieces, (text[done:], False)]
