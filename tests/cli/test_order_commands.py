"""Orders on the command line: each function does its work, refusals have exit code 4, and `--json` tells state and history."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from cli.running import Cli

NOW = datetime.now(UTC).replace(microsecond=0)
LINE = "BV-50; Ball valve DN50; 500 pcs; 2.55; 球阀 DN50"
TT = "30% T/T deposit, 70% against copy of B/L"
GATES = ["deposit_credited", "packing", "mark", "colour", "pp_sample"]


@pytest.fixture
def desk(cli: Cli, tmp_path: Path) -> Cli:
    """`mailcrm` with a mail of Jan's, who orders."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Jan <jan@acme.example>", "wei@ningbo.example", "Valves"
    mail["Date"], mail["Message-ID"] = format_datetime(NOW - timedelta(hours=2)), "<first@acme.example>"
    mail.set_content("Our order PO 8812 for 500 valves is attached.")
    (tmp_path / "first.eml").write_bytes(mail.as_bytes())
    cli.ok("account", "add", "work", "--imap", "imap://127.0.0.1:1", "--smtp", "smtp://127.0.0.1:1", "--own-address",
           "wei@ningbo.example", "--password-env", "NO_SUCH", "--go-live", (NOW - timedelta(days=3)).isoformat())  # fmt: skip
    cli.ok("import-mail", str(tmp_path / "first.eml"), "--live")
    return cli


def made(desk: Cli, *more: str) -> dict[str, Any]:
    answer = desk.ok("order", "new", "t1", "--line", LINE, "--terms", TT, "--po", "PO 8812", "--mail", "m1", *more, "--json")  # fmt: skip
    row = answer.json
    assert isinstance(row, dict)
    return row


def test_an_order_goes_its_way_on_the_command_line(desk: Cli, tmp_path: Path) -> None:
    row = made(desk, "--latest-shipment", "2030-05-20")
    assert (row["id"], row["state"], row["stage"]) == ("d1", "new", "contract")
    assert row["total"] == {"amount": "1275.00", "currency": "USD"}
    assert [one["name"] for one in row["gates"]["production"]] == GATES

    refused = desk("order", "advance", "d1", "production")
    assert refused.code == 4
    for words in ("deposit credited", "order confirm d1 packing,mark,colour,pp_sample", "order credited d1 deposit"):
        assert words in refused.err

    slip = tmp_path / "slip.pdf"
    slip.write_bytes(b"%PDF-1.4 slip")
    seen = desk.ok("order", "slip", "d1", "--amount", "USD 382.50", "--file", str(slip), "--json").json
    assert (seen["state"], seen["deposit"]["state"]) == ("deposit_seen", "seen")
    assert [(paper["kind"], paper["filename"]) for paper in seen["papers"]] == [("slip", "slip.pdf")]
    assert desk("order", "advance", "d1", "production").code == 4

    credited = desk.ok("order", "credited", "d1", "deposit", "--reference", "FT1", "--json").json
    assert credited["deposit"]["state"] == "credited"
    desk.ok("order", "confirm", "d1", "all", "--mail", "m1")
    for step in ("legal_review", "pi_sent", "pi_signed", "production"):
        desk.ok("order", "advance", "d1", step, "--text", "on paper")
    desk.ok("order", "progress", "d1", "60 % cast", "--ready-on", "2030-05-10")
    desk.ok("order", "advance", "d1", "bl_copy", "--skip", "FOB, the forwarder does it")
    assert desk("order", "release", "d1", "telex").code == 4
    desk.ok("order", "credited", "d1", "--reference", "FT2")
    released = desk.ok("order", "release", "d1", "telex", "--json").json
    assert (released["state"], released["content"]["release"]) == ("release", "telex")
    assert all({"at", "actor", "from", "to", "evidence"} <= step.keys() for step in released["history"])
    assert released["history"][0]["evidence"] == [{"kind": "message", "ref": "m1"}]
    assert re.fullmatch(r".+[+-]\d\d:\d\d", released["history"][0]["at"])


def test_what_is_printed_for_people_names_stage_gates_and_money(desk: Cli) -> None:
    made(desk)
    said = desk.ok("order", "list").out
    assert "ORD-2" in said
    assert "Contract" in said
    shown = desk.ok("order", "show", "d1").out
    for words in ("PO 8812", "USD 1,275.00", "Missing before: production begun", "deposit credited", "USD 382.50"):
        assert words in shown
    told = desk.ok("order", "edit", "d1", "--colour", "RAL 5010", "--due", "produced=2030-05-01").out
    assert "Next: " in told
    assert desk.ok("order", "list", "--stage", "production", "--json").json == []


def test_the_work_order_is_printed_in_chinese_and_acknowledged(desk: Cli) -> None:
    made(desk)
    desk.ok("order", "edit", "d1", "--mark", "ACME", "--special", "不要木托盘")
    sheet = desk.ok("order", "worksheet", "d1").out
    for words in ("生产单", "球阀 DN50", "500 pcs", "ACME", "不要木托盘", "唛头"):
        assert words in sheet
    assert "2.55" not in sheet
    desk.ok("order", "worksheet-send", "d1", "生产部", "仓库")
    desk.ok("order", "acknowledge", "d1", "生产部", "--by", "王师傅")
    told = desk.ok("order", "worksheet", "d1", "--json").json
    assert (told["version"], told["sent"]) == (1, {"生产部": "王师傅", "仓库": ""})
    assert "未签收" in desk.ok("order", "worksheet", "d1").out
    assert desk("order", "acknowledge", "d1", "财务部").code == 4


def test_the_mail_of_a_milestone_is_drafted_with_what_is_known(desk: Cli) -> None:
    made(desk)
    draft = desk.ok("order", "write", "d1", "deposit_credited", "--json").json
    assert draft["state"] == "draft"
    shown = desk.ok("outbox", "show", draft["id"]).out
    assert "USD 382.50" in shown
    refused = desk("order", "write", "d1", "documents")
    assert refused.code == 4
    assert "balance credited" in refused.err
    assert desk("order", "write", "d1", "party").code == 2
    assert desk("order", "proforma", "d1").code == 1


def test_changes_and_cancelling(desk: Cli) -> None:
    made(desk)
    changed = desk.ok("order", "change", "d1", "logo red", "--touches", "colour", "--mail", "m1", "--json").json
    assert (changed["changes"][0]["what"], changed["changes"][0]["late"]) == ("logo red", False)
    cancelled = desk.ok("order", "cancel", "d1", "--reason", "bankrupt", "--json").json
    assert (cancelled["state"], cancelled["history"][-1]["reason"]) == ("cancelled", "bankrupt")
    desk.ok("undo", cancelled["action"])
    assert desk.ok("order", "show", "d1", "--json").json["stage"] == "contract"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "d9"), 1),
        (("show", "ORD-1999-0001"), 1),
        (("advance", "d1", "party"), 2),
        (("advance", "d1", "release"), 4),
        (("credited", "d1"), 2),
        (("credited", "d1", "--reference", "A", "--on", "soon"), 2),
        (("confirm", "d1", "everything", "--mail", "m1"), 2),
        (("confirm", "d1", "packing"), 2),
        (("slip", "d1"), 2),
        (("slip", "d1", "--file", "/nowhere/slip.pdf"), 2),
        (("edit", "d1"), 2),
        (("edit", "d1", "--terms", "some day"), 2),
        (("edit", "d1", "--bl-kind", "paper"), 2),
        (("edit", "d1", "--due", "produced"), 2),
        (("edit", "d1", "--owner", "nobody"), 1),
        (("release", "d1", "pigeon"), 2),
        (("change", "d1", "red", "--bears", "nobody"), 2),
    ],
)
def test_what_is_wrong_is_said_with_the_mend(desk: Cli, words: tuple[str, ...], code: int) -> None:
    made(desk)
    answer = desk("order", *words)
    assert answer.code == code, answer
    assert answer.err.count("\n") >= 2
    assert "Traceback" not in answer.err
