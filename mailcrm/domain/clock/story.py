"""The story of a thread, in sentences that a manager accepts: one line per consequence of an event.

Room: domain. In: what `turns.replay` and `states.story_at` found. Out: `Line`s, and `localise` to write their instants
for a zone. The names that `Line.event` may have are listed in `turns`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from mailcrm.domain.clock.account import Deadline, Line
from mailcrm.domain.clock.drafts import Draft
from mailcrm.domain.clock.ledger import (
    AnsweredElsewhere,
    DueMoved,
    MailArrived,
    MailBounced,
    MailSent,
    TurnWaived,
)
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.clock.spoken import stamp
from mailcrm.domain.message import Kind
from mailcrm.domain.words import Sentence, active_language, say

__all__ = [
    "AMONG_OURSELVES",
    "AUTOMATIC",
    "NOT_REACHED",
    "NO_CUSTOMER",
    "address_failed",
    "date_in_future",
    "deadline_neared",
    "deadline_passed",
    "delivery_delayed",
    "due_moved",
    "ignored",
    "kind_rule",
    "localise",
    "localised",
    "nothing_open",
    "promise_ignored",
    "promise_supposed",
    "promised",
    "reply_undelivered",
    "seen_late",
    "strange_bounce",
    "turn_closed",
    "turn_extended",
    "turn_opened",
    "turn_reopened",
    "turn_voided",
    "unseen",
]

NO_CUSTOMER = say("Only mail of customers, prospects, agents and senders not yet known starts the reply clock.")
AMONG_OURSELVES = say("A mail among ourselves answers nobody.")
NOT_REACHED = say("Only a mail that goes to the customer's side answers the customer.")
AUTOMATIC = say("A mail that was sent automatically never answers a customer.")

_UNTOUCHED = say("The clock is untouched.")
_STARTS = say("A customer's oldest unanswered mail starts the clock.")
_UNSEEN = say("An answer covers what its writer had in view; what arrived later is not answered by it.")
_MACHINE = say("A mail that a machine wrote neither starts nor stops the clock.")
_KIND_RULES = {
    Kind.AUTO_REPLY: say("An automatic reply or out-of-office note neither starts nor stops the clock."),
    Kind.RECEIPT: say("A read receipt neither starts nor stops the clock."),
    Kind.BULK: say("A newsletter or other mass mail starts no clock."),
    Kind.COURIER: say("A courier's notice starts no clock."),
    Kind.CALENDAR: say("A calendar answer neither starts nor stops the clock."),
    Kind.INTERNAL: AMONG_OURSELVES,
    Kind.HUMAN: say("A stranger who only offers something of his own starts no clock."),
    Kind.SPAM: say("Spam starts no clock."),
}
_CLOSED = {
    ("met", ""): say("Answered by {by}, in time: it was due {due}."),
    ("late", ""): say("Answered by {by}, too late: it was due {due}."),
    ("met", "kept"): say("Answered by {by}: told in time, and the promise for {until} was kept."),
    ("met", "broken"): say("Answered by {by}: told in time, but a promise was broken (the last one was for {until})."),
    ("late", "kept"): say("Answered by {by}: told too late (due {due}), the promise for {until} was kept."),
    ("late", "broken"): say(
        "Answered by {by}: told too late (due {due}), and a promise was broken (the last one was for {until})."
    ),
}


def kind_rule(kind: Kind) -> Sentence:
    """Return the rule by which a mail of `kind` touches no clock."""
    return _KIND_RULES.get(kind, _MACHINE)


def ignored(at: datetime, key: str, rule: Sentence) -> Line:
    """Return the line of a mail that touches no clock by `rule`."""
    return Line(at, "MailIgnored", key, rule, _UNTOUCHED)


def turn_opened(at: datetime, draft: Draft, policy: Policy, *, second: bool) -> Line:
    """Return the line of the mail that starts a clock; `second`: after a holding reply.

    It tells the deadline as it was then: what moved it later has a line of its own.
    """
    mail, terms = draft.mails[0], draft.terms(policy)
    if draft.moves:
        return Line(
            at,
            "TurnOpened",
            mail.key,
            _STARTS,
            say("To be answered before {due}, by the rule that held then.", due=draft.moves[0].before),
        )
    values = {"due": terms.due, "terms": terms.rule}
    rule = _STARTS
    effect = say("To be answered before {due} ({terms}), or the customer told by then when.", **values)
    if mail.low:
        rule = say("A mail that has us only in Cc starts a clock of low weight.")
    if mail.adopted:
        rule = say("What was forgotten before mailcrm and is taken up runs with its true age, outside the figures.")
    if mail.routed_at is not None:
        rule = say("A mail that a colleague passed on counts from when it reached our house, a week before at most.")
        effect = say("Passed on {routed}; to be answered before {due} ({terms}).", routed=mail.routed_at, **values)
    if not mail.asks:
        rule = say("A mail that asks nothing starts a clock too: only a person may say that no reply is needed.")
        effect = say("It looks finished; unless somebody says so, it is due {due} ({terms}).", **values)
    if second:
        rule = say("A new question after our holding reply has a clock of its own.")
    if draft.late:
        rule = _UNSEEN
        effect = say("It arrived while the answer was written: it has its own clock, due {due} ({terms}).", **values)
    return Line(at, "TurnOpened", mail.key, rule, effect)


def due_moved(move: DueMoved) -> Line:
    """Return the line of a deadline that moved, with what moved it."""
    rule = say("An open deadline follows the rule that holds for its customer, and each move is written down.")
    values = {"cause": Sentence.from_json(move.cause), "before": move.before, "after": move.after, "by": move.by}
    effect = say("Due {after} instead of {before}: {cause}.", **values)
    if move.by:
        effect = say("Due {after} instead of {before}, by {by}: {cause}.", **values)
    return Line(move.at, "DueMoved", move.turn, rule, effect)


def seen_late(mail: MailArrived) -> Line:
    """Return the line of a mail that lay on the server while nobody asked for it."""
    rule = say("The clock runs from the arrival, even while the mail server is out of reach; that is reported apart.")
    late = timedelta(seconds=mail.seen_late)
    effect = say("First seen {hours} h after it arrived.", hours=f"{late / timedelta(hours=1):.1f}")
    return Line(mail.at + late, "SeenLate", mail.key, rule, effect)


def turn_extended(at: datetime, mail: MailArrived, draft: Draft, due: datetime) -> Line:
    """Return the line of a further mail in an open turn."""
    if draft.promised_until is not None:
        rule = say("After our holding reply, a mail that asks nothing changes nothing.")
        return Line(at, "TurnExtended", mail.key, rule, say("Still promised for {until}.", until=draft.promised_until))
    rule = say("Further mail joins the open turn; the clock keeps running from the oldest.")
    effect = say("{count} mails wait for one answer, still due {due}.", count=len(draft.mails), due=due)
    return Line(at, "TurnExtended", mail.key, rule, effect)


def date_in_future(mail: MailArrived, header: datetime) -> Line:
    """Return the line of a mail whose `Date:` header lies in the future."""
    rule = say("The date that a sender writes is shown, never trusted: the arrival counts.")
    effect = say("It is dated {header} but arrived {arrival}; that is its time.", header=header, arrival=mail.at)
    return Line(mail.at, "DateInFuture", mail.key, rule, effect)


def turn_voided(draft: Draft) -> Line:
    """Return the line of a turn whose mails were all reclassified."""
    rule = say("A mail that a person has set to another kind starts no clock.")
    effect = say("The turn is void and counts in no report.")
    return Line(draft.ended_at or draft.anchor, "TurnVoided", draft.ended_by, rule, effect)


def turn_closed(event: MailSent | AnsweredElsewhere, draft: Draft, policy: Policy) -> Line:
    """Return the line of a full answer."""
    rule = say("Our answer to the customer stops the clock of everything that its writer had in view.")
    if isinstance(event, AnsweredElsewhere):
        rule = say("An answer on another channel ({channel}) stops the clock as a mail does.", channel=event.channel)
    elif event.external:
        rule = say("An answer found in the Sent folder counts from the time at which it was sent.")
    template = _CLOSED[draft.first_touch(policy), draft.promise()]
    values = {"by": event.by, "due": draft.due(policy), "until": draft.promised_until}
    return Line(event.at, "TurnClosed", event.key, rule, Sentence(template.msgid, values))


def promised(sent: MailSent, draft: Draft, policy: Policy) -> Line:
    """Return the line of a holding reply: the first touch, a new estimate in time, or one after a broken promise."""
    until, count, most = draft.promised_until, len(draft.promises) - 1, policy.promise_extensions
    if count == 0:
        rule = say("A holding reply with an estimate is a first touch; from then on its promise is the deadline.")
        effect = say("Told in time; promised for {until}.", until=until)
        if draft.first_touch(policy) == "late":
            effect = say("Told too late, which stays on record; promised for {until}.", until=until)
        return Line(sent.at, "PromiseMade", sent.key, rule, effect)
    rule = say("A new estimate before the promised hour moves the promise.")
    effect = say("Extension {count} of at most {most}: promised for {until}.", count=count, most=most, until=until)
    if count > most:
        rule = say("A promise is extended {most} times at most; after that a manager decides.", most=most)
        effect = say("Extension {count}, one for the manager: promised for {until}.", count=count, until=until)
        if sent.agreed_by:
            values = {"count": count, "by": sent.agreed_by, "until": until}
            effect = say("Extension {count}, agreed by {by}: promised for {until}.", **values)
    if draft.promise() == "broken":
        rule = say("A broken promise stays on record, whatever is promised after it.")
    return Line(sent.at, "PromiseExtended", sent.key, rule, effect)


def promise_ignored(sent: MailSent, estimate: datetime) -> Line:
    """Return the line of a holding reply that left after the instant that it promises."""
    rule = say("A promise lies in the future when it is sent.")
    effect = say("It promised {until}, which had passed when it was sent: the clock runs on.", until=estimate)
    return Line(sent.at, "PromiseIgnored", sent.key, rule, effect)


def promise_supposed(sent: MailSent, until: datetime) -> Line:
    """Return the line of a reply that seems only to promise an answer."""
    rule = say("A reply that only promises is no answer yet: a person is asked whether it was.")
    effect = say(
        "“{sentence}”: taken as a promise for {until}, until somebody says so.", sentence=sent.promise, until=until
    )
    return Line(sent.at, "PromiseSupposed", sent.key, rule, effect)


def nothing_open(event: MailSent | AnsweredElsewhere | TurnWaived) -> Line:
    """Return the line of an answer or a decision while nothing waits for one."""
    rule = say("An answer stops the clocks that are running; none was.")
    return Line(event.at, event.name, event.key, rule, _UNTOUCHED)


def unseen(sent: MailSent, due: datetime) -> Line:
    """Return the line of an answer that was begun before the turn's oldest mail arrived."""
    return Line(sent.at, sent.name, sent.key, _UNSEEN, say("That mail still waits, due {due}.", due=due))


def reply_undelivered(sent: MailSent, due: datetime) -> Line:
    """Return the line of a reply that came back from everybody on the customer's side."""
    rule = say("A reply counts only when it reaches somebody on the customer's side.")
    return Line(sent.at, "ReplyUndelivered", sent.key, rule, say("It came back; still due {due}.", due=due))


def turn_reopened(bounce: MailBounced, failed: str, due: datetime) -> Line:
    """Return the line of the bounce after which nobody is left who got the reply."""
    rule = say(
        "When our reply fails for everybody on the customer's side, the clock goes on as if it had not been sent."
    )
    effect = say("Not delivered to {failed}: open again, due {due} as before.", failed=failed, due=due)
    return Line(bounce.at, "TurnReopened", bounce.key, rule, effect)


def address_failed(bounce: MailBounced, failed: str) -> Line:
    """Return the line of a bounce that reopens nothing, with the mend; `failed` is "" where the report names nobody."""
    rule = say("A failed address reopens a turn only when nobody else on the customer's side was answered.")
    effect = say("Not delivered to {failed}: correct the address in the file.", failed=failed)
    if not failed:
        effect = say("The report names no address: ask the recipients whether the mail came.")
    return Line(bounce.at, "AddressFailed", bounce.key, rule, effect)


def strange_bounce(bounce: MailBounced) -> Line:
    """Return the line of a bounce whose mail is not on this thread."""
    rule = say("A bounce of a mail that answered nothing on this thread reopens nothing.")
    return Line(bounce.at, bounce.name, bounce.key, rule, _UNTOUCHED)


def delivery_delayed(bounce: MailBounced) -> Line:
    """Return the line of a soft bounce."""
    rule = say("A delayed delivery is no failure: the customer's server may still accept the mail.")
    return Line(bounce.at, "DeliveryDelayed", bounce.key, rule, _UNTOUCHED)


def deadline_neared(deadline: Deadline, at: datetime) -> Line:
    """Return the line of the instant from which a deadline is at risk."""
    if deadline.promise:
        rule = say("A promise is at risk in the last hours before it.")
        return Line(at, "PromiseNeared", deadline.turn, rule, say("Promised for {until}.", until=deadline.at))
    rule = say("An unanswered turn is at risk in the last hours before its deadline.")
    return Line(at, "DeadlineNeared", deadline.turn, rule, say("Due {due}.", due=deadline.at))


def deadline_passed(deadline: Deadline, at: datetime) -> Line:
    """Return the line of a deadline that passed unmet; `at` is later than it where it was moved into the past."""
    if deadline.promise:
        rule = say("A promise is broken at the promised instant.")
        effect = say("Promised for {until}, and not answered by then.", until=deadline.at)
        return Line(at, "PromiseBroken", deadline.turn, rule, effect)
    rule = say("An unanswered turn is overdue from its deadline on.")
    return Line(at, "DeadlinePassed", deadline.turn, rule, say("Overdue since {due}.", due=deadline.at))


def localise(line: Line, zone: str) -> Line:
    """Return `line` with its instants written for `zone` in the active language: "Wed 25 November 17:00"."""
    return replace(line, rule=localised(line.rule, zone), effect=localised(line.effect, zone))


def localised(sentence: Sentence, zone: str) -> Sentence:
    """Return `sentence` with its instants written for `zone` in the active language."""
    return Sentence(sentence.msgid, {name: _local_value(value, zone) for name, value in sentence.values.items()})


def _local_value(value: object, zone: str) -> object:
    if isinstance(value, Sentence):
        return localised(value, zone)
    return stamp(value, zone, active_language()) if isinstance(value, datetime) else value
