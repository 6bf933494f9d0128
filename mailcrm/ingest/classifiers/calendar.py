"""Invitations and their answers: text/calendar with a METHOD (RFC 6047).

Room: ingest.
"""

from __future__ import annotations

from mailcrm.domain.message import Kind, ParsedMail
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.ingest.classifiers.finding import Finding

__all__ = ["read"]

_METHOD = lazy_pattern(r"(?im)^METHOD[ \t]*:[ \t]*([A-Z-]{3,20})[ \t]*$")


def read(mail: ParsedMail) -> Finding | None:
    """Return a calendar mail where a part carries a METHOD."""
    for part in mail.parts:
        if part.content_type not in ("text/calendar", "application/ics"):
            continue
        method = dict(part.parameters).get("method", "")
        if not method:
            found = _METHOD.search((part.text or "")[:20_000])
            method = found[1] if found else ""
        if method:
            return Finding(Kind.CALENDAR, (f"text/calendar; method={method.upper()}",))
    return None
