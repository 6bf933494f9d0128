"""The façade: everything that people's rooms may ask for and do.

Room: core. `do(verb, …)` runs one command in one transaction, `ask(query, …)` returns frozen rows, `subscribe` tells of
changes. Synchronous and thread-safe: each call opens its own session. The composition root builds it (`bootstrap`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.exc import NoResultFound

from mailcrm.actions import Done, registry
from mailcrm.core.asking import QUESTIONS
from mailcrm.core.doing import gone, run_command, take_back
from mailcrm.core.notices import tick_notices
from mailcrm.core.operations import OPERATIONS, TOPICS
from mailcrm.core.pipeline import chosen_accounts, pass_steps, resting
from mailcrm.core.post import Post
from mailcrm.core.seat import Seat
from mailcrm.core.sending import adopt_orphans
from mailcrm.core.told import Engine, Notice, Outcome, VerbInfo
from mailcrm.core.tracking import ParcelWatch
from mailcrm.core.world import World
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.rows import DigestRow, OutboxRow

__all__ = ["Core", "Engine", "Notice", "Outcome", "VerbInfo"]

_REST = 5.0


class Core:
    """The house from the outside."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._engine: Engine | None = None
        self._listeners: list[Callable[[Notice], None]] = []
        self._seat = Seat(world.lock, lambda: adopt_orphans(world))
        self._parcels = ParcelWatch(world)
        self._post = Post(world, self._seat, self._tell)
        self._operations: dict[str, Callable[..., tuple[Sentence, Any]]] = {
            **{verb: partial(operation, world) for verb, operation in OPERATIONS.items()},
            "sync": self._post.sync,
            "outbox_flush": self._post.flush,
        }
        self._version = 0

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
            try:
                said, row = self._operations[verb](**arguments)
            except NoResultFound as error:
                raise gone(arguments) from error
            self._tell(Notice(TOPICS.get(verb, "health")))
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
            self._post.send_now(int(str(done.before["outgoing"])))
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

    # -- what the engine's ticks do ------------------------------------------------------------------------------------

    def send_due(self) -> tuple[str, ...]:
        """Send what is due and look into doubts; return the ids that were tried."""
        return self._post.send_due()

    def send_nudges(self) -> tuple[str, ...]:
        """Send the unattended mails that are due, each after its mailbox was read; return the ids that were tried."""
        return self._post.send_nudges()

    def file_copies(self) -> None:
        """File the Sent copies that are still missing."""
        self._post.file_copies()

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
