"""A day at the command line, against the demo's servers: each command does its work and says it as the specification asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from cli.running import Cli

from mailcrm.adapters.demo.servers import DemoServers

REP = "lin.wei@brightport.example"
PASSWORD = "lantern-42"
NOW = datetime.now(UTC).replace(microsecond=0)
ANA = {"name": "Ana Ruiz", "address": "ana@valvulas.example"}


def mail(message_id: str, sender: str, subject: str, text: str, at: datetime) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, REP, subject
    message["Date"], message["Message-ID"] = format_datetime(at), f"<{message_id}>"
    message.set_content(text)
    if message_id == "q1@valvulas.example":
        message["Cc"] = "boss@valvulas.example"
        message.add_attachment(b"%PDF-1.4 drawing", maintype="application", subtype="pdf", filename="../DN50.pdf")
    return message.as_bytes()


MAILS = [
    ("q1@valvulas.example", "Ana Ruiz <ana@valvulas.example>", "Ball valves DN50", "Please quote 500 pcs. 报价?", 2),
    ("q2@nordwind.example", "Jan <jan@nordwind.example>", "Delivery", "When will order 7 ship?", 30),
    ("q3@hidrolar.example", "Rui <rui@hidrolar.example>", "Sample", "Could you send a sample?", 3),
]


@pytest.fixture
def servers() -> Iterator[DemoServers]:
    with DemoServers({REP: PASSWORD}) as running:
        for message_id, sender, subject, text, hours in MAILS:
            at = NOW - timedelta(hours=hours)
            running.deliver(REP, "INBOX", mail(message_id, sender, subject, text, at), at)
        yield running


@pytest.fixture
def desk(cli: Cli, servers: DemoServers, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """`mailcrm` with the account and its mail read; companies are customers."""
    monkeypatch.setenv("REP_PASSWORD", PASSWORD)
    go_live = (NOW - timedelta(days=3)).isoformat()
    cli.ok("account", "add", "work", "--imap", f"imap://127.0.0.1:{servers.imap_port}", "--smtp",
           f"smtp://127.0.0.1:{servers.smtp_port}", "--own-address", REP, "--password-env", "REP_PASSWORD",
           "--zone", "Asia/Shanghai", "--go-live", go_live)  # fmt: skip
    cli.ok("sync")
    return cli


def thread_of(desk: Cli, subject: str) -> str:
    (found,) = [row["id"] for row in desk.ok("threads", "--json").json if row["subject"] == subject]
    assert isinstance(found, str)
    return found


def work(desk: Cli, *words: str) -> dict[str, Any]:
    return {row["subject"]: row for row in desk.ok("worklist", "--view", "all", "--json", *words).json}


def test_a_second_sync_changes_nothing(desk: Cli) -> None:
    found = desk.ok("sync", "--json").json
    assert found["new_messages"] == 0
    assert found["errors"] == []
    (account,) = found["accounts"]
    assert account["name"] == "work"
    assert account["seconds"] >= 0
    assert all(set(row) >= {"name", "fetched", "new", "duplicate", "quarantined"} for row in account["folders"])
    assert desk.ok("sync", "--full", "--account", "work", "--json").json["new_messages"] == 0


def test_one_account_failing_does_not_stop_the_others(desk: Cli) -> None:
    desk.ok("account", "add", "dead", "--imap", "imap://127.0.0.1:1", "--smtp", "smtp://127.0.0.1:1",
            "--own-address", "other@brightport.example", "--password-env", "REP_PASSWORD")  # fmt: skip
    answer = desk("sync", "--json")
    assert answer.code == 3
    assert {account["name"] for account in answer.json["accounts"]} == {"dead", "work"}
    assert "dead" in answer.err


def test_a_wrong_password_is_named(desk: Cli) -> None:
    for words in (("sync",), ("account", "test", "work")):
        answer = desk(*words, env={"REP_PASSWORD": "wrong-horse"})
        assert answer.code == 3
        assert "wrong-horse" not in answer.out + answer.err
    assert desk("account", "test", "work", "--json").json[0]["ok"]


def test_the_worklist(desk: Cli) -> None:
    rows = work(desk)
    assert rows["Delivery"]["state"] == "overdue"
    assert rows["Delivery"]["overdue_seconds"] >= 6 * 3600
    assert rows["Ball valves DN50"]["state"] == "running"
    assert rows["Ball valves DN50"]["due"].endswith("+08:00")
    shown = desk.ok("worklist", "--view", "all").out
    assert shown.index("Delivery") < shown.index("Ball valves DN50")


def test_another_hour_shows_another_worklist(desk: Cli) -> None:
    tomorrow = (NOW + timedelta(hours=23)).isoformat()
    assert work(desk, "--now", tomorrow)["Ball valves DN50"]["state"] == "overdue"
    assert work(desk)["Ball valves DN50"]["state"] == "running"


def test_show_and_explain(desk: Cli) -> None:
    thread = thread_of(desk, "Ball valves DN50")
    found = desk.ok("show", thread, "--json").json
    (message,) = found["messages"]
    assert (found["id"], message["from"], message["message_id"]) == (thread, ANA, "q1@valvulas.example")
    assert "报价" in message["body"]
    assert message["attachments"][0]["safe_filename"] == "DN50.pdf"
    assert "body" not in desk.ok("threads", "--json").json[0]["messages"][0]
    assert desk.ok("show", "q1@valvulas.example", "--json").json["id"] == thread
    story = desk.ok("explain", thread, "--json").json
    assert all(set(line) >= {"at", "event", "message_id", "rule", "effect"} for line in story)
    assert "TurnOpened" in {line["event"] for line in story}
    assert "报价" in desk.ok("show", thread).out
    assert desk.ok("explain", thread).out.count("\n") >= 2


def test_search(desk: Cli) -> None:
    (hit,) = desk.ok("search", "报价", "--json").json
    assert hit["from"] == ANA
    assert hit["message_id"] == "q1@valvulas.example"
    assert [row["subject"] for row in desk.ok("search", "from:jan", "ship", "--json").json] == ["Delivery"]
    assert "Delivery" in desk.ok("search", "ship").out


def test_a_draft_stays_here(desk: Cli, servers: DemoServers, tmp_path: Path) -> None:
    before = len(servers.sent)
    text = tmp_path / "answer.txt"
    text.write_text("Dear Jan,\n\nit ships on Friday.\n")
    thread = thread_of(desk, "Delivery")
    row = desk.ok("reply", thread, "--body-file", str(text), "--json").json
    assert (row["state"], row["to"]) == ("draft", ["jan@nordwind.example"])
    assert "Friday" in desk.ok("outbox", "show", row["id"]).out
    desk.ok("outbox", "flush")
    assert len(servers.sent) == before
    assert work(desk)["Delivery"]["state"] == "overdue"
    desk.ok("outbox", "cancel", row["id"])
    assert [(each["id"], each["state"]) for each in desk.ok("outbox", "--json").json] == [(row["id"], "cancelled")]


def test_a_reply_leaves_and_stops_the_clock(desk: Cli, servers: DemoServers) -> None:
    thread = thread_of(desk, "Ball valves DN50")
    row = desk.ok(
        "reply", thread, "--body-file", "-", "--send", "--no-cc", "--json", stdin="Dear Ana,\n\nUSD 4.20.\n"
    ).json
    assert row["state"] == "sent"
    sent = servers.sent[-1]
    assert sent.recipients == ("ana@valvulas.example",)
    assert b"In-Reply-To: <q1@valvulas.example>" in sent.raw
    assert "Ball valves DN50" not in work(desk)
    assert desk.ok("show", thread, "--json").json["state"] == "closed"
    count = len(servers.sent)
    assert desk.ok("outbox", "flush", "--json").json == []
    assert len(servers.sent) == count


def test_a_holding_reply_promises(desk: Cli, servers: DemoServers) -> None:
    thread = thread_of(desk, "Delivery")
    until = (NOW + timedelta(days=2)).isoformat()
    row = desk.ok("reply", thread, "--hold", until, "--reason", "factory", "--send", "--json").json
    assert row["state"] == "sent"
    assert row["estimate"]
    assert work(desk)["Delivery"]["kind"] == "promise"
    assert b"factory" in servers.sent[-1].raw


@pytest.mark.parametrize("estimate", ["", "2020-01-01T10:00"])
def test_an_empty_or_past_estimate_is_refused(desk: Cli, servers: DemoServers, estimate: str) -> None:
    before = len(servers.sent)
    answer = desk("reply", thread_of(desk, "Delivery"), "--hold", estimate, "--send")
    assert (answer.code, answer.out) == (4, "")
    assert len(servers.sent) == before
    assert desk.ok("outbox", "--json").json == []


def test_a_mail_for_later_waits(desk: Cli, servers: DemoServers) -> None:
    before = len(servers.sent)
    at = (NOW + timedelta(days=1)).isoformat()
    words = ("reply", thread_of(desk, "Delivery"), "--body-file", "-", "--at", at, "--json")
    row = desk.ok(*words, stdin="Friday.\n").json
    assert row["state"] == "held"
    desk.ok("outbox", "flush")
    assert len(servers.sent) == before
    desk.ok("undo", row["action"])
    assert desk.ok("outbox", "show", row["id"], "--json").json["state"] == "cancelled"


def test_a_server_that_refuses_is_three(desk: Cli) -> None:
    answer = desk("reply", thread_of(desk, "Delivery"), "--to", "jan@mail.test", "--body-file", "-", "--send", "--json",
                  stdin="Friday.\n")  # fmt: skip
    assert answer.code == 3
    assert answer.json["state"] in ("failed", "deferred")
    assert answer.json["last_error"]
    assert answer.json["id"] in answer.err


def test_a_template_asks_for_what_it_misses(desk: Cli) -> None:
    thread = thread_of(desk, "Ball valves DN50")
    answer = desk("template", "preview", "inquiry_ask", "--thread", thread, "--language", "en")
    assert answer.code == 1
    assert "--var missing=" in answer.err
    shown = desk.ok(
        "template", "preview", "inquiry_ask", "--thread", thread, "--language", "en", "--var", "missing=quantity"
    )
    assert "What quantity do you need" in shown.out
    refused = desk("reply", thread, "--template", "inquiry_ask", "--send")
    assert refused.code == 1
    assert "missing" in refused.err


def test_waive_and_undo(desk: Cli) -> None:
    thread = thread_of(desk, "Delivery")
    row = desk.ok("waive", thread, "--reason", "phoned", "--json").json
    assert row["state"] == "waived"
    assert "Delivery" not in work(desk)
    desk.ok("undo", row["action"])
    assert work(desk)["Delivery"]["state"] == "overdue"
    assert "undo" in desk.ok("waive", thread, "--reason", "phoned").out
    desk.ok("undo")
    assert work(desk)["Delivery"]["state"] == "overdue"


def test_done_is_refused_while_somebody_waits(desk: Cli) -> None:
    thread = thread_of(desk, "Sample")
    answer = desk("done", thread)
    assert (answer.code, answer.out) == (4, "")
    for way in ("Reply", "hold", "answered", "waive"):
        assert way in answer.err
    desk.ok("waive", thread, "--reason", "no demand")
    assert desk.ok("done", thread, "--json").json["id"] == thread


def test_answered_elsewhere(desk: Cli) -> None:
    thread = thread_of(desk, "Sample")
    at = (NOW - timedelta(hours=1)).isoformat()
    row = desk.ok("answered", thread, "--channel", "whatsapp", "--at", at, "--text", "leaves Monday", "--json").json
    assert (row["state"], row["result"], row["external"]) == ("closed", "met", True)
    assert desk("answered", thread, "--channel", "pigeon", "--text", "coo").code == 2


def test_classify(desk: Cli) -> None:
    thread = thread_of(desk, "Sample")
    (message,) = desk.ok("show", thread, "--json").json["messages"]
    assert desk.ok("classify", message["id"], "spam", "--json").json["state"] == "void"
    assert "Sample" not in work(desk)
    assert desk("classify", message["id"], "poem").code == 2


def test_classify_what_a_mail_is_for(desk: Cli) -> None:
    thread = thread_of(desk, "Sample")
    (message,) = desk.ok("show", thread, "--json").json["messages"]
    (told,) = desk.ok("classify", message["id"], "--purpose", "complaint", "--json").json["messages"]
    assert (told["purpose"], told["kind"]) == ("complaint", message["kind"])
    assert work(desk)["Sample"]["band"] == "complaint"
    assert "before that: " in desk.ok("explain", thread).out
    desk.ok("undo")
    assert desk.ok("show", thread, "--json").json["messages"][0]["purpose"] == message["purpose"]
    desk.ok("classify", message["id"], "--purpose", "thanks")
    assert work(desk)["Sample"]["band"] == "looks_finished"
    assert desk("classify", message["id"], "--purpose", "poem").code == 2
    assert desk("classify", message["id"]).code == 2


def test_companies_and_contacts(desk: Cli) -> None:
    companies = {row["domains"][0]: row for row in desk.ok("company", "list", "--json").json}
    company = companies["nordwind.example"]["id"]
    assert desk.ok("company", "edit", company, "--role", "forwarder", "--json").json["role"] == "forwarder"
    assert desk.ok("company", "show", company, "--json").json["role"] == "forwarder"
    assert work(desk)["Delivery"]["band"] == "others"
    (ana,) = [row["id"] for row in desk.ok("contact", "list", "--json").json if row["address"] == ANA["address"]]
    assert desk.ok("contact", "edit", ana, "--language", "es", "--json").json["language"] == "es"
    assert "es" in desk.ok("contact", "show", ana).out
    assert desk("company", "edit", company, "--role", "emperor").code == 2


def test_where_a_party_is_and_why_and_two_companies_made_one(desk: Cli) -> None:
    companies = {row["domains"][0]: row for row in desk.ok("company", "list", "--json").json}
    nordwind, hidrolar = companies["nordwind.example"]["id"], companies["hidrolar.example"]
    assert (hidrolar["country"], hidrolar["country_reason"]) == (None, None)
    assert (hidrolar["role"], hidrolar["role_reason"]) == ("prospect", "asks for an offer: “send a sample”")
    edited = desk.ok("company", "edit", nordwind, "--country", "Germany", "--domain", "nord.example", "--json").json
    assert (edited["country"], edited["domains"]) == ("DE", ["nord.example", "nordwind.example"])
    assert edited["country_reason"].startswith("set by ")
    assert "set by" in desk.ok("company", "show", nordwind).out
    assert desk("company", "edit", nordwind, "--domain", "hidrolar.example").code == 4
    merged = desk.ok("company", "merge", nordwind, hidrolar["id"], "--json").json
    assert len(merged["contacts"]) == 2
    rui = next(row for row in desk.ok("contact", "list", "--json").json if row["address"] == "rui@hidrolar.example")
    assert (rui["company_id"], rui["country"]) == (nordwind, "DE")
    assert work(desk)["Sample"]["country"] == "DE"
    desk.ok("undo")
    assert {row["id"] for row in desk.ok("company", "list", "--json").json} == {row["id"] for row in companies.values()}
    assert desk.ok("contact", "edit", rui["id"], "--country", "BR", "--json").json["country"] == "BR"
    assert "BR" in desk.ok("contact", "show", rui["id"]).out


def test_a_company_and_a_contact_are_shown_with_all_that_is_going_on(desk: Cli) -> None:
    companies = {row["domains"][0]: row["id"] for row in desk.ok("company", "list", "--json").json}
    hidrolar = companies["hidrolar.example"]
    desk.ok("company", "edit", hidrolar, "--country", "BR", "--zone", "Manaus")
    desk.ok("note", thread_of(desk, "Sample"), "Likes tea.")
    shown = desk.ok("company", "show", hidrolar, "--json").json
    assert shown["people"][0]["there"]["time_zone"] == shown["time_zone"] == "America/Manaus"
    assert [row["subject"] for row in shown["open"]] == ["Sample"]
    assert (shown["notes"][0]["text"], shown["mails"][0]["thread_id"]) == ("Likes tea.", thread_of(desk, "Sample"))
    text = desk.ok("company", "show", hidrolar).out
    assert all(words in text for words in ("Manaus", "They wait for", "Likes tea.", "1 mail (1 theirs) in 1 thread"))
    (rui,) = shown["contacts"]
    card = desk.ok("contact", "show", rui, "--json").json
    assert (card["address"], card["customer"]["id"]) == ("rui@hidrolar.example", hidrolar)
    assert "They wait for" in desk.ok("contact", "show", rui).out


def test_companies_and_people_are_tagged(desk: Cli) -> None:
    companies = {row["domains"][0]: row["id"] for row in desk.ok("company", "list", "--json").json}
    nordwind = companies["nordwind.example"]
    assert desk.ok("company", "tag", nordwind, "+importer", "old", "--json").json["tags"] == ["importer", "old"]
    assert desk.ok("company", "tag", nordwind, "-old", "+vip", "--json").json["tags"] == ["importer", "vip"]
    assert {row["subject"] for row in desk.ok("search", "tag:importer", "--json").json} == {"Delivery"}
    assert {row["subject"] for row in desk.ok("threads", "--query", "tag:vip", "--json").json} == {"Delivery"}
    (ana,) = [row["id"] for row in desk.ok("contact", "list", "--json").json if row["address"] == ANA["address"]]
    assert desk.ok("contact", "tag", ana, "+buyer", "--json").json["tags"] == ["buyer"]
    assert desk("company", "tag", nordwind, "-never").code == 1
    assert desk("company", "tag", nordwind, "+…").code == 2
    assert desk("company", "tag", nordwind).code == 2
    assert "+importer" in desk.ok("company", "tag", "--help").out


def test_attachments_are_saved_under_a_safe_name(desk: Cli, tmp_path: Path) -> None:
    thread = thread_of(desk, "Ball valves DN50")
    (file,) = desk.ok("attachment", "list", thread, "--json").json
    saved = [desk.ok("attachment", "save", file["id"], "--to", str(tmp_path), "--json").json["path"] for _ in range(2)]
    assert [Path(path).name for path in saved] == ["DN50.pdf", "DN50 (2).pdf"]
    assert {Path(path).read_bytes() for path in saved} == {b"%PDF-1.4 drawing"}
    assert {Path(path).stat().st_mode & 0o777 for path in saved} == {0o600}
    assert desk("attachment", "save", file["id"], "--to", str(tmp_path / "nowhere")).code == 2


def test_a_file_is_not_opened_where_nobody_could_see_it_or_where_it_may_do_more(
    desk: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", "")
    monkeypatch.setenv("WAYLAND_DISPLAY", "")
    (file,) = desk.ok("attachment", "list", thread_of(desk, "Ball valves DN50"), "--json").json
    unseen = desk("attachment", "open", file["id"])
    assert (unseen.code, "No program here opens DN50.pdf." in unseen.err) == (1, True)
    trap = mail("trap@nordwind.example", "Jan <jan@nordwind.example>", "Trap", "Open it", NOW)
    head, _blank, _body = trap.partition(b"\n\n")
    program = (
        b"Content-Disposition: attachment; filename=offer.pdf\nContent-Transfer-Encoding: base64\n\nTVqQAAMAAAA=\n"
    )
    lines = [line for line in head.splitlines() if not line.lower().startswith((b"content-", b"mime-"))]
    (tmp_path / "trap.eml").write_bytes(
        b"\n".join([*lines, b"MIME-Version: 1.0", b"Content-Type: application/pdf", program])
    )
    desk.ok("import-mail", str(tmp_path / "trap.eml"))
    (file,) = desk.ok("attachment", "list", "trap@nordwind.example", "--json").json
    refused = desk("attachment", "open", file["id"])
    assert (refused.code, "offer.pdf is a program" in refused.err) == (4, True)


def test_an_import_is_history_and_idempotent(desk: Cli, tmp_path: Path) -> None:
    (tmp_path / "mails").mkdir()
    file = tmp_path / "mails" / "old.eml"
    file.write_bytes(
        mail("old@nordwind.example", "Jan <jan@nordwind.example>", "Old", "Price?", NOW - timedelta(days=40))
    )
    first = desk.ok("import-mail", str(file.parent), "--json").json
    assert (first["files"], first["new"], first["errors"]) == (1, 1, [])
    again = desk.ok("import-mail", str(file.parent), "--json").json
    assert (again["new"], again["duplicate"]) == (0, 1)
    assert "Old" not in work(desk)
    missing = desk("import-mail", str(tmp_path / "nothing"), "--json")
    assert missing.code == 1
    assert missing.json["errors"][0]["file"] == str(tmp_path / "nothing")


def test_doctor_is_content(desk: Cli) -> None:
    found = desk.ok("doctor", "--json").json
    assert {"home", "database", "disk", "quarantine", "templates", "account work"} <= {row["check"] for row in found}
