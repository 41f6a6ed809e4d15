import pytest

from tests.probes.hosts import adapter, context, default, host
from tshoot.host.model import AdapterKind, Route
from tshoot.probes import address


async def outcome(state) -> str:
    return (await address.run(context(state))).outcome


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (("192.168.12.50/24",), "ok"),
        (("fe80::1/64", "2001:db8::5/64"), "ok"),
        (("169.254.7.7/16", "2001:db8::5/64"), "ok"),
        (("169.254.7.7/16", "192.168.12.50/24"), "ok"),
        (("169.254.7.7/16",), "self_assigned"),
        (("169.254.7.7/16", "fe80::1/64"), "self_assigned"),
        (("fe80::1/64",), "none"),
        ((), "none"),
    ],
)
async def test_which_addresses_lead_beyond_the_link(addresses, expected):
    assert await outcome(host(adapter("eth0", *addresses))) == expected


async def test_addresses_of_inner_bridges_tunnels_and_adapters_that_are_off_do_not_count():
    state = host(
        adapter("eth0", "fe80::1/64"),
        adapter("eth1", "192.168.12.50/24", up=False),
        adapter("docker0", "172.17.0.1/16", kind=AdapterKind.VIRTUAL),
        adapter("wg0", "10.0.0.2/32", kind=AdapterKind.TUNNEL),
    )
    assert await outcome(state) == "none"


async def test_a_gateway_outside_the_own_prefix_is_named():
    state = host(adapter("eth0", "192.168.1.50/24"), routes=(default("192.168.12.1"),))
    reading = await address.run(context(state))
    assert reading.outcome == "wrong_subnet"
    assert reading.data.gateway == "192.168.12.1"


@pytest.mark.parametrize(
    ("own", "routes"),
    [
        ({"addresses": ("192.168.12.50/24",)}, ()),
        ({"addresses": ("192.168.1.50/16",)}, ()),
        ({"addresses": ("203.0.113.7/32",)}, (Route(4, "192.168.12.1/32", None, "eth0"),)),
        ({"addresses": ("203.0.113.7/24",)}, (Route(4, "192.168.12.0/24", None, "eth0"),)),
        ({"addresses": ("10.0.0.2/32",), "point_to_point": True}, ()),
        ({"addresses": ("10.0.0.2/32",), "kind": AdapterKind.TUNNEL}, ()),
        ({"addresses": ("2001:db8::5/64",)}, ()),
    ],
)
async def test_a_gateway_that_can_be_reached_on_the_link_is_fine(own, routes):
    addresses = own.pop("addresses")
    state = host(
        adapter("eth0", *addresses, **own), adapter("eth9", "10.9.9.9/8"), routes=(*routes, default())
    )
    assert await outcome(state) == "ok"


async def test_a_prefix_of_another_adapter_does_not_help():
    state = host(adapter("eth0", "10.0.0.5/24"), adapter("eth1", "192.168.12.9/24"), routes=(default(),))
    assert await outcome(state) == "wrong_subnet"


async def test_hostile_adapter_names_are_made_harmless():
    reading = await address.run(context(host(adapter("eth\x1b]0;x\x07", "192.168.12.50/24"))))
    assert "\x1b" not in reading.detail + reading.data.addresses[0].adapter
