"""Waiting for news of a folder with IDLE (RFC 2177).

Room: adapters. In: a session with the folder open. Out: whether the server spoke. News is a reason to look, never the news
itself: what came is found by UID.
"""

from __future__ import annotations

import threading
import time

from mailcrm.adapters.imap.session import Session
from mailcrm.domain.errors import ServerRefused, Unreachable

__all__ = ["wait_for_news"]

_AT_MOST = 20 * 60.0
_SLICE = 1.0
_NEWS = (b"EXISTS", b"RECENT")


def wait_for_news(session: Session, seconds: float, stop: threading.Event) -> bool:
    """Wait; True where some came. Ends early when `stop` is set. IDLE is said anew every 20 minutes."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0 and not stop.is_set():
        if _idle(session, min(left, _AT_MOST), stop):
            return True
    return False


def _idle(session: Session, seconds: float, stop: threading.Event) -> bool:
    """IDLE once, left at the first word of the server; a dead connection shows when leaving.

    Whatever breaks in it ends the connection: nobody knows what is still to be read.
    """
    deadline = time.monotonic() + seconds
    try:
        with session.talk() as client:
            client.idle()
            while (left := deadline - time.monotonic()) > 0 and not stop.is_set():
                if client.hears(min(left, _SLICE)):
                    break
            told = client.idle_done()[1]
    except ServerRefused as error:
        session.hang_up()
        raise Unreachable(error.sentence, error.hint) from error
    return any(word in answer for answer in told for word in _NEWS)
