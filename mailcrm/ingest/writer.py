"""What a mail tells of its writer: the side, where they are, what they may be to us.

Room: ingest. In: a mail that was read, and who we are. Out: the columns of its row from which `rules.people` suggests country
and role. In an inquiry that a platform passes on the buyer is meant; nothing of the platform's own mail is theirs.
"""

from __future__ import annotations

from mailcrm.domain.address_block import block
from mailcrm.domain.country import Clues, read_origin
from mailcrm.domain.message import Address, Kind, ReadMail, Role, Side
from mailcrm.domain.newest import Newest
from mailcrm.domain.parties import Ours
from mailcrm.domain.roles.hints import Hint, Writing, hints_of_ours, read_hints, stored
from mailcrm.ingest.storable import storable

__all__ = ["origin_of", "role_hints_of", "side_of", "writer_of"]

_BY_HAND = (Kind.HUMAN, Kind.PLATFORM_INQUIRY)
_WORDS = 60


def writer_of(read: ReadMail) -> Address:
    """Return who wrote: the buyer in an inquiry, never the platform."""
    if read.inquiry is not None:
        return Address(read.inquiry.buyer_name, read.inquiry.buyer_address)
    return read.mail.from_


def side_of(read: ReadMail, ours: Ours) -> Side:
    """Return whose mail it is; the form on our own web site writes in our name, but the buyer inside is theirs."""
    return Side.THEIRS if read.inquiry is not None else ours.side(read.mail.from_)


def origin_of(read: ReadMail, side: Side, ours: Ours) -> str:
    """Return the country that the mail tells, as it is stored; "" for none."""
    if side is Side.OURS or read.kind not in _BY_HAND:
        return ""
    domain = writer_of(read).domain
    found = read_origin(_clues(read, domain, free_mail=ours.is_free_mail(domain)))
    return storable(found.stored()) if found is not None else ""


def _clues(read: ReadMail, domain: str, *, free_mail: bool) -> Clues:
    if read.inquiry is not None:
        return Clues(domain, free_mail, stated=read.inquiry.country, platform=read.inquiry.platform)
    offset = read.mail.date.utcoffset() if read.mail.date is not None else None
    return Clues(
        domain=domain,
        free_mail=free_mail,
        said=read.reply,
        signature=read.signature,
        language=read.language,
        offset=int(offset.total_seconds() // 60) if offset else None,
    )


def role_hints_of(read: ReadMail, side: Side, ours: Ours) -> str:
    """Return the hints at the writer's role, of a mail of ours at its readers', as they are stored; "" for none."""
    if read.kind not in _BY_HAND:
        return ""
    if read.inquiry is not None:
        hints: tuple[Hint, ...] = (Hint(Role.PROSPECT, "buys", (read.inquiry.product or read.mail.subject)[:_WORDS]),)
    elif side is Side.OURS:
        hints = hints_of_ours(_newest(read))
    else:
        hints = read_hints(_writing(read, ours))
    return storable(stored(hints))


def _newest(read: ReadMail) -> Newest:
    """Return the newest part; a mail that is all quotes has none, though its purpose was read from them."""
    return read.newest if read.reply else Newest("", read.mail.subject)


def _writing(read: ReadMail, ours: Ours) -> Writing:
    sender = read.mail.from_
    return Writing(
        domain="" if ours.is_free_mail(sender.domain) else sender.domain,
        name=sender.display_name,
        newest=_newest(read),
        below=block(read.reply, read.signature),
        purpose=read.purpose,
        purpose_signals=read.purpose_signals,
    )
