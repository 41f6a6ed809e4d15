"""Does a text ask for a secret? Careful with texts that promise never to."""

from __future__ import annotations

import re

_SECRET = (
    r"(?:passwords?|passphrase|passcode|wi-?fi key|pins?\b|(?:credit |debit )?card numbers?|cvv|cvc"
    r"|social security number|ssn\b|security answers?"
    r"|(?:one[- ]time|verification|security|confirmation|sign-?in|log-?in|access|two-?factor|2fa|sms|texted"
    r"|(?:\d|four|five|six|eight)[- ]digit) codes?"
    r"|codes? (?:we|they|you|t-mobile|metro) (?:sent|texted|got|received)"
    r"|codes? (?:from|in) the (?:text|e-?mail|sms))"
)
_TO_US = (
    r"(?:tell|give|send|share|spell|provide|repeat|dictate|read (?:out|aloud|back|me|us)|text (?:me|us)"
    r"|say (?:your|the)|ask (?:\w+ ){0,3}for|need(?: to know)?|want to know|collect|request|write (?:me|us)"
    r"|let (?:me|us) (?:know|have))"
)
_TYPED = r"(?:enter|type|put in|fill in|key in|input)"
_NOT_US = r"(?!\s+(?:you|them|him|her)\b)"
_ELSEWHERE = re.compile(
    r"\b(?:page|site|website|app|field|gateway|window|screen|browser|on the device)\b", re.I
)
_REQUEST = re.compile(rf"\b{_TO_US}\b{_NOT_US}(?=.{{0,80}}?\b{_SECRET})", re.I)
_ENTRY = re.compile(rf"\b{_TYPED}\b(?=.{{0,80}}?\b{_SECRET})", re.I)
_QUESTION = re.compile(
    r"^\W*(?:and |so |please,? )?(?:what(?:'s| is| was| are)|which(?: is)?|(?:your|the) )\b.{0,30}"
    rf"\b{_SECRET}(?: (?:on|of|for|from|in|to) .{{1,40}})?\W*\?",
    re.I,
)
_BARE = re.compile(rf"^\W*(?:my |your |the )?(?:[\w-]+ )?{_SECRET}(?:,? please)?\W*$", re.I)
_ASKING_BARE = re.compile(r"[?:]\s*$|please", re.I)
_NEGATION = re.compile(
    r"\b(?:never|not|don't|do not|won't|nobody|no one|no-one|none|without|cannot|can't|isn't|doesn't|nor)\b",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")


def asks_for_secret(text: str) -> bool:
    """True where a sentence of ``text`` wants a password, PIN, code or card number told or typed here.

    "We never ask for your password" and "enter it on the website" are fine; a "never" counts only in
    the same clause, before the request.
    """
    return any(_asks(sentence) for sentence in _SENTENCE.split(text.replace("’", "'")))


def _asks(sentence: str) -> bool:
    if _QUESTION.search(sentence) or (_BARE.search(sentence) and _ASKING_BARE.search(sentence)):
        return True
    if any(not _denied(sentence, match.start()) for match in _REQUEST.finditer(sentence)):
        return True
    entries = _ENTRY.finditer(sentence)
    return not _ELSEWHERE.search(sentence) and any(not _denied(sentence, found.start()) for found in entries)


def _denied(sentence: str, position: int) -> bool:
    clause = re.split(r"[,;:]", sentence[:position])[-1]
    return bool(_NEGATION.search(clause))
