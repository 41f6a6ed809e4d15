"""The commands of the palette: every flow, every answer to go back to, every probe, every service, the looks.

Imported when the palette is first opened. Every text is ``Content``: the palette would read a plain one as
markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tshoot.guide.model import WentBack
from tshoot.tui import themes
from tshoot.tui.keys import WIZARD
from tshoot.tui.safe import BESIDE, plain

if TYPE_CHECKING:
    from tshoot.tui.app import TshootApp
    from tshoot.tui.screens.wizard import WizardScreen

_NOT_HERE = {"palette", "choose", "move", "read-on", "read-back", "leave"}
"""Keys that make no sense as commands."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its words, what stands beside them, and what it does."""

    words: str
    beside: str
    run: Callable[[], Any]


class Commands(Provider):
    """Finds commands for the wizard screen below the palette."""

    async def discover(self) -> Hits:
        """What is listed before anything is typed: what the keys do."""
        for command in self._of_keys():
            yield DiscoveryHit(_shown(command), command.run, text=plain(command.words).plain)

    async def search(self, query: str) -> Hits:
        """The commands whose words fit ``query``."""
        matcher = self.matcher(query)
        for command in self._all():
            score = matcher.match(command.words)
            if score > 0:
                yield Hit(score, _shown(command), command.run, text=plain(command.words).plain)

    @property
    def _wizard(self) -> WizardScreen:
        return cast("WizardScreen", self.screen)

    def _all(self) -> Iterator[Command]:
        yield from self._of_keys()
        yield from self._way_back()
        yield from self._flows()
        yield from self._answers()
        yield from self._probes()
        if self._wizard.session.can_aim:
            yield from self._services()
        yield from self._themes()

    def _of_keys(self) -> Iterator[Command]:
        app = cast("TshootApp", self.app)
        for key in WIZARD:
            if key.action and key.id not in _NOT_HERE and self._allowed(key.action):
                words = key.help[0].upper() + key.help[1:]
                run = partial(self._wizard.run_action, key.action)
                yield Command(words, f"key {key.display(app.keymap)}", run)

    def _allowed(self, action: str) -> bool:
        return "." in action or self._wizard.check_action(action, ()) is not False

    def _way_back(self) -> Iterator[Command]:
        left = self._wizard.session.left
        if left is not None:
            yield Command(left.words, "the help you left", self._wizard.go_back)

    def _flows(self) -> Iterator[Command]:
        for name, flow in self._wizard.session.load_flows().flows.items():
            yield Command(flow.title, "get help with this", partial(self._wizard.turn_to, name))

    def _answers(self) -> Iterator[Command]:
        state = self._wizard.session.state
        for line in self._wizard.session.path(state) if state is not None else ():
            if line.position is not None:
                run = partial(self._wizard.send, WentBack(line.position))
                yield Command(f"Back to: {line.question or line.text}", line.text, run)

    def _probes(self) -> Iterator[Command]:
        session = self._wizard.session
        for name, spec in session.specs.items():
            if spec.battery or name in session.results:
                result = session.results.get(name)
                outcome = result.outcome if result is not None else "not measured yet"
                yield Command(f"Evidence: {spec.title}", outcome, partial(self._wizard.pages.evidence, name))

    def _services(self) -> Iterator[Command]:
        from tshoot.catalog.services import shipped_services

        for service in shipped_services().values():
            yield Command(f"Check {service.title}", service.host, partial(self._wizard.aim, service.target()))

    def _themes(self) -> Iterator[Command]:
        for name, title in themes.TITLES.items():
            yield Command(f"Theme: {title}", "the looks", partial(themes.choose, self.app, name))


def _shown(command: Command) -> Content:
    return Content.assemble(plain(command.words), "  ", plain(command.beside, BESIDE))
