"""The question that a mail of ours asks: what we wait for.

Room: domain. In: the newest part of a mail (no quotes, no signature). Out: its first sentence with a question mark, "" where it
asks none. Only the mark counts: what a person means without one, the `wait` key says. Courtesies ("how are you?") ask nothing.
"""

from __future__ import annotations

import re

from mailcrm.domain.phrases import fold
from mailcrm.domain.pieces import pieces_of

__all__ = ["question_in"]

_READ, _LONGEST = 20_000, 240
_WRAPPED = re.compile(r"\n(?<!\n\n)(?!\n|[ \t]*(?:[-*•·]|\d{1,2}[.)、]))")
_ENDS = re.compile(r"[!?؟。！？\n.](?:(?<=[!?؟])(?=[\s\"'”’)»\]])|(?<=[。！？\n])|(?<=[^\W\d]{2}\.)(?=\s))")
_MARKS = "?？؟"
# A mark at the end of a word, not the one inside an address such as https://shop.example/?page=2.
_ASKS = re.compile(r"[?？؟](?=[\s\"'”’)»\]!]*$)")
_COURTESY = re.compile(
    r"\W*(?:hi|hello|dear)?[\w ,]{0,30}?(?:how (?:are|r) (?:you|u|things)\b[\w ]{0,20}|how (?:is|s) (?:it going|everything|business|life)\b[\w ]{0,20}"
    r"|como esta\w*\b[\w ]{0,20}|que tal|(?:您|你)?(?:最近)?(?:好吗|怎么样|还好吗))\W*"
)


def question_in(text: str) -> str:
    """Return the first question of `text` on one line, at most 240 letters of it."""
    read = text[:_READ]
    if not any(map(read.__contains__, _MARKS)):
        return ""
    read = _WRAPPED.sub(" ", read)
    for start, end in pieces_of(read, _ENDS):
        if _ASKS.search(read, start, end) and not _COURTESY.fullmatch(fold(said := " ".join(read[start:end].split()))):
            return said if len(said) <= _LONGEST else said[: _LONGEST - 1].rstrip() + "…"
    return ""
