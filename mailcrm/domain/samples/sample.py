"""A sample as the rules see it.

Room: domain. Values only; `store.samples` makes them of a record and its files. All instants are aware UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mailcrm.domain.samples.checklist import CheckLine
from mailcrm.domain.samples.kinds import Direction, asks_for, needs_signature
from mailcrm.domain.samples.parcel import Parcel
from mailcrm.domain.samples.sheet import Sheet
from mailcrm.domain.samples.signing import Signature
from mailcrm.domain.samples.states import SampleState

__all__ = ["Away", "Sample", "printed"]


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody whom we ask is away: told at `at`, back on `back` (None: the note names no day)."""

    at: datetime
    back: date | None


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample in its present version.

    `since`: when it came into its state. `signature` is the latest one, which holds only for what it was given for (`is_signed`).
    `lines` are the checklist as far as it was ticked, `photos` counts those of this version. `shared_with`: the numbers of other
    open samples with the same waybill. `asked_at`: when the feedback mail left, `followed_up` when each follow-up did.
    """

    number: str
    version: int
    state: SampleState
    sheet: Sheet
    since: datetime
    author: str = ""
    signature: Signature | None = None
    lines: tuple[CheckLine, ...] = ()
    photos: int = 0
    parcel: Parcel | None = None
    shared_with: tuple[str, ...] = ()
    delivered_at: datetime | None = None
    asked_at: datetime | None = None
    followed_up: tuple[datetime, ...] = ()
    away: tuple[Away, ...] = ()

    @property
    def name(self) -> str:
        """The number that people print and say, with its version from the second on."""
        return printed(self.number, self.version)

    @property
    def is_signed(self) -> bool:
        """Whether the sheet, exactly as it stands, is signed."""
        return self.signature is not None and self.signature.content == self.sheet.content_hash()

    @property
    def needs_signature(self) -> bool:
        """Whether it is made only after somebody signed."""
        return needs_signature(self.sheet.kind, self.sheet.direction)

    @property
    def is_ours(self) -> bool:
        """Whether it goes from us to the customer."""
        return self.sheet.direction is Direction.OURS

    @property
    def asks_for(self) -> str:
        """What the customer is asked: "order", "production" or "shipment"."""
        return asks_for(self.sheet.kind)


def printed(number: str, version: int) -> str:
    """Return a number as it is printed: "SMP-2026-0012/v2"."""
    return f"{number}/v{version}" if version > 1 else number
