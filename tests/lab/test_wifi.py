"""The client's cable shown as Wi-Fi: the file is one the program reads, and the rest of /proc is there."""

import subprocess

import pytest

from tests.lab.test_lab import inside
from tests.lab.wifi import wireless
from tshoot.host.linux.wireless import parse_wireless


def test_the_file_is_one_that_the_program_reads() -> None:
    assert parse_wireless(wireless("eth0", -84)) == {"eth0": -84}


def seen(*words: str) -> subprocess.CompletedProcess[str]:
    return inside("wifi-weak-but-fine", "shell", *words)


@pytest.mark.lab
@pytest.mark.usefixtures("lab_stands")
def test_the_client_sees_a_radio_and_the_rest_of_proc() -> None:
    done = seen(
        "sh", "-c", "cat /proc/net/wireless /sys/class/net/eth0/uevent; head -c 20 /proc/self/cmdline"
    )
    assert "-84." in done.stdout
    assert "DEVTYPE=wlan" in done.stdout
    assert "head" in done.stdout
    assert done.stderr == ""


@pytest.mark.lab
@pytest.mark.usefixtures("lab_stands")
def test_the_program_reads_it_as_wifi() -> None:
    done = seen("python", "-m", "tshoot", "probe", "link", "--json")
    assert '"kind": "wifi"' in done.stdout
    assert '"signal_dbm": -84' in done.stdout
