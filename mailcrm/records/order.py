"""Orders: what was agreed, the milestones on the way, and the changes asked for since."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from mailcrm.records.columns import instant

__all__ = ["OrderChange", "OrderMilestone", "OrderRecord"]


class OrderRecord(SQLModel, table=True):
    """An order. `message_id`: the mail that it is about; its thread is the order's, also when threads are made one or taken apart.

    `state` is the step that was taken last, `stage` where it stands on the board (domain.orders.milestones). `content`: the JSON of
    domain.orders.content, `content_hash` its hash. `quote_id`: the version of a quote that it carries on from. `owner`: who follows
    it, "" for whoever has the thread. `attention`: the first day on which it asks for anything (domain.orders.duties), None for never.
    """

    __tablename__ = "sales_order"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    state: str
    stage: str = Field(index=True)
    message_id: int | None = Field(default=None, foreign_key="message.id", index=True)
    contact_id: int = Field(foreign_key="contact.id", index=True)
    quote_id: int | None = Field(default=None, index=True)
    owner: str = ""
    attention: date | None = Field(default=None, index=True)
    content: dict[str, object] = Field(default_factory=dict, sa_type=JSON)
    content_hash: str = ""
    created_at: datetime = instant()
    created_by: str = ""
    changed_at: datetime = instant()


class OrderMilestone(SQLModel, table=True):
    """A milestone of an order. `state`: "open", "done", "skipped" (with a reason), "waived" (a gate, by a manager with a reason).

    `due` None: not known yet; `by_hand`: a person set it, so the plan leaves it alone. `owner` "" means the order's. `done_on`: the day on which it
    happened, `at` and `by` when and by whom it was written down. `tell`: a mail that tells the customer is to stand ready.
    """

    __tablename__ = "order_milestone"
    __table_args__ = (UniqueConstraint("order_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="sales_order.id", index=True)
    name: str
    state: str = "open"
    due: date | None = None
    by_hand: bool = False
    owner: str = ""
    done_on: date | None = None
    at: datetime | None = instant(nullable=True)
    by: str = ""
    evidence: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    reason: str = ""
    tell: bool = Field(default=False, index=True)


class OrderChange(SQLModel, table=True):
    """A change that was asked for (domain.orders.changes). `late`: production had begun; `cost` is the JSON of Money.

    `withdrawn`: the person who wrote it down took it back.
    """

    __tablename__ = "order_change"

    id: int | None = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="sales_order.id", index=True)
    asked_on: date
    what: str
    touches: str
    late: bool = False
    cost: dict[str, str] | None = Field(default=None, sa_type=JSON)
    cause: str = ""
    bears: str = ""
    decision: str = ""
    decided_by: str = ""
    evidence: str = ""
    at: datetime = instant()
    by: str = ""
    withdrawn: bool = False
