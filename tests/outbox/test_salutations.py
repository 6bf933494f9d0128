"""How a customer is addressed, and how a mail writes days and places, in every language that there are templates in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outbox.shipped import ESTIMATE, LANGUAGES, SHIPPED

from mailcrm.domain.person_name import read_name
from mailcrm.domain.quoting import split_reply
from mailcrm.outbox.dates import day_in_words, full_moment, in_both_zones, place_of
from mailcrm.outbox.place_names import named_place
from mailcrm.outbox.render import Value
from mailcrm.outbox.replying import attribution, quoted
from mailcrm.outbox.salutation import salutation

NOBODY = {
    "de": "Sehr geehrte Damen und Herren,",
    "en": "Dear Sir or Madam,",
    "es": "Estimados señores:",
    "fr": "Madame, Monsieur,",
    "pt": "Prezados senhores,",
    "ru": "Добрый день!",
    "zh": "您好：",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name",
    ["", " ", "None", "null", "N/A", "undefined", "***", "no-reply", "info@hamburg.example", "Sales", "Einkauf", "Purchasing Dept.",
     "Hamburg Import GmbH", "Acme, Inc.", "Beijing Trading Co., Ltd.", "ООО Ромашка", "x" * 81],
)  # fmt: skip
def test_what_is_nobodys_name_is_a_house(language: str, name: str) -> None:
    assert salutation(language, name) == NOBODY[language]
    assert salutation(language, name, "Mr", "de") == NOBODY[language]


@pytest.mark.parametrize(
    ("language", "name", "honorific", "opening"),
    [
        ("en", "Anna Berg", "", "Dear Anna Berg,"),
        ("en", "Berg", "Ms.", "Dear Ms Berg,"),
        ("en", "Berg, Thomas", "Dr", "Dear Dr Berg,"),
        ("en", "Berg, Anna (Hamburg)", "", "Dear Anna Berg,"),
        ("en", "Mr. John Smith", "", "Dear Mr Smith,"),
        ("en", "M. Dupont", "", "Dear M. Dupont,"),
        ("en", "Anna\x1b[31m\r\nBcc: x", "", "Dear Anna[31m Bcc: x,"),
        ("zh", "张伟", "先生", "张伟先生，您好："),
        ("zh", "张伟", "", "张伟，您好："),
        ("zh", "Anna Berg", "女士", "Berg女士，您好："),
        ("es", "García", "Sra.", "Estimada Sra. García:"),
        ("es", "García", "Mr", "Estimado Sr. García:"),
        ("es", "María García López", "Sra.", "Estimada Sra. García López:"),
        ("es", "María García López", "", "Estimado/a María García López:"),
        ("de", "Anna Berg", "", "Sehr geehrte Frau Berg,"),
        ("de", "Jürgen von der Heide", "", "Sehr geehrter Herr von der Heide,"),
        ("de", "Sascha Berg", "", "Sehr geehrte/r Frau/Herr Berg,"),
        ("de", "Dr. Sascha Berg", "", "Guten Tag Dr. Berg,"),
        ("de", "Anna", "", "Guten Tag Anna,"),
        ("fr", "Marie Dupont", "", "Bonjour Marie Dupont,"),
        ("fr", "Marie Dupont", "Mme", "Bonjour Madame Dupont,"),
        ("fr", "Jean Dupont", "Mr", "Bonjour Monsieur Dupont,"),
        ("pt", "João da Silva", "", "Prezado(a) João da Silva,"),
        ("pt", "João Silva", "Sr.", "Prezado Sr. Silva,"),
        ("ru", "Иван Петров", "", "Здравствуйте, Иван Петров!"),
        ("ru", "Иван Петров", "господин", "Уважаемый господин Петров!"),
        ("it", "Anna Berg", "", "Dear Anna Berg,"),
    ],
)  # fmt: skip
def test_salutations(language: str, name: str, honorific: str, opening: str) -> None:
    assert salutation(language, name, honorific) == opening


@pytest.mark.parametrize(
    ("speaks", "name", "honorific", "opening"),
    [
        ("de", "Anna Berg", "", "Dear Ms Berg,"),
        ("de", "Thomas Berg", "", "Dear Mr Berg,"),
        ("de", "Berg, Sascha", "", "Dear Mr/Ms Berg,"),
        ("ja", "Hiroshi Tanaka", "", "Dear Tanaka-san,"),
        ("ja", "Tanaka Hiroshi", "", "Dear Tanaka-san,"),
        ("ja", "TANAKA Hiroshi", "", "Dear Tanaka-san,"),
        ("ja", "Taro Ozu", "", "Dear Ozu-san,"),
        ("ja", "田中 太郎", "", "Dear 田中-san,"),
        ("ja", "Tanaka", "", "Dear Tanaka-san,"),
        ("ja", "Dr. Hiroshi Tanaka", "", "Dear Dr Tanaka,"),
        ("ko", "Kim Min-su", "", "Dear Mr/Ms Kim,"),
        ("ko", "Min-su Kim", "", "Dear Mr/Ms Kim,"),
        ("ko", "김민수", "Mr", "Dear Mr 김,"),
        ("ko", "남궁민수", "Mr", "Dear Mr 남궁,"),
        ("zh", "Zhang Wei", "", "Dear Zhang Wei,"),
        ("zh", "Zhang Wei", "Mr", "Dear Mr Zhang,"),
        ("zh", "Wei Zhang", "Mr", "Dear Mr Zhang,"),
        ("zh", "欧阳修", "Mr", "Dear Mr 欧阳,"),
        ("hu", "Nagy Péter", "", "Dear Nagy Péter,"),
        ("hu", "Nagy Péter", "Mr", "Dear Mr Nagy,"),
        ("hu", "Péter Kovács", "Mr", "Dear Mr Kovács,"),
        ("fr", "Marie Dupont", "", "Dear Marie Dupont,"),
    ],
)  # fmt: skip
def test_an_english_mail_keeps_to_the_manners_of_whom_it_goes_to(
    speaks: str, name: str, honorific: str, opening: str
) -> None:
    assert salutation("en", name, honorific, speaks) == opening


@given(
    st.text(max_size=60),
    st.sampled_from(["", "Mr", "Frau", "x"]),
    st.sampled_from([*LANGUAGES, "ja", "ko", "hu", "xx"]),
)
def test_any_name_makes_one_line(name: str, honorific: str, speaks: str) -> None:
    for language in LANGUAGES:
        opening = salutation(language, name, honorific, speaks)
        assert opening.splitlines() == [opening]
        assert opening == opening.strip()
        assert "@" not in opening
    person = read_name(name, speaks, honorific)
    assert person is None or (person.full and person.title in ("", "mr", "ms", "mrs", "dr"))


# Days and places -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "theirs", "place", "written"),
    [
        ("en", "Europe/Berlin", "Hamburg", "by\nWed 25 November, 17:00 Beijing / 10:00 Hamburg."),
        ("en", "America/New_York", "", "by\nWed 25 November, 17:00 Beijing / 04:00 New York."),
        ("en", "Pacific/Honolulu", "", "by\nWed 25 November, 17:00 Beijing / Tue 24 November, 23:00 Honolulu."),
        ("en", "", "", "by\nWed 25 November, 17:00 Beijing."),
        ("en", "No/Such_Zone", "", "by\nWed 25 November, 17:00 Beijing."),
        ("zh", "Europe/Berlin", "", "11月25日（周三）17:00（北京时间） / 10:00（柏林时间）"),
        ("es", "Europe/Madrid", "", "el miércoles 25 de noviembre, 17:00 (Pekín) / 10:00 (Madrid)."),
        ("de", "Europe/Zurich", "", "bis Mittwoch, 25. November, 17:00 Uhr (Peking) / 10:00 Uhr (Zürich)."),
        ("fr", "Europe/London", "", "le mercredi 25 novembre, 17h00 (Pékin) / 09h00 (Londres)."),
        ("pt", "America/Sao_Paulo", "", "em quarta-feira, 25 de novembro, 17h00 (Pequim) / 06h00 (São Paulo)."),
        ("ru", "Europe/Moscow", "", "не позднее:\n25 ноября (среда), 17:00 (Пекин) / 12:00 (Москва)."),
    ],
)  # fmt: skip
def test_the_estimate_stands_in_both_zones_with_the_month_in_words(
    language: str, theirs: str, place: str, written: str
) -> None:
    values: dict[str, Value] = {"estimate": ESTIMATE, "our_zone": "Asia/Shanghai", "their_zone": theirs}
    assert written in SHIPPED.render("holding", language, values | {"their_place": place}).body


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("de", "Dienstag, 1. Dezember 2026"),
        ("en", "Tue 1 December 2026"),
        ("es", "martes 1 de diciembre de 2026"),
        ("fr", "mardi 1er décembre 2026"),
        ("pt", "terça-feira, 1 de dezembro de 2026"),
        ("ru", "1 декабря 2026 г. (вторник)"),
        ("zh", "2026年12月1日（周二）"),
        ("it", "Tue 1 December 2026"),
    ],
)
def test_a_day_with_its_year(language: str, day: str) -> None:
    assert day_in_words(date(2026, 12, 1), language, with_year=True) == day


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_has_as_many_names_as_days(language: str) -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    assert len({day_in_words(day, language) for day in days}) == len(days)


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_of_zones_are_in_the_language_of_the_mail(language: str) -> None:
    assert all(place_of(zone, language) for zone in available_timezones())
    assert place_of("Asia/Shanghai", language) == {"de": "Peking", "en": "Beijing", "es": "Pekín", "fr": "Pékin", "pt": "Pequim", "ru": "Пекин", "zh": "北京"}[language]  # fmt: skip
    assert (named_place("Europe/Madrid", "it"), named_place("No/Such_Zone", language)) == ("Madrid", "")


@pytest.mark.parametrize("language", [*LANGUAGES, "it"])
def test_the_line_above_a_quoted_mail_is_known_again(language: str) -> None:
    instant = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)
    line = attribution("Anna Berg", instant, language)
    assert full_moment(instant, language) in line
    assert "Anna Berg" in line
    assert split_reply("IP65.\n\n" + quoted("Which class?\nAnna", line)).reply == "IP65."


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_sides_of_one_clock_are_written_once(language: str) -> None:
    ours = in_both_zones(ESTIMATE, language, ("Asia/Shanghai", ""), ("Asia/Shanghai", ""))
    assert ours == in_both_zones(ESTIMATE, language, ("Asia/Shanghai", ""), ("", ""))
    assert "/" not in ours
