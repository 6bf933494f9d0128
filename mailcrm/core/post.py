"""Polling and sending, for whoever holds the engine's lock.

Room: core. One poll at a time in this process, and beside it one sender: what a person asks for and what the engine's ticks do wait
for each other here, and another process's engine keeps both out (Busy). Out: what happened, and told to those who listen.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from mailcrm.core.asking import QUESTIONS
from mailcrm.core.nudging import queue_nudges, read_before_retrying, tried_again
from mailcrm.core.pipeline import chosen_accounts, pass_steps, poll_accounts, resting
from mailcrm.core.sample_sending import queue_samples
from mailcrm.core.seat import Seat
from mailcrm.core.sending import file_copies, held_back, look_into_doubts, send_due
from mailcrm.core.told import Notice
from mailcrm.core.world import World
from mailcrm.domain.errors import Busy
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.rows import OutboxRow

__all__ = ["Post"]

_WAIT_FOR_HOLDER = 60.0
_LOOK_AGAIN = 0.2


class Post:
    """The post of one core; `tell` is told what changed."""

    def __init__(self, world: World, seat: Seat, tell: Callable[[Notice], None]) -> None:
        self._world = world
        self._seat = seat
        self._tell = tell
        self._polling = threading.Lock()
        self._sending = threading.Lock()

    def sync(
        self,
        *,
        account: str | None = None,
        full: bool = False,
        due: bool = False,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> tuple[Sentence, Any]:
        """Poll; `due`: only accounts that are not to be left alone for a while."""

        def tell(folder: str, done: int, total: int) -> None:
            self._tell(Notice("progress", {"folder": folder, "done": done, "total": total}))
            if progress is not None:
                progress(folder, done, total)

        with self._polling, self._seat.borrow():
            chosen = chosen_accounts(self._world, account)
            asked = [row for row in chosen if not (due and resting(self._world, row))]
            try:
                report = poll_accounts(self._world, asked, full=full, progress=tell)
                pass_steps(self._world)
            finally:
                self._tell(Notice("progress", {"folder": "", "done": 0, "total": 0}))
        return say("New mails: {count}.", count=report.new_messages), report

    def flush(self) -> tuple[Sentence, Any]:
        """Send what is due, as a person asks; `held_back` mails wait for their turn."""
        with self._sending, self._seat.borrow():
            look_into_doubts(self._world)
            tried = send_due(self._world)
            file_copies(self._world)
            waiting = held_back(self._world)
        rows = tuple(self._row(row_id) for row_id in tried)
        sent = sum(row.state == "sent" for row in rows)
        if not waiting:
            return say("Mails sent: {count}.", count=sent), rows
        said = say(
            "Mails sent: {count}. {waiting} more wait their turn and leave by themselves.", count=sent, waiting=waiting
        )
        return said, rows

    def send_now(self, row_id: int) -> None:
        """Send one mail and return after the server's answer; where another process is the engine, wait for it."""
        try:
            with self._sending, self._seat.borrow():
                send_due(self._world, only=(row_id,))
        except Busy:
            self._await_holder(row_id)

    def _await_holder(self, row_id: int) -> None:
        deadline = time.monotonic() + _WAIT_FOR_HOLDER
        pause = threading.Event()
        while time.monotonic() < deadline:
            if self._row(row_id).state not in ("queued", "sending"):
                return
            pause.wait(_LOOK_AGAIN)
        raise Busy(
            say("Another mailcrm is at work on this home and has not sent the mail yet; it stays queued."),
            say("`mailcrm outbox show {id}` tells when it left.", id=f"x{row_id}"),
        )

    def send_due(self) -> tuple[str, ...]:
        """Send what is due and look into doubts; return the ids that were tried."""
        if again := tried_again(self._world):
            with self._polling, self._seat.borrow():
                read_before_retrying(self._world, again)
        with self._sending, self._seat.borrow():
            look_into_doubts(self._world)
            tried = send_due(self._world)
        if tried:
            self._tell(Notice("outbox"))
        return tuple(f"x{row_id}" for row_id in tried)

    def send_nudges(self) -> tuple[str, ...]:
        """Send the unattended mails that are due, each after its mailbox was read; return the ids that were tried."""
        with self._polling, self._seat.borrow():
            queued = [*queue_nudges(self._world), *queue_samples(self._world)]
        if not queued:
            return ()
        with self._sending, self._seat.borrow():
            tried = send_due(self._world, only=queued)
        self._tell(Notice("outbox"))
        return tuple(f"x{row_id}" for row_id in tried)

    def file_copies(self) -> None:
        """File the Sent copies that are still missing."""
        with self._sending, self._seat.borrow():
            file_copies(self._world)

    def _row(self, row_id: int) -> OutboxRow:
        row: OutboxRow = QUESTIONS["outbox_item"](self._world, id=f"x{row_id}")
        return row
