"""Refund rates between record and value; writing one so that of every code and day there is one.

Room: store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from mailcrm.domain.trade.refunds import RefundRate, place
from mailcrm.records import RefundRateRecord

__all__ = ["NewRefund", "Written", "refund_of", "refund_table", "take_back_refunds", "write_refund"]

_A_DAY = timedelta(days=1)
_SHORTEST_HS = 4


@dataclass(frozen=True, slots=True)
class NewRefund:
    """A rate to be written, and where it was read."""

    rate: RefundRate
    source: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What writing a rate did: `state` "created", "updated" or "duplicate"; `before` takes it back (JSON)."""

    state: str
    before: Mapping[str, Any]


def refund_of(row: RefundRateRecord) -> RefundRate:
    """Return the value of a record."""
    return RefundRate(row.hs, Decimal(row.rate), row.since, row.until)


def refund_table(session: Session, hs: str) -> tuple[RefundRate, ...]:
    """Return the rates that may hold for the code `hs`: those of the code and of every heading that it begins with."""
    headings = [hs[:length] for length in range(_SHORTEST_HS, len(hs) + 1)]
    rows = session.exec(select(RefundRateRecord).where(col(RefundRateRecord.hs).in_(headings))).all()
    return tuple(refund_of(row) for row in rows)


def write_refund(session: Session, new: NewRefund, *, by: str, at: datetime) -> Written:
    """Write a rate where `place` puts it."""
    rate = new.rate
    rows = session.exec(select(RefundRateRecord).where(col(RefundRateRecord.hs) == rate.hs)).all()
    placing = place(map(refund_of, rows), rate)
    if placing.state == "duplicate":
        return Written(placing.state, {"new": None, "changed": []})
    same = next((row for row in rows if row.since == rate.since), None)
    ended = [row for row in rows if refund_of(row) in placing.ended]
    changed = [_stored(row) for row in (*ended, *([same] if same else []))]
    for row in ended:
        row.until = rate.since - _A_DAY
        session.add(row)
    row = same or RefundRateRecord(hs=rate.hs, since=rate.since, rate="", set_by=by, set_at=at)
    row.rate, row.until, row.source = f"{rate.rate:f}", rate.until, new.source
    row.set_by, row.set_at = by, at
    session.add(row)
    session.flush()
    return Written(placing.state, {"new": None if same else row.id, "changed": changed})


def take_back_refunds(session: Session, befores: Iterable[Mapping[str, Any]]) -> None:
    """Take back what `write_refund` did, the last first."""
    for before in reversed(list(befores)):
        if before["new"] is not None:
            session.delete(session.get_one(RefundRateRecord, before["new"]))
        for stored in before["changed"]:
            row = session.get_one(RefundRateRecord, stored["id"])
            row.rate, row.source, row.set_by = stored["rate"], stored["source"], stored["set_by"]
            row.until = _day(stored["until"])
            row.set_at = datetime.fromisoformat(stored["set_at"])
            session.add(row)
        session.flush()


def _stored(row: RefundRateRecord) -> dict[str, Any]:
    return {
        "id": row.id,
        "rate": row.rate,
        "until": row.until.isoformat() if row.until else None,
        "source": row.source,
        "set_by": row.set_by,
        "set_at": row.set_at.isoformat(),
    }


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
