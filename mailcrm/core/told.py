"""What the core tells people's rooms, and what it asks of its engine.

Room: core. Plain values; `facade` is where they are taken from.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from mailcrm.domain.words import Sentence
from mailcrm.queries.rows import OutboxRow

__all__ = ["Engine", "Notice", "Outcome", "VerbInfo"]


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
