"""The façade: everything that people's rooms may ask for and do.

Room: core. `do(verb, …)` runs one command in one transaction, `ask(query, …)` returns frozen rows, `subscribe` tells of
changes. Synchronous and thread-safe: each call opens its own session. The composition root builds it (`bootstrap`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.exc import NoResultFound

from mailcrm.actions import Done, registry
from mailcrm.core.accounts import add_account, authorize_account, remove_account
from mailcrm.core.asking import QUESTIONS
from mailcrm.core.doing import gone, run_command, take_back
from mailcrm.core.files import open_attachment, open_link, open_paper, save_attachment, save_paper
from mailcrm.core.importing import import_mail
from mailcrm.core.looks import choose_theme
from mailcrm.core.notices import read_notices, tick_notices
from mailcrm.core.nudging import queue_nudges, read_before_retrying, tried_again
from mailcrm.core.our_company import OPERATIONS as OUR_COMPANY
from mailcrm.core.pipeline import chosen_accounts, pass_steps, poll_accounts, resting
from mailcrm.core.pressing import press_example
from mailcrm.core.pressing_orders import press_order
from mailcrm.core.printing_samples import print_sample
from mailcrm.core.rebuilding import rebuild
from mailcrm.core.rereading import reparse, retry_quarantine
from mailcrm.core.sample_sending import queue_samples
from mailcrm.core.seat import Seat
from mailcrm.core.sending import adopt_orphans, file_copies, held_back, look_into_doubts, send_due
from mailcrm.core.team import add_person, add_presence, remove_person, remove_presence
from mailcrm.core.tracking import ParcelWatch, track_samples
from mailcrm.core.whole import fetch_whole
from mailcrm.core.world import World
from mailcrm.domain.errors import Busy
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.rows import DigestRow, OutboxRow

__all__ = ["Core", "Engine", "Notice", "Outcome", "VerbInfo"]

_WAIT_FOR_HOLDER = 60.0
_LOOK_AGAIN = 0.2
_REST = 5.0
# What an operation changes, for those who listen; "health" where nothing else is told.
_TOPICS = {
    **dict.fromkeys(("sync", "import_mail", "fetch_whole", "reparse", "quarantine_retry"), "mail"),
    **dict.fromkeys(("add_person", "remove_person", "add_presence", "remove_presence"), "turns"),  # whose list it is
    "track_samples": "turns",
    "read_notices": "notices",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: a sentence for a toast, the row it returns, the action-log id that undoes it, and the mail that it wrote."""

    said: Sentence
    row: Any = None
    action: str | None = None
    mail: OutboxRow | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something changed; `topic` is "mail", "outbox", "turns", "notices", "health" or "settings".

    Or it goes on: `topic` is "progress", and `detail` tells the folder that is read, how many mails are done and of how many.
    """

    topic: str
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VerbInfo:
    """A verb for palette and help."""

    verb: str
    title: Sentence
    help: Sentence


class Engine(Protocol):
    """The background engine; the composition root gives the core one."""

    def start(self) -> None:
        """Begin in threads of its own."""
        ...

    def stop(self) -> None:
        """End, and let go of the lock."""
        ...

    def run(self, stop: threading.Event, on_event: Callable[[Mapping[str, object]], None]) -> None:
        """Work until `stop` is set."""
        ...


class Core:
    """The house from the outside."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._engine: Engine | None = None
        self._listeners: list[Callable[[Notice], None]] = []
        self._seat = Seat(world.lock, lambda: adopt_orphans(world))
        self._parcels = ParcelWatch(world)
        self._polling = threading.Lock()  # one poll at a time in this process, and beside it one sender
        self._sending = threading.Lock()
        self._version = 0
        self._operations: dict[str, Callable[..., tuple[Sentence, Any]]] = {
            "add_account": add_account,
            "authorize_account": authorize_account,
            "remove_account": remove_account,
            "add_person": add_person,
            "remove_person": remove_person,
            "add_presence": add_presence,
            "remove_presence": remove_presence,
            "choose_theme": choose_theme,
            "import_mail": import_mail,
            "fetch_whole": fetch_whole,
            "reparse": reparse,
            "rebuild": rebuild,
            "quarantine_retry": retry_quarantine,
            "read_notices": read_notices,
            "sync": self._sync,
            "outbox_flush": self._flush,
            "save_attachment": save_attachment,
            "open_attachment": open_attachment,
            "open_link": open_link,
            "press_example": press_example,
            "press_order": press_order,
            "print_sample": print_sample,
            "track_samples": track_samples,
            **OUR_COMPANY,
            "save_paper": save_paper,
            "open_paper": open_paper,
        }

    # -- the moment ---------------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        """Return the instant by the injected clock, aware UTC."""
        return self._world.clock.now()

    def zone(self) -> str:
        """Return the IANA zone to show instants in."""
        return self._world.zone

    def home(self) -> Path:
        """Return the directory in which everything of this home lies."""
        return self._world.home

    def poll_seconds(self) -> int:
        """Return how often the engine asks the servers at least."""
        return self._world.settings.sync.poll_seconds

    # -- asking and doing ---------------------------------------------------------------------------------------------

    def verbs(self) -> tuple[VerbInfo, ...]:
        """Return every command with its title and help."""
        return tuple(VerbInfo(verb, command.title, command.help) for verb, command in sorted(registry().items()))

    def ask(self, query: str, /, **arguments: Any) -> Any:  # noqa: ANN401  (each query has rows of its own)
        """Return the rows of `query`; NotFound for an id that doesn't exist."""
        try:
            return QUESTIONS[query](self._world, **arguments)
        except NoResultFound as error:
            raise gone(arguments) from error

    def do(self, verb: str, /, **arguments: Any) -> Outcome:  # noqa: ANN401  (each verb has arguments of its own)
        """Run one command in one transaction and tell the subscribers."""
        if verb in self._operations:
            operation = self._operations[verb]
            bound = operation if verb in ("sync", "outbox_flush") else _with(self._world, operation)
            try:
                said, row = bound(**arguments)
            except NoResultFound as error:
                raise gone(arguments) from error
            self._tell(Notice(_TOPICS.get(verb, "health")))
            return Outcome(said, row)
        if verb == "undo":
            return self._undo(**arguments)
        return self._command(verb, arguments)

    def subscribe(self, listener: Callable[[Notice], None]) -> Callable[[], None]:
        """Tell `listener` of every change, from any thread; return what ends it."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def _tell(self, notice: Notice) -> None:
        for listener in list(self._listeners):
            listener(notice)

    def _command(self, verb: str, arguments: Mapping[str, Any]) -> Outcome:
        done, action = run_command(self._world, verb, arguments)
        if arguments.get("mode") == "send" and done.before and "outgoing" in done.before:
            self._send_now(int(str(done.before["outgoing"])))
        if done.topic:
            self._tell(Notice(done.topic, {"thread": f"t{done.thread_id}" if done.thread_id else None}))
        row = self.ask(done.shows[0], **done.shows[1]) if done.shows else None
        return Outcome(done.said, row, action, self._written(done, row))

    def _written(self, done: Done, row: object) -> OutboxRow | None:
        """Return the mail that a command wrote, whatever else its row is about."""
        if isinstance(row, OutboxRow):
            return row
        written = (done.before or {}).get("outgoing")
        mail: OutboxRow | None = self.ask("outbox_item", id=f"x{written}") if isinstance(written, int) else None
        return mail

    def _undo(self, *, id: str | None = None) -> Outcome:  # noqa: A002  (as on the command line)
        entry = take_back(self._world, id)
        self._tell(Notice("turns", {"thread": f"t{entry.thread_id}" if entry.thread_id else None}))
        row = self.ask("thread", id=f"t{entry.thread_id}") if entry.thread_id else None
        return Outcome(say("Taken back: {verb}.", verb=registry()[entry.verb].title), row)

    # -- polling and sending, for whoever holds the engine's lock ------------------------------------------------------

    def _sync(
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

    def _flush(self) -> tuple[Sentence, Any]:
        with self._sending, self._seat.borrow():
            look_into_doubts(self._world)
            tried = send_due(self._world)
            file_copies(self._world)
            waiting = held_back(self._world)
        rows = tuple(self.ask("outbox_item", id=f"x{row_id}") for row_id in tried)
        sent = sum(row.state == "sent" for row in rows)
        if not waiting:
            return say("Mails sent: {count}.", count=sent), rows
        said = say(
            "Mails sent: {count}. {waiting} more wait their turn and leave by themselves.", count=sent, waiting=waiting
        )
        return said, rows

    def _send_now(self, row_id: int) -> None:
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
            row: OutboxRow = self.ask("outbox_item", id=f"x{row_id}")
            if row.state not in ("queued", "sending"):
                return
            pause.wait(_LOOK_AGAIN)
        raise Busy(
            say("Another mailcrm is at work on this home and has not sent the mail yet; it stays queued."),
            say("`mailcrm outbox show {id}` tells when it left.", id=f"x{row_id}"),
        )

    def take_engine(self) -> bool:
        """Become the engine if nobody is; whoever died while sending left mails in doubt, which are noted now."""
        taken = self._seat.keep()
        if taken:
            self._tell(Notice("health"))
        return taken

    def engine_holder(self) -> int | None:
        """Return the process that is the engine, None where nobody is (for display only)."""
        return self._world.lock.holder()

    def leave_engine(self) -> None:
        """Let another process be the engine."""
        self._seat.leave()
        self._tell(Notice("health"))

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

    def tick_notices(self) -> tuple[DigestRow, ...]:
        """Tell whoever is to be told of a deadline by now; return the new digests. Twice at once tells nobody twice."""
        told = tick_notices(self._world)
        if told:
            self._tell(Notice("notices"))
            self._tell(Notice("outbox"))
        return told

    def tick_steps(self) -> None:
        """Let samples, quotes and orders do what is due by now, and ask where parcels are; the service's trouble is raised last."""
        if pass_steps(self._world):
            self._tell(Notice("turns"))
        if self._parcels.look():
            self._tell(Notice("turns"))

    def notice_changes(self) -> None:
        """Tell the subscribers when the database was written to since the last call, by this process or another one."""
        version = self._world.store.data_version()
        if version != self._version:
            self._version = version
            self._tell(Notice("mail"))

    # -- the background engine -----------------------------------------------------------------------------------------

    def use_engine(self, engine: Engine) -> None:
        """Give the core its engine (the composition root does)."""
        self._engine = engine

    def engine_start(self) -> None:
        """Start the background engine in this process; it takes over when nobody else is at work."""
        if self._engine is not None:
            self._engine.start()

    def engine_stop(self) -> None:
        """Stop the background engine."""
        if self._engine is not None:
            self._engine.stop()

    def run(self, stop: threading.Event, on_event: Callable[[Mapping[str, object]], None]) -> None:
        """Be the service until `stop` is set."""
        if self._engine is not None:
            self._engine.run(stop, on_event)

    def watch(self, account: str, seconds: float, stop: threading.Event, on_news: Callable[[], None]) -> None:
        """Wait at the account's inbox until `stop` is set, calling `on_news` whenever the server speaks.

        Without news the wait is begun anew every `seconds`. Raises what the connection raises; returns soon, for the
        caller to call again, while the account's servers are to be left alone.
        """
        row = chosen_accounts(self._world, account)[0]
        if resting(self._world, row):
            stop.wait(_REST)
            return
        source = self._world.open_source(row, stop)
        try:
            source.examine(b"INBOX")
            on_news()  # whatever came between the last poll and now is told by nobody else
            while not stop.is_set():
                if source.wait(seconds):
                    on_news()
        finally:
            source.close()

    def close(self) -> None:
        """Stop everything and let go of the database."""
        self.engine_stop()
        self._seat.leave()
        self._world.store.close()


def _with(world: World, operation: Callable[..., tuple[Sentence, Any]]) -> Callable[..., tuple[Sentence, Any]]:
    def bound(**arguments: Any) -> tuple[Sentence, Any]:  # noqa: ANN401  (passed on)
        return operation(world, **arguments)

    return bound
