from pathlib import Path

import pytest

from tshoot.host.linux.desktop_proxy import desktop_proxies, parse_gsettings, parse_kioslaverc
from tshoot.host.model import Proxy
from tshoot.host.proxy_env import ProxySettings

GNOME = """\
org.gnome.system.proxy autoconfig-url 'http://wpad.example/proxy.pac'
org.gnome.system.proxy ignore-hosts ['localhost', '127.0.0.0/8', '::1']
org.gnome.system.proxy mode 'manual'
org.gnome.system.proxy use-same-proxy true
org.gnome.system.proxy.ftp host ''
org.gnome.system.proxy.ftp port 0
org.gnome.system.proxy.http authentication-password 'secret'
org.gnome.system.proxy.http host 'proxy.example'
org.gnome.system.proxy.http port 8080
org.gnome.system.proxy.https host ''
org.gnome.system.proxy.https port 0
org.gnome.system.proxy.socks host 'socks.example'
org.gnome.system.proxy.socks port 1080
"""
KDE = """\
[$Version]
update_info=x

[Proxy Settings]
NoProxyFor=localhost,.home.example
Proxy Config Script=http://wpad.example/proxy.pac
ProxyType=1
httpProxy[$e]=http://user:secret@proxy.example 8080
httpsProxy=
socksProxy=socks://socks.example 1080

[Other]
ProxyType=0
"""


def test_gnome_by_hand():
    found = parse_gsettings(GNOME)
    assert found.proxies == (
        Proxy("http", "http://proxy.example:8080", "GNOME settings"),
        Proxy("all", "socks5://socks.example:1080", "GNOME settings"),
    )
    assert found.no_proxy == ("localhost", "127.0.0.0/8", "::1")


def test_gnome_by_script_and_off():
    script = Proxy("pac", "http://wpad.example/proxy.pac", "GNOME settings")
    assert parse_gsettings(GNOME.replace("'manual'", "'auto'")).proxies == (script,)
    assert parse_gsettings(GNOME.replace("'manual'", "'none'")) == ProxySettings()
    assert parse_gsettings("") == ProxySettings()


def test_kde_by_hand_script_and_off():
    found = parse_kioslaverc(KDE)
    assert found.proxies == (
        Proxy("http", "http://proxy.example:8080", "KDE settings"),
        Proxy("all", "socks://socks.example:1080", "KDE settings"),
    )
    assert found.no_proxy == ("localhost", ".home.example")
    script = parse_kioslaverc(KDE.replace("ProxyType=1", "ProxyType=2"))
    assert script.proxies == (Proxy("pac", "http://wpad.example/proxy.pac", "KDE settings"),)
    assert parse_kioslaverc(KDE.replace("ProxyType=1", "ProxyType=0")) == ProxySettings()


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home whose gsettings answers with the sample and leaves a mark when it was asked."""
    tool = tmp_path / "bin" / "gsettings"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\ntouch {tmp_path}/asked\ncat {tmp_path}/answer\n")
    tool.chmod(0o755)
    (tmp_path / "answer").write_text(GNOME)
    (tmp_path / ".config/dconf").mkdir(parents=True)
    monkeypatch.setenv("PATH", f"{tool.parent}:/usr/bin:/bin")
    return tmp_path


SESSION = {"XDG_CURRENT_DESKTOP": "ubuntu:GNOME", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/none"}


def test_gsettings_is_asked_where_the_database_mentions_proxies(home):
    (home / ".config/dconf/user").write_bytes(b"GVariant\0system/\0proxy/\0mode")
    notes = []
    assert desktop_proxies(SESSION, home, notes).proxies[0].url == "http://proxy.example:8080"
    assert notes == []


@pytest.mark.parametrize(
    ("environment", "database"),
    [({}, b"proxy/"), ({"XDG_CURRENT_DESKTOP": "GNOME"}, b"proxy/"), (SESSION, b"nothing of the kind")],
)
def test_gsettings_is_not_asked_without_a_session_or_a_setting(home, environment, database):
    (home / ".config/dconf/user").write_bytes(database)
    assert desktop_proxies(environment, home, []) == ProxySettings()
    assert not Path(home / "asked").exists()


def test_kde_is_read_from_its_file(home):
    (home / ".config/kioslaverc").write_text(KDE)
    assert len(desktop_proxies({"XDG_CURRENT_DESKTOP": "KDE"}, home, []).proxies) == 2
    assert not (home / "asked").exists()
