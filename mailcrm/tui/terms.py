"""The words for bands, states, kinds and roles, each with a sign so that colour is never needed to tell them apart.

Room: tui. In: the lower-case codes of the query rows. Out: `Term`s: sign (one cell), sentence, look of `RowList`. A code
that is not here is shown as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcrm.domain.purpose import PURPOSE_WORDS
from mailcrm.domain.words import Sentence, say

__all__ = [
    "BANDS",
    "CHANNELS",
    "DELIVERY",
    "FLAGS",
    "KINDS",
    "PARCELS",
    "PURPOSES",
    "REASONS",
    "REASON_NAMES",
    "ROLES",
    "STATES",
    "WARNINGS",
    "Term",
    "term",
]


@dataclass(frozen=True, slots=True)
class Term:
    """A code for people."""

    title: Sentence
    sign: str = " "
    look: str = ""


def term(table: dict[str, Term], code: str) -> Term:
    """Return the term of `code`."""
    return table.get(code) or Term(Sentence("{code}", {"code": code}))


BANDS = {
    "alarm": Term(say("Alarm"), "‼", "bad"),
    "complaint": Term(say("Complaints"), "⚑", "bad"),
    "broken": Term(say("Broken promises"), "✗", "bad"),
    "chased": Term(say("Chased by the customer"), "»", "bad"),
    "overdue": Term(say("Overdue"), "!", "bad"),
    "at_risk": Term(say("At risk"), "~", "warn"),
    "money": Term(say("Money dates"), "$", "warn"),
    "step": Term(say("Next steps"), "+", ""),
    "today": Term(say("Today"), "-", ""),
    "later": Term(say("Later"), ".", "muted"),
    "looks_finished": Term(
        say("Looks finished: the clock runs until somebody says that no reply is needed"), "✓", "muted"
    ),
    "unknown": Term(say("Unknown and cold"), "?", "muted"),
    "others": Term(say("Forwarders, banks and others"), "=", "muted"),
}

STATES = {
    "idle": Term(say("nothing is open"), "-", "muted"),
    "running": Term(say("the clock runs"), "-", ""),
    "at_risk": Term(say("at risk"), "~", "warn"),
    "overdue": Term(say("overdue"), "!", "bad"),
    "promised": Term(say("promised"), "›", "promise"),
    "promise_unconfirmed": Term(say("a promise, not confirmed"), "?", "promise"),
    "promise_at_risk": Term(say("the promise is at risk"), "~", "warn"),
    "promise_broken": Term(say("the promise is broken"), "✗", "bad"),
    "closed": Term(say("answered"), "✓", "good"),
    "waived": Term(say("no reply needed"), "✓", "muted"),
    "void": Term(say("void"), "-", "muted"),
    "waiting": Term(say("we wait for them"), "-", "muted"),
    "nudge_due": Term(say("a nudge is due"), "+", ""),
    "nudged": Term(say("nudged, we wait"), "-", "muted"),
    "parked": Term(say("parked"), "z", "muted"),
    "failed": Term(say("the address failed"), "✗", "bad"),
}

FLAGS = {
    "chased": Term(say("chased"), "»", "bad"),
    "low": Term(say("in Cc"), "c", "muted"),
    "new_sender": Term(say("new"), "*", "accent"),
    "bounced": Term(say("bounced"), "✗", "bad"),
    "fraud": Term(say("fraud?"), "‼", "bad"),
    "junk": Term(say("in Junk"), "j", "warn"),
    "snoozed": Term(say("snoozed"), "z", "muted"),
    "silent": Term(say("unusually silent"), "s", "warn"),
    "away": Term(say("away"), "a", "muted"),
    "attachment": Term(say("file"), "@", "muted"),
    "external": Term(say("answered elsewhere"), "o", "muted"),
    "in_doubt": Term(say("sent? in doubt"), "?", "warn"),
    "scheduled": Term(say("reply waits, in time"), "›", "good"),
    "scheduled_late": Term(say("reply waits, too late"), "›", "bad"),
    "draft": Term(say("draft"), ".", "muted"),
    "seen_late": Term(say("seen late"), "l", "warn"),
    "routed_late": Term(say("passed on"), ">", "accent"),
    "adopted": Term(say("from before"), "<", "muted"),
    "future_date": Term(say("odd date"), "%", "muted"),
    "late": Term(say("late"), "!", "bad"),
    "arrived_while_you_wrote": Term(say("came meanwhile"), "&", "accent"),
    "begin_quote": Term(say("asks for a price"), "$", "accent"),
    "begin_sample": Term(say("asks for samples"), "#", "accent"),
    "begin_order": Term(say("orders"), "^", "accent"),
}

KINDS = {
    "human": Term(say("written by a person")),
    "auto_reply": Term(say("automatic reply")),
    "auto_generated": Term(say("sent by a program")),
    "bounce_hard": Term(say("not delivered")),
    "bounce_soft": Term(say("delivery is delayed")),
    "receipt": Term(say("read receipt")),
    "bulk": Term(say("newsletter or mass mail")),
    "courier": Term(say("courier's notice")),
    "calendar": Term(say("calendar entry")),
    "internal": Term(say("among ourselves")),
    "platform_inquiry": Term(say("inquiry from a platform")),
    "spam": Term(say("spam")),
}

PURPOSES = {purpose.value: Term(words) for purpose, words in PURPOSE_WORDS.items()}

WARNINGS = {
    "bidi": Term(say("characters that turn the reading order"), "!", "warn"),
    "zero_width": Term(say("characters that can't be seen"), "!", "warn"),
    "display_name_spoof": Term(say("the name is another address"), "!", "bad"),
    "reply_to_mismatch": Term(say("answers go to another domain"), "!", "warn"),
    "lookalike_domain": Term(say("the domain imitates another one"), "!", "bad"),
    "bank_details": Term(say("a bank account stands in the text"), "!", "warn"),
}

ROLES = {
    "customer": Term(say("customer")),
    "prospect": Term(say("prospect")),
    "agent": Term(say("agent")),
    "unknown": Term(say("not known yet")),
    "supplier": Term(say("supplier")),
    "forwarder": Term(say("forwarder")),
    "bank": Term(say("bank")),
    "inspection": Term(say("inspection company")),
    "authority": Term(say("authority")),
    "platform": Term(say("platform")),
    "other": Term(say("other party")),
}

REASONS = {
    "price": Term(say("price: being calculated")),
    "factory": Term(say("factory: being asked")),
    "sample": Term(say("sample: being made or found")),
    "documents": Term(say("documents: being prepared")),
    "other": Term(say("something else")),
}

REASON_NAMES = {
    "price": say("price"), "factory": say("factory"), "sample": say("sample"), "documents": say("documents"), "other": say("other"),
}  # fmt: skip

CHANNELS = {
    "phone": Term(say("on the phone")),
    "whatsapp": Term(say("on WhatsApp")),
    "wechat": Term(say("on WeChat")),
    "platform": Term(say("in a platform's chat")),
    "fax": Term(say("by fax")),
    "fair": Term(say("at a fair")),
    "visit": Term(say("on a visit")),
    "other": Term(say("some other way")),
}

PARCELS = {
    "shipped": Term(say("on its way"), "›", ""),
    "exception": Term(say("trouble on the way"), "✗", "bad"),
    "delivered": Term(say("delivered"), "✓", "good"),
    "in_transit": Term(say("on its way"), "›", ""),
}

DELIVERY = {
    "draft": Term(say("draft"), ".", "muted"),
    "held": Term(say("can be taken back"), "~", "warn"),
    "queued": Term(say("about to leave"), "›", ""),
    "sending": Term(say("is being sent"), "›", ""),
    "sent": Term(say("sent"), "✓", "good"),
    "deferred": Term(say("server says later"), "~", "warn"),
    "failed": Term(say("failed"), "✗", "bad"),
    "in_doubt": Term(say("sent? in doubt"), "?", "warn"),
    "bounced": Term(say("came back"), "✗", "bad"),
    "cancelled": Term(say("taken back"), "-", "muted"),
}
