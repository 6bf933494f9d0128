"""What else happened to a thread: whose work it is, what was put out of sight, joined, parted, corrected and taken back.

Room: queries. None of it moves a deadline by itself, and a manager asks for all of it. Out: `Line`s for `explain`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from mailcrm.domain.clock.account import Account, Line
from mailcrm.domain.purpose import PURPOSE_WORDS, Purpose
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.records import ActionEntry, Message, Thread

__all__ = ["absences", "deeds", "history"]

_SUGGESTED = say("A sample, quote or order is begun with customers only.")
_RULES = {
    "assign": ("OwnerChanged", say("Whose work a thread is changes no deadline.")),
    "snooze": ("Snoozed", say("What is snoozed is back before its deadline is at risk, and with any new mail.")),
    "merge": (
        "ThreadsMerged",
        say("Mails of one conversation stand together, and the oldest unanswered one starts the clock."),
    ),
    "split": (
        "ThreadSplit",
        say("What a person parts from a thread has a clock of its own, from its own oldest mail."),
    ),
    "classify": (
        "MailReclassified",
        say("What kind of mail it is and what for, a person knows best; the clock follows."),
    ),
    "suggestion_closed": ("SuggestionClosed", _SUGGESTED),
    "suggestion_opened": ("SuggestionOpened", _SUGGESTED),
}
_DECISIONS = {
    "waive": say("no reply needed"),
    "answered": say("answered elsewhere"),
    "decide": say("what was said to a question of the list"),
    "answered_too": say("a reply answered this, too"),
    "log": say("a call or a chat"),
    "adopt": say("the thread was taken up"),
    "wait": say("how long we wait for them"),
}
_TAKEN_BACK = say("What a person takes back counts no more, and stays on record.")
_UNTOUCHED = say("The clock is untouched.")


def deeds(session: Session, thread_id: int) -> Iterator[Line]:
    """Return what people did with the thread itself; what they decided about its turns stands in the ledger."""
    for entry in _entries(session, thread_id):
        what = _DECISIONS.get(entry.verb)
        if entry.verb in _RULES:
            event, rule = _RULES[entry.verb]
            by_rule = entry.verb.startswith("suggestion_")
            what = Sentence.from_json(str(entry.after["reason"])) if by_rule else _effect(entry)
            about = f"m{entry.before['message']}" if entry.verb == "classify" else str(entry.after.get("message", ""))
            yield Line(entry.at, event, about, rule, what)
        if entry.undone_at is not None and what is not None:
            effect = say("Taken back by {by}: {what}", by=entry.actor, what=what)
            yield Line(entry.undone_at, "TakenBack", "", _TAKEN_BACK, effect)


def _entries(session: Session, thread_id: int) -> list[ActionEntry]:
    """Return the log of this thread, of threads that were merged into it, and of those that were parted from it."""
    own = col(ActionEntry.thread_id) == thread_id
    merged = session.exec(select(ActionEntry.before).where(own, col(ActionEntry.verb) == "merge"))
    gone = [before["gone"]["id"] for before in merged if isinstance(before["gone"], dict)]
    thread = session.get_one(Thread, thread_id)
    parted = select(Thread.id).where(col(Thread.split_from) == (thread.split_from or -1))
    splits = (col(ActionEntry.verb) == "split") & col(ActionEntry.thread_id).in_(parted)
    wanted = or_(col(ActionEntry.thread_id).in_([thread_id, *gone]), splits)
    rows = session.exec(
        select(ActionEntry)
        .where(wanted, col(ActionEntry.verb).in_([*_RULES, *_DECISIONS]))
        .order_by(col(ActionEntry.id))
    )
    return [row for row in rows if row.verb != "split" or thread_id in (row.thread_id, row.before["thread"])]


def _effect(entry: ActionEntry) -> Sentence:
    by = entry.actor
    match entry.verb:
        case "assign" if entry.after.get("owner"):
            return say("Given to {name} by {by}.", name=entry.after["owner"], by=by)
        case "assign":
            return say("Given back to whoever has the mail account, by {by}.", by=by)
        case "snooze":
            until = datetime.fromisoformat(str(entry.after["until"]))
            return say("Out of sight until {until}, by {by}.", until=until, by=by)
        case "merge":
            return say("Another thread was merged into this one, by {by}.", by=by)
        case "split":
            return say("Parted in two threads, by {by}.", by=by)
    return _corrected(entry)


def _corrected(entry: ActionEntry) -> Sentence:
    by, purpose = entry.actor, entry.after.get("purpose")
    if purpose:
        now, was = (PURPOSE_WORDS[Purpose(str(code))] for code in (purpose, entry.before["purpose"]))
        return say("It is this, says {by}: {purpose}; before that: {before}.", by=by, purpose=now, before=was)
    before, kind = entry.before["kind"], entry.after["kind"]
    return say("It counts as {kind}, says {by}; before that as {before}.", kind=kind, by=by, before=before)


def absences(session: Session, outlook: Outlook, thread_id: int, account: Account) -> Iterator[Line]:
    """Return when the owner was away while a turn was open, and who stood in."""
    if not account.turns or not outlook.team.presences:
        return
    first = session.exec(select(Message.account_id).where(col(Message.thread_id) == thread_id)).first()
    owner = Owners(session, outlook).of(thread_id, first)
    began = max(min(turn.anchor for turn in account.turns), _given_at(session, thread_id) or account.turns[0].anchor)
    ended = max(turn.ended_at or outlook.now for turn in account.turns)
    rule = say("An absence moves no deadline; the work is on the list of whoever stands in.")
    for away in outlook.team.presences:
        if away.duty or away.person != owner or away.until <= began or away.since > ended:
            continue
        at = max(away.since, began)
        deputy = outlook.team.deputy(owner, at)
        effect = say("{owner} is away until {until}; {deputy} stands in.", owner=owner, until=away.until, deputy=deputy)
        if not deputy:
            effect = say("{owner} is away until {until}, and nobody stands in.", owner=owner, until=away.until)
        yield Line(at, "OwnerAway", "", rule, effect)


def _given_at(session: Session, thread_id: int) -> datetime | None:
    """Return when the thread got the owner whom it has, None where nobody gave it."""
    given = (col(ActionEntry.thread_id) == thread_id, col(ActionEntry.verb) == "assign")
    return session.exec(select(func.max(ActionEntry.at)).where(*given, col(ActionEntry.undone_at).is_(None))).one()


def history(session: Session, thread_id: int) -> Iterator[Line]:
    """Return one line for the mails that are history, and one for old mail that appeared here only later."""
    found = select(Message.old_mail, func.count(), func.max(Message.arrived_at), func.max(Message.id))
    here = (col(Message.thread_id) == thread_id, col(Message.history))
    for old, count, at, newest in session.exec(found.where(*here).group_by(col(Message.old_mail))):
        rule = say(
            "Mail from before the account's first day here is history: no clock runs for it ({count}).", count=count
        )
        if old:
            rule = say(
                "Mail that was delivered over 72 hours before it lay in this mailbox was brought here: history ({count}).",
                count=count,
            )
        yield Line(at, "OldMail" if old else "History", f"m{newest}", rule, _UNTOUCHED)
