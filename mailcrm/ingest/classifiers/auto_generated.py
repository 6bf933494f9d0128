"""Mail that a program wrote by itself: `Auto-Submitted: auto-generated` (RFC 3834), abuse reports (RFC 5965).

Room: ingest. Some systems set the header on human mail, so this kind is shown under "check" and never dropped.
"""

from __future__ import annotations

from mailcrm.domain.message import Kind, ParsedMail
from mailcrm.ingest.classifiers.finding import Finding

__all__ = ["read"]


def read(mail: ParsedMail) -> Finding | None:
    """Return machine mail where its header says so."""
    submitted = mail.header("auto-submitted").partition(";")[0].strip().lower()
    if submitted and submitted not in ("no", "none"):
        return Finding(Kind.AUTO_GENERATED, (f"Auto-Submitted: {submitted[:80]}",))
    if any(part.content_type == "message/feedback-report" for part in mail.parts):
        return Finding(Kind.AUTO_GENERATED, ("message/feedback-report",))
    return None
