"""A mail's text as its author meant it: lines that a mail program wrapped are one, others stand by themselves.

Room: domain. In: plain text. Out: logical lines, and their sentences. Linear time.
"""

from __future__ import annotations

import re

from mailcrm.domain.demand import in_sentences

__all__ = ["logical_lines", "sentences"]

_WRAPPED_FROM = 55  # a mail program wraps at 60 to 80 letters; who presses Enter himself does it sooner
_ENDS = re.compile(r"[.!?:;。！？：；؟…]\W{0,2}$")
_BEGINS_ANEW = re.compile(r"\s*(?:[-*•·–—>]|[(（\[]?\w{1,2}[)）\].、:：]|[①-⑳])")
_GLUED = re.compile(r"(?<=[?？؟])(?=[^\s?？؟)）\"”』」])|(?<=\w\.)\s(?=(?:We|I|Our|The|Please|For|And|You)\b)")


def logical_lines(text: str) -> list[str]:
    """Return the lines of `text`, wrapped ones joined; empty ones stay, since they part paragraphs."""
    lines: list[str] = []
    wraps = False
    for line in text.split("\n"):
        bare = " ".join(line.split())
        if wraps and bare and not _BEGINS_ANEW.match(bare):
            lines[-1] = f"{lines[-1]} {bare}"
        else:
            lines.append(bare)
        wraps = len(bare) >= _WRAPPED_FROM and not _ENDS.search(bare[-4:])
    return lines


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`; what follows a question mark without a space is one of its own, too."""
    return [
        piece.strip()
        for line in logical_lines(text)
        for sentence in in_sentences(line)
        for piece in _GLUED.split(sentence)
        if piece.strip()
    ]
