"""What the tracking service says of a parcel.

Room: queries.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["ParcelNewsRow"]


@dataclass(frozen=True, slots=True)
class ParcelNewsRow:
    """The newest that a service knows of a parcel: `status` shipped, in_transit, delivered, exception, "" for nothing yet.

    `told` and `place` are a courier's words. `suggested`: the samples for which something new is suggested now.
    """

    awb: str
    carrier: str
    samples: tuple[str, ...]
    status: str
    at: datetime | None
    told: str
    place: str
    customs: bool
    suggested: tuple[str, ...]
