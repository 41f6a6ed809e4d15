"""The two texts of a step beside each other; below each other where there is no room."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tshoot.tui.desk.texts import Side
from tshoot.tui.safe import plain
from tshoot.tui.widgets.numbered import NumberedList


class SideView(Vertical):
    """One text under its heading."""

    DEFAULT_CSS = """
    SideView { width: 1fr; height: auto; padding: 0 1; }
    SideView > * { height: auto; margin-bottom: 1; }
    SideView .heading { color: $text-accent; text-style: bold; }
    SideView .title { text-style: bold; }
    SideView .below { color: $text-muted; }
    SideView .empty { display: none; }
    """

    def __init__(self, heading: str, id: str) -> None:
        super().__init__(id=id)
        self._heading = heading

    def compose(self) -> ComposeResult:
        """The parts, in reading order."""
        yield Static(plain(self._heading), classes="heading")
        yield Static(classes="title empty")
        yield Static(classes="body empty")
        yield NumberedList()
        yield Static(classes="below empty")

    def show(self, side: Side) -> None:
        """Draw the text in place of the one before."""
        for name in ("title", "body", "below"):
            content: Content = getattr(side, name)
            part = self.query_one(f".{name}", Static)
            part.update(content)
            part.set_class(not content.plain.strip(), "empty")
        numbered = self.query_one(NumberedList)
        numbered.show(side.instructions)
        numbered.set_class(not side.instructions, "empty")


class ScriptView(VerticalScroll):
    """What to say, and what to know, as one text that scrolls."""

    DEFAULT_CSS = """
    ScriptView { height: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    ScriptView #notice { height: auto; padding: 0 1; color: $warning; }
    ScriptView #notice.empty { display: none; }
    ScriptView #sides { height: auto; layout: horizontal; }
    ScriptView #agent { border-left: vkey $primary; }
    """
    can_focus = False

    def compose(self) -> ComposeResult:
        """A line for what has just happened, then both texts."""
        yield Static(id="notice", classes="empty")
        with Container(id="sides"):
            yield SideView("Say to the caller", id="caller")
            yield SideView("For you", id="agent")

    def show(self, caller: Side, agent: Side, notice: str) -> None:
        """Draw a step; ``notice`` are lines about what somebody else did, or what went wrong."""
        line = self.query_one("#notice", Static)
        line.update(plain(notice))
        line.set_class(not notice.strip(), "empty")
        self.query_one("#caller", SideView).show(caller)
        self.query_one("#agent", SideView).show(agent)
