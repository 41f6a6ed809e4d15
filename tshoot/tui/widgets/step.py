"""One step: what it says, what to do, and the choices. Updated in place, never rebuilt."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tshoot.guide.following import Tick
from tshoot.guide.model import Finish, Prompt, Watch
from tshoot.guide.words import END_WORDS, HELP_WORDS
from tshoot.tui.safe import lines, plain
from tshoot.tui.widgets.address import AddressInput
from tshoot.tui.widgets.numbered import NumberedList
from tshoot.tui.widgets.watching import WatchView


class StepView(Vertical):
    """The step on the screen: its text scrolls, the choices below it always stay in sight."""

    DEFAULT_CSS = """
    StepView { padding: 1 2 0 2; }
    StepView #text { height: 1fr; scrollbar-size-vertical: 1; }
    StepView Static { height: auto; }
    StepView #notice { color: $text-accent; margin-bottom: 1; }
    StepView #title { text-style: bold; margin-bottom: 1; }
    StepView #body { margin-bottom: 1; }
    StepView #instructions, StepView #help, StepView #watching { margin-bottom: 1; }
    StepView OptionList, StepView OptionList:focus {
        height: auto; max-height: 10; border: none; padding: 0; margin: 1 0; background: transparent;
    }
    StepView #facts, StepView #why { color: $text-muted; margin-top: 1; }
    StepView .empty { display: none; }
    """

    def compose(self) -> ComposeResult:
        """The parts, in reading order."""
        with VerticalScroll(id="text", can_focus=False):
            for name in ("notice", "title", "body"):
                yield Static(id=name)
            yield NumberedList(id="instructions")
            yield WatchView(id="watching", classes="empty")
            for name in ("help", "facts", "why"):
                yield Static(id=name)
        yield AddressInput(id="typed")
        yield OptionList(id="choices")

    def show_prompt(self, prompt: Prompt, notice: str = "") -> None:
        """Draw a question, an action or a notice with its choices."""
        self._fill(
            notice=plain(notice),
            title=plain(prompt.title),
            body=plain(prompt.body),
            facts=plain(_facts(prompt)),
            why=plain(f"Why: {prompt.why}" if prompt.why else ""),
        )
        self._instructions(prompt.instructions)
        self._choices(prompt)
        self._typed(prompt)
        self.query_one("#text").scroll_home(animate=False)

    def show_busy(self, title: str, body: str, notice: str = "") -> None:
        """Draw that something is being measured."""
        self._fill(notice=plain(notice), title=plain(title), body=plain(body))
        self._clear_choices()

    def show_watch(self, watch: Watch, title: str, notice: str = "") -> None:
        """Draw that something is followed live, and the ways to end that by hand; none is preselected."""
        self._fill(
            notice=plain(notice),
            title=plain(f"Watching: {title}"),
            body=plain(watch.say or "You don't have to do anything. It goes on by itself."),
            why=plain(f"Why: {watch.why}" if watch.why else ""),
        )
        self.query_one(WatchView).begin(title)
        self._clear_choices()
        if watch.leave is not None:
            self._choices(watch.leave)
            # A second Enter for the step before must not end the watch.
            self.query_one(OptionList).highlighted = None

    def show_tick(self, tick: Tick) -> None:
        """Draw one more measurement of what is followed."""
        self.query_one(WatchView).add(tick)

    def show_finish(self, finish: Finish, notice: str = "") -> None:
        """Draw the end: what it was, what to do next, who can help now."""
        help_lines = [plain(f"• {HELP_WORDS[channel]}") for channel in finish.help]
        head = [plain("What you can do", "bold")] if help_lines else []
        self._fill(
            notice=plain(notice),
            title=plain(END_WORDS.get(finish.outcome, finish.outcome)),
            body=plain(finish.summary),
            help=lines(head + help_lines),
            facts=plain("b: go back   r: report   q: close"),
        )
        self._clear_choices()

    def read_on(self, pages: int) -> None:
        """Scroll the text by a page down or up."""
        text = self.query_one("#text")
        (text.scroll_page_down if pages > 0 else text.scroll_page_up)(animate=False)

    def choose(self, number: int) -> None:
        """Choose the option with this number, counted from 1; nothing where there is none."""
        choices = self.query_one(OptionList)
        if 0 < number <= choices.option_count:
            choices.highlighted = number - 1
            choices.action_select()

    def _fill(self, **parts: Content) -> None:
        self._instructions(())
        self.query_one(AddressInput).close()
        self.query_one(WatchView).set_class(True, "empty")
        for name in ("notice", "title", "body", "help", "facts", "why"):
            content = parts.get(name, Content(""))
            part = self.query_one(f"#{name}", Static)
            part.update(content)
            part.set_class(not content.plain.strip(), "empty")

    def _instructions(self, texts: tuple[str, ...]) -> None:
        numbered = self.query_one(NumberedList)
        numbered.show(texts)
        numbered.set_class(not texts, "empty")

    def _choices(self, prompt: Prompt) -> None:
        choices = self.query_one(OptionList)
        choices.set_options(
            Option(Content.assemble((f"{number} ", "bold"), plain(choice.label)), id=choice.id)
            for number, choice in enumerate(prompt.choices, 1)
        )
        choices.set_class(False, "empty")
        ids = [choice.id for choice in prompt.choices]
        # A step that can lose something is never preselected.
        preselected = prompt.risk != "destructive"
        earlier = ids.index(prompt.earlier) if prompt.earlier in ids else 0
        choices.highlighted = earlier if preselected else None
        choices.focus()

    def _typed(self, prompt: Prompt) -> None:
        """Open the line for an address, where one is wanted."""
        if prompt.kind == "address":
            self.query_one(AddressInput).open()

    def _clear_choices(self) -> None:
        choices = self.query_one(OptionList)
        choices.clear_options()
        choices.set_class(True, "empty")


def _facts(prompt: Prompt) -> str:
    facts = []
    if prompt.minutes:
        facts.append(f"Takes about {prompt.minutes:g} min.")
    if prompt.loses:
        facts.append(f"You may lose: {prompt.loses}")
    if prompt.undo:
        facts.append(f"To undo: {prompt.undo}")
    return "\n".join(facts)
