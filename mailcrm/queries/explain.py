"""The ledger behind a deadline, line by line, as people read it.

Room: queries. Made by replaying the ledger, not from the table of turns: the story can't disagree with the facts. What people
did with the thread itself stands between.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from mailcrm.domain.clock.states import story_at
from mailcrm.domain.clock.story import localise
from mailcrm.domain.clock.turns import replay
from mailcrm.domain.waiting.story import wait_story
from mailcrm.queries.deeds import absences, deeds, history
from mailcrm.queries.notices import notice_story
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import ExplainRow
from mailcrm.records import Message
from mailcrm.store.facts import ledger
from mailcrm.store.finding import thread_id_of
from mailcrm.store.waiting import with_elsewhere

__all__ = ["explain"]


def explain(session: Session, outlook: Outlook, *, id: str) -> tuple[ExplainRow, ...]:  # noqa: A002  (as on the command line)
    """Return what happened on a thread up to now, to its turns and to what we wait for, each with the rule it met and what followed."""
    thread_id = thread_id_of(session, id)
    events = ledger(session, [thread_id], outlook.ours)[thread_id]
    account = replay(events, outlook.policies.clock)
    ledgers = {thread_id: events}
    whole, country = with_elsewhere(session, ledgers, outlook.ours, outlook.policies.waiting, all_of_it=True)[thread_id]
    waited = wait_story(whole, outlook.policies.waiting.schedule(country))
    stored = session.exec(select(Message.id, Message.message_id).where(col(Message.thread_id) == thread_id))
    names = {f"m{key}": message_id for key, message_id in stored}
    rows = []
    lines = [
        *history(session, thread_id),
        *story_at(account, outlook.policies.clock, outlook.now),
        *deeds(session, thread_id),
        *absences(session, outlook, thread_id, account),
        *waited,
    ]
    for line in sorted(lines, key=lambda each: each.at):
        if line.at > outlook.now:
            continue
        spoken = localise(line, outlook.zone)
        rows.append(ExplainRow(line.at, line.event, names.get(line.message), spoken.rule, spoken.effect))
    rows += notice_story(session, outlook, thread_id)
    return tuple(sorted(rows, key=lambda row: row.at))
