"""Orders as records for `--json` and lists: what they say, their milestones, gates, money, changes and history.

Room: queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from mailcrm.domain.clock.story import localised
from mailcrm.domain.orders.content import OrderContent
from mailcrm.domain.orders.credit import Claim
from mailcrm.domain.orders.duties import next_step
from mailcrm.domain.orders.gates import gates_of, missing_before
from mailcrm.domain.orders.lc import LetterOfCredit, presentation
from mailcrm.domain.orders.letters import template_of, variables
from mailcrm.domain.orders.milestones import Stage, milestone
from mailcrm.domain.orders.worksheet import worksheet
from mailcrm.domain.trade.lc import CreditDates, lint_credit
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.order_parties import Parties
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import (
    ChangeRow,
    ClaimRow,
    CreditRow,
    EvidenceRow,
    MilestoneRow,
    MissingRow,
    OrderRow,
    SheetRow,
)
from mailcrm.queries.steps import history_rows, paper_rows
from mailcrm.records import OrderChange, OrderRecord
from mailcrm.store.bulk import one_among, table_of
from mailcrm.store.orders import NOUN, OPEN, OVER, OrderFile, facts_of, open_order, to_read

__all__ = ["end_of_day", "order", "order_files", "order_sheet", "orders", "placed", "rows_of", "title_of"]

_change = table_of(OrderChange).c
_GATES = ("production", "on_board", "release")


def order(session: Session, outlook: Outlook, *, id: str) -> OrderRow:  # noqa: A002  (as on the command line)
    """Return one order, by its id or number."""
    return rows_of(session, outlook, [open_order(session, id)])[0]


def orders(
    session: Session, outlook: Outlook, *, over: bool = False, stage: str = "", thread: str = ""
) -> tuple[OrderRow, ...]:
    """Return orders, the newest first; `over`: closed and cancelled ones too."""
    files = order_files(session, over=over, stage=stage, whole=True)
    return rows_of(session, outlook, [one for one in files if thread in ("", f"t{one.thread_id}")])


def order_files(session: Session, *, over: bool = False, stage: str = "", whole: bool = False) -> list[OrderFile]:
    """Return the files of orders, the newest first, to be read (store.orders.to_read)."""
    rows = select(OrderRecord).order_by(col(OrderRecord.id).desc())
    if stage:
        rows = rows.where(col(OrderRecord.stage) == stage)
    elif not over:
        rows = rows.where(col(OrderRecord.stage).not_in(OVER))
    return to_read(session, session.exec(rows).all(), whole=whole)


def order_sheet(session: Session, outlook: Outlook, *, id: str) -> SheetRow:  # noqa: A002  (as on the command line)
    """Return the work order for the factory."""
    del outlook
    file = open_order(session, id)
    sheet = worksheet(file.row.number, file.content, file.due)
    last = file.content.worksheets[-1] if file.content.worksheets else None
    here = last is not None and last.version == sheet.version
    return SheetRow(
        file.id,
        file.row.number,
        sheet.version,
        sheet.title,
        tuple((section.title, section.rows) for section in sheet.sections),
        sheet.content_hash(),
        {one: last.acknowledged.get(one, "") for one in last.departments} if last is not None and here else {},
    )


def rows_of(session: Session, outlook: Outlook, files: Sequence[OrderFile]) -> tuple[OrderRow, ...]:
    """Return the rows of these orders."""
    ids = [file.row.id or 0 for file in files]
    parties, changes = Parties(session, outlook, files), _changes(session, ids)
    histories, papers = history_rows(session, outlook, NOUN, ids), paper_rows(session, NOUN, ids)
    made = []
    for file in files:
        key, contact, company, owner = file.row.id or 0, *parties.of(file)
        made.append(
            OrderRow(
                **_standing(file, outlook),
                company=company.name if company else None,
                contact=contact.name or contact.address,
                contact_id=f"c{contact.id}",
                country=(company.country if company else None) or contact.country,
                grade=company.grade if company else None,
                owner=owner,
                milestones=_milestones(file, outlook, owner),
                changes=changes.get(key, ()),
                history=histories[key],
                papers=papers[key],
            )
        )
    return tuple(made)


def title_of(content: OrderContent) -> str:
    """Return what an order is about: the customer's number and the first article."""
    first = content.lines[0].description if content.lines else ""
    return " · ".join(filter(None, (content.known_as, first)))


def end_of_day(day: date | None, outlook: Outlook) -> datetime | None:
    """Return the end of our office day on which something is due."""
    return outlook.policies.office.end_of(day) if day else None


def placed(file: OrderFile, outlook: Outlook) -> dict[str, Any]:
    """Return what a card and a row tell alike: what an order is about, where it stands and what comes next."""
    over = file.row.stage in OVER
    step = None if over else next_step(facts_of(file))
    day = outlook.today
    return {
        "id": file.id,
        "number": file.row.number,
        "state": file.row.state,
        "title": title_of(file.content),
        "thread_id": f"t{file.thread_id}" if file.thread_id else None,
        "next_step": step.title if step else say("Nothing is left to do."),
        "due": end_of_day(file.due.get(step.name), outlook) if step else None,
        "late": not over and any(due < day for name, due in file.due.items() if name not in file.settled),
    }


def _standing(file: OrderFile, outlook: Outlook) -> dict[str, Any]:
    row, content = file.row, file.content
    return {
        **placed(file, outlook),
        "stage": row.stage,
        "quote_id": f"q{row.quote_id}" if row.quote_id else None,
        "total": content.total.to_json(),
        "payable": content.payable.to_json(),
        "deposit": _claim(content.deposit, outlook),
        "balance": _claim(content.balance, outlook),
        "lc": _credit(content.lc, file, outlook),
        "gates": {} if row.stage == Stage.CANCELLED else _gates(file),
        "content": content.to_json(),
        "content_hash": row.content_hash,
        "created_at": row.created_at,
        "changed_at": row.changed_at,
    }


def _gates(file: OrderFile) -> dict[str, tuple[MissingRow, ...]]:
    """Return what each hard gate that is ahead still waits for; what waits behind another gate is told there."""
    told: dict[str, tuple[MissingRow, ...]] = {}
    for name in _GATES:
        own = gates_of(name, file.content.requirements)
        if own and name not in file.settled:
            missing = missing_before(name, file.settled, file.content.requirements, order=file.id)
            told[name] = tuple(MissingRow(one.name, one.title, one.mend) for one in missing if one.name in own)
    return told


def _claim(claim: Claim | None, outlook: Outlook) -> ClaimRow | None:
    if claim is None:
        return None
    return ClaimRow(
        claim.amount.to_json(),
        claim.due,
        claim.state(outlook.policies.orders.tolerance).value,
        claim.received.to_json(),
        claim.open.to_json(),
        claim.slips[-1].on if claim.slips else None,
        claim.credited_on,
        tuple(one.reference for one in claim.credits),
    )


def _credit(credit: LetterOfCredit | None, file: OrderFile, outlook: Outlook) -> CreditRow | None:
    if credit is None:
        return None
    limit, shipped = outlook.policies.orders.presentation_days, file.done_on("on_board") or file.content.shipment.etd
    planned = shipped or credit.latest_shipment
    days = credit.presentation_days if credit.presentation_days is not None else limit
    return CreditRow(
        credit.number,
        credit.bank,
        credit.latest_shipment,
        credit.expiry,
        days,
        presentation(credit, planned, limit) if planned else None,
        lint_credit(CreditDates(credit.latest_shipment, credit.expiry, days, shipped)),
    )


def _milestones(file: OrderFile, outlook: Outlook, owner: str) -> tuple[MilestoneRow, ...]:
    made = []
    for name, one in file.milestones.items():
        late = one.state == OPEN and one.due is not None and one.due < outlook.today
        template = template_of(name, file.content, settled=one.state != OPEN, late=late)
        made.append(
            MilestoneRow(
                name,
                milestone(name).stage.value,
                milestone(name).title,
                one.state,
                one.due,
                late,
                one.owner or owner,
                one.done_on,
                one.by,
                tuple(EvidenceRow(shown["kind"], shown["ref"]) for shown in one.evidence),
                localised(Sentence.from_json(one.reason), outlook.zone) if one.reason else None,
                template or None,
                variables(template, name, file.row.number, file.content, file.due),
            )
        )
    return tuple(made)


def _changes(session: Session, ids: Sequence[int]) -> Mapping[int, tuple[ChangeRow, ...]]:
    found: dict[int, list[ChangeRow]] = defaultdict(list)
    for row in session.exec(select(OrderChange).where(one_among(_change.order_id, ids)).order_by(col(OrderChange.id))):
        found[row.order_id].append(
            ChangeRow(
                row.asked_on,
                row.what,
                row.touches,
                row.late,
                row.cost,
                row.cause,
                row.bears,
                row.decision,
                row.decided_by,
                row.evidence,
                row.by,
                row.withdrawn,
            )
        )
    return {key: tuple(rows) for key, rows in found.items()}
