"""Bounces that a sending service reports as JSON: Amazon SES by mail through SNS.

Room: ingest. Reads the notification wherever it stands in the text, quoted inside another JSON document or bare; what it
says of the mail is found field by field, since mailers wrap and cut its lines.
"""

from __future__ import annotations

import re

from mailcrm.domain.message import Bounce, Kind, ParsedMail
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.ingest.classifiers.finding import Finding
from mailcrm.ingest.classifiers.reasons import reason_status
from mailcrm.ingest.classifiers.status import status_in

__all__ = ["read"]

_READ = 60_000
_NOTICE = lazy_pattern(r'"(?:notification|event)Type"\s{0,9}:\s{0,9}"Bounce"')


def read(mail: ParsedMail) -> Finding | None:
    """Return a bounce where the text holds a bounce notification."""
    if '"' not in mail.body or "Bounce" not in mail.body[:_READ]:
        return None
    text = mail.body[:_READ].replace('\\"', '"')
    if not _NOTICE.search(text):
        return None
    permanent = _value(text, "bounceType") != "Transient"
    diagnostic = _value(text, "diagnosticCode").partition(";")[2].strip()
    said = _value(text, "status") or status_in(diagnostic)
    bounce = Bounce(
        recipient=_value(text, "emailAddress"),
        status=status_in(said) or reason_status(diagnostic, "", "5" if permanent else "4"),
        action=_value(text, "action").lower() or "failed",
        diagnostic=diagnostic,
        original_message_id=_value(text, "messageId"),
    )
    kind = Kind.BOUNCE_HARD if permanent else Kind.BOUNCE_SOFT
    return Finding(kind, (f"notificationType: Bounce {bounce.status}",), bounce=bounce)


def _value(text: str, name: str) -> str:
    found = re.search(rf'"{name}"\s{{0,9}}:\s{{0,9}}"([^"]{{0,1000}})"', text)
    return " ".join(found[1].split()) if found else ""
