"""`sample` from the request to the order, as a rep types it: JSON as cli.md has it, exit codes, and the undo of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cli.running import Answer, Cli

SHEET = {
    "--item": "Spray nozzle A3",
    "--material": "POM",
    "--colour": "Pantone 185 C",
    "--size": "28/410",
    "--quantity": "3 pcs",
    "--purpose": "to try",
    "--needed-by": "2026-03-20",
    "--sample-paid-by": "us",
    "--freight-paid-by": "customer",
    "--collect-account": "960000001",
    "--cost": "CNY 80",
}
MAIL = """Received: from mx.acme.example by mx.ningbo.example with ESMTPS; Mon, 02 Mar 2026 09:00:00 +0800
From: Jan de Vries <jan@acme.example>
To: li@ningbo.example
Date: Mon, 02 Mar 2026 02:00:00 +0100
Subject: Nozzle
Message-ID: <asked@acme.example>

Could you send us a sample of the spray nozzle A3?
"""
NOTICE = """Authentication-Results: mx.ningbo.example; dkim=pass header.d=dhl.com
Received: from mail.dhl.com by mx.ningbo.example with ESMTPS; Sat, 07 Mar 2026 03:00:00 +0800
From: DHL Express <noreply@dhl.com>
To: li@ningbo.example
Date: Sat, 07 Mar 2026 03:00:00 +0800
Subject: DHL shipment 2718281823 was delivered
Message-ID: <notice@dhl.com>

Your shipment with waybill 2718281823 was delivered. It was signed for by DE VRIES.
"""
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
AWB = "2718281823"


class Desk:
    """A rep at the command line, at a time that each call names."""

    def __init__(self, cli: Cli, place: Path) -> None:
        self.cli, self.place, self.now = cli, place, "2026-03-02T09:10"
        (cli.home / "mailcrm.toml").write_text('[office]\nzone = "Asia/Shanghai"\n', encoding="utf-8")
        account = "--imap imaps://127.0.0.1 --smtp smtps://127.0.0.1 --user li@ningbo.example --password-env NOWHERE"
        trusted = "--zone Asia/Shanghai --go-live 2026-03-01 --authserv-id mx.ningbo.example"
        cli.ok("account", "add", "work", *account.split(), *trusted.split(), "--now", "2026-03-01T08:00")

    def arrives(self, mail: str, name: str) -> None:
        path = self.place / name
        path.write_bytes(mail.replace("\n", "\r\n").encode())
        self.cli.ok("import-mail", str(path), "--live", "--now", self.now)

    def sample(self, *words: str) -> Any:  # noqa: ANN401  (a JSON document)
        return self.cli.ok("sample", *words, "--json", "--now", self.now).json

    def refused(self, *words: str) -> Answer:
        answer = self.cli("sample", *words, "--now", self.now)
        assert answer.out == ""
        return answer

    def worklist(self, view: str = "samples") -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.cli.ok("worklist", "--view", view, "--json", "--now", self.now).json
        return rows

    def ready(self) -> None:
        """Make, check and photograph the first sample."""
        for state in ("spec_draft", "pending_sign"):
            self.sample("advance", "s1", state)
        self.sample("sign", "s1")
        for state in ("making", "made"):
            self.sample("advance", "s1", state)
        self.sample("check", "s1", "--all")
        photo = self.place / "front.png"
        photo.write_bytes(PNG)
        self.sample("photo", "s1", str(photo))


@pytest.fixture
def desk(cli: Cli, tmp_path: Path) -> Desk:
    """A desk on which Jan's request lies, taken up with its sheet."""
    made = Desk(cli, tmp_path)
    made.arrives(MAIL, "asked.eml")
    (row,) = made.cli.ok("threads", "--json").json
    made.sample("new", row["id"], *(word for pair in SHEET.items() for word in pair))
    return made


def test_a_request_is_suggested_and_decided(cli: Cli, tmp_path: Path) -> None:
    desk = Desk(cli, tmp_path)
    desk.arrives(MAIL, "asked.eml")
    (proposal,) = [row for row in desk.worklist("samples") if row["kind"] == "question"]
    assert "sample" in proposal["why"]
    assert proposal["id"] in cli.ok("worklist", "--view", "samples", "--now", desk.now).out
    cli.ok("decide", proposal["id"], "yes", "--now", desk.now)
    (row,) = desk.sample("list")
    assert (row["number"], row["state"], row["company"]) == ("SMP-2026-0001", "requested", "Acme")


def test_the_record_is_as_the_documentation_says(desk: Desk) -> None:
    row = desk.sample("show", "SMP-2026-0001")
    assert row["id"] == "s1"
    assert (row["state"], row["version"], row["sheet"]["quantity"]) == ("spec_draft", 1, "3 pcs")
    assert row["sheet"]["cost"] == {"amount": "80.00", "currency": "CNY"}
    assert row["sheet"]["needed_by"] == "2026-03-20"
    step, taken_up = row["history"]
    assert {"at", "actor", "from", "to", "evidence"} <= step.keys()
    assert (step["from"], step["to"], step["evidence"][0]["kind"]) == ("", "requested", "message")
    assert (taken_up["from"], taken_up["to"], taken_up["evidence"]) == ("requested", "spec_draft", step["evidence"])
    assert step["at"] == "2026-03-02T09:10:00+08:00"


def test_what_is_so_already_is_a_sentence_and_no_failure(desk: Desk) -> None:
    for words, told in (
        (("advance", "s1", "spec_draft"), "is that already"),
        (("edit", "s1", "--colour", "Pantone 185 C"), "nothing is changed"),
    ):
        out = desk.cli.ok("sample", *words, "--now", desk.now).out
        assert told in out
        assert "undo" not in out
    assert len(desk.sample("show", "s1")["history"]) == 2


def test_what_is_missing_is_named_as_the_fields_are_and_told_to_people_in_words(desk: Desk) -> None:
    row = desk.sample("edit", "s1", "--quantity", "", "--sample-paid-by", "")
    assert row["missing"] == ["quantity", "sample_paid_by"]
    assert set(row["missing"]) < row["sheet"].keys()
    assert [one["name"] for one in row["lacks"]] == row["missing"]
    assert "who pays the sample" in desk.cli.ok("sample", "show", "s1", "--now", desk.now).out


def test_the_whole_way_from_the_sheet_to_the_order(desk: Desk) -> None:
    desk.ready()
    row = desk.sample("ship", "s1", "--awb", AWB, "--freight", "CNY 220", "--date", "2026-03-02")
    assert (row["state"], row["parcel"]["carrier"], row["parcel"]["awb"]) == ("shipped", "dhl", AWB)
    assert AWB in row["parcel"]["tracking_url"]
    (parcel,) = desk.sample("statuses")
    assert (parcel["awb"], parcel["samples"]) == (AWB, ["s1"])
    desk.now = "2026-03-07T03:05"
    desk.arrives(NOTICE, "notice.eml")
    (line,) = desk.worklist()
    assert (line["id"], line["kind"], line["band"], line["state"]) == ("s1", "sample", "step", "delivered")
    assert (line["due"], line["suggested_template"]) == ("2026-03-08T03:00:00+08:00", "sample_delivered")
    drafts = [mail for mail in desk.cli.ok("outbox", "list", "--json").json if mail["state"] == "draft"]
    assert len(drafts) == 1
    desk.now = "2026-03-12T10:00"
    assert desk.sample("feedback", "s1", "ok", "--text", "fits well")["state"] == "ok"
    assert desk.sample("advance", "s1", "quoting")["state"] == "quoting"
    assert desk.sample("advance", "s1", "won", "--evidence", "PO 8812")["state"] == "won"
    assert desk.sample("list") == []
    assert [row["state"] for row in desk.sample("list", "--all")] == ["won"]
    (ledger,) = desk.sample("ledger")
    assert (ledger["won"], ledger["charges"]) == (1, [{"currency": "CNY", "samples": "80.00", "freight": "0.00"}])
    page = desk.sample("passport", "s1")
    assert [step["to"] for step in page["history"]][-1] == "won"


def test_a_gate_is_refused_with_4_and_names_everything_and_the_mend(desk: Desk) -> None:
    answer = desk.refused("ship", "s1", "--awb", AWB)
    assert answer.code == 4
    for missing in (
        "the signature",
        "that it is made",
        "the check",
        "a photo",
        "mailcrm sample photo SMP-2026-0001 FILE",
    ):
        assert missing in answer.err
    assert desk.refused("advance", "s1", "shipped", "--skip", "in a hurry").code == 4
    assert desk.refused("sign", "s1").code == 4
    assert desk.refused("cancel", "s1", "--reason", " ").code == 4


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "s9"), 1),
        (("advance", "s1", "flying"), 2),
        (("edit", "s1", "--kind", "nice"), 2),
        (("edit", "s1"), 2),
        (("edit", "s1", "--needed-by", "soon"), 2),
        (("check", "s1", "--deviation", "colour"), 2),
        (("feedback", "s1", "perhaps"), 2),
        (("new",), 4),
        (("new", "t99"), 1),
        (("statuses", "/nowhere/at/all.csv"), 2),
        (("print", "s1", "--to", "sheet.doc"), 2),
    ],
)
def test_what_cannot_be_meant_says_so_and_how_to_mend_it(desk: Desk, words: tuple[str, ...], code: int) -> None:
    answer = desk.refused(*words)
    assert answer.code == code, answer.err
    assert len(answer.err.strip().splitlines()) == 2, answer.err


def test_every_step_is_taken_back_by_undo(desk: Desk) -> None:
    desk.ready()
    before = desk.sample("show", "s1")
    action = desk.sample("ship", "s1", "--mode", "hand_carry")["action"]
    desk.cli.ok("undo", action, "--now", desk.now)
    after = desk.sample("show", "s1")
    assert (after["state"], after["parcel"]) == (before["state"], None)
    assert after["history"][-1]["reason"] == "Taken back."


def test_statuses_are_pasted_from_a_table(desk: Desk) -> None:
    desk.ready()
    desk.sample("ship", "s1", "--awb", AWB)
    rows = desk.cli.ok(
        "sample", "statuses", "-", "--json", "--now", "2026-03-08T10:00", stdin=f"{AWB},customs\n1234567891,delivered\n"
    ).json
    assert [(row["awb"], row["changed"]) for row in rows] == [(AWB, ["s1"]), ("1234567891", [])]
    assert desk.sample("show", "s1")["state"] == "exception"


def test_the_sheet_and_the_customs_proforma_are_printed_and_kept(desk: Desk) -> None:
    desk.cli.ok("entity", "edit", "--name-en", "Brightport Export Co., Ltd.", "--name-zh", "宁波明港进出口有限公司")
    desk.ready()
    target = desk.place / "sheet.pdf"
    desk.sample("print", "s1", "--to", str(target))
    assert target.read_bytes().startswith(b"%PDF-")
    assert [paper["kind"] for paper in desk.sample("show", "s1")["papers"]] == ["photo", "sheet"]
    answer = desk.refused("print", "s1", "customs", "--to", str(desk.place / "customs.pdf"))
    assert answer.code == 4
    assert "true value" in answer.err
    words = ("--true-value", "USD 2.40", "--hs", "8424.90", "--consignee", "Acme BV, Kade 1, Rotterdam")
    desk.sample("edit", "s1", *words, "--tax-id", "NL1", "--phone", "+31 10 1")
    desk.sample("print", "s1", "customs", "--language", "en", "--to", str(desk.place / "customs.pdf"))
    assert (desk.place / "customs.pdf").exists()


def test_people_read_lists_pages_and_ledgers(desk: Desk) -> None:
    desk.ready()
    desk.sample("ship", "s1", "--awb", AWB)
    for words in (("list",), ("show", "s1"), ("passport", "s1"), ("statuses",), ("ledger",)):
        out = desk.cli.ok("sample", *words, "--now", desk.now).out
        assert "SMP-2026-0001" in out or "Acme" in out
    assert "on its way" in desk.cli.ok("sample", "--now", desk.now).out
    assert (
        "SMP-2026-0001 — Spray nozzle A3: On its way"
        in desk.cli.ok("worklist", "--view", "samples", "--now", desk.now).out
    )
    assert "SMP-2026-0001 — Spray nozzle A3" in desk.cli.ok("worklist", "--view", "samples", "--now", desk.now).out


def test_where_parcels_are_is_asked_of_nobody_unless_the_settings_name_a_service(desk: Desk) -> None:
    answer = desk.refused("track")
    assert answer.code == 1
    assert "switched off" in answer.err
    assert "[tracking]" in answer.err
