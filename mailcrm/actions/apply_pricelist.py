"""Apply a price list: from its first day on its prices and floors hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session, col, select

from mailcrm.actions.command import Done, Situation, refuse_undo
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.trade.pricelist_file import NewPriceList
from mailcrm.domain.words import Sentence, say
from mailcrm.records import PriceListRecord
from mailcrm.store.prices import add_price_list

__all__ = ["COMMAND", "ApplyPricelist"]


@dataclass(frozen=True)
class ApplyPricelist:
    """Apply `new`, as `pricelist_preview` read it out of a file."""

    new: NewPriceList

    verb: ClassVar[str] = "apply_pricelist"
    title: ClassVar[Sentence] = say("Apply a price list")
    help: ClassVar[Sentence] = say(
        "Make a price list that was read from a file the one that holds from its first day on; the one before is kept, and quotes keep their version."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write it; the same list of the same file again changes nothing, another one under a known version is refused."""
        validity = self.new.validity
        same = select(PriceListRecord).where(col(PriceListRecord.version) == validity.version)
        known = session.exec(same).first()
        if known is not None and (known.sha256, known.valid_from) == (self.new.sha256, validity.valid_from):
            shown = ("pricelist", {"version": validity.version})
            return Done(
                say("{version} was applied before; nothing changed.", version=validity.version),
                shows=shown,
                topic="",
                logged=False,
            )
        if known is not None:
            raise RefusedByRule(
                say(
                    "There is a list {version} already, and a list that was applied never changes.",
                    version=validity.version,
                ),
                say("Give this one a version of its own: `--version …`."),
            )
        record = add_price_list(session, self.new, at=situation.now, by=situation.actor)
        said = say("Price list {version} holds from {day} on.", version=record.version, day=record.valid_from)
        after = {"list": record.id, "version": record.version, "sha256": record.sha256}
        return Done(said, shows=("pricelist", {"version": record.version}), after=after)

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Refuse: quotes may have been made by it."""
        del session, before, situation
        raise refuse_undo(say("A price list that was applied stays; a newer one takes its place."))


COMMAND = ApplyPricelist
