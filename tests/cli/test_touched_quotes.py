"""Which live quotes a price list touches, as `pricelist import` and `pricelist diff` tell it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cli.running import Cli

NOW = ("--now", "2026-11-26T10:00+08:00")
HEAD = "SKU,Unit,Qty,FOB USD,Floor USD\n"
V6 = f"{HEAD}NZ-20,pcs,1,3.00,2.55\nNZ-20,pcs,1000,2.80,2.40\nNZ-30,pcs,1,4.00,3.50\nNZ-40,pcs,1,5.00,4.50\n"
# NZ-20 rises below 1,000 only, NZ-30 stays, NZ-40 is gone, NZ-50 is new.
V7 = f"{HEAD}NZ-20,pcs,1,3.10,2.70\nNZ-20,pcs,1000,2.80,2.40\nNZ-30,pcs,1,4.00,3.50\nNZ-50,pcs,1,6.00,5.00\n"


@pytest.fixture
def desk(desk: Cli, tmp_path: Path) -> Cli:
    """`mailcrm` with a mail, and list v6 applied."""
    for name, text in (("v6", V6), ("v7", V7)):
        (tmp_path / f"{name}.csv").write_text(text)
    desk.ok("pricelist", "import", str(tmp_path / "v6.csv"), "--apply", "--version", "v6", *NOW)
    return desk


def quoted(desk: Cli, *words: str) -> str:
    return str(desk.ok("quote", "new", "t1", "--from", "none", *words, *NOW, "--json").json["id"])


def touches(desk: Cli, tmp_path: Path, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.ok(
        "pricelist", "import", str(tmp_path / "v7.csv"), "--version", "v7", *more, *NOW, "--json"
    ).json["touches"]
    return found


def test_a_preview_names_the_lines_of_live_quotes_that_it_touches(desk: Cli, tmp_path: Path) -> None:
    quoted(desk, "--incoterm", "FOB Ningbo", "--line", "NZ-20,500,2.60", "--line", "NZ-30,10,3.60")
    quoted(desk, "--incoterm", "FOB Ningbo", "--line", "nz-20,1000,2.45", "--line", "NZ-40,10,4.80")
    quoted(desk, "--incoterm", "CIF Hamburg", "--freight", "0.20", "--premium", "0.3%", "--line", "NZ-20,500,2.92")
    quoted(desk, "--incoterm", "CIF Hamburg", "--line", "NZ-20,500,9.00")
    found = touches(desk, tmp_path)
    assert [(row["quote"], row["line"], row["sku"], row["below"]) for row in found] == [
        ("q1", 1, "NZ-20", True),
        ("q2", 2, "NZ-40", None),
        ("q3", 1, "NZ-20", False),
        ("q4", 1, "NZ-20", None),
    ]
    assert found[0] == {
        "quote": "q1", "number": "QUO-2026-0001/v1", "state": "draft", "company": found[0]["company"], "line": 1, "sku": "NZ-20",
        "quantity": 500, "price": {"amount": "2.60", "currency": "USD"}, "net_fob": {"amount": "2.6000", "currency": "USD"},
        "floor_before": {"amount": "2.55", "currency": "USD"}, "floor_after": {"amount": "2.70", "currency": "USD"},
        "least_price": {"amount": "2.70", "currency": "USD"}, "below": True,
    }  # fmt: skip
    assert (found[1]["floor_before"], found[1]["floor_after"]) == ({"amount": "4.50", "currency": "USD"}, None)
    # CIF is held against the floor at net FOB: 2.92 leaves 2.7103.
    assert found[2]["net_fob"]["amount"] == "2.7103"


def test_the_diff_tells_the_same_and_applying_shows_it_once_more(desk: Cli, tmp_path: Path) -> None:
    quoted(desk, "--incoterm", "FOB Ningbo", "--line", "NZ-20,500,2.60")
    looked = touches(desk, tmp_path)
    assert touches(desk, tmp_path, "--apply", "--valid-from", "2026-12-01") == looked
    assert desk.ok("pricelist", "diff", "v6", "v7", *NOW, "--json").json["touches"] == looked
    again = desk.ok("pricelist", "import", str(tmp_path / "v7.csv"), *NOW, "--json").json
    assert (again["known"], again["touches"]) == ("v7", [])


def test_a_quote_that_is_over_is_not_touched(desk: Cli, tmp_path: Path) -> None:
    quote = quoted(desk, "--incoterm", "FOB Ningbo", "--line", "NZ-20,500,2.60")
    assert len(touches(desk, tmp_path)) == 1
    desk.ok("undo")
    assert touches(desk, tmp_path) == []
    assert desk("quote", "show", quote).code == 1


def test_people_read_which_lines_fall_below_the_new_floor(desk: Cli, tmp_path: Path) -> None:
    quoted(desk, "--incoterm", "FOB Ningbo", "--line", "NZ-20,500,2.60", "--line", "NZ-40,10,4.80")
    out = desk.ok("pricelist", "import", str(tmp_path / "v7.csv"), *NOW).out
    assert "It touches 1 live quote\n1 line falls below its floor\n" in out
    line = next(line for line in out.splitlines() if line.startswith("q1") and "NZ-20" in line)
    assert line.split()[:10] == [
        "q1",
        "QUO-2026-0001/v1",
        "being",
        "written",
        "NZ-20",
        "500",
        "2.60",
        "2.55",
        "2.70",
        "2.70",
    ]
    assert "below" in line
    gone = next(line for line in out.splitlines() if line.startswith("q1") and "NZ-40" in line)
    assert "gone" in gone
    assert "can't be told" in gone
