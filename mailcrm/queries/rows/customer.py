"""A customer as a whole: who they are, where they are, what is open with them, what was last written and said.

Room: queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailcrm.queries.rows.deals import BoardRow
from mailcrm.queries.rows.mail import NoteRow, Person
from mailcrm.queries.rows.people import CompanyRow, ContactRow, ThereRow
from mailcrm.queries.rows.worklist import TaskRow

__all__ = [
    "ContactCard",
    "CustomerMail",
    "CustomerNote",
    "CustomerRow",
    "DemandRow",
    "PersonRow",
    "TotalsRow",
    "WaitingRow",
]


@dataclass(frozen=True, slots=True)
class PersonRow(ContactRow):
    """A contact with where he is; None where nothing tells it."""

    there: ThereRow | None = None


@dataclass(frozen=True, slots=True)
class DemandRow:
    """What the customer waits for: an open turn; `due` is the promised instant where something was promised."""

    thread_id: str
    subject: str
    gist: str
    state: str
    due: datetime
    reply_due: datetime
    since: datetime
    promise: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """What we wait for from the customer; `question` is what our mail asked."""

    thread_id: str
    subject: str
    question: str
    state: str
    due: datetime
    since: datetime


@dataclass(frozen=True, slots=True)
class CustomerNote(NoteRow):
    """What was written down about one of the customer's threads."""

    thread_id: str = ""


@dataclass(frozen=True, slots=True)
class CustomerMail:
    """A mail of either side, or (`channel`) what was logged of a call."""

    id: str
    thread_id: str
    from_: Person
    subject: str
    arrived_at: datetime
    side: str
    kind: str
    purpose: str
    gist: str
    channel: str


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """All that there is: `mails` of both sides in their threads, `theirs` of them, `first_at` when they wrote first.

    `met` and `late`: what was answered in time, and what was not.
    """

    threads: int
    mails: int
    theirs: int
    first_at: datetime | None
    met: int
    late: int


@dataclass(frozen=True, slots=True)
class CustomerRow(CompanyRow):
    """A company, or (`id` "c7") a contact without one, with everything that a rep wants to see at once.

    `contact_id`: whom the question was about. `people`: she and those who wrote last, `contacts` all of them. `deals`: open
    samples, quotes and orders. The rhythm is that of
    all of them together (None: too few mails).
    """

    contact_id: str | None = None
    people: tuple[PersonRow, ...] = ()
    open: tuple[DemandRow, ...] = ()
    waits: tuple[WaitingRow, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    deals: tuple[BoardRow, ...] = ()
    notes: tuple[CustomerNote, ...] = ()
    mails: tuple[CustomerMail, ...] = ()
    totals: TotalsRow = TotalsRow(0, 0, 0, None, 0, 0)
    last_wrote_at: datetime | None = None
    usual_pause_days: int | None = None
    silent: bool = False

    @property
    def there(self) -> ThereRow | None:
        """Where the one is whom the question was about, else who wrote last."""
        return next((one.there for one in self.people if one.there), None)


@dataclass(frozen=True, slots=True)
class ContactCard(PersonRow):
    """A contact with her company, or herself, as a customer."""

    customer: CustomerRow | None = None
