"""What a Postfix says that it took and delivered: by the recipients' mailboxes, and by its own log."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from servers.postfix import Postfix

__all__ = ["delivered", "logged", "message_id_of"]

_MESSAGE_ID = re.compile(rb"^message-id:\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
_ACCEPTED = re.compile(r"postfix-\d+/cleanup\[\d+\]: (\w+): message-id=<([^>]*)>")
_DELIVERED = re.compile(r"postfix-\d+/pipe\[\d+\]: (\w+): .*\bstatus=sent\b")


def message_id_of(raw: bytes) -> str:
    """Return the Message-ID of a mail."""
    found = _MESSAGE_ID.search(raw[:8192])
    assert found is not None
    return found[1].decode()


def delivered(postfix: Postfix, recipients: Iterable[str]) -> Counter[str]:
    """Return how often each Message-ID lies with the recipients, once everything that was accepted is delivered."""
    postfix.wait_idle(120)
    return Counter(message_id_of(raw) for recipient in recipients for raw in postfix.dovecot.raws(recipient))


def logged(postfix: Postfix) -> Counter[str]:
    """Return how often each Message-ID was delivered by the log; a mail whose end never came is in it without that."""
    lines = postfix.log.read_text("utf-8", "replace").splitlines()
    ids = {found[1]: found[2] for line in lines if (found := _ACCEPTED.search(line))}
    return Counter(ids[found[1]] for line in lines if (found := _DELIVERED.search(line)) and found[1] in ids)
