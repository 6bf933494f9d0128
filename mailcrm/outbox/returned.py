"""Returned: a mail that came back from everybody it went to did not reach the customer.

Room: outbox. In: threads that changed. Out: the mails of ours on them, `bounced` where the reports of failed delivery name
every recipient on the other side, `sent` again where a person reads a report otherwise. One of several that failed is told and
leaves the mail as sent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import Session

from mailcrm.domain import outbox
from mailcrm.domain.message import Address, Kind
from mailcrm.domain.outbox import Status
from mailcrm.domain.parties import Ours
from mailcrm.domain.words import say
from mailcrm.outbox.drain import partly
from mailcrm.records import Message, Outgoing
from mailcrm.store.bulk import among, objects, rows, table_of
from mailcrm.store.dispatches import WITHOUT_BYTES, dispatch_of, write_dispatch

__all__ = ["settle_returned"]

_LEFT = (Status.SENT.value, Status.BOUNCED.value)
_message, _outgoing = table_of(Message).c, table_of(Outgoing).c
# Which state counts is asked in Python: a database that counts on states would go through every mail that was ever sent.
_OF_THREADS = select(_outgoing.id, _outgoing.state).where(among(_outgoing.thread_id))
_REPORTS = (
    select(_message.bounce)
    .where(among(_message.thread_id), _message.kind == Kind.BOUNCE_HARD.value)
    .order_by(_message.arrived_at, _message.id)
)


def settle_returned(session: Session, thread_ids: Collection[int], ours: Ours) -> None:
    """Let each mail that left on these threads be what the reports about it come to."""
    here = [key for key, state in rows(session, _OF_THREADS, thread_ids) if state in _LEFT]
    left = objects(session, Outgoing, here, WITHOUT_BYTES)
    if left:
        reports = _reports(session, thread_ids)
        for row in left:
            _settle(session, row, reports.get(row.message_id, []), ours)


def _reports(session: Session, thread_ids: Collection[int]) -> dict[str, list[dict[str, str]]]:
    """Return what reports of failed delivery say, by the Message-ID that they are about, in order of arrival."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for (bounce,) in rows(session, _REPORTS, thread_ids):
        if bounce and bounce.get("original_message_id"):
            found[bounce["original_message_id"]].append(dict(bounce))
    return found


def _settle(session: Session, row: Outgoing, reports: list[dict[str, str]], ours: Ours) -> None:
    theirs = {a.lower() for a in row.envelope_to if not ours.owns(Address("", a))} or set(
        map(str.lower, row.envelope_to)
    )
    named = {a.strip().lower() for one in reports for a in one.get("recipient", "").split(",") if a.strip()}
    # A mail to one person failed for that one, whatever address the report names: forwarding rewrites it.
    failed = theirs if reports and len(theirs) == 1 else named & theirs
    lost = theirs <= failed | {address.lower() for address in row.refused}
    after = outbox.bounced(dispatch_of(row), everybody_failed=lost)
    told = partly(row) if not failed else _told(reports[-1], failed)
    if (after.state, told) != (row.state, row.last_error):
        write_dispatch(row, after)
        row.last_error = told
        session.add(row)


def _told(report: dict[str, str], failed: Collection[str]) -> str:
    reason = report.get("diagnostic") or report.get("status") or "?"
    sentence = say(
        "Came back from {addresses}: {reason}. Correct the address and write again.",
        addresses=", ".join(sorted(failed)),
        reason=reason,
    )
    return sentence.to_json()
