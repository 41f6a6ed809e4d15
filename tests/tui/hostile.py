"""Text as an attacker would write it into a DNS record, an HTTP header, a certificate, an SSID or a flow."""

import re
from dataclasses import replace

from tests.diagnosis.situations import DNS_DEAD
from tests.guide import flows as small
from tests.support.batteries import battery
from tests.tui.benches import TARGET, app
from tshoot.target import Target

HOSTILE = (
    "[/foo] [red]x",
    "[@click=app.quit]press[/] [link=https://evil.example]here[/]",
    "a\x1b]52;c;ZXZpbA==\x07b",
    "\x1b]0;title\x07 \x1b[31mred\x1b[2J \x1bPq#0\x1b\\ \x1b[6n",
    "\x9b31m\x9d52;c;ZXZpbA==\x9c \x90q\x9c",
    "safe\u202egnp.exe \u2066\u2067\u2068\u2069 \u061c\u200f",
    "zero\u200bwidth\u2060\ufeff\u00ad",
    "[2001:db8::1]:443",
    "\\[x] [50%] [$var] [ \\",
    "漢字🙂 e\u0301 👨\u200d👩\u200d👧 ｗｉｄｅ",
    "x" * 10_000,
    "lines\r\n\n\n\ttabs\x00\x08\x0b\x0c\x7f",
    "\ud800lone \U000e0041tag \ue000private",
)
FORBIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""What no screen may hold: controls but the line break, C1, bidi, zero width, lone surrogates."""

STEP = "light"
"""The step at which a hostile session waits."""


def hostile_flow(text):
    """A flow all of whose texts are ``text``, as far as a flow file may hold it."""
    words = text.encode("utf-8", "ignore").decode("utf-8")[:1200]
    steps = [
        small.ask(STEP, {"on": "reset", "off": "bad"}, say=words, why=words),
        small.do("reset", "good", "bad", how=[words, words], loses=words, why=words, risk="destructive"),
        small.end("good") | {"say": words},
        small.end("bad", "unresolved", help=["phone", "chat", "site_owner"]) | {"say": words},
    ]
    steps[0] |= {"ask": words}
    steps[0]["options"][0]["label"] = words[:100]
    steps[1] |= {"do": words[:100]}
    return replace(small.flow(steps), title=words)


def hostile_battery(text):
    """Evidence in which everything that comes from outside is ``text``."""
    window = {"address": text, "sent": 2, "lost": 1, "median_ms": 1.0, "samples": [1.0, None]}
    data = {"windows": [window], "gateway": text, "version": text, "in_use": text, "name": text}
    return {
        name: replace(result, detail=text, contacted=(text, text), data={**result.data, **data})
        for name, result in battery(**DNS_DEAD).items()
    }


def hostile_app(text):
    """The wizard in the hands of whoever wrote ``text``."""
    program = app(hostile_battery(text), flow="main", flows={"main": hostile_flow(text)})
    program._session.target = Target(TARGET.host, service="t-mobile", title=text)
    return program
