"""What people were told of deadlines.

Room: queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailcrm.domain.words import Sentence

__all__ = ["DigestRow", "NoticeLine"]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A deadline in a digest; `more` is for those who are told of what stays undone. `thread_id` "": an order that hangs on no mail.

    `state`: "open"; "settled": it was answered, waived or promised since; "withdrawn": it had been answered in time, as was
    found later.
    """

    thread_id: str
    level: str
    deadline: datetime
    said: Sentence
    more: Sentence | None
    state: str


@dataclass(frozen=True, slots=True)
class DigestRow:
    """One digest; `person` is "" for the rep where nobody is written down.

    `back`: the day (ISO) on which the office is back, where rest days were ahead, and `bridge` what is said of them. `ways`: "mail", "desktop".
    """

    id: str
    person: str
    at: datetime
    title: Sentence
    lines: tuple[NoticeLine, ...]
    back: str | None
    bridge: tuple[Sentence, ...]
    ways: tuple[str, ...]
    read_at: datetime | None
