"""Subjects of threads: what stays of one without the prefixes of replies and forwards.

Room: domain. In: subjects as their mails bear them. Out: the base subject (RFC 5256 section 2.1, with the prefixes of more
languages than English), by which mails are recognised that may belong together though no header says so.
"""

from __future__ import annotations

import re

__all__ = ["base_subject", "is_reply_subject", "without_prefixes"]

# As mail programs of the world write them: en, de, nl, nordic, fr, it, pt, es, pl, tr, fi, hu, ru, el, he, ar, vi, zh, ja, ko.
_PREFIX = (
    "(?:re|res|resp|rif|r|aw|antw|antwort|sv|vs|vb|vl|odp|ynt|ytn|ilt|i̇lt|bls|rv|enc|fw|fwd|wg|tr|i|vá|tl"
    "|отв|ответ|пер|απ|σχετ|πρθ|השב|תגובה|הועבר|رد|إعادة توجيه"
    "|回复|回覆|答复|答覆|转发|轉寄|轉發|返信|転送|회신|답장|전달)"
)
_TAG = r"\[[^\[\]]{1,40}\]"
_LEADER = re.compile(
    rf"^\s*(?:{_TAG}\s*)*{_PREFIX}\s*(?:\[\d{{1,3}}\]|\(\d{{1,3}}\)|\^\d{{1,3}})?\s*[:：]\s*", re.IGNORECASE
)
_TRAILER = re.compile(r"\s*\(fwd\)\s*$", re.IGNORECASE)
# A tag that names nothing: a server's [EXTERNAL], a list's name. One with a digit in it may be the order that is meant.
_MARK = re.compile(r"^\s*\[[^\[\]\d]{1,40}\]\s*(?=\S)")
_LONGEST = 1_000
_LONGEST_BASE = 200


def without_prefixes(subject: str) -> str:
    """Return `subject` without the prefixes of replies and forwards; a tag that follows them, such as [PO 8812], stays."""
    base = _TRAILER.sub("", subject.strip())
    while match := _LEADER.match(base):
        base = base[match.end() :]
    return base


def is_reply_subject(subject: str) -> bool:
    """Whether `subject` begins like that of a reply or a forward."""
    return _LEADER.match(subject[:_LONGEST]) is not None


def base_subject(subject: str) -> str:
    """Return what replies to the same mail have in common: folded case, single spaces, at most 200 characters."""
    base = " ".join(without_prefixes(subject[:_LONGEST]).split())
    while mark := _MARK.match(base):
        base = without_prefixes(base[mark.end() :])
    return base.casefold()[:_LONGEST_BASE].strip()
