"""Receipts: a person's program says that a mail was opened or deleted (RFC 8098), or a server that it was delivered.

Room: ingest. Neither opens nor closes a turn.
"""

from __future__ import annotations

from mailcrm.domain.message import Kind, ParsedMail
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.ingest.classifiers.finding import Finding

__all__ = ["read"]

_READ_SUBJECT = lazy_pattern(
    r"(?i)^\s*(?:read|gelesen|leído|leido|lido|lu|letto|прочтено|прочитано|已读|已讀|開封済み|okundu|gelezen|läst|przeczytano)\s?[:：]"
)
_DELIVERED = lazy_pattern(r"(?im)^action[ \t]*:[ \t]*(?:delivered|relayed|expanded|deliverable)")


def read(mail: ParsedMail) -> Finding | None:
    """Return a receipt where a disposition notification, or a report of success, came."""
    for part in mail.parts:
        if part.content_type in ("message/disposition-notification", "message/global-disposition-notification"):
            return Finding(Kind.RECEIPT, (part.content_type,))
        if part.content_type.endswith("delivery-status") and _DELIVERED.search(part.text or ""):
            return Finding(Kind.RECEIPT, ("message/delivery-status: delivered",))
    kind = mail.header("content-type").lower()
    if mail.content_type == "multipart/report" and "disposition-notification" in kind:
        return Finding(Kind.RECEIPT, ("report-type=disposition-notification",))
    if _READ_SUBJECT.match(mail.subject) and "disposition-notification" in " ".join(p.content_type for p in mail.parts):
        return Finding(Kind.RECEIPT, (f"Subject: {mail.subject}",))
    return None
