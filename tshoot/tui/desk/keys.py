"""Every key of the desk, declared once: bindings, key lines and help derive from here. Knows no Textual."""

from __future__ import annotations

from tshoot.tui.key import ANSWER, LOOK, PAGE, PROGRAM, Key, choose_key, move_key

TABLE, CALL_GROUP, TICKET_GROUP = "Calls", "This call", "The ticket"

_PROGRAM = (
    Key("desk.theme", "ctrl+t", "app.next_theme", "", "the next theme: dark, light, high contrast", PROGRAM),
    Key("desk.picture", "ctrl+s", "app.picture", "", "save a picture of this screen (SVG)", PROGRAM),
    Key("desk.help", "question_mark", "keys", "Help", "this page", PROGRAM, rank=90),
    Key(
        "desk.leave", "ctrl+c", "", "", "leave at once; everything shown as done is kept", PROGRAM, fixed=True
    ),
)

_HOME = (
    Key("desk.open", "enter", "", "", "open the call under the cursor; so does a click", TABLE, fixed=True),
    Key("desk.new", "n", "new", "New call", "begin a new call", TABLE, rank=95),
    Key("desk.take-over", "o", "take_over", "Take over", "take the call over and open it", TABLE, rank=80),
    Key("desk.close", "x", "close", "Close", "end the call with an outcome", TABLE, rank=60),
    Key("desk.delete", "delete", "delete", "", "delete the call with everything in it", TABLE),
    Key(
        "desk.search", "slash", "search", "Search", "search in labels, notes, steps and causes", LOOK, rank=85
    ),
    Key("desk.search-end", "escape", "search_end", "End search", "forget the words again", LOOK, rank=99),
    Key("desk.filter", "f", "filter", "Filter", "whose, which state, which service", LOOK, rank=75),
    Key("desk.mine", "m", "mine", "Mine", "only my calls, or everybody's again", LOOK, rank=70),
    Key("desk.all", "a", "all", "All", "ended calls too, or only open ones again", LOOK, rank=65),
    Key("desk.older", "right_square_bracket", "turn(1)", "", "the next page of older calls", LOOK),
    Key("desk.newer", "left_square_bracket", "turn(-1)", "", "the page of newer calls before", LOOK),
    Key("desk.statistics", "s", "statistics", "Statistics", "what the stored calls come to", LOOK, rank=55),
    Key("desk.refresh", "r", "refresh", "", "look for changes now, not in a few seconds", LOOK),
)
_QUIT = (Key("desk.quit", "q", "app.quit", "Quit", "close the desk", PROGRAM, rank=100),)
HOME = (*_HOME, *_PROGRAM, *_QUIT)
"""The keys of the table."""

_CALL = (
    choose_key("choose what the caller says; 0 is the tenth"),
    move_key("move to another answer; enter takes it, a click does too"),
    Key("call.cannot", "c", "cannot", "Can't now", "the caller can't do that now", ANSWER, rank=70),
    Key("call.back", "b", "back", "Back", "one step back, to change an answer", ANSWER, rank=80),
    Key("call.path", "p", "path", "Path", "the way so far; go back to any answer of it", LOOK, rank=50),
    Key("call.why", "w", "why", "Why", "why this is asked, and how the evidence was judged", LOOK, rank=55),
    Key(
        "call.read-on",
        "space,pagedown",
        "read_on(1)",
        "Read on",
        "read on, where the text is longer than the screen",
        LOOK,
        rank=65,
        priority=True,
    ),
    Key("call.read-back", "pageup", "read_on(-1)", "", "read the text before", LOOK, priority=True),
    Key(
        "call.evidence",
        "e",
        "evidence",
        "Evidence",
        "take in a code or a file of the caller's",
        CALL_GROUP,
        rank=85,
    ),
    Key("call.note", "n", "note", "Note", "write a note, with the time and the step", CALL_GROUP, rank=75),
    Key("call.label", "l", "label", "", "call the caller something else in the table", CALL_GROUP),
    Key("call.ticket", "t", "ticket", "Ticket", "the ticket: read, copy, save, send", CALL_GROUP, rank=78),
    Key(
        "call.hand-over", "h", "hand_over", "Hand over", "give the call to another agent", CALL_GROUP, rank=60
    ),
    Key("call.take-over", "o", "take_over", "Take over", "take the call over", CALL_GROUP, rank=95),
    Key("call.close", "x", "close", "Close", "end the call with an outcome", CALL_GROUP, rank=72),
    Key("call.reopen", "a", "reopen", "Open again", "go on with an ended call", CALL_GROUP, rank=72),
)
_LEAVE = (
    Key(
        "call.leave",
        "escape,q",
        "leave",
        "Table",
        "back to the table; the call stays open",
        PROGRAM,
        rank=100,
    ),
)
CALL = (*_CALL, *_PROGRAM, *_LEAVE)
"""The keys of a call."""

TICKET = (
    Key("ticket.copy", "c", "copy", "Copy", "copy it to the clipboard (asks first)", TICKET_GROUP, rank=90),
    Key("ticket.save", "s", "save", "Save", "save it as a file", TICKET_GROUP, rank=85),
    Key("ticket.send", "p", "send", "Send", "send it to the webhook that is set", TICKET_GROUP, rank=80),
    Key("ticket.format", "f", "format", "Format", "Markdown, HTML, JSON or text", TICKET_GROUP, rank=75),
    Key(
        "ticket.private",
        "v",
        "private",
        "Private data",
        "with private data, or without it again",
        TICKET_GROUP,
        rank=70,
    ),
    *PAGE,
)
"""The keys of the ticket's page."""

STATISTICS = (
    Key("statistics.span", "d", "span", "Other days", "the last 7 or 30 days, or all", LOOK, rank=90),
    *PAGE,
)
"""The keys of the statistics' page."""

FORM = (
    Key("form.close", "escape", "dismiss(None)", "Close", "leave it", LOOK, rank=100),
    Key("form.keep", "ctrl+s,f2", "keep", "Done", "take what is filled in", CALL_GROUP, rank=90),
)
"""The keys of a small window with several fields."""

EVERY_DESK = (*_HOME, *_CALL, *TICKET, *STATISTICS, *FORM, *_PROGRAM, *_QUIT, *_LEAVE)
"""All of them, in the order in which a key line shows them."""
