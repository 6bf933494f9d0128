"""Mails that ask about samples, sent unattended to those customers who are tagged for it; everybody else's stay drafts.

Room: core. Only the holder of the engine's lock calls this. As with nudges: the mailbox is read right before, the sample and its thread are
looked at again in the transaction that queues the mail, and what a person wrote on, or threw away, is the person's.
"""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session, col, select

from mailcrm.actions.reply import Reply
from mailcrm.core.nudging import customer_waits, read_accounts, they_work
from mailcrm.core.world import World
from mailcrm.domain.errors import MailcrmError
from mailcrm.outbox.prepare import Request, prepare
from mailcrm.records import Company, Contact, Outgoing, Thread
from mailcrm.store.dispatches import WITHOUT_BYTES
from mailcrm.store.samples import country_of, step_of
from mailcrm.store.tags import tags_of

__all__ = ["queue_samples"]

_ACTOR = "mailcrm"
_ASKING = ("feedback", "followup_1", "followup_2", "followup_3")


def queue_samples(world: World) -> list[int]:
    """Read the mailboxes of the accounts in which such a mail stands ready, then queue what is still to be sent."""
    if not world.policies.samples.automatic_tag:
        return []
    with world.store.read() as session:
        ready = [(row.id or 0, row.account_id) for row in _ready(session) if _may_send(session, world, row)]
    readable = read_accounts(world, {account for _draft, account in ready})
    queued = [_queue(world, draft) for draft, account in ready if account in readable]
    return [row for row in queued if row is not None]


def _ready(session: Session) -> list[Outgoing]:
    """Return the drafts about samples that nobody but the house has written."""
    drafts = select(Outgoing).options(WITHOUT_BYTES).where(col(Outgoing.state) == "draft", col(Outgoing.about) > "s")
    return [row for row in session.exec(drafts) if row.actor == _ACTOR and row.about < "t"]


def _may_send(session: Session, world: World, draft: Outgoing) -> bool:
    found = step_of(session, draft.about)
    if found is None or found[1] not in _ASKING or draft.thread_id is None:
        return False
    sample = found[0]
    contact = session.get_one(Contact, sample.contact_id)
    if not _is_tagged(session, world, contact) or session.get_one(Thread, draft.thread_id).done:
        return False
    if customer_waits(session, draft.thread_id) or not _is_untouched(session, world, draft):
        return False
    return they_work(session, world, country_of(session, sample), [contact.address])


def _is_tagged(session: Session, world: World, contact: Contact) -> bool:
    company = session.get(Company, contact.company_id) if contact.company_id else None
    parties: list[Contact | Company] = [contact, *([company] if company else [])]
    return any(world.policies.samples.automatic_tag in tags_of(session, party) for party in parties)


def _is_untouched(session: Session, world: World, draft: Outgoing) -> bool:
    """Whether the draft still says what its template makes of it, all of it filled in."""
    try:
        made = prepare(
            session, _request(draft), world.templates, world.ours(session), world.policies.office, world.clock.now()
        )
    except MailcrmError:
        return False
    return bool(draft.body.strip()) and made.body == draft.body


def _request(draft: Outgoing) -> Request:
    asked = draft.request
    variables, attachments = asked.get("variables"), asked.get("attachments")
    return Request(
        f"t{draft.thread_id}",
        template=str(asked.get("template") or ""),
        variables=dict(variables) if isinstance(variables, dict) else {},
        attachments=tuple(map(str, attachments)) if isinstance(attachments, list) else (),
        about=draft.about,
    )


def _queue(world: World, draft_id: int) -> int | None:
    """Look again and queue the mail, in one transaction; None where it isn't to be sent any more."""
    try:
        with world.store.begin() as session:
            draft = session.get(Outgoing, draft_id)
            if draft is None or draft.state != "draft" or not _may_send(session, world, draft):
                return None
            asked = _request(draft)
            reply = Reply(
                asked.thread,
                template=asked.template,
                variables=asked.variables,
                attachments=asked.attachments,
                about=asked.about,
                draft=f"x{draft_id}",
                mode="send",
                automatic=True,
                unless_reply=True,
            )
            reply.handle(session, replace(world.situation(session), actor=_ACTOR))
            return draft_id
    except MailcrmError:
        return None  # the draft stays, and whoever sends it by hand is told what is wrong
