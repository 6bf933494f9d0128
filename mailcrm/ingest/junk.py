"""Mail of known people in a Junk folder: filters err, and a customer's mail there must not be missed.

Room: ingest. In: what a window of uids has as its letterheads. Out: those from a contact or of a thread that is known; nothing
else of the folder is fetched. Who becomes known later is found by `sync --full`.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session, col, select

from mailcrm.domain.errors import ParseError
from mailcrm.domain.message import ParsedMail
from mailcrm.ingest.storable import storable_address, storable_id
from mailcrm.ports import MailParser
from mailcrm.records import Contact, ThreadReference
from mailcrm.store.engine import Store

__all__ = ["from_known"]


def from_known(store: Store, parser: MailParser, letterheads: Mapping[int, bytes]) -> frozenset[int]:
    """Return the uids of the mails that are from a known contact or belong to a known thread."""
    mails = {uid: mail for uid, raw in letterheads.items() if (mail := _read(parser, raw)) is not None}
    with store.read() as session:
        contacts = _contacts(session, {storable_address(mail.from_.key) for mail in mails.values()})
        threads = _references(session, {one for mail in mails.values() for one in _ids(mail)})
    return frozenset(
        uid
        for uid, mail in mails.items()
        if storable_address(mail.from_.key) in contacts or not threads.isdisjoint(_ids(mail))
    )


def _read(parser: MailParser, raw: bytes) -> ParsedMail | None:
    try:
        return parser.parse(raw)
    except ParseError:
        return None


def _ids(mail: ParsedMail) -> set[str]:
    return {storable_id(one) for one in (mail.message_id, mail.in_reply_to, *mail.references)} - {""}


def _contacts(session: Session, addresses: set[str]) -> set[str]:
    return set(session.exec(select(Contact.address).where(col(Contact.address).in_(addresses))))


def _references(session: Session, ids: set[str]) -> set[str]:
    return set(session.exec(select(ThreadReference.reference).where(col(ThreadReference.reference).in_(ids))))
