"""What a T-Mobile Home Internet gateway itself says of its cellular connection.

Two families of local interface exist (provider-facts.md, sections 1.1 to 1.5). Both are asked side by side,
by reading endpoints that need no login. Nothing is ever changed, and no password is tried.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Collection
from dataclasses import dataclass

from tshoot.host.addresses import parse_ip
from tshoot.probes.context import ProbeContext
from tshoot.probes.default_gateway import default_gateway
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.radio_http import Answer, RadioClient
from tshoot.probes.radio_report import Carrier, RadioReport, judge, nokia_report, tmi_report
from tshoot.probes.tasks import cancel_all
from tshoot.text import display_text

SPEC = ProbeSpec(
    name="gateway_radio",
    title="Gateway's radio",
    summary="Asks a T-Mobile Home Internet gateway for its cellular registration and signal, read-only.",
    outcomes={
        "registered": "The gateway is registered in the cellular network.",
        "weak": "The gateway is registered, and its signal is poor.",
        "no_service": "The gateway says that it has no cellular service.",
        "not_recognised": "The gateway is no model that tells of a radio.",
    },
    good=frozenset({"registered", "not_recognised"}),
    sends="up to four plain HTTP GET requests to the default gateway, ports 80 and 8080, without login",
    privilege="none",
    deadline=2.5,
)

TMI_PATH = "/TMI/v1/gateway?get=all"
NOKIA_RADIO_PATH = "/fastmile_radio_status_web_app.cgi"
NOKIA_DEVICE_PATH = "/dashboard_device_info_status_web_app.cgi"
TMI_PORT = 8080
SECOND_PORT_PATIENCE = 0.5
"""Seconds that port 8080 gets once port 80 has said clearly that it is another kind of device."""

_HOME_NETWORKS = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))


@dataclass(frozen=True, slots=True)
class RadioData:
    """The gateway's report in plain figures; ``port`` is where it was read."""

    gateway: str
    port: int
    family: str
    registration: str | None
    carriers: tuple[Carrier, ...]
    model: str | None
    firmware: str | None
    uptime_s: int | None
    has_ipv6: bool | None


async def run(context: ProbeContext) -> Reading:
    """Ask both families; the first that is recognised counts."""
    found = default_gateway(context.host)
    if isinstance(found, str):
        return Reading("not_applicable", found)
    gateway = found[0]
    if not is_home_gateway(gateway):
        return Reading("not_applicable", "the gateway is no private IPv4 address")
    async with await RadioClient.open(gateway, context.deadline) as client:
        return await _ask(client, gateway, context)


def is_home_gateway(address: str) -> bool:
    """Is it an address of RFC 1918? Only such a gateway is asked."""
    ip = parse_ip(address)
    return ip is not None and ip.version == 4 and any(ip in network for network in _HOME_NETWORKS)


async def _ask(client: RadioClient, gateway: str, context: ProbeContext) -> Reading:
    tmi = [asyncio.create_task(client.get(port, TMI_PATH)) for port in (80, TMI_PORT)]
    nokia = asyncio.create_task(client.get(80, NOKIA_RADIO_PATH))
    waiting: set[asyncio.Task[Answer]] = {*tmi, nokia}
    ended: list[Answer] = []
    try:
        while waiting and not context.deadline.over:
            patience = _patience(ended, context.deadline.remaining())
            done, waiting = await asyncio.wait(waiting, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            if not done:
                break
            ended += [task.result() for task in done]
            report = next((told for each in ended if (told := _report(each))), None)
            if report is not None:
                return await _recognised(client, gateway, *report)
    finally:
        await cancel_all(waiting)
    return _unrecognised(gateway, ended, bool(waiting))


async def _recognised(client: RadioClient, gateway: str, report: RadioReport, answer: Answer) -> Reading:
    if report.family == "nokia":
        device = await client.get(answer.port, NOKIA_DEVICE_PATH)
        report = nokia_report(answer.content, device.content) or report
    data = RadioData(
        gateway,
        answer.port,
        report.family,
        report.registration,
        report.carriers,
        report.model,
        report.firmware,
        report.uptime_s,
        report.has_ipv6,
    )
    return Reading(judge(report), _detail(report), data, (gateway,))


def _report(answer: Answer) -> tuple[RadioReport, Answer] | None:
    read = tmi_report if answer.path == TMI_PATH else nokia_report
    report = read(answer.content)
    return (report, answer) if report is not None else None


def _patience(ended: Collection[Answer], remaining: float) -> float:
    return min(SECOND_PORT_PATIENCE, remaining) if _other_device(ended) else remaining


def _other_device(ended: Collection[Answer]) -> bool:
    """Has port 80 answered both families' questions, and neither as such a gateway would?"""
    return sum(each.port == 80 and each.ended == "replied" for each in ended) >= 2


def _unrecognised(gateway: str, ended: Collection[Answer], waiting: bool) -> Reading:
    """A gateway that accepts and then takes its time may be a sick one: that is ``timeout``, no fault."""
    slow = waiting or any(each.ended == "slow" for each in ended)
    if slow and not _other_device(ended):
        return Reading("timeout", f"{gateway}: accepted the question, no reply in time", None, (gateway,))
    listens = any(each.ended != "absent" for each in ended)
    detail = "answers, but not as a T-Mobile gateway" if listens else "no local interface"
    return Reading("not_recognised", f"{gateway}: {detail}", None, (gateway,))


def _detail(report: RadioReport) -> str:
    name = " ".join(word for word in (report.model, report.firmware) if word) or "T-Mobile gateway"
    said = [report.registration] if report.registration else []
    return display_text(", ".join([name, *said, *(_carrier(each) for each in report.carriers)]))


def _carrier(found: Carrier) -> str:
    figures = (("RSRP", found.rsrp_dbm, "dBm"), ("SINR", found.sinr_db, "dB"), ("RSRQ", found.rsrq_db, "dB"))
    told = [f"{name} {value:.0f} {unit}" for name, value, unit in figures if value is not None]
    told += [f"({found.signal})"] if found.signal is not None else []
    return " ".join([found.generation, "+".join(found.bands), *told]).replace("  ", " ")
