"""LIST answers, read one by one, so that one that breaks the rules costs one folder and not the account.

Room: adapters. In: imaplib's answer to LIST. Out: ports.RemoteMailbox values.
"""

from __future__ import annotations

from collections.abc import Iterable

from imapclient.exceptions import ProtocolError
from imapclient.response_parser import parse_response

from mailcrm.domain.mailboxes import readable
from mailcrm.ports import RemoteMailbox

__all__ = ["listed"]

_SPECIAL_USE = {
    flag.lower(): flag
    for flag in ("\\All", "\\Archive", "\\Drafts", "\\Flagged", "\\Important", "\\Junk", "\\Sent", "\\Trash")
}
_CLOSED = {"\\noselect", "\\nonexistent"}
_CONTROL = frozenset(range(32)) | {127}
_PARTS = 3

Item = bytes | tuple[bytes, bytes] | None


def listed(answer: Iterable[Item]) -> list[RemoteMailbox]:
    """Return the folders of a LIST answer, in its order."""
    found = (_folder(record) for record in _records(answer))
    return [mailbox for mailbox in found if mailbox is not None]


def _records(answer: Iterable[Item]) -> Iterable[list[Item]]:
    # imaplib gives a name sent as a literal as a pair, and the rest of its line as the next item.
    record: list[Item] = []
    for item in answer:
        if item:
            record.append(item)
        if record and not isinstance(item, tuple):
            yield record
            record = []


def _folder(record: list[Item]) -> RemoteMailbox | None:
    try:
        parts = parse_response(record)
    except (ProtocolError, ValueError, RecursionError):
        return None
    if len(parts) != _PARTS or not isinstance(parts[0], tuple):
        return None
    flags = {each.decode("ascii", "replace").lower() for each in parts[0] if isinstance(each, bytes)}
    raw_name = parts[2] if isinstance(parts[2], bytes) else str(parts[2]).encode()  # an unquoted 2026 comes as a number
    special_use = next((_SPECIAL_USE[flag] for flag in sorted(flags) if flag in _SPECIAL_USE), "")
    selectable = not flags & _CLOSED and not _CONTROL.intersection(raw_name)
    return RemoteMailbox(raw_name, readable(raw_name), special_use, selectable)
