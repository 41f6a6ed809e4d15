"""What people call their trouble, in words that the flows themselves do not use: found by search alone."""

from __future__ import annotations

from collections.abc import Mapping

SYMPTOMS: Mapping[str, str] = {
    "connectivity": "5g 4g lte signal bars coverage reception tower offline disconnected drops buffering lag "
    "wifi router",
    "security": "hacked hacker hack scam scammed scammer fraud phishing phished stolen stole theft identity "
    "takeover breach compromised suspicious spam virus malware sim swap",
    "credentials": "wrong incorrect invalid rejected",
    "reset": "factory default",
    "support": "human person agent representative",
}
"""Words by flow. They count as much as those of its title."""
