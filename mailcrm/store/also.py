"""What one mail of ours may answer beside its own thread: the other open turns of whoever it goes to.

Room: store. In: a thread. Out: turns that wait elsewhere, and the rows that say which of them a mail answers too.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import Session, col, select

from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.message import Side
from mailcrm.domain.parties import Ours
from mailcrm.domain.words import say
from mailcrm.records import AlsoAnswered, Contact, Message, Thread, TurnRecord
from mailcrm.store.facts import People
from mailcrm.store.finding import numbered, thread_id_of

__all__ = ["newest_of_theirs", "note_also", "other_open_turns"]


def other_open_turns(session: Session, thread_id: int, ours: Ours) -> list[TurnRecord]:
    """Return the open turns on other threads of the people who write on this one, or of their company; the nearest due first."""
    parties = set(session.exec(select(TurnRecord.party).where(col(TurnRecord.thread_id) == thread_id)))
    contact = session.get(Contact, session.get_one(Thread, thread_id).contact_id or 0)
    if contact is not None:
        written = session.exec(select(Message).where(col(Message.contact_id) == contact.id).limit(1)).all()
        parties.add(People(session, written, ours).party(contact.address))
    elsewhere = (col(TurnRecord.thread_id) != thread_id, col(TurnRecord.party).in_(parties))
    rows = session.exec(select(TurnRecord).where(col(TurnRecord.end) == "", *elsewhere))
    return sorted(rows, key=lambda turn: (turn.due, turn.opened_by))


def newest_of_theirs(session: Session, thread_id: int) -> int | None:
    """Return the newest mail of the other side on a thread: what an answer written now has in view.

    Where a colleague passed a customer's mail on, that is the colleague's.
    """
    theirs = (col(Message.thread_id) == thread_id, col(Message.side) == Side.THEIRS.value)
    newest = session.exec(select(Message.id).where(*theirs).order_by(col(Message.sort_key).desc()).limit(1)).first()
    if newest is not None:
        return newest
    passed_on = select(TurnRecord).where(col(TurnRecord.thread_id) == thread_id, col(TurnRecord.end) == "")
    return max((turn.messages[-1] for turn in session.exec(passed_on)), default=None)


def note_also(session: Session, outgoing_id: int, thread_id: int, chosen: Sequence[str], ours: Ours) -> None:
    """Write down that a mail on `thread_id` answers these too: threads ("t15"), or the newest mail shown there ("m34").

    Whatever was noted for it before is forgotten. RefusedByRule where nothing of the same customer is open there.
    """
    session.execute(delete(AlsoAnswered).where(col(AlsoAnswered.outgoing_id) == outgoing_id))
    offered = {turn.thread_id for turn in other_open_turns(session, thread_id, ours)} if chosen else set()
    noted: set[int] = set()
    for given in chosen:
        other = thread_id_of(session, given)
        mail = numbered(given, "m")
        shown = newest_of_theirs(session, other) if mail is None else mail
        if other not in offered or shown is None:
            raise RefusedByRule(
                say("Nothing of this customer is open on {thread}.", thread=f"t{other}"),
                say("`mailcrm worklist` shows what is open; a mail answers only what its readers asked."),
            )
        noted.add(shown)
    session.add_all(AlsoAnswered(outgoing_id=outgoing_id, message_id=shown) for shown in sorted(noted))
