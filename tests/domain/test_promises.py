"""Promises in our own mails (reply-clock.md, case 33), and the days that sentences name."""

from __future__ import annotations

import csv
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.dates import named_day
from mailcrm.domain.demand import language
from mailcrm.domain.promises import SpokenPromise, spoken_promise

MONDAY = date(2026, 11, 23)

with (Path(__file__).parent / "sentences.tsv").open(encoding="utf-8", newline="") as file:
    OURS = [one for one in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if one["side"] == "ours"]
for one in OURS:
    one["text"] = one["text"].replace("\\n", "\n")


def read(text: str) -> SpokenPromise | None:
    return spoken_promise(text, language(text), MONDAY)


@pytest.mark.parametrize("name", ["tuned", "held", "fresh", "second", "third", "unseen"])  # as told in test_purposes
def test_promises_are_found(name: str) -> None:
    promising = [read(one["text"]) is not None for one in OURS if one["set"] == name and one["promise"] == "y"]
    others = [read(one["text"]) is not None for one in OURS if one["set"] == name and one["promise"] == "n"]
    told = f"{sum(promising)} of {len(promising)} promises, {sum(others)} of {len(others)} others taken for one"
    print(f"\n{name}: {told}")  # noqa: T201  (the closing note's figure)
    assert sum(promising) / len(promising) >= 0.95
    assert sum(promising) / (sum(promising) + sum(others)) >= 0.9


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("will check with our factory and come back to you on Thursday", date(2026, 11, 26)),
        ("Dear Ana,\n\nI will check with our factory and\ncome back to you on Thursday.\n\nLin", date(2026, 11, 26)),
        ("We will keep you posted.", None),
        ("We'll get back to you today.", date(2026, 11, 23)),
        ("We will revert in two days. Best regards", date(2026, 11, 25)),
        ("明天确认后回复您。", date(2026, 11, 24)),
        ("Wir melden uns bis 2. Dezember.", date(2026, 12, 2)),
        ("Let me check. I will answer you on 27 Nov.", date(2026, 11, 27)),
    ],
)  # fmt: skip
def test_until_when(text: str, day: date | None) -> None:
    found = read(text)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "text",
    [
        "Price is 1.20, valid till Thursday.",
        "The price is USD 1.20 FOB Ningbo. Delivery 30 days after deposit.",
        "Please let us know by Thursday.",
        "Yes, it is in stock.",
        "We will start production as soon as we receive your deposit.",
        "After your confirmation we send the proforma.",
        "We look forward to hearing from you by Wednesday.",
        "Die Produktion startet nach Eingang der Anzahlung am Montag.",
        "收到定金后马上安排生产。",
        "En cuanto recibamos el anticipo empezamos la producción.",
        "The goods will be loaded on Friday.",
        "",
    ],
)
def test_what_only_tells_a_date_is_none(text: str) -> None:
    assert read(text) is None


TEMPLATES = sorted((Path(__file__).parents[2] / "templates").rglob("*.j2"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_of_our_own_templates_only_holding_replies_promise(template: Path) -> None:
    words = template.read_text("utf-8").rpartition("---")[2]
    found = spoken_promise(words, template.parent.name, MONDAY)
    assert (found is not None) == template.name.startswith(("holding", "promise_extend"))


def test_the_sentence_that_promises_is_its_reason() -> None:
    found = read("The lamp is IP65. We will check the price and revert tomorrow. Kind regards")
    assert found is not None
    assert found.sentence == "We will check the price and revert tomorrow."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Thursday", date(2026, 11, 26)), ("by Monday", date(2026, 11, 30)), ("周五之前", date(2026, 11, 27)), ("下周三", date(2026, 12, 2)),
        ("Mittwoch nächster Woche", date(2026, 12, 2)), ("el viernes", date(2026, 11, 27)), ("в четверг", date(2026, 11, 26)),
        ("yarın", date(2026, 11, 24)), ("bis zum 28.11.", date(2026, 11, 28)), ("28 de noviembre", date(2026, 11, 28)),
        ("December 3rd", date(2026, 12, 3)), ("until 3 January", date(2027, 1, 3)), ("12月1日", date(2026, 12, 1)), ("2026-12-01", date(2026, 12, 1)),
        ("end of this week", date(2026, 11, 27)), ("next week", date(2026, 12, 4)), ("Anfang nächster Woche", date(2026, 11, 30)),
        ("within 3 working days", date(2026, 11, 26)), ("两天内", date(2026, 11, 25)), ("le 1er décembre", date(2026, 12, 1)),
        ("from 24 to 27 November", date(2026, 11, 27)), ("I may come", None), ("500 pcs of BP-12", None), ("on 2 November 2026", None),
        ("31 February", None), ("1.20 USD", None), ("", None),
    ],
)  # fmt: skip
def test_the_day_that_a_sentence_names(text: str, day: date | None) -> None:
    assert named_day(text, MONDAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Thursday", date(2026, 11, 26)), ("next Tuesday", date(2026, 12, 1)), ("this Friday", date(2026, 11, 27)), ("end of this week", date(2026, 11, 27)),
        ("by the end of the week", date(2026, 11, 27)), ("end of next week", date(2026, 12, 4)), ("in 3 days", date(2026, 11, 26)), ("within 48 hours", date(2026, 11, 25)),
        ("27/11", date(2026, 11, 27)), ("Nov 27th", date(2026, 11, 27)), ("11月27日", date(2026, 11, 27)), ("11月27号", date(2026, 11, 27)),
        ("27号", date(2026, 11, 27)), ("下周三", date(2026, 12, 2)), ("下周", date(2026, 12, 4)), ("下个星期一", date(2026, 11, 30)),
        ("这周五", date(2026, 11, 27)), ("本周五前", date(2026, 11, 27)), ("月底", date(2026, 11, 30)), ("月底前", date(2026, 11, 30)),
        ("下个月初", date(2026, 12, 1)), ("EOD tomorrow", date(2026, 11, 24)), ("on the 5th", date(2026, 12, 5)), ("by the 30th", date(2026, 11, 30)),
        ("end of the month", date(2026, 11, 30)), ("end of November", date(2026, 11, 30)), ("nächsten Dienstag", date(2026, 12, 1)), ("am Freitag", date(2026, 11, 27)),
        ("Ende der Woche", date(2026, 11, 27)), ("Ende des Monats", date(2026, 11, 30)), ("Ende November", date(2026, 11, 30)), ("in drei Tagen", date(2026, 11, 26)),
        ("la semana que viene", date(2026, 12, 4)), ("el próximo martes", date(2026, 12, 1)), ("este viernes", date(2026, 11, 27)), ("a finales de mes", date(2026, 11, 30)),
        ("a fin de mes", date(2026, 11, 30)), ("antes del 27 de noviembre", date(2026, 11, 27)), ("el 5 de diciembre", date(2026, 12, 5)), ("en dos días", date(2026, 11, 25)),
        ("la semaine prochaine", date(2026, 12, 4)), ("mardi prochain", date(2026, 12, 1)), ("fin de semaine", date(2026, 11, 27)), ("d'ici la fin de la semaine", date(2026, 11, 27)),
        ("d'ici vendredi", date(2026, 11, 27)), ("fin du mois", date(2026, 11, 30)), ("dans trois jours", date(2026, 11, 26)), ("sous 48h", date(2026, 11, 25)),
        ("semana que vem", date(2026, 12, 4)), ("na próxima terça", date(2026, 12, 1)), ("até sexta", date(2026, 11, 27)), ("final do mês", date(2026, 11, 30)),
        ("em dois dias", date(2026, 11, 25)), ("к пятнице", date(2026, 11, 27)), ("в следующий вторник", date(2026, 12, 1)), ("в следующую среду", date(2026, 12, 2)),
        ("до конца недели", date(2026, 11, 27)), ("в конце месяца", date(2026, 11, 30)), ("через два дня", date(2026, 11, 25)), ("через неделю", date(2026, 11, 30)),
        ("5 декабря", date(2026, 12, 5)), ("entro venerdì", date(2026, 11, 27)), ("la prossima settimana", date(2026, 12, 4)), ("martedì prossimo", date(2026, 12, 1)),
        ("fine mese", date(2026, 11, 30)), ("entro fine settimana", date(2026, 11, 27)), ("tra due giorni", date(2026, 11, 25)), ("cumaya kadar", date(2026, 11, 27)),
        ("gelecek salı", date(2026, 12, 1)), ("haftaya çarşamba", date(2026, 12, 2)), ("hafta sonuna kadar", date(2026, 11, 27)), ("ay sonuna kadar", date(2026, 11, 30)),
        ("iki gün içinde", date(2026, 11, 25)), ("يوم الخميس", date(2026, 11, 26)), ("الثلاثاء القادم", date(2026, 12, 1)), ("نهاية الأسبوع", date(2026, 11, 27)),
        ("نهاية الشهر", date(2026, 11, 30)), ("خلال يومين", date(2026, 11, 25)), ("خلال ثلاثة أيام", date(2026, 11, 26)), ("木曜日までに", date(2026, 11, 26)),
        ("来週の火曜日", date(2026, 12, 1)), ("今週末", date(2026, 11, 27)), ("今週中に", date(2026, 11, 27)), ("月末", date(2026, 11, 30)),
        ("3日以内に", date(2026, 11, 26)), ("27日までに", date(2026, 11, 27)), ("금요일까지", date(2026, 11, 27)), ("다음 주 화요일", date(2026, 12, 1)),
        ("이번 주 안에", date(2026, 11, 27)), ("월말까지", date(2026, 11, 30)), ("3일 안에", date(2026, 11, 26)), ("27일까지", date(2026, 11, 27)),
        ("volgende week dinsdag", date(2026, 12, 1)), ("aanstaande vrijdag", date(2026, 11, 27)), ("eind van de week", date(2026, 11, 27)), ("eind deze maand", date(2026, 11, 30)),
        ("over drie dagen", date(2026, 11, 26)), ("w przyszły wtorek", date(2026, 12, 1)), ("do piątku", date(2026, 11, 27)), ("do końca tygodnia", date(2026, 11, 27)),
        ("do końca miesiąca", date(2026, 11, 30)), ("za dwa dni", date(2026, 11, 25)), ("in a week", date(2026, 11, 30)), ("in two weeks", date(2026, 12, 7)),
        ("tmrw", date(2026, 11, 24)), ("later today", date(2026, 11, 23)), ("Fri", date(2026, 11, 27)), ("2 Dec.", date(2026, 12, 2)),
        ("12/05", date(2026, 12, 5)), ("2026-12-01", date(2026, 12, 1)), ("1st of December", date(2026, 12, 1)), ("price 1.20-1.50", None),
        ("500 pcs in 25 cartons", None), ("item 27-11B", None), ("kommenden Mittwoch", date(2026, 11, 25)), ("end of January", date(2027, 1, 31)),
        ("2 días después de su confirmación", date(2026, 11, 25)), ("the 5th of January", date(2027, 1, 5)), ("anfang nächsten Monats", date(2026, 12, 1)), ("end of next month", date(2026, 12, 31)),
        ("下月底", date(2026, 12, 31)), ("納期は30日です", None), ("il 30 % in anticipo", None),
    ],
)  # fmt: skip
def test_days_as_they_are_named_in_every_language(text: str, day: date | None) -> None:
    assert named_day(text, MONDAY) == day


@given(st.text(max_size=200))
def test_nothing_breaks_it(text: str) -> None:
    found = read(text)
    assert found is None or found.sentence


@pytest.mark.parametrize("unit", ["we will ", "check ", "1.", "will ", "周", "; ", "please ", "12. "])
def test_a_megabyte_takes_no_time(unit: str) -> None:
    read("warm")
    started = time.process_time()
    read(unit * (1_000_000 // len(unit)))
    assert time.process_time() - started < 1
