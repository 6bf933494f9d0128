"""Quotes on the worklist: what a quote wants now, or what it waits for.

Room: queries. A row is "q2". What waits for somebody else stands in the view `quotes` only; an approval is a manager's.
"""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session, col, select

from mailcrm.domain.clock.spoken import stamp
from mailcrm.domain.quotes.approval import short_hash
from mailcrm.domain.quotes.checks.every import run_checks
from mailcrm.domain.quotes.states import QuoteState
from mailcrm.domain.words import Sentence, active_language, say
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.quotes import OVER, customer_of, total_printed
from mailcrm.queries.rows import WorklistRow
from mailcrm.records import Message, Outgoing, QuoteRecord
from mailcrm.store.quote_facts import gather
from mailcrm.store.quotes import content_of, in_sequence, quote_name

__all__ = ["acts", "quote_rows", "wants", "with_holding", "without_nudges"]

S = QuoteState
_OPEN = [state.value for state in QuoteState if state not in OVER]
_ACTS = frozenset({S.READY, S.FOLLOW_UP, S.EXPIRED, S.RE_CHECK})
_LEAVING = ("held", "queued", "sending", "deferred", "in_doubt")


def quote_rows(session: Session, outlook: Outlook, owners: Owners) -> list[WorklistRow]:
    """Return the rows of quotes that are not over."""
    found = session.exec(select(QuoteRecord).where(col(QuoteRecord.state).in_(_OPEN)).order_by(col(QuoteRecord.id)))
    leaving = set(
        session.exec(select(Outgoing.about).where(col(Outgoing.state).in_(_LEAVING), col(Outgoing.about) != ""))
    )
    rows = []
    for row in found.all():
        mail = session.get_one(Message, row.message_id)
        owner = owners.of(mail.thread_id, mail.account_id)
        on_its_way = f"q{row.id}:send" in leaving or f"q{row.id}:follow{row.step}" in leaving
        rows.append(_row(session, outlook, row, mail, owner, on_its_way=on_its_way))
        if row.state == S.NEEDS_APPROVAL:
            rows += _approvals(session, outlook, rows[-1], row)
    return rows


def without_nudges(session: Session, rows: list[WorklistRow]) -> list[WorklistRow]:
    """Return the rows without nudges on threads whose quote is followed up: that is one sequence, not two."""
    waiting = {int(row.thread_id[1:]) for row in rows if row.kind == "nudge" and row.thread_id}
    followed = {f"t{thread}" for thread in in_sequence(session, waiting)} if waiting else set()
    return [row for row in rows if row.kind != "nudge" or row.thread_id not in followed]


def with_holding(session: Session, rows: list[WorklistRow]) -> list[WorklistRow]:
    """Return the rows, a holding reply suggested to customers whose quote waits for a manager: their clock runs."""
    waits = select(Message.thread_id).join(QuoteRecord, col(QuoteRecord.message_id) == col(Message.id))
    threads = {f"t{one}" for one in session.exec(waits.where(col(QuoteRecord.state) == S.NEEDS_APPROVAL.value))}
    if not threads:
        return rows
    return [
        replace(row, suggested_template="holding") if row.kind == "reply" and row.thread_id in threads else row
        for row in rows
    ]


def acts(row: QuoteRecord) -> bool:
    """Whether somebody is to do something with a quote now."""
    return row.state in _ACTS or bool(row.marked)


def wants(row: QuoteRecord, outlook: Outlook) -> Sentence:
    """Return what a quote wants now, or what it waits for."""
    language, name = active_language(), quote_name(row)
    due = stamp(row.next_due, outlook.zone, language) if row.next_due else ""
    if row.marked:
        lines = ", ".join(map(str, row.marked))
        return say("The price list changed: lines {lines} have another floor now. Check it again.", lines=lines)
    told = {
        S.DRAFT: say("Being written: check it, then send it."),
        S.NEEDS_APPROVAL: say("Waits for a manager's approval; the customer's clock runs."),
        S.READY: say("Ready: send it."),
        S.SENT: say("Sent; follow-up {number} on {due}.", number=row.step + 1, due=due),
        S.FOLLOW_UP: say("No answer yet: follow-up {number} is due.", number=row.step),
        S.NEGOTIATING: say("They answered: write the next version, or note what came of it."),
        S.EXPIRED: say(
            "Expired on {day} without an answer: offer it anew, or note why it was lost.", day=row.valid_until
        ),
        S.RE_CHECK: say("They take it, but it no longer holds: send the next version with today's prices."),
    }
    return told.get(S(row.state), say("{quote}", quote=name))


def _row(
    session: Session, outlook: Outlook, row: QuoteRecord, mail: Message, owner: str, *, on_its_way: bool
) -> WorklistRow:
    who, name, total = customer_of(session, row), quote_name(row), total_printed(content_of(row))
    needs = acts(row) and not on_its_way
    template = {S.FOLLOW_UP: f"quote_followup_{min(row.step, 3)}", S.NEEDS_APPROVAL: "holding", S.READY: "quote_cover"}
    return WorklistRow(
        id=f"q{row.id}",
        ref=f"q{row.id}",
        band="step" if needs else "later",
        kind="quote",
        state=row.state,
        why=wants(row, outlook),
        thread_id=f"t{mail.thread_id}",
        company=who.company,
        contact=who.contact,
        country=who.country,
        grade=who.grade,
        role=who.role,
        purpose=mail.purpose,
        gist=f"{name} {total}".strip(),
        subject=mail.subject,
        due=row.changed_at if needs else row.next_due,
        arrived_at=row.changed_at,
        suggested_template=template.get(S(row.state)),
        owner=owner,
        flags=("external",) if row.external else (),
    )


def _approvals(session: Session, outlook: Outlook, known: WorklistRow, row: QuoteRecord) -> list[WorklistRow]:
    """Return the row of whoever may approve: each manager's who is there, the author's own where there is none."""
    findings = run_checks(gather(session, row, outlook))
    problem: object = findings[0].whole if findings else say("Every check passes now.")
    why = say("{author} asks: {note} {problem}", author=row.author, note=row.note, problem=problem)
    managers = [name for name in outlook.team.managers() if name != row.author] or [known.owner]
    return [
        replace(
            known,
            id=f"q{row.id}:{short_hash(row.content_hash)}:{manager}",
            band="step",
            kind="approval",
            why=why,
            due=row.changed_at,
            suggested_template=None,
            owner=manager,
        )
        for manager in managers
    ]
