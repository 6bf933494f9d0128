"""`pricelist` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import Cli
from workbooks import Value, xlsx

NOW = ("--now", "2026-11-26T10:00+08:00")
ROWS: list[list[Value]] = [
    ["货号", "品名", "单位", "起订量", "FOB USD", "底价"],
    ["VB-50", "球阀 DN50", "pc", 1, 3.0, 2.8],
    ["VB-50", "球阀 DN50", "pc", 1000, "2.7999999999999998", 2.55],
    ["VB-65", "球阀 DN65", "pc", 100, 5.1, 5.6],
    ["VB-80", "球阀 DN80", "pc", 100, "面议", 6.5],
]


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "价格表.xlsx"
    path.write_bytes(xlsx(ROWS))
    return str(path)


def test_a_list_is_looked_at_applied_shown_and_compared(cli: Cli, file: str, tmp_path: Path) -> None:
    said = cli.ok("pricelist", "import", file, *NOW, "--json").json
    assert {name: said[name] for name in ("version", "valid_from", "valid_until", "currency", "created", "updated", "applied", "id")} == {
        "version": "v1", "valid_from": "2026-11-26", "valid_until": None, "currency": "USD", "created": 2, "updated": 0,
        "applied": False, "id": None,
    }  # fmt: skip
    assert said["skipped"] == [
        {"row": 4, "reason": "The floor price USD 5.60 is above the price USD 5.10."},
        {"row": 5, "reason": "面议 is no amount."},
    ]
    assert cli.ok("pricelist", "list", "--json").json == []

    said = cli.ok("pricelist", "import", file, "--apply", "--version", "v6", *NOW, "--json").json
    assert (said["applied"], said["id"], said["created"]) == (True, "pl1", 2)
    again = cli.ok("pricelist", "import", file, "--apply", *NOW, "--json").json
    assert (again["applied"], again["known"], again["created"]) == (False, "v6", 0)

    page = cli.ok("pricelist", "show", *NOW, "--json").json
    assert (page["version"], page["state"]) == ("v6", "valid")
    assert page["prices"][1] == {
        "sku": "VB-50", "description": "球阀 DN50", "unit": "pc", "qty_break": 1000,
        "fob": {"amount": "2.80", "currency": "USD"}, "floor": {"amount": "2.55", "currency": "USD"},
    }  # fmt: skip

    newer = tmp_path / "v7.csv"
    newer.write_text("SKU,Qty,FOB USD,Floor USD\nVB-50,1,3.15,2.80\nVB-100,1,12.50,11.00\n")
    cli.ok("pricelist", "import", str(newer), "--apply", "--version", "v7", "--valid-from", "2026-12-01", *NOW)
    lists = cli.ok("pricelist", "list", *NOW, "--json").json
    assert [(row["version"], row["state"], row["valid_from"]) for row in lists] == [
        ("v7", "upcoming", "2026-12-01"),
        ("v6", "valid", "2026-11-26"),
    ]
    diff = cli.ok("pricelist", "diff", "v6", "v7", "--json").json
    assert diff == cli.ok("pricelist", "diff", "--json").json
    assert [(row["kind"], row["sku"], row["qty_break"], row["fob_percent"]) for row in diff["changes"]] == [
        ("added", "VB-100", 1, None),
        ("changed", "VB-50", 1, "5.0"),
        ("removed", "VB-50", 1000, None),
    ]


def test_people_read_it_in_columns(cli: Cli, file: str, tmp_path: Path) -> None:
    looked = cli.ok("pricelist", "import", file, *NOW).out
    assert "Nothing was written. With --apply the list is applied." in looked
    assert "row 5  面议 is no amount." in looked
    cli.ok("pricelist", "import", file, "--apply", *NOW)
    assert cli.ok("pricelist", "show", *NOW).out.splitlines() == [
        "Price list v1, valid",
        "USD, valid from 2026-11-26 until the next list",
        "SKU    quantity  unit  FOB   floor  description",
        "VB-50     1      pc    3.00  2.80   球阀 DN50",
        "VB-50  1000      pc    2.80  2.55   球阀 DN50",
    ]
    newer = tmp_path / "v7.csv"
    newer.write_text("SKU,Unit,Qty,FOB USD,Floor USD\nVB-50,pair,1,3.15,2.80\nVB-50,pc,1000,2.80,2.55\n")
    cli.ok("pricelist", "import", str(newer), "--apply", "--valid-from", "2026-12-01", *NOW)
    out = cli.ok("pricelist", "diff").out
    assert "From v1 to v2" in out
    assert "new 0, gone 0, changed 1, as before 1" in out
    assert "pc → pair" in out
    assert "+5.0" in out
    assert cli.ok("pricelist", "import", file, *NOW).out == "价格表.xlsx was applied before, as v1; nothing changes.\n"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("import", "nowhere.xlsx"), 2, "can't be read"),
        (("import", "{file}", "--valid-from", "soon"), 2, "soon is no day"),
        (("import", "{file}", "--valid-from", "2026-12-02", "--valid-until", "2026-12-01"), 2, "would end"),
        (("import", "{file}", "--currency", "EUR"), 2, "in EUR and in USD"),
        (("import", "{file}", "--version", "../v1"), 2, "no name of a version"),
        (("show", "v9"), 1, "no price list v9"),
        (("show",), 1, "No price list is valid today"),
        (("diff",), 1, "no price list yet"),
    ],
)
def test_what_can_not_be_done_is_said_with_the_mend(
    cli: Cli, file: str, words: tuple[str, ...], code: int, told: str
) -> None:
    answer = cli("pricelist", *(word.format(file=file) for word in words), *NOW)
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err
    assert len(answer.err.splitlines()) == 2


def test_another_list_under_a_known_version_is_refused_by_rule(cli: Cli, file: str, tmp_path: Path) -> None:
    cli.ok("pricelist", "import", file, "--apply", "--version", "v6", *NOW)
    other = tmp_path / "other.csv"
    other.write_text("SKU,FOB USD\nVB-50,9.99\n")
    answer = cli("pricelist", "import", str(other), "--apply", "--version", "v6", *NOW)
    assert (answer.code, answer.out) == (4, "")
    assert "never changes" in answer.err
