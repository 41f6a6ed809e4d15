"""What a T-Mobile Home Internet gateway says of its radio, read from its two families of local replies. Pure.

Shapes and traps: provider-facts.md, sections 1.6 and 1.7. Serial numbers, hardware addresses, SIM, cell and
position data are never taken over, so that no report can carry them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tshoot.text import display_text

Family = Literal["tmi", "nokia"]

Band = Literal["good", "fair", "poor"]
GOOD_RSRP_DBM, POOR_RSRP_DBM = -90.0, -105.0
GOOD_SINR_DB, POOR_SINR_DB = 13.0, 5.0
GOOD_RSRQ_DB, POOR_RSRQ_DB = -12.0, -16.0
"""From the first of each pair a figure is good, below the second it is poor (RSRQ: from it downwards), fair
between: consensus of three field tools (provider-facts.md, section 1.8)."""

_LONGEST_WORD = 40
_MOST_CARRIERS = 4
_BAND = re.compile(r"[bnBN]\d{1,3}")
_UNCONNECTED_ARFCN = 4294967295
_RSRP, _SINR, _RSRQ, _BARS = (-160.0, -20.0), (-40.0, 60.0), (-60.0, 30.0), (0.0, 5.0)
"""What a value can be at all; everything else, Nokia's −32768 first, means "no value"."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """One radio connection. Signal in dBm and dB, None where not told; ``bars`` from 0 to 5."""

    generation: Literal["4g", "5g"]
    bands: tuple[str, ...]
    rsrp_dbm: float | None = None
    sinr_db: float | None = None
    rsrq_db: float | None = None
    bars: float | None = None

    @property
    def signal(self) -> Band | None:
        """The band of its worst figure; None where it tells none."""
        bands = {
            _band(self.rsrp_dbm, GOOD_RSRP_DBM, poor=_below(self.rsrp_dbm, POOR_RSRP_DBM)),
            _band(self.sinr_db, GOOD_SINR_DB, poor=_below(self.sinr_db, POOR_SINR_DB)),
            _band(self.rsrq_db, GOOD_RSRQ_DB, poor=self.rsrq_db is not None and self.rsrq_db <= POOR_RSRQ_DB),
        }
        order: tuple[Band, ...] = ("poor", "fair", "good")
        return next((band for band in order if band in bands), None)


def _below(value: float | None, limit: float) -> bool:
    return value is not None and value < limit


def _band(value: float | None, good: float, *, poor: bool) -> Band | None:
    if value is None:
        return None
    return "poor" if poor else "good" if value >= good else "fair"


@dataclass(frozen=True, slots=True)
class RadioReport:
    """The gateway's own word. ``uptime_s`` in seconds; None where a thing is not told."""

    family: Family
    carriers: tuple[Carrier, ...]
    registration: str | None = None
    model: str | None = None
    firmware: str | None = None
    uptime_s: int | None = None
    has_ipv6: bool | None = None


def judge(report: RadioReport) -> str:
    """``registered``, ``weak`` or ``no_service``.

    No 4G beside 5G is normal (5G standalone), so one carrier is enough, and the best one counts.
    """
    told = report.registration
    if not report.carriers or (told is not None and told.lower() not in _REGISTERED):
        return "no_service"
    return "weak" if all(carrier.signal == "poor" for carrier in report.carriers) else "registered"


_REGISTERED = frozenset({"registered", "registered_home", "registered_roaming", "roaming", "home"})


def tmi_report(reply: object) -> RadioReport | None:
    """Read ``/TMI/v1/gateway?get=all``; None where it is no such reply."""
    root = _mapping(reply)
    signal = _mapping(root.get("signal"))
    if not signal:
        return None
    generic, device = _mapping(signal.get("generic")), _mapping(root.get("device"))
    found = (_tmi_carrier("4g", signal.get("4g")), _tmi_carrier("5g", signal.get("5g")))
    ipv6 = generic.get("hasIPv6")
    return RadioReport(
        family="tmi",
        carriers=tuple(carrier for carrier in found if carrier is not None),
        registration=_word(generic.get("registration")),
        model=_word(device.get("model")),
        firmware=_word(device.get("softwareVersion")),
        uptime_s=_seconds(_mapping(root.get("time")).get("upTime")),
        has_ipv6=ipv6 if isinstance(ipv6, bool) else None,
    )


def nokia_report(radio: object, device: object = None) -> RadioReport | None:
    """Read ``fastmile_radio_status_web_app.cgi`` and, where given, the device status.

    None where it is no such reply.
    """
    root = _mapping(radio)
    if "cell_LTE_stats_cfg" not in root and "cell_5G_stats_cfg" not in root:
        return None
    found = [
        *(_nokia_carrier("4g", each, "DownlinkEarfcn") for each in _items(root.get("cell_LTE_stats_cfg"))),
        *(_nokia_carrier("5g", each, "Downlink_NR_ARFCN") for each in _items(root.get("cell_5G_stats_cfg"))),
    ]
    status = next(_items(_mapping(device).get("device_app_status")), {})
    return RadioReport(
        family="nokia",
        carriers=tuple(carrier for carrier in found if carrier is not None),
        model=_word(status.get("ProductClass")),
        firmware=_word(status.get("SoftwareVersion")),
        uptime_s=_seconds(status.get("UpTime")),
    )


def _tmi_carrier(generation: Literal["4g", "5g"], block: object) -> Carrier | None:
    found = _mapping(block)
    carrier = Carrier(
        generation,
        _bands(found.get("bands")),
        _within(found.get("rsrp"), _RSRP),
        _within(found.get("sinr"), _SINR),
        _within(found.get("rsrq"), _RSRQ),
        _within(found.get("bars"), _BARS),
    )
    return carrier if carrier.bands or carrier.rsrp_dbm is not None else None


def _nokia_carrier(generation: Literal["4g", "5g"], item: object, arfcn: str) -> Carrier | None:
    stat = _mapping(_mapping(item).get("stat"))
    rsrp = _within(stat.get("RSRPCurrent"), _RSRP)
    if rsrp is None or _number(stat.get(arfcn)) == _UNCONNECTED_ARFCN:
        return None
    return Carrier(
        generation,
        _bands(stat.get("Band")),
        rsrp,
        _within(stat.get("SNRCurrent"), _SINR),
        _within(stat.get("RSRQCurrent"), _RSRQ),
        _within(stat.get("SignalStrengthLevel"), _BARS),
    )


def _bands(value: object) -> tuple[str, ...]:
    """Band names in lower case. Normally a list, with some firmware one string (provider-facts.md, 1.7)."""
    texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    words = [word for text in texts[:8] if isinstance(text, str) for word in re.split(r"[,\s]+", text[:80])]
    return tuple(dict.fromkeys(word.lower() for word in words if _BAND.fullmatch(word)))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _items(value: object) -> Iterator[Mapping[str, Any]]:
    """The mappings of a list, or the mapping itself: some firmware leaves the list out."""
    for item in value[:_MOST_CARRIERS] if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item


def _number(value: object) -> float | None:
    """A finite number, also one written as text; booleans are none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value if not isinstance(value, str) else value[:_LONGEST_WORD])
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _within(value: object, bounds: tuple[float, float]) -> float | None:
    number = _number(value)
    return number if number is not None and bounds[0] <= number <= bounds[1] else None


def _seconds(value: object) -> int | None:
    number = _within(value, (0, 1e10))
    return None if number is None else int(number)


def _word(value: object) -> str | None:
    return display_text(value.strip(), _LONGEST_WORD) if isinstance(value, str) and value.strip() else None
