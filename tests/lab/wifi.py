"""Shows the client's cable as Wi-Fi: what the kernel would say of a radio, laid over /sys and /proc.

Namespaces have no radio. A kernel without wireless extensions has no /proc/net/wireless to lay a file over,
and the process file system takes no new ones. So /proc becomes a thin folder of links to the real one, but
for ``net``, which gets the file. What the radio costs on the way is the firewall's doing, as everywhere.
"""

from __future__ import annotations

from pathlib import Path

from tests.lab.namespaces import MS_BIND, MS_REC, RUN, mount

REAL_PROC = RUN / "proc"
_HEAD = """\
Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
 face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
"""


def show_wifi(adapter: str, signal: int) -> None:
    """Lay the files over those of the calling process's mount namespace. Raises OSError."""
    _device_type(adapter)
    thin = RUN / "proc-thin"
    for folder in (REAL_PROC, thin):
        folder.mkdir()
    mount("/proc", str(REAL_PROC), "none", MS_BIND | MS_REC)
    mount("tmpfs", str(thin), "tmpfs", data="mode=0755")
    _links(REAL_PROC, thin, skipped="net")
    (thin / "net").mkdir()
    _links(REAL_PROC / "self" / "net", thin / "net", skipped="wireless")
    (thin / "net" / "wireless").write_text(wireless(adapter, signal))
    mount(str(thin), "/proc", "none", MS_BIND)


def wireless(adapter: str, signal: int) -> str:
    """The file as the kernel writes it (net/wireless/wext-proc.c); the link's quality is out of 70."""
    quality = max(0, min(70, signal + 110))
    rest = "  -256        0      0      0      0      0        0"
    return f"{_HEAD}{adapter:>6}: 0000  {quality:>3}.  {signal:>3}.{rest}\n"


def _device_type(adapter: str) -> None:
    place = Path(f"/sys/class/net/{adapter}/uevent")
    shown = RUN / "uevent"
    shown.write_text(f"DEVTYPE=wlan\n{place.read_text()}")
    mount(str(shown), str(place.resolve()), "none", MS_BIND)


def _links(real: Path, thin: Path, skipped: str) -> None:
    for entry in real.iterdir():
        if entry.name != skipped and not entry.name.isdecimal():
            (thin / entry.name).symlink_to(entry)
