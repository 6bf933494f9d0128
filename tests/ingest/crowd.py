"""Many open turns at once, put straight into the tables: for what only shows in a crowd."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlmodel import Session, select

from mailcrm.records import MailAccount, Message, RawMail, Thread, TurnRecord
from mailcrm.store.engine import Store

__all__ = ["crowd"]

_AT_ONCE = 2_000
_DAY = timedelta(hours=24)


def crowd(store: Store, count: int, due: Callable[[int], datetime], look: Callable[[int], datetime | None]) -> None:
    """Put `count` customers' questions there, each on a thread of its own; `look` is when to look at a turn first."""
    with store.begin() as session:
        account = session.exec(select(MailAccount.id)).one()
        session.add(RawMail(id=1, sha256="0" * 64, size=0, packed=b""))
        session.flush()
        for start in range(1, count + 1, _AT_ONCE):
            _some(session, range(start, min(start + _AT_ONCE, count + 1)), account or 0, due, look)


def _some(
    session: Session,
    numbers: range,
    account: int,
    due: Callable[[int], datetime],
    look: Callable[[int], datetime | None],
) -> None:
    session.execute(insert(Thread), [{"id": n, "account_id": account, "subject": f"Inquiry {n}"} for n in numbers])
    session.execute(
        insert(Message),
        [
            {
                "id": n,
                "thread_id": n,
                "raw_id": 1,
                "account_id": account,
                "sort_key": n,
                "message_id": f"m{n}@crowd.example",
                "identity": f"i{n}",
                "subject": f"Inquiry {n}",
                "from_address": f"buyer{n}@crowd{n % 1000}.example",
                "side": "theirs",
                "kind": "human",
                "kind_rule": "human",
                "arrived_at": due(n) - _DAY,
                "fetched_at": due(n) - _DAY,
            }
            for n in numbers
        ],
    )
    session.execute(
        insert(TurnRecord),
        [
            {
                "opened_by": n,
                "thread_id": n,
                "anchor": due(n) - _DAY,
                "due": due(n),
                "deadline": due(n),
                "messages": [n],
                "sender": f"buyer{n}@crowd.example",
                "notice_at": look(n),
            }
            for n in numbers
        ],
    )
