"""What people were told of deadlines, and what has become of it since.

Room: queries. A digest holds ids; its sentences are made when it is read, from mail and turns as they are then. An alarm about a
turn that had been answered in time, as a reply that was found later shows, is withdrawn: that is derived, never stored, so it
can't disagree with the ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from sqlmodel import Session, col, func, select

from mailcrm.domain.clock.spoken import stamp
from mailcrm.domain.errors import NotFound
from mailcrm.domain.notices import wording
from mailcrm.domain.notices.digest import Entry
from mailcrm.domain.notices.levels import WARNINGS, Level
from mailcrm.domain.orders.milestones import milestone
from mailcrm.domain.words import Sentence, active_language, say
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import DigestRow, ExplainRow, NoticeLine
from mailcrm.records import Company, Contact, DigestRecord, Message, NoticeRecord, TurnRecord
from mailcrm.store.finding import number
from mailcrm.store.orders import OPEN, OrderFile, open_order

__all__ = ["digest_row", "digest_rows", "for_whom", "notice_story", "notices", "unread"]

_AT_ONCE = 500
_LONGEST = 120


def notices(session: Session, outlook: Outlook, *, every: bool = False, limit: int = 200) -> tuple[DigestRow, ...]:
    """Return the digests of whoever asks, the newest first: the unread ones, or `every` one."""
    found = select(DigestRecord).order_by(col(DigestRecord.id).desc()).limit(limit)
    if not every:
        found = found.where(col(DigestRecord.read_at).is_(None))
    person = for_whom(outlook)
    if person is not None:
        found = found.where(col(DigestRecord.person) == person)
    return digest_rows(session, outlook, session.exec(found).all())


def digest_row(session: Session, outlook: Outlook, *, id: str) -> DigestRow:  # noqa: A002  (as on the command line)
    """Return one digest."""
    return digest_rows(session, outlook, [session.get_one(DigestRecord, number(id, "n", "notice"))])[0]


def unread(session: Session, outlook: Outlook) -> tuple[int, str | None]:
    """Return how many digests whoever asks has not read, and the newest one's id."""
    found = select(func.count(), func.max(DigestRecord.id)).where(col(DigestRecord.read_at).is_(None))
    person = for_whom(outlook)
    if person is not None:
        found = found.where(col(DigestRecord.person) == person)
    count, newest = session.exec(found).one()
    return count, f"n{newest}" if newest else None


def for_whom(outlook: Outlook) -> str | None:
    """Return whose digests whoever asks reads: the colleague's own, all (None) where the asker is none of those written down."""
    return outlook.actor if outlook.team.find(outlook.actor) else None


@dataclass(frozen=True, slots=True)
class _Known:
    """What the lines of some digests are about."""

    openings: dict[int, Message]
    names: dict[int, str]
    turns: dict[int, TurnRecord]
    orders: dict[str, tuple[OrderFile, str]] = field(default_factory=dict)


def digest_rows(session: Session, outlook: Outlook, records: Iterable[DigestRecord]) -> tuple[DigestRow, ...]:
    """Return the rows of digests, in their order."""
    digests = [(record, [_entry(line) for line in record.lines]) for record in records]
    told = [entry for _record, entries in digests for entry in entries]
    known = _known(session, {_number(entry) for entry in told} - {0})
    known.orders.update(_orders(session, {entry.turn for entry in told if not _number(entry)}))
    return tuple(_row(record, entries, known, outlook) for record, entries in digests)


def _row(record: DigestRecord, entries: list[Entry], known: _Known, outlook: Outlook) -> DigestRow:
    back = date.fromisoformat(record.back) if record.back else None
    return DigestRow(
        id=f"n{record.id}",
        person=record.person,
        at=record.at,
        title=wording.heading(entries, record.at, leaving=record.leaving),
        lines=(
            *(_line(entry, record, known, outlook) for entry in entries if _number(entry) in known.openings),
            *(_of_order(*known.orders[entry.turn], entry, outlook) for entry in entries if entry.turn in known.orders),
        ),
        back=record.back or None,
        bridge=_bridge(record.at, back, outlook) if back else (),
        ways=tuple(record.ways),
        read_at=record.read_at,
    )


def _bridge(at: datetime, back: date, outlook: Outlook) -> tuple[Sentence, ...]:
    office = outlook.policies.office
    today = at.astimezone(office.tz).date()
    opening = datetime.combine(back, office.hours[0][0], office.tz)
    manned = any(one.duty and one.since < opening and one.until > at for one in outlook.team.presences)
    return wording.bridge((back - today).days - 1, stamp(opening, office.zone, active_language()), manned=manned)


def _line(entry: Entry, record: DigestRecord, known: _Known, outlook: Outlook) -> NoticeLine:
    opening = known.openings[_number(entry)]
    due = stamp(entry.deadline, outlook.zone, active_language())
    return NoticeLine(
        thread_id=f"t{opening.thread_id}",
        level=entry.level.value,
        deadline=entry.deadline,
        said=wording.line(entry, record.at, known.names[_number(entry)][:_LONGEST], due, opening.subject[:_LONGEST]),
        more=wording.escalation(entry, entry.owner or outlook.actor, own=record.person == entry.owner),
        state=_state(entry, record.at, known.turns.get(_number(entry))),
    )


def _state(entry: Entry, at: datetime, turn: TurnRecord | None) -> str:
    if turn is not None and entry.deadline <= at and _was_in_time(turn, entry.deadline):
        return "withdrawn"
    return "open" if turn is not None and not turn.end and turn.deadline == entry.deadline else "settled"


def _was_in_time(turn: TurnRecord, deadline: datetime) -> bool:
    """Whether the turn had been answered, or a new date given, before `deadline`: whoever was told of it was told in error."""
    ended = turn.end == "closed" and turn.ended_at is not None and turn.ended_at < deadline
    held = (
        turn.promised_until is not None
        and turn.first_touch_at is not None
        and turn.first_touch_at < deadline == turn.due
    )
    return ended or held


def _entry(line: dict[str, str]) -> Entry:
    return Entry(
        turn=line["turn"],
        level=Level(line["level"]),
        deadline=datetime.fromisoformat(line["deadline"]),
        owner=line["owner"],
        promise=line["kind"] != "reply",
        supposed=line["kind"] == "supposed",
    )


def _number(entry: Entry) -> int:
    """Return the number of the mail that opened the turn; 0 for an order's milestone."""
    return int(entry.turn.removeprefix("m")) if entry.turn.startswith("m") else 0


def _orders(session: Session, milestones: Collection[str]) -> Iterator[tuple[str, tuple[OrderFile, str]]]:
    """Yield for milestones ("d4:production") the order, and whose it is."""
    for key in sorted(milestones):
        try:
            file = open_order(session, key.partition(":")[0])
        except NotFound:  # it was taken back
            continue
        contact = session.get_one(Contact, file.row.contact_id)
        company = session.get(Company, contact.company_id) if contact.company_id else None
        yield key, (file, company.name if company else contact.name or contact.address)


def _of_order(file: OrderFile, who: str, entry: Entry, outlook: Outlook) -> NoticeLine:
    name = entry.turn.partition(":")[2]
    one, due = file.milestones.get(name), stamp(entry.deadline, outlook.zone, active_language())
    still = one.due if one is not None and one.state == OPEN else None
    same = still is not None and outlook.policies.office.end_of(still).astimezone(UTC) == entry.deadline
    return NoticeLine(
        thread_id=f"t{file.thread_id}" if file.thread_id else "",
        level=entry.level.value,
        deadline=entry.deadline,
        said=wording.milestone_line(who[:_LONGEST], file.row.number, milestone(name).title, due),
        more=None,
        state="open" if same else "settled",
    )


def _known(session: Session, turns: Collection[int]) -> _Known:
    known, ids = _Known({}, {}, {}), sorted(turns)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        rows = session.exec(
            select(Message, Contact, Company)
            .join(Contact, col(Contact.id) == col(Message.contact_id), isouter=True)
            .join(Company, col(Company.id) == col(Contact.company_id), isouter=True)
            .where(col(Message.id).in_(some))
        )
        for message, contact, company in rows:
            name = company.name if company else contact.name if contact else ""
            known.openings[message.id or 0] = message
            known.names[message.id or 0] = name or message.from_name or message.from_address
        found = session.exec(select(TurnRecord).where(col(TurnRecord.opened_by).in_(some)))
        known.turns.update((turn.opened_by, turn) for turn in found)
    return known


def notice_story(session: Session, outlook: Outlook, thread_id: int) -> list[ExplainRow]:
    """Return who was told what of a thread's deadlines, and which alarms were withdrawn, as lines of its story."""
    rows = session.exec(
        select(NoticeRecord, Message.message_id)
        .join(Message, col(Message.id) == col(NoticeRecord.opened_by))
        .where(col(Message.thread_id) == thread_id, col(NoticeRecord.told_at) <= outlook.now)
        .order_by(col(NoticeRecord.id))
    ).all()
    turns = {
        turn.opened_by: turn for turn in session.exec(select(TurnRecord).where(col(TurnRecord.thread_id) == thread_id))
    }
    story, withdrawn = [], set[tuple[int, datetime]]()
    for notice, message_id in rows:
        level = Level(notice.level)
        if notice.people:
            who = ", ".join(person or outlook.actor for person in notice.people)
            told = say("Told: {people}.", people=who)
            story.append(ExplainRow(notice.told_at, "NoticeGiven", message_id, wording.meaning(level), told))
        turn = turns.get(notice.opened_by)
        if turn is not None and level not in WARNINGS and _was_in_time(turn, notice.deadline):
            withdrawn.add((notice.opened_by, notice.deadline))
    story += [_withdrawal(session, turns[opened_by], deadline, outlook) for opened_by, deadline in sorted(withdrawn)]
    return story


def _withdrawal(session: Session, turn: TurnRecord, deadline: datetime, outlook: Outlook) -> ExplainRow:
    """Return the line of an alarm that was raised in error; `at` is when its answer was found."""
    key = turn.ended_by
    answer = session.get(Message, int(key.removeprefix("m"))) if key.startswith("m") else None
    return ExplainRow(
        at=answer.fetched_at if answer else turn.ended_at or deadline,
        event="NoticeWithdrawn",
        message_id=answer.message_id if answer else None,
        rule=say("An answer counts from when it was sent, however late it is found."),
        effect=say(
            "It had been answered in time: the alarm of {deadline} is withdrawn.",
            deadline=stamp(deadline, outlook.zone, active_language()),
        ),
    )
