"""Replies of gateways with made-up values and real keys (provider-facts.md, section 1.6)."""

from __future__ import annotations

from typing import Any

SECRETS = (
    "SAMPLE0001",
    "00:00:5E:00:53:01",
    "310001",
    "1050001",
    "00005E",
    "PCI157",
    "4711",
    "192.0.0.2",
    "tv",
)

TMI_NSA: dict[str, Any] = {
    "device": {
        "friendlyName": "5G Gateway",
        "hardwareVersion": "R01",
        "macId": "00:00:5E:00:53:01",
        "manufacturerOUI": "00005E",
        "model": "TMO-G4AR",
        "serial": "SAMPLE0001",
        "softwareVersion": "1.00.13",
    },
    "signal": {
        "4g": {
            "bands": ["b66"],
            "bars": 3.0,
            "cid": 4711,
            "eNBID": 310001,
            "rsrp": -98,
            "rsrq": -11,
            "sinr": 6,
        },
        "5g": {
            "bands": ["n41"],
            "bars": 4.0,
            "cid": 4711,
            "gNBID": 1050001,
            "rsrp": -92,
            "rsrq": -11,
            "sinr": 12,
        },
        "generic": {"apn": "FBB.HOME", "hasIPv6": True, "registration": "registered", "roaming": False},
    },
    "time": {"localTime": 1764000000, "localTimeZone": "<-04>4", "upTime": 183600},
}

TMI_STANDALONE: dict[str, Any] = {
    "device": {"model": "TMO-G5AR", "serial": "SAMPLE0001", "softwareVersion": "1.00.02"},
    "signal": {
        "5g": {"bands": ["n41"], "bars": 4.0, "gNBID": 1050001, "rsrp": -92, "rsrq": -11, "sinr": 9},
        "generic": {"apn": "FBB.HOME", "hasIPv6": True, "registration": "registered"},
    },
    "time": {"upTime": 3590},
}

NOKIA_RADIO: dict[str, Any] = {
    "connection_status": [{"ConnectionStatus": 1}],
    "apn_cfg": [{"APN": "FBB.HOME", "X_ALU_COM_IPAddressV4": "192.0.0.2"}],
    "cell_LTE_stats_cfg": [
        {
            "stat": {
                "RSSICurrent": -63,
                "SNRCurrent": 14,
                "RSRPCurrent": -92,
                "PhysicalCellID": "PCI157",
                "RSRQCurrent": -11,
                "DownlinkEarfcn": 66786,
                "SignalStrengthLevel": 4,
                "Band": "B66",
            }
        }
    ],
    "cell_5G_stats_cfg": [
        {"stat": {"SNRCurrent": -32768, "RSRPCurrent": -32768, "Downlink_NR_ARFCN": 4294967295, "Band": ""}}
    ],
}

NOKIA_DEVICE: dict[str, Any] = {
    "device_app_status": [
        {
            "ManufacturerOUI": "00005E",
            "ProductClass": "5G21",
            "SerialNumber": "SAMPLE0001",
            "SoftwareVersion": "1.2104.00.0286",
            "UpTime": 86400,
        }
    ],
    "device_cfg": [{"HostName": "tv", "MACAddress": "00:00:5E:00:53:01"}],
}
