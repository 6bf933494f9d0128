"""How a sample leaves the house.

Room: domain. In: mode, day and, by courier, the waybill. Out: a frozen `Parcel`, its storable form, and what is still missing in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from mailcrm.domain.trade.money import Money
from mailcrm.domain.words import Sentence, say

__all__ = ["MODE_WORDS", "Mode", "Parcel"]


class Mode(StrEnum):
    """The ways that a sample may go (trade.md)."""

    COURIER = "courier"
    HAND_CARRY = "hand_carry"
    WITH_ORDER = "with_order"
    PICK_UP = "pick_up"
    DOMESTIC = "domestic"


MODE_WORDS: dict[Mode, Sentence] = {
    Mode.COURIER: say("by courier"),
    Mode.HAND_CARRY: say("carried by hand"),
    Mode.WITH_ORDER: say("with the order"),
    Mode.PICK_UP: say("picked up by them"),
    Mode.DOMESTIC: say("domestic, to their address here"),
}


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel: `carrier` and `awb` (no spaces, upper case) by courier; `freight` what it cost us; `same_parcel`: others are in it, too."""

    mode: Mode
    on: date
    carrier: str = ""
    awb: str = ""
    freight: Money | None = None
    same_parcel: bool = False

    @property
    def needs_awb(self) -> bool:
        """Whether it can be followed by a waybill only; a parcel within the country may have one."""
        return self.mode is Mode.COURIER

    def to_json(self) -> dict[str, Any]:
        """Return the storable form."""
        return {
            "mode": self.mode.value,
            "on": self.on.isoformat(),
            "carrier": self.carrier,
            "awb": self.awb,
            "freight": self.freight.to_json() if self.freight else None,
            "same_parcel": self.same_parcel,
        }

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> Parcel:
        """Return what `to_json` stored."""
        freight = stored.get("freight")
        return Parcel(
            Mode(stored["mode"]),
            date.fromisoformat(stored["on"]),
            stored.get("carrier", ""),
            stored.get("awb", ""),
            Money.from_json(freight) if freight else None,
            bool(stored.get("same_parcel")),
        )
