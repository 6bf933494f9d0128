"""`product` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import Cli
from workbooks import xlsx

NOW = ("--now", "2026-11-26T10:00+08:00")


def test_a_product_is_written_down_shown_and_edited(cli: Cli) -> None:
    made = cli.ok(
        "product", "new", "VB-50", "--set", "name_en=Ball valve", "--set", "name_zh=球阀", "--set", "refund_rate=13%",
        "--set", "carton=60x40x30", "--set", "pcs_per_carton=12", "--certificate", "CE 2026-11-25", "--answer", "Is it halal?=Yes.",
        *NOW, "--json",
    ).json  # fmt: skip
    assert (made["id"], made["sku"], made["refund_rate"], made["pcs_per_carton"]) == ("p1", "VB-50", "0.13", 12)
    assert made["certificates"] == made["expired_certificates"] == [{"name": "CE", "expires": "2026-11-25"}]
    assert made["action"]
    shown = cli.ok("product", "show", "vb-50", *NOW).out
    assert shown.splitlines()[0] == "p1  VB-50  Ball valve"
    assert "60x40x30 cm  0.072 m³" in shown
    assert "CE, expired on 2026-11-25" in shown
    assert "13 %" in shown
    edited = cli.ok("product", "edit", "p1", "--set", "moq=500", "--certificate", "CE 2027-11-25", "--json").json
    assert (edited["moq"], edited["certificates"]) == (500, [{"name": "CE", "expires": "2027-11-25"}])
    assert [row["id"] for row in cli.ok("product", "list", "球阀", "--json").json] == ["p1"]
    assert cli.ok("product", "list", "pump").out == "No product fits.\n"
    assert cli.ok("product", "--lang", "zh", "list").out.splitlines()[1].split()[:3] == ["p1", "VB-50", "球阀"]


def test_a_table_is_looked_at_and_imported(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "产品.xlsx"
    file.write_bytes(xlsx([["货号", "品名", "起订量"], ["VB-50", "球阀", 500], ["VB-65", "球阀", "some"]]))
    looked = cli.ok("product", "import", str(file), "--json").json
    assert looked == {
        "file": "产品.xlsx", "created": 1, "updated": 0, "unchanged": 0,
        "skipped": [{"row": 3, "reason": "some is no whole quantity."}], "duplicates": [], "applied": False,
    }  # fmt: skip
    assert "Nothing was written." in cli.ok("product", "import", str(file)).out
    assert cli.ok("product", "list", "--json").json == []
    assert cli.ok("product", "import", str(file), "--apply", "--json").json == {**looked, "applied": True}
    assert cli.ok("product", "import", str(file), "--apply", "--json").json["unchanged"] == 1
    assert [row["moq"] for row in cli.ok("product", "list", "--json").json] == [500]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("show", "p9"), 1, "no product p9"),
        (("new", " "), 2, "no item number"),
        (("new", "VB-50", "--set", "colour=red"), 2, "no field colour"),
        (("new", "VB-50", "--set", "moq"), 2, "doesn't say what"),
        (("edit", "VB-50"), 2, "Nothing to change"),
        (("import", "nowhere.csv"), 2, "can't be read"),
    ],
)
def test_what_can_not_be_done_is_said_with_the_mend(cli: Cli, words: tuple[str, ...], code: int, told: str) -> None:
    answer = cli("product", *words)
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err
    assert len(answer.err.splitlines()) == 2
