"""Runs the desk's program until the agent closes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tshoot.config.settings import Config
    from tshoot.desk.webhook import Webhook
    from tshoot.flow.model import Flow
    from tshoot.redaction import Rules
    from tshoot.session.store import Store


def run_desk(
    store: Store,
    flows: Mapping[str, Flow],
    agent: str,
    offered: str,
    webhook: Webhook | None,
    config: Config,
    *,
    rules: Rules,
    remember: bool,
) -> int:
    """Open the desk; returns the exit code. Blocks until it is closed.

    Where ``agent`` is empty the name is asked for, ``offered`` stands there (empty: one has to be typed), and
    it is kept for the next start if ``remember``. ``rules`` say what is private.
    """
    from tshoot.desk.courier import Courier
    from tshoot.desk.desk import Desk
    from tshoot.desk.outbox import StoreOutbox
    from tshoot.tui.desk.app import DeskApp

    desk = Desk(store, flows, agent, rules=rules, remember=remember)
    courier = Courier(StoreOutbox(store), webhook) if webhook is not None else None
    app = DeskApp(desk, courier, config, ask_name=None if agent else offered)
    code = app.run()
    return app.return_code or 1 if code is None else code
