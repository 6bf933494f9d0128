"""An order carries on from an accepted quote: everything that was offered is in it, once, and its pages name our registered account."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime

import pytest
from ingest.mailroom import letter
from outbox.quoting import BUYER, SKU, Desk

from mailcrm.domain.errors import RefusedByRule
from mailcrm.queries.rows import WorklistRow


def rows(desk: Desk, kind: str) -> dict[str, WorklistRow]:
    return {row.id: row for row in desk.rows("all") if row.kind == kind}


def writes_with(desk: Desk, thread: str, filename: str, text: str = "Please see attached.") -> None:
    """Have the buyer answer with a file."""
    first = desk.core.ask("thread", id=thread).messages[0]
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = BUYER, "wei@ningbo.example", f"Re: {first.subject}"
    mail["Date"], mail["Message-ID"] = format_datetime(desk.now), f"<{filename}@mail.example>"
    mail["References"] = f"<{first.message_id}>"
    mail.set_content(text)
    mail.add_attachment(b"%PDF-1.4 order", maintype="application", subtype="pdf", filename=filename)
    desk.post.mailboxes["work"].deliver(b"INBOX", mail.as_bytes(), desk.now)
    desk.post.room.sync()


def test_an_order_has_what_was_offered(desk: Desk) -> None:
    quote = desk.sent(
        lines=f"{SKU},1000,3.00,moq=500,free=20,colour=black,packing=12 pcs a carton,hs=842490",
        discount="2%",
        tooling="500; back after 10,000 pcs",
    )
    desk.do("accept_quote", quote, text="Yes, on the phone.")
    row = desk.ordered(quote, po="PO 77")
    line = row.content["lines"][0]
    assert (line["sku"], line["quantity"], line["free"], line["hs"]) == (SKU, "1000", "20", "842490")
    assert row.total == {"amount": "2940.00", "currency": "USD"}
    assert (row.quote_id, row.content["quote"]) == (quote, "QUO-2026-0001/v1")
    assert row.content["incoterm"] == "FOB Ningbo"
    assert row.content["terms"].startswith("30% T/T deposit")
    assert row.deposit is not None
    assert row.balance is not None
    assert (row.deposit.amount["amount"], row.balance.amount["amount"]) == ("882.00", "2058.00")
    assert (row.content["packing"], row.content["colour"]) == ("12 pcs a carton", "black")
    assert row.content["fees"][0]["amount"] == {"amount": "500.00", "currency": "USD"}
    sheet = dict(pair for _title, pairs in desk.core.ask("order_sheet", id=row.id).sections for pair in pairs)
    assert (sheet["数量"], sheet["赠品"]) == ("1,000 pcs", "20 pcs")


def test_an_accepted_quote_asks_for_its_order_until_it_is_made_once(desk: Desk) -> None:
    quote = desk.sent()
    assert f"{quote}:order" not in rows(desk, "order")
    desk.do("accept_quote", quote, text="Yes.")
    told = rows(desk, "order")[f"{quote}:order"]
    assert "make the order" in str(told.why)
    row = desk.ordered("QUO-2026-0001")
    assert f"{quote}:order" not in rows(desk, "order")
    with pytest.raises(RefusedByRule, match="has its order: ORD-2026-0001"):
        desk.ordered(quote)
    desk.core.do("cancel_order", id=row.id, reason="a mistake")
    assert desk.ordered(quote).number == "ORD-2026-0002"


def test_making_the_order_accepts_the_quote_that_is_with_the_customer(desk: Desk) -> None:
    quote = desk.sent()
    desk.writes(desk.quote(quote).thread_id or "", "We order as quoted. PO 77 follows.")
    mail = desk.core.ask("thread", id=desk.quote(quote).thread_id).messages[-1].id
    row = desk.ordered(quote, mail=mail)
    assert desk.quote(quote).state == "accepted"
    assert row.history[0].evidence[0].ref == mail
    desk.core.do("undo")
    assert (desk.core.ask("order", id=row.id).stage, desk.quote(quote).state) == ("cancelled", "negotiating")
    desk.do("accept_quote", quote, mail=mail)  # a step of its own stays where only the order is taken back
    desk.ordered(quote)
    desk.core.do("undo")
    assert desk.quote(quote).state == "accepted"


def test_no_order_of_what_is_over_or_was_never_sent(desk: Desk) -> None:
    draft = desk.new()
    with pytest.raises(RefusedByRule, match="is not accepted: being written"):
        desk.ordered(draft)
    quote = desk.sent(valid_until="2026-03-10")
    desk.passes(timedelta(days=10))
    with pytest.raises(RefusedByRule, match="is not accepted"):
        desk.ordered(quote)
    assert desk.core.ask("orders", over=True) == ()


def test_a_mail_that_orders_in_time_and_is_read_late_is_asked_about_and_makes_the_order(desk: Desk) -> None:
    quote = desk.sent(valid_until="2026-03-10")
    first = desk.core.ask("thread", id=desk.quote(quote).thread_id).messages[0]
    in_time = desk.now + timedelta(days=2)
    desk.passes(timedelta(days=8))
    assert desk.quote(quote).state == "expired"
    text = "We order as quoted: please find our purchase order attached. Send the PI."
    mail = letter(BUYER, f"Re: {first.subject}", text, date=in_time, references=[first.message_id])
    desk.post.mailboxes["work"].deliver(b"INBOX", mail, in_time)
    desk.post.room.sync()
    (asked,) = [row for row in rows(desk, "question").values() if row.ref == quote]
    assert "Is it accepted?" in str(asked.why)
    desk.ordered(quote, mail=desk.core.ask("thread", id=desk.quote(quote).thread_id).messages[-1].id)
    assert desk.quote(quote).state == "accepted"


def test_an_order_on_an_accepted_quote_is_proposed(desk: Desk) -> None:
    quote = desk.sent()
    thread = desk.quote(quote).thread_id or ""
    desk.do("accept_quote", quote, text="Yes, on the phone.")
    desk.post.room.clock.at += timedelta(minutes=5)
    writes_with(desk, thread, "PO-77.pdf")
    asked = next(row for row in rows(desk, "question").values() if "Make the order?" in str(row.why))
    desk.core.do("decide", item=asked.id, answer="yes")
    (made,) = desk.core.ask("orders")
    assert made.quote_id == quote


def test_a_purchase_order_without_a_quote_is_proposed_too(desk: Desk) -> None:
    thread = desk.asked("Repeat order")
    desk.post.room.clock.at += timedelta(minutes=5)
    writes_with(desk, thread, "Purchase_Order_4711.pdf")
    asked = next(row for row in rows(desk, "question").values() if "Purchase_Order_4711.pdf" in str(row.why))
    desk.core.do("decide", item=asked.id, answer="yes")
    (made,) = desk.core.ask("orders")
    assert made.thread_id == thread


def test_the_proforma_names_our_registered_account_and_the_work_order_no_price(desk: Desk) -> None:
    quote = desk.sent()
    desk.do("accept_quote", quote, text="Yes.")
    row = desk.ordered(quote, pi="PI-118")
    desk.core.do("render_order", id=row.id)
    kept = desk.core.ask("order", id=row.id).papers
    assert [(paper.kind, paper.filename) for paper in kept] == [("proforma", "PI-118-proforma.pdf")]
    page = desk.paper(kept[0].id).decode()
    for words in ("8001 2345 6789", "PI-118", "2,600.00", "780.00"):
        assert words in page
    file = desk.place / "sheet.pdf"
    desk.core.do("press_order", id=row.id, to=str(file))
    sheet = file.read_text("utf-8")
    assert "2.60" not in sheet
    assert "ORD-2026-0001/v1" in sheet
    other = desk.ordered("t1", lines="A; b; 1 pcs; 2", currency="EUR", terms="100% T/T in advance")
    with pytest.raises(RefusedByRule, match="No account of ours in EUR"):
        desk.core.do("render_order", id=other.id)


def test_the_mail_of_a_milestone_is_filled_and_is_the_step_when_it_has_left(desk: Desk) -> None:
    quote = desk.sent()
    desk.do("accept_quote", quote, text="Yes.")
    row = desk.ordered(quote, pi="PI-118", po="PO 77")
    with pytest.raises(RefusedByRule, match="contract reviewed"):
        desk.core.do("write_order", id=row.id, step="pi_sent", mode="send")
    desk.core.do("advance_order", id=row.id, to="legal_review")
    sent = desk.core.do("write_order", id=row.id, step="pi_sent", mode="send").row
    assert sent.state == "sent"
    assert "PI-118" in sent.body
    assert "PO 77" in sent.body
    told = desk.core.ask("order", id=row.id)
    assert (told.state, told.history[-1].actor) == ("pi_sent", "mailcrm")
    assert [paper.kind for paper in told.papers] == ["proforma"]
    asked = desk.core.do("write_order", id=row.id, step="deposit_credited").row
    assert asked.state == "draft"
    assert "USD 780.00" in asked.body
    with pytest.raises(RefusedByRule, match="No mail belongs to this step"):
        desk.core.do("write_order", id=row.id, step="customs")
    with pytest.raises(RefusedByRule, match="balance credited"):
        desk.core.do("write_order", id=row.id, step="documents", mode="send")
