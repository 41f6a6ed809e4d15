"""The name of the Wi-Fi in use: bytes by the kernel's layout, recorded-style text of other systems."""

import struct
import subprocess
import sys

import pytest

from tests.host import netlink_bytes as raw
from tests.host.test_linux_namespace import why_not
from tshoot.host.linux import netlink
from tshoot.host.linux.netlink import Netlink
from tshoot.host.linux.wifi_name import parse_family, parse_name
from tshoot.host.wifi_name import parse_netsh, parse_summary, wifi_name

HEAD = struct.pack("=BBH", 7, 1, 0)
MAC = """\
<dictionary> {
  InterfaceType : WiFi
  LinkStatusActive : TRUE
  SSID : TMOBILE-12AB
  Security : WPA2_PSK
}
"""
WINDOWS = """
There are 2 interfaces on the system:

    Name                   : WLAN
    Description            : Some adapter
    State                  : connected
    SSID                   : Corner house: 2nd floor
    BSSID                  : 00:00:5e:00:53:10
    Signal                 : 81%

    Name                   : WLAN 2
    State                  : disconnected

"""


def test_the_kernels_answers():
    assert parse_family(HEAD + raw.attribute(1, struct.pack("=H", 28)) + raw.attribute(2, b"nl80211\0")) == 28
    assert parse_family(HEAD) is None
    assert parse_name(HEAD + raw.attribute(3, raw.u32(2)) + raw.attribute(52, "Café".encode())) == "Café"
    assert parse_name(HEAD + raw.attribute(52, b"")) is None


def test_one_answer_is_taken_and_a_refusal_told(monkeypatch):
    sent = []

    class Kernel:
        def settimeout(self, _):
            pass

        def close(self):
            pass

        def sendto(self, data, _):
            sent.append(data)

        def recv(self, _):
            number = len(sent)
            old = raw.message(28, b"old", sequence=99)
            refused = raw.message(2, struct.pack("=i", -2), sequence=number)
            return old + (raw.message(28, HEAD + b"yes", sequence=number) if number == 1 else refused)

    monkeypatch.setattr(netlink.socket, "socket", lambda *_: Kernel())
    with Netlink(16) as asked:
        assert asked.ask(28, b"body") == HEAD + b"yes"
        with pytest.raises(FileNotFoundError):
            asked.ask(28, b"body")
    assert struct.unpack_from("=IHH", sent[0]) == (20, 28, 1)


@pytest.mark.skipif(bool(why_not()), reason="needs namespaces")
def test_a_real_kernel_without_a_radio_tells_no_name():
    read = "from tshoot.host.linux.wifi_name import read_wifi_name; print(read_wifi_name('lo'))"
    done = subprocess.run(
        ["unshare", "-rn", sys.executable, "-c", read], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "None\n"


def test_what_macos_says():
    assert parse_summary(MAC) == "TMOBILE-12AB"
    assert parse_summary(MAC.replace("TMOBILE-12AB", "<redacted>")) is None
    assert parse_summary("") is None


def test_what_windows_says_of_the_adapter_in_use():
    assert parse_netsh(WINDOWS, "WLAN") == "Corner house: 2nd floor"
    assert parse_netsh(WINDOWS.replace("\n", "\r\n"), "WLAN") == "Corner house: 2nd floor"
    assert parse_netsh(WINDOWS, "WLAN 2") is None
    assert parse_netsh(WINDOWS, "WL") is None
    assert parse_netsh("", "WLAN") is None


def test_other_systems_tell_nothing():
    assert wifi_name("freebsd14", "wlan0") is None
