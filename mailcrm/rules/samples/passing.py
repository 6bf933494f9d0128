"""Time, and the mails that are to stand ready.

Room: rules. In: the samples that are to be looked at. Out: a follow-up that is wanted, silence with a task, and `StepDraft`s. `look_at`
is set again once the mail of a step has left: until then nothing more can fall due.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo

from sqlmodel import Session, col, select

from mailcrm.domain.couriers import courier_named
from mailcrm.domain.errors import NotFound
from mailcrm.domain.samples.kinds import Direction
from mailcrm.domain.samples.sample import Sample
from mailcrm.domain.samples.sequence import follow_up_dues
from mailcrm.domain.samples.states import SampleState
from mailcrm.domain.steps import Evidence
from mailcrm.domain.waiting.steps import Schedule
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Outgoing, Paper, SampleRecord, Task
from mailcrm.rules.samples.circle import ACTOR
from mailcrm.rules.sequences import Moment, StepDraft
from mailcrm.store.papers import as_attachment
from mailcrm.store.samples import (
    Deed,
    about_of,
    country_of,
    move_sample,
    note,
    sample_of,
    thread_of,
)

__all__ = ["any_due", "look", "task_once", "wanted"]

_S = SampleState
_WITH_MAILS = [state.value for state in (_S.SHIPPED, _S.EXCEPTION, _S.DELIVERED, _S.FEEDBACK_REQUESTED, _S.FOLLOW_UP)]
_MAILED = (_S.FEEDBACK_REQUESTED, _S.FOLLOW_UP)


def any_due(session: Session, moment: Moment) -> bool:
    """Whether a sample is to be looked at by now."""
    due = select(SampleRecord.id).where(col(SampleRecord.look_at) <= moment.now)
    return session.exec(due.limit(1)).first() is not None


def look(session: Session, moment: Moment) -> None:
    """Look at every sample that is to be looked at."""
    for row in session.exec(select(SampleRecord).where(col(SampleRecord.look_at) <= moment.now)).all():
        _look(session, row, moment)
        session.add(row)


def _look(session: Session, row: SampleRecord, moment: Moment) -> None:
    sample = sample_of(session, row)
    row.look_at = None
    if sample.state not in _MAILED or sample.asked_at is None or row.details.get("unreachable"):
        return
    schedule = Schedule(
        moment.policies.samples.follow_ups, moment.policies.waiting.calendar_of(country_of(session, row))
    )
    number = len(sample.followed_up)
    due = follow_up_dues(sample.asked_at, sample.followed_up, sample.away, schedule)[min(number, schedule.steps)]
    if moment.now < due:
        row.look_at = due
    elif number < schedule.steps:
        note(row, wanted=number + 1)
    else:
        _fall_silent(session, row, sample, moment)


def _fall_silent(session: Session, row: SampleRecord, sample: Sample, moment: Moment) -> None:
    count = len(sample.followed_up)
    reason = say("No answer to {count} follow-ups.", count=count)
    evidence = Evidence("text", f"{count} × {sample.followed_up[-1].isoformat()}")
    move_sample(session, row, _S.SILENT, Deed(moment.now, ACTOR, (evidence,), reason))
    title = say("No answer about the sample {number}: review the customer's grade.", number=row.number)
    task_once(session, row, f"SampleSilent:s{row.id}.{row.round}", title, moment)


def task_once(session: Session, row: SampleRecord, source: str, title: Sentence, moment: Moment) -> None:
    """Write a task of a sample down, unless it was before."""
    session.flush()
    if session.exec(select(Task.id).where(col(Task.source) == source)).first() is None:
        task = Task(title=title.to_json(), source=source, created_at=moment.now, contact_id=row.contact_id)
        task.thread_id = thread_of(session, row)
        session.add(task)


def wanted(session: Session, moment: Moment) -> Iterator[StepDraft]:
    """Yield the mails that are to stand ready now and were never written.

    Asked after every mail and command, so that it looks at what is missing only.
    """
    rows = session.exec(select(SampleRecord).where(col(SampleRecord.state).in_(_WITH_MAILS))).all()
    steps = {row.id or 0: step for row in rows if (step := _step(row)) is not None}
    abouts = {about_of(row, steps[row.id or 0]): row for row in rows if row.id in steps}
    written = set(session.exec(select(Outgoing.about).where(col(Outgoing.about).in_(abouts)))) if abouts else set()
    for about in sorted(abouts.keys() - written):
        row = abouts[about]
        thread, step = thread_of(session, row), steps[row.id or 0]
        if thread is not None:
            template, variables = _mail(step, row, sample_of(session, row), moment.policies.office.tz)
            pictures = row.details.get("photos", ()) if step == "feedback" else ()
            carried = [session.get_one(Paper, one) for one in pictures[:1]]
            files = tuple(as_attachment(one) for one in carried)
            yield StepDraft(about, thread, template, variables, files)


def _step(row: SampleRecord) -> str | None:
    """Return the mail that is next, as `about_of` names it; None where none is."""
    if row.direction != Direction.OURS:
        return None
    if row.state == _S.SHIPPED:
        return "shipped" if row.awb else None
    if row.state == _S.EXCEPTION:
        return "exception"
    return None if row.details.get("unreachable") else _asking_step(row)


def _asking_step(row: SampleRecord) -> str | None:
    if row.asked_at is None:
        return "feedback"
    number = len(row.details.get("followed_up", ())) + 1
    return f"followup_{number}" if row.details.get("wanted") == number else None


def _mail(step: str, row: SampleRecord, sample: Sample, zone: tzinfo) -> tuple[str, Mapping[str, str]]:
    """Return the template of a step and what is known for it."""
    values = {"sample": described(sample)}
    if step in ("shipped", "exception"):
        values |= {"courier": _title(row.carrier), "waybill": row.awb}
        if step == "shipped" and row.shipped_on is not None:
            values["shipped_on"] = row.shipped_on.isoformat()
        return f"sample_{step}", {name: value for name, value in values.items() if value}
    if step != "feedback":
        return f"sample_{step}", values
    if sample.asks_for != "order":
        sheet = sample.sheet
        stops = sheet.stops_on.isoformat() if sheet.stops_on else ""
        values |= {"order": sheet.order, "release": sample.asks_for, "stops_on": stops}
        return "pp_sample_approval", {name: value for name, value in values.items() if value}
    delivered = sample.delivered_at.astimezone(zone).date().isoformat() if sample.delivered_at else ""
    values |= {"waybill": row.awb, "delivered_on": delivered}
    return "sample_delivered", {name: value for name, value in values.items() if value}


def described(sample: Sample) -> str:
    """Return a sample as a mail names it: its number, the item, and what it is made like."""
    sheet = sample.sheet
    like = ", ".join(one for one in (sheet.material, sheet.colour, sheet.size) if one and one != "-")
    return f"{sample.name} {sheet.item}" + (f" ({like})" if like else "")


def _title(carrier: str) -> str:
    try:
        return courier_named(carrier).title
    except NotFound:
        return carrier
