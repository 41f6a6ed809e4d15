"""How a run is to go about earlier sessions: what it offers, what it goes on with, whether it is kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GoingOn:
    """``keep``: record this run. ``flow``: offer only sessions of this flow; empty: of any.

    ``aimed``: offer only those of the same target. ``session``: go on with this one, without a question.
    ``address`` is that of the store (:mod:`tshoot.session.address`). ``keep_days``: what is older is deleted
    from a store of one's own.
    """

    keep: bool = False
    flow: str = ""
    aimed: bool = False
    session: str = ""
    address: str | None = None
    keep_days: int = 90

    @property
    def may_offer(self) -> bool:
        """False where there can be no earlier session, which is known without opening a store."""
        from tshoot.session.address import default_file

        return self.keep and (self.address is not None or default_file().exists())


NOTHING_KEPT = GoingOn()
"""A run that offers nothing and leaves nothing."""
