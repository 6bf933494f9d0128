"""`reply` tells what a person should look at, in its JSON or on stderr, and does what it was asked all the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from cli.running import Cli

NOW = datetime.now(UTC).replace(microsecond=0)
ASKED = "Dear Lin,\n\n1. What is your best price?\n2. What is the MOQ?\n\nAna"
MAILS = (
    ("Ana Ruiz <ana@valvulas.example>", "Ball valves", ASKED),
    ("Jan Nordwind <jan@nordwind.example>", "Delivery", "When will order 7 ship?"),
)


@pytest.fixture
def desk(cli: Cli, tmp_path: Path) -> Cli:
    """`mailcrm` with two customers' mails; nothing can leave."""
    letters = tmp_path / "letters"
    letters.mkdir()
    for number, (sender, subject, text) in enumerate(MAILS):
        mail = EmailMessage()
        at = format_datetime(NOW - timedelta(hours=3))
        mail["Received"], mail["From"], mail["Subject"] = f"from there by here with ESMTP; {at}", sender, subject
        mail["To"], mail["Date"], mail["Message-ID"] = "lin@brightport.example", at, f"<m{number}@there.example>"
        mail.set_content(text)
        (letters / f"{number}.eml").write_bytes(mail.as_bytes())
    cli.ok("account", "add", "work", "--imap", "imaps://imap.brightport.example", "--smtp", "smtps://smtp.brightport.example",
           "--own-address", "lin@brightport.example", "--password-env", "NO_SUCH", "--zone", "Asia/Shanghai",
           "--go-live", (NOW - timedelta(days=3)).isoformat())  # fmt: skip
    cli.ok("import-mail", str(letters), "--live")
    return cli


def write(desk: Cli, text: str, *more: str) -> Any:  # noqa: ANN401  (a JSON document)
    thread = next(row["id"] for row in desk.ok("threads", "--json").json if row["subject"] == "Ball valves")
    return desk.ok("reply", thread, "--body-file", "-", "--json", *more, stdin=text).json


def test_questions_and_checks_stand_in_the_document(desk: Cli) -> None:
    row = write(
        desk, "Dear Jan Nordwind,\n\nthe price is USD 4.20. See attached. We will revert with the rest on Friday.\n"
    )
    assert row["state"] == "draft"
    assert [(one["text"], one["answered"]) for one in row["questions"]] == [
        ("What is your best price?", True),
        ("What is the MOQ?", False),
    ]
    assert [check["code"] for check in row["checks"]] == [
        "other_customer", "attachment_missing", "promise_without_date",
    ]  # fmt: skip
    assert "Jan Nordwind" in row["checks"][0]["detail"]
    assert "checks" not in desk.ok("outbox", "show", row["id"], "--json").json, "only writing looks"


def test_what_was_mended_is_silent(desk: Cli, tmp_path: Path) -> None:
    offer = tmp_path / "offer.pdf"
    offer.write_bytes(b"%PDF-1.4")
    row = write(desk, "USD 4.20, MOQ 50. See attached.", "--attach", str(offer))
    assert row["checks"] == []
    assert all(one["answered"] for one in row["questions"])
    assert row["attachments"] == [str(offer)]


def test_a_stranger_among_the_recipients(desk: Cli) -> None:
    row = write(desk, "USD 4.20, MOQ 50.", "--to", "ana@valvulas.example", "--to", "eve@elsewhere.example")
    (check,) = row["checks"]
    assert check["code"] == "recipient_not_in_thread"
    assert "eve@elsewhere.example" in check["detail"]
    colleague = write(desk, "USD 4.20, MOQ 50.", "--to", "ana@valvulas.example", "--to", "wang@brightport.example")
    assert colleague["checks"] == [], "a colleague of ours, and one of theirs, may be written to"
    assert write(desk, "USD 4.20, MOQ 50.", "--to", "boss@valvulas.example")["checks"] == []


def test_a_holding_reply_has_said_until_when(desk: Cli) -> None:
    words = "We will check with our factory and revert on Friday."
    assert [check["code"] for check in write(desk, words)["checks"]] == ["promise_without_date"]
    assert write(desk, words, "--hold", "+2wd")["checks"] == []
    silent = write(desk, "Please be patient.", "--hold", "+2wd")
    assert [check["code"] for check in silent["checks"]] == ["estimate_not_told"]


def test_people_are_told_on_stderr_with_the_mend(desk: Cli) -> None:
    thread = next(row["id"] for row in desk.ok("threads", "--json").json if row["subject"] == "Ball valves")
    answer = desk("reply", thread, "--body-file", "-", stdin="USD 4.20, see attached. We will revert on Friday.")
    assert answer.code == 0
    assert "No file is attached" in answer.err
    assert "--attach FILE" in answer.err
    assert "--hold" in answer.err
    assert "Not answered: What is the MOQ?" in answer.err
    assert "best price" not in answer.err
    assert "draft" in answer.out
    held = desk("reply", thread, "--hold", "+2wd")
    assert (held.code, held.err) == (0, ""), "a holding reply answers nothing yet"
