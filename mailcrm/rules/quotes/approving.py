"""A manager's mail that approves a quote: it names the number and the content, and its server says that it is really hers.

Room: rules. Where the stamp of our own server is missing, or it is the manager's own quote, the mail is only a proposal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, select

from mailcrm.domain.message import Side
from mailcrm.domain.proposals import Proposal
from mailcrm.domain.quotes.approval import Approval, first_said, read_verdict, short_hash
from mailcrm.domain.quotes.checks.every import run_checks
from mailcrm.domain.quotes.states import QuoteState
from mailcrm.domain.quotes.wording import quote_numbers
from mailcrm.domain.steps import Evidence
from mailcrm.domain.team import Person
from mailcrm.domain.words import say
from mailcrm.records import Message, QuoteRecord
from mailcrm.rules.sequences import Moment
from mailcrm.store.proposals import propose
from mailcrm.store.quote_facts import gather
from mailcrm.store.quotes import NOUN, Cause, move_quote, quote_name, write_approval
from mailcrm.store.steps import history
from mailcrm.store.texts import text_of
from mailcrm.store.vouching import is_vouched

__all__ = ["hear_managers"]

_HASH = re.compile(r"(?i)\b[0-9a-f]{8,64}\b")


def hear_managers(session: Session, mails: Sequence[Message], moment: Moment) -> None:
    """Hear what managers of ours wrote about quotes that wait for them."""
    managers = {person.address.lower(): person for person in moment.team.people if person.manager and person.address}
    if not managers:
        return
    for mail in mails:
        manager = managers.get(mail.from_address.lower())
        if manager is not None and mail.side == Side.OURS.value and not mail.channel:
            for row in _meant(session, mail):
                _judge(session, row, mail, manager, moment)


def _meant(session: Session, mail: Message) -> Iterator[QuoteRecord]:
    """Yield the waiting quotes whose number and content a mail names: in its subject, or anywhere below."""
    text = f"{mail.subject}\n{text_of(session, mail.id or 0).body}"
    numbers, hashes = quote_numbers(text), {found.lower() for found in _HASH.findall(text)}
    if not numbers or not hashes:
        return
    waiting = select(QuoteRecord).where(
        col(QuoteRecord.number).in_(numbers), col(QuoteRecord.state) == QuoteState.NEEDS_APPROVAL.value
    )
    for row in session.exec(waiting).all():
        if any(row.content_hash.startswith(one) for one in hashes):
            yield row


def _judge(session: Session, row: QuoteRecord, mail: Message, manager: Person, moment: Moment) -> None:
    answer = text_of(session, mail.id or 0).reply
    verdict, shown = read_verdict(answer), Evidence("message", f"m{mail.id}")
    if verdict is None or any(shown in move.evidence for move in history(session, NOUN, row.id or 0)):
        return
    if not is_vouched(mail) or manager.name == row.author:
        _propose(session, row, mail, manager, moment, approves=verdict)
    elif not verdict:
        note = first_said(answer)
        reason = say("{manager} rejected it by mail: {note}", manager=manager.name, note=note)
        move_quote(session, row, QuoteState.DRAFT, Cause(manager.name, moment.now, (shown,), reason))
        row.note = note
        session.add(row)
    elif not any(finding.refuses for finding in run_checks(gather(session, row, moment))):
        reason = say(
            "{manager} approved the content {hash} by mail.", manager=manager.name, hash=short_hash(row.content_hash)
        )
        approval = Approval(row.content_hash, manager.name, moment.now, days=moment.policies.quotes.approved_days)
        write_approval(session, row, approval, Cause(manager.name, moment.now, (shown,), reason))


def _propose(
    session: Session, row: QuoteRecord, mail: Message, manager: Person, moment: Moment, *, approves: bool
) -> None:
    """Ask a person: anybody can write such a mail in a manager's name."""
    verb = "approve_quote" if approves else "reject_quote"
    told = {
        "id": f"q{row.id}",
        "mail": f"m{mail.id}",
        **({"hash": short_hash(row.content_hash)} if approves else {"note": mail.gist}),
    }
    reason = say(
        "A mail in the name of {manager} says so of {quote}, but nothing proves that it is hers, or it is her own quote: {gist}",
        manager=manager.name,
        quote=quote_name(row),
        gist=mail.gist or mail.subject,
    )
    propose(session, Proposal(verb, told, reason, NOUN, row.id or 0), mail, moment.now)
