"""Late milestones of orders: whoever follows the order is told of each once, in a digest of the next working minute.

Room: rules. In: the rota, the instant. Out: each person's entries. That nothing is told twice is read off the digests: a milestone that is late on
another day than before, since it was planned anew, is told again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from mailcrm.domain.notices.digest import Entry
from mailcrm.domain.notices.levels import Level
from mailcrm.domain.notices.planning import Rota
from mailcrm.domain.orders.duties import duties
from mailcrm.domain.orders.policy import OrderPolicy
from mailcrm.records import DigestRecord, MailAccount, Message, Thread
from mailcrm.store.orders import OrderFile, facts_of, open_files

__all__ = ["late_milestones"]


def late_milestones(session: Session, rota: Rota, policy: OrderPolicy, now: datetime) -> dict[str, list[Entry]]:
    """Return what each person is to be told at `now`: nothing outside working hours."""
    if not rota.hours.is_working(now):
        return {}
    late = list(_late(session, rota, policy, now))
    if not late:
        return {}
    told = _told(session, min(entry.deadline for entry in late))
    people: dict[str, list[Entry]] = defaultdict(list)
    for entry in late:
        person = rota.team.works_on(entry.owner, now)
        if (entry.turn, entry.deadline.isoformat()) not in told:
            people[person].append(entry)
    return dict(people)


def _late(session: Session, rota: Rota, policy: OrderPolicy, now: datetime) -> Iterator[Entry]:
    office = rota.hours.office
    today = rota.hours.day_of(now)
    for file in open_files(session, until=today):
        for duty in duties(facts_of(file), policy, today):
            if duty.late and duty.due is not None and duty.name in file.milestones:
                owner = file.milestones[duty.name].owner or file.row.owner or _owner(session, file)
                yield Entry(f"{file.id}:{duty.name}", Level.DUE, office.end_of(duty.due).astimezone(UTC), owner)


def _owner(session: Session, file: OrderFile) -> str:
    """Return the owner of the order's thread, else whoever has the mail account, else nobody by name."""
    found = session.exec(
        select(Thread.owner, MailAccount.owner)
        .join(Message, col(Message.thread_id) == col(Thread.id))
        .join(MailAccount, col(MailAccount.id) == col(Message.account_id), isouter=True)
        .where(col(Message.id) == file.row.message_id)
    ).first()
    given, kept = found or ("", "")
    return given or kept or ""


def _told(session: Session, since: datetime) -> set[tuple[str, str]]:
    """Return which deadlines the digests since then told of."""
    digests = session.exec(select(DigestRecord.lines).where(col(DigestRecord.at) >= since))
    return {(line["turn"], line["deadline"]) for lines in digests for line in lines}
