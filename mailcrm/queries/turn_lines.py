"""The line of an open turn, from what is known of it: made the same whoever read that, and without a database.

Room: queries. In: a turn with its mails, party, marks and what of ours is on its way. Out: a row of the worklist. `worklines` reads
these facts by the records, `firstpaint` by plain rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypedDict

from mailcrm.domain.arrival import dated_in_future
from mailcrm.domain.clock.leaving import Leaving, leaving
from mailcrm.domain.clock.states import State, back_from_snooze, deadline, state
from mailcrm.domain.message import Role
from mailcrm.domain.purpose import Purpose
from mailcrm.queries.rows import WorklistRow
from mailcrm.queries.turn_reasons import PROMISES, why

if TYPE_CHECKING:
    from mailcrm.domain.clock.account import Turn
    from mailcrm.domain.clock.leaving import Answer
    from mailcrm.queries.outlook import Outlook

__all__ = ["Mark", "Party", "Standing", "TurnMail", "mark_of", "turn_line"]

_BANDS_BY_STATE = {
    State.PROMISE_BROKEN: "broken",
    State.OVERDUE: "overdue",
    State.AT_RISK: "at_risk",
    State.PROMISE_AT_RISK: "at_risk",
}
_TEMPLATES = {
    State.OVERDUE: "late_apology",
    State.PROMISE_AT_RISK: "promise_extend",
    State.PROMISE_BROKEN: "late_apology",
}


class TurnMail(Protocol):
    """What of a mail a line tells: a `Message`, or a row of its table."""

    id: Any
    thread_id: Any
    arrived_at: Any
    date_header: Any
    subject: Any
    gist: Any
    purpose: Any
    has_attachments: Any


class _PartyColumns(TypedDict):
    company: str | None
    contact: str | None
    country: str | None
    grade: str | None
    role: str


@dataclass(frozen=True, slots=True)
class Party:
    """Who a row is about: a company (None: there is none), its contact, and the sender as the mail calls him.

    The country is the company's; the contact's own where no company has one.
    """

    sender: str
    company: str | None = None
    contact: str = ""
    country: str | None = None
    grade: str | None = None
    role: str = "unknown"

    def columns(self) -> _PartyColumns:
        """Return the columns of a row that tell who it is about."""
        return {
            "company": self.company,
            "contact": self.contact or self.sender,
            "country": self.country,
            "grade": self.grade,
            "role": self.role,
        }

    @property
    def starts_clock(self) -> bool:
        """Whether a clock runs for such a party."""
        return Role(self.role).starts_clock


@dataclass(frozen=True, slots=True)
class Mark:
    """What raises a turn: a mail in it complains, or a further one asks where the answer stays (after our holding reply).

    `junk`: the server's filter took a mail of it for spam.
    """

    complaint: bool = False
    chased: bool = False
    junk: bool = False


def mark_of(
    opened_by: int,
    messages: Sequence[int],
    touched: datetime | None,
    read: Mapping[int, tuple[str, datetime]],
    filtered: Collection[int] = frozenset(),
) -> Mark:
    """Return the mark of a turn with these mails; `read`: purpose and arrival of those of theirs that complain or chase.

    `touched`: when we first answered. `filtered`: mails that lie in Junk and nowhere else.
    """
    telling = [(key, *read[key]) for key in messages if key in read]
    return Mark(
        complaint=any(purpose == Purpose.COMPLAINT for _key, purpose, _at in telling),
        chased=any(
            purpose == Purpose.CHASER and key != opened_by and (touched is None or at > touched)
            for key, purpose, at in telling
        ),
        junk=any(key in filtered for key in messages),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an open turn; `first`: nothing came from that contact before it, and nothing of ours went there."""

    turn: Turn
    opening: TurnMail
    last: TurnMail
    party: Party
    owner: str
    first: bool = False
    answers: Sequence[Answer] = ()
    mark: Mark = Mark()
    snoozed_until: datetime | None = None


def turn_line(known: Standing, outlook: Outlook) -> WorklistRow:
    """Return the row of an open turn; one that is snoozed says until when."""
    row, back = _line(known, outlook), outlook.now
    if known.snoozed_until:
        ends_at, domestic = deadline(known.turn), known.turn.domestic
        back = back_from_snooze(known.snoozed_until, ends_at, outlook.policies.clock, domestic=domestic)
    return replace(row, snoozed_until=back, flags=("snoozed", *row.flags)) if back > outlook.now else row


def _line(known: Standing, outlook: Outlook) -> WorklistRow:
    turn, opening, last = known.turn, known.opening, known.last
    now_state, due = state(turn, outlook.policies.clock, outlook.now), deadline(turn)
    ours = leaving(turn, known.answers, outlook.now)
    first_touch = "complaint_received" if known.mark.complaint else "inquiry_ask" if known.first else "plain_reply"
    return WorklistRow(
        id=f"r{opening.id}",
        ref=f"t{opening.thread_id}",
        band=_band(turn, now_state, known.mark, calm=ours.looked_for)
        or ("today" if due <= outlook.end_of_today() else "later"),
        kind="promise" if now_state in PROMISES else "reply",
        thread_id=f"t{opening.thread_id}",
        **known.party.columns(),
        purpose=last.purpose,
        gist=last.gist,
        subject=last.subject,
        state=now_state.value,
        due=due,
        reply_due=turn.due,
        overdue_seconds=max(0, int((outlook.now - due).total_seconds())),
        arrived_at=turn.anchor,
        newest_at=last.arrived_at,
        count=len(turn.messages),
        flags=_flags(known, ours),
        why=why(turn, now_state, outlook.zone, ours),
        leaves_at=ours.leaves_at,
        in_time=ours.in_time,
        seen_late_seconds=turn.seen_late,
        suggested_template=_TEMPLATES.get(now_state, first_touch),
        routed_late_seconds=int((turn.routed_at - turn.anchor).total_seconds()) if turn.routed_at else 0,
        owner=known.owner,
    )


def _flags(known: Standing, ours: Leaving) -> tuple[str, ...]:
    turn, ends = known.turn, (known.opening, known.last)
    flags = {
        "chased": known.mark.chased,
        "new_sender": known.first and not turn.looks_finished,
        "bounced": turn.bounced,
        "arrived_while_you_wrote": turn.late_arrivals,
        "low": turn.low,
        "seen_late": bool(turn.seen_late),
        "adopted": turn.adopted,
        "routed_late": turn.routed_at is not None,
        "junk": known.mark.junk,
        "attachment": any(one.has_attachments for one in ends),
        "future_date": any(
            one.date_header is not None and dated_in_future(one.date_header, one.arrived_at) for one in ends
        ),
    }
    return (*(name for name, on in flags.items() if on), *ours.flags)


def _band(turn: Turn, now_state: State, mark: Mark, *, calm: bool) -> str | None:
    """Return the first band that fits (trade.md), None where only the due decides.

    `calm`: the reply may have left and is being looked for, so that no deadline counts as missed yet.
    """
    if mark.complaint:
        return "complaint"
    if turn.looks_finished and now_state not in PROMISES:
        return "looks_finished"
    if now_state is State.PROMISE_BROKEN or not mark.chased:
        return None if calm else _BANDS_BY_STATE.get(now_state)
    return "chased"
