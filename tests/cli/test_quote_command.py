"""`quote` on the command line, from the inquiry to the order, against the demo's servers: the documents of cli.md, and the pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cli.running import Cli
from cli.test_a_day import desk, servers  # noqa: F401  (fixtures)
from workbooks import xls

TERMS = ("--incoterm", "CIF Hamburg", "--freight", "0.20", "--premium", "0.3%", "--currency", "USD",
         "--payment", "30% T/T deposit, 70% against copy of B/L", "--lead-time", "30 days after deposit")  # fmt: skip
ANSWERS = ("end_customer", "yearly_volume", "region", "use", "specification", "quality")


@pytest.fixture
def house(desk: Cli, tmp_path: Path) -> Cli:  # noqa: F811  (the fixture above)
    """The desk with our company, its account, a price list, a cost sheet; the inquiry of Ana Ruiz, and what the forwarder charges."""
    desk.ok("entity", "edit", "--name-en", "Brightport Tools Ltd.")
    desk.ok("bank", "propose", "--beneficiary", "Brightport Tools Ltd.", "--account", "8001 2345 6789", "--bank", "Bank of Harbour",
            "--swift", "BKCHCNBJ92A", "--currency", "USD")  # fmt: skip
    desk.ok("bank", "register", "b1", "--alone")
    (tmp_path / "v6.csv").write_text(
        "sku,description,unit,qty_break,fob_usd,floor_usd\nBV-50,Ball valve,pcs,1,2.75,2.55\n"
    )
    desk.ok("pricelist", "import", str(tmp_path / "v6.csv"), "--version", "v6", "--apply", "--quiet")
    desk.ok(
        "costsheet",
        "new",
        "Ball valve",
        "--cost",
        "1",
        "--refund",
        "0",
        "--vat",
        "0",
        "--rate",
        "7",
        "--sku",
        "BV-50",
        "--quiet",
    )
    (tmp_path / "offer.pdf").write_bytes(b"%PDF-1.4 offer")
    return desk


def _thread(house: Cli) -> str:
    return str(next(row["id"] for row in house.ok("threads", "--json").json if row["subject"] == "Ball valves DN50"))


def _new(house: Cli, price: str) -> dict[str, Any]:
    thread = _thread(house)
    told = [word for name in ANSWERS for word in ("--answer", f"{name}=known")]
    house.ok("inquiry", "new", thread, *told, "--set", "feasibility=yes", "--quiet")
    made: dict[str, Any] = house.ok(
        "quote", "new", thread, "--line", f"BV-50,1000,{price},moq=500", *TERMS, "--json"
    ).json
    return made


def test_from_an_inquiry_below_the_floor_to_an_accepted_quote(house: Cli, tmp_path: Path) -> None:
    made = _new(house, "2.60")
    assert (made["id"], made["state"], made["number"]) == ("q1", "draft", f"QUO-{made['valid_until'][:4]}-0001/v1")
    assert made["total"] == {"amount": "2600.00", "currency": "USD"}
    refused = house("quote", "check", "q1")
    assert (refused.code, "freight confirmation is missing" in refused.err) == (4, True)
    for kind in ("freight", "insurance"):
        house.ok("quote", "confirm", "q1", kind, str(tmp_path / "offer.pdf"), "--expires", "2099-12-31", "--quiet")
    checked = house.ok("quote", "check", "q1", "--json").json
    (line,) = checked["lines"]
    assert checked["state"] == "needs_approval"
    assert (line["net_fob"]["amount"], line["floor"]["amount"], line["least_price"]["amount"]) == (
        "2.3914",
        "2.55",
        "2.76",
    )
    assert [(found["number"], found["refuses"]) for found in checked["checks"]] == [(2, False), (3, False)]
    assert "2.76" in house.ok("quote", "show", "q1").out
    assert house("quote", "send", "q1").code == 4
    own = house("quote", "approve", "q1")
    assert (own.code, "--own" in own.err) == (4, True)
    assert house.ok("quote", "reject", "q1", "--note", "Ask 2.62.", "--json").json["state"] == "draft"
    house.ok("quote", "edit", "q1", "--line", "BV-50,price=2.62", "--quiet")
    house.ok("quote", "ask", "q1", "--note", "20,000 a year", "--quiet")
    approvals = [row for row in house.ok("worklist", "--json").json if row["kind"] == "approval"]
    assert [row["ref"] for row in approvals] == ["q1"]
    approved = house.ok("quote", "approve", "q1", "--own", "--json").json
    assert (approved["state"], approved["approval"]["own"]) == ("ready", True)
    assert house.ok("quote", "render", "q1", "--json").json["pdf"].startswith("kf")
    sent = house.ok("quote", "send", "q1", "--json").json
    assert sent["state"] == "sent"
    assert [step["to"] for step in sent["history"]] == [
        "draft", "needs_approval", "draft", "needs_approval", "ready", "sent",
    ]  # fmt: skip
    assert all(step["actor"] and step["at"] and step["evidence"] for step in sent["history"])
    assert set(sent["history"][0]) >= {"at", "actor", "from", "to", "evidence"}
    assert house.ok("quote", "accept", "q1", "--text", "She said yes.", "--json").json["state"] == "accepted"
    assert [row["state"] for row in house.ok("quote", "list", "--json").json] == ["accepted"]


def test_lines_come_from_a_file_and_the_next_version_takes_the_place_of_the_first(house: Cli, tmp_path: Path) -> None:
    thread = _thread(house)
    (tmp_path / "lines.csv").write_text("sku,qty,price,moq,colour\nBV-50,1000,2.60,500,brass\nXY-9,10,5,,\n")
    made = house.ok(
        "quote", "new", thread, "--lines", str(tmp_path / "lines.csv"), "--incoterm", "FOB Ningbo", "--json"
    ).json
    assert [(line["sku"], line["details"].get("colour")) for line in made["lines"]] == [
        ("BV-50", "brass"),
        ("XY-9", None),
    ]
    assert [line["sku"] for line in house.ok("quote", "edit", "q1", "--drop-line", "2", "--json").json["lines"]] == [
        "BV-50"
    ]
    (tmp_path / "lines").write_bytes(xls([["货号", "数量", "FOB USD"], ["BV-50", 2000, 2.5]]))
    (line,) = house.ok("quote", "edit", "q1", "--lines", str(tmp_path / "lines"), "--json").json["lines"]
    assert (line["quantity"], line["price"]["amount"], line["details"]["colour"]) == (2000, "2.50", "brass")
    assert house("quote", "revise", "q1").code == 4
    assert house("quote", "new", thread, "--line", "nonsense").code == 2
    assert house("quote", "show", "q9").code == 1


def test_a_step_that_only_a_mail_takes_is_no_step_by_hand(house: Cli) -> None:
    _new(house, "2.60")
    refused = house("quote", "advance", "q1", "withdrawn", "--skip", "no reason")
    assert (refused.code, "quote withdraw" in refused.err) == (4, True)
