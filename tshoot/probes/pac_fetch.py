"""Fetching a proxy script as the setting names it: http, https or file, bounded in time and size."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from tshoot.host.addresses import parse_ip
from tshoot.host.files import read_text
from tshoot.probes.blocking import in_daemon_thread
from tshoot.probes.context import Shared
from tshoot.probes.deadline import Deadline
from tshoot.probes.http_exchange import MOST_BODY, Question, ask, http_ready
from tshoot.probes.system_names import system_lookup
from tshoot.probes.tasks import within
from tshoot.probes.tcp_connect import both_families, connect_all, first_connected, most_telling
from tshoot.probes.trust import verifying

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Script:
    """The script, or why there is none. ``there`` is False where nothing was served at its address.

    ``address`` is where it was asked for.
    """

    text: str = ""
    there: bool = False
    reason: str = ""
    address: str = ""


async def fetch_script(url: str, shared: Shared, deadline: Deadline) -> Script:
    """Fetch the script at ``url``; never raises for what network, server or file system do."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return await in_daemon_thread(lambda: _from_file(unquote(parts.path)))
    port = parts.port or _PORTS.get(parts.scheme)
    if port is None or not parts.hostname:
        return Script(reason=f"{parts.scheme or 'no scheme'}: can't be fetched")
    addresses = await addresses_of(parts.hostname, deadline)
    if not addresses:
        return Script(reason="its name is unknown")
    connects = await connect_all(both_families(addresses), port, deadline, stragglers=0.0)
    first = first_connected(connects)
    if first is None:
        return Script(reason=most_telling(connects).state, address=addresses[0])
    question = Question(parts.scheme, parts.hostname, port, parts.path or "/", first.address)
    return await _ask(question, shared, deadline)


async def addresses_of(name: str, deadline: Deadline) -> tuple[str, ...]:
    """The addresses the system gives for a name of this network; no other resolver would know it."""
    if parse_ip(name) is not None:
        return (name,)
    found = await within(deadline.remaining(), system_lookup(name))
    return found.addresses if found is not None else ()


async def _ask(question: Question, shared: Shared, deadline: Deadline) -> Script:
    await http_ready()
    answer = await ask(question, await verifying(shared), deadline)
    if answer.outcome != "answer":
        return Script(reason=answer.reason or answer.outcome, address=question.address)
    if answer.status != 200:
        redirected = 300 <= (answer.status or 0) < 400
        return Script(there=redirected, reason=f"status {answer.status}", address=question.address)
    if len(answer.body) >= MOST_BODY:
        return Script(there=True, reason="the script is too long", address=question.address)
    return Script(answer.body.decode("utf-8", "replace"), True, address=question.address)


def _from_file(path: str) -> Script:
    try:
        text = read_text(path)
    except (OSError, ValueError) as error:
        return Script(reason=getattr(error, "strerror", None) or "not readable")
    if len(text) >= MOST_BODY:
        return Script(there=True, reason="the script is too long")
    return Script(text, True)
