"""Write down a whole table of refund rates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.trade.refund_file import read_refund_file
from mailcrm.domain.words import Sentence, say
from mailcrm.store.refund_rates import NewRefund, take_back_refunds, write_refund

__all__ = ["COMMAND", "ImportRefunds"]


@dataclass(frozen=True)
class ImportRefunds:
    """`content`: the bytes of a .csv file. Rows that say no rate, or contradict the table, are left out; `refund_preview` tells them."""

    content: bytes

    verb: ClassVar[str] = "import_refunds"
    title: ClassVar[Sentence] = say("Import refund rates")
    help: ClassVar[Sentence] = say(
        "Take over a table of refund rates from a .csv file, after a look at what it would change."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write what the file says."""
        befores: list[dict[str, Any]] = []
        read, _skipped = read_refund_file(self.content)
        for each in read:
            try:
                new = NewRefund(each.rate, each.source)
                written = write_refund(session, new, by=situation.actor, at=situation.now)
            except RefusedByRule:
                continue
            if written.state != "duplicate":
                befores.append(dict(written.before))
        said = say("Refund rates written: {count}.", count=len(befores))
        return Done(said, shows=("refund_rates", {}), before={"written": befores})

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Give the table back as it was."""
        del situation
        take_back_refunds(session, before["written"])
        return frozenset()


COMMAND = ImportRefunds
