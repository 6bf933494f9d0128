"""Delivery status codes (RFC 3463) and SMTP replies (RFC 5321) as mail servers write them.

Room: ingest. In: diagnostic text. Out: a status such as "5.1.1", "" where the text states none. Linear time.
"""

from __future__ import annotations

import re

from mailcrm.domain.patterns import lazy_pattern

__all__ = ["is_vague", "reply_class", "status_in"]

_ENHANCED = lazy_pattern(r"(?<![\d.vV])#?([245]\.[0-7]\.\d{1,3})(?![\d.]*\d)")
_BOTH = lazy_pattern(r"(?<!\d)([45])\d\d[ \-:'\"(#]{1,4}(\1\.[0-7]\.\d{1,3})(?!\d)(?!\.\d)")
_REPLY = lazy_pattern(
    r"(?:^|[\s:>(=\"'\[-])(4[2-5]\d|5[0-57]\d)(?=[ \-:.,;)\]]|$)(?!\s*(?:KB|MB|bytes|hours|days|port))", re.MULTILINE
)
_EXPIRED = ("4.4.7", "5.4.7")


def is_vague(status: str) -> bool:
    """Whether `status` tells only its class, or only that time ran out, and not why."""
    return not status or status.endswith(".0.0") or status in _EXPIRED


def status_in(text: str) -> str:
    """Return the failure code that `text` states: one behind an SMTP reply, one that says why, any other; or ""."""
    behind_replies = [found[2] for found in _BOTH.finditer(text)]
    anywhere = [str(code) for code in _ENHANCED.findall(text) if code[0] != "2"]
    stated = [*behind_replies, *anywhere]
    return next((code for code in stated if not is_vague(code)), stated[0] if stated else "")


def reply_class(text: str) -> str:
    """Return "4" or "5" by the first SMTP reply in `text`, "" where there is none."""
    found = _REPLY.search(text)
    return found[1][0] if found else ""
