"""Mail that a program wrote by itself: `Auto-Submitted: auto-generated` (RFC 3834), and reports about mail.

Room: ingest. Reports are those of abuse (RFC 5965) and those that receiving servers make of a domain's mail (DMARC: RFC 7489
section 7.2.1.1; TLS: RFC 8460). Some systems set the header on human mail, so this kind is shown under "check" and never dropped.
"""

from __future__ import annotations

from mailcrm.domain.message import Kind, ParsedMail
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.ingest.classifiers.finding import Finding

__all__ = ["read"]

_DMARC_FILE = lazy_pattern(
    r"[\w.-]{3,255}![\w.-]{3,255}!\d{9,11}!\d{9,11}(?:![\w.-]{1,100})?\.(?:xml|zip|json)(?:\.gz)?"
)
_DMARC_SUBJECT = lazy_pattern(r"(?i)\breport[ -]?domain:\s{0,9}\S{3,255}\s{1,9}submitter:")
_TLS_REPORT = ("application/tlsrpt+json", "application/tlsrpt+gzip")


def read(mail: ParsedMail) -> Finding | None:
    """Return machine mail where its header says so."""
    submitted = mail.header("auto-submitted").partition(";")[0].strip().lower()
    if submitted and submitted not in ("no", "none"):
        return Finding(Kind.AUTO_GENERATED, (f"Auto-Submitted: {submitted[:80]}",))
    if any(part.content_type == "message/feedback-report" for part in mail.parts):
        return Finding(Kind.AUTO_GENERATED, ("message/feedback-report",))
    signal = _domain_report(mail)
    return Finding(Kind.AUTO_GENERATED, (signal,)) if signal else None


def _domain_report(mail: ParsedMail) -> str:
    subject = _DMARC_SUBJECT.search(mail.subject) if mail.attachments else None
    if subject:
        return f"Subject: {subject[0]}"
    return next(
        (
            f"attachment: {file.filename or file.content_type}"
            for file in mail.attachments
            if file.content_type in _TLS_REPORT or _DMARC_FILE.fullmatch(file.filename)
        ),
        "",
    )
