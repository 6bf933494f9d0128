"""Where a sample stands: what is to be done next, until when, and whether that is somebody's work by now.

Room: queries. In: a sample and the moment. Out: a `Standing`, of which the worklist, the board, the page and `--json` are made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session, col, select

from mailcrm.domain.clock.office import Office
from mailcrm.domain.couriers import courier_named, tracking_url
from mailcrm.domain.errors import NotFound
from mailcrm.domain.samples.gates import lacks, listed
from mailcrm.domain.samples.sample import Sample
from mailcrm.domain.samples.sequence import expected_on, feedback_due, follow_up_dues
from mailcrm.domain.samples.states import BEFORE_SHIPPED, PATH, SampleState
from mailcrm.domain.waiting.steps import Schedule
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.outlook import Outlook
from mailcrm.records import Company, Contact, SampleRecord

__all__ = ["Parties", "Party", "Standing", "courier_title", "page_of_courier", "standing"]

_S = SampleState
_SOON = timedelta(hours=24)
_NEXT = {
    _S.REQUESTED: say("Fill in the sheet."),
    _S.SPEC_DRAFT: say("Hand the sheet in to be signed."),
    _S.PENDING_SIGN: say("Waits for the manager's signature."),
    _S.SIGNED: say("Issue the work order."),
    _S.MAKING: say("Ask the factory how far it is."),
    _S.MADE: say("Check it line by line."),
    _S.CHECKED: say("Take its photo."),
    _S.PHOTOGRAPHED: say("Ship it."),
    _S.EXCEPTION: say("Trouble on the way: help with customs, or send another; tell the customer."),
    _S.SILENT: say("Nobody answers; any mail of theirs opens it again."),
    _S.FEEDBACK_IN: say("Read what they say: fine, to be changed, or rejected?"),
    _S.OK: say("It is approved: quote, or take the order."),
    _S.QUOTING: say("Is the quote an order, or lost?"),
}
_AT_ONCE = frozenset({_S.EXCEPTION, _S.FEEDBACK_IN, _S.PENDING_SIGN})


@dataclass(frozen=True, slots=True)
class Standing:
    """`next_step` and `due`; `acts`: somebody has to do it by now, or soon. `template`: the mail that does it."""

    next_step: Sentence
    due: datetime | None = None
    acts: bool = False
    template: str | None = None
    expected: datetime | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Whom a sample is for."""

    contact: Contact
    company: Company | None

    @property
    def country(self) -> str:
        """The country, "" where nobody knows it."""
        return (self.company.country if self.company else None) or self.contact.country or ""


class Parties:
    """Contacts and companies of samples, and how long parcels took to their countries; read once for a list."""

    def __init__(self, session: Session, outlook: Outlook, rows: Iterable[SampleRecord]) -> None:
        self._session, self._outlook = session, outlook
        self._parties: dict[int, Party] = {}
        self._took: dict[tuple[str, str], list[int]] | None = None
        self._read({row.contact_id for row in rows})

    def of(self, row: SampleRecord) -> Party:
        """Return whom a sample is for."""
        if row.contact_id not in self._parties:
            self._read({row.contact_id})
        return self._parties[row.contact_id]

    def _read(self, ids: Collection[int]) -> None:
        people = self._session.exec(select(Contact).where(col(Contact.id).in_(ids))).all() if ids else ()
        firms = {one.company_id for one in people} - {None}
        found = self._session.exec(select(Company).where(col(Company.id).in_(firms))).all() if firms else ()
        companies = {one.id: one for one in found}
        self._parties |= {one.id or 0: Party(one, companies.get(one.company_id)) for one in people}

    def calendar(self, row: SampleRecord) -> Office:
        """Return the working days of the country it goes to."""
        return self._outlook.policies.waiting.calendar_of(self.of(row).country)

    def took(self, row: SampleRecord) -> list[int]:
        """Return the working days that our parcels of this courier to this country took."""
        if self._took is None:
            self._took = defaultdict(list)
            there = select(SampleRecord).where(
                col(SampleRecord.carrier) != "", col(SampleRecord.delivered_at).is_not(None)
            )
            arrived = self._session.exec(there).all()
            self._read({one.contact_id for one in arrived} - self._parties.keys())
            for one in arrived:
                if one.shipped_on is not None and one.delivered_at is not None:
                    calendar = self.calendar(one)
                    days = _days_between(one.shipped_on, one.delivered_at.astimezone(calendar.tz).date(), calendar)
                    self._took[one.carrier, self.of(one).country].append(days)
        return self._took.get((row.carrier, self.of(row).country), [])


def _days_between(first: date, last: date, calendar: Office) -> int:
    days = (first + timedelta(days=step + 1) for step in range(max((last - first).days, 0)))
    return sum(calendar.is_working_day(day) for day in days)


def courier_title(carrier: str) -> str:
    """Return a courier's name as people read it; what no courier is called stays as it is."""
    try:
        return courier_named(carrier).title if carrier else ""
    except NotFound:
        return carrier


def page_of_courier(carrier: str, awb: str) -> str:
    """Return the courier's page about a number, "" where there is none."""
    try:
        return tracking_url(carrier, awb) if carrier and awb else ""
    except NotFound:
        return ""


def standing(row: SampleRecord, sample: Sample, parties: Parties, outlook: Outlook) -> Standing:
    """Return where a sample stands."""
    if row.details.get("unreachable") and sample.state in (_S.DELIVERED, _S.FEEDBACK_REQUESTED, _S.FOLLOW_UP):
        step = say(
            "Our mail came back: find another contact (`mailcrm sample edit {id} --contact …`).", id=f"s{row.id}"
        )
        return Standing(step, acts=True)
    if sample.state is _S.SHIPPED:
        return _on_its_way(row, parties, outlook)
    if sample.state is _S.DELIVERED or (
        sample.asked_at is None and sample.state in (_S.FEEDBACK_REQUESTED, _S.FOLLOW_UP)
    ):
        return _to_be_asked(row, sample, parties, outlook)
    if sample.state in (_S.FEEDBACK_REQUESTED, _S.FOLLOW_UP):
        return _asked(row, sample, parties, outlook)
    return _in_the_house(row, sample, outlook)


def _on_its_way(row: SampleRecord, parties: Parties, outlook: Outlook) -> Standing:
    if row.shipped_on is None:
        return Standing(say("On its way."))
    due, days = expected_on(
        row.shipped_on, parties.took(row), outlook.policies.samples.expected_days, parties.calendar(row)
    )
    url = page_of_courier(row.carrier, row.awb)
    if outlook.now <= due:
        return Standing(say("On its way; usually there after {days} working days.", days=days), due, expected=due)
    told = say("No news after {days} working days: ask the customer.", days=days)
    if url:
        told = say("No news after {days} working days: look at {url}", days=days, url=url)
    return Standing(told, due, acts=True, expected=due)


def _to_be_asked(row: SampleRecord, sample: Sample, parties: Parties, outlook: Outlook) -> Standing:
    party = parties.of(row)
    if not sample.is_ours:
        return Standing(say("It is here."))
    grade, agreed = (party.company.grade or "", party.company.reply_within or "") if party.company else ("", "")
    since = sample.delivered_at or sample.since
    due = feedback_due(since, outlook.policies.samples.ask_within, outlook.policies.clock, grade, party.country, agreed)
    template, step = "sample_delivered", say("Ask how it did, and whether an order may follow: the draft stands ready.")
    if sample.asks_for != "order":
        template, step = "pp_sample_approval", say("Ask whether it is approved: the draft stands ready.")
    return Standing(step, due, acts=True, template=template)


def _asked(row: SampleRecord, sample: Sample, parties: Parties, outlook: Outlook) -> Standing:
    assert sample.asked_at is not None  # noqa: S101  (narrowing: `standing` looked)
    schedule = Schedule(outlook.policies.samples.follow_ups, parties.calendar(row))
    number = min(len(sample.followed_up), schedule.steps)
    due = follow_up_dues(sample.asked_at, sample.followed_up, sample.away, schedule)[number]
    if number == schedule.steps:
        return Standing(say("The last follow-up has left; without an answer it falls silent."), due)
    if outlook.now < due:
        return Standing(say("They were asked; follow-up {number} comes next.", number=number + 1), due)
    step = say("No answer: follow-up {number} is due; the draft stands ready.", number=number + 1)
    return Standing(step, due, acts=True, template=f"sample_followup_{number + 1}")


def _in_the_house(row: SampleRecord, sample: Sample, outlook: Outlook) -> Standing:
    step = _next_step(sample)
    if step is None:
        return Standing(say("It has come to its end."))
    limit = dict(outlook.policies.samples.stale).get(sample.state.value)
    office, dues = outlook.policies.office, list[datetime]()
    if limit is not None:
        day = office.working_day_after(row.since.astimezone(office.tz).date(), limit)
        dues.append(office.end_of(day).astimezone(UTC))
    if sample.sheet.needed_by is not None and sample.state in BEFORE_SHIPPED:
        dues.append(datetime.combine(sample.sheet.needed_by, time(), office.tz).astimezone(UTC))
    due = min(dues, default=None)
    template = "sample_exception" if sample.state is _S.EXCEPTION else None
    soon = due is not None and due <= outlook.now + _SOON
    return Standing(step, due, acts=sample.state in _AT_ONCE or soon, template=template)


def _next_step(sample: Sample) -> Sentence | None:
    """Return what comes next, with what it lacks; None where nothing does."""
    if sample.state is _S.SPEC_DRAFT and not sample.sheet.is_made:
        return say("Lay it out: it is made already.")
    if sample.state is _S.PHOTOGRAPHED and not sample.is_ours:
        return say("Judge it: can we make it?")
    if sample.state in (_S.REQUESTED, _S.SPEC_DRAFT) and sample.sheet.missing():
        missing = listed(one.what for one in lacks(sample, PATH[1]))
        return say("Fill in the sheet. Missing: {fields}.", fields=missing)
    return _NEXT.get(sample.state)
