"""Asking for a secret is found; promising never to ask, or pointing to a page, is not."""

import pytest

from tshoot.flow.rules.secrets import asks_for_secret

ASKING = [
    "Tell me your password.",
    "Please tell us the PIN on your account",
    "Enter your password:",
    "Type your PIN here.",
    "What is your password?",
    "What's the admin password on the label?",
    "Please read out the password on the label.",
    "Read me the code we sent.",
    "Send us the one-time code from the text message.",
    "Give the agent your 6-digit code.",
    "Ask the caller for their PIN.",
    "Ask for the password.",
    "Spell the Wi-Fi password for me.",
    "I need your card number to go on.",
    "Let me know the verification code.",
    "Your password, please?",
    "Don't worry: tell me your password.",
    "We never store it. Tell us your passcode.",
    "Your PIN?",
    "Provide the last digits of your social security number.",
    "Say the password slowly.",
]
HARMLESS = [
    "We never ask for your password.",
    "Nobody from support will ask you to tell your password.",
    "Never tell anybody your PIN.",
    "Don't read the password out to anyone.",
    "Do not give the code to a caller.",
    "Enter your password on T-Mobile's website.",
    "Type the admin password into the gateway's page.",
    "Did you forget your password?",
    "The label also carries the Wi-Fi password.",
    "T-Mobile will send you a one-time code.",
    "The trouble is with the sign-in: the name, the password or the browser.",
    "Look at the pins of the plug.",
    "Give the gateway steady power.",
    "Read out the support code on the screen.",
    "Tell us what the screen shows.",
    "Ask the caller to stay near the computer.",
    "Change your password from a safe connection.",
    "Don't have them read anything else from the label aloud.",
]


@pytest.mark.parametrize("text", ASKING)
def test_asking_is_found(text):
    assert asks_for_secret(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_texts_pass(text):
    assert not asks_for_secret(text)
