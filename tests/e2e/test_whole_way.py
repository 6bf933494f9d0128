"""The whole way on real servers: a customer's mail comes in, the answer lies in the customer's mailbox, the clock stops."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from cli.running import Cli, Warm, cold
from e2e.conftest import MakeDesk
from e2e.desk import Desk, as_local, header_values, letter, opened
from servers.dovecot import Login
from servers.postgres import Postgres

pytestmark = pytest.mark.server


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def any_desk(request: pytest.FixtureRequest, tmp_path: Path, warm: Warm, make_desk: MakeDesk) -> Desk:
    """A desk with its account, on either database, begun with `mailcrm init`; "shell": each command by itself."""
    desk = make_desk(Cli(tmp_path / "mailcrm", cold if request.param == "shell" else warm))
    if request.param == "PostgreSQL":
        postgres: Postgres = request.getfixturevalue("postgres")
        desk.open(db=postgres.database())
    else:
        desk.open()
    desk.add_account()
    return desk


def hand_over(desk: Desk, buyer: Login, raw: bytes) -> None:
    """Have the world deliver a mail to the rep, and wait until it is there."""
    before = len(desk.dovecot.files(desk.rep.user))
    desk.postfix.deliver(buyer.user, desk.rep.user, raw)
    desk.postfix.wait_for(desk.rep.user, before + 1)


def text_of(mail: EmailMessage) -> str:
    """Return the readable text of a mail with bare line ends."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def check_wire(raw: bytes, sent: dict[str, Any], answers: list[str], desk: Desk) -> EmailMessage:
    """Check what must hold of every mail that leaves, as it lies in the customer's file; return it opened."""
    assert header_values(raw, "Message-ID") == [f"<{sent['message_id']}>"]
    assert header_values(raw, "In-Reply-To") == [f"<{answers[-1]}>"]
    assert header_values(raw, "References") == [" ".join(f"<{known}>" for known in answers)]
    for name in ("Date", "From", "To", "Subject", "MIME-Version"):
        assert len(header_values(raw, name)) == 1, name
    assert header_values(raw, "Bcc") == []
    mail = opened(raw)
    assert [(a.display_name, a.addr_spec) for a in mail["From"].addresses] == [("Li Wei", desk.rep.user)]
    assert mail["Date"].datetime.utcoffset() == timedelta(hours=8)
    return mail


@pytest.mark.parametrize("any_desk", ["shell", "PostgreSQL"], indirect=True)
def test_an_inquiry_is_read_shown_answered_and_closed(any_desk: Desk) -> None:
    desk = any_desk
    buyer, colleague = desk.customer("anna.berg@hamburg.example"), desk.customer("jens@hamburg.example")
    inquiry = letter(
        f"Anna Berg <{buyer.user}>",
        f"Li Wei <{desk.rep.user}>",
        "Dear Li,\n\nplease quote 500 gate valves DN50.\n\nAnna\n",
        cc=f"Jens Müller <{colleague.user}>, Li Wei <{desk.rep.user}>",
        message_id="first@hamburg.example",
        answers=["earlier@hamburg.example"],
    )
    hand_over(desk, buyer, inquiry)
    assert desk.sync() == 1
    (row,) = desk.work()
    assert (row["state"], row["kind"], row["count"]) == ("running", "reply", 1)
    arrived, due = datetime.fromisoformat(row["arrived_at"]), datetime.fromisoformat(row["due"])
    assert due - arrived == timedelta(hours=24)
    assert abs(datetime.now(arrived.tzinfo) - arrived) < timedelta(minutes=1)

    words = ("--template", "plain_reply", "--var", "body=EXW 12.50 USD each.", "--send")
    sent = desk.read("reply", row["thread_id"], *words)
    assert (sent["state"], sent["attempts"]) == ("sent", 1)
    (raw,) = desk.postfix.wait_for(buyer.user)
    (to_colleague,) = desk.postfix.wait_for(colleague.user)
    mail = check_wire(raw, sent, ["earlier@hamburg.example", "first@hamburg.example"], desk)
    assert mail["Subject"] == "Re: Inquiry: gate valves DN50"
    assert [(a.display_name, a.addr_spec) for a in mail["To"].addresses] == [("Anna Berg", buyer.user)]
    assert [(a.display_name, a.addr_spec) for a in mail["Cc"].addresses] == [("Jens Müller", colleague.user)]
    assert mail.get_content_charset() in ("us-ascii", "utf-8")
    text = text_of(mail)
    assert "EXW 12.50 USD each.\n\nBest regards,\nLi Wei\n\n-- \nLi Wei\nNingbo Valve Works\n" in text
    assert "Anna Berg wrote:\n> Dear Li,\n>\n> please quote 500 gate valves DN50.\n" in text

    (copy,) = desk.sent()
    assert raw.endswith(copy)
    assert to_colleague.endswith(copy)

    (item,) = desk.read("outbox")
    assert (item["id"], item["state"], item["last_error"]) == (sent["id"], "sent", None)
    assert desk.read("outbox", "flush") == []
    thread = desk.thread()
    assert (thread["state"], thread["result"], thread["first_touch"]) == ("closed", "met", "met")
    assert (thread["external"], thread["answered_by"]) == (False, desk.rep.user)
    assert [message["side"] for message in thread["messages"]] == ["theirs", "ours"]
    assert desk.story(thread["id"]) == ["TurnOpened", "TurnClosed"]
    assert desk.work() == []
    assert [hit["thread_id"] for hit in desk.read("search", "12.50")] == [thread["id"]]

    assert desk.sync() == 0
    assert desk.thread() == thread
    desk.postfix.wait_idle()
    assert (len(desk.dovecot.raws(buyer.user)), len(desk.sent())) == (1, 1)


def test_a_promise_in_chinese_and_the_answer_with_a_file(any_desk: Desk, tmp_path: Path) -> None:
    desk = any_desk
    buyer, colleague = desk.customer("chen@lion-trade.example"), desk.customer("lim@lion-trade.example")
    drawing = b"%PDF-1.4 \x00\xff " + bytes(range(256)) * 40
    inquiry = letter(
        f"陈美玲 <{buyer.user}>",
        desk.rep.user,
        "李经理，您好：\n\n请报500个镕铸阀门的价格，图纸见附件。\n\n陈美玲\n",
        subject="询价：阀门500个",
        cc=f"林先生 <{colleague.user}>",
        message_id="inquiry@lion-trade.example",
        charset="gb18030",
        attachment=("图纸 A-1.pdf", drawing),
    )
    hand_over(desk, buyer, inquiry)
    assert desk.sync() == 1
    (row,) = desk.work()
    assert (row["subject"], row["state"]) == ("询价：阀门500个", "running")
    assert "attachment" in row["flags"]
    thread = row["thread_id"]
    (message,) = desk.read("show", thread)["messages"]
    assert "请报500个镕铸阀门的价格" in message["reply"]
    (file,) = message["attachments"]
    assert (file["filename"], file["sha256"]) == ("图纸 A-1.pdf", hashlib.sha256(drawing).hexdigest())
    saved = desk.read("attachment", "save", file["id"], "--to", str(tmp_path))
    assert Path(saved["path"]).read_bytes() == drawing

    until = as_local(datetime.fromisoformat(row["arrived_at"]) + timedelta(days=3))
    held = desk.read("reply", thread, "--hold", until, "--reason", "factory", "--send")
    assert (held["state"], held["estimate"]) == ("sent", until)
    (raw,) = desk.postfix.wait_for(buyer.user)
    mail = check_wire(raw, held, ["inquiry@lion-trade.example"], desk)
    assert mail["Subject"] == "Re: 询价：阀门500个"
    assert [a.display_name for a in mail["To"].addresses] == ["陈美玲"]
    assert [(a.display_name, a.addr_spec) for a in mail["Cc"].addresses] == [("林先生", colleague.user)]
    assert mail.get_content_charset() == "utf-8"
    assert "与工厂确认" in text_of(mail)
    assert "\n> 请报500个镕铸阀门的价格，图纸见附件。\n" in text_of(mail)
    (promise,) = desk.work()
    assert (promise["kind"], promise["state"], promise["due"]) == ("promise", "promised", until)
    assert promise["reply_due"] == row["due"]

    offer = tmp_path / "报价单.pdf"
    offer.write_bytes(b"%PDF-1.4 offer")
    text = tmp_path / "answer.txt"
    text.write_text("陈小姐：\n\n单价12.50美元，报价单见附件。\n", "utf-8")
    full = desk.read("reply", thread, "--body-file", str(text), "--attach", str(offer), "--send")
    _held, raw = desk.postfix.wait_for(buyer.user, 2)
    mail = check_wire(raw, full, ["inquiry@lion-trade.example"], desk)
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("报价单.pdf", b"%PDF-1.4 offer")
    assert text_of(mail).startswith("陈小姐：\n\n单价12.50美元，报价单见附件。\n")

    closed = desk.thread()
    assert (closed["state"], closed["result"], closed["first_touch"]) == ("closed", "met", "met")
    assert desk.story(thread) == ["TurnOpened", "PromiseMade", "TurnClosed"]
    assert desk.work() == []
    assert [item["state"] for item in desk.read("outbox")] == ["sent", "sent"]
    assert desk.sync() == 0
    assert (len(desk.sent()), len(desk.dovecot.raws(colleague.user))) == (2, 2)


def test_an_answer_by_another_client_closes_the_turn(any_desk: Desk) -> None:
    desk = any_desk
    buyer = desk.customer("anna@hamburg.example")
    hand_over(desk, buyer, letter(buyer.user, desk.rep.user, "Please quote.", message_id="asked@hamburg.example"))
    assert desk.sync() == 1
    assert desk.thread()["state"] == "running"
    at = datetime.now().astimezone().replace(microsecond=0)
    answer = letter(
        desk.rep.user, buyer.user, "EXW 12.50 USD.", subject="Re: Inquiry", answers=["asked@hamburg.example"]
    )
    desk.append_to_sent(answer, at.isoformat())
    assert desk.sync() == 1
    thread = desk.thread()
    assert (thread["state"], thread["result"], thread["external"]) == ("closed", "met", True)
    assert thread["answered_at"] == as_local(at)
    assert desk.work() == []
    assert desk.sent() == [answer]
