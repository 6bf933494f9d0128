"""Finding a record by what a person typed: "t12", "m340", a Message-ID.

Room: store.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from mailcrm.domain.errors import NotFound
from mailcrm.domain.words import say
from mailcrm.records import Contact, Message, Thread

__all__ = ["contact_named", "is_contact", "message_of", "number", "numbered", "thread_id_of"]

_DIGITS = 18


def numbered(given: str, letter: str) -> int | None:
    """Return 12 for "t12" with letter "t"; None for what is no such id, or a number that no database counts up to."""
    digits = given.strip().removeprefix(letter)
    return int(digits) if given.strip().startswith(letter) and digits.isdecimal() and len(digits) <= _DIGITS else None


def number(given: str, letter: str, what: str) -> int:
    """Return 12 for "t12" with letter "t"; NotFound names what the id should look like."""
    found = numbered(given, letter)
    if found is not None:
        return found
    raise NotFound(
        say("{given} is no id of a {what}.", given=given, what=what),
        say("Ids look like {letter}12; the lists show them.", letter=letter),
    )


def thread_id_of(session: Session, given: str) -> int:
    """Return the thread of an id: "t12", "m340", or a Message-ID where it is unique."""
    thread, mail = numbered(given, "t"), numbered(given, "m")
    if thread is not None:
        if session.get(Thread, thread) is not None:
            return thread
    elif mail is not None:
        message = session.get(Message, mail)
        if message is not None:
            return message.thread_id
    else:
        found = set(session.exec(select(Message.thread_id).where(col(Message.message_id) == given.strip("<> "))))
        if len(found) == 1:
            return found.pop()
    raise NotFound(
        say("There is no thread {given}.", given=given),
        say("`mailcrm worklist` and `mailcrm threads` show the ids; a Message-ID works where only one thread has it."),
    )


def message_of(session: Session, given: str) -> Message:
    """Return the mail of an id: "m340", or a Message-ID where it is unique."""
    known = numbered(given, "m")
    if known is not None:
        found = session.get(Message, known)
        if found is not None:
            return found
    rows = session.exec(select(Message).where(col(Message.message_id) == given.strip("<> "))).all()
    if len(rows) == 1:
        return rows[0]
    raise NotFound(
        say("There is no mail {given}.", given=given),
        say("`mailcrm show THREAD` lists the mails of a thread with their ids."),
    )


def is_contact(given: str) -> bool:
    """Whether a person typed a contact's id, such as "c7"."""
    return numbered(given, "c") is not None


def contact_named(session: Session, given: str) -> Contact:
    """Return the contact of an id, "c7", or of an address."""
    known = numbered(given, "c")
    wanted = col(Contact.id) == known if known is not None else col(Contact.address) == given.strip().lower()
    found = session.exec(select(Contact).where(wanted)).first()
    if found is None:
        raise NotFound(
            say("There is no contact {given}.", given=given), say("`mailcrm contact list` shows ids and addresses.")
        )
    return found
