"""What people call their trouble, in everyday words, whether or not the flows use them: for search alone."""

from __future__ import annotations

from collections.abc import Mapping

SYMPTOMS: Mapping[str, str] = {
    "connectivity": "5g 4g lte signal bars coverage reception tower offline disconnected drops buffering "
    "lag wifi router modem internet connection connect connected down outage power slow "
    "speed load loads loading nothing dns timeout unreachable reached hotel hotspot light "
    "lights red blinking service ping",
    "browser": "blank white screen spinner spinning wheel load loads loading cookie cookies cache "
    "chrome safari firefox edge redirect redirects reload captcha popup extension incognito "
    "button click page website site",
    "vpn": "denied access blocked block forbidden 403 proxy region country turned away",
    "app": "stuck crash crashes crashing update updates install download iphone android freezes "
    "closes closing life tlife face fingerprint",
    "security": "hacked hacker hack scam scammed scammer fraud phishing phished stolen stole theft "
    "identity takeover breach compromised suspicious spam virus malware sim swap fake real "
    "genuine legit imposter impostor odd strange someone somebody stranger asking asks "
    "wants called caller message email link certificate private unsafe",
    "credentials": "wrong incorrect invalid rejected accepted password name user username id pin account "
    "signin",
    "recovery": "forgot forgotten remember lost username reset change locked lock code codes 2fa otp "
    "sms verification text passkey authenticator attempts password pin new number",
    "gateway-login": "admin administrator settings wifi name ssid password change router page gateway 192 "
    "168 12",
    "reset": "factory default frozen hangs stuck wipe erase gateway router",
    "support": "human person agent representative customer care contact speak talk telephone call chat "
    "store phone number support",
}
"""Words by flow. They count as much as those of its title."""
