"""Orders on the worklist: milestones that come near or are late, money to verify and to chase, dates of letters of credit.

Room: queries. A row is "d4:production", of kind `order` or `payment`.
"""

from __future__ import annotations

from sqlmodel import Session

from mailcrm.domain.clock.states import State
from mailcrm.domain.orders.duties import Duty, duties
from mailcrm.domain.orders.letters import template_of
from mailcrm.queries.order_parties import Parties
from mailcrm.queries.orders import end_of_day, facts_of, title_of, today
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.ownership import Owners
from mailcrm.queries.rows import WorklistRow
from mailcrm.store.orders import OrderFile, open_files

__all__ = ["order_rows"]


def order_rows(session: Session, outlook: Outlook, owners: Owners) -> list[WorklistRow]:
    """Return the rows of what the open orders ask for."""
    del owners  # an order may have one of its own
    files = open_files(session)
    if not files:
        return []
    parties, day = Parties(session, outlook, files), today(outlook)
    return [
        _row(file, duty, parties, outlook) for file in files for duty in duties(facts_of(file), outlook.orders, day)
    ]


def _row(file: OrderFile, duty: Duty, parties: Parties, outlook: Outlook) -> WorklistRow:
    contact, company, owner = parties.of(file)
    due = end_of_day(duty.due, outlook)
    late = due is not None and due < outlook.now
    milestone = file.milestones.get(duty.name)
    template = template_of(duty.name, file.content, settled=False, late=late) if milestone else ""
    return WorklistRow(
        id=f"{file.id}:{duty.key}",
        ref=file.id,
        band=duty.band,
        kind=duty.kind,
        state=(State.OVERDUE if late else State.AT_RISK).value,
        why=duty.why,
        thread_id=f"t{file.thread_id}" if file.thread_id else None,
        company=company.name if company else None,
        contact=contact.name or contact.address,
        country=(company.country if company else None) or contact.country,
        grade=company.grade if company else None,
        role=company.role if company else contact.role,
        purpose="payment_slip" if duty.key.endswith("_slip") else "order",
        gist=str(duty.why),
        subject=f"{file.row.number} {title_of(file.content)}".strip(),
        due=due,
        overdue_seconds=int((outlook.now - due).total_seconds()) if late and due else 0,
        arrived_at=file.row.changed_at,
        flags=("late",) if late else (),
        suggested_template=template or None,
        owner=(milestone.owner if milestone else "") or owner,
    )
