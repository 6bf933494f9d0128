"""What a reply may answer beside its own thread.

Room: queries. The composer offers these as ticks; none is taken for answered by itself.
"""

from __future__ import annotations

from sqlmodel import Session

from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import AlsoRow
from mailcrm.records import Message
from mailcrm.store.also import newest_of_theirs, other_open_turns
from mailcrm.store.finding import thread_id_of

__all__ = ["also_open"]


def also_open(session: Session, outlook: Outlook, *, thread: str) -> tuple[AlsoRow, ...]:
    """Return the customer's other open threads, the nearest due first; `shown` is what `reply(also=…)` takes."""
    found: dict[int, AlsoRow] = {}
    for turn in other_open_turns(session, thread_id_of(session, thread), outlook.ours):
        first = session.get_one(Message, turn.opened_by)
        newest = newest_of_theirs(session, turn.thread_id) or turn.opened_by
        row = AlsoRow(f"t{turn.thread_id}", first.subject, first.gist, first.from_name, turn.deadline, f"m{newest}")
        found.setdefault(turn.thread_id, row)
    return tuple(found.values())
