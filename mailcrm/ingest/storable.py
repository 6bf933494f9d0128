"""Text of a mail as every database takes it.

Room: ingest. In: whatever a header said. Out: text without NUL (PostgreSQL refuses it) and lone surrogates (no UTF-8), and
short where it is looked up by: PostgreSQL's index holds 2,704 octets a row at most.
"""

from __future__ import annotations

import hashlib

__all__ = ["storable", "storable_address", "storable_id"]

_LONGEST_ID = 998  # RFC 5322 section 2.1.1: the longest line there may be
_LONGEST_ADDRESS = 600  # RFC 5321 section 4.5.3.1 allows 320


def storable(text: str) -> str:
    """Return `text` without NUL and lone surrogates."""
    text = text.replace("\0", "")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def storable_id(text: str) -> str:
    """Return a Message-ID; one that is too long for a line goes by its digest."""
    text = storable(text)
    if len(text) <= _LONGEST_ID and text.isascii():
        return text
    octets = text.encode()
    return text if len(octets) <= _LONGEST_ID else f"sha256-{hashlib.sha256(octets).hexdigest()}"


def storable_address(text: str) -> str:
    """Return an address, cut where it is longer than any can be."""
    return storable(text)[:_LONGEST_ADDRESS]
