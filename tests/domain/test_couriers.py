"""What every courier's file must hold: a new one is found and checked here without a word about it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from mailcrm.domain.country_table import COUNTRIES
from mailcrm.domain.couriers import check_awb, courier_named, couriers, expected_days, recognise, tracking_url
from mailcrm.domain.couriers.check_digits import RULES
from mailcrm.domain.couriers.courier import Courier, Form
from mailcrm.domain.couriers.days import REGIONS
from mailcrm.domain.couriers.domains import courier_at, owns
from mailcrm.domain.couriers.mail_numbers import number_in_mail
from mailcrm.domain.couriers.notice_words import SAYINGS
from mailcrm.domain.couriers.notices import status_told
from mailcrm.domain.errors import NotFound, RefusedByRule

EVERYDAY = {"dhl", "dpd", "ems", "fedex", "gls", "sf", "tnt", "ups", "usps", "yunexpress"}
FORMS = [(courier, form) for courier in couriers() for form in courier.forms]
each_courier = pytest.mark.parametrize("courier", couriers(), ids=[courier.name for courier in couriers()])
each_form = pytest.mark.parametrize(
    ("courier", "form"), FORMS, ids=[f"{courier.name}: {form.name}" for courier, form in FORMS]
)


def other_digit(number: str, place: int) -> str:
    """Return `number` with another digit (or, for a letter, a digit) at `place`."""
    other = str((int(number[place]) + 1) % 10) if number[place].isdigit() else "0"
    return number[:place] + other + number[place + 1 :]


def test_the_couriers_of_an_exporter_are_here() -> None:
    assert {courier.name for courier in couriers() if courier.everyday} == EVERYDAY
    assert len({courier.name for courier in couriers()}) == len(couriers())


@each_courier
def test_a_courier_is_found_by_every_name_it_has(courier: Courier) -> None:
    assert courier.title
    for name in (courier.name, courier.title, *courier.aliases):
        assert courier_named(name) is courier
        assert courier_named(f" {name.upper()} ") is courier


@each_courier
def test_a_courier_has_a_page_to_follow_a_parcel_on(courier: Courier) -> None:
    page = urlsplit(tracking_url(courier.name, courier.forms[0].valid[0]))
    assert page.scheme == "https"
    assert page.hostname
    assert courier.forms[0].valid[0] in page.geturl()
    hostile = urlsplit(tracking_url(courier.name, "1@evil.example/?x#y&z=../"))
    assert hostile.hostname == page.hostname
    assert "evil.example/" not in hostile.geturl().lower()


@each_courier
def test_a_courier_says_how_long_it_takes(courier: Courier) -> None:
    assert set(courier.days) <= set(REGIONS)
    assert all(1 <= days <= 30 for days in [*courier.days.values(), courier.other_days])
    assert all(1 <= expected_days(courier.name, country) <= 30 for country in [*COUNTRIES, ""])


@each_courier
def test_a_courier_has_examples_right_and_wrong(courier: Courier) -> None:
    assert any(form.valid for form in courier.forms)
    assert any(form.invalid for form in courier.forms)


@each_courier
def test_a_courier_s_own_words_tell_a_state(courier: Courier) -> None:
    assert set(courier.says) <= set(SAYINGS)
    for words in courier.says.values():
        re.compile(words)


@each_courier
def test_a_courier_s_mail_is_known_by_its_domains(courier: Courier) -> None:
    for name in courier.names:
        plain = name.replace("*", "italy")
        assert courier_at(f"mail.{plain}.com") is courier
        assert owns(courier, f"mail.{plain}.com")
        assert courier_at(f"{plain}.top") is courier
        assert not owns(courier, f"{plain}.top")
        assert not owns(courier, f"{plain}.abc.com")
    for domain in courier.domains:
        plain = domain.replace("??", "fr")
        assert courier_at(plain) is courier
        assert owns(courier, f"notify.{plain}")
        assert courier_at(f"{plain}.buyer.example") is None


@each_form
def test_a_form_s_examples_are_what_they_are_said_to_be(courier: Courier, form: Form) -> None:
    assert not form.rule or form.rule in RULES
    assert form.valid or form.rule, "a form without a rule needs an example"
    for number in form.valid:
        assert form.fits(number)
        assert form.right(number) is (True if form.rule else None)
        assert check_awb(courier.name, f" {number[:4]} {number[4:].lower()} ") == number
        assert courier.name in {match.courier for match in recognise(number) if match.valid is not False}
    for number in form.invalid:
        with pytest.raises(RefusedByRule):
            check_awb(courier.name, number)
        assert courier.name not in {match.courier for match in recognise(number) if match.valid is not False}


@each_form
def test_a_check_digit_sees_a_wrong_digit(courier: Courier, form: Form) -> None:
    for number in form.valid if form.rule else ():
        span = re.fullmatch(form.pattern, number)
        assert span is not None
        assert not form.right(other_digit(number, span.start("check")))
        digits = [place for place in range(*span.span("serial")) if number[place].isdigit()]
        seen = [place for place in digits if not form.right(other_digit(number, place))]
        # Remainders by 7 and by 11 of which a digit is cut off overlook some; the others see every single mistake.
        assert len(seen) >= len(digits) * (0.7 if form.rule in ("fedex", "mod7", "s10") else 1)


@each_form
def test_a_number_is_found_in_a_courier_s_mail(courier: Courier, form: Form) -> None:
    for number in form.valid if not courier.written else ():
        assert number_in_mail(courier, f"Your parcel\nTracking number: {number}. It is on its way.") == number


@pytest.mark.parametrize("state", SAYINGS)
def test_every_state_is_told_in_every_language(state: str) -> None:
    languages = {"en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "tr", "zh", "ja", "ar"}
    assert {language for language in SAYINGS[state] if not language.startswith("customs")} == languages
    assert status_told(courier_named("dhl"), "", "") == ""


def test_every_country_lies_in_one_region() -> None:
    listed = [country for countries in REGIONS.values() for country in countries.split()]
    assert len(listed) == len(set(listed))
    assert set(COUNTRIES) <= set(listed)


@pytest.mark.parametrize(
    ("courier", "country", "days"),
    [("dhl", "DE", 4), ("DHL", "de", 4), ("sf", "CN", 2), ("sf", "BR", 6), ("ems", "BR", 15), ("dpd", "US", 6), ("ups", "", 6)],
)  # fmt: skip
def test_days_depend_on_courier_and_country(courier: str, country: str, days: int) -> None:
    assert expected_days(courier, country) == days


def test_an_unknown_courier_names_those_that_are_known() -> None:
    with pytest.raises(NotFound, match=r"No courier is called pigeon.*dhl.*yunexpress"):
        courier_named("pigeon")
