"""The settings as they are shown: never with a password."""

import pytest

from tshoot.config.load import load_config
from tshoot.config.show import config_lines


def shown(name, value):
    config = load_config({name: value}, environ={"TSHOOT_CONFIG": ""})
    return next(line.split()[1] for line in config_lines(config) if line.startswith(name))


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://kim:secret@db/x", "postgresql://kim:***@db/x"),
        ("postgresql://kim:se/cret@db/x", "postgresql://kim:***@db/x"),
        ("postgresql://kim:se?cret@db/x", "postgresql://kim:***@db/x"),
        ("postgresql://kim:se@cret@db/x", "postgresql://kim:***@db/x"),
        ("postgresql://:secret@db/x", "postgresql://:***@db/x"),
        ("postgresql://db/x?user=kim&password=secret", "postgresql://db/x?user=kim&password=***"),
        ("postgresql://db/x?sslpassword=secret&a=b", "postgresql://db/x?sslpassword=***&a=b"),
        ("postgresql://kim@db:5432/x", "postgresql://kim@db:5432/x"),
        ("postgresql://db:5432/x", "postgresql://db:5432/x"),
        ("/home/kim/a:b@c.db", "/home/kim/a:b@c.db"),
    ],
)
def test_no_password_of_a_store_is_shown(address, told):
    assert shown("store.address", address) == told


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://kim:secret@desk.example/hook", "https://kim:***@desk.example/hook"),
        ("https://desk.example:8443/hook/a@b", "https://desk.example:8443/hook/a@b"),
    ],
)
def test_no_password_of_a_webhook_is_shown(address, told):
    assert shown("desk.webhook", address) == told
