"""Whether a mail is really from the colleague whose address it bears: anybody can write one in a manager's name.

Room: store.
"""

from __future__ import annotations

from mailcrm.domain.message import Side
from mailcrm.domain.team import Person
from mailcrm.records import Message

__all__ = ["is_from", "is_vouched"]


def is_vouched(mail: Message) -> bool:
    """Whether our own server says that the sender's domain signed the mail."""
    stamp = mail.authentication or {}
    return stamp.get("trusted") is True and (
        "pass" in (stamp.get("dmarc"), stamp.get("dkim") if stamp.get("dkim_domain") else "")
    )


def is_from(mail: Message, person: Person) -> bool:
    """Whether a colleague wrote a mail, as far as our own server can tell; what somebody logged of a call is none."""
    ours = mail.side == Side.OURS.value and not mail.channel
    return ours and bool(person.address) and mail.from_address.lower() == person.address.lower() and is_vouched(mail)
