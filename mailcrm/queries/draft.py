"""A mail that was begun, as its author left it.

Room: queries. Any mail of ours can be written on as far as its text goes: one that was taken back or refused, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import or_
from sqlmodel import Session, col, select

from mailcrm.domain.clock.leaving import answered_meanwhile
from mailcrm.domain.outbox import Status
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import DraftRow, Person
from mailcrm.records import Outgoing
from mailcrm.store.dispatches import WITHOUT_BYTES, dispatch_of
from mailcrm.store.facts import ledger
from mailcrm.store.finding import number, thread_id_of

__all__ = ["draft"]


def draft(
    session: Session,
    outlook: Outlook,
    *,
    id: str | None = None,  # noqa: A002  (as on the command line)
    thread: str | None = None,
) -> DraftRow | None:
    """Return the mail `id`, or the newest draft on `thread` of this person, or of a step that wants it; None where there is none."""
    if id is not None:
        return _row(session, outlook, session.get_one(Outgoing, number(id, "x", "outgoing mail")))
    begun = (
        select(Outgoing)
        .options(WITHOUT_BYTES)
        .where(
            col(Outgoing.thread_id) == thread_id_of(session, thread or ""),
            col(Outgoing.state) == Status.DRAFT.value,
            or_(col(Outgoing.actor) == outlook.actor, col(Outgoing.about) != ""),
            col(Outgoing.automatic).is_(False),
        )
        .order_by(col(Outgoing.id).desc())
        .limit(1)
    )
    row = session.exec(begun).first()
    return _row(session, outlook, row) if row is not None else None


def _row(session: Session, outlook: Outlook, row: Outgoing) -> DraftRow:
    request = row.request
    events = ledger(session, {row.thread_id}, outlook.ours) if row.thread_id is not None else {}
    reply = answered_meanwhile(row.created_at, dispatch_of(row), events.get(row.thread_id or 0, ()))
    return DraftRow(
        id=f"x{row.id}",
        thread_id=f"t{row.thread_id}" if row.thread_id else None,
        state=row.state,
        to=_people(row.to),
        cc=_people(row.cc),
        subject=row.subject,
        body=row.body,
        template=_text(request.get("template")),
        language=_text(request.get("language")),
        variables={name: str(value) for name, value in _map(request.get("variables")).items()},
        attachments=_texts(request.get("attachments")),
        hold=_text(request.get("hold")),
        estimate=row.estimate,
        also=_texts(request.get("also")),
        ticks={name: bool(ticked) for name, ticked in _map(request.get("ticks")).items()},
        answered_by=reply.by if reply else None,
    )


def _people(pairs: Sequence[Sequence[str]]) -> tuple[Person, ...]:
    return tuple(Person(name, address) for name, address in pairs)


def _text(value: object) -> str | None:
    return str(value) if value else None


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _map(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
