"""An order between record and value: found, opened as one file with its milestones, and written back.

Room: store. What settles a milestone passes here, whoever does it: a person's command or a rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any, cast

from sqlalchemy import select as columns
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from mailcrm.domain.errors import NotFound
from mailcrm.domain.orders.content import OrderContent, content_hash
from mailcrm.domain.orders.duties import Facts, attention
from mailcrm.domain.orders.milestones import MILESTONES, Stage, milestone, needed, stage_of
from mailcrm.domain.orders.plan import Days, planned
from mailcrm.domain.orders.policy import OrderPolicy
from mailcrm.domain.quotes.states import QuoteState
from mailcrm.domain.steps import Evidence, Move
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Message, OrderMilestone, OrderRecord, QuoteRecord
from mailcrm.store.bulk import among, one_among, rows, table_of
from mailcrm.store.finding import numbered
from mailcrm.store.steps import record_step

__all__ = [
    "DONE",
    "NOUN",
    "OPEN",
    "OVER",
    "SKIPPED",
    "WAIVED",
    "OrderFile",
    "Settled",
    "add_milestones",
    "asks_for_anything",
    "facts_of",
    "files_with",
    "move",
    "note",
    "open_files",
    "open_order",
    "order_named",
    "quotes_to_order",
    "reopen",
    "replan",
    "save",
    "settle",
    "to_read",
    "told_files",
    "with_milestones",
]

NOUN = "order"
OPEN, DONE, SKIPPED, WAIVED = "open", "done", "skipped", "waived"
OVER = (Stage.CLOSED.value, Stage.CANCELLED.value)

_milestone = table_of(OrderMilestone).c
_WHOLE = columns(table_of(OrderMilestone)).where(among(_milestone.order_id))
_BRIEF = columns(
    _milestone.order_id,
    _milestone.name,
    _milestone.state,
    _milestone.due,
    _milestone.owner,
    _milestone.done_on,
    _milestone.tell,
).where(among(_milestone.order_id))
_KNOWN: dict[str, OrderContent] = {}  # by hash: a content never changes
_MOST = 4_096
_PLACES = {one.name: place for place, one in enumerate(MILESTONES)}


@dataclass
class OrderFile:
    """An order as commands and rules work on it."""

    row: OrderRecord
    content: OrderContent
    milestones: dict[str, OrderMilestone] = field(default_factory=dict)
    thread_id: int | None = None

    @property
    def id(self) -> str:
        """Its id, "d4"."""
        return f"d{self.row.id}"

    @property
    def settled(self) -> frozenset[str]:
        """The milestones that nothing waits for any more: done, skipped or waived."""
        return frozenset(name for name, one in self.milestones.items() if one.state != OPEN)

    @property
    def due(self) -> dict[str, date]:
        """When each milestone is due, by name."""
        return {name: one.due for name, one in self.milestones.items() if one.due is not None}

    def done_on(self, name: str) -> date | None:
        """Return the day on which a milestone was reached; None while it is open."""
        one = self.milestones.get(name)
        return one.done_on if one is not None and one.state == DONE else None

    def fingerprint(self) -> str:
        """Return the hash of all that a command may change, by which an undo sees that nothing came after it."""
        told = {name: one.model_dump(mode="json", exclude={"id", "tell"}) for name, one in self.milestones.items()}
        of_row = self.row.model_dump(mode="json", include={"state", "stage", "owner", "message_id"})
        return content_hash({"row": of_row, "content": self.content.to_json(), "milestones": told})


@dataclass(frozen=True, slots=True)
class Settled:
    """How a milestone was settled: by whom, on which day, and what shows it."""

    actor: str
    at: datetime
    on: date
    state: str = DONE
    evidence: tuple[Evidence, ...] = ()
    reason: Sentence | None = None


def order_named(session: Session, given: str) -> OrderRecord:
    """Return the order of an id, "d4", or of its printed number."""
    known = numbered(given, "d")
    wanted = col(OrderRecord.id) == known if known is not None else col(OrderRecord.number) == given.strip().upper()
    row = session.exec(select(OrderRecord).where(wanted)).first()
    if row is None:
        raise NotFound(
            say("There is no order {given}.", given=given), say("`mailcrm order list` shows ids and numbers.")
        )
    return row


def open_order(session: Session, given: str) -> OrderFile:
    """Return the file of the order that a person named."""
    return with_milestones(session, [order_named(session, given)])[0]


def with_milestones(session: Session, orders: Sequence[OrderRecord]) -> list[OrderFile]:
    """Return the files of orders, in their order, to be written."""
    theirs = select(OrderMilestone).where(one_among(_milestone.order_id, [row.id or 0 for row in orders]))
    return _filed(session, orders, session.exec(theirs))


def to_read(session: Session, orders: Sequence[OrderRecord], *, whole: bool = False) -> list[OrderFile]:
    """Return the files of orders, in their order, to be read only: their milestones are plain rows, which cost little.

    Only a `whole` one tells of a milestone by whom, why and by what it was settled.
    """
    found = rows(session, _WHOLE if whole else _BRIEF, [row.id or 0 for row in orders])
    return _filed(session, orders, cast("Iterable[OrderMilestone]", found))


def _filed(session: Session, orders: Sequence[OrderRecord], milestones: Iterable[OrderMilestone]) -> list[OrderFile]:
    found: dict[int, dict[str, OrderMilestone]] = defaultdict(dict)
    for one in sorted(milestones, key=lambda one: _PLACES[one.name]):
        found[one.order_id][one.name] = one
    mails = {row.message_id for row in orders} - {None}
    threads = dict(session.exec(select(Message.id, Message.thread_id).where(col(Message.id).in_(mails))).all())
    return [OrderFile(row, _content(row), found[row.id or 0], threads.get(row.message_id)) for row in orders]


def _content(row: OrderRecord) -> OrderContent:
    """Return what an order says; what is known by its hash isn't read again."""
    known = _KNOWN.get(row.content_hash)
    if known is None:
        known = OrderContent.from_json(row.content)
        if row.content_hash:
            if len(_KNOWN) >= _MOST:
                _KNOWN.clear()
            _KNOWN[row.content_hash] = known
    return known


def open_files(session: Session, *, until: date | None = None) -> list[OrderFile]:
    """Return the orders that are neither closed nor cancelled, the oldest first, to be read; `until`: what asks for something by then."""
    wanted = select(OrderRecord).where(col(OrderRecord.stage).not_in(OVER)).order_by(col(OrderRecord.id))
    if until is not None:
        wanted = wanted.where(col(OrderRecord.attention) <= until)
    return to_read(session, session.exec(wanted).all())


def asks_for_anything(session: Session, until: date) -> bool:
    """Whether an open order asks for anything by then: one look into an index."""
    asking = select(OrderRecord.id).where(col(OrderRecord.attention) <= until, col(OrderRecord.stage).not_in(OVER))
    return session.exec(asking.limit(1)).first() is not None


def quotes_to_order(session: Session) -> list[QuoteRecord]:
    """Return the accepted quotes that no order carries on from, the oldest first."""
    made = select(OrderRecord.quote_id).where(
        col(OrderRecord.quote_id).is_not(None), col(OrderRecord.stage) != Stage.CANCELLED.value
    )
    accepted = select(QuoteRecord).where(
        col(QuoteRecord.state) == QuoteState.ACCEPTED.value, col(QuoteRecord.id).not_in(made)
    )
    return list(session.exec(accepted.order_by(col(QuoteRecord.id))))


def told_files(session: Session) -> list[OrderFile]:
    """Return the orders of which a mail to the customer is wanted."""
    wanted = select(OrderMilestone.order_id).where(col(OrderMilestone.tell).is_(True)).distinct()
    ids = list(session.exec(wanted))
    if not ids:
        return []
    orders = select(OrderRecord).where(col(OrderRecord.id).in_(ids)).order_by(col(OrderRecord.id))
    return to_read(session, session.exec(orders).all())


def files_with(session: Session, people: SelectOfScalar[Any], threads: Collection[int]) -> list[OrderFile]:
    """Return the open orders of these contacts, and those that are about one of these threads."""
    mails = select(Message.id).where(col(Message.thread_id).in_(threads))
    theirs = or_(col(OrderRecord.contact_id).in_(people), col(OrderRecord.message_id).in_(mails))
    wanted = select(OrderRecord).where(theirs, col(OrderRecord.stage).not_in(OVER)).order_by(col(OrderRecord.id))
    return to_read(session, session.exec(wanted).all())


def add_milestones(session: Session, file: OrderFile) -> None:
    """Give an order the milestones that its payment terms ask for and it hasn't; those that they don't go where nothing was done."""
    wanted = [one.name for one in needed(file.content.requirements)]
    for name in wanted:
        if name not in file.milestones:
            file.milestones[name] = OrderMilestone(order_id=file.row.id or 0, name=name)
    for name, one in list(file.milestones.items()):
        if name not in wanted and one.state == OPEN:
            del file.milestones[name]
            if one.id is not None:
                session.delete(one)


def replan(file: OrderFile, policy: OrderPolicy, zone: tzinfo) -> None:
    """Make the open milestones' days what the plan comes to; a day that a person set stays."""
    content = file.content
    days = Days(
        file.row.created_at.astimezone(zone).date(),
        content.latest_shipment,
        file.done_on("on_board") or content.shipment.etd,
        content.shipment.eta,
    )
    agreed = {
        "deposit_credited": content.deposit.due if content.deposit else None,
        "balance_credited": content.balance.due if content.balance else None,
    }
    plan = planned(policy.plan, days) | {name: day for name, day in agreed.items() if day is not None}
    for name, one in file.milestones.items():
        if one.state == OPEN and not one.by_hand:
            one.due = plan.get(name)


def settle(session: Session, file: OrderFile, name: str, how: Settled) -> None:
    """Let a milestone be done, skipped or waived; the history says so."""
    one = file.milestones[name]
    one.state, one.done_on, one.at, one.by = how.state, how.on, how.at, how.actor
    one.evidence = [shown.to_json() for shown in how.evidence]
    one.reason = how.reason.to_json() if how.reason else ""
    one.tell = bool(how.state == DONE and milestone(name).tells and file.thread_id)
    move(session, file, name, how)


def reopen(session: Session, file: OrderFile, name: str, how: Settled) -> None:
    """Let a settled milestone be open again; the history says why."""
    one = file.milestones[name]
    one.state, one.done_on, one.at, one.by, one.evidence, one.reason, one.tell = OPEN, None, None, "", [], "", False
    move(session, file, f"{name}_void", how)


def note(session: Session, file: OrderFile, how: Settled) -> None:
    """Write down something that leaves the order where it is."""
    move(session, file, file.row.state, how)


def move(session: Session, file: OrderFile, state: str, how: Settled) -> None:
    """Let an order be in another state; the history says so, with what the order said where nothing else shows it."""
    shown = how.evidence or (Evidence("content", file.content.content_hash()),)
    record_step(session, NOUN, file.row.id or 0, Move(file.row.state, state, how.at, how.actor, shown, how.reason))
    file.row.state = state


def facts_of(file: OrderFile) -> Facts:
    """Return what the domain judges an order by."""
    return Facts(file.content, file.settled, file.due, file.done_on("on_board"))


def save(session: Session, file: OrderFile, policy: OrderPolicy, now: datetime) -> None:
    """Write an order back: its content, its stage and its milestones."""
    row = file.row
    row.content, row.content_hash = file.content.to_json(), file.content.content_hash()
    if row.stage != Stage.CANCELLED:
        row.stage = stage_of(file.settled, file.content.requirements).value
    row.attention = attention(facts_of(file), policy.presentation_days)
    row.changed_at = now
    session.add(row)
    session.add_all(file.milestones.values())
    session.flush()
