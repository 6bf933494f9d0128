"""Delivery status codes (RFC 3463) and SMTP replies (RFC 5321) in the words of mail servers.

Room: ingest. In: diagnostic text. Out: a status such as "5.1.1", "" where the text gives none. Linear time.
"""

from __future__ import annotations

import re

__all__ = ["reason_status", "status_in"]

_ENHANCED = re.compile(r"(?<![\d.])#?([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
_BOTH = re.compile(r"(?<!\d)([45])\d\d[ \-:'\"(#]{1,4}(\1\.\d{1,3}\.\d{1,3})(?!\d)(?!\.\d)")
_REPLY = re.compile(
    r"(?:^|[\s:>(=\"'\[-])(4[2-5]\d|5[0-5]\d)(?=[ \-:.,;)]|$)(?!\s*(?:KB|MB|bytes|hours|days|port))", re.MULTILINE
)
_REASONS = tuple(
    (re.compile(pattern, re.IGNORECASE), detail)
    for pattern, detail in (
        ((r"user(?: is)? unknown|unknown (?:user|recipient|local part|address)|no such (?:user|recipient|mailbox|address|local user)"
         r"|(?:user|mailbox|recipient|address|account|email)\b.{0,60}(?:does(?:n't| not) exist|not found|unavailable|invalid|unknown|disabled|rejected)"
         r"|invalid (?:recipient|mailbox|user|address)|this user doesn't have|no mailbox here by that name|not listed in"), "1.1"),
        (r"(?:host|domain)\b.{0,40}(?:unknown|not found|does(?:n't| not) exist)|name or service not known|unrouteable|nxdomain|no mx|couldn't find any host|hostname lookup", "1.2"),
        (r"(?:mailbox|quota|inbox|storage)\b.{0,40}(?:full|exceed|over)|over ?quota|not enough (?:disk|storage) space|insufficient (?:disk|system storage)", "2.2"),
        (r"message (?:size|is too large|too (?:big|large))|size limit|exceeds.{0,30}size", "3.4"),
        (r"too many hops|loop", "4.6"),
        (r"spam|blocked|blacklist|blocklist|denied|not (?:allowed|permitted|authori[sz]ed)|policy|virus|reputation|relay", "7.1"),
        (r"timed? ?out|expired|delay|retr(?:y|ied)|could not (?:connect|be delivered for)|connection (?:refused|lost|reset)|temporar|defer|still being retried", "4.7"),
    )
)  # fmt: skip
_LASTS = frozenset(("4.7",))


def status_in(text: str) -> str:
    """Return the enhanced status that `text` states, or the class its SMTP reply gives ("5.0.0"), or ""."""
    both = _BOTH.search(text)
    if both:
        return both[2]
    found = [code for code in _ENHANCED.findall(text) if code[0] != "2"]
    if found:
        return next((code for code in found if not code.endswith(".0.0")), str(found[0]))
    reply = _REPLY.search(text)
    return f"{reply[1][0]}.0.0" if reply else ""


def reason_status(text: str, default: str = "") -> str:
    """Return a status by what `text` says happened, `default` where it says nothing known.

    The class is 4 for what passes by itself (a delay, a connection), 5 for all else.
    """
    for pattern, detail in _REASONS:
        if pattern.search(text):
            return f"{4 if detail in _LASTS else 5}.{detail}"
    return default
