"""Threads that no header ties: what stays of a subject without the prefixes of replies, and what probably belongs together.

Room: domain. In: subjects as their mails bear them. Out: the base subject (RFC 5256 section 2.1, with the prefixes of more
languages than English), by which threads are recognised that may be one though no header says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailcrm.domain.patterns import lazy_pattern

__all__ = ["Letter", "base_subject", "is_reply_subject", "probable_links", "without_prefixes"]

# As mail programs of the world write them: en, de, nl, nordic, fr, it, pt, es, pl, tr, fi, hu, ru, el, he, ar, vi, zh, ja, ko.
_PREFIX = (
    "(?:re|res|resp|rif|r|aw|antw|antwort|sv|vs|vb|vl|odp|ynt|ytn|ilt|i̇lt|bls|rv|enc|fw|fwd|wg|tr|i|vá|tl"
    "|отв|ответ|пер|απ|σχετ|πρθ|השב|תגובה|הועבר|رد|إعادة توجيه"
    "|回复|回覆|答复|答覆|转发|轉寄|轉發|返信|転送|회신|답장|전달"
    "|auto|automatic reply|out of office|automatische antwort|réponse automatique|respuesta automática|risposta automatica"
    "|resposta automática|automatisch antwoord|autosvar|odpowiedź automatyczna|автоответ|otomatik yanıt|自动回复|自動回覆|自動応答)"
)
_TAG = r"\[[^\[\]]{1,40}\]"
_LEADER = lazy_pattern(
    rf"^\s*(?:{_TAG}\s*)*{_PREFIX}\s*(?:\[\d{{1,3}}\]|\(\d{{1,3}}\)|\^\d{{1,3}})?\s*[:：]\s*", re.IGNORECASE
)
_TRAILER = lazy_pattern(r"\s*\(fwd\)\s*$", re.IGNORECASE)
# A tag that names nothing: a server's [EXTERNAL], a list's name. One with a digit in it may be the order that is meant.
_MARK = lazy_pattern(r"^\s*\[[^\[\]\d]{1,40}\]\s*(?=\S)")
_LONGEST = 1_000
_LONGEST_BASE = 200
_WITHIN = timedelta(days=14)


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


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as far as probable links need it.

    `parties`: those of the other side (domain.parties.party). `told`: the server's own number of the conversation, "" where
    it has none.
    """

    thread: int
    at: datetime
    base: str
    is_reply: bool
    parties: frozenset[str]
    told: str = ""

    def goes_on(self, other: Letter) -> bool:
        """Whether this mail may go on where `other` lay: the server says so, or the same party wrote 14 days before at most."""
        apart = self.at - other.at
        near = apart <= _WITHIN and not self.parties.isdisjoint(other.parties)
        return apart >= timedelta(0) and (near or self.told == other.told != "")


def probable_links(letters: Iterable[Letter]) -> dict[int, tuple[int, ...]]:
    """Return for each thread those that it probably belongs to, the nearest in time first; both ways.

    A thread that begins with a reply, though no header ties it to anything here, probably goes on where mail of the same
    base subject lay (`Letter.goes_on`). It is shown and never acted on.
    """
    by_base: dict[str, list[Letter]] = defaultdict(list)
    first: dict[int, Letter] = {}
    for letter in sorted(letters, key=lambda each: (each.at, each.thread)):
        first.setdefault(letter.thread, letter)
        by_base[letter.base].append(letter)
    near: dict[int, dict[int, timedelta]] = defaultdict(dict)
    for letter in first.values():
        if not letter.is_reply or not letter.base:
            continue
        for other in by_base[letter.base]:
            if other.thread != letter.thread and letter.goes_on(other):
                apart = letter.at - other.at
                near[letter.thread][other.thread] = apart  # in order of time: the last one is the nearest
                near[other.thread][letter.thread] = apart
    return {thread: tuple(sorted(found, key=lambda each: (found[each], each))) for thread, found in near.items()}
