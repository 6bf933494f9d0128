"""A core that is opened behind the first paint.

Room: core. In: what opens the core, and what can be told without it. Out: a `Desk`, as the screens know one. To load everything takes
four times as long as to paint: the screens stand and show the first list meanwhile, and whoever asks or does anything waits, each
in a thread of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from mailcrm.domain.errors import MailcrmError

if TYPE_CHECKING:
    from mailcrm.core.facade import Core, Notice, Outcome

__all__ = ["Desk", "LateCore"]

Unsubscribe = Callable[[], None]


class Desk(Protocol):
    """What the screens want of a core; see `facade.Core`."""

    def now(self) -> datetime:
        """Return the instant; touches neither database nor network."""
        ...

    def zone(self) -> str:
        """Return the IANA zone to show instants in; likewise."""
        ...

    def home(self) -> Path:
        """Return the directory in which everything of this home lies; likewise."""
        ...

    def poll_seconds(self) -> int:
        """Return how often the engine asks the servers at least; likewise, once anything was answered."""
        ...

    def ask(self, query: str, /, **arguments: Any) -> Any:  # noqa: ANN401  (each query has rows of its own)
        """Return the rows of `query`."""
        ...

    def do(self, verb: str, /, **arguments: Any) -> Outcome:  # noqa: ANN401  (each verb has arguments of its own)
        """Run one command."""
        ...

    def subscribe(self, listener: Callable[[Notice], None]) -> Unsubscribe:
        """Tell `listener` of every change; return what ends it."""
        ...

    def engine_start(self) -> None:
        """Start the background engine in this process."""
        ...


class LateCore:
    """A `Desk` whose core is opened by whoever first wants anything of it. `home`, `now` and `zone` are told until then."""

    def __init__(self, open_core: Callable[[], Core], home: Path, now: Callable[[], datetime], zone: str) -> None:
        self._open_core = open_core
        self._home = home
        self._now = now
        self._zone = zone
        self._opening = threading.Lock()
        self._core: Core | None = None
        self._trouble: MailcrmError | None = None

    def now(self) -> datetime:
        """Return the instant."""
        return self._core.now() if self._core is not None else self._now()

    def zone(self) -> str:
        """Return the zone to show instants in."""
        return self._core.zone() if self._core is not None else self._zone

    def home(self) -> Path:
        """Return the home's directory."""
        return self._home

    def poll_seconds(self) -> int:
        """Return how often the engine asks the servers at least."""
        return self.whole().poll_seconds()

    def ask(self, query: str, /, **arguments: Any) -> Any:  # noqa: ANN401  (as the core's)
        """Return the rows of `query`."""
        return self.whole().ask(query, **arguments)

    def do(self, verb: str, /, **arguments: Any) -> Outcome:  # noqa: ANN401  (as the core's)
        """Run one command."""
        return self.whole().do(verb, **arguments)

    def subscribe(self, listener: Callable[[Notice], None]) -> Unsubscribe:
        """Tell `listener` of every change."""
        return self.whole().subscribe(listener)

    def engine_start(self) -> None:
        """Start the background engine."""
        self.whole().engine_start()

    def whole(self) -> Core:
        """Return the core, opened now if nobody did before; what kept it from opening is raised each time."""
        with self._opening:
            if self._trouble is not None:
                raise self._trouble
            if self._core is None:
                try:
                    self._core = self._open_core()
                except MailcrmError as error:
                    self._trouble = error
                    raise
            return self._core

    def close(self) -> None:
        """Close the core; raise what kept it from opening."""
        with self._opening:
            if self._core is not None:
                self._core.close()
            if self._trouble is not None:
                raise self._trouble
