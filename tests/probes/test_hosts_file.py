"""Names of the target in the hosts file."""

import socket

from tests.support.worlds import world
from tshoot.host.model import HostsEntry, HostState
from tshoot.probes import hosts_file
from tshoot.probes.runner import run_probes
from tshoot.target import Target

TARGET = Target("login.example", chain=("static.example",))


async def looked(*entries, target=TARGET, unreadable=()):
    host = HostState("linux", hosts=entries, unreadable=unreadable)
    results = await run_probes(["hosts_file"], world(target, host), probes={"hosts_file": hosts_file})
    return results["hosts_file"]


async def test_a_usual_file_is_clean():
    result = await looked(HostsEntry("127.0.0.1", ("localhost",), 1), HostsEntry("::1", ("localhost",), 2))
    assert (result.outcome, result.contacted) == ("clean", ())


async def test_every_override_is_named_with_its_line():
    result = await looked(
        HostsEntry("0.0.0.0", ("ads.example", "static.example"), 7),
        HostsEntry("10.0.0.9", ("LOGIN.example.",), 9),
    )
    assert result.outcome == "overrides"
    assert result.data["overrides"] == (
        {"name": "static.example", "address": "0.0.0.0", "line": 7},
        {"name": "LOGIN.example.", "address": "10.0.0.9", "line": 9},
    )
    assert result.detail == "static.example is 0.0.0.0, LOGIN.example. is 10.0.0.9"


async def test_a_name_that_only_contains_the_target_is_another_name():
    assert (
        await looked(HostsEntry("10.0.0.9", ("my.login.example", "login.example.net"), 1))
    ).outcome == "clean"


async def test_this_computers_own_names_belong_there():
    own = socket.gethostname().lower()
    entry = HostsEntry("127.0.0.1", ("localhost", own), 1)
    assert (await looked(entry, target=Target("localhost", chain=(own,)))).outcome == "clean"


async def test_an_unreadable_file_is_not_called_clean():
    result = await looked(unreadable=("hosts file: permission denied",))
    assert (result.outcome, result.detail) == ("skipped", "hosts file: permission denied")
