"""What can be said of an address: closed sets of outcomes and reasons, with a sentence for each reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Outcome = Literal["official", "look_alike", "other_site", "short_link", "private_address", "not_an_address"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
"""What an address can be judged as; a flow routes every one of them."""
OUTCOME_WORDS: Mapping[str, str] = {
    "official": "genuine",
    "look_alike": "an imitation",
    "other_site": "of somebody else",
    "short_link": "a short link",
    "private_address": "inside a home",
    "not_an_address": "not readable",
}
"""Each judgement as a person may read it."""

Reason = Literal[
    "own_domain", "own_domain_http", "own_domain_port",
    "at_sign", "front", "ending", "added", "hyphen", "letters", "digits", "signs", "slip", "behind",
    "disguised",
    "other", "program", "numbers", "short",
    "private",
    "empty", "several", "e_mail", "browser_page", "too_long", "no_ending", "unknown_ending", "unreadable",
]  # fmt: skip
"""Why it was judged so."""

OFFICIAL_REASONS: tuple[Reason, ...] = ("own_domain", "own_domain_http", "own_domain_port")
"""The reasons of an official address: the name is right, and maybe it should be typed otherwise."""
SAYS: Mapping[Reason, str] = {
    "own_domain": "The address belongs to {domain}, and that is genuine.",
    "own_domain_http": "The name is genuine, but the address begins with http. Use it with https only.",
    "own_domain_port": "The name is genuine, but a number stands behind it. Type it without the number.",
    "at_sign": "An @ sign stands in the address. What comes before it is only for show.",
    "front": "{domain} stands in it, but not at its end. So the page belongs to somebody else.",
    "ending": "The name seems right, but it ends in another way than {domain}.",
    "added": "Letters or words were added to {domain}. That makes it another website.",
    "hyphen": "It is {domain} with a dot or a hyphen at another place. That makes it another website.",
    "letters": "It looks like {domain}, but has letters of another kind.",
    "digits": "It looks like {domain}, but has a digit where a letter belongs.",
    "signs": "It looks like {domain}, but two letters pretend to be one.",
    "slip": "It is nearly {domain}, but a letter is missing, wrong or too much.",
    "behind": "{domain} stands only behind the first slash. So the page belongs to somebody else.",
    "disguised": "The address is written in a hidden way. Genuine ones are written plainly.",
    "other": "That address belongs to somebody else.",
    "program": "That is no website. It is a small program.",
    "numbers": "That address is only numbers, and it is not inside your home.",
    "short": "That is a short link. It hides where it leads.",
    "private": "That is an address inside a home network, such as a gateway has.",
    "empty": "Nothing was typed.",
    "several": "There is more than one word. Paste the address alone.",
    "e_mail": "That is an e-mail address and not the address of a page.",
    "browser_page": "That is a page of the browser or of this device itself.",
    "too_long": "That is too long to be an address.",
    "no_ending": "A website's address has a dot and an ending, such as .com.",
    "unknown_ending": "No website ends like that. Maybe a letter is wrong.",
    "unreadable": "That can't be read as an address.",
}
"""Each reason in one sentence, with the official domain where it is about one. Never what was typed."""
ADDRESS_DOMAIN, ADDRESS_SAYS = "address_domain", "address_says"
"""What a session knows of the last address: its official domain, and the reason (in texts its sentence)."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an address was judged as, and why.

    ``domain`` is the official domain that it belongs to or imitates; ``host`` the host, only where that is
    official. Nothing else of what was typed is kept.
    """

    outcome: Outcome
    reason: Reason
    domain: str = ""
    host: str = ""

    @property
    def says(self) -> str:
        """The reason in one sentence for the person."""
        return sentence(self.reason, self.domain)


def sentence(reason: str, domain: str = "") -> str:
    """A reason in one sentence; empty for a reason that this version does not know."""
    words = {str(name): text for name, text in SAYS.items()}
    return words.get(reason, "").replace("{domain}", domain or "the genuine one")
