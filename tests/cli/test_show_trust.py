"""`show --trust`: which way a mail came, and what to beware of."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import Cli

MAIL = (
    "Received: from mail.hidrolar.example (mail.hidrolar.example [9.9.9.9]) by mx.brightport.example with ESMTPS;\n"
    " Mon, 2 Mar 2026 09:00:05 +0000\n"
    "Authentication-Results: mx.brightport.example; spf=pass; dkim=fail header.d=hidrolar.example; dmarc=fail\n"
    "Received: from pc by mail.hidrolar.example with ESMTP; Mon, 2 Mar 2026 09:00:00 +0000\n"
    "From: Rui <rui@hidrolar.example>\nReply-To: rui@h1drolar.example\nTo: lin@brightport.example\nSubject: Valves\n"
    "Message-ID: <1@hidrolar.example>\nDate: Mon, 2 Mar 2026 09:00:00 +0000\n\nPlease pay to DE89 3704 0044 0532 0130 00.\n"
)


@pytest.fixture
def imported(cli: Cli, tmp_path: Path) -> Cli:
    file = tmp_path / "mail.eml"
    file.write_text(MAIL)
    cli.ok("import-mail", str(file))
    return cli


def test_as_json(imported: Cli) -> None:
    (row,) = imported.ok("show", "1@hidrolar.example", "--trust", "--json").json
    assert (row["sender_ip"], row["sender_host"]) == ("9.9.9.9", "mail.hidrolar.example")
    assert [(hop["by"], hop["delay"]) for hop in row["hops"]] == [
        ("mx.brightport.example", 5.0),
        ("mail.hidrolar.example", 0.0),
    ]
    assert row["authentication"]["dmarc"] == "fail"
    assert row["authentication"]["trusted"] is False
    assert [one["code"] for one in row["warnings"]] == ["reply_to_mismatch", "bank_details"]
    assert row["from"] == {"name": "Rui", "address": "rui@hidrolar.example"}


def test_for_people(imported: Cli) -> None:
    shown = imported.ok("show", "1@hidrolar.example", "--trust").out
    assert "mail.hidrolar.example 9.9.9.9" in shown
    assert "answers go to another domain: rui@hidrolar.example / rui@h1drolar.example" in shown
    assert "+5 s" in shown
    assert "Please pay" not in shown


def test_the_head_as_json_and_for_people(imported: Cli) -> None:
    (row,) = imported.ok("show", "1@hidrolar.example", "--trust", "--json").json
    assert (row["message_id"], row["subject"]) == ("1@hidrolar.example", "Valves")
    assert [one["address"] for one in (*row["to"], *row["reply_to"])] == [
        "lin@brightport.example",
        "rui@h1drolar.example",
    ]
    assert row["date"] < row["arrived_at"]
    shown = imported.ok("show", "1@hidrolar.example", "--trust").out
    assert "answers go to" in shown
    assert "rui@h1drolar.example" in shown


def test_where_the_links_lead(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "links.eml"
    file.write_text(
        "From: Rui <rui@hidrolar.example>\nTo: lin@brightport.example\nSubject: Shop\nMessage-ID: <2@hidrolar.example>\n"
        "Date: Mon, 2 Mar 2026 09:00:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nSee www.hidrolar.example or https://docs.hidrolar.example/a.\n--b\n"
        'Content-Type: text/html\n\n<p>See <a href="https://evil.example/x">www.hidrolar.example</a></p>\n--b--\n'
    )
    cli.ok("import-mail", str(file))
    rows = cli.ok("show", "2@hidrolar.example", "--links", "--json").json
    assert [(row["host"], row["misleads"]) for row in rows] == [
        ("evil.example", True),
        ("www.hidrolar.example", False),
        ("docs.hidrolar.example", False),
    ]
    shown = cli.ok("show", "2@hidrolar.example", "--links").out
    assert "https://evil.example/x" in shown
