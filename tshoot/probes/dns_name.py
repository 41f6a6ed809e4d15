"""Do the own resolvers tell the truth about the target's name? Sends nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tshoot.host.model import HostState
from tshoot.host.queries import global_addresses
from tshoot.probes.address_kind import family_of
from tshoot.probes.context import ProbeContext
from tshoot.probes.dns_answer import addresses_of, denies
from tshoot.probes.dns_compare import Compared, Side, compare
from tshoot.probes.dns_others import OthersData
from tshoot.probes.dns_server_record import ServersData
from tshoot.probes.dns_system import SystemData
from tshoot.probes.hosts_file import HostsFileData
from tshoot.probes.model import ProbeSpec, Reading

SPEC = ProbeSpec(
    name="dns_name",
    title="Truth of the name look-up",
    summary="Compares what the own resolvers and others say of the target's name.",
    outcomes={
        "agree": "Both give the same.",
        "differs": "Both give addresses, but others; or only the own resolvers know the name.",
        "blocked_here": "The own resolvers hide the name; another resolver knows it.",
        "bogus": "The own resolvers give a private or reserved address, the others a public one.",
        "missing": "The name exists nowhere, other names do.",
    },
    good=frozenset({"agree", "differs"}),
    sends="nothing",
    privilege="none",
    deadline=0.5,
    needs=("hosts_file", "dns_system", "dns_servers", "dns_public", "dns_encrypted"),
)


@dataclass(frozen=True, slots=True)
class NameData:
    """Both sides. ``own_by`` says whose word ``own`` is: ``system`` or ``servers``.

    ``rewritten``: an own server gives addresses to names that exist nowhere.
    """

    name: str
    own: tuple[str, ...] = ()
    own_denies: bool = False
    own_by: str = "system"
    direct: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    others_deny: bool = False
    rewritten: bool = False


@dataclass(frozen=True, slots=True)
class _Heard:
    """What the other probes brought, with empty data where one brought none."""

    system_outcome: str
    system: SystemData
    servers: ServersData
    public: OthersData
    encrypted: OthersData
    overridden: bool


async def run(context: ProbeContext) -> Reading:
    """Judge by :func:`tshoot.probes.dns_compare.compare`; ``skipped`` where one side is silent."""
    name = context.target.host
    if context.target.is_address:
        return Reading("not_applicable", f"{name} is an address already")
    heard = await _heard(context)
    own, by = own_side(heard, context.host)
    others = others_side(heard)
    compared = _compared(heard, own, others)
    data = NameData(
        name=name,
        own=own.addresses,
        own_denies=own.denied,
        own_by=by,
        direct=_direct(heard.servers).addresses,
        others=others.addresses,
        others_deny=others.denied,
        rewritten=heard.servers.rewritten,
    )
    return Reading(compared.outcome, compared.why, data)


async def _heard(context: ProbeContext) -> _Heard:
    name = context.target.host
    system = await context.need("dns_system")
    servers, public, encrypted, hosts = [
        (await context.need(probe)).data
        for probe in ("dns_servers", "dns_public", "dns_encrypted", "hosts_file")
    ]
    overrides = hosts.overrides if isinstance(hosts, HostsFileData) else ()
    return _Heard(
        system_outcome=system.outcome,
        system=system.data if isinstance(system.data, SystemData) else SystemData(name),
        servers=servers if isinstance(servers, ServersData) else ServersData(),
        public=public if isinstance(public, OthersData) else OthersData(name),
        encrypted=encrypted if isinstance(encrypted, OthersData) else OthersData(name),
        overridden=any(override.name == name for override in overrides),
    )


def own_side(heard: _Heard, host: HostState) -> tuple[Side, str]:
    """The own resolvers' word and whose it is.

    What the system says decides, for it is what the person's browser gets. Where the hosts file
    overrides the name, or the system said nothing, it is what the servers answer when asked directly.
    The system's "no such name" does not count when no server answers: some systems say so then as well.
    """
    direct = _direct(heard.servers)
    if not heard.overridden:
        if heard.system.addresses:
            return Side(_usable_families(heard.system.addresses, host)), "system"
        if heard.system_outcome == "name_missing" and (heard.servers.working or not heard.servers.servers):
            return Side(denied=True), "system"
    return replace(direct, addresses=_usable_families(direct.addresses, host)), "servers"


def others_side(heard: _Heard) -> Side:
    """The word of the resolvers outside; the encrypted one, which nobody on the way can rewrite, first."""
    for data in (heard.encrypted, heard.public):
        if data.addresses or data.denied:
            return Side(data.addresses, data.denied)
    return Side()


def _compared(heard: _Heard, own: Side, others: Side) -> Compared:
    control = heard.servers.control or heard.public.control or heard.encrypted.control
    compared = compare(own, others, control, also=heard.public.addresses)
    if compared.outcome == "differs" and others.denied and heard.servers.rewritten:
        return Compared("missing", "no such name; the own resolver gives addresses to any name")
    return compared


def _direct(servers: ServersData) -> Side:
    addresses = addresses_of(tuple(answer for server in servers.working for answer in server.target))
    denied = not addresses and any(denies(server.target) for server in servers.working)
    return Side(addresses, denied)


def _usable_families(addresses: tuple[str, ...], host: HostState) -> tuple[str, ...]:
    """``addresses`` without IPv6 on a computer that has none, unless nothing else is there."""
    if global_addresses(host, 6):
        return addresses
    return tuple(address for address in addresses if family_of(address) == 4) or addresses
