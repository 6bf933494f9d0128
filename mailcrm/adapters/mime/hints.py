"""What else may tell a charset, where bytes don't say it themselves.

Room: adapters. In: the raw mail. Out: the sender's domain, and the charsets that the mail names anywhere. Read at first need:
most mails say what they are written in, and are never asked.
"""

from __future__ import annotations

import re
from functools import cached_property

__all__ = ["Hints"]

_READ, _WORDS_READ = 65_536, 16_384
_DOMAIN = re.compile(rb"@([A-Za-z0-9.-]+)")
_CHARSET = re.compile(rb"charset\s*=\s*\"?([a-z0-9_.:-]{2,40})")
_WORD_CHARSET = re.compile(rb"=\?([a-z0-9_.-]{2,40})\?[bq]\?")


class Hints:
    """The hints of the mail `raw`; of no mail at all, none."""

    def __init__(self, raw: bytes = b"") -> None:
        self._raw = raw

    @cached_property
    def domain(self) -> str:
        """The sender's domain in lower case, "" where none is told."""
        raw = self._raw
        opens = raw[:5].lower() == b"from:"
        start = 0 if opens else raw.find(b"\nFrom:") + 1
        found = _DOMAIN.search(raw, start, start + 1_000) if start or opens else None
        return found[1].decode("ascii").lower() if found else ""

    @cached_property
    def charsets(self) -> tuple[str, ...]:
        """The charsets that its parts and its encoded words declare."""
        lower = self._raw[:_READ].lower()
        named = _CHARSET.findall(lower)[:5] + _WORD_CHARSET.findall(lower, 0, _WORDS_READ)[:3]
        return tuple(dict.fromkeys(found.decode("ascii") for found in named))
