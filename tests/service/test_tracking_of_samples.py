"""What the tracking service says of samples' parcels: asked in the engine's tick, or now; suggested, never made by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from ingest.mailroom import Mailroom
from service.samplehouse import AWB, DELIVERED, MONDAY, SampleHouse

from mailcrm.adapters.tracking.fake import FakeTracker
from mailcrm.adapters.tracking.troubles import away, too_often
from mailcrm.core.facade import Core
from mailcrm.domain.errors import ConfigError, Deferred, NotFound, RefusedByRule, Unreachable
from mailcrm.ports.tracking import TrackingEvent
from mailcrm.records import SampleRecord
from mailcrm.store.engine import Store

THERE = TrackingEvent("delivered", DELIVERED.astimezone(UTC), "Delivered, signed by VRIES", "Hamburg")
HELD = TrackingEvent("exception", DELIVERED.astimezone(UTC), "Clearance event", "Leipzig", customs=True)
PARCEL = ("dhl", AWB)


@dataclass
class FreeTracker(FakeTracker):
    """A fake that insists on the port's promise: nobody asks it while the database is held."""

    store: Store | None = None

    def look(self, courier: str, number: str) -> tuple[TrackingEvent, ...]:
        """Write to the database meanwhile, as another process would; a lock that is held would keep it from that."""
        assert self.store is not None
        with self.store.begin() as session:
            session.add(session.get_one(SampleRecord, 1))
        return super().look(courier, number)


@pytest.fixture
def tracker(house: SampleHouse) -> FakeTracker:
    """A sample on its way, and a service that is asked."""
    house.asked()
    house.on_its_way()
    made = FreeTracker(store=house.room.store)
    house.room = Mailroom(Core(replace(house.room.world, tracker=made)), house.room.world, house.room.server, house.room.clock)  # fmt: skip
    house.at(DELIVERED + timedelta(hours=1))
    return made


def test_an_arrival_is_suggested_in_a_tick_with_the_services_words(house: SampleHouse, tracker: FakeTracker) -> None:
    house.core.tick_steps()
    assert (tracker.asked, house.proposals()) == ([PARCEL], [])  # nobody knows yet
    tracker.known[PARCEL] = (THERE, TrackingEvent("in_transit"))
    house.core.tick_steps()
    assert house.state == "shipped"  # never by itself
    (row,) = house.proposals()
    assert (row.ref, row.band) == ("s1", "step")
    for words in ("The tracking service says", AWB, "delivered", "signed by VRIES, Hamburg", house.row().number):
        assert words in str(row.why)
    house.core.tick_steps()
    assert len(house.proposals()) == 1

    house.core.do("decide", item=row.id, answer="yes")
    shown = house.row()
    assert (shown.state, shown.delivered_at) == ("delivered", DELIVERED.astimezone(UTC))
    assert shown.history[-1].evidence[0].ref.startswith("tracking service: delivered 2026-03-06T19:00:00+00:00")
    asked = len(tracker.asked)
    house.core.tick_steps()
    assert len(tracker.asked) == asked  # it is there: nobody asks any more


def test_what_was_answered_with_no_is_not_suggested_again_in_that_state(house: SampleHouse, tracker: FakeTracker) -> None:  # fmt: skip
    tracker.known[PARCEL] = (THERE,)
    house.core.tick_steps()
    (row,) = house.proposals()
    house.core.do("decide", item=row.id, answer="no")
    house.core.tick_steps()
    assert house.proposals() == []


def test_trouble_and_its_end_are_suggested_each_in_its_state(house: SampleHouse, tracker: FakeTracker) -> None:
    tracker.known[PARCEL] = (HELD,)
    house.core.tick_steps()
    (row,) = house.proposals()
    assert "held up by customs" in str(row.why)
    house.core.do("decide", item=row.id, answer="yes")
    assert house.state == "exception"
    house.core.tick_steps()
    assert house.proposals() == []
    house.at(DELIVERED + timedelta(days=1))
    tracker.known[PARCEL] = (TrackingEvent("in_transit", DELIVERED.astimezone(UTC) + timedelta(hours=9)), HELD)
    house.core.tick_steps()
    (row,) = house.proposals()
    house.core.do("decide", item=row.id, answer="yes")
    assert house.state == "shipped"
    # Held up once more: another stay in that state, another suggestion.
    tracker.known[PARCEL] = (HELD,)
    house.core.tick_steps()
    assert len(house.proposals()) == 1


@pytest.mark.parametrize(
    "event",
    [
        TrackingEvent(""),
        TrackingEvent("shipped"),
        TrackingEvent("in_transit"),
        TrackingEvent("delivered", MONDAY.astimezone(UTC) - timedelta(days=90)),  # the number's earlier parcel
    ],
)
def test_what_tells_nothing_new_suggests_nothing(house: SampleHouse, tracker: FakeTracker, event: TrackingEvent) -> None:  # fmt: skip
    tracker.known[PARCEL] = (event,)
    house.core.tick_steps()
    assert house.proposals() == []


def test_a_day_that_lies_ahead_is_now(house: SampleHouse, tracker: FakeTracker) -> None:
    tracker.known[PARCEL] = (replace(THERE, at=DELIVERED.astimezone(UTC) + timedelta(days=30)),)
    house.core.tick_steps()
    (row,) = house.proposals()
    house.core.do("decide", item=row.id, answer="yes")
    assert house.row().delivered_at == house.room.clock.at


def test_a_service_in_trouble_is_told_and_left_alone_for_a_while(house: SampleHouse, tracker: FakeTracker) -> None:
    tracker.trouble = away("api.track.example")
    with pytest.raises(Unreachable):
        house.core.tick_steps()
    house.core.tick_steps()
    assert len(tracker.asked) == 1
    assert house.proposals() == []
    house.room.clock.at += timedelta(minutes=2)
    with pytest.raises(Unreachable):
        house.core.tick_steps()
    house.room.clock.at += timedelta(minutes=5)
    tracker.trouble, tracker.known[PARCEL] = None, (THERE,)
    house.core.tick_steps()
    assert len(house.proposals()) == 1


def test_asked_too_often_waits_without_a_word(house: SampleHouse, tracker: FakeTracker) -> None:
    tracker.trouble = too_often(30, 12)
    for wait in (timedelta(0), timedelta(seconds=30), timedelta(minutes=2)):
        house.room.clock.at += wait
        house.core.tick_steps()
    assert len(tracker.asked) == 2


def test_a_person_asks_now(house: SampleHouse, tracker: FakeTracker) -> None:
    tracker.known[PARCEL] = (THERE,)
    outcome = house.core.do("track_samples", sample="s1")
    (row,) = outcome.row
    assert (row.awb, row.status, row.place, row.samples, row.suggested) == (AWB, "delivered", "Hamburg", ("s1",), ("s1",))  # fmt: skip
    assert str(outcome.said) == "Suggested: 1."
    assert house.core.do("track_samples").row[0].suggested == ()
    assert len(house.proposals()) == 1
    tracker.trouble = too_often(30, 12)
    with pytest.raises(Deferred):
        house.core.do("track_samples")
    house.do("delivered_sample")
    with pytest.raises(RefusedByRule, match="in no parcel"):
        house.core.do("track_samples", sample="s1")
    with pytest.raises(NotFound):
        house.core.do("track_samples", sample="s9")


def test_where_asking_is_off_that_is_said(house: SampleHouse) -> None:
    house.asked()
    with pytest.raises(ConfigError, match="switched off"):
        house.core.do("track_samples")
    house.core.tick_steps()


def test_instants_are_told_as_they_are(house: SampleHouse, tracker: FakeTracker) -> None:
    tracker.known[PARCEL] = (TrackingEvent("delivered", datetime(2026, 3, 6, 19, tzinfo=UTC), "\x1b[31mred\u202e"),)
    house.core.tick_steps()
    (row,) = house.proposals()
    assert "\x1b" not in str(row.why)
    assert "\u202e" not in str(row.why)
