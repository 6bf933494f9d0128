"""Mails of ours that carry a quote, withdraw one, or came back.

Room: rules. A quote is sent when the outgoing server accepted the mail with it, or when its PDF is found in a mail of ours in Sent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from mailcrm.domain.message import Address, Kind
from mailcrm.domain.quotes.sequence import ends_at
from mailcrm.domain.quotes.states import EDITABLE, OPEN, QuoteState
from mailcrm.domain.steps import Evidence
from mailcrm.domain.words import Sentence, say
from mailcrm.records import AttachmentFile, Message, Outgoing, QuoteRecord
from mailcrm.rules.quotes.drafts import drop_drafts, follow_ups_of
from mailcrm.rules.sequences import Moment
from mailcrm.store.papers import paper_id, papers_with
from mailcrm.store.quotes import NOUN, RULE, Cause, content_of, move_quote, quote_name, versions_of
from mailcrm.store.steps import history

__all__ = ["came_back", "carried", "hear_ours"]

_ABOUT = re.compile(r"q(\d+):(send|withdraw)")


def carried(session: Session, outgoing: Outgoing, moment: Moment) -> None:
    """See a mail that left: it sends a quote, or withdraws one."""
    found = _ABOUT.fullmatch(outgoing.about)
    row = session.get(QuoteRecord, int(found[1])) if found else None
    if row is None or found is None:
        return
    evidence = [Evidence("outgoing", f"x{outgoing.id}"), Evidence("message", f"m{outgoing.stored_message_id}")]
    at = outgoing.sent_at or moment.now
    if found[2] == "withdraw":
        if row.state in OPEN:
            move_quote(session, row, QuoteState.WITHDRAWN, Cause(outgoing.actor, at, tuple(evidence)))
            drop_drafts(session, row)
        return
    if row.state not in EDITABLE:
        return
    row.outgoing_id = outgoing.id
    evidence += [Evidence("paper", paper_id(row.pdf_id))] if row.pdf_id else []
    _sent(session, row, Cause(outgoing.actor, at, tuple(evidence)), outgoing.stored_message_id, moment)


def hear_ours(session: Session, mails: Sequence[Message], moment: Moment) -> None:
    """Find the PDF of a quote in a mail that went to a customer from another mail program, by its bytes."""
    ours = {
        mail.id: mail
        for mail in mails
        if mail.has_attachments and mail.kind != Kind.INTERNAL and _goes_out(mail, moment)
    }
    if not ours:
        return
    files = select(AttachmentFile.sha256, AttachmentFile.message_id).where(col(AttachmentFile.message_id).in_(ours))
    by_hash = {sha256: ours[message_id] for sha256, message_id in session.exec(files).all()}
    for paper in papers_with(session, list(by_hash), "quotation"):
        row = session.get(QuoteRecord, paper.noun_id) if paper.noun == NOUN else None
        if row is None or row.state not in EDITABLE:
            continue
        mail = by_hash[paper.sha256]
        shown = Evidence("message", f"m{mail.id}")  # a mail that came back carried it once, and doesn't a second time
        if all(shown not in move.evidence for move in history(session, NOUN, row.id or 0)):
            _found_in_sent(session, row, mail, paper_id(paper.id), moment)


def _found_in_sent(session: Session, row: QuoteRecord, mail: Message, paper: str, moment: Moment) -> None:
    before, name = row.state, quote_name(row)
    reason = say("Its PDF was found in a mail of ours that was sent from another program.")
    if before != QuoteState.READY:
        reason = say("Its PDF was sent from another program, though {quote} was not ready.", quote=name)
    elif paper != paper_id(row.pdf_id) or not row.pdf_hash.startswith(row.content_hash):
        reason = say("An older PDF of {quote} was sent from another program.", quote=name)
    row.external = True
    evidence = (Evidence("message", f"m{mail.id}"), Evidence("paper", paper))
    _sent(session, row, Cause(RULE, mail.arrived_at, evidence, reason), mail.id, moment)


def _goes_out(mail: Message, moment: Moment) -> bool:
    to = [Address("", address) for field in ("to", "cc") for _name, address in mail.people.get(field, [])]
    return any(not moment.ours.owns(address) for address in to)


def _sent(session: Session, row: QuoteRecord, cause: Cause, message_id: int | None, moment: Moment) -> None:
    row.sent_at, row.sent_message_id, row.step = cause.at, message_id, 0
    row.expires_at = ends_at(row.valid_until, content_of(row).zone) if row.valid_until else None
    move_quote(session, row, QuoteState.SENT, cause)
    row.next_due = next_due(session, row, moment)
    session.add(row)


def next_due(session: Session, row: QuoteRecord, moment: Moment) -> datetime | None:
    """Return when time does something next: the next follow-up, else the end."""
    steps = follow_ups_of(session, row, moment)
    return steps[row.step].due if row.step < len(steps) else row.expires_at


def came_back(session: Session, outgoing: Outgoing, moment: Moment) -> None:
    """See that the mail with a quote came back from everybody: the customer hasn't got it."""
    found = _ABOUT.fullmatch(outgoing.about)
    row = session.get(QuoteRecord, int(found[1])) if found and found[2] == "send" else None
    if row is None or row.outgoing_id != outgoing.id or row.state not in (QuoteState.SENT, QuoteState.FOLLOW_UP):
        return
    evidence = (Evidence("outgoing", f"x{outgoing.id}"),)
    told = Sentence.from_json(outgoing.last_error) if outgoing.last_error else say("It came back.")
    to = QuoteState.READY
    if any(other.state in EDITABLE for other in versions_of(session, row.number)):
        to = QuoteState.SUPERSEDED  # a newer version is being written: that one is to be sent
    drop_drafts(session, row)
    move_quote(session, row, to, Cause(RULE, moment.now, evidence, told))
    row.outgoing_id = row.sent_message_id = row.sent_at = row.expires_at = None
    row.step = 0
    session.add(row)
