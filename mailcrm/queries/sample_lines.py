"""Samples as rows of the worklist.

Room: queries. A row of kind `sample` is "s3"; until its step is due it stands in the view `samples` only.
"""

from __future__ import annotations

from sqlmodel import Session

from mailcrm.domain.clock.story import localised
from mailcrm.domain.samples.sample import Sample
from mailcrm.domain.samples.signing import who_may_sign
from mailcrm.domain.samples.states import SampleState
from mailcrm.domain.words import Sentence
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.rows import WorklistRow
from mailcrm.queries.sample_standing import Parties, Party, Standing, standing
from mailcrm.records import SampleRecord
from mailcrm.store.samples import open_samples, samples_of, threads_of

__all__ = ["owner_of", "sample_rows"]


def sample_rows(session: Session, outlook: Outlook, owners: Owners) -> list[WorklistRow]:
    """Return the rows of the samples that have not come to their end."""
    del owners
    rows = open_samples(session)
    if not rows:
        return []
    samples, parties, threads = samples_of(session, rows), Parties(session, outlook, rows), threads_of(session, rows)
    made = []
    for row in rows:
        sample = samples[row.id or 0]
        here = standing(row, sample, parties, outlook)
        made.append(_row(row, sample, here, parties.of(row), threads.get(row.id or 0), outlook))
    return made


def _row(
    row: SampleRecord, sample: Sample, here: Standing, party: Party, thread: int | None, outlook: Outlook
) -> WorklistRow:
    step = localised(here.next_step, outlook.zone)
    late = max(0, int((outlook.now - here.due).total_seconds())) if here.due is not None and here.acts else 0
    flags = {
        "bounced": bool(row.details.get("unreachable")),
        "away": any(one.back and one.back > outlook.now.date() for one in sample.away),
    }
    return WorklistRow(
        id=f"s{row.id}",
        ref=f"s{row.id}",
        band="step" if here.acts else "later",
        kind="sample",
        state=row.state,
        why=step,
        thread_id=f"t{thread}" if thread else None,
        company=party.company.name if party.company else None,
        contact=party.contact.name or party.contact.address,
        country=party.country or None,
        grade=party.company.grade if party.company else None,
        role=party.company.role if party.company else party.contact.role,
        gist=str(Sentence("{item}: {step}", {"item": row.item, "step": step}) if row.item else step),
        subject=sample.name,
        due=here.due,
        overdue_seconds=late,
        arrived_at=row.since,
        flags=tuple(name for name, on in flags.items() if on),
        suggested_template=here.template,
        owner=owner_of(row, outlook),
    )


def owner_of(row: SampleRecord, outlook: Outlook) -> str:
    """Return whose work a sample is: whoever may sign while it is to be signed, else its author."""
    if row.state == SampleState.PENDING_SIGN:
        return next(iter(who_may_sign(outlook.team, outlook.now)), row.author)
    return row.author
