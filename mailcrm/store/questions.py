"""What a person is asked, because no header tells: whether a mail of ours answers a turn, whether a forward is ours to answer.

Room: store. In: open turns, who we are. Out: the questions that stand. A question stands until somebody says yes or no, or until
the turn ends otherwise; the same pair of mail and thread is never asked about again. Lists and notices read them here, so that
both take a turn in question for the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import String, cast, or_
from sqlmodel import Session, col, func, select

from mailcrm.domain.clock.ledger import AnswerDecided, ForwardDecided
from mailcrm.domain.message import Address, Kind, Side
from mailcrm.domain.numbers import named_numbers
from mailcrm.domain.parties import Ours
from mailcrm.domain.threading import base_subject
from mailcrm.records import Decision, Message, Outgoing, OwnAddress, Thread, TurnRecord
from mailcrm.store.facts import People
from mailcrm.store.sort_keys import first_sort_key
from mailcrm.store.texts import Texts, texts_of

__all__ = ["open_forwards", "probable_answers"]

_WITHIN = timedelta(days=14)  # as long as a subject says anything (domain.threading)
_LOOKED_AT = 2_000
_ASKED_FOR = timedelta(days=30)

T = TypeVar("T", int, str)
Sent = tuple[Message, frozenset[str]]


def probable_answers(session: Session, turns: Iterable[TurnRecord], ours: Ours) -> dict[int, Message]:
    """Return by the turns' `opened_by` the mail of ours that probably answers it, the earliest one not yet decided about.

    It lies on another thread, was sent from elsewhere after the turn's oldest mail and 14 days at most after its newest, goes to
    the same party, and either answers nothing by its headers and bears the same base subject, or names a number that the
    turn's subject names.
    """
    asking = [turn for turn in turns if not turn.end and not turn.supposed_by and not turn.looks_finished]
    if not asking:
        return {}
    opened = _subjects(session, asking)
    sent = list({mail.id: (mail, said) for mail, said in _candidates(session, asking, opened)}.values())
    reaching = _by_reader(session, sent, ours)
    decided, families = _decided(session, asking), _families(session, asking, sent)
    found: dict[int, Message] = {}
    for turn in asking:
        base, numbers = opened[turn.opened_by]
        near = {mail.id: (mail, said) for name in (turn.sender, turn.party) for mail, said in reaching.get(name, ())}
        fitting = [
            mail
            for mail, said in near.values()
            if (_same_subject(mail, base) or not numbers.isdisjoint(said))
            and mail.thread_id != turn.thread_id
            and (turn.thread_id, mail.id) not in decided
            and families.get(mail.thread_id, -1) != families.get(turn.thread_id)
            and turn.anchor <= mail.arrived_at <= _newest(session, turn) + _WITHIN
        ]
        if fitting:
            found[turn.opened_by] = min(fitting, key=lambda mail: (mail.arrived_at, mail.identity))
    return found


def _same_subject(mail: Message, base: str) -> bool:
    return mail.base_subject == base != "" and not mail.in_reply_to and not mail.references


def _newest(session: Session, turn: TurnRecord) -> datetime:
    arrivals = select(Message.arrived_at).where(col(Message.id).in_(turn.messages))
    return turn.anchor if len(turn.messages) == 1 else max(session.exec(arrivals), default=turn.anchor)


def _subjects(session: Session, turns: Sequence[TurnRecord]) -> dict[int, tuple[str, frozenset[str]]]:
    """Return by `opened_by` the base subject of each turn's first mail and the numbers that it names."""
    found: dict[int, tuple[str, frozenset[str]]] = {}
    for some in _pieces([turn.opened_by for turn in turns]):
        rows = select(Message.id, Message.base_subject, Message.subject).where(col(Message.id).in_(some))
        found |= {key or 0: (base, named_numbers(subject)) for key, base, subject in session.exec(rows)}
    return found


def _candidates(
    session: Session, turns: Sequence[TurnRecord], opened: dict[int, tuple[str, frozenset[str]]]
) -> Iterator[Sent]:
    """Yield mails of ours that may answer one of the turns, with the numbers that they name."""
    elsewhere = (
        col(Message.side) == Side.OURS.value,
        col(Message.kind) == Kind.HUMAN.value,
        col(Message.history).is_(False),
        col(Message.id).not_in(select(Outgoing.stored_message_id).where(col(Outgoing.stored_message_id).is_not(None))),
    )
    for some in _pieces({base for base, _numbers in opened.values()} - {""}):
        bare = (col(Message.base_subject).in_(some), col(Message.in_reply_to) == "")
        for mail in session.exec(select(Message).where(*bare, *elsewhere)):
            yield mail, named_numbers(mail.subject)
    numbered = [turn.anchor for turn in turns if opened[turn.opened_by][1]]
    if numbered:
        wanted = frozenset[str]().union(*(numbers for _base, numbers in opened.values()))
        # By its sort key, so that the search ends at the oldest of them however few mails fit.
        since = select(Message).where(*elsewhere, col(Message.sort_key) >= first_sort_key(min(numbered)))
        mails = session.exec(since.order_by(col(Message.sort_key).desc()).limit(_LOOKED_AT)).all()
        texts = texts_of(session, [mail.id or 0 for mail in mails])
        for mail in mails:
            said = named_numbers(mail.subject) | named_numbers(texts.get(mail.id or 0, Texts()).reply)
            if not said.isdisjoint(wanted):
                yield mail, said


def _by_reader(session: Session, sent: Sequence[Sent], ours: Ours) -> dict[str, list[Sent]]:
    """Return the mails by the addresses and parties that they went to."""
    people = People(session, [mail for mail, _said in sent], ours)
    found: dict[str, list[Sent]] = {}
    for mail, said in sent:
        named = {a.lower() for field in ("to", "cc", "bcc") for _name, a in mail.people.get(field, []) if a}
        theirs = {a for a in named if not ours.owns(Address("", a))}
        for name in theirs | {people.party(a) for a in theirs}:
            found.setdefault(name, []).append((mail, said))
    return found


def _decided(session: Session, turns: Sequence[TurnRecord]) -> frozenset[tuple[int, int | None]]:
    """Return the pairs of thread and mail that a person has spoken about."""
    found: set[tuple[int, int | None]] = set()
    for some in _pieces({turn.thread_id for turn in turns}):
        here = (col(Decision.thread_id).in_(some), col(Decision.event) == AnswerDecided.name)
        rows = select(Decision.thread_id, Decision.about).where(*here, col(Decision.revoked_at).is_(None))
        found.update((thread, about) for thread, about in session.exec(rows))
    return frozenset(found)


def _families(session: Session, turns: Sequence[TurnRecord], mails: Iterable[Sent]) -> dict[int, int]:
    """Return the threads that a person took apart, by what they were parts of."""
    threads = {turn.thread_id for turn in turns} | {mail.thread_id for mail, _said in mails}
    found: dict[int, int] = {}
    for some in _pieces(threads):
        apart = select(Thread.id, Thread.split_from).where(
            col(Thread.id).in_(some), col(Thread.split_from).is_not(None)
        )
        found |= {key or 0: family or 0 for key, family in session.exec(apart)}
    return found


def _pieces(values: Collection[T]) -> Iterator[list[T]]:
    every = list(values)
    return (every[start : start + 5_000] for start in range(0, len(every), 5_000))


def open_forwards(session: Session, now: datetime, ours: Ours) -> list[Message]:
    """Return colleagues' mails of the last 30 days that pass on a customer's mail of which nobody has said whose it is.

    Not what we passed on ourselves, nor what passes on a mail that came to us by itself too.
    """
    own = select(OwnAddress.address)
    spoken = select(Decision.about).where(
        col(Decision.event) == ForwardDecided.name, col(Decision.revoked_at).is_(None), col(Decision.about).is_not(None)
    )
    passing = select(Message).where(
        col(Message.sort_key) >= first_sort_key(now - _ASKED_FOR),
        col(Message.kind) == Kind.INTERNAL.value,
        col(Message.history).is_(False),
        cast(col(Message.forwarded), String) != "null",
        col(Message.from_address).not_in(own),
        col(Message.id).not_in(spoken),
    )
    found = session.exec(passing).all()
    people = People(session, found, ours)
    return [
        mail
        for mail in found
        if mail.forwarded
        and people.of(mail.forwarded["address"]).role.starts_clock
        and not _is_here(session, mail, mail.forwarded)
    ]


def _is_here(session: Session, mail: Message, inside: Mapping[str, str]) -> bool:
    """Whether the customer's mail, or another one of theirs about it, came to us by itself."""
    about = base_subject(inside["subject"])
    named = [col(Message.message_id) == inside["message_id"]] if inside["message_id"] else []
    alike = [col(Message.base_subject) == about] if about else []
    same = or_(col(Message.thread_id) == mail.thread_id, *named, *alike)
    theirs = (func.lower(Message.from_address) == inside["address"].lower(), col(Message.side) == Side.THEIRS.value)
    return session.exec(select(Message.id).where(*theirs, same).limit(1)).first() is not None
