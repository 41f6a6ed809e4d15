"""Reads ``flows/catalog/anchors.yaml``: the fixed addresses that probes may contact."""

from __future__ import annotations

import ipaddress
from pathlib import Path

from tshoot.paths import catalog_file
from tshoot.probes.anchors import Anchors, Operator, PortalCheck, TimeServer
from tshoot.yamldoc import read_document
from tshoot.yamldoc.fields import Fields


def load_anchors(path: Path | None = None) -> Anchors:
    """The shipped anchors, or those of ``path``. Raises DocumentError with every problem."""
    top = Fields(read_document(path or catalog_file("anchors.yaml")))
    anchors = Anchors(
        operators=tuple(_operator(fields) for fields in top.children("operators")),
        portal_checks=tuple(_portal_check(fields) for fields in top.children("portal_checks")),
        time_servers=tuple(_time_server(fields) for fields in top.children("time_servers")),
        control_names=top.texts("control_names"),
    )
    top.finish()
    return anchors


def _operator(fields: Fields) -> Operator:
    operator = Operator(
        id=fields.text("id"),
        v4=_addresses(fields, "v4", 4),
        v6=_addresses(fields, "v6", 6),
        tls_name=fields.text("tls_name"),
        doh=fields.text("doh"),
    )
    fields.close()
    return operator


def _portal_check(fields: Fields) -> PortalCheck:
    check = PortalCheck(
        operator=fields.text("operator"),
        url=fields.text("url"),
        status=fields.integer("status"),
        body=fields.text("body") if fields.has("body") else None,
    )
    if check.url and not check.url.startswith("http://"):
        fields.add(
            "anchor-url", "A portal check must be plain http://.", "only that shows a portal", ("url",)
        )
    fields.close()
    return check


def _time_server(fields: Fields) -> TimeServer:
    server = TimeServer(operator=fields.text("operator"), v4=fields.text("v4"), v6=fields.text("v6"))
    for key, version in (("v4", 4), ("v6", 6)):
        _check_address(fields, fields.text(key), version, (key,))
    fields.close()
    return server


def _addresses(fields: Fields, key: str, version: int) -> tuple[str, ...]:
    values = fields.texts(key)
    for index, value in enumerate(values):
        _check_address(fields, value, version, (key, index))
    return values


def _check_address(fields: Fields, value: str, version: int, path: tuple[str | int, ...]) -> None:
    try:
        good = ipaddress.ip_address(value).version == version
    except ValueError:
        good = False
    if not good:
        fields.add("anchor-address", f"'{value}' is not an IPv{version} address.", path=path)
