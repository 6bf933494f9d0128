"""What a mail says about a quote: they negotiate, they order, they ask for a price; ours carried one, or a manager's approves one.

Room: rules. In: fresh mails. Out: steps with a reason, and proposals. Every mail is heard again and again: what it did once it doesn't do twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session, col, select

from mailcrm.domain.message import Kind, Role, Side
from mailcrm.domain.proposals import Proposal
from mailcrm.domain.purpose import Purpose
from mailcrm.domain.quotes.states import EDITABLE, OPEN, QuoteState
from mailcrm.domain.quotes.wording import asks_for_price, names_order, quote_numbers
from mailcrm.domain.steps import Evidence
from mailcrm.domain.words import say
from mailcrm.records import AttachmentFile, Contact, Message, ProposalRecord, QuoteRecord
from mailcrm.rules.quotes.drafts import drop_drafts
from mailcrm.rules.sequences import Moment
from mailcrm.store.proposals import propose
from mailcrm.store.quotes import NOUN, RULE, Cause, move_quote, quote_name, quotes_on
from mailcrm.store.quotes_of import company_of, is_of_customer
from mailcrm.store.texts import texts_of

__all__ = ["hear_theirs", "is_by_hand"]

_BY_HAND = (Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value)
_OVER = (QuoteState.EXPIRED.value, QuoteState.RE_CHECK.value)
_STATES = [*(state.value for state in OPEN), *_OVER]


def is_by_hand(mail: Message) -> bool:
    """Whether somebody of theirs wrote it."""
    return mail.side == Side.THEIRS.value and mail.kind in _BY_HAND


def hear_theirs(session: Session, mails: Sequence[Message], moment: Moment) -> None:
    """Hear what customers wrote: a forwarder on their thread answers no quote, and a supplier's question asks for none."""
    mails = [mail for mail in mails if _may_buy(session, mail)]
    here: dict[int, list[QuoteRecord]] = {}
    for row in quotes_on(session, {mail.thread_id for mail in mails}):
        here.setdefault(session.get_one(Message, row.message_id).thread_id, []).append(row)
    named = _named(session, mails)
    files = _filenames(session, [mail for mail in mails if here.get(mail.thread_id) or named.get(mail.id or 0)])
    for mail in mails:
        on_thread = here.get(mail.thread_id, [])
        concerned = {row.id: row for row in [*on_thread, *named.get(mail.id or 0, ())]}
        for row in concerned.values():
            _answered(session, row, mail, moment, files.get(mail.id or 0, ()))
        if not any(row.state in EDITABLE | OPEN for row in on_thread):
            _asked(session, mail, moment)


def _may_buy(session: Session, mail: Message) -> bool:
    """Whether whoever wrote is, or may be, a customer."""
    contact, company = session.get(Contact, mail.contact_id or 0), company_of(session, mail.contact_id)
    role = company.role if company else contact.role if contact else Role.UNKNOWN.value
    return Role(role).starts_clock


def _named(session: Session, mails: Sequence[Message]) -> Mapping[int, Sequence[QuoteRecord]]:
    """Return the quotes that are with the customer and that a mail of the same company calls by their number."""
    waiting = {row.number: row for row in session.exec(select(QuoteRecord).where(col(QuoteRecord.state).in_(_STATES)))}
    if not waiting:
        return {}
    texts = texts_of(session, [mail.id or 0 for mail in mails])
    found: dict[int, list[QuoteRecord]] = {}
    for mail in mails:
        text = texts[mail.id or 0].reply if mail.id in texts else ""
        for number in quote_numbers(f"{mail.subject}\n{text}") & waiting.keys():
            if is_of_customer(session, mail, waiting[number]):
                found.setdefault(mail.id or 0, []).append(waiting[number])
    return found


def _filenames(session: Session, mails: Collection[Message]) -> Mapping[int, Sequence[str]]:
    ids = [mail.id for mail in mails if mail.has_attachments]
    if not ids:
        return {}
    found: dict[int, list[str]] = {}
    files = select(AttachmentFile.message_id, AttachmentFile.filename).where(col(AttachmentFile.message_id).in_(ids))
    for message_id, name in session.exec(files):
        found.setdefault(message_id, []).append(name)
    return found


def _answered(session: Session, row: QuoteRecord, mail: Message, moment: Moment, files: Sequence[str]) -> None:
    if row.sent_at is None or mail.arrived_at < row.sent_at or not (row.state in OPEN or _in_time(row, mail)):
        return
    if row.state in OPEN and row.state != QuoteState.NEGOTIATING:
        reason = say(
            "They wrote after {quote} was sent: “{gist}”", quote=quote_name(row), gist=mail.gist or mail.subject
        )
        move_quote(session, row, QuoteState.NEGOTIATING, Cause(RULE, moment.now, _shown(mail), reason))
        row.next_due = row.expires_at
        session.add(row)
        drop_drafts(session, row)
    if mail.purpose == Purpose.ORDER or any(map(names_order, files)):
        asked = Proposal(
            "accept_quote",
            {"id": f"q{row.id}", "mail": f"m{mail.id}"},
            say(
                "This looks like an order on {quote}: “{gist}”. Is it accepted?",
                quote=quote_name(row),
                gist=mail.gist or mail.subject,
            ),
            NOUN,
            row.id or 0,
        )
        propose(session, asked, mail, moment.now)


def _in_time(row: QuoteRecord, mail: Message) -> bool:
    """Whether a mail that is read only now came before the end of a quote."""
    return row.state in _OVER and row.expires_at is not None and mail.arrived_at < row.expires_at


def _asked(session: Session, mail: Message, moment: Moment) -> None:
    """Suggest to quote, once a thread, where a price is asked for."""
    asks = mail.purpose == Purpose.INQUIRY or asks_for_price(f"{mail.subject}\n{mail.gist}")
    if not asks or mail.purpose == Purpose.COLD_SALE or not _may_buy(session, mail):
        return
    before = select(ProposalRecord.id).join(Message, col(Message.id) == col(ProposalRecord.message_id))
    here = before.where(col(Message.thread_id) == mail.thread_id, col(ProposalRecord.verb) == "new_quote")
    if session.exec(here.limit(1)).first() is not None:
        return
    reason = say("They ask for a price: “{gist}”. Write a quote?", gist=mail.gist or mail.subject)
    propose(session, Proposal("new_quote", {"thread": f"m{mail.id}"}, reason), mail, moment.now)


def _shown(mail: Message) -> tuple[Evidence, ...]:
    return (Evidence("message", f"m{mail.id}"),)
