"""Prepare a reply: who gets it, what it says, what it answers, as the rep would see it before it leaves.

Room: outbox. In: a thread and what the rep chose (template, variables, own text, recipients). Out: a `Prepared` reply.
Nothing is written: the composer's preview and the command that sends make the same thing of the same request.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from mailcrm.domain.clock.estimate import parse_estimate
from mailcrm.domain.clock.office import Office
from mailcrm.domain.customer_zone import fixed_zone
from mailcrm.domain.errors import ComposeError, RefusedByRule
from mailcrm.domain.message import Address, ParsedMail, Side
from mailcrm.domain.name_words import SPOKEN_IN
from mailcrm.domain.parties import Ours
from mailcrm.domain.recipients import person_of
from mailcrm.domain.words import say
from mailcrm.outbox.attaching import MailablePhoto, attached
from mailcrm.outbox.compose import Draft
from mailcrm.outbox.originals import original_of, seen_until
from mailcrm.outbox.promised import promised_before
from mailcrm.outbox.render import TemplateStore
from mailcrm.outbox.replying import attribution, quoted, reference_chain, reply_recipients, reply_subject
from mailcrm.outbox.sandbox import Value
from mailcrm.records import Company, Contact, MailAccount, Message, OwnAddress, Thread
from mailcrm.store.finding import thread_id_of

__all__ = ["Prepared", "Request", "draft_of", "prepare"]

_HOLDING = ("holding", "promise_extend")  # where nothing is promised, where something is


@dataclass(frozen=True)
class Request:
    """What the rep chose.

    `body` wins over `template`; `hold` is the estimate of a holding reply (None: no holding reply). `to` and `cc` hold
    addresses, with or without a name ("Jan <jan@a.example>"); empty `to` and `cc` None mean those of the mail that is answered. `also`: other threads ("t15") that it answers too, or the newest mail shown
    there ("m34"). `attachments`: paths, or kept files ("paper:kf12"). `automatic`: nobody looks at it before it leaves, and it says so. `about`: the step of a
    sample, quote or order that it is ("s3:feedback").
    """

    thread: str
    template: str | None = None
    language: str | None = None
    variables: Mapping[str, Value] = field(default_factory=dict)
    body: str | None = None
    to: Sequence[str] = ()
    cc: Sequence[str] | None = None
    attachments: Sequence[str] = ()
    quote: bool = True
    hold: str | None = None
    reason: str | None = None
    also: Sequence[str] = ()
    automatic: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A reply as it would leave.

    `missing`: the variables that are still to be asked for, with their questions; `defaults`: what is likely to be answered.
    `seen_until` is the arrival of the newest mail of the other side on the thread: what the reply answers; `answers` is the
    message that is quoted.
    """

    account_id: int
    thread_id: int
    answers: int
    zone: str
    from_: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    body: str
    language: str
    quoted: str
    signature: str
    in_reply_to: str
    references: tuple[str, ...]
    estimate: datetime | None
    reason: str
    missing: Mapping[str, str]
    defaults: Mapping[str, str]
    seen_until: datetime | None


def prepare(
    session: Session, request: Request, templates: TemplateStore, ours: Ours, office: Office, now: datetime
) -> Prepared:
    """Return the reply; RefusedByRule for an estimate that is empty or past, before anything else is looked at."""
    estimate = None if request.hold is None else parse_estimate(request.hold, now, office)
    thread_id = thread_id_of(session, request.thread)
    promised = promised_before(session, thread_id)
    name = request.template or (_HOLDING[promised is not None] if estimate else None)
    nudge = templates.is_nudge(name)
    original, text = original_of(session, thread_id, waited_on=nudge)
    account, main = _account(session, original)
    thread = session.get_one(Thread, thread_id)
    contact = session.get(Contact, thread.contact_id) if thread.contact_id else None
    from_ = _answering_address(original, main, ours, account)
    to, cc = _recipients(original, request, ours)
    language = _language(request, templates, name, contact, original)
    body, missing, defaults = request.body or "", dict[str, str](), dict[str, str]()
    if request.body is None and name is not None:
        company = session.get(Company, contact.company_id) if contact and contact.company_id else None
        values = _values(original, to, account, office, company, estimate, request)
        info = templates.info(name, language)
        known = _asked(original, account) if nudge else {}
        known |= {"promised": promised} if promised else {}
        values |= {each: value for each, value in known.items() if each in info.variables and not values.get(each)}
        values["contact_name"] = values["contact_name"] or _name_of(to, contact)
        values.setdefault("honorific", _honorific(to, contact))
        values["contact_language"] = _spoken(contact, company) or (contact.language if contact else "")
        missing = {each: info.variables.get(each, each) for each in templates.missing(name, language, values)}
        defaults = info.filled_in(now.astimezone(ZoneInfo(account.zone)).date(), missing)
        body = "" if missing else templates.render(name, language, values).body
    local = original.arrived_at.astimezone(ZoneInfo(account.zone))
    shown = attribution(original.from_name or original.from_address, local, language)
    return Prepared(
        account_id=account.id or 0,
        thread_id=thread_id,
        answers=original.id or 0,
        zone=account.zone,
        from_=from_,
        to=to,
        cc=cc,
        subject=reply_subject(original.subject or thread.subject),
        body=body,
        language=language,
        quoted=quoted(text, shown) if request.quote and text else "",
        signature=account.signature,
        in_reply_to=original.message_id,
        references=reference_chain(original.message_id, original.references, original.in_reply_to),
        estimate=estimate,
        reason=(request.reason or "") if estimate else "",
        missing=missing,
        defaults=defaults,
        seen_until=seen_until(session, thread_id),
    )


def draft_of(
    session: Session, prepared: Prepared, request: Request, now: datetime, token: str, mailable: MailablePhoto
) -> Draft:
    """Return what `compose` makes bytes of; ComposeError names what is still missing."""
    if prepared.missing:
        raise ComposeError(
            say("The template still misses: {names}.", names=", ".join(prepared.missing)),
            say("Give each with --var NAME=VALUE, or fill it in the composer."),
        )
    if not prepared.body.strip():
        raise ComposeError(
            say("The mail has no text."), say("Choose a template with --template, or write a text with --body-file.")
        )
    return Draft(
        from_=prepared.from_,
        to=prepared.to,
        cc=prepared.cc,
        subject=prepared.subject,
        body=prepared.body,
        date=now.astimezone(ZoneInfo(prepared.zone)),
        token=token,
        in_reply_to=prepared.in_reply_to,
        references=prepared.references,
        signature=prepared.signature,
        quoted=prepared.quoted,
        attachments=tuple(attached(session, given, mailable) for given in request.attachments),
        automatic=request.automatic,
    )


def _account(session: Session, original: Message) -> tuple[MailAccount, str]:
    account = session.get(MailAccount, original.account_id) if original.account_id else None
    if account is None:
        raise RefusedByRule(
            say("This thread belongs to no account, so nobody can answer from it."),
            say("Add the account with `mailcrm account add` and import the mail with --account."),
        )
    addresses = session.exec(
        select(OwnAddress.address)
        .where(col(OwnAddress.account_id) == account.id)
        .order_by(col(OwnAddress.main).desc(), col(OwnAddress.address))
    ).all()
    return account, addresses[0] if addresses else account.user


def _people(original: Message, name: str) -> tuple[Address, ...]:
    return tuple(Address(shown, address) for shown, address in original.people.get(name, []))


def _answering_address(original: Message, main: str, ours: Ours, account: MailAccount) -> Address:
    """Return the own address that was written to, else the account's main one."""
    for address in (*_people(original, "to"), *_people(original, "cc")):
        if address.key in ours.addresses:
            return Address(account.display_name or address.display_name, address.addr_spec)
    return Address(account.display_name, main)


def _recipients(original: Message, request: Request, ours: Ours) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    if original.side == Side.OURS.value:  # nobody of theirs wrote yet: our own mail is followed up
        to, cc = _people(original, "to"), tuple(a for a in _people(original, "cc") if not ours.owns(a))
    else:
        shell = ParsedMail(
            size=0,
            from_=Address(original.from_name, original.from_address),
            reply_to=_people(original, "reply_to"),
            cc=_people(original, "cc"),
        )
        to, cc = reply_recipients(shell, ours.owns)
    if request.to:
        to = tuple(person_of(one) for one in request.to)
    if request.cc is not None:
        cc = tuple(person_of(one) for one in request.cc)
    return to, tuple(address for address in cc if address.key not in {known.key for known in to})


def _language(
    request: Request, templates: TemplateStore, name: str | None, contact: Contact | None, original: Message
) -> str:
    wanted = [w for w in (request.language, contact.language if contact else "", original.language) if w]
    return templates.language_for(name, wanted) if name else (wanted or ["en"])[0]


def _values(
    original: Message,
    to: Sequence[Address],
    account: MailAccount,
    office: Office,
    company: Company | None,
    estimate: datetime | None,
    request: Request,
) -> dict[str, Value]:
    """Return what the program gives to every template, and what the rep typed."""
    given: dict[str, Value] = {
        "contact_name": to[0].display_name if to else original.from_name,
        "company": company.name if company else "",
        "subject": original.subject,
        "sender_name": account.display_name,
        "our_zone": office.zone,
        **_their_clock(original.date_offset),
        **request.variables,
    }
    if estimate is not None:
        given["estimate"] = estimate
    if request.reason:
        given["reason"] = request.reason
    return given


def _asked(original: Message, account: MailAccount) -> dict[str, Value]:
    """Return what our mail asked, and on which day."""
    if original.side != Side.OURS.value:
        return {}
    day = original.arrived_at.astimezone(ZoneInfo(account.zone)).date()
    return {"asked": original.question or original.gist, "asked_on": day}


def _name_of(to: Sequence[Address], contact: Contact | None) -> str:
    """Return the name of whom our own mail went to without one."""
    return contact.name if contact is not None and to and to[0].key == contact.address else ""


def _honorific(to: Sequence[Address], contact: Contact | None) -> str:
    """Return how a person says that the contact is addressed, where the mail goes to him."""
    return (contact.honorific or "") if contact is not None and to and to[0].key == contact.address else ""


def _spoken(contact: Contact | None, company: Company | None) -> str:
    """Return by whose manners the customer is addressed, though she writes English; "" where her country tells none."""
    country = (contact.country if contact else None) or (company.country if company else None)
    return SPOKEN_IN.get(country or "", "")


def _their_clock(offset: int | None) -> dict[str, Value]:
    """Return the customer's clock by the offset (minutes) of the mail that is answered, named so that it can't mislead."""
    if not offset:
        return {}
    zone = fixed_zone(offset)
    if not zone:
        return {}
    hours, minutes = divmod(abs(offset), 60)
    sign = "+" if offset > 0 else "-"
    return {"their_zone": zone, "their_place": f"UTC{sign}{hours}" + (f":{minutes}" if minutes else "")}
