"""Every setting: its kind of value and what it is for. The file, the variables and the docs follow.

A new one is a field in :mod:`tshoot.config.settings` and an entry here, by the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tshoot.config.kinds import FILE, FLAG, FOLDERS, KEYS, STORE, TEXT, WEB_ADDRESS, Kind, one_of, whole
from tshoot.config.settings import THEMES

_LONGEST_KEPT = 36_500
"""Days; a hundred years is as good as for ever."""


class Setting(NamedTuple):
    """One setting. ``name`` is dotted, ``says`` is for the person, ``example`` is TOML as in a file."""

    name: str
    kind: Kind
    says: str
    example: str

    @property
    def section(self) -> str:
        """The table it stands in; empty at the top."""
        return self.name.rpartition(".")[0]

    @property
    def key(self) -> str:
        """Its name within the table."""
        return self.name.rpartition(".")[2]

    @property
    def variable(self) -> str:
        """The environment variable that overrides it."""
        return "TSHOOT_" + self.name.replace(".", "_").upper()


_ALL = (
    Setting(
        "service", TEXT, "What is checked when you name nothing: a service, a host or an address.", '"metro"'
    ),
    Setting("theme", one_of(*THEMES), f"The wizard's colors: {', '.join(THEMES)}.", '"light"'),
    Setting("reduced_motion", FLAG, "Nothing on the screen moves by itself.", "true"),
    Setting("plain", FLAG, "Lines of text instead of the wizard, for screen readers.", "true"),
    Setting("flows", FOLDERS, "Folders whose flows replace and add to the shipped ones.", '["~/our-flows"]'),
    Setting("keys", KEYS, "Other keys for the wizard, by what they do.", 'back = "backspace"'),
    Setting(
        "store.address",
        STORE,
        "Where sessions are kept: a file or a database address. Left out, a file in your own data folder.",
        '"postgresql+psycopg://desk@db.example.com/tshoot"',
    ),
    Setting("store.record", FLAG, "Keep sessions, so that you can go on later.", "true"),
    Setting("store.keep_days", whole(1, _LONGEST_KEPT), "How many days a session is kept.", "90"),
    Setting("desk.agent", TEXT, "Your name at the support desk.", '"Kim"'),
    Setting("desk.webhook", WEB_ADDRESS, "Where tickets are posted to.", '"https://desk.example.com/hook"'),
    Setting(
        "desk.webhook_secret_file",
        FILE,
        "The file with the secret that signs what is posted.",
        '"~/.config/tshoot/hook-secret"',
    ),
)

SETTINGS: Mapping[str, Setting] = {setting.name: setting for setting in _ALL}
"""Every setting by its dotted name, in the order of the file."""
