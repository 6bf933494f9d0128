"""What time it is at the customer's: town, area code, the clocks of the mails, the country; in that order, checked by the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mailcrm.domain.customer_zone import ZoneClues, customer_zone, fixed_zone, place_of
from mailcrm.domain.zone_places import CODES, TOWNS
from mailcrm.domain.zone_table import ZONES

WINTER, SUMMER = datetime(2026, 1, 15, 12, tzinfo=UTC), datetime(2026, 7, 15, 12, tzinfo=UTC)


def zone(country: str = "", *lines: str, clocks: tuple[tuple[datetime, int], ...] = ()) -> str:
    found = customer_zone(ZoneClues(country, lines, clocks))
    return found.zone if found else ""


@pytest.mark.parametrize(
    ("country", "line", "expected"),
    [
        ("US", "1200 Smith Street, Houston, TX 77002", "America/Chicago"),
        ("US", "Suite 4, Portland OR 97201-1234", "America/Los_Angeles"),
        ("US", "Phoenix, AZ 85001, USA", "America/Phoenix"),
        ("US", "Miami", "America/New_York"),
        ("CA", "77 King St W, Toronto, ON M5K 1A1", "America/Toronto"),
        ("CA", "Calgary, Alberta", "America/Edmonton"),
        ("AU", "12 Hay Street, Perth WA 6000", "Australia/Perth"),
        ("BR", "Av. Torquato Tapajós, 100 - Manaus/AM", "America/Manaus"),
        ("BR", "Rio de Janeiro", "America/Sao_Paulo"),
        ("MX", "Blvd. Agua Caliente, Tijuana, B.C.", "America/Tijuana"),
        ("RU", "690091, г. Владивосток, ул. Светланская", "Asia/Vladivostok"),
        ("RU", "Новосибирск", "Asia/Novosibirsk"),
        ("RU", "Novosibirsk, Russia", "Asia/Novosibirsk"),
        ("ID", "Jl. Raya, Denpasar, Bali", "Asia/Makassar"),
        ("ES", "Las Palmas de Gran Canaria", "Atlantic/Canary"),
    ],
)
def test_the_place_in_the_signature_tells(country: str, line: str, expected: str) -> None:
    assert zone(country, line) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [("+1 713 222 3333", "America/Chicago"), ("+1 (604) 555-0123", ""), ("+7 423 222 3333", "Asia/Vladivostok")]
)  # fmt: skip
def test_an_area_code_tells_where_no_place_does(number: str, expected: str) -> None:
    country = "RU" if number.startswith("+7") else "US"
    assert zone(country, f"Tel: {number}") == (expected or "America/New_York")


@pytest.mark.parametrize(
    ("country", "clock", "expected"),
    [
        ("US", (WINTER, -480), "America/Los_Angeles"),
        ("US", (SUMMER, -420), "America/Phoenix"),
        ("US", (WINTER, 0), "America/New_York"),
        ("AU", (WINTER, 480), "Australia/Perth"),
        ("DE", (SUMMER, 120), "Europe/Berlin"),
        ("", (SUMMER, 120), "Etc/GMT-2"),
        ("", (SUMMER, -180), "Etc/GMT+3"),
        ("", (SUMMER, 330), "Asia/Kolkata"),
    ],
)
def test_the_clocks_of_the_mails_tell(country: str, clock: tuple[datetime, int], expected: str) -> None:
    assert zone(country, clocks=(clock,)) == expected


def test_the_clocks_across_a_change_of_time_tell_arizona_from_california() -> None:
    assert zone("US", clocks=((SUMMER, -420), (WINTER, -480))) == "America/Los_Angeles"
    assert zone("US", clocks=((SUMMER, -420), (WINTER, -420))) == "America/Phoenix"


def test_a_place_that_the_clocks_contradict_gives_way_to_one_that_they_fit() -> None:
    assert zone("US", "Houston, TX 77002", clocks=((WINTER, -480), (WINTER, -480))) == "America/Los_Angeles"
    assert zone("US", "Houston, TX 77002", clocks=((WINTER, 480),)) == "America/Chicago"  # a platform's clock


@pytest.mark.parametrize(("country", "expected"), [("DE", "Europe/Berlin"), ("US", "America/New_York"), ("", "")])
def test_the_country_alone_gives_where_most_people_live(country: str, expected: str) -> None:
    assert zone(country) == expected


def test_the_reason_is_told() -> None:
    found = customer_zone(ZoneClues("US", ("Houston, TX 77002",)))
    assert found is not None
    assert (found.place, str(found.reason)) == ("Chicago", "signature says Houston, TX 77002")


@pytest.mark.parametrize(("minutes", "place"), [(300, "UTC+5"), (-300, "UTC-5"), (0, "UTC"), (345, "Kathmandu")])
def test_a_fixed_distance_is_named_so_that_nobody_reads_it_the_wrong_way_round(minutes: int, place: str) -> None:
    name = fixed_zone(minutes)
    assert place_of(name) == place
    assert WINTER.astimezone(ZoneInfo(name)).utcoffset() == timedelta(minutes=minutes)


@pytest.mark.parametrize("minutes", [7, 900, -900, 100_000])
def test_an_impossible_clock_has_no_zone(minutes: int) -> None:
    assert fixed_zone(minutes) == ""
    assert zone("", clocks=((WINTER, minutes),)) == ""


def test_every_place_is_in_a_zone_of_its_country() -> None:
    for table in (CODES, TOWNS):
        for country, zones in table.items():
            assert set(zones) <= set(ZONES[country].split()), country
    for zones_of in ZONES.values():
        for name in zones_of.split():
            assert ZoneInfo(name)
