"""The Windows backend: one bounded PowerShell call, the registry and the hosts file.

Tested from recorded-style text only. PowerShell needs about a second to start, so this is no matter of
milliseconds as on Linux.
"""

from __future__ import annotations

import os

from tshoot.host.commands import run_all
from tshoot.host.files import read_or_note
from tshoot.host.hosts_file import parse_hosts
from tshoot.host.model import HostState, Neighbour
from tshoot.host.proxy_env import environment_proxies, merged
from tshoot.host.windows import network
from tshoot.host.windows.answers import Answer, parse_answer
from tshoot.host.windows.proxies import parse_internet_settings, read_internet_settings
from tshoot.host.windows.scripts import NEIGHBOURS, STATE, powershell, system_path

_SECONDS = 8.0
_HOSTS = r"System32\drivers\etc\hosts"


class WindowsBackend:
    """:class:`tshoot.host.model.HostBackend` for Windows."""

    def read_state(self) -> HostState:
        """Read the whole snapshot; what can't be read is named in ``unreadable``."""
        unreadable: list[str] = []
        answer = _ask(STATE, unreadable)
        adapters = network.adapters(answer)
        proxies = merged(environment_proxies(os.environ), parse_internet_settings(read_internet_settings()))
        return HostState(
            system="win32",
            adapters=adapters,
            routes=network.routes(answer),
            resolvers=network.resolvers(answer, adapters),
            search=network.search(answer),
            hosts=parse_hosts(read_or_note(system_path(_HOSTS), "hosts file", unreadable)),
            proxies=proxies.proxies,
            no_proxy=proxies.no_proxy,
            unreadable=tuple(unreadable),
        )

    def neighbours(self) -> tuple[Neighbour, ...]:
        """The neighbour table as it is now; empty where Windows does not tell."""
        return network.neighbours(_ask(NEIGHBOURS, []))


def _ask(script: str, unreadable: list[str]) -> Answer:
    notes: list[str] = []
    told = run_all({"PowerShell": powershell(script)}, _SECONDS, notes)["PowerShell"]
    answer = parse_answer(told)
    if answer is None:
        reason = notes[0] if notes else "PowerShell: the answer could not be understood"
        unreadable.extend(f"{part}: {reason}" for part in ("adapters", "routes", "resolvers"))
    return answer or Answer({})
