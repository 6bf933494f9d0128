"""Ship sample: it leaves the house, by courier with a waybill, or by hand, with the order, picked up, or within the country."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.sampling import advance, changed, evidence_of, take_back
from mailcrm.domain.couriers import check_awb, courier_named, recognise
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.samples.gates import check_step
from mailcrm.domain.samples.parcel import MODE_WORDS, Mode, Parcel
from mailcrm.domain.samples.states import SampleState
from mailcrm.domain.trade.money import parse_money
from mailcrm.domain.words import Sentence, say
from mailcrm.records import SampleRecord
from mailcrm.store.samples import Deed, put_parcel, sample_named, sample_of, snapshot

__all__ = ["COMMAND", "ShipSample"]


@dataclass(frozen=True)
class ShipSample:
    """Let sample `id` leave on `date` (today where it isn't said) by `mode`.

    By courier: `carrier` ("" where the number tells) and `awb`, whose form and check digit are looked at. `same_parcel`: other
    samples lie in it, too. `freight`: what it cost us. After trouble on the way (customs, a return) it is the new parcel.
    """

    id: str
    mode: str = Mode.COURIER.value
    carrier: str = ""
    awb: str = ""
    date: str = ""
    same_parcel: bool = False
    freight: str = ""
    evidence: str = ""

    verb: ClassVar[str] = "ship_sample"
    title: ClassVar[Sentence] = say("Ship a sample")
    help: ClassVar[Sentence] = say(
        "Say how and when a sample leaves: by courier with its waybill, by hand, with the order, picked up, or within the country."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Ship it; RefusedByRule names all that it still lacks."""
        row = sample_named(session, self.id)
        before, parcel = snapshot(row), self._parcel(situation)
        if row.state == SampleState.EXCEPTION and parcel.awb and parcel.awb == row.awb:
            raise RefusedByRule(
                say("{awb} is the parcel that is in trouble.", awb=parcel.awb),
                say("Give the number of the new parcel; one that was let go on is told by the courier."),
            )
        put_parcel(row, parcel)
        told = " ".join(filter(None, (parcel.mode.value, parcel.carrier, parcel.awb, parcel.on.isoformat())))
        deed = Deed(situation.now, situation.actor, evidence_of(session, self.evidence, told))
        self._photographed(session, row, deed)
        again = row.state == SampleState.EXCEPTION
        advance(session, row, SampleState.SHIPPED, deed)
        row.round += again
        said = say("{number} is on its way, {mode}.", number=row.number, mode=MODE_WORDS[parcel.mode])
        return changed(session, row, before, said)

    @staticmethod
    def _photographed(session: Session, row: SampleRecord, deed: Deed) -> None:
        """Take the step between, where the sample has its photo already; refuse first what can't be shipped."""
        sample = sample_of(session, row)
        if sample.state is SampleState.CHECKED and sample.photos:
            check_step(replace(sample, state=SampleState.PHOTOGRAPHED), SampleState.SHIPPED)
            advance(session, row, SampleState.PHOTOGRAPHED, deed)

    def _parcel(self, situation: Situation) -> Parcel:
        today = situation.now.astimezone(ZoneInfo(situation.zone)).date()
        on, mode = _day(self.date) if self.date.strip() else today, _mode(self.mode)
        if on > today:
            raise RefusedByRule(say("{day} is still to come.", day=on.isoformat()), say("Say so when it has left."))
        carrier, awb = self._waybill()
        freight = parse_money(self.freight) if self.freight.strip() else None
        return Parcel(mode, on, carrier, awb, freight, self.same_parcel)

    def _waybill(self) -> tuple[str, str]:
        """Return courier and number as they are kept; what a number is of, its form tells where only one courier has it."""
        written, carrier = self.awb.strip(), courier_named(self.carrier).name if self.carrier.strip() else ""
        if not written:
            return carrier, ""
        if carrier:
            return carrier, check_awb(carrier, written)
        found = recognise(written)
        right = [one for one in found if one.valid is not False]
        # A number whose check digit is wrong for one courier is sooner mistyped than that of another one without any.
        mistyped = len(right) < len(found)
        sure = [one for one in right if one.valid] or ([] if mistyped else right)
        if len({one.courier for one in sure}) != 1:
            raise UsageError(
                say("{awb} doesn't tell its courier.", awb=written),
                say(
                    "Name it: `--carrier NAME` ({known}).",
                    known=", ".join(one.courier for one in sure or found) or "dhl, fedex, ups …",
                ),
            )
        return sure[0].courier, sure[0].number

    undo = staticmethod(take_back)


def _mode(given: str) -> Mode:
    try:
        return Mode(given.strip().lower().replace("-", "_").replace(" ", "_"))
    except ValueError:
        raise UsageError(
            say("{mode} is no way to ship.", mode=given), say("Ways are: {known}.", known=", ".join(Mode))
        ) from None


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise UsageError(say("{day} is no day.", day=given), say("Write it as 2026-12-01.")) from None


COMMAND = ShipSample
