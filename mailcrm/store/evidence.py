"""What a contact's mails tell of him: names, languages, origins, hints at his role, each with the moment of the first mail.

Room: store. In: threads with new mail. Out: what is told of those who wrote in them. A new mail is added to what was told
before, so that a customer of twenty thousand mails costs what a new one does. The first moment and the number of mails don't depend
on the order in which mail is read. Whatever changes a stored mail otherwise (another reading, another kind, another thread) says
`forget_evidence`; who has none is heard anew, from all his mails.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Select, Text, and_, cast, delete, func, literal, or_, select
from sqlmodel import Session

from mailcrm.domain.country import Origin
from mailcrm.domain.message import Kind, Role, Side
from mailcrm.domain.roles.hints import Hint, from_stored
from mailcrm.records import Contact, Evidence, Message
from mailcrm.store.bulk import add_rows, among, change_rows, rows, table_of

__all__ = ["Told", "colleagues_of", "forget_evidence", "hear"]

_BY_HAND = (Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value)
_WE_SELL = "we_sell"

_EVIDENCE = table_of(Evidence)
_message, _contact, _evidence = table_of(Message).c, table_of(Contact).c, _EVIDENCE.c
_sent = table_of(Message).alias()

# What a mail of theirs tells, and which mail of ours tells something of its readers.
_TELLS = (
    _message.contact_id, _message.kind, _message.kind_rule, _message.from_name, _message.language, _message.origin, _message.role_hints,
)  # fmt: skip
_THEIRS = and_(_message.contact_id.is_not(None), _message.side == Side.THEIRS.value)


def _of_ours(mail: Any) -> Any:  # noqa: ANN401  (a table's columns, or its alias')
    return and_(mail.side == Side.OURS.value, mail.kind == Kind.HUMAN.value, mail.role_hints != "")


_ON_THREADS = select(
    _message.id, _message.thread_id, _message.side, _message.arrived_at, literal(1).label("mails"), *_TELLS
).where(among(_message.thread_id), or_(_message.contact_id.is_not(None), _of_ours(_message)))

_OF_CONTACTS: Select[Any] = (
    select(
        func.max(_message.id).label("id"),
        func.min(_message.arrived_at).label("arrived_at"),
        func.count().label("mails"),
        *_TELLS,
    )
    .where(among(_message.contact_id), _THEIRS)
    .group_by(*_TELLS)
)
_WRITTEN_TO: Select[Any] = (
    select(_message.contact_id, _sent.c.role_hints, func.min(_sent.c.arrived_at).label("arrived_at"))
    .select_from(table_of(Message).join(_sent, _sent.c.thread_id == _message.thread_id))
    .where(among(_message.contact_id), _of_ours(_sent.c))
    .group_by(_message.contact_id, _sent.c.role_hints)
)
_KNOWN = select(_EVIDENCE).where(among(_evidence.contact_id))
_COLLEAGUES = (
    select(_contact.id, _contact.company_id, _evidence.upto, cast(_evidence.told, Text))
    .select_from(table_of(Contact).join(_EVIDENCE, isouter=True))
    .where(among(_contact.company_id))
)
_FORGET = delete(_EVIDENCE).where(
    _evidence.contact_id.in_(
        select(_message.contact_id).where(among(_message.thread_id), _message.contact_id.is_not(None))
    )
)


@dataclass(slots=True)
class Told:
    """What is told of one contact; moments are ISO texts in UTC, which sort like what they name.

    `name` and `language` are (moment, text) of the first mail that tells one, `hints` and `ours` (of our own mails to him)
    the same for the words of each "role kind"; `origins` hold how many mails tell each, and when the first one did. `first`: when
    he first wrote by hand. `fresh`: something was told now that wasn't before.
    """

    upto: int = 0
    first: str = ""
    name: tuple[str, str] | None = None
    language: tuple[str, str] | None = None
    origins: dict[str, tuple[int, str]] = field(default_factory=dict)
    hints: dict[str, tuple[str, str]] = field(default_factory=dict)
    ours: dict[str, tuple[str, str]] = field(default_factory=dict)
    fresh: bool = False
    read: Sequence[tuple[Origin, int, str]] | None = None

    @classmethod
    def of(cls, upto: int, told: dict[str, Any]) -> Told:
        """Return what was kept."""
        name, language = told["name"], told["language"]
        return cls(
            upto,
            told["first"],
            tuple(name) if name else None,
            tuple(language) if language else None,
            {key: tuple(value) for key, value in told["origins"].items()},
            {key: tuple(value) for key, value in told["hints"].items()},
            {key: tuple(value) for key, value in told["ours"].items()},
        )

    def row(self, contact: int) -> dict[str, Any]:
        """Return it as it is kept."""
        names = ("first", "name", "language", "origins", "hints", "ours")
        return {"contact_id": contact, "upto": self.upto, "told": {name: getattr(self, name) for name in names}}

    def all_origins(self) -> Sequence[tuple[Origin, int, str]]:
        """Return the origins: (origin, how many mails tell it, when the first one came)."""
        if self.read is None:  # asked for the contact, and again for the company
            self.read = [(Origin.from_stored(text), mails, at) for text, (mails, at) in self.origins.items()]
        return self.read

    def all_hints(self) -> Iterator[tuple[Hint, str]]:
        """Yield the hints: what he does, and what our own mails make of him: that we sell to him, or asked before he ever wrote."""
        yield from (_hint(key, value) for key, value in self.hints.items())
        for key, value in self.ours.items():
            hint, at = _hint(key, value)
            if hint.kind == _WE_SELL or at < self.first:
                yield hint, at

    def add(self, mail: Row[Any], upto: int) -> None:
        """Add a mail of his, or some that tell the same: `arrived_at` is the first one's, `id` the last one's, `mails` how many.

        Where `id` is not beyond `upto` it was counted before.
        """
        at = mail.arrived_at.isoformat()
        self.upto = max(self.upto, mail.id)
        if mail.from_name and mail.kind_rule != Kind.PLATFORM_INQUIRY:  # the name there is the platform's
            self.name = self._earlier(self.name, (at, mail.from_name))
        if mail.kind not in _BY_HAND:
            return
        if not self.first or at < self.first:
            self.first, self.fresh = at, True
        if mail.language:
            self.language = self._earlier(self.language, (at, mail.language))
        if mail.origin:
            mails, first = self.origins.get(mail.origin, (0, at))
            more = mail.mails if mail.id > upto else 0
            # How many tell it decides only between several.
            self.fresh = self.fresh or not mails or at < first or (more > 0 and len(self.origins) > 1)
            self.origins[mail.origin] = mails + more, min(first, at)
        self._add_hints(self.hints, mail.role_hints, at)

    def add_ours(self, role_hints: str, at: str) -> None:
        """Add a mail of ours on one of his threads."""
        self._add_hints(self.ours, role_hints, at)

    def _add_hints(self, known: dict[str, tuple[str, str]], role_hints: str, at: str) -> None:
        for hint in from_stored(role_hints):
            key = f"{hint.role.value} {hint.kind}"
            known[key] = self._earlier(known.get(key), (at, hint.words))

    def _earlier(self, known: tuple[str, str] | None, new: tuple[str, str]) -> tuple[str, str]:
        if known is not None and known <= new:
            return known
        self.fresh = True
        return new


def _hint(key: str, value: tuple[str, str]) -> tuple[Hint, str]:
    role, _space, kind = key.partition(" ")
    return Hint(Role(role), kind, value[1]), value[0]


def hear(session: Session, thread_ids: Collection[int]) -> dict[int, Told]:
    """Return what is told of everybody who wrote in these threads, with the mail there, and keep it."""
    mails = rows(session, _ON_THREADS, thread_ids)
    wrote = {mail.contact_id for mail in mails} - {None}
    kept = rows(session, _KNOWN, wrote) if wrote else ()
    known = {row.contact_id: Told.of(row.upto, row.told) for row in kept}
    before = {contact: told.upto for contact, told in known.items()}
    _add_threads(known, mails)
    change_rows(
        session, _EVIDENCE, "contact_id", [told.row(one) for one, told in known.items() if _differs(told, before[one])]
    )
    return known | _hear_anew(session, wrote - known.keys())


def _differs(told: Told, upto: int) -> bool:
    return told.fresh or told.upto != upto


def _add_threads(known: dict[int, Told], mails: Sequence[Row[Any]]) -> None:
    readers: dict[int, set[int]] = defaultdict(set)
    before = {contact: told.upto for contact, told in known.items()}
    for mail in mails:
        told = known.get(mail.contact_id)
        if told is not None:
            readers[mail.thread_id].add(mail.contact_id)
            if mail.side == Side.THEIRS:
                told.add(mail, before[mail.contact_id])
    for mail in mails:
        if mail.side == Side.OURS and mail.kind == Kind.HUMAN and mail.role_hints:
            for contact in readers.get(mail.thread_id, ()):
                known[contact].add_ours(mail.role_hints, mail.arrived_at.isoformat())


def _hear_anew(session: Session, contacts: Collection[int]) -> dict[int, Told]:
    """Hear contacts from all their mails, and keep it."""
    if not contacts:
        return {}
    heard = {contact: Told(fresh=True) for contact in contacts}
    for some in rows(session, _OF_CONTACTS, contacts):
        heard[some.contact_id].add(some, 0)
    for contact, role_hints, at in rows(session, _WRITTEN_TO, contacts):
        heard[contact].add_ours(role_hints, at.isoformat())
    add_rows(session, _EVIDENCE, [told.row(contact) for contact, told in heard.items()])
    return heard


def colleagues_of(session: Session, companies: Collection[int], told: Mapping[int, Told]) -> dict[int, list[Told]]:
    """Return what is told of all contacts of these companies, by company; `told`: what is known already."""
    found: dict[int, list[Told]] = {company: [] for company in companies}
    unheard: dict[int, int] = {}
    for contact, company, upto, text in rows(session, _COLLEAGUES, companies):
        if contact in told:
            found[company].append(told[contact])
        elif text is None:
            unheard[contact] = company
        else:
            found[company].append(Told.of(upto, json.loads(text)))
    for contact, one in _hear_anew(session, unheard.keys()).items():
        found[unheard[contact]].append(one)
    return found


def forget_evidence(session: Session, thread_ids: Iterable[int]) -> None:
    """Let everybody who wrote in these threads be heard anew: a mail there doesn't tell what it told."""
    session.flush()
    session.connection().execute(_FORGET, {"ids": list(thread_ids)})
