"""`costsheet`, `rate`, `refund`: the figures behind a price, at the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from cli.running import Cli

TODAY = ("--now", "2026-11-26T10:00+08:00")  # a Thursday


def ok(cli: Cli, *words: str) -> Any:  # noqa: ANN401  (a JSON document)
    return cli.ok(*TODAY, *words, "--json").json


def refused(cli: Cli, *words: str, now: Sequence[str] = TODAY) -> tuple[int, str]:
    answer = cli(*now, *words)
    assert answer.code
    assert len(answer.err.splitlines()) == 2, answer.err  # the sentence and the mend
    return answer.code, answer.err


CHAIR = ("costsheet", "new", "Oak chair", "--cost", "113.00", "--charges", "3", "--refund", "9%", "--rate", "7.00")


def test_rates_are_told_apart_by_their_letters(cli: Cli) -> None:
    assert ok(cli, "rate", "set", "USD", "7.0912", "--source", "Bank of China")["id"] == "y1"
    assert [row["id"] for row in ok(cli, "rate", "list")] == ["y1"]
    ok(cli, "refund", "set", "8481", "13%", "--from", "2026-01-01")
    assert [row["id"] for row in ok(cli, "refund", "list")] == ["v1"]


def test_a_trading_companys_sheet_shows_its_working_line_by_line(cli: Cli) -> None:
    text = cli.ok(*TODAY, *CHAIR).out.splitlines()
    assert text[0] == "Cost sheet g1: FOB USD 17.1750."
    lines = [tuple(part.strip() for part in line.rsplit("  ", 1)) for line in text[2:]]
    assert lines == [
        ("purchase price in CNY, VAT of 13% included", "113.00"),
        ("less refund of 9% on the price without VAT", "9.00"),
        ("plus charges", "3.00"),
        ("what a piece costs", "107.00"),
        ("profit, a share of the price", "10%"),
        ("bank charges", "1%"),
        ("commission", "0%"),
        ("what the price leaves for the piece", "89%"),
        ("CNY for one USD", "7.00"),
        ("FOB price in USD", "17.1750"),
        ("margin", "10.00%"),
        ("CNY spent for one USD", "6.23"),
    ]


@pytest.mark.parametrize(
    ("more", "fob"),
    [
        ((), "17.1750"),
        (("--commission", "5%"), "18.1973"),
        (("--kind", "factory", "--cost", "100"), "17.3110"),
    ],
)
def test_the_three_prices_of_the_specification(cli: Cli, more: tuple[str, ...], fob: str) -> None:
    row = ok(cli, *CHAIR, *more)
    assert row["fob"] == {"amount": fob, "currency": "USD"}
    assert row["action"] == "l1"
    assert ok(cli, "costsheet", "show", "g1")["fob"]["amount"] == fob


def test_the_kind_of_enterprise_is_a_setting(cli: Cli) -> None:
    cli.ok(*TODAY, *CHAIR, "--cost", "100", env={"MAILCRM__TRADE__ENTERPRISE_KIND": "factory"})
    assert ok(cli, "costsheet", "show", "g1")["kind"] == "factory"


def test_another_price_is_shown_with_its_margin(cli: Cli) -> None:
    ok(cli, *CHAIR)
    row = ok(cli, "costsheet", "show", "g1", "--price", "16.90")
    assert (row["price"]["amount"], row["fob"]["amount"]) == ("16.90", "17.1750")
    assert (row["margin"], row["exchange_cost"]) == ("0.085520", "6.3314")
    assert "another FOB price" in cli.ok(*TODAY, "costsheet", "show", "g1", "--price", "16.90").out
    assert refused(cli, "costsheet", "show", "g1", "--price", "EUR 16.90")[0] == 2


def test_sheets_are_listed_the_youngest_first_and_by_item(cli: Cli) -> None:
    ok(cli, *CHAIR, "--sku", "C-1")
    ok(cli, *CHAIR, "--sku", "C-2")
    assert [row["id"] for row in ok(cli, "costsheet")] == ["g2", "g1"]
    assert [row["sku"] for row in ok(cli, "costsheet", "list", "--sku", "C-1")] == ["C-1"]
    assert "Oak chair" in cli.ok(*TODAY, "costsheet").out


def test_undo_removes_a_sheet(cli: Cli) -> None:
    action = ok(cli, *CHAIR)["action"]
    cli.ok(*TODAY, "undo", action)
    assert ok(cli, "costsheet") == []
    assert refused(cli, "costsheet", "show", "g1")[0] == 1


def test_the_cost_may_be_in_the_currency_of_the_price(cli: Cli) -> None:
    row = ok(
        cli, "costsheet", "new", "Chair", "--cost", "USD 16.95", "--refund", "0%", "--kind", "factory", "--vat", "0%"
    )
    assert (row["rate"], row["rate_on"], row["rate_fresh"]) == ("1", None, None)
    assert row["fob"]["amount"] == "19.0450"


# -- exchange rates -----------------------------------------------------------------------------------------------------

BANK = ("--source", "Bank of China")
BY_TABLE = ("costsheet", "new", "Chair", "--cost", "113", "--charges", "3", "--refund", "9%")


def test_a_sheet_calculates_with_the_banks_rate_and_names_it(cli: Cli) -> None:
    ok(cli, "rate", "set", "USD", "705", "--per", "100", "--on", "2026-11-24", *BANK)
    ok(cli, "rate", "set", "usd", "7.00", "--on", "2026-11-25", *BANK)
    row = ok(cli, *BY_TABLE)
    assert (row["rate"], row["rate_source"], row["rate_on"], row["rate_age"]) == (
        "7.00",
        "Bank of China",
        "2026-11-25",
        1,
    )
    assert "7.00, Bank of China, 2026-11-25" in cli.ok(*TODAY, "costsheet", "show", "g1").out
    assert [row["buying"] for row in ok(cli, "rate")] == ["7.00"]
    assert [row["buying"] for row in ok(cli, "rate", "list", "USD", "--past")] == ["7.00", "7.05"]


def test_a_margin_of_the_settings_is_taken_off_the_rate(cli: Cli) -> None:
    ok(cli, "rate", "set", "USD", "7.00", *BANK)
    row = cli.ok(*TODAY, *BY_TABLE, "--json", env={"MAILCRM__TRADE__RATE_MARGIN": "1%"}).json
    assert row["rate"] == "6.9300"


@pytest.mark.parametrize(("now", "code"), [("2026-11-25", 0), ("2026-11-30", 0), ("2026-12-01", 4)])
def test_a_rate_is_at_most_three_working_days_old(cli: Cli, now: str, code: int) -> None:
    """Of a Wednesday's rate Monday is the third working day."""
    cli.ok("--now", "2026-11-26T10:00", "rate", "set", "USD", "7.00", "--on", "2026-11-25", *BANK)
    answer = cli("--now", f"{now}T10:00+08:00", *BY_TABLE)
    assert answer.code == code, answer
    if code:
        assert "rate set USD" in answer.err


def test_a_sheet_with_an_old_rate_says_so(cli: Cli) -> None:
    ok(cli, *CHAIR)
    later = ("--now", "2026-12-10T10:00+08:00")
    assert cli.ok(*later, "costsheet", "show", "g1", "--json").json["rate_fresh"] is False
    assert "too old" in cli.ok(*later, "costsheet", "show", "g1").out
    ok(cli, "rate", "set", "USD", "7.00", *BANK)
    assert "too old" in cli.ok(*later, "rate").out


def test_without_any_rate_the_mend_is_named(cli: Cli) -> None:
    code, err = refused(cli, *BY_TABLE)
    assert code == 4
    assert "rate set USD" in err


@pytest.mark.parametrize(
    "words",
    [
        ("USD", "7.00", "--source", " "),
        ("USD", "7.00", "--on", "2026-11-27", *BANK),
        ("USD", "7.00", "--on", "yesterday", *BANK),
        ("USD", "7.00", "--per", "3", *BANK),
        ("USD", "0", *BANK),
        ("CNY", "1", *BANK),
        ("Dollar", "7.00", *BANK),
        ("USD", "7,00", *BANK),
    ],
)
def test_a_rate_that_can_t_be_is_refused(cli: Cli, words: tuple[str, ...]) -> None:
    assert refused(cli, "rate", "set", *words)[0] == 2
    assert ok(cli, "rate") == []


def test_undo_lets_the_rate_before_count_again(cli: Cli) -> None:
    ok(cli, "rate", "set", "USD", "7.00", *BANK)
    action = ok(cli, "rate", "set", "USD", "70.0", *BANK)["action"]
    assert ok(cli, "rate")[0]["buying"] == "70.0"
    cli.ok(*TODAY, "undo", action)
    assert ok(cli, "rate")[0]["buying"] == "7.00"


# -- refund rates -------------------------------------------------------------------------------------------------------


def test_the_refund_rate_is_that_of_the_day_of_export_and_a_change_shows_both_margins(cli: Cli) -> None:
    ok(cli, "refund", "set", "9403.60", "13%", "--from", "2026-01-01")
    ok(cli, "refund", "set", "9403.60", "9%", "--from", "2026-12-15", "--source", "notice 20")
    words = ("costsheet", "new", "Chair", "--cost", "113", "--charges", "3", "--rate", "7", "--hs", "9403.60.9990")
    assert [m["refund_rate"] for m in ok(cli, *words, "--export", "2026-12-01")["margins"]] == ["0.13"]
    crossing = ok(cli, *words, "--export", "2026-12-20")
    assert crossing["refund_rate"] == "0.09"
    assert [(m["refund_rate"], m["margin"]) for m in crossing["margins"]] == [
        ("0.13", "0.133273"),
        ("0.09", "0.100002"),
    ]
    text = cli.ok(*TODAY, "costsheet", "show", crossing["id"]).out
    assert "margin with a refund of 13%, exported by 2026-12-14" in text
    assert "margin with a refund of 9%, exported from 2026-12-15 on" in text


def test_a_new_rate_ends_the_one_before_it_and_undo_gives_it_back(cli: Cli) -> None:
    ok(cli, "refund", "set", "9403", "13%", "--from", "2026-01-01")
    ok(cli, "refund", "set", "9403", "9%", "--from", "2026-12-15")
    assert [(row["rate"], row["until"]) for row in ok(cli, "refund")] == [("0.13", "2026-12-14"), ("0.09", None)]
    assert refused(cli, "refund", "set", "9403", "5%", "--from", "2026-11-01")[0] == 4
    ok(cli, "refund", "set", "9403", "5%", "--from", "2026-11-01", "--to", "2026-12-14")
    cli.ok(*TODAY, "undo")
    ok(cli, "refund", "set", "9403", "10%", "--from", "2026-12-15")  # a slip is corrected
    assert [row["rate"] for row in ok(cli, "refund")] == ["0.13", "0.10"]
    cli.ok(*TODAY, "undo")
    cli.ok(*TODAY, "undo")
    assert [(row["rate"], row["until"]) for row in ok(cli, "refund")] == [("0.13", None)]


def test_rates_of_a_code_are_those_of_its_headings_and_of_what_is_below_it(cli: Cli) -> None:
    for code in ("9403", "940360", "94036099", "8501"):
        ok(cli, "refund", "set", code, "13%", "--from", "2026-01-01")
    assert [row["hs"] for row in ok(cli, "refund", "list", "9403.60")] == ["9403", "940360", "94036099"]


def test_an_unknown_code_is_named_with_the_mend(cli: Cli) -> None:
    words = ("costsheet", "new", "Chair", "--cost", "113", "--rate", "7")
    code, err = refused(cli, *words, "--hs", "8501")
    assert code == 1
    assert "refund set 8501" in err
    assert refused(cli, *words)[0] == 2


TABLE = """HS编码,退税率(%),生效日期,终止日期,来源
9403.60,13,2026-01-01,2026-12-14,公告1
9403.60,9%,2026年12月15日,,公告2
9403.60,9%,2026-12-15,,公告2
8501,0.06,20260101,,
chair,13,2026-01-01,,
8502,99999,2026-01-01,,
8503,13,soon,,

"""


def test_a_table_is_looked_at_first_and_then_taken_over(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_bytes(TABLE.encode("gb18030"))
    expected = {"created": 3, "updated": 0, "duplicates": [4]}
    looked = ok(cli, "refund", "import", str(file))
    assert {name: looked[name] for name in expected} == expected
    assert [each["row"] for each in looked["skipped"]] == [6, 7, 8]
    assert ok(cli, "refund") == []
    done = ok(cli, "refund", "import", str(file), "--apply")
    assert {name: done[name] for name in expected} == expected
    rows = ok(cli, "refund")
    assert [(row["hs"], row["rate"], row["until"], row["source"]) for row in rows] == [
        ("8501", "0.06", None, ""),
        ("940360", "0.13", "2026-12-14", "公告1"),
        ("940360", "0.09", None, "公告2"),
    ]
    assert ok(cli, "refund", "import", str(file))["duplicates"] == [2, 3, 4, 5]
    cli.ok(*TODAY, "undo", done["action"])
    assert ok(cli, "refund") == []


def test_a_table_in_words_for_people(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text("hs;rate;from\n9403;13%;2026-01-01\nx;13%;2026-01-01\n", "utf-8-sig")
    assert cli.ok(*TODAY, "refund", "import", str(file)).out.splitlines() == [
        "New: 1. Changed: 0. Known already: 0. Left out: 1.",
        "line 3: x is no HS code.",
    ]
    assert "Refund rates written: 1." in cli.ok(*TODAY, "refund", "import", str(file), "--apply").out
    assert "940" in cli.ok(*TODAY, "refund").out


def test_a_contradicting_row_is_left_out_in_the_look_and_in_the_deed(cli: Cli, tmp_path: Path) -> None:
    ok(cli, "refund", "set", "9403", "9%", "--from", "2026-12-15")
    file = tmp_path / "rates.csv"
    file.write_text("hs,rate,from\n9403,13%,2026-01-01\n8501,13%,2026-01-01\n", "utf-8")
    looked = ok(cli, "refund", "import", str(file))
    assert (looked["created"], [each["row"] for each in looked["skipped"]]) == (1, [2])
    ok(cli, "refund", "import", str(file), "--apply")
    assert [row["hs"] for row in ok(cli, "refund")] == ["8501", "9403"]


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", b"hs,rate\n9403,13%\n", b"hs,rate,from\n" + b'"' + b"x" * 200_000]
)
def test_what_is_no_table_is_refused(cli: Cli, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "rates.csv"
    file.write_bytes(content)
    assert refused(cli, "refund", "import", str(file))[0] == 2
    assert refused(cli, "refund", "import", str(tmp_path / "none.csv"))[0] == 2


# -- who may ------------------------------------------------------------------------------------------------------------


def test_an_official_sheet_is_a_managers(cli: Cli) -> None:
    assert ok(cli, *CHAIR, "--official")["official"] is True  # alone, one is one's own manager
    cli.ok("team", "add", "mei", "--manager")
    code, err = refused(cli, *CHAIR, "--official")
    assert code == 4
    assert "mei" in err


@pytest.mark.parametrize(
    "words",
    [
        ("", "--cost", "113", "--refund", "9%", "--rate", "7"),
        ("Chair", "--cost", "12,50", "--refund", "9%", "--rate", "7"),
        ("Chair", "--cost", "113", "--refund", "9", "--rate", "7"),
        ("Chair", "--cost", "113", "--refund", "14%", "--rate", "7"),
        ("Chair", "--cost", "113", "--refund", "9%", "--rate", "0"),
        ("Chair", "--cost", "113", "--refund", "9%", "--rate", "7", "--profit", "95%", "--commission", "5%"),
        ("Chair", "--cost", "113", "--refund", "9%", "--rate", "7", "--kind", "agent"),
        ("Chair", "--cost", "113", "--refund", "9%", "--rate", "7", "--charges", "USD 3"),
        ("Chair", "--cost", "113", "--hs", "wood", "--rate", "7"),
        ("Chair", "--cost", "113", "--refund", "9%", "--rate", "7", "--export", "soon", "--hs", "9403"),
    ],
)
def test_a_sheet_that_can_t_be_is_refused_with_the_mend(cli: Cli, words: tuple[str, ...]) -> None:
    assert refused(cli, "costsheet", "new", *words)[0] == 2
    assert ok(cli, "costsheet") == []


def test_empty_lists_say_how_to_begin(cli: Cli) -> None:
    for group in ("costsheet", "rate", "refund"):
        assert ok(cli, group) == []
        assert f"mailcrm {group}" in cli.ok(group).out


def test_hostile_names_reach_no_terminal(cli: Cli) -> None:
    hostile = "Chair\x1b[31m\x9b2J\u202e"
    made = cli.ok(*TODAY, *CHAIR[:2], hostile, *CHAIR[3:], "--note", hostile, "--sku", hostile)
    for text in (made.out, cli.ok(*TODAY, "costsheet").out, cli.ok(*TODAY, "costsheet", "show", "g1").out):
        assert not set(text) & {"\x1b", "\x9b", "\u202e"}
    ok(cli, "rate", "set", "USD", "7", "--source", hostile)
    assert "\x1b" not in cli.ok(*TODAY, "rate").out
