"""The keys under which mails are written: the composer, holding replies, one and many.

Room: tui. A part of the tables of `keys`.
"""

from __future__ import annotations

from mailcrm.domain.words import say
from mailcrm.tui.key import Key

__all__ = [
    "COMPOSE_KEYS",
    "HOLD_KEYS",
    "MANY_KEYS",
    "OFFER_KEYS",
    "REVIEW_KEYS",
    "TICK_KEYS",
]

COMPOSE_KEYS = (
    Key("compose.send", "ctrl+s", "send", say("Send, with time to take it back"), say("send"), priority=True),
    Key("compose.template", "ctrl+t", "pick", say("Choose a template"), say("template"), priority=True),
    Key("compose.later", "ctrl+n", "later", say("Send it later"), say("later"), priority=True),
    Key(
        "compose.ticks",
        "ctrl+g",
        "ticks",
        say("To the customer's questions, and what else it answers"),
        say("questions"),
        priority=True,
    ),
    Key(
        "compose.until",
        "ctrl+l",
        "until",
        say("Until when? Make it a holding reply, or an answer again"),
        say("until when"),
        priority=True,
    ),
    Key("compose.attach", "ctrl+f", "attach", say("Attach files"), say("file"), priority=True),
    Key("compose.editor", "ctrl+e", "editor", say("Write in your own editor ($EDITOR)"), say("editor"), priority=True),
    Key("compose.draft", "ctrl+o", "leave", say("Keep as a draft and close"), say("keep as draft"), priority=True),
    Key("compose.discard", "ctrl+b", "discard", say("Throw the draft away"), say("throw away"), priority=True),
    Key("compose.leave", "escape", "leave", say("Close; what you typed is kept as a draft"), say("close")),
)

OFFER_KEYS = (
    Key("offer.down", "down", "offer(1)", say("The people who fit; the next one"), say("next")),
    Key("offer.up", "up", "offer(-1)", say("The one before")),
    Key("offer.take", "tab, enter", "take", say("Take this one; else the next field"), say("take")),
    Key("offer.leave", "escape", "close", say("None of them"), say("none of them")),
)

TICK_KEYS = (
    Key("tick.down", "j, down", "cursor_down", say("Next line")),
    Key("tick.up", "k, up", "cursor_up", say("Previous line")),
    Key("tick.mark", "space, x, enter", "mark", say("Tick the line, or take the tick away"), say("tick")),
    Key("tick.leave", "escape, q", "leave", say("Back to the text"), say("back to the text")),
)

HOLD_KEYS = (
    *(Key(f"hold.{number}", str(number), f"reason({number})", say("Choose this reason")) for number in range(1, 6)),
    Key("hold.estimate", "tab", "estimate", say("Change the estimate"), say("estimate")),
    Key("hold.send", "enter", "send", say("Send it"), say("send")),
    Key("hold.leave", "escape, q", "leave", say("Back without sending"), say("back")),
)

MANY_KEYS = (
    Key("many.leave_out", "x, space", "leave_out", say("Leave this one out, or take it in again"), say("leave out")),
    Key("many.change", "c", "change", say("Change this one only"), say("change")),
)

REVIEW_KEYS = (Key("review.leave", "escape, q", "leave", say("Back, and nothing is done"), say("back")),)
