"""Whether a text announces a file: "please find attached", 见附件, "anbei".

Room: domain. In: what a person typed, no quotes. Out: the words that announce it. The customer's own attachments, requests to
attach something, and things that are attached to a carton announce none.
"""

from __future__ import annotations

import re

from mailcrm.domain.checks.attachment_words import ANNOUNCED, NOT_OURS
from mailcrm.domain.checks.lines import sentences
from mailcrm.domain.phrases import compile_phrases, fold

__all__ = ["announced_attachment"]

_WORDS_AROUND = 24
_BREAK = re.compile(r"[,;:，、；：。]\s*")

_ANNOUNCED, _NOT_OURS = (compile_phrases(words.split("; ")) for words in (ANNOUNCED, NOT_OURS))


def announced_attachment(text: str) -> str:
    """Return the words with which `text` announces a file, "" where it doesn't."""
    for sentence in sentences(text):
        said = _NOT_OURS.sub(lambda found: " " * len(found[0]), fold(sentence))
        if found := _ANNOUNCED.search(said):
            return _around(sentence.rstrip(" .!。！"), found.start(), found.end())
    return ""


def _around(sentence: str, start: int, end: int) -> str:
    """Return the words from `start` to `end` with what stands around them in their clause, as far as that is short."""
    first, last = max(start - _WORDS_AROUND, 0), min(end + _WORDS_AROUND, len(sentence))
    before, after = sentence[first:start], sentence[end:last]
    breaks = [found.end() for found in _BREAK.finditer(before)]
    if breaks:
        first += breaks[-1]
    elif first:
        first += before.find(" ") + 1
    if found := _BREAK.search(after):
        last = end + found.start()
    elif last < len(sentence):
        last = end + (after.rfind(" ") if " " in after else len(after))
    return ("…" if first else "") + sentence[first:last].strip() + ("…" if last < len(sentence) else "")
