"""What customers write about samples.

Room: rules. A mail by hand on a sample's thread, or from its company naming it, is feedback: it stops the sequence at once. That
samples are asked for, or have arrived, is suggested with the words that say so; out-of-office notes move the next mail.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from mailcrm.domain.proposals import Proposal
from mailcrm.domain.purpose import Purpose
from mailcrm.domain.samples.hints import received_words, sample_words
from mailcrm.domain.samples.states import IN_A_PARCEL, WITH_THE_CUSTOMER, SampleState
from mailcrm.domain.words import say
from mailcrm.records import ActionEntry, AttachmentFile, Message
from mailcrm.rules.samples.circle import ACTOR, Circle, Known, Read, heard_before, make
from mailcrm.rules.sequences import Moment
from mailcrm.store.proposals import propose
from mailcrm.store.samples import NOUN, note, snapshot, undo_of

__all__ = ["hear_away", "hear_letter", "offer_photos"]

_NO_REQUEST = frozenset(
    {
        Purpose.SAMPLE_FEEDBACK,
        Purpose.COMPLAINT,
        Purpose.THANKS,
        Purpose.COLD_SALE,
        Purpose.LEFT_COMPANY,
        Purpose.CHASER,
    }
)
_ASKED = (SampleState.FEEDBACK_REQUESTED, SampleState.FOLLOW_UP)
_TO_BE_SEEN = (SampleState.MADE, SampleState.CHECKED)


def hear_letter(session: Session, circle: Circle, mail: Message, moment: Moment) -> None:
    """Let a mail that a person of theirs wrote be what it is for the samples."""
    read = circle.read(mail)
    theirs = {known.row.id: known for known in circle.of_party(mail)}
    spoken_of = False
    for known in circle.samples:
        on_thread = mail.thread_id in known.threads and circle.party(mail)[1]
        if on_thread or (known.row.id in theirs and read.quotes(known.row)):
            spoken_of = _feedback(session, read, known, moment) or spoken_of
        if on_thread or known.row.id in theirs:
            spoken_of = _received(session, read, known, moment) or spoken_of
    offer_photos(session, read, circle, moment)
    on_its_thread = any(mail.thread_id in known.threads for known in circle.samples)
    if not spoken_of and not on_its_thread and circle.party(mail)[1]:
        _asked_for(session, read, moment)


def _feedback(session: Session, read: Read, known: Known, moment: Moment) -> bool:
    """Let it be the feedback that we wait for; return whether it is, or was when it was heard first. A person may take it back."""
    row, mail = known.row, read.mail
    if heard_before(row, read.key):
        return True
    with_them = known.state in WITH_THE_CUSTOMER and row.delivered_at is not None and mail.arrived_at > row.delivered_at
    if not with_them:
        return False
    who = mail.from_name or mail.from_address
    reason = say("{who} wrote: nobody is asked about {number} any more.", who=who, number=row.number)
    before = snapshot(row)
    make(session, row, SampleState.FEEDBACK_IN, read, reason, mail.arrived_at)
    entry = ActionEntry(at=moment.now, actor=ACTOR, verb="sample_feedback", thread_id=mail.thread_id)
    entry.before, entry.after = undo_of(row, before), {"sample": f"s{row.id}", "message": read.key}
    session.add(entry)
    return True


def _received(session: Session, read: Read, known: Known, moment: Moment) -> bool:
    """Suggest that the sample has arrived, where they say so."""
    row, mail = known.row, read.mail
    if known.state not in IN_A_PARCEL or mail.arrived_at < row.since:
        return False
    words = received_words(read.said)
    if not words:
        return False
    reason = say(
        'They write that it has arrived ("{words}"): was {number} delivered?', words=words[0], number=row.number
    )
    arguments = {"id": f"s{row.id}", "at": mail.arrived_at.isoformat(), "evidence": read.key}
    propose(session, Proposal("delivered_sample", arguments, reason, NOUN, row.id or 0), mail, moment.now)
    return True


def _asked_for(session: Session, read: Read, moment: Moment) -> None:
    """Suggest a sample, where its words or its purpose ask for one."""
    mail = read.mail
    words = sample_words(read.said)
    if mail.purpose != Purpose.SAMPLE_REQUEST and (not words or mail.purpose in _NO_REQUEST):
        return
    reason = say('They speak of samples ("{words}"): is one to be made?', words=words[0] if words else mail.gist[:60])
    propose(session, Proposal("new_sample", {"thread": read.key}, reason), mail, moment.now)


def offer_photos(session: Session, read: Read, circle: Circle, moment: Moment) -> None:
    """Offer the pictures of a mail that names the number of a sample which waits for its photo."""
    if not read.mail.has_attachments:
        return
    for known in circle.samples:
        row = known.row
        if (
            known.state in _TO_BE_SEEN
            and row.number.casefold() in read.said.casefold()
            and _pictures(session, read.mail)
        ):
            reason = say("The mail names {number} and brings pictures: are they its photos?", number=row.number)
            arguments = {"id": f"s{row.id}", "message": read.key}
            propose(session, Proposal("photo_sample", arguments, reason, NOUN, row.id or 0), read.mail, moment.now)


def _pictures(session: Session, mail: Message) -> bool:
    found = select(AttachmentFile.id).where(
        col(AttachmentFile.message_id) == mail.id, col(AttachmentFile.content_type).startswith("image/")
    )
    return session.exec(found.limit(1)).first() is not None


def hear_away(session: Session, circle: Circle, mail: Message, moment: Moment) -> None:
    """Keep that whoever is asked about a sample is away: the next mail waits for the return."""
    for known in circle.of_party(mail):
        row, key = known.row, f"m{mail.id}"
        asked = row.contact_id == mail.contact_id or mail.thread_id in known.threads
        if not asked or known.state not in _ASKED or heard_before(row, key):
            continue
        back = mail.away_until.isoformat() if mail.away_until else ""
        told = {"at": mail.arrived_at.isoformat(), "back": back}
        note(row, away=[*row.details.get("away", ()), told], heard=[*row.details.get("heard", ()), key])
        row.look_at = moment.now
        session.add(row)
