"""Asking where parcels are: one contract for the fake and for 17TRACK's API on loopback, and every way the latter goes wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest
from servers.loopback import Certificates, free_ports
from servers.tracking import Reply, Scan, TrackingService, rejected

from mailcrm.adapters.secrets.store import SecretStore
from mailcrm.adapters.tracking.fake import FakeTracker
from mailcrm.adapters.tracking.pace import Paced
from mailcrm.adapters.tracking.seventeen import ENDPOINT, SeventeenTrack
from mailcrm.adapters.tracking.troubles import away, busy, key_refused
from mailcrm.bootstrap.tracking import tracker_of
from mailcrm.bootstrap.world import assemble
from mailcrm.core.settings import Settings, load_settings
from mailcrm.domain.errors import (
    ConfigError,
    Deferred,
    LoginRefused,
    MailcrmError,
    RemoteError,
    SecretError,
    ServerRefused,
    TlsError,
    Unreachable,
)
from mailcrm.ports.tracking import Tracker, TrackingEvent

KEY = "S3ntinel-of-17"
DHL, UPS, NEW = "2718281823", "1Z27A82E0367182810", "27182818283"
DEFAULTS = Path(__file__).resolve().parents[2] / "config" / "mailcrm.toml"
DELIVERED = Scan("Delivered", "Delivered_Other", "2026-11-25T06:30:00Z", "Delivered, signed by PEREZ", "Hamburg")
CUSTOMS = Scan(
    "InTransit", "InTransit_CustomsRequiringInformation", "2026-11-24T06:30:00Z", "Invoice wanted", "Leipzig"
)
MOVING = Scan("InTransit", "InTransit_Departure", "2026-11-23T06:30:00Z", "Departed", "Ningbo")
TAKEN = Scan("InTransit", "InTransit_PickedUp", "2026-11-22T06:30:00Z", "Picked up", "Ningbo")


def event(scan: Scan, status: str, *, customs: bool = False) -> TrackingEvent:
    return TrackingEvent(status, datetime.fromisoformat(scan.at), scan.told, scan.place, customs)


STORY = (
    event(DELIVERED, "delivered"),
    event(CUSTOMS, "exception", customs=True),
    event(MOVING, "in_transit"),
    event(TAKEN, "shipped"),
)


class House(Protocol):
    """A tracker, and the world that it knows of."""

    @property
    def tracker(self) -> Tracker: ...

    def tells_the_story_of(self, number: str) -> None: ...

    def breaks(self, how: str) -> None: ...


@dataclass
class FakeHouse:
    tracker: FakeTracker

    def tells_the_story_of(self, number: str) -> None:
        self.tracker.known["dhl", number] = STORY

    def breaks(self, how: str) -> None:
        troubles: dict[str, MailcrmError] = {"key": key_refused("x"), "busy": busy("x", 30), "away": away("x")}
        self.tracker.trouble = troubles[how]


@dataclass
class RealHouse:
    service: TrackingService
    tracker: Tracker

    def tells_the_story_of(self, number: str) -> None:
        self.service.knows(number, [DELIVERED, CUSTOMS, MOVING, TAKEN])

    def breaks(self, how: str) -> None:
        if how == "key":
            self.service.key = "another"
        elif how == "busy":
            self.service.script.append(Reply(429, {}, {"Retry-After": "30"}))
        else:
            self.tracker = asking(f"http://127.0.0.1:{free_ports(1)[0]}/track/v2.4")


def asking(endpoint: str, key: str = KEY, ca_file: Path | None = None) -> SeventeenTrack:
    return SeventeenTrack(lambda: key, endpoint, ca_file, wait=lambda _seconds: None)


@pytest.fixture
def service() -> Iterator[TrackingService]:
    with TrackingService(KEY) as running:
        yield running


@pytest.fixture(params=["fake", "17track"])
def house(request: pytest.FixtureRequest) -> House:
    if request.param == "fake":
        return FakeHouse(FakeTracker())
    service = request.getfixturevalue("service")
    return RealHouse(service, asking(service.endpoint))


class TestEveryTracker:
    def test_tells_what_happened_the_newest_first(self, house: House) -> None:
        house.tells_the_story_of(DHL)
        assert house.tracker.look("dhl", DHL) == STORY

    def test_knows_nothing_of_a_number_that_is_new(self, house: House) -> None:
        house.tells_the_story_of(DHL)
        assert house.tracker.look("dhl", NEW) == ()
        assert house.tracker.look("dhl", NEW) == ()

    @pytest.mark.parametrize(("how", "kind"), [("key", LoginRefused), ("busy", Deferred), ("away", Unreachable)])
    def test_says_what_is_wrong_and_the_mend(self, house: House, how: str, kind: type[RemoteError]) -> None:
        house.breaks(how)
        with pytest.raises(kind) as caught:
            house.tracker.look("dhl", DHL)
        assert str(caught.value.hint)
        assert caught.value.retry_after == (30 if how == "busy" else None)


class TestSeventeenTrack:
    def test_is_asked_with_the_key_for_this_number_and_its_courier_only(self, service: TrackingService) -> None:
        service.knows(UPS, [MOVING])
        asking(service.endpoint).look("ups", UPS)
        assert service.asked == [("gettrackinfo", [{"number": UPS, "carrier": 100002}])]

    def test_finds_the_courier_itself_where_it_has_no_key_of_ours(self, service: TrackingService) -> None:
        asking(service.endpoint).look("ems", "EE271828189CN")
        assert service.asked[0] == ("gettrackinfo", [{"number": "EE271828189CN"}])

    def test_registers_a_new_number_once(self, service: TrackingService) -> None:
        tracker = asking(service.endpoint)
        assert tracker.look("dhl", NEW) == ()
        assert tracker.look("dhl", NEW) == ()
        assert [verb for verb, _items in service.asked] == ["gettrackinfo", "register", "gettrackinfo"]

    def test_takes_a_number_that_somebody_registered_meanwhile(self, service: TrackingService) -> None:
        service.script += [Reply(200, rejected(DHL, -18019902)), Reply(200, rejected(DHL, -18019901))]
        assert asking(service.endpoint).look("dhl", DHL) == ()

    def test_holds_its_questions_apart(self, service: TrackingService) -> None:
        waits: list[float] = []
        tracker = SeventeenTrack(lambda: KEY, service.endpoint, wait=waits.append)
        service.knows(DHL, [MOVING])
        for _time in range(3):
            tracker.look("dhl", DHL)
        assert len(waits) == 2
        assert all(0 < wait <= 0.35 for wait in waits)

    @pytest.mark.parametrize(
        ("main", "sub", "status", "customs"),
        [
            ("InfoReceived", "InfoReceived", "shipped", False), ("InTransit", "InTransit_Other", "in_transit", False), ("InTransit", "InTransit_CustomsProcessing", "in_transit", False),
            ("OutForDelivery", "OutForDelivery_Other", "in_transit", False), ("AvailableForPickup", "AvailableForPickup_Other", "in_transit", False), ("Expired", "Expired_Other", "exception", False),
            ("DeliveryFailure", "DeliveryFailure_NoBody", "exception", False), ("DeliveryFailure", "DeliveryFailure_Security", "exception", True), ("Exception", "Exception_Returned", "exception", False),
            ("Exception", "Exception_Security", "exception", True), ("Delivered", "Delivered_Other", "delivered", False),
        ],
    )  # fmt: skip
    def test_its_statuses_are_ours(
        self, service: TrackingService, main: str, sub: str, status: str, customs: bool
    ) -> None:
        scan = Scan(main, sub, "2026-11-25T06:30:00Z", "…")
        service.knows(DHL, [scan])
        assert asking(service.endpoint).look("dhl", DHL) == (event(scan, status, customs=customs),)

    @pytest.mark.parametrize(
        ("reply", "kind", "sentence"),
        [
            (Reply(401, {}), LoginRefused, "refuses the key"), (Reply(403, b"<html>"), LoginRefused, "refuses the key"), (Reply(404, b""), ConfigError, "no address of the tracking service"),
            (Reply(500, {}), Deferred, "left alone"), (Reply(503, b"<html>", {"Retry-After": "Wed, 25 Nov"}), Deferred, "left alone"), (Reply(302, b"", {"Location": "https://elsewhere.example/"}), ServerRefused, "HTTP 302"),
            (Reply(200, b"<html>please log in</html>"), ServerRefused, "can't be read"), (Reply(200, b""), ServerRefused, "can't be read"), (Reply(200, []), ServerRefused, "can't be read"), (Reply(200, {"code": 0, "data": None}), ServerRefused, "can't be read"),
            (Reply(200, {"code": -18010002, "data": {"errors": [{"code": -18010002}]}}), LoginRefused, "refuses the key"), (Reply(200, {"code": -18010014, "data": {}}), Deferred, "left alone"), (Reply(200, {"code": "?", "data": {}}), ServerRefused, "code -1"),
            (Reply(200, rejected(DHL, -18019907)), Deferred, "left alone"), (Reply(200, rejected(DHL, -18019908)), ServerRefused, "used up"), (Reply(200, rejected(DHL, -18019903)), ServerRefused, "doesn't take the number 2718281823"),
            (Reply(200, b"[" * 100_000), ServerRefused, "can't be read"), (Reply(200, b'{"x": "' + b"x" * 300_000 + b'"}'), ServerRefused, "can't be read"),
        ],
    )  # fmt: skip
    def test_every_failure_has_its_mend(
        self, service: TrackingService, reply: Reply, kind: type[MailcrmError], sentence: str
    ) -> None:
        service.script.append(reply)
        with pytest.raises(kind) as caught:
            asking(service.endpoint).look("dhl", DHL)
        assert sentence in str(caught.value.sentence)
        assert str(caught.value.hint)
        assert KEY not in f"{caught.value} {caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"
        assert service.asked == []

    @pytest.mark.parametrize(
        "info",
        [
            None, [], "x", {}, {"latest_status": None, "latest_event": None, "tracking": None}, {"latest_status": {"status": "Novel", "sub_status": 7}},
            {"tracking": {"providers": [None, {"events": None}, {"events": "x"}]}}, {"latest_status": {"status": "NotFound", "sub_status": "NotFound_Other"}, "latest_event": None},
        ],
    )  # fmt: skip
    def test_what_it_leaves_out_is_not_known(self, service: TrackingService, info: object) -> None:
        service.script.append(
            Reply(200, {"code": 0, "data": {"accepted": [{"number": DHL, "track_info": info}], "rejected": []}})
        )
        assert asking(service.endpoint).look("dhl", DHL) == ()

    def test_times_and_words_that_cannot_be_read_do_no_harm(self, service: TrackingService) -> None:
        scan = Scan("Delivered", "Delivered_Other", "yesterday", "x" * 10_000)
        service.knows(DHL, [scan])
        (got,) = asking(service.endpoint).look("dhl", DHL)
        assert (got.status, got.at, len(got.told)) == ("delivered", None, 300)

    def test_an_encrypted_service_must_be_trusted(self, tmp_path: Path) -> None:
        certificates = Certificates(tmp_path)
        with TrackingService(KEY, certificates) as service:
            service.knows(DHL, [MOVING])
            with pytest.raises(TlsError, match="not trusted"):
                asking(service.endpoint).look("dhl", DHL)
            assert service.asked == []
            assert asking(service.endpoint, ca_file=certificates.authority).look("dhl", DHL)

    @pytest.mark.parametrize(
        "endpoint", ["http://api.example/track", "ftp://api.example", "api.example/track", "https://", "x"]
    )
    def test_the_key_never_travels_in_the_clear(self, endpoint: str) -> None:
        with pytest.raises(ConfigError, match=r"must begin with https://.*endpoint"):
            asking(endpoint)

    def test_its_own_address_is_encrypted(self) -> None:
        assert ENDPOINT.startswith("https://")
        assert asking("")

    @pytest.mark.parametrize("key", ["", "kéy", "a b", "a\r\nX: y"])
    def test_a_key_that_cannot_be_one_is_not_sent(self, service: TrackingService, key: str) -> None:
        with pytest.raises((SecretError, LoginRefused)):
            asking(service.endpoint, key).look("dhl", DHL)
        assert service.asked == []


class TestPaced:
    def test_the_same_question_has_the_same_answer_for_some_hours(self) -> None:
        clock = [0.0]
        fake = FakeTracker({("dhl", DHL): STORY})
        paced = Paced(fake, 30, 6, lambda: clock[0])
        for hours in (0, 1, 5.9):
            clock[0] = hours * 3600
            assert paced.look("dhl", DHL) == STORY
        assert len(fake.asked) == 1
        clock[0] = 6 * 3600
        assert paced.look("dhl", DHL) == STORY
        assert len(fake.asked) == 2

    def test_no_more_than_so_many_questions_are_asked_in_a_minute(self) -> None:
        clock = [100.0]
        fake = FakeTracker()
        paced = Paced(fake, 2, 6, lambda: clock[0])
        paced.look("dhl", "1")
        clock[0] = 110
        paced.look("dhl", "2")
        with pytest.raises(Deferred, match=r"asked 2 times within a minute.*per_minute") as caught:
            paced.look("dhl", "3")
        assert (caught.value.retry_after, len(fake.asked)) == (50, 2)
        assert paced.look("dhl", "1") == ()
        clock[0] = 160
        paced.look("dhl", "3")
        with pytest.raises(Deferred):
            paced.look("dhl", "4")

    def test_a_failure_is_no_answer(self) -> None:
        fake = FakeTracker({("dhl", DHL): STORY}, trouble=away("x"))
        paced = Paced(fake, 30, 6, lambda: 0.0)
        with pytest.raises(Unreachable):
            paced.look("dhl", DHL)
        fake.trouble = None
        assert paced.look("dhl", DHL) == STORY


def settings(**chosen: str) -> Settings:
    environ = {f"MAILCRM__TRACKING__{name.upper()}": value for name, value in chosen.items()}
    return load_settings(DEFAULTS, Path("none.toml"), environ)


class TestSettings:
    def test_nobody_is_asked_by_default(self, home: Path) -> None:
        assert tracker_of(settings().tracking, SecretStore(home), None) is None

    def test_the_world_of_a_home_has_the_tracker_that_its_settings_name(
        self, home: Path, service: TrackingService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        off = assemble(home, None, SecretStore(home))
        assert off.tracker is None
        off.store.close()
        (home / "mailcrm.toml").write_text(
            f'[tracking]\nservice = "17track"\nendpoint = "{service.endpoint}"\nkey_env = "KEY_OF_17"\n',
            encoding="utf-8",
        )
        monkeypatch.setenv("KEY_OF_17", KEY)
        service.knows(DHL, [MOVING])
        on = assemble(home, None, SecretStore(home))
        assert on.tracker is not None
        assert on.tracker.look("dhl", DHL) == (event(MOVING, "in_transit"),)
        on.store.close()

    def test_the_key_comes_from_a_variable_or_a_command(
        self, home: Path, service: TrackingService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        service.knows(DHL, [MOVING])
        monkeypatch.setenv("KEY_OF_17", KEY)
        for way in ({"key_env": "KEY_OF_17"}, {"key_command": f"echo {KEY}"}):
            chosen = settings(service="17track", endpoint=service.endpoint, **way)
            tracker = tracker_of(chosen.tracking, SecretStore(home), None)
            assert tracker is not None
            assert tracker.look("dhl", DHL)
            assert KEY not in repr(chosen) or way.get("key_command")

    @pytest.mark.parametrize("way", [{}, {"key_env": "NO_SUCH_KEY_OF_17"}, {"key_command": "false"}])
    def test_a_missing_key_is_told_with_the_mend(
        self, home: Path, service: TrackingService, way: dict[str, str]
    ) -> None:
        assert "NO_SUCH_KEY_OF_17" not in os.environ
        chosen = settings(service="17track", endpoint=service.endpoint, **way)
        tracker = tracker_of(chosen.tracking, SecretStore(home), None)
        assert tracker is not None
        with pytest.raises(SecretError, match="key_env"):
            tracker.look("dhl", DHL)
        assert service.asked == []

    @pytest.mark.parametrize(("name", "value"), [("service", "pigeon"), ("per_minute", "0"), ("every_hours", "never")])
    def test_a_setting_that_cannot_be_is_refused(self, name: str, value: str) -> None:
        with pytest.raises(ConfigError, match=rf"tracking\.{name}"):
            settings(**{name: value})
