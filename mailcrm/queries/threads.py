"""Threads as people read them: mails in order of arrival, and the state of the most urgent turn.

Room: queries. `thread` fills bodies and attachments, `threads` leaves them out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from sqlmodel import Session, col, select

from mailcrm.domain.clock.account import Turn
from mailcrm.domain.clock.leaving import Answer, Leaving, leaving
from mailcrm.domain.clock.ledger import AnsweredElsewhere, NoteWritten
from mailcrm.domain.clock.states import State, deadline, most_urgent, state
from mailcrm.domain.message import Kind, Side
from mailcrm.queries.finding import newest, read
from mailcrm.queries.outgoing_lines import on_their_way
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.probable import probable
from mailcrm.queries.rows import AttachmentRow, MessageRow, NoteRow, Person, ThreadRow, WarningRow
from mailcrm.queries.there import there_of_thread
from mailcrm.records import (
    AttachmentFile,
    Company,
    Contact,
    Decision,
    MailAccount,
    Message,
    Outgoing,
    Thread,
    TurnRecord,
)
from mailcrm.store.finding import thread_id_of
from mailcrm.store.texts import Texts, texts_of
from mailcrm.store.turns import turn_of

__all__ = ["file_row", "thread", "thread_rows", "threads"]

_BATCH = 400


def thread(session: Session, outlook: Outlook, *, id: str, there: bool = False) -> ThreadRow:  # noqa: A002  (the name on the command line)
    """Return one thread with everything in it, and with `there` where its customer is."""
    thread_id = thread_id_of(session, id)
    row = thread_rows(session, outlook, [thread_id], whole=True)[0]
    return replace(row, there=there_of_thread(session, outlook, thread_id)) if there else row


def threads(session: Session, outlook: Outlook, *, query: str = "", limit: int = 100) -> tuple[ThreadRow, ...]:
    """Return threads with a mail that `query` finds, the newest such mail first. Our notices to ourselves are none."""
    notices = select(Outgoing.message_id).where(col(Outgoing.automatic).is_(True))
    ours_not = (col(Message.message_id).not_in(notices),)
    ids = newest(session, outlook, read(query, outlook), limit, by=itemgetter(1), but=ours_not)
    rows: list[ThreadRow] = []
    for start in range(0, len(ids), _BATCH):
        rows += thread_rows(session, outlook, ids[start : start + _BATCH])
    return tuple(rows)


@dataclass(slots=True)
class _Loaded:
    """Everything that rows of some threads are made of, loaded with one query a table."""

    messages: dict[int, list[Message]]
    turns: dict[int, list[Turn]]
    companies: dict[int | None, Company]
    contacts: dict[int | None, Contact]
    accounts: dict[int | None, MailAccount]
    sent: dict[int | None, Outgoing]
    texts: dict[int, Texts]
    files: dict[int | None, list[AttachmentFile]]
    underway: dict[int, list[Answer]]


def thread_rows(session: Session, outlook: Outlook, ids: Sequence[int], *, whole: bool = False) -> list[ThreadRow]:
    """Return the rows of `ids`, in that order."""
    loaded = _load(session, ids, whole=whole)
    found = {row.id: row for row in session.exec(select(Thread).where(col(Thread.id).in_(ids)))}
    near = probable(session, outlook, {i: {m.base_subject for m in mails} for i, mails in loaded.messages.items()})
    rows = [_row(found[i], loaded, outlook, whole=whole) for i in ids if i in found]
    notes = _notes(session, ids)
    return [replace(row, probable=near.get(row.id, ()), notes=tuple(notes.get(row.id, ()))) for row in rows]


def _notes(session: Session, ids: Collection[int]) -> dict[str, list[NoteRow]]:
    """Return what people wrote down about the threads, in order."""
    written = col(Decision.event).in_([NoteWritten.name, AnsweredElsewhere.name])
    here = (col(Decision.thread_id).in_(ids), written, col(Decision.revoked_at).is_(None))
    found: dict[str, list[NoteRow]] = {}
    for row in session.exec(select(Decision).where(*here).order_by(col(Decision.at), col(Decision.id))):
        told = row.details
        note = NoteRow(
            f"d{row.id}", row.at, row.actor, told.get("channel", ""), told.get("text") or told.get("summary", "")
        )
        found.setdefault(f"t{row.thread_id}", []).append(note)
    return found


def _load(session: Session, ids: Collection[int], *, whole: bool) -> _Loaded:
    messages: dict[int, list[Message]] = defaultdict(list)
    for message in session.exec(
        select(Message).where(col(Message.thread_id).in_(ids)).order_by(col(Message.arrived_at), col(Message.id))
    ):
        messages[message.thread_id].append(message)
    turns: dict[int, list[Turn]] = defaultdict(list)
    for record in session.exec(select(TurnRecord).where(col(TurnRecord.thread_id).in_(ids))):
        turns[record.thread_id].append(turn_of(record))
    message_ids = [m.id for thread_messages in messages.values() for m in thread_messages if m.id is not None]
    texts = texts_of(session, message_ids) if whole else {}
    files: dict[int | None, list[AttachmentFile]] = defaultdict(list)
    if whole:
        for file in session.exec(
            select(AttachmentFile)
            .where(col(AttachmentFile.message_id).in_(message_ids))
            .order_by(col(AttachmentFile.position))
        ):
            files[file.message_id].append(file)
    thread_records = session.exec(select(Thread).where(col(Thread.id).in_(ids))).all()
    companies = {t.company_id for t in thread_records} - {None}
    contacts = {t.contact_id for t in thread_records} - {None}
    return _Loaded(
        messages,
        turns,
        {row.id: row for row in session.exec(select(Company).where(col(Company.id).in_(companies)))},
        {row.id: row for row in session.exec(select(Contact).where(col(Contact.id).in_(contacts)))},
        {row.id: row for row in session.exec(select(MailAccount))},
        {
            row.stored_message_id: row
            for row in session.exec(select(Outgoing).where(col(Outgoing.thread_id).in_(ids)))
            if row.stored_message_id is not None
        },
        texts,
        files,
        on_their_way(session, ids),
    )


def _row(record: Thread, loaded: _Loaded, outlook: Outlook, *, whole: bool) -> ThreadRow:
    assert record.id is not None  # noqa: S101  (it was read from the table)
    mails = loaded.messages[record.id]
    turn = most_urgent(loaded.turns[record.id], outlook.policies.clock, outlook.now)
    company, contact = loaded.companies.get(record.company_id), loaded.contacts.get(record.contact_id)
    account = loaded.accounts.get(record.account_id)
    role = company.role if company else contact.role if contact else "unknown"
    now_state = state(turn, outlook.policies.clock, outlook.now) if turn else State.IDLE
    ours = leaving(turn, loaded.underway.get(record.id, ()), outlook.now) if turn and not turn.end else Leaving()
    return ThreadRow(
        id=f"t{record.id}",
        subject=record.subject,
        company=company.name if company else None,
        company_id=f"o{company.id}" if company else None,
        contact_id=f"c{contact.id}" if contact else None,
        role=role,
        participants=_participants(mails),
        state=now_state.value,
        result=(turn.result or None) if turn else None,
        first_touch=(turn.first_touch or None) if turn else None,
        answered_at=turn.ended_at if turn and turn.end == "closed" else None,
        answered_by=(turn.answered_by or None) if turn else None,
        external=bool(turn and turn.external),
        due=deadline(turn) if turn else None,
        reply_due=turn.due if turn else None,
        account_id=f"a{record.account_id}" if record.account_id else None,
        zone=account.zone if account else outlook.zone,
        messages=_messages(mails, loaded, record.id, whole=whole),
        leaves_at=ours.leaves_at,
        in_time=ours.in_time,
    )


def _messages(mails: Sequence[Message], loaded: _Loaded, thread_id: int, *, whole: bool) -> tuple[MessageRow, ...]:
    """Return the mails of a thread, with what only their neighbours tell: who still waits for an answer, what came back."""
    waiting = {key for turn in loaded.turns[thread_id] if not turn.end for key in turn.messages}
    reports = [mail.bounce or {} for mail in mails if mail.kind == Kind.BOUNCE_HARD]
    back = {name for report in reports if (name := report.get("original_message_id"))}
    rows = (_message(mail, loaded, whole=whole) for mail in mails)
    return tuple(
        replace(
            row,
            waiting=row.id in waiting,
            delivery=row.delivery or ("bounced" if row.side == Side.OURS and row.message_id in back else ""),
        )
        for row in rows
    )


def _participants(mails: Sequence[Message]) -> tuple[Person, ...]:
    """Return the other side's people, each once, in order of appearance; ours only where there is nobody else."""
    theirs = {m.from_address.lower(): Person(m.from_name, m.from_address) for m in mails if m.side == Side.THEIRS}
    if not theirs:
        theirs = {a.lower(): Person(n, a) for m in mails for n, a in m.people.get("to", [])}
    return tuple(theirs.values())


def _people(message: Message, field: str) -> tuple[Person, ...]:
    return tuple(Person(name, address) for name, address in message.people.get(field, []))


def _message(message: Message, loaded: _Loaded, *, whole: bool) -> MessageRow:
    sent = loaded.sent.get(message.id)
    text = loaded.texts.get(message.id or 0)
    return MessageRow(
        id=f"m{message.id}",
        message_id=message.message_id,
        from_=Person(message.from_name, message.from_address),
        to=_people(message, "to"),
        cc=_people(message, "cc"),
        subject=message.subject,
        arrived_at=message.arrived_at,
        side=message.side,
        kind=message.kind,
        purpose=message.purpose,
        gist=message.gist,
        history=message.history,
        kind_signals=tuple(message.kind_signals),
        body=text.body if text else ("" if whole else None),
        reply=text.reply if text else ("" if whole else None),
        signature=text.signature if text else ("" if whole else None),
        quoted_lines=text.quoted_lines if text else 0,
        attachments=tuple(file_row(f) for f in loaded.files[message.id]) if whole else None,
        outbox=f"x{sent.id}" if sent else "",
        delivery=sent.state if sent else "",
        size=message.size,
        whole=message.whole,
        warnings=tuple(WarningRow(code, seen) for code, seen in message.warnings),
        channel=message.channel,
    )


def file_row(file: AttachmentFile) -> AttachmentRow:
    """Return the row of a file."""
    return AttachmentRow(
        f"f{file.id}", file.filename, file.safe_filename, file.content_type, file.size, file.sha256, file.inline
    )
