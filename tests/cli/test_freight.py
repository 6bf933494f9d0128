"""The freight of a piece from its carton: `freight piece`, and quotes that find it line by line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cli.running import Cli

NOW = ("--now", "2026-11-26T10:00+08:00")
BOX = ("--carton", "60x40x25cm", "--pieces", "12")
CIF = ("--from", "none", "--incoterm", "CIF Hamburg", "--premium", "0.3%")
CARTON = "pcs=12,carton=60x40x25"


def working(row: dict[str, Any]) -> dict[str, str]:
    return {each["label"]: each["value"] for each in row["working"]}


def test_a_full_container_as_the_specification_counts_it(cli: Cli) -> None:
    asked = ("freight", "piece", "--container", "40hq", "--rate", "USD 2800", *BOX)
    row = cli.ok(*asked, "--json").json
    assert row["per_piece"] == {"amount": "0.20594", "currency": "USD"}
    assert (row["container"], row["cbm"], row["rate"]) == ("40HQ", "0.06", {"amount": "2800.00", "currency": "USD"})
    assert working(row) == {
        "cartons in a 40HQ of 68 m³": "1,133", "pieces": "13,596", "freight of a 40HQ": "2,800.00", "freight of a piece": "0.20594",
    }  # fmt: skip
    assert cli.ok(*asked).out.splitlines()[0] == "USD 0.20594 a piece"
    assert "1,133" in cli.ok(*asked).out
    # 13,597 pieces don't fit into one.
    two = cli.ok(*asked, "--quantity", "13597", "--json").json
    assert (working(two)["containers"], two["per_piece"]["amount"]) == ("2", "0.41186")


def test_heavy_cartons_fill_a_container_by_weight_and_groupage_is_paid_by_the_greater(cli: Cli) -> None:
    heavy = cli.ok("freight", "piece", "--container", "20GP", "--rate", "1500", *BOX, "--weight", "50", "--json").json
    assert working(heavy)["cartons in a 20GP, full by weight"] == "430"
    lcl = cli.ok("freight", "piece", "--lcl", "USD 60", *BOX, "--weight", "90", "--quantity", "600", "--json").json
    assert lcl["per_piece"]["amount"] == "0.45000"  # 50 cartons: 3 m³, but 4.5 tons
    assert working(lcl)["charged m³ or tons, at least 1"] == "4.50"
    few = cli.ok("freight", "piece", "--lcl", "USD 60", *BOX, "--quantity", "12", "--json").json
    assert few["per_piece"]["amount"] == "5.00000"  # 0.06 m³ cost as much as 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*BOX,), "Either a container is paid, or groupage"),
        (("--container", "40HQ", *BOX), "Either a container is paid, or groupage"),
        (("--container", "40HQ", "--rate", "2800", "--lcl", "60", *BOX), "Either a container is paid, or groupage"),
        (("--container", "99XX", "--rate", "2800", *BOX), "No container is called 99XX"),
        (("--lcl", "60", *BOX), "Groupage is paid by its quantity"),
        (("--lcl", "60", "--carton", "big", "--pieces", "1"), "big is no size of a carton"),
    ],
)
def test_what_can_not_be_counted_is_said_with_the_mend(cli: Cli, words: tuple[str, ...], told: str) -> None:
    answer = cli("freight", "piece", *words)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
    assert len(answer.err.splitlines()) == 2


def test_a_quote_finds_the_freight_of_each_line_from_its_cartons(desk: Cli, tmp_path: Path) -> None:
    (tmp_path / "v1.csv").write_text("SKU,Qty,FOB USD,Floor USD\nNZ-20,1,3.00,2.55\n")
    desk.ok("pricelist", "import", str(tmp_path / "v1.csv"), "--apply", *NOW)
    made = desk.ok(
        "quote", "new", "t1", *CIF, "--container", "40HQ", "--rate", "2800", "--freight-until", "+7d", "--line", f"NZ-20,1000,2.77,{CARTON}",
        "--line", "NZ-30,500,4.00,pcs=6,carton=60x40x25", "--line", "NZ-40,500,5.00,freight=0.11", *NOW, "--json",
    ).json  # fmt: skip
    assert [line["freight"] for line in made["lines"]] == ["0.20594", "0.41189", None]
    assert made["terms"]["carriage"] == {
        "rate": {"amount": "2800", "currency": "USD"}, "container": "40HQ", "volume": "68", "payload": "26500", "minimum": "0",
    }  # fmt: skip
    assert made["terms"]["freight_until"] == "2026-12-03"
    # Everything before the price is exact: 2,800 / 13,596, not the 0.20594 that is shown.
    first = made["lines"][0]
    assert working(first)["cartons in a 40HQ of 68 m³"] == "1,133"
    assert (first["net_fob"]["amount"], first["least_price"]["amount"]) == ("2.5549", "2.77")

    out = desk.ok("quote", "show", "q1").out
    assert "USD 2,800.00 for a 40HQ of 68 m³, until 2026-12-03" in out
    assert "13,596" in out
    assert "0.20594" in out


def test_the_freight_of_a_quote_is_changed_and_given_up(desk: Cli) -> None:
    desk.ok("quote", "new", "t1", *CIF, "--lcl", "60", "--line", f"NZ-20,1200,2.90,{CARTON}", *NOW)
    assert desk.ok("quote", "show", "q1", "--json").json["lines"][0]["freight"] == "0.30"  # 6 m³ by 60
    edit = ("quote", "edit", "q1", *NOW, "--json")
    assert desk.ok(*edit, "--container", "40HQ", "--rate", "2800").json["lines"][0]["freight"] == "0.20594"
    assert desk.ok(*edit, "--rate", "5600").json["lines"][0]["freight"] == "0.41189"
    plain = desk.ok(*edit, "--freight", "0.25").json
    assert (plain["terms"]["carriage"], plain["terms"]["freight"], plain["lines"][0]["freight"]) == (None, "0.25", None)
    assert desk(*edit, "--freight", "0.25", "--lcl", "60").code == 2
    assert desk(*edit, "--rate", "5600").code == 2
    back = desk.ok(*edit, "--lcl", "60").json
    assert (back["terms"]["freight"], back["lines"][0]["freight"]) == (None, "0.30")
    refused = desk(*edit, "--currency", "EUR")
    assert "The freight is paid in USD, the quote is in EUR." in refused.err
    assert desk.ok(*edit, "--currency", "EUR", "--lcl", "55").json["terms"]["carriage"]["rate"]["currency"] == "EUR"


def test_a_line_without_carton_data_is_refused_by_name_with_the_mend(desk: Cli) -> None:
    words = ("quote", "new", "t1", *CIF, "--container", "40HQ", "--rate", "2800", "--line", "NZ-20,1000,2.77", *NOW)
    refused = desk(*words)
    assert refused.code == 2
    assert "NZ-20 has no carton data" in refused.err
    assert '--line "NZ-20,pcs=12,carton=60x40x25"' in refused.err
    assert "product edit NZ-20 --set pcs_per_carton=12 --set carton=60x40x25" in refused.err
    # The mend that it names is one: the product's carton is the line's.
    desk.ok("product", "new", "NZ-20", "--set", "pcs_per_carton=12", "--set", "carton=60x40x25", *NOW)
    assert desk.ok(*words, "--json").json["lines"][0]["freight"] == "0.20594"


def test_a_confirmation_of_freight_ends_when_the_freight_does(desk: Cli, tmp_path: Path) -> None:
    offer = tmp_path / "offer.pdf"
    offer.write_bytes(b"%PDF-1.4 offer")
    desk.ok("quote", "new", "t1", *CIF, "--freight", "0.20", "--freight-until", "2026-11-30", "--line", "NZ-20,1000,2.77", *NOW)  # fmt: skip
    confirm = ("quote", "confirm", "q1", "freight", str(offer), *NOW, "--json")
    assert [paper["valid_until"] for paper in desk.ok(*confirm).json["papers"]] == ["2026-11-30"]
    assert [paper["valid_until"] for paper in desk.ok(*confirm, "--expires", "2026-12-05").json["papers"]] == ["2026-12-05"]  # fmt: skip


def test_a_line_is_filled_in_from_the_product_record(desk: Cli) -> None:
    values = {"name_en": "Spray nozzle", "hs": "8424.20", "unit": "set", "moq": "500", "pcs_per_carton": "12",
              "carton": "60x40x25", "net_weight": "12.5", "gross_weight": "14.5", "lead_time": "30 days after deposit"}  # fmt: skip
    given = [word for name, value in values.items() for word in ("--set", f"{name}={value}")]
    desk.ok("product", "new", "NZ-20", *given, *NOW)
    desk.ok("product", "new", "NZ-30", "--set", "lead_time=6 weeks", *NOW)
    made = desk.ok("quote", "new", "t1", "--from", "none", "--line", "nz-20,1000,2.60", "--line", "NZ-30,10,4.00", "--line", "NZ-40,5,1.00", *NOW, "--json").json  # fmt: skip
    line = made["lines"][0]
    assert (line["description"], line["unit"]) == ("Spray nozzle", "set")
    assert {name: line["details"][name] for name in ("hs", "moq", "pcs_per_carton", "carton", "cbm", "net_weight", "gross_weight")} == {
        "hs": "842420", "moq": "500", "pcs_per_carton": "12", "carton": "60x40x25", "cbm": "0.06", "net_weight": "12.5", "gross_weight": "14.5",
    }  # fmt: skip
    assert [each["unit"] for each in made["lines"]] == ["set", "pcs", "pcs"]
    assert made["terms"]["lead_time"] == "6 weeks"  # the longest of the articles: they leave together
    # What a person types goes before what the record says.
    typed = desk.ok("quote", "new", "t1", "--from", "none", "--lead-time", "20 days after artwork", "--line", "NZ-20,1000,2.60,moq=200,carton=50x40x30,pcs=10,unit=pcs", *NOW, "--json").json["lines"][0]  # fmt: skip
    assert (typed["details"]["moq"], typed["details"]["carton"], typed["details"]["pcs_per_carton"]) == ("200", "50x40x30", "10")  # fmt: skip
    assert "gross_weight" not in typed["details"]
    assert typed["unit"] == "pcs"
