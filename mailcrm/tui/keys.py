"""Every key of the TUI: id, default keys, action and what it does.

Room: tui. Widgets and screens take their bindings from these tables, `?` and the hint line read the titles, the palette
runs the actions, and `config/keymap.toml` remaps by id. A key may be a chord of two strokes: "g g".
"""

from __future__ import annotations

from mailcrm.domain.words import say
from mailcrm.tui.deal_keys import AWB_KEYS, BOARD_KEYS, DEAL_KEYS, FORM_KEYS, LOOK_KEYS, NARROW_KEYS
from mailcrm.tui.key import Key
from mailcrm.tui.writing_keys import COMPOSE_KEYS, HOLD_KEYS, MANY_KEYS, OFFER_KEYS, REVIEW_KEYS, TICK_KEYS

__all__ = [
    "ACCOUNT_KEYS",
    "APP_KEYS",
    "ASK_KEYS",
    "AWB_KEYS",
    "BOARD_KEYS",
    "CHOICE_KEYS",
    "COMPOSE_KEYS",
    "CUSTOMER_KEYS",
    "DEAL_KEYS",
    "EDIT_KEYS",
    "FORM_KEYS",
    "HEALTH_KEYS",
    "HOLD_KEYS",
    "LIST_KEYS",
    "LOOK_KEYS",
    "MANY_KEYS",
    "NARROW_KEYS",
    "NOTICE_KEYS",
    "OFFER_KEYS",
    "OUTBOX_KEYS",
    "REVIEW_KEYS",
    "SCOPES",
    "SEARCH_KEYS",
    "TEXT_KEYS",
    "THREAD_KEYS",
    "TICK_KEYS",
    "VERB_KEYS",
    "VIEWS",
    "VIEW_KEYS",
    "Key",
    "every_key",
]

LIST_KEYS = (
    Key("list.down", "j, down", "cursor_down", say("Next row")),
    Key("list.up", "k, up", "cursor_up", say("Previous row")),
    Key("list.page_down", "pagedown", "page(2)", say("A page down")),
    Key("list.page_up", "pageup", "page(-2)", say("A page up")),
    Key("list.half_down", "ctrl+d", "page(1)", say("Half a page down")),
    Key("list.half_up", "ctrl+u", "page(-1)", say("Half a page up")),
    Key("list.first", "g g, home", "first", say("First row")),
    Key("list.last", "G, end", "last", say("Last row")),
    Key("list.mark", "x, space", "mark", say("Mark the row; a verb then acts on all marked rows")),
    Key("list.open", "enter", "choose", say("Open the row"), say("open")),
)

TEXT_KEYS = (
    Key("text.down", "j, down", "scroll_down", say("A line down")),
    Key("text.up", "k, up", "scroll_up", say("A line up")),
    Key("text.page_down", "pagedown, space", "page_down", say("A page down")),
    Key("text.page_up", "pageup", "page_up", say("A page up")),
    Key("text.half_down", "ctrl+d", "half(1)", say("Half a page down")),
    Key("text.half_up", "ctrl+u", "half(-1)", say("Half a page up")),
    Key("text.first", "g g, home", "scroll_home", say("To the top")),
    Key("text.last", "G, end", "scroll_end", say("To the end")),
    Key("text.next", "J", "jump(1)", say("Next mail")),
    Key("text.previous", "K", "jump(-1)", say("Previous mail")),
)

VERB_KEYS = (
    Key("verb.reply", "r", "reply", say("Write a reply"), say("reply")),
    Key("verb.template", "R", "template", say("Reply with a template"), say("template")),
    Key("verb.hold", "h", "hold", say("Send a holding reply with an estimate"), say("hold")),
    Key("verb.waive", "n", "waive", say("No reply needed"), say("no reply")),
    Key(
        "verb.promised", "y", "promised", say("Yes to what the row asks: it promised, it answers this, we take it over")
    ),
    Key(
        "verb.no_promise",
        "Y",
        "no_promise",
        say("No to what the row asks: it was the answer, it answers something else, not ours"),
    ),
    Key("verb.finished", "F", "finished", say("Look through what looks finished: no reply needed to all of it")),
    Key("verb.done", "e", "done", say("Done with it"), say("done")),
    Key("verb.assign", "A", "assign", say("Give to a colleague")),
    Key("verb.snooze", "s", "snooze", say("Snooze: out of sight for a while")),
    Key("verb.wait", "w", "wait", say("Wait for their answer: how long, park it, or no more"), say("wait")),
    Key("verb.answered", "l", "answered", say("Answered elsewhere: phone, WhatsApp …"), say("elsewhere")),
    Key("verb.answered_too", "a", "answered_too", say("Our reply answered what came meanwhile, too")),
    Key("verb.log", "c l", "log", say("Log a call or a chat with this contact")),
    Key("verb.note", "c n", "note", say("Write a note")),
    Key("verb.task", "c t", "task", say("Write down a task")),
    Key("verb.sample", "c s", "deal('sample')", say("Make a sample of it")),
    Key("verb.quote", "c q", "deal('quote')", say("Make a quote of it")),
    Key("verb.order", "c o", "deal('order')", say("Make an order of it")),
    Key(
        "verb.inquiry",
        "c i",
        "inquiry",
        say("The inquiry: what is known of the customer's needs, and what is to be asked"),
    ),
    Key("verb.adopt", "c a", "adopt", say("Take up what was forgotten before mailcrm")),
    Key("verb.classify", "C", "classify", say("Say what kind of mail it is: the current one, or the newest")),
    Key("verb.purpose", "p", "purpose", say("Say what the mail is for: an order, a complaint, thanks …")),
    Key("verb.customer", "v", "customer", say("Show the customer: who they are, what is open, what was last said")),
    Key("verb.role", "P", "role", say("Say what this party is to us")),
    Key("verb.merge", "M", "merge", say("Make this thread one with another: the marked ones, or a probable one (~)")),
    Key("verb.split", "S", "split", say("Take a mail out of this thread, with what answers it")),
    Key("verb.same_company", "B", "same_company", say("Say that this company and another one are one")),
)

VIEWS = (
    ("now", "1", say("Now")),
    ("today", "2", say("Today")),
    ("waiting", "3", say("Waiting")),
    ("samples", "4", say("Samples")),
    ("quotes", "5", say("Quotes")),
    ("unknown", "6", say("Unknown")),
    ("before-you-leave", "7", say("Before leaving")),
    ("all", "8", say("All")),
)

VIEW_KEYS = (
    Key("view.next", "tab", "view_step(1)", say("Next view")),
    Key("view.previous", "shift+tab", "view_step(-1)", say("Previous view")),
    *(
        Key(f"view.{name.replace('-', '_')}", key, f"view('{name}')", say("View “{name}”", name=title))
        for name, key, title in VIEWS
    ),
)

APP_KEYS = (
    Key("app.explain", "?", "explain", say("Why is this due? And which keys are there?"), say("why, keys")),
    Key("app.undo", "u", "undo", say("Take back what you did last"), say("undo")),
    Key("app.search", "/", "search", say("Search all mail"), say("search")),
    Key("app.palette", "ctrl+p", "palette", say("Every verb, by name")),
    Key("app.outbox", "O", "outbox", say("Outgoing mail")),
    Key("app.notices", "N", "notices", say("What you were told of deadlines")),
    Key(
        "app.health", "D", "health", say("How things stand: accounts, outbox, who fetches and sends, and what to mend")
    ),
    Key("app.samples", "g s", "board('sample')", say("The board of samples")),
    Key("app.quotes", "g q", "board('quote')", say("The board of quotes")),
    Key("app.orders", "g o", "board('order')", say("The board of orders")),
    Key("app.inquiries", "g i", "board('inquiry')", say("The board of inquiries")),
    Key("app.parcels", "g p", "parcels", say("The parcels under way: look them up, all at once")),
    Key("app.account", "c m", "account", say("Add a mail account")),
    Key("app.team", "V", "team", say("The team: who has how much open, late and promised")),
    Key("app.sync", "ctrl+r", "sync", say("Fetch new mail now")),
    Key("app.language", "L", "language", say("Switch between English and Chinese")),
    Key("app.theme", "T", "theme", say("Switch between light and dark")),
    Key("app.themes", "g t", "themes", say("Choose how it looks: all themes")),
    Key("app.back", "q, escape", "back", say("Back; from the worklist: leave"), say("back")),
)

THREAD_KEYS = (
    Key("thread.open", "enter", "open", say("Open or fold the current mail"), say("open, fold")),
    Key("thread.all", "Z", "open_all", say("Open all mails, or fold the old ones again")),
    Key("thread.quotes", "z", "quotes", say("Show or fold quoted text"), say("quoted text")),
    Key(
        "thread.trust",
        "i",
        "trust",
        say("Where this mail came from: its head, its way, what to beware of"),
        say("head"),
    ),
    Key("thread.files", "@", "files", say("Look at, save or open the files"), say("files")),
    Key("thread.links", "o", "links", say("The links of this mail, and where they really lead"), say("links")),
    Key("thread.fetch", "W", "fetch", say("Fetch the rest of a mail of which only the head is here")),
    Key("thread.next_hit", "]", "hit(1)", say("To the next place of what was searched for")),
    Key("thread.previous_hit", "[", "hit(-1)", say("To the previous place of what was searched for")),
)

FILE_KEYS = (
    Key("files.save", "s", "save", say("Save the file"), say("save")),
    Key("files.open", "o", "open", say("Open the file, if it is nothing but something to look at"), say("open")),
    Key("files.leave", "escape, q", "leave", say("Back to the mail"), say("back")),
)

LINK_KEYS = (
    Key("links.copy", "y", "copy", say("Copy the link"), say("copy")),
    Key("links.open", "o", "open", say("Open the link in the browser"), say("open")),
    Key("links.leave", "escape, q", "leave", say("Back to the mail"), say("back")),
)

CHOICE_KEYS = (
    *(Key(f"choice.{number}", str(number), f"take({number})", say("Choose this line")) for number in range(1, 10)),
    Key("choice.language", "tab", "language", say("Another language"), say("language")),
    Key("choice.leave", "escape, q", "leave", say("Back without choosing"), say("back")),
)

ASK_KEYS = (
    Key("ask.next", "tab, down", "app.focus_next", say("Next field"), say("next")),
    Key("ask.previous", "shift+tab, up", "app.focus_previous", say("Previous field")),
    Key("ask.leave", "escape", "leave", say("Back"), say("back")),
)

CUSTOMER_KEYS = (Key("customer.other", "tab, shift+tab", "other", say("To the other column"), say("other column")),)

EDIT_KEYS = (
    Key("edit.save", "enter", "submit", say("Save the field"), say("save")),
    Key("edit.leave", "escape", "leave", say("Leave the field as it was"), say("leave it")),
)

ACCOUNT_KEYS = (
    Key("account.go", "enter", "go", say("Go on: what is missing, then the test, then keep it"), say("go on")),
    Key("account.provider", "ctrl+o", "provider", say("Choose the mail provider"), say("provider"), priority=True),
    Key("account.try", "ctrl+t", "try", say("Test the servers with what stands here"), say("test"), priority=True),
    Key(
        "account.keep",
        "ctrl+s",
        "keep",
        say("Keep the account as it stands, tested or not"),
        say("keep"),
        priority=True,
    ),
)

HEALTH_KEYS = (
    Key("health.test", "t", "test", say("Test this account's servers now"), say("test")),
    Key(
        "health.checks",
        "d",
        "checks",
        say("Look at everything: database, disk, templates and the rest"),
        say("all checks"),
    ),
)

SEARCH_KEYS = (
    Key("search.list", "down, tab", "into_list", say("To the results"), say("results")),
    Key("search.complete", "right", "complete", say("Complete the name of a filter"), say("complete")),
)

OUTBOX_KEYS = (
    Key("outbox.cancel", "c", "cancel", say("Don't send it"), say("don't send")),
    Key("outbox.retry", "r", "retry", say("Try again now"), say("try again")),
    Key("outbox.sent", "s", "resolve('sent')", say("It was sent: treat it as sent"), say("it was sent")),
    Key("outbox.resend", "a", "resolve('resend')", say("It was not sent: send it again"), say("send again")),
)

NOTICE_KEYS = (
    Key("notices.read", "e", "read", say("I have read it"), say("read")),
    Key("notices.read_all", "E", "read_all", say("I have read all of them"), say("all read")),
)

SCOPES: tuple[tuple[tuple[Key, ...], ...], ...] = (
    (LIST_KEYS, VERB_KEYS, VIEW_KEYS, APP_KEYS),
    (TEXT_KEYS, VERB_KEYS, THREAD_KEYS, APP_KEYS),
    (LIST_KEYS, OUTBOX_KEYS, APP_KEYS),
    (LIST_KEYS, NOTICE_KEYS, APP_KEYS),
    (LIST_KEYS, CUSTOMER_KEYS, APP_KEYS),
    (EDIT_KEYS,),
    (COMPOSE_KEYS,),
    (OFFER_KEYS,),
    (TICK_KEYS,),
    (HOLD_KEYS, MANY_KEYS),
    (LIST_KEYS, REVIEW_KEYS),
    (LIST_KEYS, CHOICE_KEYS),
    (LIST_KEYS, FILE_KEYS),
    (LIST_KEYS, LINK_KEYS),
    (SEARCH_KEYS,),
    (ASK_KEYS, ACCOUNT_KEYS),
    (ASK_KEYS, FORM_KEYS),
    (LIST_KEYS, BOARD_KEYS, tuple(key for key in APP_KEYS if key.id != "app.search")),
    (NARROW_KEYS,),
    (LIST_KEYS, DEAL_KEYS, APP_KEYS),
    (LOOK_KEYS,),
    (LIST_KEYS, AWB_KEYS, APP_KEYS),
    (LIST_KEYS, HEALTH_KEYS, APP_KEYS),
)
"""The tables that are alive together: inside one of them no key may mean two things."""


def every_key() -> dict[str, Key]:
    """Return all keys by id."""
    return {key.id: key for scope in SCOPES for table in scope for key in table}
