"""The keys of samples, quotes and orders: boards, pages, forms, parcels, and the look before a mail leaves.

Room: tui. A part of the tables of `keys`.
"""

from __future__ import annotations

from mailcrm.domain.words import say
from mailcrm.tui.key import Key

__all__ = [
    "AWB_KEYS",
    "BOARD_KEYS",
    "DEAL_KEYS",
    "FORM_KEYS",
    "LOOK_KEYS",
    "NARROW_KEYS",
]

BOARD_KEYS = (
    Key("board.left", "h, left", "column(-1)", say("To the stage before; in the list: fold the stage")),
    Key("board.right", "l, right", "column(1)", say("To the next stage; in the list: unfold it"), say("stages")),
    Key(
        "board.next",
        "tab",
        "noun_step(1)",
        say("The next board: samples, quotes, orders, inquiries"),
        say("next board"),
    ),
    Key("board.previous", "shift+tab", "noun_step(-1)", say("The board before")),
    Key("board.1", "1", "noun(1)", say("The board of samples")),
    Key("board.2", "2", "noun(2)", say("The board of quotes")),
    Key("board.3", "3", "noun(3)", say("The board of orders")),
    Key("board.4", "4", "noun(4)", say("The board of inquiries")),
    Key("board.narrow", "/", "narrow", say("Only the cards with these words"), say("narrow")),
    Key("board.over", "a", "over", say("Also those that are over, or no more"), say("also over")),
    Key("board.thread", "t", "thread", say("Open its conversation"), say("conversation")),
)

NARROW_KEYS = (
    Key("narrow.into", "enter, down", "submit", say("To what is left"), say("to the cards")),
    Key("narrow.leave", "escape", "leave", say("Without the words again"), say("all again")),
)

DEAL_KEYS = (
    *(Key(f"deal.{number}", str(number), f"form({number})", say("Do this")) for number in range(1, 10)),
    Key(
        "deal.other",
        "tab, shift+tab",
        "other",
        say("To the other column; in one list: to the next part"),
        say("next part"),
    ),
    Key("deal.thread", "t", "thread", say("Open its conversation"), say("conversation")),
    Key(
        "deal.inquiry",
        "c i",
        "inquiry",
        say("The inquiry: what is known of the customer's needs, and what is to be asked"),
    ),
    Key("deal.write", "r", "write", say("Look at the mail that stands ready, and send it")),
    Key("deal.save", "s", "save", say("Save the kept file"), say("save file")),
    Key(
        "deal.open", "o", "open", say("Open the kept file, if it is nothing but something to look at"), say("open file")
    ),
)

AWB_KEYS = (
    Key("awb.copy", "y", "copy", say("Copy the waybill number, or those of the marked parcels"), say("copy")),
    Key("awb.copy_all", "Y", "copy_all", say("Copy all waybill numbers"), say("copy all")),
    Key("awb.open", "o", "open", say("Open the courier's page in the browser"), say("track")),
    Key("awb.delivered", "d", "status('delivered')", say("It was delivered"), say("delivered")),
    Key("awb.way", "w", "status('in_transit')", say("It is on its way"), say("on its way")),
    Key("awb.customs", "c", "status('exception')", say("Customs hold it"), say("customs")),
    Key("awb.signed", "s", "signed", say("It was delivered, and this person signed for it"), say("signed by")),
    Key("awb.paste", "p", "paste", say("Paste a table of waybills and what became of them"), say("paste")),
)

FORM_KEYS = (
    Key("form.done", "ctrl+s", "done", say("Done: do it with these answers"), say("do it"), priority=True),
    Key("form.choose", "ctrl+o", "choose", say("Choose among the answers"), say("choose"), priority=True),
)

LOOK_KEYS = (
    Key("look.go", "enter", "go", say("Yes, let it leave"), say("let it leave")),
    Key("look.leave", "escape, q", "leave", say("Back, and nothing is done"), say("back")),
)
