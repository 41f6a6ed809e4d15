"""What kind of name the Wi-Fi has; the name itself is nowhere in the result."""

import pytest

from tests.probes.hosts import adapter, context, default, host
from tshoot.host.model import AdapterKind
from tshoot.probes import wifi_name
from tshoot.probes.registry import specs


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("TMOBILE-12AB", "factory"),
        ("tmobile-0000", "factory"),
        ("TMOBILE-12AB-5G", "factory"),
        ("TMOBILE-12AB9", "own"),
        ("TMOBILE-home", "own"),
        ("my TMOBILE-12AB", "own"),
        ("Corner house", "own"),
        ("", "not_told"),
        (None, "not_told"),
    ],
)
def test_kinds_of_names(name, outcome):
    assert wifi_name.judge(name) == outcome


async def reading(monkeypatch, kind, name):
    asked = []
    monkeypatch.setattr("tshoot.host.wifi_name.wifi_name", lambda _, adapter: asked.append(adapter) or name)
    state = host(adapter("wlan0", "192.168.12.50/24", kind=kind), routes=(default(name="wlan0"),))
    return await wifi_name.run(context(state)), asked


async def test_the_adapter_in_use_is_asked_and_the_name_is_not_kept(monkeypatch):
    found, asked = await reading(monkeypatch, AdapterKind.WIFI, "Corner house")
    assert (found.outcome, asked) == ("own", ["wlan0"])
    assert "Corner" not in repr(found)


async def test_a_cable_has_no_name(monkeypatch):
    found, asked = await reading(monkeypatch, AdapterKind.ETHERNET, "Corner house")
    assert (found.outcome, asked) == ("no_wifi", [])


def test_it_is_no_part_of_the_check():
    assert not specs()["wifi_name"].battery
