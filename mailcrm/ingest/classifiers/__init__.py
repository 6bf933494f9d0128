"""Kinds of mail, one file each; the first reader that finds its kind wins.

Room: ingest. In: a `ParsedMail`, and the newest part of its text. Out: a `Finding`. The order is that of mail.md ("Kinds"): reports come before couriers and
automatic replies because bounces carry `Auto-Submitted`, couriers before lists because they carry List-* headers in life.
"""

from __future__ import annotations

from collections.abc import Callable

from mailcrm.domain.message import Kind, ParsedMail
from mailcrm.ingest.classifiers import (
    auto_generated,
    auto_reply,
    bounce,
    bulk,
    calendar,
    courier,
    failure_notice,
    fax,
    platform,
    receipt,
    ses_notice,
)
from mailcrm.ingest.classifiers.finding import Finding

__all__ = ["Finding", "classify"]

_Readers = tuple[Callable[[ParsedMail], Finding | None], ...]

_FIRST: _Readers = (
    bounce.read,
    receipt.read,
    failure_notice.read,
    ses_notice.read,
    calendar.read,
    courier.read,
    fax.read,
    platform.read,
)
_AFTER_REPLIES: _Readers = (bulk.read, auto_generated.read)
_HUMAN = Finding(Kind.HUMAN, ())


def classify(mail: ParsedMail, reply: str) -> Finding:
    """Return the first finding; a mail that no reader claims is human. `reply`: the newest part of its text."""
    return _found(_FIRST, mail) or auto_reply.read(mail, reply) or _found(_AFTER_REPLIES, mail) or _HUMAN


def _found(readers: _Readers, mail: ParsedMail) -> Finding | None:
    for read in readers:
        finding = read(mail)
        if finding is not None:
            return finding
    return None
