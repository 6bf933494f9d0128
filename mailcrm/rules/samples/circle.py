"""The open samples, as mails are held against them.

Room: rules. In: a session. Out: for each sample whose it is and on which threads it is spoken of. Read once for a batch of mails.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from mailcrm.domain.message import Role
from mailcrm.domain.samples.states import SampleState
from mailcrm.domain.steps import Evidence
from mailcrm.domain.words import Sentence
from mailcrm.records import Company, CompanyDomain, Contact, Message, Outgoing, SampleRecord
from mailcrm.store.samples import Deed, move_sample, note, open_samples
from mailcrm.store.texts import Texts, texts_of

__all__ = ["ACTOR", "Circle", "Known", "Read", "heard_before", "make", "party_of"]

ACTOR = "mailcrm"
_SHORTEST_ITEM = 4


@dataclass(frozen=True, slots=True)
class Known:
    """An open sample with its contact, and the threads on which it is spoken of."""

    row: SampleRecord
    contact: Contact
    threads: frozenset[int]

    @property
    def state(self) -> SampleState:
        """Its state at this moment."""
        return SampleState(self.row.state)


@dataclass(frozen=True, slots=True)
class Read:
    """A mail and its texts; `said` is what its writer added, with the subject."""

    mail: Message
    texts: Texts

    @property
    def said(self) -> str:
        """Return subject and newest part."""
        return f"{self.mail.subject}\n{self.texts.reply or self.texts.body}"

    @property
    def key(self) -> str:
        """The mail's id as evidence names it."""
        return f"m{self.mail.id}"

    def quotes(self, row: SampleRecord) -> bool:
        """Whether it names a sample by its number or its item."""
        said = self.said.casefold()
        item = row.item.casefold()
        return row.number.casefold() in said or (len(item) >= _SHORTEST_ITEM and item in said)


class Circle:
    """The open samples; empty in most houses, where nothing more is asked of the database."""

    def __init__(self, session: Session, mails: Sequence[Message]) -> None:
        self._session = session
        rows = open_samples(session)
        people = {one.id: one for one in _contacts(session, {row.contact_id for row in rows})}
        threads = _threads(session, rows)
        self.samples = [Known(row, people[row.contact_id], threads[row.id or 0]) for row in rows]
        self._texts = texts_of(session, [mail.id or 0 for mail in mails])
        self._parties: dict[str, tuple[int | None, bool]] = {}

    def read(self, mail: Message) -> Read:
        """Return a mail with its texts."""
        return Read(mail, self._texts.get(mail.id or 0, Texts()))

    def of_party(self, mail: Message) -> Iterator[Known]:
        """Yield the samples of whoever wrote `mail`, or of the company."""
        company, _counts = self.party(mail)
        for known in self.samples:
            theirs = company is not None and known.contact.company_id == company
            if theirs or (mail.contact_id is not None and known.contact.id == mail.contact_id):
                yield known

    def party(self, mail: Message) -> tuple[int | None, bool]:
        """Return the company of whoever wrote `mail`, and whether such a party starts a clock."""
        key = mail.from_address
        if key not in self._parties:
            company, role = party_of(self._session, mail)
            self._parties[key] = (company, role.starts_clock)
        return self._parties[key]


def party_of(session: Session, mail: Message) -> tuple[int | None, Role]:
    """Return the company of whoever wrote `mail`, and what that party is to us."""
    contact = session.get(Contact, mail.contact_id) if mail.contact_id else None
    company_id = contact.company_id if contact else None
    if company_id is None:
        at_home = select(CompanyDomain.company_id).where(col(CompanyDomain.domain) == mail.from_domain)
        company_id = session.exec(at_home).first()
    company = session.get(Company, company_id) if company_id else None
    role = company.role if company else contact.role if contact else Role.UNKNOWN.value
    return company_id, Role(role)


def _contacts(session: Session, ids: Collection[int]) -> Sequence[Contact]:
    return session.exec(select(Contact).where(col(Contact.id).in_(ids))).all() if ids else ()


def _threads(session: Session, rows: Sequence[SampleRecord]) -> Mapping[int, frozenset[int]]:
    """Return the threads of the mails that asked for each sample, and of those that we wrote about it."""
    found: dict[int, set[int]] = defaultdict(set)
    if not rows:
        return {}
    asked = {row.message_id for row in rows if row.message_id}
    of_mails = dict(session.exec(select(Message.id, Message.thread_id).where(col(Message.id).in_(asked))).all())
    written = select(Outgoing.about, Outgoing.thread_id).where(col(Outgoing.about).startswith("s"))
    for about, thread in session.exec(written):
        number = about.partition(":")[0].removeprefix("s")
        if thread is not None and number.isdecimal():
            found[int(number)].add(thread)
    return {row.id or 0: frozenset({*found[row.id or 0], *_given(of_mails.get(row.message_id))}) for row in rows}


def _given(thread: int | None) -> tuple[int, ...]:
    return () if thread is None else (thread,)


def heard_before(row: SampleRecord, key: str) -> bool:
    """Whether a mail was evidence of a step of this sample before: mails are told again and again."""
    return key in row.details.get("heard", ())


def make(session: Session, row: SampleRecord, to: SampleState, read: Read, reason: Sentence, at: datetime) -> None:
    """Make a step by itself, shown by a mail and explained."""
    move_sample(session, row, to, Deed(at, ACTOR, (Evidence("message", read.key),), reason))
    note(row, heard=[*row.details.get("heard", ()), read.key])
