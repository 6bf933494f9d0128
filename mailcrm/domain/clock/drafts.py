"""A turn while the ledger is being replayed.

Room: domain. In: the events that touch one turn, in order. Out: the frozen `Turn` and the deadlines that ran. Judgement
(met, late, kept, broken) is made at the end from the facts, so that it can't depend on the order of reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from mailcrm.domain.clock.account import Deadline, Turn
from mailcrm.domain.clock.ledger import AnsweredElsewhere, DueMoved, MailArrived, MailSent, TurnWaived
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.clock.terms import Terms
from mailcrm.domain.words import Sentence

__all__ = ["Draft"]


@dataclass
class Draft:
    """One customer demand in the making; `mails` are never empty, oldest first.

    `promises` are pairs (sent, promised until) in the order in which they were sent; `supposed` is (mail, sentence, guess) of a
    reply of ours that seems only to promise. `moves`: when its deadline moved, oldest first.
    """

    mails: list[MailArrived]
    touched_at: datetime | None = None
    promises: list[tuple[datetime, datetime]] = field(default_factory=list)
    supposed: tuple[str, str, datetime] | None = None
    moves: tuple[DueMoved, ...] = ()
    end: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    answered_by: str = ""
    external: bool = False
    bounced: bool = False
    late: bool = False
    reason: str = ""
    owed: tuple[MailArrived, Terms] | None = field(default=None, init=False, repr=False)

    @property
    def anchor(self) -> datetime:
        """The arrival of the oldest mail in it."""
        return self.mails[0].at

    @property
    def opened_by(self) -> str:
        """The key of the oldest mail in it."""
        return self.mails[0].key

    def terms(self, policy: Policy) -> Terms:
        """Return what is owed: as it was judged, else as the policy has it for this customer.

        It is asked for many times while a ledger is read, and only another oldest mail changes it (`owed`).
        """
        first = self.mails[0]
        if self.owed is None or self.owed[0] is not first:
            self.owed = first, self._terms(first, policy)
        return self.owed[1]

    @staticmethod
    def _terms(first: MailArrived, policy: Policy) -> Terms:
        if first.judged_due is not None and first.judged_rule:
            return Terms(first.judged_due, Sentence.from_json(first.judged_rule), first.judged_calendar)
        terms = policy.terms(first.at, first.grade, first.country, first.agreed)
        return terms if first.judged_due is None else Terms(first.judged_due, terms.rule, first.judged_calendar)

    def due(self, policy: Policy) -> datetime:
        """Return the deadline."""
        return self.terms(policy).due

    @property
    def promised_until(self) -> datetime | None:
        """The latest promised instant, guessed or told; None where nothing was promised."""
        if self.supposed is not None:
            return self.supposed[2]
        return self.promises[-1][1] if self.promises else None

    @property
    def is_held(self) -> bool:
        """Whether the customer was told that the answer comes later."""
        return bool(self.promises) or self.supposed is not None

    def reached_by(self, sent: MailSent) -> frozenset[str]:
        """Return those recipients of `sent` (lower case) that are on the customer's side of this turn.

        A recipient counts by its own address or by its party. Where `parties` isn't parallel to `recipients`, one match
        makes them all count.
        """
        side = {name.lower() for mail in self.mails for name in (mail.sender, mail.party, *mail.reply_to)}
        recipients = [recipient.lower() for recipient in sent.recipients]
        parties = [party.lower() for party in sent.parties]
        if len(recipients) == len(parties):
            return frozenset(r for r, party in zip(recipients, parties, strict=True) if r in side or party in side)
        return frozenset(recipients) if side & {*recipients, *parties} else frozenset()

    def add(self, mail: MailArrived) -> None:
        """Append a further mail; the oldest stays the anchor."""
        self.mails = sorted([*self.mails, mail], key=lambda each: (each.at, each.key))

    def take_later_than(self, instant: datetime, *, asking_only: bool) -> list[MailArrived]:
        """Take out and return the mails that arrived after `instant` (with `asking_only`: those that ask something)."""
        later = [mail for mail in self.mails if mail.at > instant]
        taken = [mail for mail in later if not asking_only or (mail.asks and not mail.patient)]
        self.mails = [mail for mail in self.mails if mail not in taken]
        return taken

    def hold(self, at: datetime, until: datetime) -> None:
        """Note a holding reply sent at `at` that promises `until`."""
        self.touched_at = self.touched_at or at
        self.promises.append((at, until))
        self.bounced, self.supposed = False, None

    def suppose(self, sent: MailSent, until: datetime) -> None:
        """Note a reply that seems only to promise, until a person says so."""
        self.touched_at = self.touched_at or sent.at
        self.supposed = (sent.key, sent.promise, until)
        self.bounced = False

    def close(self, event: MailSent | AnsweredElsewhere) -> None:
        """Note the full answer."""
        self.touched_at = self.touched_at or event.at
        self.end, self.ended_at, self.ended_by, self.answered_by = "closed", event.at, event.key, event.by
        self.bounced = False
        if isinstance(event, MailSent):
            self.external = event.external
        else:
            self.external, self.reason = True, event.summary or event.channel

    def waive(self, event: TurnWaived) -> None:
        """Note that a person said: no reply needed."""
        self.end, self.ended_at, self.ended_by, self.reason = "waived", event.at, event.key, event.reason

    def void(self) -> None:
        """Note that every mail in it was reclassified: it ends when the last of them was."""
        last = max(self.mails, key=lambda mail: (mail.reclassified_at or mail.at, mail.key))
        self.end, self.ended_at, self.ended_by = "void", last.reclassified_at or last.at, last.key
        self.reason = last.kind.value

    def first_touch(self, policy: Policy) -> str:
        """Return "met" where the first touch lies strictly before the due instant, "late" where not, "" without one."""
        if self.touched_at is None:
            return ""
        return "met" if self.touched_at < self.due(policy) else "late"

    def promise(self) -> str:
        """Return "broken" where any promise ran out before the next word of ours, "kept" where the last was kept."""
        if not self.promises:
            return ""
        if any(until is not None and until >= promised for _, promised, until in self._promise_spans()):
            return "broken"
        return "kept" if self.end == "closed" else ""

    def result(self, policy: Policy) -> str:
        """Return "met" or "late" for an answered turn: first touch in time and the promise, if any, kept."""
        if self.end != "closed":
            return ""
        return "met" if self.first_touch(policy) == "met" and self.promise() != "broken" else "late"

    def deadlines(self, policy: Policy) -> list[Deadline]:
        """Return every deadline that ran: the due instant, then each promise."""
        if self.end == "void":
            return []
        domestic = policy.is_domestic(self.mails[0].country)
        return [
            *(
                Deadline(self.opened_by, since, due, until, domestic=domestic)
                for since, due, until in self._due_spans(policy)
            ),
            *(
                Deadline(self.opened_by, since, promised, until, promise=True, domestic=domestic)
                for since, promised, until in self._promise_spans()
            ),
        ]

    def finish(self, policy: Policy) -> Turn:
        """Return the turn as it stands."""
        terms = self.terms(policy)
        return Turn(
            opened_by=self.opened_by,
            anchor=self.anchor,
            due=terms.due,
            messages=tuple(mail.key for mail in self.mails),
            sender=self.mails[0].sender,
            party=self.mails[0].party,
            low=all(mail.low for mail in self.mails),
            looks_finished=not any(mail.asks for mail in self.mails),
            first_touch_at=self.touched_at,
            first_touch=self.first_touch(policy),
            promised_until=self.promised_until,
            extensions=max(len(self.promises) - 1, 0),
            promise=self.promise(),
            supposed_by=self.supposed[0] if self.supposed and not self.end else "",
            supposed=self.supposed[1] if self.supposed and not self.end else "",
            end=self.end,
            ended_at=self.ended_at,
            ended_by=self.ended_by,
            answered_by=self.answered_by,
            result=self.result(policy),
            external=self.external,
            bounced=self.bounced,
            late_arrivals=self.late,
            adopted=self.mails[0].adopted,
            routed_at=self.mails[0].routed_at,
            reason=self.reason,
            policy_version=self.mails[0].judged_by or policy.version,
            rule=terms.rule.to_json(),
            calendar=terms.calendar,
            domestic=policy.is_domestic(self.mails[0].country),
            seen_late=self.mails[0].seen_late,
        )

    def _due_spans(self, policy: Policy) -> list[tuple[datetime, datetime, datetime | None]]:
        """Return each due instant that ran as (since, the instant, when it was met or moved)."""
        ended = self.touched_at or self.ended_at
        moves = [move for move in self.moves if ended is None or move.at < ended]
        since = [self.anchor, *(move.at for move in moves)]
        dues = [*(move.before for move in moves), self.due(policy)]
        return list(zip(since, dues, [*since[1:], ended], strict=True))

    def _promise_spans(self) -> list[tuple[datetime, datetime, datetime | None]]:
        """Return each promise as (sent, promised instant, when the next promise or the end came)."""
        following = [sent for sent, _ in self.promises[1:]]
        return [
            (sent, until, following[index] if index < len(following) else self.ended_at)
            for index, (sent, until) in enumerate(self.promises)
        ]
