"""The named values that texts may use, such as ``{dns_server}``, taken from the data of the probes.

A value that is not known becomes nothing, and the gap is closed: "The DNS server {dns_server} does not
answer" still reads well without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from tshoot.diagnosis.facts import gateway_model, radio_bars
from tshoot.diagnosis.reading import (
    Results,
    data_of,
    mappings_at,
    number_at,
    outcome_of,
    text_at,
    texts_at,
    time_at,
    value_at,
)
from tshoot.diagnosis.signals_cert import certificate_of, clock_offset
from tshoot.diagnosis.signals_path import gateway_address
from tshoot.diagnosis.signals_proxy import proxy_address
from tshoot.diagnosis.signals_target import broken_chain_hosts
from tshoot.text import display_text

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_LONGEST_VALUE = 120
_BAD_SERVER_STATES = ("ok", "answers", "slow")


def placeholders(text: str) -> tuple[str, ...]:
    """The names in braces in ``text``."""
    return tuple(_PLACEHOLDER.findall(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """``text`` with its values put in; what is not known leaves no gap, bracket or quote behind."""
    filled = _PLACEHOLDER.sub(lambda match: values.get(match[1], ""), text)
    filled = re.sub(r"\s*(\((\"\")?\)|\"\")", "", filled)
    filled = re.sub(r"\s+([.,;:])", r"\1", filled)
    filled = re.sub(r"[:,]\.", ".", filled)
    return re.sub(r" {2,}", " ", filled).strip()


def named_values(results: Results, *, service: str, host: str) -> dict[str, str]:
    """Every value that is known, cleaned for display."""
    values = {name: read(results) for name, read in _READERS.items()}
    values.update(service=service, host=host)
    override = _override(results, host)
    values.update(override_host=text_at(override, "name"), override_address=text_at(override, "address"))
    return {name: display_text(value, _LONGEST_VALUE) for name, value in values.items() if value}


def _gateway(results: Results) -> str:
    return gateway_address(results)


def _adapter(results: Results) -> str:
    routes = mappings_at(data_of(results, "route"), "routes")
    used = text_at(data_of(results, "link"), "in_use") or text_at(data_of(results, "gateway"), "adapter")
    return used or next((text_at(route, "adapter") for route in routes), "")


def _address(results: Results) -> str:
    found = [
        text_at(item, "ip")
        for item in mappings_at(data_of(results, "address"), "addresses")
        if not text_at(item, "ip").lower().startswith("fe80:")
    ]
    self_assigned = [ip for ip in found if ip.startswith("169.254.")]
    if outcome_of(results, "address") == "self_assigned" and self_assigned:
        return self_assigned[0]
    return next((ip for ip in found if ip not in self_assigned), next(iter(found), ""))


def _dns_server(results: Results) -> str:
    servers = tuple(mappings_at(data_of(results, "dns_servers"), "servers"))
    bad = [text_at(item, "address") for item in servers if text_at(item, "state") not in _BAD_SERVER_STATES]
    return ", ".join(dict.fromkeys(bad)) if bad else next((text_at(item, "address") for item in servers), "")


def _status(results: Results) -> str:
    through = number_at(data_of(results, "proxy"), "http_status")
    status = number_at(data_of(results, "http"), "status") if through is None else through
    return f"status {status:.0f}" if status is not None else ""


def _proxy_status(results: Results) -> str:
    status = number_at(data_of(results, "proxy"), "connect_status")
    return f"status {status:.0f}" if status is not None else ""


def _skew(results: Results) -> str:
    offset = clock_offset(results)
    if offset is None:
        return ""
    return f"{span(abs(offset))} {'ahead' if offset > 0 else 'behind'}"


def span(seconds: float) -> str:
    """A length of time in words, in the unit that suits it."""
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= 1.5 * size:
            return f"{seconds / size:.0f} {unit}s"
    return f"{seconds:.0f} seconds"


def _issuer(results: Results) -> str:
    facts = certificate_of(results, "tls")
    return text_at(facts, "issuer_organisation") or text_at(facts, "issuer")


def _day(results: Results, key: str) -> str:
    moment: datetime | None = time_at(certificate_of(results, "tls"), key)
    return f"{moment.day} {moment:%B %Y}" if moment is not None else ""


def _expires(results: Results) -> str:
    return _day(results, "not_after")


def _begins(results: Results) -> str:
    return _day(results, "not_before")


def _chain_host(results: Results) -> str:
    return ", ".join(broken_chain_hosts(results))


def _windows(results: Results, *probes: str) -> Iterator[Mapping[str, Any]]:
    for probe in probes:
        yield from mappings_at(data_of(results, probe), "windows")


def _loss_of(windows: Iterator[Mapping[str, Any]]) -> str:
    pairs = [(number_at(window, "lost"), number_at(window, "sent")) for window in windows]
    known = [(lost, sent) for lost, sent in pairs if lost is not None and sent]
    if not known:
        return ""
    # The window with the least loss tells of the path; the others may tell of their own end as well.
    lost, sent = min(known, key=lambda pair: pair[0] / pair[1])
    return f"{lost:.0f} of {sent:.0f} packets"


def _loss(results: Results) -> str:
    return _loss_of(_windows(results, *_lossy_families(results)))


def _lossy_families(results: Results) -> tuple[str, ...]:
    return tuple(
        probe for probe in ("internet_v4", "internet_v6") if outcome_of(results, probe) == "lossy"
    ) or ("internet",)


def _gateway_loss(results: Results) -> str:
    return _loss_of(_windows(results, "gateway"))


def _delay(results: Results) -> str:
    delays = (number_at(window, "median_ms") for window in _windows(results, "internet_v4", "internet_v6"))
    least = min((ms for ms in delays if ms is not None), default=None)
    return f"{least:.0f} ms" if least is not None else ""


def _own_address(results: Results) -> str:
    compared = texts_at(data_of(results, "dns_name"), "own")
    looked_up = texts_at(data_of(results, "dns_system"), "addresses")
    return ", ".join((compared or looked_up)[:2])


def _override(results: Results, host: str) -> Mapping[str, Any]:
    entries = tuple(mappings_at(data_of(results, "hosts_file"), "overrides"))
    broken = broken_chain_hosts(results)
    wanted = (*(item for item in entries if text_at(item, "name") in broken),)
    main = [item for item in entries if text_at(item, "name") == host]
    if value_at(data_of(results, "http"), "status") is not None:
        return next(iter((*wanted, *main)), {})
    return next(iter((*main, *wanted, *entries)), {})


_READERS: Mapping[str, Callable[[Results], str]] = MappingProxyType(
    {
        "gateway": _gateway,
        "adapter": _adapter,
        "address": _address,
        "dns_server": _dns_server,
        "own_address": _own_address,
        "status": _status,
        "skew": _skew,
        "issuer": _issuer,
        "expires": _expires,
        "begins": _begins,
        "chain_host": _chain_host,
        "cell_signal": radio_bars,
        "gateway_model": gateway_model,
        "loss": _loss,
        "gateway_loss": _gateway_loss,
        "delay": _delay,
        "proxy": proxy_address,
        "proxy_status": _proxy_status,
    }
)

VALUES = frozenset({*_READERS, "service", "host", "override_host", "override_address"})
"""Every name that a text of the catalogue may use."""
