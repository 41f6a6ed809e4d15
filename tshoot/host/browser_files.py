"""What browsers leave in files that tells their version. Pure: text in, version out; nothing is run."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_NUMBERS = re.compile(r"\d+(?:\.\d+)*")
_VERSION_FOLDER = re.compile(r"\d+(?:\.\d+){3}")
_DEBIAN_FIELD = re.compile(r"^(Package|Status|Version): (.*)$", re.MULTILINE)


def parse_application_ini(text: str) -> tuple[str, bool]:
    """Firefox's ``application.ini``: its version, and whether the file names the long-lived ESR line.

    The version is empty where there is none.
    """
    found = re.search(r"^Version=(\S+)", text, re.MULTILINE)
    marked = re.search(r"^(?:RemotingName|SourceRepository|Name|CodeName)=.*\besr", text, re.MULTILINE | re.I)
    version = numbers(found[1]) if found else ""
    return version, marked is not None or (found is not None and "esr" in found[1])


def parse_dpkg_status(text: str, packages: Collection[str]) -> dict[str, str]:
    """The versions of those ``packages`` that dpkg's status file calls installed."""
    versions: dict[str, str] = {}
    for name in packages:
        start = re.search(rf"^Package: {re.escape(name)}$", text, re.MULTILINE)
        if start is None:
            continue
        fields = dict(_DEBIAN_FIELD.findall(text[start.start() :].partition("\n\n")[0]))
        if fields.get("Status", "").endswith(" installed"):
            versions[name] = numbers(fields.get("Version", "").rpartition(":")[2])
    return versions


def parse_info_plist(content: bytes) -> str:
    """``CFBundleShortVersionString`` of an app's property list; empty where it can't be read."""
    import plistlib
    from xml.parsers.expat import ExpatError

    try:
        document = plistlib.loads(content)
    except (plistlib.InvalidFileException, ExpatError, ValueError):
        return ""
    version = document.get("CFBundleShortVersionString") if isinstance(document, dict) else None
    return numbers(version) if isinstance(version, str) else ""


def parse_snap_yaml(text: str) -> str:
    """The version in a snap's ``meta/snap.yaml``; empty where there is none."""
    found = re.search(r"^version:\s*['\"]?(\S+)", text, re.MULTILINE)
    return numbers(found[1]) if found else ""


def newest_version(names: Iterable[str]) -> str:
    """The highest of the folder names that are versions of four numbers; empty without any."""
    versions = [name for name in names if _VERSION_FOLDER.fullmatch(name)]
    return max(versions, key=lambda name: [int(part) for part in name.split(".")], default="")


def numbers(text: str) -> str:
    """The leading numbers of a version text (``140.3.0esr`` gives ``140.3.0``); empty without any."""
    found = _NUMBERS.match(text.strip())
    return found[0] if found and len(found[0]) <= 40 else ""
