"""Where things lie: the shipped flows and catalogues, the person's own flows, what is kept between runs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

_PACKAGE = Path(__file__).parent


def flows_dir() -> Path:
    """The folder with the shipped flow files; its ``catalog`` folder holds causes and services."""
    shipped = _PACKAGE / "_flows"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "flows"


def catalog_file(name: str) -> Path:
    """A file of the shipped catalogue, for example ``causes.yaml``."""
    return flows_dir() / "catalog" / name


def own_flows_dir() -> Path:
    """Where the person keeps flows of their own; it need not exist."""
    from platformdirs import user_config_path

    return user_config_path("tshoot", appauthor=False) / "flows"


def flow_folders(extra: Sequence[Path] = ()) -> tuple[Path, ...]:
    """The folders of flows: shipped, the person's own, ``extra``. Flows of later ones come first."""
    own = own_flows_dir()
    return (flows_dir(), *([own] if own.is_dir() else []), *extra)


def from_home(text: str | Path) -> Path:
    """A path that was typed, ``~`` being a home folder. Where there is no such home it stays as it is: then
    there is no such file either, which is told.
    """
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def data_folder() -> Path:
    """Where records are kept: ``TSHOOT_DATA_DIR``, else the system's folder for the user's data."""
    own = os.environ.get("TSHOOT_DATA_DIR")
    if own:
        return Path(own)
    from platformdirs import user_data_path

    return user_data_path("tshoot", appauthor=False)


def own_redaction_file() -> Path:
    """Where the person keeps redaction rules of their own, beside the settings; it need not exist."""
    settings = os.environ.get("TSHOOT_CONFIG")
    if settings:
        return Path(settings).with_name("redaction.yaml")
    from platformdirs import user_config_path

    return user_config_path("tshoot", appauthor=False) / "redaction.yaml"
