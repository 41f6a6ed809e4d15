"""Which browsers this computer has, and how old they are, read from files. No foreign program is run.

A version that no file tells is empty: the browser is there, its age is not known.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tshoot.host.browser_files import (
    newest_version,
    numbers,
    parse_application_ini,
    parse_dpkg_status,
    parse_info_plist,
    parse_snap_yaml,
)
from tshoot.host.files import read_text

NAMES: Mapping[str, str] = {
    "chrome": "Google Chrome",
    "chromium": "Chromium",
    "edge": "Microsoft Edge",
    "brave": "Brave",
    "firefox": "Firefox",
    "firefox-esr": "Firefox ESR",
    "safari": "Safari",
}
"""The browsers that are looked for, by id."""

_FIREFOX_LINUX = (
    "usr/lib/firefox",
    "usr/lib64/firefox",
    "usr/lib/firefox-esr",
    "opt/firefox",
    "snap/firefox/current/usr/lib/firefox",
    "var/lib/flatpak/app/org.mozilla.firefox/current/active/files/lib/firefox",
)
_FLATPAK = "var/lib/flatpak/app"


@dataclass(frozen=True, slots=True)
class InstalledBrowser:
    """One browser. ``version`` is dotted numbers, empty where no file tells it."""

    id: str
    version: str

    @property
    def name(self) -> str:
        """What people call it."""
        return NAMES[self.id]


@dataclass(frozen=True, slots=True)
class _OnLinux:
    """Where a Chromium-based browser is found on Linux; paths without the leading slash."""

    id: str
    programs: tuple[str, ...]
    package: str
    profile: str
    snap: str = ""
    flatpak: str = ""


_CHROMIUM_LINUX = (
    _OnLinux("chrome", ("opt/google/chrome/chrome",), "google-chrome-stable", "google-chrome", "",
             "com.google.Chrome"),
    _OnLinux("chromium", ("usr/lib/chromium/chromium", "usr/lib64/chromium-browser/chromium-browser"),
             "chromium", "chromium", "chromium", "org.chromium.Chromium"),
    _OnLinux("edge", ("opt/microsoft/msedge/msedge",), "microsoft-edge-stable", "microsoft-edge", "",
             "com.microsoft.Edge"),
    _OnLinux("brave", ("opt/brave.com/brave/brave",), "brave-browser", "BraveSoftware/Brave-Browser", "brave",
             "com.brave.Browser"),
)  # fmt: skip
_APPS_MACOS = {
    "Google Chrome": "chrome",
    "Chromium": "chromium",
    "Microsoft Edge": "edge",
    "Brave Browser": "brave",
    "Firefox": "firefox",
    "Safari": "safari",
}
_FOLDERS_WINDOWS = {
    "Google/Chrome/Application": "chrome",
    "Chromium/Application": "chromium",
    "Microsoft/Edge/Application": "edge",
    "BraveSoftware/Brave-Browser/Application": "brave",
}


def installed_browsers(
    platform: str, root: Path, home: Path, environ: Mapping[str, str] = os.environ
) -> tuple[InstalledBrowser, ...]:
    """Every known browser, each version once. ``platform`` is a value of ``sys.platform``.

    ``root`` is where the file system begins, ``home`` the person's folder. Never raises; on systems that
    are not Linux, macOS or Windows nothing is found.
    """
    readers = {"linux": _on_linux, "darwin": _on_macos, "win32": _on_windows}
    reader = readers.get(platform)
    found = reader(root, home, environ) if reader else iter(())
    return tuple(dict.fromkeys(found))


def _on_linux(root: Path, home: Path, environ: Mapping[str, str]) -> Iterator[InstalledBrowser]:
    del environ
    places = [root / place for place in _FIREFOX_LINUX]
    places.append(home / ".local/share/flatpak/app/org.mozilla.firefox/current/active/files/lib/firefox")
    yield from _firefoxes(places)
    packages = parse_dpkg_status(
        _text(root / "var/lib/dpkg/status"), [each.package for each in _CHROMIUM_LINUX]
    )
    for each in _CHROMIUM_LINUX:
        if any(_exists(root / program) for program in each.programs):
            version = packages.get(each.package) or _pacman(root, each.package)
            yield InstalledBrowser(each.id, version or _last_run(home / ".config" / each.profile))
        if each.snap and _exists(root / "snap" / each.snap / "current"):
            snap = _text(root / "snap" / each.snap / "current/meta/snap.yaml")
            yield InstalledBrowser(each.id, parse_snap_yaml(snap))
        if each.flatpak and _exists(root / _FLATPAK / each.flatpak):
            profile = home / ".var/app" / each.flatpak / "config" / each.profile
            yield InstalledBrowser(each.id, _last_run(profile))


def _on_macos(root: Path, home: Path, environ: Mapping[str, str]) -> Iterator[InstalledBrowser]:
    del environ
    for folder in (root / "Applications", home / "Applications"):
        for app, browser in _APPS_MACOS.items():
            contents = folder / f"{app}.app" / "Contents"
            if browser == "firefox":
                yield from _firefoxes([contents / "Resources"])
            elif _exists(contents):
                yield InstalledBrowser(browser, parse_info_plist(_content(contents / "Info.plist")))


def _on_windows(root: Path, home: Path, environ: Mapping[str, str]) -> Iterator[InstalledBrowser]:
    usual = {"ProgramFiles": root / "Program Files", "ProgramFiles(x86)": root / "Program Files (x86)"}
    usual["LOCALAPPDATA"] = home / "AppData" / "Local"
    folders = dict.fromkeys(Path(environ.get(name) or place) for name, place in usual.items())
    for folder in folders:
        yield from _firefoxes([folder / "Mozilla Firefox"])
        for inside, browser in _FOLDERS_WINDOWS.items():
            version = newest_version(_names(folder / inside))
            if version:
                yield InstalledBrowser(browser, version)


def _firefoxes(places: Iterable[Path]) -> Iterator[InstalledBrowser]:
    for place in places:
        text = _text(place / "application.ini")
        if text:
            version, esr = parse_application_ini(text)
            yield InstalledBrowser("firefox-esr" if esr else "firefox", version)


def _pacman(root: Path, package: str) -> str:
    prefix = f"{package}-"
    names = [name.removeprefix(prefix) for name in _names(root / "var/lib/pacman/local")
             if name.startswith(prefix)]  # fmt: skip
    return next((numbers(name) for name in names if numbers(name)), "")


def _last_run(profile: Path) -> str:
    """The version that last used this profile: Chromium-based browsers note it when they start."""
    return numbers(_text(profile / "Last Version"))


def _text(path: Path) -> str:
    try:
        return read_text(path)
    except OSError:
        return ""


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(1024 * 1024)
    except OSError:
        return b""


def _names(folder: Path) -> list[str]:
    try:
        return sorted(found.name for found in folder.iterdir())
    except OSError:
        return []


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
