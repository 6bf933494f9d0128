"""The ledger of a thread: what happened, as facts about messages and decisions of people.

Room: domain. The event names (`name`) are stable: `explain` prints them, the decision table stores them, and `rebuild`
replays them. All instants are aware UTC. An event is replayed at `at`; where two share an instant, inbound mail comes
first (`rank`), then `key` decides, so that any order of reading gives the same turns (case 30).

A *party* is the string by which two addresses are known to belong together: "company:5" where the address is linked to
a company, else "domain:acme.example" where the domain isn't free mail, else "address:jan@gmail.com".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from mailcrm.domain.message import Kind, Role

__all__ = [
    "AnswerDecided",
    "AnsweredElsewhere",
    "DueMoved",
    "ElsewhereDecided",
    "Event",
    "ForwardDecided",
    "MailArrived",
    "MailBounced",
    "MailNoted",
    "MailSent",
    "NoteWritten",
    "PromiseDecided",
    "PurposeDecided",
    "ThreadAdopted",
    "TurnWaived",
    "WaitDecided",
    "WroteElsewhere",
]


@dataclass(frozen=True, slots=True)
class MailArrived:
    """A mail of the other side arrived.

    `key` is the message's id ("m340"). `kind` is the kind that counts now; `kind_first` the one the rules gave, so that
    a turn which a person reclassified away is told as VOID. `asks`: there is a demand in it. `low`: we are only in Cc.
    `patient`: it only says that its writer waits, which asks nothing more after our holding reply.
    `reply_to`: addresses and parties of its Reply-To, where they differ from the sender's: an answer there reaches them.
    `grade` and `country`: the customer's, `agreed`: the time to answer that was agreed with it. `judged_due`: the deadline by
    which the turn that it opened was judged when it ended, under the policy of version `judged_by`, the rule `judged_rule` (a
    stored sentence) and the days `judged_calendar`; nothing later changes it. `seen_late`: so many seconds after the arrival it
    was first seen, because nobody had asked the server; 0 where it was seen in time. `adopted`: it was forgotten before mailcrm,
    and a person took it up. `routed_at`: it came to us by a colleague only then, who forwarded it (None: it came by itself).
    """

    name: ClassVar[str] = "MailArrived"
    rank: ClassVar[int] = 0

    at: datetime
    key: str
    sender: str
    party: str
    kind: Kind
    kind_first: Kind
    role: Role = Role.UNKNOWN
    asks: bool = True
    low: bool = False
    date_header: datetime | None = None
    reclassified_at: datetime | None = None
    reply_to: tuple[str, ...] = ()
    grade: str = ""
    judged_due: datetime | None = None
    judged_by: str = ""
    judged_rule: str = ""
    judged_calendar: str = ""
    country: str = ""
    agreed: str = ""
    seen_late: int = 0
    patient: bool = False
    adopted: bool = False
    routed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MailSent:
    """A mail of ours that was accepted for delivery, by mailcrm or by any other client.

    `recipients` (addresses) and `parties` are those of To, Cc and Bcc that are not ours, parallel: `parties[i]` is the
    party of `recipients[i]`. `answers_until`: it answers inbound mail up to this arrival (what the composer showed), for
    mail of other clients its own time. `estimate`: it is a holding reply that promises this instant. `promise`: the sentence by
    which its text only promises an answer, "" where it doesn't, and `promise_day` the day that it names. `automatic`: an
    unattended step, which never closes. `external`: found in Sent. `agreed_by`: the manager by whose leave it moves a promise
    once more than the rule allows. `asks`: we wait for an answer to it. `hidden`: whom it is for stands in Bcc only. `nudge`: it
    reminds of an earlier mail.
    """

    name: ClassVar[str] = "MailSent"
    rank: ClassVar[int] = 2

    at: datetime
    key: str
    by: str
    recipients: tuple[str, ...]
    parties: tuple[str, ...]
    answers_until: datetime
    estimate: datetime | None = None
    promise: str = ""
    promise_day: date | None = None
    automatic: bool = False
    external: bool = False
    agreed_by: str = ""
    asks: bool = False
    hidden: bool = False
    nudge: bool = False


@dataclass(frozen=True, slots=True)
class MailBounced:
    """A mail of ours (`original`, a message id "m12") came back for `failed` recipients (addresses, lower case)."""

    name: ClassVar[str] = "MailBounced"
    rank: ClassVar[int] = 1

    at: datetime
    key: str
    original: str
    failed: tuple[str, ...]
    hard: bool = True


@dataclass(frozen=True, slots=True)
class MailNoted:
    """A mail that touches no clock (auto-reply, receipt, bulk, courier, internal …), told for the story's sake.

    `away_until`: the day on which the writer of an out-of-office note is back, where it tells one.
    """

    name: ClassVar[str] = "MailNoted"
    rank: ClassVar[int] = 3

    at: datetime
    key: str
    kind: Kind
    sender: str
    party: str = ""
    away_until: date | None = None


@dataclass(frozen=True, slots=True)
class AnsweredElsewhere:
    """A person logged that the customer was answered by phone, chat, fax …: `key` is the decision's id ("d7").

    `seen_until`: the arrival of the newest mail that was here then (None: all up to `at`); what came to light later waits on.
    """

    name: ClassVar[str] = "AnsweredElsewhere"
    rank: ClassVar[int] = 2

    at: datetime
    key: str
    by: str
    channel: str
    summary: str = ""
    seen_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class TurnWaived:
    """A person decided that no reply is needed, for the inbound mail up to `seen_until` (`AnsweredElsewhere`)."""

    name: ClassVar[str] = "TurnWaived"
    rank: ClassVar[int] = 2

    at: datetime
    key: str
    by: str
    reason: str
    seen_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PromiseDecided:
    """A person said whether our mail `sent` ("m12") only promises: `until` when, None where it was the answer itself."""

    name: ClassVar[str] = "PromiseDecided"
    rank: ClassVar[int] = 2

    at: datetime
    key: str
    by: str
    sent: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DueMoved:
    """The deadline of the open turn `turn` ("m340") moved from `before` to `after`, by the stored sentence `cause`.

    What moves it is a changed rule, grade, agreement, country or calendar, never an event on the thread; so it is told, and
    replayed from nothing. `by`: who changed it, "" for the settings.
    """

    name: ClassVar[str] = "DueMoved"
    rank: ClassVar[int] = 4

    at: datetime
    key: str
    turn: str
    before: datetime
    after: datetime
    cause: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class AnswerDecided:
    """A person said whether our mail `sent` ("m12") answers all that had arrived on this thread when it was sent.

    It may lie on another thread, or may have been written before the last of that mail was seen. A mail of another thread is in
    the ledger (as `MailSent`) only where the word was yes.
    """

    name: ClassVar[str] = "AnswerDecided"
    rank: ClassVar[int] = 3

    at: datetime
    key: str
    by: str
    sent: str
    yes: bool


@dataclass(frozen=True, slots=True)
class ForwardDecided:
    """A person said whether the customer's mail inside `forward` ("m12"), a colleague's, is ours to answer.

    Where it is, the ledger has it as `MailArrived` under the forward's key.
    """

    name: ClassVar[str] = "ForwardDecided"
    rank: ClassVar[int] = 2

    at: datetime
    key: str
    by: str
    forward: str
    yes: bool


@dataclass(frozen=True, slots=True)
class ThreadAdopted:
    """A person took up what had been forgotten on this thread before mailcrm."""

    name: ClassVar[str] = "ThreadAdopted"
    rank: ClassVar[int] = 2

    at: datetime
    key: str
    by: str


@dataclass(frozen=True, slots=True)
class NoteWritten:
    """A person wrote something down about the thread; it touches no clock."""

    name: ClassVar[str] = "NoteWritten"
    rank: ClassVar[int] = 3

    at: datetime
    key: str
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class PurposeDecided:
    """A person said what the mail `mail` is for (domain.purpose); the mail itself tells it from then on."""

    name: ClassVar[str] = "PurposeDecided"
    rank: ClassVar[int] = 3

    at: datetime
    key: str
    by: str
    mail: str
    purpose: str


@dataclass(frozen=True, slots=True)
class WaitDecided:
    """A person began to wait for an answer, or changed it: from now for `days` working days until the first nudge.

    `days` None: with the usual steps from our newest mail, from now where that was answered or is long past; 0: nobody waits any more. `until`: parked until this instant.
    """

    name: ClassVar[str] = "WaitDecided"
    rank: ClassVar[int] = 4

    at: datetime
    key: str
    by: str
    days: int | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class WroteElsewhere:
    """Somebody of a party wrote on another thread: an event of the threads on which we wait for that party."""

    name: ClassVar[str] = "WroteElsewhere"
    rank: ClassVar[int] = 0

    at: datetime
    key: str
    sender: str
    party: str


@dataclass(frozen=True, slots=True)
class ElsewhereDecided:
    """A person said whether we still wait (`waiting`) though they wrote the mail `message` ("m12") on another thread."""

    name: ClassVar[str] = "ElsewhereDecided"
    rank: ClassVar[int] = 4

    at: datetime
    key: str
    by: str
    message: str
    waiting: bool


Event = (
    MailArrived
    | MailSent
    | MailBounced
    | MailNoted
    | AnsweredElsewhere
    | TurnWaived
    | PromiseDecided
    | AnswerDecided
    | ForwardDecided
    | ThreadAdopted
    | NoteWritten
    | PurposeDecided
    | DueMoved
    | WaitDecided
    | WroteElsewhere
    | ElsewhereDecided
)
