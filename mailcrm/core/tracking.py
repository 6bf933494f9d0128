"""Asking the tracking service where the open parcels of samples are, at a person's wish or in the engine's tick.

Room: core. In: the samples on their way. Out: proposals (rules.samples.tracking), rows for a person. The service is asked outside of any
transaction. What it answered before a failure counts; a service in trouble is left alone for longer and longer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from mailcrm.core.world import World
from mailcrm.domain.backoff import next_try
from mailcrm.domain.errors import ConfigError, Deferred, LoginRefused, MailcrmError, RefusedByRule, RemoteError
from mailcrm.domain.samples.states import IN_A_PARCEL, SampleState
from mailcrm.domain.words import Sentence, say
from mailcrm.ports.tracking import Tracker, TrackingEvent
from mailcrm.queries.rows import ParcelNewsRow
from mailcrm.records import SampleRecord
from mailcrm.rules.samples.tracking import suggest_tracked
from mailcrm.store.samples import sample_named

__all__ = ["ParcelWatch", "track_samples"]

_Parcel = tuple[str, str]


@dataclass(slots=True)
class ParcelWatch:
    """Asks in every tick that it may. Only the engine's holder has one at work; what it remembers is how often asking failed."""

    world: World
    _failures: int = 0
    _not_before: datetime | None = field(default=None)

    def look(self) -> bool:
        """Ask for every open parcel; return whether anything new is suggested. The service's trouble is raised, once a while."""
        tracker, now = self.world.tracker, self.world.clock.now()
        if tracker is None or (self._not_before is not None and now < self._not_before):
            return False
        with self.world.store.read() as session:
            parcels = _open_parcels(session)
        answers, trouble = _ask(tracker, parcels)
        suggested = _suggest(self.world, answers)
        self._rest(trouble, now)
        if trouble is not None and not isinstance(trouble, Deferred):
            raise trouble
        return any(suggested.values())

    def _rest(self, trouble: MailcrmError | None, now: datetime) -> None:
        """Leave the service alone after trouble; to be asked to wait is none, so that doesn't add up."""
        if trouble is None:
            self._failures, self._not_before = 0, None
            return
        self._failures = 1 if isinstance(trouble, Deferred) else self._failures + 1
        refused = isinstance(trouble, LoginRefused)
        asked_for = trouble.retry_after if isinstance(trouble, RemoteError) else None
        self._not_before = next_try(self._failures, now, name="tracking", login_refused=refused, asked_for=asked_for)


def track_samples(world: World, *, sample: str = "") -> tuple[Sentence, tuple[ParcelNewsRow, ...]]:
    """Ask where the parcels are now, or that of one sample; RefusedByRule where it is in none, ConfigError where asking is off."""
    if world.tracker is None:
        raise ConfigError(
            say("Nobody is asked where parcels are: that is switched off."),
            say(
                'Name a service under [tracking] in mailcrm.toml, such as service = "17track", or look at the courier\'s page: `mailcrm sample statuses`.'
            ),
        )
    with world.store.read() as session:
        parcels = [_parcel_of(session, sample)] if sample else _open_parcels(session)
        carried = {parcel: _carried(session, parcel) for parcel in parcels}
    answers, trouble = _ask(world.tracker, parcels)
    suggested = _suggest(world, answers)
    if trouble is not None:
        raise trouble
    rows = tuple(_row(parcel, carried[parcel], answers[parcel], suggested[parcel]) for parcel in parcels)
    count = sum(map(len, suggested.values()))
    return say("Suggested: {count}.", count=count), rows


def _open_parcels(session: Session) -> list[_Parcel]:
    """Return courier and waybill of each parcel that is on its way, the oldest first."""
    rows = session.exec(
        select(SampleRecord.carrier, SampleRecord.awb)
        .where(col(SampleRecord.state).in_([state.value for state in IN_A_PARCEL]), col(SampleRecord.awb) != "")
        .order_by(col(SampleRecord.shipped_on), col(SampleRecord.id))
    )
    return list(dict.fromkeys((carrier, awb) for carrier, awb in rows))


def _parcel_of(session: Session, sample: str) -> _Parcel:
    row = sample_named(session, sample)
    if SampleState(row.state) not in IN_A_PARCEL or not row.awb:
        raise RefusedByRule(
            say("{number} is in no parcel that is on its way.", number=row.number),
            say("`mailcrm sample statuses` lists the parcels that are."),
        )
    return row.carrier, row.awb


def _carried(session: Session, parcel: _Parcel) -> tuple[str, ...]:
    under_way = [state.value for state in IN_A_PARCEL]
    found = select(SampleRecord.id).where(
        col(SampleRecord.carrier) == parcel[0], col(SampleRecord.awb) == parcel[1], col(SampleRecord.state).in_(under_way)
    )  # fmt: skip
    return tuple(f"s{one}" for one in session.exec(found.order_by(col(SampleRecord.id))))


def _ask(
    tracker: Tracker, parcels: list[_Parcel]
) -> tuple[dict[_Parcel, tuple[TrackingEvent, ...]], MailcrmError | None]:
    """Return what is known of the parcels up to the first trouble, and that."""
    answers: dict[_Parcel, tuple[TrackingEvent, ...]] = {}
    for parcel in parcels:
        try:
            answers[parcel] = tracker.look(*parcel)
        except MailcrmError as error:
            return answers, error
    return answers, None


def _suggest(world: World, answers: Mapping[_Parcel, tuple[TrackingEvent, ...]]) -> dict[_Parcel, tuple[int, ...]]:
    if not any(answers.values()):
        return dict.fromkeys(answers, ())
    now = world.clock.now()
    with world.store.begin() as session:
        return {parcel: suggest_tracked(session, parcel, events, now) for parcel, events in answers.items()}


def _row(
    parcel: _Parcel, samples: tuple[str, ...], events: tuple[TrackingEvent, ...], suggested: tuple[int, ...]
) -> ParcelNewsRow:
    newest = events[0] if events else TrackingEvent("")
    return ParcelNewsRow(
        awb=parcel[1],
        carrier=parcel[0],
        samples=samples,
        status=newest.status,
        at=newest.at,
        told=newest.told,
        place=newest.place,
        customs=newest.customs,
        suggested=tuple(f"s{one}" for one in suggested),
    )
