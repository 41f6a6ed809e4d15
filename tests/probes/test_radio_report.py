import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.probes.radio_samples import NOKIA_DEVICE, NOKIA_RADIO, SECRETS, TMI_NSA, TMI_STANDALONE
from tshoot.probes.gateway_radio import _carrier
from tshoot.probes.model import plain_data
from tshoot.probes.radio_report import Carrier, judge, nokia_report, tmi_report


def tmi(**signal: object) -> dict[str, object]:
    return {"signal": {"generic": {"registration": "registered"}, **signal}}


def carrier(**values: object) -> dict[str, object]:
    return {"bands": ["n41"], "rsrp": -90, "sinr": 12, **values}


def test_a_gateway_with_4g_and_5g():
    report = tmi_report(TMI_NSA)
    assert report is not None
    assert [(each.generation, each.bands, each.rsrp_dbm) for each in report.carriers] == [
        ("4g", ("b66",), -98),
        ("5g", ("n41",), -92),
    ]
    assert (report.model, report.firmware, report.uptime_s) == ("TMO-G4AR", "1.00.13", 183600)
    assert (report.registration, report.has_ipv6) == ("registered", True)
    assert judge(report) == "registered"


def test_standalone_5g_without_4g_is_no_fault():
    report = tmi_report(TMI_STANDALONE)
    assert report is not None
    assert [each.generation for each in report.carriers] == ["5g"]
    assert judge(report) == "registered"


def test_a_nokia_gateway_and_its_sentinels():
    report = nokia_report(NOKIA_RADIO, NOKIA_DEVICE)
    assert report is not None
    assert [(each.generation, each.bands, each.rsrp_dbm, each.sinr_db) for each in report.carriers] == [
        ("4g", ("b66",), -92, 14)
    ]
    assert (report.firmware, report.uptime_s) == ("1.2104.00.0286", 86400)
    assert judge(report) == "registered"


def test_a_nokia_gateway_without_any_radio_has_no_service():
    stat = {"RSRPCurrent": -32768, "Band": "", "DownlinkEarfcn": 4294967295}
    report = nokia_report({"cell_LTE_stats_cfg": [{"stat": stat}], "cell_5G_stats_cfg": []})
    assert report is not None
    assert judge(report) == "no_service"


def test_nothing_that_identifies_the_home_or_the_person_is_taken_over():
    for report in (tmi_report(TMI_NSA), nokia_report(NOKIA_RADIO, NOKIA_DEVICE)):
        text = json.dumps(plain_data(report))
        assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (tmi(**{"5g": carrier()}), "registered"),
        (tmi(**{"5g": carrier(bands="n41")}), "registered"),
        (tmi(**{"5g": carrier(rsrp=-105, sinr=5, rsrq=-15.9)}), "registered"),
        (tmi(**{"5g": carrier(rsrp=-106)}), "weak"),
        (tmi(**{"5g": carrier(sinr=4.9)}), "weak"),
        (tmi(**{"5g": carrier(rsrq=-16)}), "weak"),
        (tmi(**{"4g": carrier(rsrp=-120), "5g": carrier()}), "registered"),
        (tmi(**{"4g": carrier(rsrp=-120), "5g": carrier(sinr=-4)}), "weak"),
        (tmi(**{"4g": None, "5g": carrier(rsrp=None, sinr=None)}), "registered"),
        (tmi(**{"4g": {"bands": []}, "5g": {"bands": []}}), "no_service"),
        (tmi(), "no_service"),
        ({"signal": {"generic": {"registration": "searching"}, "5g": carrier()}}, "no_service"),
        ({"signal": {"5g": carrier()}}, "registered"),
    ],
)
def test_the_gateways_own_verdict(reply, expected):
    report = tmi_report(reply)
    assert report is not None
    assert judge(report) == expected


@pytest.mark.parametrize(
    ("rsrp", "sinr", "rsrq", "band"),
    [
        (-90, 13, -12, "good"),
        (-90, None, None, "good"),
        (-91, 20, -5, "fair"),
        (-80, 12.9, -5, "fair"),
        (-80, 20, -12.1, "fair"),
        (-105, 5, -15.9, "fair"),
        (-105.1, 20, -5, "poor"),
        (-80, 4.9, -5, "poor"),
        (-80, 20, -16, "poor"),
        (None, None, None, None),
    ],
)
def test_the_band_is_that_of_the_worst_figure(rsrp, sinr, rsrq, band):
    assert Carrier("5g", ("n41",), rsrp, sinr, rsrq).signal == band


def test_the_detail_tells_every_figure_and_the_band():
    assert (
        _carrier(Carrier("5g", ("n41",), -92, 12, -11)) == "5g n41 RSRP -92 dBm SINR 12 dB RSRQ -11 dB (fair)"
    )
    assert _carrier(Carrier("4g", ("b66",))) == "4g b66"


@pytest.mark.parametrize(
    "reply", [None, [], "x", {}, {"signal": None}, {"signal": []}, {"result": {"statusCode": 401}}]
)
def test_other_replies_are_not_recognised(reply):
    assert tmi_report(reply) is None
    assert nokia_report(reply) is None


def test_hostile_words_are_made_harmless():
    report = tmi_report({**tmi(), "device": {"model": "\x1b]0;x\x07" + "A" * 500, "softwareVersion": 7}})
    assert report is not None
    assert report.model is not None
    assert "\x1b" not in report.model
    assert len(report.model) <= 40
    assert report.firmware is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("signal", "device", "time"), JSON)))
def test_no_reply_of_the_first_family_can_raise(reply):
    report = tmi_report(reply)
    assert report is None or judge(report) in {"registered", "weak", "no_service"}


@given(JSON, JSON, JSON, JSON, JSON)
def test_no_value_in_its_place_can_raise(bands, rsrp, registration, uptime, block):
    odd = {"signal": {"generic": {"registration": registration}, "4g": block}, "time": {"upTime": uptime}}
    odd["signal"]["5g"] = {"bands": bands, "rsrp": rsrp, "sinr": rsrp, "bars": rsrp}
    report = tmi_report(odd)
    assert report is not None
    assert judge(report) in {"registered", "weak", "no_service"}


@given(JSON, JSON, JSON)
def test_no_reply_of_the_second_family_can_raise(lte, nr, device):
    report = nokia_report({"cell_LTE_stats_cfg": lte, "cell_5G_stats_cfg": [{"stat": nr}]}, device)
    assert report is not None
    assert judge(report) in {"registered", "weak", "no_service"}
