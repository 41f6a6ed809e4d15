"""The records on disk: one small JSON file per network in the user's data folder, the newest 20.

A file is replaced as a whole, so a reader or a second writer never meets half of one. It holds how this
computer was set up and what each probe ended in; no name of a site that was checked, and nothing in it is
ever contacted. What can't be read is skipped and named; what can't be written is named; nothing raises.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tshoot.diagnosis.changes import Network, Record, Way
from tshoot.diagnosis.reading import items_at, text_at, texts_at, value_at
from tshoot.text import display_text

SCHEMA = "tshoot.network/1"
KEPT = 20
"""How many networks are kept."""
_LARGEST = 64 * 1024
"""Bytes; a record is some 2 kB, so a larger file is none."""
_ABANDONED = 3600.0
"""Seconds after which a temporary file's writer is taken for dead."""


class NetworkStore:
    """The records of one folder. ``problems`` says in words what could not be read or written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "networks"
        self.problems: list[str] = []

    def records(self) -> tuple[Record, ...]:
        """Every readable record."""
        found = (self._record(path) for path in self._files(".json"))
        return tuple(record for record in found if record is not None)

    def remember(self, network: Network, outcomes: Mapping[str, str], now: datetime) -> None:
        """Keep ``network`` as it is at ``now`` with each probe's outcome; drop the oldest beyond 20."""
        document = {
            "schema": SCHEMA,
            "saved": now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "network": _document(network),
            "outcomes": dict(outcomes),
        }
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._replace(self.folder / _file_name(network.fingerprint), json.dumps(document))
            self._prune(now.timestamp())
        except OSError as error:
            self.problems.append(
                f"How this network looks while it works could not be kept in {self.folder}: {error.strerror}."
                " Set TSHOOT_DATA_DIR to a folder of yours, or give --no-history."
            )

    def _replace(self, path: Path, text: str) -> None:
        from tempfile import NamedTemporaryFile

        with NamedTemporaryFile("w", dir=self.folder, suffix=".tmp", delete=False, encoding="utf-8") as file:
            temporary = Path(file.name)
            try:
                file.write(text)
                file.close()
                temporary.replace(path)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise

    def _prune(self, now: float) -> None:
        by_age = sorted(self._files(".json"), key=_written, reverse=True)
        old = [path for path in self._files(".tmp") if now - _written(path) > _ABANDONED]
        for path in (*by_age[KEPT:], *old):
            with suppress(FileNotFoundError):
                path.unlink()

    def _files(self, suffix: str) -> list[Path]:
        try:
            return sorted(path for path in self.folder.iterdir() if path.suffix == suffix)
        except FileNotFoundError:
            return []
        except OSError as error:
            self._unread(self.folder, error)
            return []

    def _record(self, path: Path) -> Record | None:
        try:
            with path.open(encoding="utf-8") as file:
                return _record_of(json.loads(file.read(_LARGEST)))
        except FileNotFoundError:  # another process has just dropped it
            return None
        except (OSError, ValueError, RecursionError) as error:
            self._unread(path, error)
            return None

    def _unread(self, place: Path, error: Exception) -> None:
        reason = error.strerror if isinstance(error, OSError) else "not a record of tshoot"
        self.problems.append(f"What worked last time could not be read in {place}: {reason}.")


def _file_name(fingerprint: str) -> str:
    import hashlib

    return hashlib.sha256(fingerprint.encode("utf-8", "replace")).hexdigest()[:32] + ".json"


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _document(network: Network) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(network)


def _record_of(document: Any) -> Record:
    """The record in a document. Raises ValueError where it is none."""
    network, saved = value_at(document, "network"), text_at(document, "saved")
    if value_at(document, "schema") != SCHEMA or not isinstance(network, Mapping) or not saved:
        raise ValueError("no record")
    datetime.fromisoformat(saved)
    ipv6 = network.get("ipv6")
    return Record(
        saved=display_text(saved),
        network=Network(
            fingerprint=text_at(network, "fingerprint"),
            v4=_way(network, "v4"),
            v6=_way(network, "v6"),
            links=tuple(_pairs(network)),
            resolvers=_names(network, "resolvers"),
            tunnels=_names(network, "tunnels"),
            proxies=_names(network, "proxies"),
            defaults=_names(network, "defaults"),
            ipv6=ipv6 if isinstance(ipv6, bool) else None,
        ),
    )


def _way(network: Mapping[str, Any], key: str) -> Way | None:
    if not isinstance(network.get(key), Mapping):
        return None
    return Way(display_text(text_at(network, key, "adapter")), display_text(text_at(network, key, "gateway")))


def _names(network: Mapping[str, Any], key: str) -> tuple[str, ...] | None:
    if not isinstance(network.get(key), list):
        return None
    return tuple(display_text(text) for text in texts_at(network, key))


def _pairs(network: Mapping[str, Any]) -> list[tuple[str, str]]:
    pairs = [tuple(item) for item in items_at(network, "links") if isinstance(item, list) and len(item) == 2]
    return [(str(adapter), str(prefix)) for adapter, prefix in pairs]
