"""Whether and where a run is kept, by the settings and what the command was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tshoot.cli.settings import settings

if TYPE_CHECKING:
    from tshoot.session.going import GoingOn


def going_on(
    *, keep: bool = True, flow: str = "", aimed: bool = False, session: str = "", address: str | None = None
) -> GoingOn:
    """What a run has to do with earlier sessions (:class:`GoingOn`); ``address`` wins over the setting."""
    from tshoot.session.going import GoingOn

    store = settings().store
    return GoingOn(
        keep=keep and store.record,
        flow=flow,
        aimed=aimed,
        session=session,
        address=address or store.address,
        keep_days=store.keep_days,
    )
