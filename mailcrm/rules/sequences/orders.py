"""Orders, as mail and time see them: nothing is credited, confirmed or released by a mail alone.

Room: rules. A customer's slip, his words of confirmation and his order, a forwarder's booking and B/L become proposals that a person
answers, with the mail as evidence. A mail of ours that is a step by itself (the PI, the copies, the documents) makes it when it has
left; one that tells the customer of a step is wanted as a draft once all that it says is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, or_, select

from mailcrm.domain.message import Kind, Side
from mailcrm.domain.orders.changes import OTHER
from mailcrm.domain.orders.gates import missing_before
from mailcrm.domain.orders.hints import (
    amount_in,
    bl_number_in,
    booking_number_in,
    change_in,
    confirmed_in,
    order_numbers_in,
    shipped_in,
)
from mailcrm.domain.orders.letters import IS_STEP, is_complete, template_of, variables
from mailcrm.domain.orders.matching import Known, Named, meant
from mailcrm.domain.orders.milestones import CONFIRMATIONS, PART_WORDS, parts_words
from mailcrm.domain.proposals import Proposal
from mailcrm.domain.purpose import Purpose
from mailcrm.domain.quotes.states import LIVE, QuoteState
from mailcrm.domain.quotes.wording import names_order
from mailcrm.domain.steps import Evidence
from mailcrm.domain.words import Sentence, say
from mailcrm.records import AttachmentFile, Company, Contact, Message, Outgoing
from mailcrm.rules.sequences import Moment, StepDraft
from mailcrm.store.orders import (
    NOUN,
    OPEN,
    OrderFile,
    Settled,
    files_with,
    open_files,
    open_order,
    quotes_to_order,
    save,
    settle,
    told_files,
)
from mailcrm.store.proposals import propose
from mailcrm.store.quotes import quote_name
from mailcrm.store.quotes_of import quotes_to
from mailcrm.store.texts import texts_of

__all__ = ["SEQUENCE", "OrderSequence"]

_ACTOR = "mailcrm"
_OUTSIDE = ("forwarder", "bank", "inspection", "supplier", "authority")
_WITH_THEM = LIVE - {QuoteState.ACCEPTED}
_HUMAN = (Kind.HUMAN.value, Kind.PLATFORM_INQUIRY.value)
_ASKED_TOGETHER = CONFIRMATIONS[:3]
_AGREED = frozenset({"pi_signed", "deposit_credited", "production", *CONFIRMATIONS})


class OrderSequence:
    """Orders, as the pipeline sees them."""

    def heard(self, session: Session, mails: Sequence[Message], moment: Moment) -> None:
        """Propose what the mails of the other side suggest."""
        theirs = [mail for mail in mails if mail.side == Side.THEIRS.value and mail.kind in _HUMAN]
        if not theirs:
            return
        texts = texts_of(session, [mail.id or 0 for mail in theirs])
        told = [(mail, _named(session, mail, texts[mail.id or 0].reply if mail.id in texts else "")) for mail in theirs]
        files = _files(session, [named for _mail, named in told])
        known = {one.number: (one, file) for one, file in _known(session, files)}
        for mail, named in told:
            about = meant(named, [order for order, _file in known.values()])
            if not about and not named.outside:
                _ordered(session, mail, moment)
            for one in about:
                for proposal in _suggested(session, known[one.number][1], mail, named):
                    propose(session, proposal, mail, moment.now)

    def left(self, session: Session, outgoing: Outgoing, moment: Moment) -> None:
        """Make the step that a mail of ours is; one that only tells is told now."""
        order, _, step = outgoing.about.partition(":")
        if order[:1] != "d":
            return
        file = open_order(session, order)
        name = step.partition(":")[0]
        one = file.milestones.get(name)
        if one is None:
            return
        one.tell = False
        evidence = (Evidence("message", f"m{outgoing.stored_message_id}"), Evidence("outgoing", f"x{outgoing.id}"))
        missing = missing_before(name, file.settled, file.content.requirements)
        if name in IS_STEP and step == name and one.state == OPEN and not missing:
            day = moment.today
            why = say("Our mail with it has left.")
            settle(session, file, name, Settled(_ACTOR, moment.now, day, evidence=evidence, reason=why))
        save(session, file, moment.policies.orders, moment.now)

    def returned(self, session: Session, outgoing: Outgoing, moment: Moment) -> None:
        """Leave it to the worklist: a mail that came back stands there already, and the step is the person's to judge."""

    def is_due(self, session: Session, moment: Moment) -> bool:
        """Return False: what is due of an order is read off the day, nothing has to be done for it."""
        del session, moment
        return False

    def passed(self, session: Session, moment: Moment) -> None:
        """Do nothing, likewise."""

    def drafts(self, session: Session, moment: Moment) -> Sequence[StepDraft]:
        """Return the mails that tell the customer of a step, where all that they say is known."""
        del moment
        return [draft for file in told_files(session) for draft in _drafts(file)]


def _ordered(session: Session, mail: Message, moment: Moment) -> None:
    """Suggest to make an order of an accepted quote to the company, or of a purchase order that came without one."""
    files = select(AttachmentFile.filename).where(col(AttachmentFile.message_id) == mail.id)
    paper = next((name for name in session.exec(files) if names_order(name)), "") if mail.has_attachments else ""
    if mail.purpose != Purpose.ORDER and not paper:
        return
    theirs = quotes_to(session, mail.contact_id)
    accepted = {row.id for row in quotes_to_order(session)}
    quote = next((row for row in reversed(theirs) if row.id in accepted), None)
    if quote is not None:
        reason = say("They order, and {quote} is accepted. Make the order?", quote=quote_name(quote))
        _to_make(session, mail, f"q{quote.id}", reason, moment)
    elif paper and not any(
        row.state in _WITH_THEM for row in theirs
    ):  # one that is with them is asked about as a quote
        reason = say("They sent an order: {file}. Make the order?", file=paper)
        _to_make(session, mail, f"m{mail.id}", reason, moment)


def _to_make(session: Session, mail: Message, about: str, reason: Sentence, moment: Moment) -> None:
    propose(session, Proposal("new_order", {"about": about, "mail": f"m{mail.id}"}, reason), mail, moment.now)


def _drafts(file: OrderFile) -> Iterator[StepDraft]:
    for name, one in file.milestones.items():
        template = template_of(name, file.content, settled=True) if one.tell and one.state != OPEN else ""
        told = variables(template, name, file.row.number, file.content, file.due)
        if template and file.thread_id and is_complete(template, told):
            times = len(file.content.progress) if name == "production" else 0
            about = f"{file.id}:{name}:told" + (f":{times}" if times else "")
            yield StepDraft(about, file.thread_id, template, told)


def _known(session: Session, files: Sequence[OrderFile]) -> Iterator[tuple[Known, OrderFile]]:
    people = {file.row.contact_id for file in files}
    firms = dict(session.exec(select(Contact.id, Contact.company_id).where(col(Contact.id).in_(people))).all())
    for file in files:
        content, there = file.content, file.content.shipment
        names = (
            content.po_number,
            content.pi_number,
            content.sc_number,
            there.booking,
            there.bl_number,
            there.container,
        )
        contact = file.row.contact_id
        yield (
            Known(file.row.number, tuple(filter(None, names)), file.thread_id, contact, firms.get(contact)),
            file,
        )


def _files(session: Session, told: Sequence[Named]) -> list[OrderFile]:
    """Return the open orders that these mails may be about; a forwarder's may be about any."""
    if any(named.outside for named in told):
        return open_files(session)
    companies = {named.company_id for named in told} - {None}
    people = {named.contact_id for named in told} - {None}
    colleagues = select(Contact.id).where(or_(col(Contact.company_id).in_(companies), col(Contact.id).in_(people)))
    return files_with(session, colleagues, {named.thread_id for named in told})


def _named(session: Session, mail: Message, part: str) -> Named:
    """Return what a mail names, by its subject and its newest part."""
    text = f"{mail.subject}\n\n{part}"
    contact = session.get(Contact, mail.contact_id) if mail.contact_id else None
    company = session.get(Company, contact.company_id) if contact and contact.company_id else None
    judged: Company | Contact | None = company or contact
    return Named(
        order_numbers_in(text),
        text,
        mail.thread_id,
        mail.contact_id,
        contact.company_id if contact else None,
        outside=judged is not None and judged.role in _OUTSIDE,
    )


def _suggested(session: Session, file: OrderFile, mail: Message, named: Named) -> Iterator[Proposal]:
    text = named.text
    if named.outside:
        yield from _of_forwarder(file, mail, text)
        return
    if mail.purpose == Purpose.PAYMENT_SLIP:
        yield from _slip(file, mail, text)
    found = confirmed_in(text.partition("\n\n")[2])
    if found is not None:
        meant_parts = found.parts or _asked_about(session, file)
        parts = [part for part in meant_parts if file.milestones[part].state == OPEN]
        if parts:
            reason = say("They seem to confirm {parts}: “{words}”", parts=parts_words(parts), words=found.words)
            yield _about(file, "confirm_order", {"parts": ", ".join(parts), "mail": f"m{mail.id}"}, reason)

    yield from _change(file, mail, text)


def _change(file: OrderFile, mail: Message, text: str) -> Iterator[Proposal]:
    """Yield that a change is asked for of what is agreed: before that the order is only written differently."""
    agreed = [day for name in _AGREED & file.settled if (day := file.milestones[name].done_on) is not None]
    here = bool(agreed) and mail.arrived_at.date() >= min(agreed)
    asked = change_in(text.partition("\n\n")[2]) if here else None
    if asked is None:
        return
    told: dict[str, object] = {"what": asked.words, "touches": asked.touches or OTHER, "mail": f"m{mail.id}"}
    if file.milestones["production"].state == OPEN:
        reason = say("They ask for a change: “{words}”. Note it?", words=asked.words)
    else:
        reason = say(
            "They ask for a change, and production has begun: “{words}”. Note it on the order's page, with its cost, its cause, who bears it and who decided (mail {mail}).",
            words=asked.words,
            mail=f"m{mail.id}",
        )
    yield _about(file, "change_order", told, reason)


def _about(file: OrderFile, verb: str, arguments: dict[str, object], reason: Sentence) -> Proposal:
    reason = say("{order}: {why}", order=file.row.number, why=reason)
    return Proposal(verb, {"id": file.id, **arguments}, reason, NOUN, file.row.id or 0)


def _slip(file: OrderFile, mail: Message, text: str) -> Iterator[Proposal]:
    """Yield that a slip was seen, of the first part that isn't credited; that the money is there only the bank can tell."""
    for part in ("deposit", "balance"):
        one = file.milestones.get(f"{part}_credited")
        claim = file.content.claim(part)
        if one is None or one.state != OPEN or claim is None:
            continue
        if any(slip.evidence == f"m{mail.id}" for slip in claim.slips):
            return
        amount = amount_in(text)
        same = amount if amount.startswith(claim.amount.currency) else ""
        reason = say(
            "They write of a payment ({part}). Note the slip as seen; the money counts when the bank shows it.",
            part=PART_WORDS[part],
        )
        yield _about(file, "money_seen", {"part": part, "amount": same, "mail": f"m{mail.id}"}, reason)
        return


def _asked_about(session: Session, file: OrderFile) -> tuple[str, ...]:
    """Return what our last mail asked to confirm, for an answer that names nothing."""
    asked = select(Outgoing.about).where(
        col(Outgoing.about).in_([f"{file.id}:{part}" for part in CONFIRMATIONS]), col(Outgoing.state) == "sent"
    )
    last = session.exec(asked.order_by(col(Outgoing.id).desc()).limit(1)).first() or ""
    name = last.partition(":")[2]
    return _ASKED_TOGETHER if name in _ASKED_TOGETHER else (name,) if name else ()


def _of_forwarder(file: OrderFile, mail: Message, text: str) -> Iterator[Proposal]:
    steps, shown = shipped_in(text), f"m{mail.id}"
    for step in steps:
        ready = not missing_before(step, file.settled, file.content.requirements)
        if file.milestones[step].state == OPEN and ready:
            reason = say("The forwarder writes of it: {step}.", step=_STEPS[step])
            yield _about(file, "advance_order", {"to": step, "mail": shown}, reason)
            break
    numbers = {"booking": booking_number_in(text), "bl_number": bl_number_in(text)}
    told = {name: value for name, value in numbers.items() if value and not getattr(file.content.shipment, name)}
    if told:
        reason = say("The forwarder names numbers: {numbers}.", numbers=", ".join(told.values()))
        yield _about(file, "edit_order", dict(told), reason)


_STEPS = {"booking": say("space booked"), "on_board": say("on board")}

SEQUENCE = OrderSequence()
