"""A quotation leaves the house only as it was checked, whoever attaches its PDF and however long the mail waits.

Room: outbox. In: the files of a mail that is about to be frozen, or the kept files of one that is about to leave. Out: nothing, or
RefusedByRule. A draft, a mail that leaves at a set time and a file attached by hand are roads past the checks otherwise. What was
sent once may be sent again. What a freight or insurance costs is looked at once more: its confirmation may end while a mail waits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.outbox import refused
from mailcrm.domain.quotes.checks.confirmations import lapsed
from mailcrm.domain.quotes.sequence import ends_at
from mailcrm.domain.quotes.states import EDITABLE, QuoteState
from mailcrm.domain.words import Sentence, say
from mailcrm.outbox.attaching import kept_id
from mailcrm.outbox.compose import OutgoingFile
from mailcrm.records import Outgoing, Paper, QuoteRecord
from mailcrm.store.dispatches import dispatch_of, write_dispatch
from mailcrm.store.papers import paper_named, papers_with
from mailcrm.store.quote_facts import confirmations_of
from mailcrm.store.quotes import NOUN, approval_of, content_of, quote_name

__all__ = ["check_files", "keep_back", "unfit_since"]

_KIND = "quotation"


def check_files(session: Session, files: Iterable[OutgoingFile], now: datetime) -> None:
    """RefusedByRule where a file is the PDF of a quote that may not leave now."""
    papers = papers_with(session, [hashlib.sha256(file.content).hexdigest() for file in files], _KIND)
    error = _first_unfit(session, papers, now)
    if error is not None:
        raise error


def unfit_since(session: Session, row: Outgoing, now: datetime) -> RefusedByRule | None:
    """Return why a mail that waited may not leave any more: its quote was changed, marked or not approved any longer meanwhile, or a confirmation ended."""
    carried = row.request.get("attachments") or ()
    assert isinstance(carried, (list, tuple))  # noqa: S101  (narrowing: the outbox wrote it)
    kept = [paper for one in carried if (paper := kept_id(str(one))) is not None]
    papers = [paper_named(session, one) for one in kept]
    return _first_unfit(session, [paper for paper in papers if paper.kind == _KIND], now)


def keep_back(row: Outgoing, why: RefusedByRule) -> None:
    """Let the mail stand as one that failed, with the reason: a person sees it, and writes it anew."""
    write_dispatch(row, refused(dispatch_of(row)))
    row.last_error = why.whole.to_json()


def _first_unfit(session: Session, papers: Sequence[Paper], now: datetime) -> RefusedByRule | None:
    quoted = [(session.get(QuoteRecord, paper.noun_id), paper) for paper in papers if paper.noun == NOUN]
    errors = (_unfit(session, row, paper, now) for row, paper in quoted if row is not None)
    return next((error for error in errors if error is not None), None)


def _unfit(session: Session, row: QuoteRecord, paper: Paper, now: datetime) -> RefusedByRule | None:
    if row.state not in EDITABLE:
        return None
    approval, wrong = approval_of(row), None
    if row.state != QuoteState.READY:
        wrong = say("{quote} is not ready to be sent.", quote=quote_name(row))
    elif paper.id != row.pdf_id or not row.pdf_hash.startswith(f"{row.content_hash}:final"):
        wrong = say("This PDF is not what {quote} says now.", quote=quote_name(row))
    elif approval is not None and not approval.holds(row.content_hash, now):
        wrong = say("{quote} is not approved any more.", quote=quote_name(row))
    elif row.valid_until is not None and ends_at(row.valid_until, content_of(row).zone) <= now:
        wrong = say("{quote} was valid until {day}.", quote=quote_name(row), day=row.valid_until)
    return RefusedByRule(wrong, _mend(row)) if wrong is not None else _lapsed(session, row, now)


def _lapsed(session: Session, row: QuoteRecord, now: datetime) -> RefusedByRule | None:
    """Return that what others confirmed holds no more, since it was checked or a manager took the risk."""
    content, approval = content_of(row), approval_of(row)
    zone = ZoneInfo(content.zone)
    since = approval.at.astimezone(zone).date() if approval is not None else date.min
    found = lapsed(f"q{row.id}", content, confirmations_of(session, row), since, now.astimezone(zone).date())
    if found is None:
        return None
    said = say("{quote}: {problem}", quote=quote_name(row), problem=found.problem)
    return RefusedByRule(said, found.fix)


def _mend(row: QuoteRecord) -> Sentence:
    return say(
        "`mailcrm quote check q{id}` says what is missing; then `mailcrm quote send q{id}` writes the mail anew.",
        id=row.id,
    )
