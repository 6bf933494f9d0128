"""Faxes: a gateway's mail from a sender that nobody reads, with what a person wrote in a PDF or TIFF file.

Room: ingest. Such a mail is human (trade.md, "Other channels"), whatever the gateway's headers say.
"""

from __future__ import annotations

import re

from mailcrm.domain.message import Attachment, Kind, ParsedMail
from mailcrm.domain.patterns import lazy_pattern
from mailcrm.ingest.classifiers.finding import Finding

__all__ = ["read"]

_FAX = lazy_pattern(
    r"(?i)(?<![a-z])(?:e-?|i-?)?(?:tele)?fax(?:es|ing|server|gateway|mail)?(?![a-z])|t[ée]l[ée]copie|факс|传真|傳真|ファックス|ファクス|팩스|فاكس|(?<![a-z])faks"
)
_PICTURE = lazy_pattern(r"(?i)\.(?:pdf|tiff?)$")


def read(mail: ParsedMail) -> Finding | None:
    """Return a human mail where sender or subject speak of a fax and its pages are attached."""
    page = next((one for one in mail.attachments if _is_page(one)), None)
    if page is None:
        return None
    local = mail.from_.addr_spec.partition("@")[0]
    named = _FAX.search(f"{local} {mail.from_.display_name}") or _FAX.search(mail.from_.domain)
    said = _FAX.search(mail.subject)
    automatic = re.search(r"(?i)no-?reply|do-?not-?reply|gateway|server|fax", local)
    if not (named or (said and automatic)):
        return None
    seen = f"From: {mail.from_.addr_spec}" if named else f"Subject: {mail.subject[:80]}"
    return Finding(Kind.HUMAN, (seen, f"attachment: {page.filename or page.content_type}"))


def _is_page(file: Attachment) -> bool:
    return file.content_type in ("application/pdf", "image/tiff") or bool(_PICTURE.search(file.filename))
