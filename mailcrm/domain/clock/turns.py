"""Turns: one unanswered customer demand each, made by replaying a thread's ledger.

Room: domain. In: the events of one thread in any order, any number of times, and a policy. Out: an `Account`: the turns
(open and closed), the story line by line that `explain` prints, and the deadlines that ran. Pure: no database, and no
clock either (what time alone does is told by `states`).

    mail that starts the clock ──► open ──► answered ──► closed
                                    │ ▲ └─► no reply needed ──► waived
                     holding reply  ▼ │ every mail reclassified ──► void
                                  promised (still open; a reply that came back never happened)

A reply of ours whose text only promises leaves the turn open as supposed, until a person says that it promises (as if it had been
a holding reply) or that it was the answer (as if it had closed).

`Line.event` is one of these, all in the past tense and stable:

    TurnOpened  TurnExtended  TurnClosed  TurnWaived  TurnVoided  TurnReopened
    PromiseMade  PromiseExtended  PromiseIgnored (its instant had passed when it was sent)
    PromiseSupposed (a reply that seems only to promise)  PromiseConfirmed  PromiseDenied
    AnswerConfirmed  AnswerDenied  ForwardTaken  ForwardLeft  ThreadAdopted  NoteWritten (what people said)
    MailIgnored (touches no clock)  DateInFuture
    ReplyUndelivered (told at the reply)  AddressFailed  DeliveryDelayed  MailBounced (of a mail that isn't on this thread)
    MailSent, AnsweredElsewhere, TurnWaived with nothing open, or with only mail that the writer had not seen
    SeenLate (nobody had asked the server)  DueMoved (a rule, grade, agreement, country or calendar changed)
    DeadlineNeared  DeadlinePassed  PromiseNeared  PromiseBroken (added by states.story_at)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from mailcrm.domain.arrival import dated_in_future
from mailcrm.domain.clock import decided, story
from mailcrm.domain.clock.account import Account, Deadline, Line, Turn
from mailcrm.domain.clock.drafts import Draft
from mailcrm.domain.clock.estimate import promised_until
from mailcrm.domain.clock.ledger import (
    AnswerDecided,
    AnsweredElsewhere,
    DueMoved,
    ElsewhereDecided,
    Event,
    MailArrived,
    MailBounced,
    MailNoted,
    MailSent,
    PromiseDecided,
    PurposeDecided,
    TurnWaived,
    WaitDecided,
    WroteElsewhere,
)
from mailcrm.domain.clock.order import in_order
from mailcrm.domain.clock.policy import Policy
from mailcrm.domain.message import Kind

__all__ = ["Account", "Deadline", "Line", "Turn", "replay"]

_OPENING_KINDS = frozenset({Kind.HUMAN, Kind.PLATFORM_INQUIRY})


def replay(events: Iterable[Event], policy: Policy, *, deadlines: bool = True) -> Account:
    """Return the account of one thread's ledger; the same events in any order and repetition give the same account.

    `deadlines` False: nobody asks for those that ran, which cost as much as the turns.
    """
    return _Replay(in_order(events), policy).account(deadlines=deadlines)


class _Replay:
    """The replay of one sorted ledger.

    Bounces are known before the first event is read: a reply that reached nobody must not have closed anything when the
    next mail arrives, or that mail would get a later due than the customer is owed.
    """

    def __init__(self, ledger: list[Event], policy: Policy) -> None:
        self._policy = policy
        self._drafts: list[Draft] = []
        self._reclassified: Draft | None = None
        self._lines: list[Line] = []
        self._sent = {event.key: event for event in ledger if isinstance(event, MailSent)}
        self._failed = _failures(ledger, self._sent)
        moves = [event for event in ledger if isinstance(event, DueMoved)]
        self._moves = {
            turn: tuple(move for move in moves if move.turn == turn) for turn in {move.turn for move in moves}
        }
        self._decided = {event.sent: event for event in ledger if isinstance(event, PromiseDecided)}
        self._answers = {event.sent: event.yes for event in ledger if isinstance(event, AnswerDecided)}
        self._known: dict[str, frozenset[str]] = defaultdict(frozenset)
        self._undelivered: dict[str, list[Draft]] = defaultdict(list)
        for event in ledger:
            self._apply(event)

    def account(self, *, deadlines: bool) -> Account:
        """Return what was found; lines of one instant stay in the order in which the events were read."""
        for draft in self._drafts:
            if draft.end == "void":
                self._lines.append(story.turn_voided(draft))
        self._drafts.sort(key=lambda draft: (draft.anchor, draft.opened_by))
        return Account(
            turns=tuple(draft.finish(self._policy) for draft in self._drafts),
            story=tuple(sorted(self._lines, key=lambda line: line.at)),
            deadlines=tuple(self._deadlines()) if deadlines else (),
        )

    def _deadlines(self) -> Iterator[Deadline]:
        return (deadline for draft in self._drafts for deadline in draft.deadlines(self._policy))

    def _apply(self, event: Event) -> None:
        match event:
            case MailArrived():
                self._arrived(event)
            case MailSent():
                self._mail_sent(event)
            case MailBounced():
                self._bounced(event)
            case MailNoted():
                self._tell(story.ignored(event.at, event.key, story.kind_rule(event.kind)))
            case AnsweredElsewhere():
                self._answered_elsewhere(event)
            case TurnWaived():
                self._waived(event)
            case DueMoved():
                self._tell(story.due_moved(event))
            case WaitDecided() | WroteElsewhere() | ElsewhereDecided():
                pass  # whether we wait for them is domain.waiting's to replay
            case PurposeDecided():
                pass  # the mail tells it itself, and the action log who said so
            case _:
                self._tell(decided.said(event))

    def _tell(self, line: Line) -> None:
        self._lines.append(line)

    def _due(self, draft: Draft) -> datetime:
        return draft.due(self._policy)

    def _draft(self, mail: MailArrived, *, late: bool = False) -> Draft:
        """Begin the turn that `mail` opens."""
        draft = Draft([mail], moves=self._moves.get(mail.key, ()), late=late)
        self._drafts.append(draft)
        return draft

    def _open(self) -> list[Draft]:
        return [draft for draft in self._drafts if not draft.end]

    def _arrived(self, mail: MailArrived) -> None:
        if not mail.role.starts_clock:
            self._tell(story.ignored(mail.at, mail.key, story.NO_CUSTOMER))
        elif mail.kind in _OPENING_KINDS:
            self._admit(mail, mail.at, late=False)
        elif mail.kind_first in _OPENING_KINDS and not self._open():
            self._admit_reclassified(mail)
        else:
            self._tell(story.ignored(mail.at, mail.key, story.kind_rule(mail.kind)))
        if mail.seen_late:
            self._tell(story.seen_late(mail))
        if mail.date_header is not None and dated_in_future(mail.date_header, mail.at):
            self._tell(story.date_in_future(mail, mail.date_header))

    def _admit(self, mail: MailArrived, at: datetime, *, late: bool) -> None:
        """Put `mail` into the turn that waits, or open one; `late`: it arrived while an answer was being written."""
        waiting = [draft for draft in self._open() if not draft.is_held]
        held = [draft for draft in self._open() if draft.is_held]
        target = waiting[-1] if waiting else held[-1] if held and (mail.patient or not mail.asks) else None
        if target is None:
            target = self._draft(mail, late=late)
            self._tell(story.turn_opened(at, target, self._policy, second=bool(held)))
        else:
            target.add(mail)
            target.late = target.late or late
            self._tell(story.turn_extended(at, mail, target, self._due(target)))

    def _admit_reclassified(self, mail: MailArrived) -> None:
        """Keep the turn that `mail` would have opened as a void one."""
        if self._reclassified is None:
            self._reclassified = self._draft(mail)
            self._tell(story.turn_opened(mail.at, self._reclassified, self._policy, second=False))
        else:
            self._reclassified.add(mail)
            self._tell(story.turn_extended(mail.at, mail, self._reclassified, self._due(self._reclassified)))
        self._reclassified.void()

    def _mail_sent(self, sent: MailSent) -> None:
        if sent.automatic:
            self._tell(story.ignored(sent.at, sent.key, story.AUTOMATIC))
            return
        if not sent.recipients:
            self._tell(story.ignored(sent.at, sent.key, story.AMONG_OURSELVES))
            return
        if self._answers.get(sent.key):
            sent = replace(sent, answers_until=max(sent.answers_until, sent.at))
        self._reclassified = None
        waiting = self._open()
        reached = [draft for draft in waiting if draft.reached_by(sent)]
        if not waiting:
            self._tell(story.nothing_open(sent))
        elif not reached:
            self._tell(story.ignored(sent.at, sent.key, story.NOT_REACHED))
        else:
            self._deliver(sent, reached)

    def _deliver(self, sent: MailSent, reached: list[Draft]) -> None:
        """Sort the turns that `sent` was meant for into unseen, undelivered and answered."""
        failed = self._failed.get(sent.key, frozenset())
        answered = []
        for draft in reached:
            if draft.anchor > sent.answers_until:
                draft.late = True
                self._tell(story.unseen(sent, self._due(draft)))
            elif draft.reached_by(sent) <= failed:
                draft.bounced = True
                self._undelivered[sent.key].append(draft)
                self._tell(story.reply_undelivered(sent, self._due(draft)))
            else:
                answered.append(draft)
        decided = self._decided.get(sent.key)
        estimate = decided.until if decided is not None else sent.estimate
        if estimate is None and sent.promise and decided is None:
            self._suppose(sent, answered)
        elif estimate is None:
            self._close(sent, answered)
        elif estimate > sent.at:
            self._hold(sent, answered, estimate)
        elif answered:
            self._tell(story.promise_ignored(sent, estimate))

    def _close(self, sent: MailSent, answered: list[Draft]) -> None:
        unseen: list[MailArrived] = []
        for draft in answered:
            unseen += draft.take_later_than(sent.answers_until, asking_only=False)
            draft.close(sent)
            self._tell(story.turn_closed(sent, draft, self._policy))
        self._admit_late(unseen, sent.at)

    def _hold(self, sent: MailSent, answered: list[Draft], estimate: datetime) -> None:
        unseen: list[MailArrived] = []
        for draft in answered:
            unseen += draft.take_later_than(sent.answers_until, asking_only=True)
            draft.hold(sent.at, estimate)
            self._tell(story.promised(sent, draft, self._policy))
        self._admit_late(unseen, sent.at)

    def _suppose(self, sent: MailSent, answered: list[Draft]) -> None:
        unseen: list[MailArrived] = []
        until = promised_until(sent.promise_day, sent.at, self._policy.office)
        for draft in answered:
            unseen += draft.take_later_than(sent.answers_until, asking_only=True)
            draft.suppose(sent, until)
            self._tell(story.promise_supposed(sent, until))
        self._admit_late(unseen, sent.at)

    def _admit_late(self, mails: list[MailArrived], at: datetime, *, late: bool = True) -> None:
        for mail in sorted(mails, key=lambda each: (each.at, each.key)):
            self._admit(mail, at, late=late)

    def _answered_elsewhere(self, event: AnsweredElsewhere) -> None:
        waiting, unseen = self._known_to(event)
        for draft in waiting:
            draft.close(event)
            self._tell(story.turn_closed(event, draft, self._policy))
        if not waiting:
            self._tell(story.nothing_open(event))
        self._admit_late(unseen, event.at, late=False)

    def _waived(self, event: TurnWaived) -> None:
        waiting, unseen = self._known_to(event)
        for draft in waiting:
            draft.waive(event)
        self._tell(decided.turn_waived(event) if waiting else story.nothing_open(event))
        self._admit_late(unseen, event.at, late=False)

    def _known_to(self, event: AnsweredElsewhere | TurnWaived) -> tuple[list[Draft], list[MailArrived]]:
        """Return the open turns that a person's word is about, and what it leaves out of them: mail that wasn't here then."""
        self._reclassified = None
        until = event.seen_until or event.at
        waiting = [draft for draft in self._open() if draft.anchor <= until]
        return waiting, [mail for draft in waiting for mail in draft.take_later_than(until, asking_only=False)]

    def _bounced(self, bounce: MailBounced) -> None:
        sent = self._sent.get(bounce.original)
        if sent is None:
            self._tell(story.strange_bounce(bounce))
            return
        if not bounce.hard:
            self._tell(story.delivery_delayed(bounce))
            return
        before = self._known[sent.key]
        self._known[sent.key] = before | _named(bounce, sent)
        names = ", ".join(sorted(_named(bounce, sent)))
        reopened = [draft for draft in self._undelivered[sent.key] if self._lost_now(draft, sent, before)]
        for draft in reopened:
            self._tell(story.turn_reopened(bounce, names, self._due(draft)))
        if not reopened:
            self._tell(story.address_failed(bounce, names))

    def _lost_now(self, draft: Draft, sent: MailSent, before: frozenset[str]) -> bool:
        """Whether with this bounce, and not before, `sent` has reached nobody, and nothing else has ended the turn."""
        reached = draft.reached_by(sent)
        return not draft.end and reached <= self._known[sent.key] and not reached <= before


def _named(bounce: MailBounced, sent: MailSent) -> frozenset[str]:
    """Return the addresses that `bounce` says have failed.

    A mail with one recipient failed for that one, whatever address the report names: forwarding rewrites it.
    """
    named = sent.recipients if len(sent.recipients) == 1 else bounce.failed
    return frozenset(address.lower() for address in named)


def _failures(ledger: list[Event], sent: dict[str, MailSent]) -> dict[str, frozenset[str]]:
    failed: dict[str, frozenset[str]] = defaultdict(frozenset)
    for event in ledger:
        if isinstance(event, MailBounced) and event.hard and event.original in sent:
            failed[event.original] |= _named(event, sent[event.original])
    return failed
