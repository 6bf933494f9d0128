"""Notices from turns, and from milestones of orders: whoever is to be told of a deadline by now, in one digest each.

Room: rules. In: the rota, the instant. Out: rows of `notice` (what was told, once for good), of `digest`, and when to look
again. A tick reads turns whose time to look has come, and no others. That nothing is told twice is the table's matter: of two
who tell at once, the one whose row came first does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.notices.digest import Entry, gather, rest_ahead, until_back
from mailcrm.domain.notices.levels import Level, Role, Told, Watch, watch
from mailcrm.domain.notices.planning import Firing, Plan, Rota, plan
from mailcrm.domain.orders.policy import OrderPolicy
from mailcrm.domain.parties import Ours
from mailcrm.records import DigestRecord, MailAccount, Message, NoticeRecord, Outgoing, Thread, TurnRecord
from mailcrm.rules.late_milestones import late_milestones
from mailcrm.store.orders import asks_for_anything
from mailcrm.store.questions import probable_answers
from mailcrm.store.team import load_team
from mailcrm.store.turns import turn_of

__all__ = ["look_again", "somebody_may_be_told", "tell"]

_LOOKED_FOR = timedelta(minutes=30)
_ASKED = timedelta(minutes=15)  # while it is asked whether a mail of ours answers it, it is only looked at again
_AT_ONCE = 500
# Nobody else writes meanwhile: some seconds' work, and the next tick goes on.
_AT_A_TICK = 5_000

Key = tuple[int, datetime]


@dataclass(frozen=True, slots=True)
class _Found:
    """A turn whose time to look has come, and what comes of it."""

    row: TurnRecord
    watched: Watch | None
    plan: Plan


def somebody_may_be_told(session: Session, policy: Policy, orders: OrderPolicy, now: datetime) -> bool:
    """Whether the time to look at any turn has come, or a milestone is late: a tick reads two indexes when nothing is due."""
    looks = select(TurnRecord.opened_by).where(col(TurnRecord.notice_at) <= now).limit(1)
    if session.exec(looks).first() is not None:
        return True
    if not asks_for_anything(session, now.astimezone(policy.office.tz).date()):
        return False
    return bool(late_milestones(session, Rota(policy, load_team(session)), orders, now))


def look_again(session: Session, now: datetime) -> None:
    """Have every open turn looked at once more: people, absences or duties have changed."""
    session.execute(update(TurnRecord).where(col(TurnRecord.end) == "").values(notice_at=now))


def tell(session: Session, rota: Rota, ours: Ours, orders: OrderPolicy, now: datetime) -> list[DigestRecord]:
    """Tell what is to be told at `now`; return the new digests, by person."""
    found = list(_looked_at(session, rota, ours, now))
    noted = _note(session, found, now)
    fired = [
        (one.watched, firing)
        for one in found
        if one.watched is not None
        for firing in one.plan.firings
        if (one.row.opened_by, one.row.deadline, firing.level.value, firing.role.value) in noted
    ]
    looks = [{"opened_by": one.row.opened_by, "notice_at": one.plan.next_at} for one in found]
    if looks:
        session.execute(update(TurnRecord), looks)
    news = gather(fired)
    for person, late in late_milestones(session, rota, orders, now).items():
        news.setdefault(person, []).extend(late)
    return [_digest(session, rota, now, person, entries, fired) for person, entries in sorted(news.items())]


def _looked_at(session: Session, rota: Rota, ours: Ours, now: datetime) -> Iterator[_Found]:
    rows = _with_owners(session, col(TurnRecord.notice_at) <= now, limit=_AT_A_TICK)
    told = _told(session, [row.opened_by for row, _owner in rows])
    doubts = _doubts(session) if rows else {}
    asked = probable_answers(session, [row for row, _owner in rows], ours)
    for row, owner in rows:
        silent = now + _ASKED if row.opened_by in asked else doubts.get(row.thread_id)
        watched = watch(turn_of(row), owner, silent)
        known = told.get((row.opened_by, row.deadline), frozenset())
        yield _Found(row, watched, plan(watched, rota, known, now) if watched else Plan())


def _with_owners(session: Session, condition: Any, limit: int | None = None) -> list[tuple[TurnRecord, str]]:  # noqa: ANN401  (a clause)
    """Return turns with who owns them: the thread's owner, else whoever has the mail account, else nobody by name."""
    rows = session.exec(
        select(TurnRecord, Thread.owner, MailAccount.owner)
        .join(Thread, col(Thread.id) == col(TurnRecord.thread_id))
        .join(Message, col(Message.id) == col(TurnRecord.opened_by))
        .join(MailAccount, col(MailAccount.id) == col(Message.account_id), isouter=True)
        .where(condition)
        .order_by(col(TurnRecord.opened_by))
        .limit(limit)
    )
    return [(row, given or kept or "") for row, given, kept in rows]


def _told(session: Session, turns: Sequence[int]) -> dict[Key, frozenset[Told]]:
    told: dict[Key, set[Told]] = defaultdict(set)
    for start in range(0, len(turns), _AT_ONCE):
        some = turns[start : start + _AT_ONCE]
        rows = session.exec(
            select(NoticeRecord.opened_by, NoticeRecord.deadline, NoticeRecord.level, NoticeRecord.role).where(
                col(NoticeRecord.opened_by).in_(some)
            )
        )
        for opened_by, deadline, level, role in rows:
            told[opened_by, deadline].add((Level(level), Role(role)))
    return {key: frozenset(levels) for key, levels in told.items()}


def _doubts(session: Session) -> dict[int, datetime]:
    """Return until when threads stay silent whose answer may have left and is being looked for."""
    rows = session.exec(
        select(Outgoing.thread_id, Outgoing.sending_at).where(
            col(Outgoing.state) == "in_doubt", col(Outgoing.thread_id).is_not(None)
        )
    )
    return {thread: at + _LOOKED_FOR for thread, at in rows if thread is not None and at is not None}


def _note(session: Session, found: Collection[_Found], now: datetime) -> set[tuple[int, datetime, str, str]]:
    """Write down what is told now; return what nobody else had written down before."""
    rows = [
        {
            "opened_by": one.row.opened_by,
            "deadline": one.row.deadline,
            "level": level.value,
            "role": role.value,
            "people": _people(one.plan.firings, level, role),
            "told_at": now,
        }
        for one in found
        for level, role in sorted(one.plan.told)
    ]
    if not rows:
        return set()
    # The dialect of this database is there already; the other one would be imported for nothing, by every command.
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    added = session.execute(
        dialect.insert(NoticeRecord)
        .on_conflict_do_nothing()
        .returning(NoticeRecord.opened_by, NoticeRecord.deadline, NoticeRecord.level, NoticeRecord.role),
        rows,
    )
    return {(opened_by, deadline, level, role) for opened_by, deadline, level, role in added}


def _people(firings: Collection[Firing], level: Level, role: Role) -> list[str]:
    return next((list(one.people) for one in firings if (one.level, one.role) == (level, role)), [])


def _digest(
    session: Session,
    rota: Rota,
    now: datetime,
    person: str,
    entries: list[Entry],
    fired: Collection[tuple[Watch, Firing]],
) -> DigestRecord:
    leaving = now >= rota.hours.leaving(rota.hours.day_of(now)) and any(
        Level.LEAVE in firing.covers and person in firing.people for _watch, firing in fired
    )
    ahead = rest_ahead(rota.hours, now) if leaving else None
    lines = [*entries, *(_also_open(session, rota, now, person, entries) if leaving else ())]
    row = DigestRecord(
        person=person,
        at=now,
        lines=[_line(entry) for entry in lines],
        leaving=leaving,
        back=ahead.back.isoformat() if ahead else "",
    )
    session.add(row)
    session.flush()
    return row


def _also_open(session: Session, rota: Rota, now: datetime, person: str, told: list[Entry]) -> Iterator[Entry]:
    """Yield what else the person leaves behind: open until the office is back, and told before."""
    known = {entry.turn for entry in told}
    here = (col(TurnRecord.end) == "") & (col(TurnRecord.deadline) <= until_back(rota.hours, now))
    for row, owner in sorted(_with_owners(session, here), key=lambda pair: (pair[0].deadline, pair[0].opened_by)):
        watched = watch(turn_of(row), owner)
        if watched is not None and watched.turn not in known and rota.team.works_on(owner, now) == person:
            yield Entry(watched.turn, Level.LEAVE, watched.deadline, owner, watched.promise, watched.supposed)


def _line(entry: Entry) -> dict[str, str]:
    return {
        "turn": entry.turn,
        "level": entry.level.value,
        "deadline": entry.deadline.isoformat(),
        "owner": entry.owner,
        "kind": "supposed" if entry.supposed else "promise" if entry.promise else "reply",
    }
