"""Search: words, "phrases", Chinese of any length, and filters, newest first.

Room: queries. The filter language: `from: to: company: country: grade: has:attachment before: after: is:overdue`. Words
are found as they stand in subject, sender, text or file name; what stands in double quotes is one word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, cast
from sqlmodel import Session, col, func, or_, select

from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import say
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import Person, SearchRow
from mailcrm.records import AttachmentFile, Company, Contact, Message, MessageText, TurnRecord

__all__ = ["search"]

_TOKEN = re.compile(r'(?:(?P<filter>[a-z]+):)?(?:"(?P<phrase>[^"]*)"|(?P<word>\S+))')
_AROUND = 60


def search(session: Session, outlook: Outlook, *, query: str, limit: int = 50) -> tuple[SearchRow, ...]:
    """Return the newest `limit` mails that fit every part of `query`."""
    words: list[str] = []
    conditions: list[ColumnElement[bool]] = []
    for token in _TOKEN.finditer(query):
        value = token["phrase"] if token["phrase"] is not None else token["word"]
        if token["filter"] is None or (token["filter"] not in _FILTERS and token["phrase"] is None):
            words.append(value if token["filter"] is None else token[0])
        elif token["filter"] in _FILTERS:
            conditions.append(_FILTERS[token["filter"]](value, outlook))
    conditions += [_holds(word) for word in words]
    rows = session.exec(
        select(Message, MessageText.body)
        .join(MessageText, isouter=True)
        .where(*conditions)
        .order_by(col(Message.sort_key).desc())
        .limit(limit)
    )
    return tuple(
        SearchRow(
            thread_id=f"t{message.thread_id}",
            message_id=message.message_id,
            subject=message.subject,
            from_=Person(message.from_name, message.from_address),
            arrived_at=message.arrived_at,
            snippet=_snippet(body or "", words) or message.gist,
        )
        for message, body in rows
    )


def _like(text: str) -> str:
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _holds(word: str) -> ColumnElement[bool]:
    like = _like(word)
    text = select(MessageText.message_id).where(col(MessageText.body).ilike(like, escape="\\"))
    files = select(AttachmentFile.message_id).where(col(AttachmentFile.filename).ilike(like, escape="\\"))
    return or_(
        col(Message.subject).ilike(like, escape="\\"),
        col(Message.from_name).ilike(like, escape="\\"),
        col(Message.from_address).ilike(like, escape="\\"),
        col(Message.id).in_(text),
        col(Message.id).in_(files),
    )


def _from(value: str, outlook: Outlook) -> ColumnElement[bool]:
    del outlook
    like = _like(value)
    return or_(col(Message.from_address).ilike(like, escape="\\"), col(Message.from_name).ilike(like, escape="\\"))


def _to(value: str, outlook: Outlook) -> ColumnElement[bool]:
    del outlook
    return cast(col(Message.people), String).ilike(_like(value), escape="\\")


def _company(field: str) -> Callable[[str, Outlook], ColumnElement[bool]]:
    def condition(value: str, outlook: Outlook) -> ColumnElement[bool]:
        del outlook
        fits = col(getattr(Company, field)).ilike(_like(value), escape="\\")
        return col(Message.contact_id).in_(select(Contact.id).join(Company).where(fits))

    return condition


def _country(value: str, outlook: Outlook) -> ColumnElement[bool]:
    """Where the company is, or the contact of whose company nobody knows that."""
    del outlook
    place = func.coalesce(col(Company.country), col(Contact.country))
    there = select(Contact.id).join(Company, isouter=True).where(place.ilike(_like(value), escape="\\"))
    return col(Message.contact_id).in_(there)


def _has(value: str, outlook: Outlook) -> ColumnElement[bool]:
    del outlook
    if value != "attachment":
        raise UsageError(say("has:{value} is not known.", value=value), say("Only has:attachment is known."))
    return col(Message.has_attachments).is_(True)


def _day(value: str, outlook: Outlook) -> datetime:
    try:
        day = datetime.fromisoformat(value)
    except ValueError as error:
        raise UsageError(say("{value} is no date.", value=value), say("Write it as 2026-11-23.")) from error
    return (day if day.tzinfo else day.replace(tzinfo=ZoneInfo(outlook.zone))).astimezone(UTC)


def _is(value: str, outlook: Outlook) -> ColumnElement[bool]:
    if value != "overdue":
        raise UsageError(say("is:{value} is not known.", value=value), say("Only is:overdue is known."))
    late = select(TurnRecord.thread_id).where(col(TurnRecord.end) == "", col(TurnRecord.deadline) <= outlook.now)
    return col(Message.thread_id).in_(late)


_FILTERS: dict[str, Callable[[str, Outlook], ColumnElement[bool]]] = {
    "from": _from,
    "to": _to,
    "company": _company("name"),
    "country": _country,
    "grade": _company("grade"),
    "has": _has,
    "is": _is,
    "before": lambda value, outlook: col(Message.arrived_at) < _day(value, outlook),
    "after": lambda value, outlook: col(Message.arrived_at) >= _day(value, outlook),
}


def _snippet(body: str, words: list[str]) -> str:
    """Return the text around the first word found, on one line; "" where none stands in the body."""
    lower = body.lower()
    for word in words:
        at = lower.find(word.lower())
        if at >= 0:
            return " ".join(body[max(0, at - _AROUND) : at + len(word) + _AROUND].split())
    return ""
