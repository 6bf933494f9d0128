"""The engine: polls, sends, tells people of deadlines and takes over, in the TUI's process or headless (`mailcrm run`).

Room: service. In: the core. Out: events. The database is the schedule: APScheduler only ticks over rows that are due, so
sleep, clock jumps and restarts lose nothing. Whoever holds the engine's lock works; the others try for it every two
seconds, so a dead holder is replaced within five.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from mailcrm.core.facade import Core, Notice
from mailcrm.domain.backoff import next_try
from mailcrm.domain.errors import MailcrmError, NotFound
from mailcrm.queries.rows import SyncReport

__all__ = ["BackgroundEngine"]

_LOCK_SECONDS = 2
_LOOK_SECONDS = 2
_SEND_SECONDS = 1
_COPY_SECONDS = 60
_NOTICE_SECONDS = 20
_NUDGE_SECONDS = 60
_STEP_SECONDS = 30
_IDLE_SECONDS = 20 * 60
_WELL = timedelta(minutes=5)

OnEvent = Callable[[Mapping[str, object]], None]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class BackgroundEngine:
    """Start and stop, or `run` until told to stop. Errors are supervised here: one tick's failure never ends the engine."""

    core: Core
    _scheduler: BackgroundScheduler | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _news: threading.Event = field(default_factory=threading.Event)
    _watchers: dict[str, threading.Thread] = field(default_factory=dict)
    _on_event: OnEvent = lambda _event: None
    _holder: bool = False
    _told_to_wait: bool = False
    _unsubscribe: Callable[[], None] | None = None

    def start(self) -> None:
        """Begin to tick; harmless when already begun."""
        if self._scheduler is not None:
            return
        self._stop.clear()
        # A tick that comes while the one before is still at work is left out: that is meant, and no news.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        scheduler.add_job(self._supervised(self._hold), "interval", seconds=_LOCK_SECONDS, id="lock")
        scheduler.add_job(self._supervised(self.core.notice_changes), "interval", seconds=_LOOK_SECONDS, id="look")
        scheduler.add_job(self._supervised(self._send), "interval", seconds=_SEND_SECONDS, id="send")
        scheduler.add_job(self._supervised(self._notices), "interval", seconds=_NOTICE_SECONDS, id="notices")
        scheduler.add_job(self._supervised(self._copies), "interval", seconds=_COPY_SECONDS, id="copies")
        scheduler.add_job(self._supervised(self._steps), "interval", seconds=_STEP_SECONDS, id="steps")
        scheduler.add_job(self._supervised(self._nudge), "interval", seconds=_NUDGE_SECONDS, id="nudge")
        scheduler.add_job(self._supervised(self._poll), "interval", seconds=self.core.poll_seconds(), id="poll")
        self._scheduler = scheduler
        self._unsubscribe = self.core.subscribe(self._heard)
        scheduler.start()
        self._soon("lock")

    def stop(self) -> None:
        """End the ticks, wait for the one at work, let go of the lock."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is None:
            return
        self._stop.set()
        if self._unsubscribe is not None:
            self._unsubscribe()
        scheduler.shutdown(wait=True)
        for watcher in self._watchers.values():
            watcher.join()
        self._watchers.clear()
        self._holder = False
        self.core.leave_engine()

    def run(self, stop: threading.Event, on_event: OnEvent) -> None:
        """Work until `stop` is set, telling what happens."""
        self._on_event = on_event
        self._tell("started")
        self.start()
        stop.wait()
        self.stop()
        self._tell("stopped")

    def _tell(self, event: str, **details: object) -> None:
        self._on_event({"at": self.core.now(), "event": event, **details})

    def _supervised(self, tick: Callable[[], None]) -> Callable[[], None]:
        def guarded() -> None:
            try:
                tick()
            except MailcrmError as error:
                self._tell("trouble", error=str(error))
            except Exception:  # noqa: BLE001  (the supervisor: whatever a tick raises, the next one comes)
                _log.exception("a tick failed; the next one tries again")
                self._tell("trouble", error="unexpected, see the log")

        return guarded

    def _soon(self, job: str) -> None:
        """Run a job now, before its next tick."""
        scheduler = self._scheduler
        if scheduler is not None and scheduler.running:
            scheduler.modify_job(job, next_run_time=self.core.now())

    # -- ticks --------------------------------------------------------------------------------------------------------

    def _hold(self) -> None:
        if self._holder:
            return
        if not self.core.take_engine():
            if not self._told_to_wait:
                self._told_to_wait = True
                self._tell("waiting", holder=self.core.engine_holder())
            return
        self._holder = True
        self._tell("engine")
        self._watch()
        self._soon("poll")
        self._soon("send")
        self._soon("notices")

    def _send(self) -> None:
        if self._holder:
            for mail in self.core.send_due():
                row = self.core.ask("outbox_item", id=mail)
                self._tell("mail", id=mail, state=row.state)

    def _nudge(self) -> None:
        if self._holder:
            for mail in self.core.send_nudges():
                row = self.core.ask("outbox_item", id=mail)
                self._tell("mail", id=mail, state=row.state)

    def _steps(self) -> None:
        if self._holder:
            self.core.tick_steps()

    def _copies(self) -> None:
        if self._holder:
            self.core.file_copies()

    def _notices(self) -> None:
        if self._holder:
            for digest in self.core.tick_notices():
                self._tell("notice", id=digest.id, person=digest.person, lines=len(digest.lines))

    def _poll(self) -> None:
        """Poll, and again as long as news came meanwhile: a tick that falls into one at work is left out."""
        while self._holder and not self._stop.is_set():
            self._news.clear()
            self._poll_once()
            if not self._news.is_set():
                return

    def _poll_once(self) -> None:
        report: SyncReport = self.core.do("sync", due=True).row
        self._watch()
        for account in report.accounts:
            details: dict[str, object] = {"account": account.name, "new": sum(folder.new for folder in account.folders)}
            if account.error is not None:
                details["error"] = str(account.error)
            self._tell("poll", **details)

    def _heard(self, notice: Notice) -> None:
        """Send at once what was just queued."""
        if notice.topic == "outbox" and self._holder and not self._stop.is_set():
            self._soon("send")

    # -- waiting for mail ---------------------------------------------------------------------------------------------

    def _watch(self) -> None:
        """Have a thread wait at each account's inbox; what it hears only wakes the poll."""
        for account in self.core.ask("accounts"):
            if account.name not in self._watchers:
                watcher = threading.Thread(target=self._listen, args=(account.name,), name=f"idle {account.name}")
                watcher.daemon = True
                self._watchers[account.name] = watcher
                watcher.start()

    def _heard_mail(self) -> None:
        self._news.set()
        self._soon("poll")

    def _listen(self, account: str) -> None:
        failures = 0
        while not self._stop.is_set():
            began = self.core.now()
            try:
                self.core.watch(account, _IDLE_SECONDS, self._stop, self._heard_mail)
            except NotFound:  # the account was removed meanwhile
                self._watchers.pop(account, None)
                return
            except MailcrmError:  # the poll tells of it, with the mend
                failures += 1
            except Exception:  # noqa: BLE001  (the supervisor: waiting only wakes, the poll comes anyway)
                _log.exception("waiting for mail failed; tried again")
                failures += 1
            else:
                failures = 0
                continue
            now = self.core.now()
            failures = failures if now - began < _WELL else 1  # it stood for long: one cut is no streak
            self._stop.wait((next_try(failures, now, name=account) - now).total_seconds())
