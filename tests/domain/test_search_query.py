"""What is typed to find mail, read."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mailcrm.domain.errors import UsageError
from mailcrm.domain.search_query import SearchQuery, Term, read_query
from mailcrm.domain.search_words import FILES, FROM, LETTER, TO

SHANGHAI = ZoneInfo("Asia/Shanghai")


def read(query: str) -> SearchQuery:
    return read_query(query, SHANGHAI)


def rows(query: str) -> list[str]:
    return [" ".join(term.words) for term in read(query).terms]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Valve price", ["valve", "price"]),
        ('"Best Price" valve', ["best price", "valve"]),
        ("“best price”", ["best price"]),
        ('"best price', ["best price"]),
        ("PO-2026/118", ["po 2026 118"]),
        ("12.50", ["12 50"]),
        ("款", [LETTER + "款"]),
        ("付款", ["付款"]),
        ("请付款", ["请付 付款"]),
        ("镕铸A-1订单PO2026118", ["a 1 po2026118", "镕铸", "订单"]),
        ("ＰＯ１２ 報價", ["po12", "報價"]),
        ("Müller's", ["muller s"]),
        ("Re: https://acme.example/a", ["re", "https acme example a"]),
        ("valve --- !", ["valve"]),
        ("from:jan", [f"{FROM}jan"]),
        ('From:"Acme Ltd"', [f"{FROM}acme {FROM}ltd"]),
        ("from：王", [f"{FROM}王"]),
        ("to:wei@ningbo.example", [f"{TO}wei {TO}ningbo {TO}example"]),
        ("has:attachment", [FILES]),
        ("from: jan", ["jan"]),
        ("from: has: is: before: tag:", []),
        ("", []),
    ],
)
def test_words(query: str, found: list[str]) -> None:
    assert rows(query) == found


@pytest.mark.parametrize(
    ("query", "growing"),
    [
        ("valve pric", ["pric"]),
        ("pric valve", ["valve"]),
        ("valve pr", []),
        ("valve ", ["valve"]),
        ('"valve"', []),
        ("valve,", []),
        ("付款", []),
        ("订单PO2026", ["po2026"]),
        ("from:acm valve", [f"{FROM}acm", "valve"]),
    ],
)
def test_the_last_word_may_be_the_beginning_of_one(query: str, growing: list[str]) -> None:
    assert [term.words[-1] for term in read(query).terms if term.beginning] == growing
    assert read(query).has_beginning == bool(growing)


def test_filters() -> None:
    query = read('company:acme company:"Graz Flanges" country:"New Zealand" grade:A is:overdue IS:Waiting price')
    assert query == SearchQuery(
        terms=(Term(("price",), beginning=True, shown="price"),),
        companies=("acme", "Graz Flanges"),
        countries=("New Zealand",),
        grades=("A",),
        states=("overdue", "waiting"),
    )


@pytest.mark.parametrize(
    "day", ["2026-01-05", "2026/1/5", "2026.01.5", "20260105", "2026-01-05T00:00", "2026-01-04T16:00Z"]
)
def test_days_begin_in_the_zone(day: str) -> None:
    at = datetime(2026, 1, 4, 16, 0, tzinfo=UTC)
    assert (read(f"before:{day}").before, read(f"after:{day}").after) == (at, at)


def test_of_several_days_the_narrowest_count() -> None:
    query = read("after:2026-01-05 after:2026-01-03 before:2026-02-01 before:2026-03-01")
    assert query == read("after:2026-01-05 before:2026-02-01")


@pytest.mark.parametrize(
    ("query", "sentence", "hint"),
    [
        ("before:yesterday", "yesterday is no date.", "2026-11-23"),
        ("after:2026-02-30", "2026-02-30 is no date.", "2026-11-23"),
        ("after:0001-01-01", "0001-01-01 is no date.", "2026-11-23"),
        ("is:sampled", "is:sampled is not known.", "is:overdue, is:waiting, is:sample, is:quote"),
        ("has:money", "has:money is not known.", "has:attachment"),
        ("tag:…", "… is no tag.", "importer or vip"),
        ("!!!", "There is neither a letter nor a digit in !!!.", "words, numbers and Chinese"),
    ],
)
def test_errors_name_the_mend(query: str, sentence: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(query)
    assert str(caught.value.sentence) == sentence
    assert hint in str(caught.value.hint)
