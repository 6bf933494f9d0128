"""Our own people for lists.

Room: queries.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import ColleagueRow, PresenceRow
from mailcrm.records import PersonRecord, PresenceRecord

__all__ = ["colleagues", "presences"]


def colleagues(session: Session, outlook: Outlook) -> tuple[ColleagueRow, ...]:
    """Return all of us by name."""
    now, team = outlook.now, outlook.team
    return tuple(
        ColleagueRow(
            id=f"u{row.id}",
            name=row.name,
            display_name=row.display_name,
            address=row.address,
            manager=row.manager,
            deputy=row.deputy,
            away=team.is_away(row.name, now),
            stands_in=team.works_on(row.name, now),
        )
        for row in session.exec(select(PersonRecord).order_by(col(PersonRecord.name)))
    )


def presences(session: Session, outlook: Outlook, *, kind: str | None = None) -> tuple[PresenceRow, ...]:
    """Return absences and duties that aren't over, the nearest first; `kind`: only "away" or "duty"."""
    rows = session.exec(
        select(PresenceRecord, PersonRecord.name)
        .join(PersonRecord)
        .where(col(PresenceRecord.until) > outlook.now)
        .order_by(col(PresenceRecord.since), col(PresenceRecord.id))
    )
    return tuple(
        PresenceRow(f"z{row.id}", name, row.kind, row.since, row.until, row.deputy)
        for row, name in rows
        if kind in (None, row.kind)
    )
