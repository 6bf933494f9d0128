"""The rep's desk: accounts, what was done, and how things stand.

Room: queries.
"""

from __future__ import annotations

from collections import defaultdict

from sqlmodel import Session, col, func, select

from mailcrm.domain.words import Sentence
from mailcrm.queries.notices import unread
from mailcrm.queries.outgoing_lines import outbox_counts
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.rows import AccountRow, ActionRow, Health
from mailcrm.records import (
    ActionEntry,
    MailAccount,
    OwnAddress,
    OwnDomain,
    QuarantinedMail,
    TurnRecord,
)

__all__ = ["accounts", "actions", "health"]


def accounts(session: Session, outlook: Outlook) -> tuple[AccountRow, ...]:
    """Return the mail accounts by name; never a secret, only where it comes from."""
    del outlook
    addresses: dict[int, list[str]] = defaultdict(list)
    for own in session.exec(select(OwnAddress).order_by(col(OwnAddress.main).desc(), col(OwnAddress.address))):
        addresses[own.account_id].append(own.address)
    domains: dict[int, list[str]] = defaultdict(list)
    for domain in session.exec(select(OwnDomain).order_by(col(OwnDomain.domain))):
        domains[domain.account_id].append(domain.domain)
    return tuple(
        AccountRow(
            id=f"a{row.id}",
            name=row.name,
            imap=row.imap_url,
            smtp=row.smtp_url,
            user=row.user,
            secret=row.secret_kind,
            own_addresses=tuple(addresses[row.id or 0]),
            own_domains=tuple(domains[row.id or 0]),
            zone=row.zone,
            go_live=row.go_live,
            folders=tuple(row.only_folders),
            skip_folders=tuple(row.skip_folders),
            last_good_poll=row.last_good_poll,
            trouble=Sentence.from_json(row.trouble) if row.trouble else None,
            next_try=row.next_try,
            authserv_ids=tuple(row.authserv_ids or filter(None, [row.learnt_authserv_id])),
            oauth=row.oauth,
            send_trouble=Sentence.from_json(row.send_trouble) if row.send_trouble else None,
        )
        for row in session.exec(
            select(MailAccount).where(col(MailAccount.removed_at).is_(None)).order_by(col(MailAccount.name))
        )
    )


def actions(session: Session, outlook: Outlook, *, limit: int = 50) -> tuple[ActionRow, ...]:
    """Return the action log, the newest first."""
    del outlook
    return tuple(
        ActionRow(
            f"l{row.id}",
            row.at,
            row.actor,
            row.verb,
            f"t{row.thread_id}" if row.thread_id else None,
            row.undone_at is not None,
        )
        for row in session.exec(select(ActionEntry).order_by(col(ActionEntry.id).desc()).limit(limit))
    )


def health(session: Session, outlook: Outlook, *, engine: str = "nobody", holder: int | None = None) -> Health:
    """Return what the status bar shows."""
    next_due = session.exec(
        select(func.min(TurnRecord.deadline)).where(
            col(TurnRecord.end) == "",
            col(TurnRecord.looks_finished).is_(False),
            col(TurnRecord.deadline) > outlook.now,
        )
    ).first()
    quarantined = session.exec(select(func.count()).where(col(QuarantinedMail.state) == "open")).one()
    count, newest = unread(session, outlook)
    return Health(
        accounts=accounts(session, outlook),
        outbox=outbox_counts(session),
        quarantine=quarantined,
        next_due=next_due,
        engine=engine,
        zone=outlook.zone,
        notices=count,
        newest_notice=newest,
        holder=holder,
    )
