"""Note an inquiry: a customer asks for a price. A quote of the thread that has not left and has none is one to it from now on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session, col, delete, select

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.noting_inquiry import Noted, note_step
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.message import Kind, Side
from mailcrm.domain.quotes.inquiry import Inquiry
from mailcrm.domain.quotes.inquiry_words import checked_channel
from mailcrm.domain.steps import Evidence
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Contact, InquiryRecord, Message, Step, Thread
from mailcrm.store.finding import contact_named, message_of, numbered, thread_id_of
from mailcrm.store.inquiries import NOUN, inquiry_named, settle_question, write_inquiry
from mailcrm.store.quotes_of import link_quotes, unlink_quotes

__all__ = ["COMMAND", "NewInquiry"]


@dataclass(frozen=True)
class NewInquiry(Noted):
    """Note an inquiry of `thread` ("t12", or its mail "m340"), or of `contact`; `channel` "": that of the mail."""

    thread: str = ""
    contact: str = ""
    channel: str = ""

    verb: ClassVar[str] = "new_inquiry"
    title: ClassVar[Sentence] = say("Note an inquiry")
    help: ClassVar[Sentence] = say(
        "Note what a customer asks for: items with quantities, terms, and the answers without which no price is worth much."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Note it; RefusedByRule where nobody knows whose it is."""
        mail = _mail(session, self.thread)
        contact = contact_named(session, self.contact) if self.contact else _writer(session, mail)
        record = InquiryRecord(
            channel=checked_channel(self.channel) if self.channel else _channel(mail),
            message_id=mail.id if mail else None,
            contact_id=contact.id or 0,
            created_at=situation.now,
            changed_at=situation.now,
        )
        inquiry = self.noted(Inquiry(), situation)
        write_inquiry(session, record, inquiry, situation.now)
        session.flush()
        settle_question(session, record, inquiry, situation.policies.office, situation.actor)
        shown = Evidence("message", f"m{mail.id}") if mail else Evidence("text", record.channel)
        note_step(session, record, "", shown, situation)
        quotes = link_quotes(session, record, mail.thread_id) if mail else []
        said = say("Inquiry {id} of {who} is noted.", id=f"i{record.id}", who=contact.name or contact.address)
        shows = ("inquiry", {"id": f"i{record.id}"})
        return Done(said, mail.thread_id if mail else None, shows=shows, before={"id": record.id, "quotes": quotes})

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Let it not have been noted."""
        record = inquiry_named(session, f"i{before['id']}")
        settle_question(session, record, None, situation.policies.office, situation.actor)
        unlink_quotes(session, record, before.get("quotes", ()))
        session.execute(delete(Step).where(col(Step.noun) == NOUN, col(Step.noun_id) == record.id))
        session.delete(record)
        return frozenset()


def _mail(session: Session, given: str) -> Message | None:
    """Return the mail that asks: the named one, else the newest that a person of the other side wrote on the thread."""
    if not given:
        return None
    if numbered(given, "t") is None:
        return message_of(session, given)
    theirs = select(Message).where(
        col(Message.thread_id) == thread_id_of(session, given),
        col(Message.side) == Side.THEIRS.value,
        col(Message.kind).in_([Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value]),
    )
    found = session.exec(theirs.order_by(col(Message.sort_key).desc()).limit(1)).first()
    if found is None:
        raise RefusedByRule(
            say("Nobody of the other side wrote on {thread}.", thread=given),
            say("Name the mail that asks, such as m340, or the customer with --contact."),
        )
    return found


def _writer(session: Session, mail: Message | None) -> Contact:
    """Return whose inquiry it is: the writer of the mail, on a mail of ours whom the thread is with."""
    if mail is None:
        raise RefusedByRule(
            say("Nobody knows whose inquiry this is."), say("Name a thread, a mail, or the customer with --contact.")
        )
    theirs = mail.contact_id if mail.side == Side.THEIRS.value else None
    known = theirs or session.get_one(Thread, mail.thread_id).contact_id
    contact = session.get(Contact, known) if known else None
    if contact is None:
        raise RefusedByRule(
            say("Nobody knows whose inquiry this is."), say("Name a thread, a mail, or the customer with --contact.")
        )
    return contact


def _channel(mail: Message | None) -> str:
    if mail is None:
        return "other"
    return mail.channel or ("platform" if mail.kind == Kind.PLATFORM_INQUIRY.value else "mail")


COMMAND = NewInquiry
