"""`entity`, `bank`, `document`: our letterhead, where customers pay to, and how it all looks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli.running import Cli
from documents.made import logo
from documents.reading import flat

ACCOUNT = (
    "--beneficiary", "Brightport Export Co., Ltd.", "--account", "3901 0001 1920", "--bank", "Example Bank of Ningbo",
    "--swift", "EXBKCNBN", "--currency", "USD",
)  # fmt: skip
As = Callable[..., Any]


@pytest.fixture
def house(cli: Cli) -> Cli:
    """A home whose company is written down; two of us work in it."""
    for name in ("anna", "bo"):
        cli.ok("team", "add", name)
    cli.ok("entity", "edit", "--name-en", "Brightport Export Co., Ltd.", "--address-en", "Room 1208, Ningbo")
    return cli


def as_(name: str) -> dict[str, str]:
    return {"LOGNAME": name, "USER": name}


def propose(cli: Cli, *more: str, by: str = "anna") -> Any:  # noqa: ANN401  (a JSON document)
    return cli.ok("bank", "propose", *ACCOUNT, *more, "--json", env=as_(by)).json


def test_a_letterhead_is_written_down_and_changed_field_by_field(cli: Cli, tmp_path: Path) -> None:
    assert cli("entity", "show").code == 1
    assert "not written down" in cli.ok("entity", "list").out
    (tmp_path / "mark.png").write_bytes(logo())
    first = cli.ok("entity", "edit", "--name-en", "Brightport", "--logo", str(tmp_path / "mark.png"), "--json").json
    assert (first["id"], first["logo"]) == ("e1", "kf1")
    second = cli.ok("entity", "edit", "--name-zh", "宁波明港", "--phone", "+86 574 5555 0100", "--json").json
    assert (second["id"], second["name_en"], second["name_zh"], second["logo"]) == (
        "e1",
        "Brightport",
        "宁波明港",
        "kf1",
    )
    assert cli.ok("entity", "edit", "--logo", "", "--json").json["logo"] is None
    other = cli.ok("entity", "edit", "--new", "--name-en", "Brightport HK", "--json").json
    assert other["id"] == "e2"
    assert [row["id"] for row in cli.ok("entity", "list", "--json").json] == ["e1", "e2"]
    assert cli.ok("entity", "show", "e2", "--json").json["name_en"] == "Brightport HK"


def test_a_letterhead_needs_a_name_and_a_logo_that_is_one(cli: Cli, tmp_path: Path) -> None:
    assert cli("entity", "edit").code == 2
    assert cli("entity", "edit", "--phone", "1").code == 2
    (tmp_path / "mark.svg").write_text("<svg/>")
    refused = cli("entity", "edit", "--name-en", "Brightport", "--logo", str(tmp_path / "mark.svg"))
    assert (refused.code, "PNG or JPEG" in refused.err) == (2, True)
    assert cli.ok("entity", "list", "--json").json == []


def test_one_person_proposes_and_another_registers(house: Cli) -> None:
    row = propose(house, "--evidence", "bank's letter of 3 March")
    assert (row["id"], row["state"], row["proposed_by"]) == ("b1", "proposed", "anna")
    for extra in ((), ("--alone",)):
        refused = house("bank", "register", "b1", *extra, env=as_("anna"))
        assert (refused.code, "Ask a colleague: bo" in refused.err) == (4, True)
    assert house("bank", "register", "b1", env=as_("eve")).code == 4
    row = house.ok("bank", "register", "b1", "--json", env=as_("bo")).json
    assert (row["state"], row["registered_by"], row["alone"]) == ("registered", "bo", False)
    told = [(step["actor"], step["from"], step["to"]) for step in row["history"]]
    assert told == [("anna", "", "proposed"), ("bo", "proposed", "registered")]
    assert row["history"][0]["evidence"] == [{"kind": "text", "ref": "bank's letter of 3 March"}]
    assert row["block"].startswith("Beneficiary: Brightport Export Co., Ltd.\nAccount no.: 3901 0001 1920\n")


def test_a_new_account_takes_the_place_of_the_old_one_of_its_currency(house: Cli) -> None:
    for number, more in enumerate(((), ("--currency", "EUR"), ("--account", "99990000")), 1):
        propose(house, *more)
        house.ok("bank", "register", f"b{number}", env=as_("bo"))
    states = {row["id"]: row["state"] for row in house.ok("bank", "list", "--json").json}
    assert states == {"b1": "withdrawn", "b2": "registered", "b3": "registered"}
    assert "b3 took its place" in house.ok("bank", "list").out


def test_what_is_withdrawn_or_registered_is_not_registered_again(house: Cli) -> None:
    propose(house)
    house.ok("bank", "withdraw", "b1", "--why", "typed wrong", env=as_("anna"))
    assert house("bank", "register", "b1", env=as_("bo")).code == 4
    assert house("bank", "withdraw", "b1", "--why", "again").code == 4
    assert house("bank", "register", "b7").code == 1


def test_alone_the_word_is_asked_for_and_noted(cli: Cli) -> None:
    cli.ok("entity", "edit", "--name-en", "Brightport")
    propose(cli)
    assert "--alone" in cli("bank", "register", "b1", env=as_("anna")).err
    row = cli.ok("bank", "register", "b1", "--alone", "--json", env=as_("anna")).json
    assert (row["state"], row["alone"]) == ("registered", True)
    assert "Nobody else is here" in row["history"][1]["reason"]


def test_an_account_needs_a_company_and_right_details(cli: Cli, house: Cli) -> None:
    refused = cli("bank", "propose", *ACCOUNT, "--swift", "nothing")
    assert (refused.code, "SWIFT" in refused.err) == (2, True)


def test_an_account_of_nobody_is_refused(cli: Cli) -> None:
    assert "entity edit" in cli("bank", "propose", *ACCOUNT).err


def test_a_document_to_look_at_bears_our_name_and_the_registered_account(house: Cli, tmp_path: Path) -> None:
    before = tmp_path / "before.pdf"
    house.ok("document", "preview", "quotation", "--to", str(before))
    assert "39010001" not in flat(before.read_bytes())
    propose(house)
    house.ok("bank", "register", "b1", env=as_("bo"))
    after = tmp_path / "after.pdf"
    row = house.ok("document", "preview", "quotation", "--to", str(after), "--json").json
    assert row["paths"] == [str(after)]
    text = flat(after.read_bytes())
    assert "Room1208,Ningbo" in text
    assert "Accountno.390100011920" in text
    assert after.stat().st_mode & 0o077 == 0


def test_a_picture_of_each_page_and_nothing_overwritten(house: Cli, tmp_path: Path) -> None:
    for _turn in range(2):
        house.ok("document", "preview", "quotation", "--to", str(tmp_path / "q.png"))
    assert sorted(path.name for path in tmp_path.glob("q*")) == ["q (2).png", "q.png"]


@pytest.mark.parametrize("wrong", [("leaflet", "x.pdf"), ("quotation", "x.doc"), ("quotation", "no/such/place.pdf")])
def test_what_can_not_be_looked_at(house: Cli, tmp_path: Path, wrong: tuple[str, str]) -> None:
    refused = house("document", "preview", wrong[0], "--to", str(tmp_path / wrong[1]))
    assert refused.code in (1, 2)
    assert refused.err.count("\n") == 2


def test_every_document_is_checked(house: Cli, chinese_font: None) -> None:
    assert "sound" in house.ok("document", "check").out
    own = house.home / "templates" / "documents"
    own.mkdir()
    (own / "work_order.typ").write_text('#import "house.typ": *\n#doc.nothing')
    refused = house("document", "check")
    assert refused.code == 1
    assert "work_order.typ, line 2" in refused.out
