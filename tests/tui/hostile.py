"""Text as an attacker would write it into a DNS record, an HTTP header, a certificate, an SSID or a flow."""

import re

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
