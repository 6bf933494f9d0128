"""Telling people of deadlines: the tick, and the ways by which a digest reaches them.

Room: core. What is told, the digests and their mails are written in one transaction; the desktop's note comes after it, and is
lost where the machine dies in between: the screens and the mail have it. `sync` tells nobody; the engine ticks.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from mailcrm.core.world import World
from mailcrm.domain.errors import ComposeError, TemplateError
from mailcrm.domain.message import Address
from mailcrm.domain.notices.planning import Rota
from mailcrm.domain.words import Sentence, active_language, say
from mailcrm.outbox.compose import Draft, compose
from mailcrm.queries import notices
from mailcrm.queries.rows import DigestRow
from mailcrm.records import DigestRecord, MailAccount, Message, Outgoing, OwnAddress
from mailcrm.rules.notices import somebody_may_be_told, tell
from mailcrm.store.finding import number
from mailcrm.store.team import load_team

__all__ = ["read_notices", "tick_notices"]

_TEMPLATE = "notice"
_LONGEST_MAIL, _LONGEST_NOTE = 200, 3


def tick_notices(world: World) -> tuple[DigestRow, ...]:
    """Tell whoever is to be told by now; return the new digests."""
    now = world.clock.now()
    with world.store.read() as session:
        if not somebody_may_be_told(session, world.policies.clock, world.policies.orders, now):
            return ()
    with world.store.begin() as session:
        records = tell(
            session, Rota(world.policies.clock, load_team(session)), world.ours(session), world.policies.orders, now
        )
        outlook = world.outlook(session)
        rows = notices.digest_rows(session, outlook, records)
        if world.settings.notices.mail:
            for record, row in zip(records, rows, strict=True):
                _mail(world, session, record, row, now)
        mine = notices.for_whom(outlook)
    for row in rows:
        if world.settings.notices.desktop and mine in (None, row.person) and world.desktop.show(*_note(row)):
            _went_to_the_desktop(world, row)
    return rows


def read_notices(world: World, *, id: str | None = None) -> tuple[Sentence, int]:  # noqa: A002  (as on the command line)
    """Mark a digest, or all of the person's, as read; return how many were unread."""
    with world.store.begin() as session:
        unread = select(DigestRecord).where(col(DigestRecord.read_at).is_(None))
        person = notices.for_whom(world.outlook(session))
        if id is not None:
            unread = unread.where(col(DigestRecord.id) == session.get_one(DigestRecord, number(id, "n", "notice")).id)
        elif person is not None:
            unread = unread.where(col(DigestRecord.person) == person)
        rows = session.exec(unread).all()
        for row in rows:
            row.read_at = world.clock.now()
            session.add(row)
    return say("Read: {count}.", count=len(rows)), len(rows)


def _went_to_the_desktop(world: World, row: DigestRow) -> None:
    with world.store.begin() as session:
        record = session.get_one(DigestRecord, number(row.id, "n", "notice"))
        record.ways = [*record.ways, "desktop"]
        session.add(record)


def _note(row: DigestRow) -> tuple[str, str]:
    lines = [str(line.said) for line in row.lines[:_LONGEST_NOTE]]
    more = len(row.lines) - len(lines)
    return str(row.title), "\n".join([*lines, *([str(say("and {count} more", count=more))] if more else [])])


def _mail(world: World, session: Session, record: DigestRecord, row: DigestRow, now: datetime) -> None:
    """Put the digest's mail into the outbox: from ourselves to ourselves, marked as automatic."""
    account, address = _account(session, record)
    if account is None or not address:
        return
    person = load_team(session).find(record.person)
    to = Address(person.display_name, person.address) if person and person.address else Address("", address)
    subject, body = _written(world, row)
    draft = Draft(
        from_=Address("mailcrm", address),
        to=(to,),
        subject=subject,
        body=body,
        date=now.astimezone(ZoneInfo(account.zone)),
        token=world.token(),
        automatic=True,
    )
    try:
        composed = compose(draft)
    except ComposeError:  # an address that no mail can have; the screens have the digest all the same
        return
    mail = Outgoing(
        account_id=account.id or 0,
        state="queued",
        actor="mailcrm",
        message_id=composed.message_id,
        reference=composed.reference,
        envelope_from=composed.sender,
        envelope_to=list(composed.recipients),
        to=[[to.display_name, to.addr_spec]],
        subject=subject,
        body=body,
        raw=composed.raw,
        created_at=now,
        copy_state="left",  # nobody misses a note to ourselves in Sent
        automatic=True,
    )
    session.add(mail)
    session.flush()
    record.outgoing_id, record.ways = mail.id, ["mail"]
    session.add(record)


def _written(world: World, row: DigestRow) -> tuple[str, str]:
    """Return subject and text; a template of the home's own that is broken must not keep anybody from being told."""
    title, lines = str(row.title), _text(row)
    bridge = "\n".join(map(str, row.bridge))
    try:
        language = world.templates.language_for(_TEMPLATE, [active_language()])
        values = {"heading": title, "list": lines, "bridge": bridge}
        rendered = world.templates.render(_TEMPLATE, language, values)
    except TemplateError:
        return f"mailcrm: {title}", "\n\n".join(filter(None, [bridge, lines]))
    return rendered.subject or f"mailcrm: {title}", rendered.body


def _account(session: Session, record: DigestRecord) -> tuple[MailAccount | None, str]:
    """Return the mail account of what the digest is about, the first one where that has none, and its main address."""
    mails = (line["turn"] for line in record.lines if line["turn"].startswith("m"))  # an order's milestone is no mail
    first = next(mails, "")
    opening = session.get(Message, int(first.removeprefix("m"))) if first else None
    here = select(MailAccount).where(col(MailAccount.removed_at).is_(None)).order_by(col(MailAccount.id))
    accounts = session.exec(here).all()
    account = next(
        (one for one in accounts if opening and one.id == opening.account_id), accounts[0] if accounts else None
    )
    if account is None:
        return None, ""
    main = select(OwnAddress.address).where(col(OwnAddress.account_id) == account.id)
    return account, session.exec(main.order_by(col(OwnAddress.main).desc())).first() or ""


def _text(row: DigestRow) -> str:
    lines = [
        "\n".join(filter(None, [f"- {line.said}", f"  {line.more}" if line.more else ""]))
        for line in row.lines[:_LONGEST_MAIL]
    ]
    more = len(row.lines) - len(lines)
    return "\n".join([*lines, *([str(say("and {count} more", count=more))] if more else [])])
