"""What a session checked, as a target again."""

from __future__ import annotations

from tshoot.session.model import Aim
from tshoot.session.resume import CannotGoOn
from tshoot.target import Target, TargetError, parse_target


def target_of(aim: Aim) -> Target:
    """The target of a session that goes on. Raises :class:`CannotGoOn` where it is no target (any more)."""
    from tshoot.catalog.services import resolve_target, shipped_services

    if aim.service:
        if aim.service not in shipped_services():
            raise CannotGoOn(f"The service '{aim.service}' that was checked does not exist any more.")
        return resolve_target(aim.service)
    if not aim.host:
        return resolve_target(None)
    host = f"[{aim.host}]" if ":" in aim.host else aim.host
    try:
        return parse_target(f"https://{host}:{aim.port}{aim.path}")
    except TargetError as error:
        raise CannotGoOn(f"What was checked can't be checked again. {error}") from None
