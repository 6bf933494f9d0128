"""Newsletters and mailing lists: List-* headers (RFC 2369, RFC 2919) and Precedence.

Room: ingest. Whether a known contact answers a mail of ours through a list is ingest's to know, not this reader's.
"""

from __future__ import annotations

from mailcrm.domain.message import Kind, ParsedMail
from mailcrm.ingest.classifiers.finding import Finding

__all__ = ["read"]


def read(mail: ParsedMail) -> Finding | None:
    """Return bulk mail where a list or a bulk mailer names itself."""
    signals = [
        f"{title}: {mail.header(name)[:120]}"
        for name, title in (("list-id", "List-Id"), ("list-unsubscribe", "List-Unsubscribe"))
        if mail.header(name).strip()
    ]
    precedence = mail.header("precedence").strip().lower()
    if precedence in ("bulk", "list", "junk"):
        signals.append(f"Precedence: {precedence}")
    return Finding(Kind.BULK, tuple(signals)) if signals else None
