"""Reports: figures over the turns of a period.

Room: queries. In: a period. Out: one frozen row with everything in it; one statement for the turns, however many there are.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from mailcrm.domain.reports.period import Period, period
from mailcrm.domain.reports.replies import NOTES, By, TurnFacts, measure, summed
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.rows import RepliesReport
from mailcrm.records import Company, Contact, MailAccount, Message, OwnAddress, TurnRecord

__all__ = ["replies"]

# In the order of TurnFacts; `answered_by` and `owner` are put in behind, by name.
_THREAD = 1
_COLUMNS = (
    col(TurnRecord.opened_by),
    col(TurnRecord.thread_id),
    func.coalesce(col(Company.name), func.nullif(col(Contact.name), ""), col(TurnRecord.sender)),
    func.coalesce(col(Company.country), col(Contact.country)),
    col(Company.grade),
    col(TurnRecord.anchor),
    col(TurnRecord.due),
    col(TurnRecord.first_touch_at),
    col(TurnRecord.first_touch),
    col(TurnRecord.promised_until),
    col(TurnRecord.supposed_by),
    col(TurnRecord.promise),
    col(TurnRecord.end),
    col(TurnRecord.ended_at),
    col(TurnRecord.external),
    col(TurnRecord.looks_finished),
    col(TurnRecord.policy_version),
    col(TurnRecord.seen_late),
)


def replies(
    session: Session, outlook: Outlook, *, start: str = "", end: str = "", by: By = "rep", rows: bool = True
) -> RepliesReport:
    """Return how the mails that arrived from day `start` to day `end` were answered ("": the 28 days up to today).

    Without `rows` only the figures are kept, which spares the memory of many turns.
    """
    office = outlook.policies.office
    days = period(start, end, outlook.now.astimezone(office.tz).date(), office.zone)
    measured = (measure(facts, outlook.now, office.tz) for facts in _facts(session, outlook, days))
    known = (turn for turn in measured if turn is not None)
    turns = tuple(known) if rows else ()
    total, groups = summed(turns if rows else known, by)
    return RepliesReport(
        from_=days.first,
        to=days.last,
        zone=days.zone,
        made_at=outlook.now,
        by=by,
        total=total,
        groups=groups,
        turns=turns,
        notes=(*NOTES, *_seen_late(total.seen_late)),
    )


def _seen_late(count: int) -> tuple[Sentence, ...]:
    if not count:
        return ()
    return (say("Seen late, because the mail server could not be asked for an hour or more: {count}.", count=count),)


def _facts(session: Session, outlook: Outlook, days: Period) -> Iterator[TurnFacts]:
    """Yield the turns whose oldest mail arrived in `days`, the oldest first; none that was forgotten before mailcrm."""
    owners, names = Owners(session, outlook), _names(session, outlook)
    found = session.connection().execute(
        select_columns(*_COLUMNS, col(TurnRecord.answered_by), col(Message.account_id))
        .join(Message, col(Message.id) == col(TurnRecord.opened_by))
        .join(Contact, col(Contact.id) == col(Message.contact_id), isouter=True)
        .join(Company, col(Company.id) == col(Contact.company_id), isouter=True)
        .where(col(TurnRecord.anchor) >= days.begins, col(TurnRecord.anchor) < days.ends)
        .where(col(TurnRecord.adopted).is_(False))
        .order_by(col(TurnRecord.anchor), col(TurnRecord.opened_by))
    )
    for *columns, answered_by, account in found:
        owner = owners.of(columns[_THREAD], account)
        yield TurnFacts._make((*columns, names.get(answered_by, answered_by), owner))


def _names(session: Session, outlook: Outlook) -> dict[str, str]:
    """Return whose our addresses are: the colleague's, else of whoever has the mail account."""
    kept = select(OwnAddress.address, MailAccount.owner).join(MailAccount).where(col(MailAccount.owner) != "")
    colleagues = {person.address: person.name for person in outlook.team.people if person.address}
    return {**dict(session.exec(kept).all()), **colleagues}
