"""Promises in our own mails (reply-clock.md, case 33), and the days that sentences name."""

from __future__ import annotations

import csv
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.clock.office import Office
from mailcrm.domain.dates import named_day
from mailcrm.domain.demand import language
from mailcrm.domain.promises import Promise, promise

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)  # 16:00 in the office
OFFICE = Office()

with (Path(__file__).parent / "sentences.tsv").open(encoding="utf-8", newline="") as file:
    OURS = [one for one in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if one["side"] == "ours"]


def read(text: str) -> Promise | None:
    return promise(text, language(text), MONDAY, OFFICE)


@pytest.mark.parametrize(("name", "recall", "precision"), [("tuned", 0.95, 0.95), ("held", 0.9, 0.9)])
def test_promises_are_found(name: str, recall: float, precision: float) -> None:
    promising = [read(one["text"]) is not None for one in OURS if one["set"] == name and one["promise"] == "y"]
    others = [read(one["text"]) is not None for one in OURS if one["set"] == name and one["promise"] == "n"]
    told = f"{sum(promising)} of {len(promising)} promises, {sum(others)} of {len(others)} others taken for one"
    print(f"\n{name}: {told}")  # noqa: T201  (the closing note's figure)
    assert sum(promising) / len(promising) >= recall
    assert sum(promising) / (sum(promising) + sum(others)) >= precision


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("will check with our factory and come back to you on Thursday", datetime(2026, 11, 26, 10, tzinfo=UTC)),
        ("Dear Ana,\n\nI will check with our factory and\ncome back to you on Thursday.\n\nLin", datetime(2026, 11, 26, 10, tzinfo=UTC)),
        ("We will keep you posted.", None),
        ("We'll get back to you today.", datetime(2026, 11, 23, 10, tzinfo=UTC)),
        ("We will revert in two days. Best regards", datetime(2026, 11, 25, 10, tzinfo=UTC)),
        ("明天确认后回复您。", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        ("Wir melden uns bis 2. Dezember.", datetime(2026, 12, 2, 10, tzinfo=UTC)),
        ("Let me check. I will answer you on 27 Nov.", datetime(2026, 11, 27, 10, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_until_when(text: str, until: datetime | None) -> None:
    found = read(text)
    assert found is not None
    assert found.until == until


@pytest.mark.parametrize(
    "text",
    [
        "Price is 1.20, valid till Thursday.",
        "The price is USD 1.20 FOB Ningbo. Delivery 30 days after deposit.",
        "Please let us know by Thursday.",
        "Yes, it is in stock.",
        "The goods will be loaded on Friday.",
        "",
    ],
)
def test_what_only_tells_a_date_is_none(text: str) -> None:
    assert read(text) is None


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
    assert named_day(text, MONDAY.date()) == day


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
