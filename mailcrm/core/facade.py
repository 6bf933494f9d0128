"""The façade: everything that people's rooms may ask for and do.

Room: core. `do(verb, …)` runs one command in one transaction, `ask(query, …)` returns frozen rows, `subscribe` tells of
changes. Synchronous and thread-safe: each call opens its own session. The composition root builds it (`bootstrap`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import Sentence, say

__all__ = ["Core", "Notice", "Outcome", "VerbInfo"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: a sentence for a toast, the row it returns, and the action-log id that undoes it."""

    said: Sentence
    row: Any = None
    action: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something changed; `topic` is "mail", "outbox", "turns", "health" or "settings"."""

    topic: str
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VerbInfo:
    """A verb for palette and help."""

    verb: str
    title: Sentence
    help: Sentence
