"""What the shipped rules take out and what they leave readable."""

import pytest

from tshoot.redaction import Redactor, load_rules

RULES = load_rules()


def cleaned(text):
    return Redactor(RULES).text(text).document


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("write to ann.o'neil@mail.example.org.", "write to <email-1>."),
        ("her mail is ann+home@example.com", "her mail is <email-1>"),
        ("eth0 AA:bb:cc:00:11:22 up", "eth0 <mac-1> up"),
        ("AA-BB-CC-00-11-22 and aabb.cc00.1122", "<mac-1> and <mac-1>"),
        ("fe80::a8bb:ccff:fe00:1122%eth0, aa:bb:cc:00:11:22", "fe80::<mac-1>%eth0, <mac-1>"),
        ("you are 203.0.113.7.", "you are <public-ip-1>."),
        ("2607:FB92:1:12:0:0:0:50/64 is 2607:fb92:1:12::50", "<public-ip-1>/64 is <public-ip-1>"),
        ("[2607:fb92::50]:443 and 2607:fb92::50: silent", "[<public-ip-1>]:443 and <public-ip-1>: silent"),
        ("::ffff:203.0.113.7", "<public-ip-1>"),
        ("fe80::1:443 and fe80::a8bb:ccff:fe00:1122:443", "fe80::1:443 and fe80::<mac-1>:443"),
        (
            "call (425) 555-0123 or 425.555.0123 or +1 425 555 0123",
            "call <phone-1> or <phone-1> or <phone-1>",
        ),
        ("call 4255550123 now", "call <phone-1> now"),
        ("from abroad +49 170 1234567", "from abroad <phone-1>"),
        ("IMEI 356938035643809, ICCID 8901260123456789012", "IMEI <number-1>, ICCID <number-2>"),
        ("card 4111 1111 1111 1111", "card <number-1>"),
        ("account 123456789 is locked", "account <account-1> is locked"),
        ("SSN 078-05-1120", "SSN <ssn-1>"),
        ("/home/ann/.config and C:\\Users\\ann\\x", "/home/<user-1>/.config and C:\\Users\\<user-1>\\x"),
        ("http://ann:geheim@proxy.acme.com:8080/", "http://<login-1>@<host-1>:8080/"),
        ("http://wpad.acme.com/ann/proxy.pac", "http://<host-1>/<path-1>"),
        ("a script (http://wpad.acme.com/proxy.pac), silent", "a script (http://<host-1>/<path-1>), silent"),
        ("https://account.t-mobile.com/reset?key=1f", "https://account.t-mobile.com/reset?<path-1>"),
        ("account.t-mobile.com.evil.example answers", "<host-1> answers"),
        ("nas.fritz.box, printer.local", "<host-1>, <host-2>"),
    ],
)
def test_takes_out(text, wanted):
    assert cleaned(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "192.168.12.1: 8 of 8 TCP connects, 10 ms; 100.64.10.1, 10.0.0.1:53, 169.254.3.4/16, fd12::1/64",
        "1.1.1.1:443 in 12 ms, 2606:4700:4700::1111:443 in 2 ms, 8.8.8.8, 162.159.200.1",
        "account.t-mobile.com, brass.account.t-mobile.com, www.metrobyt-mobile.com",
        "tab1b3329b6d1.one.one.one.one, dns.google, detectportal.firefox.com",
        "611 from the phone, or 1-800-937-8997",
        "TLSv1.3 at 192.168.12.1 in 2 ms, certificate until 2027-01-24",
        "dns.unreachable, wan.down, note.cgnat, tls.not_yet_valid, browser.only",
        "2026-11-25T22:21:01+00:00 and 2026-11-25 22:21",
        "/etc/resolv.conf, causes.yaml:12:3, /Users/Shared/x",
        "TMO-G4AR 1.00.13, registered, 4g b66 RSRP -88 dBm SINR 14 dB",
        "12 of 20 lost, median 34.5 ms; 1500 bytes; 0.0 s behind, 2 sources agree",
    ],
)
def test_leaves_readable(text):
    assert cleaned(text) == text


def test_fields_go_whole_and_wherever_else_they_stand():
    document = {
        "caller": "Ann Miller",
        "notes": ["ann miller says it is slow", "Wi-Fi Casa Miller"],
        "wifi": {"ssid": "Casa Miller", "BSSID": "aa:bb:cc:00:11:22"},
        "gateway": {"serialNumber": "S4711X", "imei": 356938035643809, "gateway": "192.168.12.1"},
        "detail": "gateway S4711X, aa:bb:cc:00:11:22",
    }
    result = Redactor(RULES).document(document)
    assert result.document == {
        "caller": "<name-1>",
        "notes": ["<name-1> says it is slow", "Wi-Fi <ssid-1>"],
        "wifi": {"ssid": "<ssid-1>", "BSSID": "<mac-1>"},
        "gateway": {"serialNumber": "<serial-1>", "imei": "<imei-1>", "gateway": "192.168.12.1"},
        "detail": "gateway <serial-1>, <mac-1>",
    }
    assert result.originals["<ssid-1>"] == "Casa Miller"
    assert result.count == 9


def test_the_default_gateway_stays_readable_but_not_a_home_s_own_prefix():
    document = {
        "gateway": "198.51.100.1",
        "routes": [{"gateway": "2607:fb92:1:12::1"}],
        "own": "198.51.100.7",
    }
    said = Redactor(RULES).document(document).document
    assert said["gateway"] == "198.51.100.1"
    assert said["routes"] == [{"gateway": "<public-ip-1>"}]
    assert said["own"] == "<public-ip-2>"


def test_a_host_that_was_typed_goes_and_an_official_one_stays():
    document = {
        "target": {"service": None, "hosts": ["intranet", "account.t-mobile.com", "192.168.1.9"]},
        "summary": "Your connection works, all the way to intranet.",
        "probes": [{"probe": "dns_system", "outcome": "ok", "data": {"answer": "intranet"}}],
    }
    said = Redactor(RULES).document(document).document
    assert said["target"]["hosts"] == ["<host-1>", "account.t-mobile.com", "192.168.1.9"]
    assert said["summary"] == "Your connection works, all the way to <host-1>."
    assert said["probes"][0]["data"]["answer"] == "intranet"  # a word of the vocabulary, not that host


def test_documents_and_texts_of_one_redactor_share_their_tokens():
    redactor = Redactor(RULES)
    assert redactor.document({"a": "203.0.113.7"}).document == {"a": "<public-ip-1>"}
    assert redactor.text("203.0.113.7 and 203.0.113.8").document == "<public-ip-1> and <public-ip-2>"


def test_tokens_that_stand_there_keep_their_numbers_to_themselves():
    said = Redactor(RULES).document({"old": "<email-3>", "new": "ann@example.com"}).document
    assert said == {"old": "<email-3>", "new": "<email-4>"}


def test_the_list_tells_rule_kind_and_count():
    replaced = Redactor(RULES).document(["203.0.113.7", "203.0.113.7", "203.0.113.8"]).replaced
    assert [item.to_json() for item in replaced] == [
        {"rule": "public-address", "type": "public-ip", "count": 3}
    ]
    assert replaced[0].different == 2
    assert replaced[0].reason
