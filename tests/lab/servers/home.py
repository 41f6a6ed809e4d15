"""The home gateway's own pages: admin page, read-only radio report, sign-in page of the network.

Shapes of the gateway's API: provider-facts.md, sections 1.3 to 1.6; the values are invented.
"""

from __future__ import annotations

import asyncio

from tests.lab.plan import Plan, Radio
from tests.lab.servers.clock import WorldClock
from tests.lab.servers.http import Handler, Reply, Request, as_json, html, redirect

PORTAL_PORT = 8081
PORTAL_URL = "http://welcome.hotspot.example/login"


def gateway_handler(radio: Radio, clock: WorldClock) -> Handler:
    """Admin page on ``/``, the T-Mobile API under ``/TMI/v1`` or Nokia's pages, by ``radio.api``."""

    async def handle(request: Request) -> Reply:
        await asyncio.sleep(radio.reply_after)
        path = request.path
        if radio.api == "tmi" and path.startswith("/TMI/v1/"):
            return _tmi(path.removeprefix("/TMI/v1/"), radio, clock)
        if radio.api == "nokia" and path.startswith("/fastmile_radio_status_web_app.cgi"):
            return as_json(_nokia_radio(radio))
        if radio.api == "nokia" and path.startswith("/dashboard_device"):
            return as_json(_nokia_device())
        if path in {"/", "/index.html"}:
            return html("<title>Gateway</title><h1>Gateway</h1>", Server="lighttpd/1.4.69")
        return html("<title>404</title>", 404, Server="lighttpd/1.4.69")

    return handle


def portal_handler(plan: Plan) -> Handler:
    """Every plain-HTTP request ends at the network's own sign-in page."""

    async def handle(request: Request) -> Reply:
        page = html("<title>Welcome</title><form action='/login'>Room number <input name=room></form>")
        assert plan.portal is not None
        own = request.headers.get("host", "").startswith("welcome.hotspot.example")
        return page if own or plan.portal.style == "rewrite" else redirect(PORTAL_URL)

    return handle


def _tmi(path: str, radio: Radio, clock: WorldClock) -> Reply:
    if path.startswith("version"):
        return as_json({"version": 3.1})
    if path.startswith("gateway"):
        whole = {"device": _device(), "signal": _signal(radio), "time": _time(radio, clock)}
        return as_json({"signal": whole["signal"]} if "get=signal" in path else whole)
    message = "Not Authorized, Access token is missing or invalid"
    return as_json({"result": {"error": "AuthorizationError", "message": message, "statusCode": 401}}, 401)


def _device() -> dict[str, object]:
    return {
        "friendlyName": "5G Gateway",
        "hardwareVersion": "R01",
        "index": 1,
        "isEnabled": True,
        "isMeshSupported": True,
        "macId": "00:00:5E:00:53:01",
        "manufacturer": "Arcadyan",
        "manufacturerOUI": "00005E",
        "model": "TMO-G4AR",
        "name": "5G Gateway",
        "role": "gateway",
        "serial": "SAMPLE0001",
        "softwareVersion": "1.00.13",
        "type": "HSID",
        "updateState": "latest",
    }


def _signal(radio: Radio) -> dict[str, object]:
    generic = {"apn": "FBB.HOME", "hasIPv6": True, "registration": radio.registration, "roaming": False}
    if radio.registration != "registered":
        return {"generic": generic}
    cell = {"antennaUsed": "Internal_omni", "bars": radio.bars, "rsrp": radio.rsrp, "sinr": radio.sinr}
    four = {**cell, "bands": ["b66"], "cid": 12, "eNBID": 310001, "rsrq": -11, "rssi": radio.rsrp + 11}
    five = {**cell, "bands": ["n41"], "cid": 311, "gNBID": 1050001, "rsrq": -11, "rssi": radio.rsrp + 12}
    return {"4g": four, "5g": five, "generic": generic}


def _time(radio: Radio, clock: WorldClock) -> dict[str, object]:
    return {
        "daylightSavings": {"isUsed": True},
        "localTime": int(clock.seconds()),
        "localTimeZone": "<-04>4",
        "upTime": radio.uptime,
    }


def _nokia_radio(radio: Radio) -> dict[str, object]:
    online = 1 if radio.registration == "registered" else 0
    missing = -32768
    lte = {
        "RSSICurrent": -63 if online else missing,
        "SNRCurrent": radio.sinr if online else missing,
        "RSRPCurrent": radio.rsrp if online else missing,
        "RSRQCurrent": -11 if online else missing,
        "Band": "B66" if online else "",
        "DownlinkEarfcn": 66786 if online else 4294967295,
    }
    five = {
        "SNRCurrent": radio.sinr if online else missing,
        "RSRPCurrent": radio.rsrp if online else missing,
        "RSRQCurrent": -11 if online else missing,
        "Band": "n41" if online else "",
        "Downlink_NR_ARFCN": 520110 if online else 4294967295,
    }
    apn = {"oid": 1, "Enable": 1, "APN": "FBB.HOME", "X_ALU_COM_ConnectionState": online}
    return {
        "connection_status": [{"ConnectionStatus": online}],
        "apn_cfg": [apn],
        "cell_LTE_stats_cfg": [{"stat": lte}],
        "cell_5G_stats_cfg": [{"stat": five}],
    }


def _nokia_device() -> dict[str, object]:
    status = {
        "SerialNumber": "SAMPLE0003",
        "HardwareVersion": "3FE",
        "SoftwareVersion": "1.2104.00.0286",
        "UpTime": 86400,
    }
    return {"device_app_status": [status], "unread_sms": [{"UnreadSMS": 0}]}
