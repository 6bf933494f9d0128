"""What stands in an IMAP server's answers, read with suspicion; and how much is asked for at once.

Room: adapters. Pure functions: in, what imapclient made of an answer; out, values that are safe to store.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from mailcrm.adapters.mime.headers import message_ids
from mailcrm.domain.outbox import REFERENCE_HEADER
from mailcrm.ports import MailHead

__all__ = ["LAST_UID", "batches", "first_message_id", "instant", "is_mail", "number", "told_number"]

LAST_UID = 2**32 - 1
_NO_NUMBER = 2**63
_BATCH_OCTETS = 4 * 1024 * 1024
_BATCH_MAILS = 50
_NEXT_FIELD = re.compile(r"\r?\n(?![ \t])")


def batches(heads: Sequence[MailHead], oversize: int) -> Iterator[list[MailHead]]:
    """Cut `heads` into batches of like kind (whole, header only), 4 MB and 50 mails at most, unknown sizes alone."""
    batch: list[MailHead] = []
    octets = 0
    for head in heads:
        large = head.size > oversize
        weight = 0 if large else head.size or _BATCH_OCTETS
        full = len(batch) == _BATCH_MAILS or octets + weight > _BATCH_OCTETS
        if batch and (full or large != (batch[0].size > oversize)):
            yield batch
            batch, octets = [], 0
        batch.append(head)
        octets += weight
    if batch:
        yield batch


def first_message_id(fields: bytes) -> str:
    """Return the first id of the first field, as the mail's parser reads it: what stands in angle brackets, else all."""
    first = _NEXT_FIELD.split(fields.decode("utf-8", "replace"), maxsplit=1)[0]
    value = "".join(first.partition(":")[2].split())
    return next(iter(message_ids(value)), "") or value.strip("<>")


def is_mail(fields: bytes, message_id: str, reference: str) -> bool:
    """Whether these header fields are of the mail with that Message-ID, or of the mail of ours with that reference."""
    for field in _NEXT_FIELD.split(fields.decode("utf-8", "replace")):
        name, _colon, value = field.partition(":")
        if name.strip().lower() == REFERENCE_HEADER.lower():
            if reference and value.strip() == reference:
                return True
        elif name.strip() and first_message_id(field.encode()) == message_id:
            return True
    return False


def number(value: object) -> int:
    """Return a size or a count; 0 where the server told none that a database could hold."""
    return value if isinstance(value, int) and 0 <= value < _NO_NUMBER else 0


def told_number(answer: dict[bytes, Any], name: bytes) -> int | None:
    """Return a number that the server told; one above 32 bits is none (RFC 3501, 9: nz-number)."""
    value = answer.get(name)
    return value if isinstance(value, int) and 0 <= value <= LAST_UID else None


def instant(answer: dict[bytes, Any]) -> datetime | None:
    """Return the INTERNALDATE of a FETCH answer in UTC; None where it has none or an impossible one."""
    at = answer.get(b"INTERNALDATE")
    if not isinstance(at, datetime):
        return None
    try:
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        return None
