"""Whose sessions they are: this user at this computer, without saying who that is."""

from __future__ import annotations

from tshoot.paths import data_folder


def origin_here() -> str:
    """The same text at every start here, another one elsewhere; nothing can be read from it.

    Sessions of the wizard are offered again only where they began, also where many computers share a store.
    """
    import getpass
    import hashlib
    import platform

    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name
        user = ""
    told = "\0".join((platform.node(), user, str(data_folder().absolute())))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
