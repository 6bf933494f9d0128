"""What a contact said by phone, chat or face to face, kept as a mail of theirs: the clock knows no other demand.

Room: actions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from mailcrm.actions.command import Situation
from mailcrm.domain.message import Address, Kind, Side
from mailcrm.outbox.compose import Draft, compose
from mailcrm.records import Contact, MailAccount, Message, MessageText, OwnAddress, Thread, ThreadReference
from mailcrm.store.index_text import index_text
from mailcrm.store.packs import digest, pack_texts
from mailcrm.store.raws import store_raw
from mailcrm.store.search_index import index_mails
from mailcrm.store.sort_keys import free_sort_keys

__all__ = ["Heard", "keep"]

_LINE = 80


@dataclass(frozen=True, slots=True)
class Heard:
    """Who said what, when, by what channel, and the thread on which it is kept."""

    contact: Contact
    thread: int
    at: datetime
    channel: str
    words: str

    @property
    def subject(self) -> str:
        """The first line, cut."""
        return self.words.split("\n")[0][:_LINE]


def keep(session: Session, situation: Situation, heard: Heard) -> int | None:
    """Keep it, and return the id of the mail that it is from now on."""
    thread = session.get_one(Thread, heard.thread)
    to = _our_address(session, thread, situation.actor)
    who = Address(heard.contact.name, heard.contact.address)
    local = heard.at.astimezone(ZoneInfo(situation.zone))
    made = compose(Draft(who, (to,), heard.subject, heard.words, local, situation.token()))
    raw_id = store_raw(session, made.raw)
    message = Message(
        account_id=thread.account_id,
        raw_id=raw_id,
        thread_id=heard.thread,
        contact_id=heard.contact.id,
        sort_key=free_sort_keys(session, [heard.at])[0],
        message_id=made.message_id,
        identity=digest(made.raw),
        subject=heard.subject,
        from_name=heard.contact.name,
        from_address=heard.contact.address,
        people={"reply_to": [], "to": [[to.display_name, to.addr_spec]], "cc": [], "bcc": []},
        date_header=heard.at,
        arrived_at=heard.at,
        fetched_at=situation.now,
        side=Side.THEIRS.value,
        kind=Kind.HUMAN.value,
        kind_rule=Kind.HUMAN.value,
        gist=heard.subject,
        language=heard.contact.language,
        channel=heard.channel,
        size=len(made.raw),
    )
    thread.done, thread.snoozed_until = False, None
    session.add_all([message, thread])
    session.flush()
    assert message.id is not None  # noqa: S101  (flush gave it one)
    session.add(MessageText(message_id=message.id, packed=pack_texts(heard.words, heard.words, "")))
    index_mails(session, [(message.sort_key, index_text(message.model_dump(), heard.words, ()))])
    session.add(ThreadReference(reference=made.message_id, thread_id=heard.thread))
    return message.id


def _our_address(session: Session, thread: Thread, actor: str) -> Address:
    """Return the main address of the thread's account; without an account there is only who acts."""
    account = session.get(MailAccount, thread.account_id) if thread.account_id else None
    own = select(OwnAddress.address).where(col(OwnAddress.account_id) == (account.id if account else None))
    main = session.exec(own.order_by(col(OwnAddress.main).desc())).first()
    return Address(account.display_name if account else "", main or f"{actor}@localhost.invalid")
