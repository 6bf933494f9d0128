"""What the worklist asks: whether a mail of ours answers a turn, and whether a mail that a colleague passed on is ours to answer.

Room: queries. In: the rows of open turns. Out: the same, with questions in the place of the turns in question. Nothing is red
while it is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlmodel import Session

from mailcrm.domain.clock.spoken import stamp
from mailcrm.domain.clock.states import State
from mailcrm.domain.forwarding import counts_from
from mailcrm.domain.words import Sentence, active_language, say
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.rows import WorklistRow
from mailcrm.records import Message, TurnRecord
from mailcrm.store.facts import People
from mailcrm.store.questions import open_forwards, probable_answers

__all__ = ["forward_rows", "with_questions"]

_PROMISED = (State.PROMISED, State.PROMISE_AT_RISK, State.PROMISE_BROKEN)
_RAISED = ("broken", "overdue", "at_risk")


def with_questions(
    session: Session, outlook: Outlook, open_turns: Iterable[TurnRecord], rows: Iterable[WorklistRow]
) -> list[WorklistRow]:
    """Return the rows of open turns, each as a question where a mail of ours probably answers it."""
    asked = {f"r{key}": mail for key, mail in probable_answers(session, open_turns, outlook.ours).items()}
    return [_question(row, asked[row.id], outlook) if row.id in asked else row for row in rows]


def _question(row: WorklistRow, mail: Message, outlook: Outlook) -> WorklistRow:
    calm = State.PROMISED if State(row.state) in _PROMISED else State.RUNNING
    return replace(
        row,
        kind="question",
        band="today" if row.band in _RAISED else row.band,
        state=calm.value,
        overdue_seconds=0,
        why=say(
            "Does our mail “{subject}” of {when} answer “{asked}”? It begins: “{first}”",
            subject=mail.subject,
            when=_spoken(mail, outlook),
            asked=row.subject,
            first=mail.gist or mail.subject,
        ),
    )


def _spoken(mail: Message, outlook: Outlook) -> str:
    return stamp(mail.arrived_at, outlook.zone, active_language())


def forward_rows(session: Session, outlook: Outlook, owners: Owners) -> list[WorklistRow]:
    """Return colleagues' mails with a customer's inside, of which nobody has said whose they are."""
    mails = open_forwards(session, outlook.now, outlook.ours)
    people = People(session, mails, outlook.ours)
    return [_forward(mail, people, outlook, owners.of(mail.thread_id, mail.account_id)) for mail in mails]


def _forward(mail: Message, people: People, outlook: Outlook, owner: str) -> WorklistRow:
    inside = mail.forwarded or {}
    anchor = counts_from(inside, mail.arrived_at)
    address = inside["address"]
    owed = people.of(address)
    return WorklistRow(
        id=f"m{mail.id}",
        ref=f"t{mail.thread_id}",
        band="today",
        kind="question",
        state=State.IDLE.value,
        why=_asking(mail, outlook),
        thread_id=f"t{mail.thread_id}",
        contact=inside["name"] or address,
        grade=owed.grade or None,
        role=owed.role.value,
        purpose=mail.purpose,
        gist=mail.gist,
        subject=inside["subject"] or mail.subject,
        due=outlook.policies.clock.due(anchor, owed.grade, owed.country, owed.agreed),
        arrived_at=anchor,
        flags=("routed_late",) if anchor < mail.arrived_at else (),
        owner=owner,
    )


def _asking(mail: Message, outlook: Outlook) -> Sentence:
    inside = mail.forwarded or {}
    return say(
        "{colleague} forwarded a mail of {who} from {when}: take it over?",
        colleague=mail.from_name or mail.from_address,
        who=inside["name"] or inside["address"],
        when=stamp(counts_from(inside, mail.arrived_at), outlook.zone, active_language()),
    )
