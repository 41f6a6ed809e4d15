"""Installed browsers, read from files laid out as each system lays them out."""

import plistlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.host.browser_files import (
    newest_version,
    numbers,
    parse_application_ini,
    parse_dpkg_status,
    parse_info_plist,
    parse_snap_yaml,
)
from tshoot.host.browsers import InstalledBrowser, installed_browsers

DPKG = """\
Package: chromium
Status: deinstall ok config-files
Version: 120.0.6099.224-1~deb12u1

Package: google-chrome-stable
Status: install ok installed
Maintainer: somebody
Version: 151.0.7922.34-1
Description: a browser
 Version: 1 in a description

Package: google-chrome-stable-helper
Status: install ok installed
Version: 9.9
"""


def put(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def found(platform, tmp_path, files, environ=None):
    put(tmp_path, files)
    browsers = installed_browsers(platform, tmp_path, tmp_path / "home", environ or {})
    return [(each.id, each.version) for each in browsers]


def test_firefox_tells_its_version_and_its_line():
    assert parse_application_ini("[App]\nName=Firefox\nVersion=153.0.1\n") == ("153.0.1", False)
    assert parse_application_ini("[App]\nVersion=140.3.0\nRemotingName=firefox-esr\n") == ("140.3.0", True)
    assert parse_application_ini("[App]\nVersion=128.9.0esr\n") == ("128.9.0", True)
    assert parse_application_ini("not what was expected") == ("", False)


def test_dpkg_counts_only_what_is_installed():
    assert parse_dpkg_status(DPKG, ["google-chrome-stable", "chromium", "brave-browser"]) == {
        "google-chrome-stable": "151.0.7922.34"
    }


def test_an_epoch_is_no_part_of_the_version():
    text = "Package: chromium\nStatus: install ok installed\nVersion: 2:150.0.7871.100-1\n"
    assert parse_dpkg_status(text, ["chromium"]) == {"chromium": "150.0.7871.100"}


def test_folders_are_compared_as_numbers():
    assert newest_version(["99.0.4844.51", "151.0.7922.34", "SetupMetrics", "151.0"]) == "151.0.7922.34"
    assert newest_version([]) == ""


def test_an_odd_property_list_gives_nothing():
    assert parse_info_plist(b"bplist00 broken") == ""
    assert parse_info_plist(plistlib.dumps(["a list"])) == ""
    assert parse_info_plist(plistlib.dumps({"CFBundleShortVersionString": 7})) == ""


@given(st.binary(max_size=200))
def test_no_property_list_raises(content):
    assert isinstance(parse_info_plist(content), str)


@given(st.text(max_size=200))
def test_no_text_raises_and_versions_are_only_numbers(text):
    versions = [parse_application_ini(text)[0], parse_snap_yaml(text), numbers(text), newest_version([text])]
    assert all(set(version) <= set("0123456789.") or not version.isascii() for version in versions)


def test_linux_in_all_its_ways(tmp_path):
    assert found(
        "linux",
        tmp_path,
        {
            "usr/lib/firefox-esr/application.ini": "[App]\nVersion=140.12.0\nRemotingName=firefox-esr\n",
            "snap/firefox/current/usr/lib/firefox/application.ini": "[App]\nVersion=153.0\n",
            "opt/google/chrome/chrome": b"\x7fELF",
            "var/lib/dpkg/status": DPKG,
            "opt/microsoft/msedge/msedge": b"\x7fELF",
            "home/.config/microsoft-edge/Last Version": "150.0.4078.48",
            "usr/lib/chromium/chromium": b"\x7fELF",
            "var/lib/pacman/local/chromium-150.0.7871.100-1/desc": "",
            "opt/brave.com/brave/brave": b"\x7fELF",
        },
    ) == [
        ("firefox-esr", "140.12.0"),
        ("firefox", "153.0"),
        ("chrome", "151.0.7922.34"),
        ("chromium", "150.0.7871.100"),
        ("edge", "150.0.4078.48"),
        ("brave", ""),
    ]


def test_linux_flatpak_and_snap(tmp_path):
    assert found(
        "linux",
        tmp_path,
        {
            "snap/chromium/current/meta/snap.yaml": "name: chromium\nversion: '151.0.7922.34'\n",
            "var/lib/flatpak/app/com.google.Chrome/current": "",
            "home/.var/app/com.google.Chrome/config/google-chrome/Last Version": "149.0.1.2",
        },
    ) == [("chrome", "149.0.1.2"), ("chromium", "151.0.7922.34")]


def test_a_profile_left_behind_is_no_browser(tmp_path):
    assert found("linux", tmp_path, {"home/.config/google-chrome/Last Version": "90.0.1.2"}) == []


def test_macos(tmp_path):
    plist = plistlib.dumps({"CFBundleShortVersionString": "26.6"})
    assert found(
        "darwin",
        tmp_path,
        {
            "Applications/Safari.app/Contents/Info.plist": plist,
            "Applications/Firefox.app/Contents/Resources/application.ini": "[App]\nVersion=153.0\n",
            "home/Applications/Google Chrome.app/Contents/Info.plist": plist,
        },
    ) == [("firefox", "153.0"), ("safari", "26.6"), ("chrome", "26.6")]


def test_windows_by_its_version_folders(tmp_path):
    files = {
        "Program Files/Google/Chrome/Application/150.0.7871.100/chrome.dll": b"MZ",
        "Program Files/Google/Chrome/Application/151.0.7922.34/chrome.dll": b"MZ",
        "Program Files (x86)/Microsoft/Edge/Application/151.0.4079.65/msedge.dll": b"MZ",
        "Program Files/Mozilla Firefox/application.ini": "[App]\nVersion=153.0\n",
        "home/AppData/Local/BraveSoftware/Brave-Browser/Application/151.1.84.1/brave.dll": b"MZ",
    }
    assert found("win32", tmp_path, files) == [
        ("firefox", "153.0"),
        ("chrome", "151.0.7922.34"),
        ("edge", "151.0.4079.65"),
        ("brave", "151.1.84.1"),
    ]


def test_windows_folders_come_from_the_environment(tmp_path):
    files = {"elsewhere/Mozilla Firefox/application.ini": "[App]\nVersion=153.0\n"}
    environ = {"ProgramFiles": str(tmp_path / "elsewhere")}
    assert found("win32", tmp_path, files, environ) == [("firefox", "153.0")]


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32", "sunos5"])
def test_an_empty_computer_has_none(platform, tmp_path):
    assert found(platform, tmp_path, {}) == []


def test_what_people_call_it():
    assert InstalledBrowser("edge", "").name == "Microsoft Edge"
