"""Quotes as they go their way: answers and orders, bounces, follow-ups, approvals by mail, what is taken back. On both databases."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from outbox.conftest import failure_report
from outbox.quoting import BUYER, SKU, Desk
from sqlalchemy.event import listen

from mailcrm.domain.errors import RefusedByRule, UsageError

BELOW = f"{SKU},1000,2.50,moq=500"


def test_the_quote_is_sent_when_the_server_accepts_its_pdf_and_that_answers_the_turn(desk: Desk) -> None:
    quote = desk.ready()
    assert desk.core.ask("thread", id=desk.quote(quote).thread_id).state == "running"
    row = desk.do("send_quote", quote, mode="send", answers="1. Yes, IP65.")
    assert (row.state, row.sent_at, row.external) == ("sent", desk.now, False)
    sent = desk.post.server.accepted[-1].raw
    assert b"Q-" not in sent
    assert b"QUO-2026-0001-v1.pdf" in sent
    assert [one.kind for one in row.history[-1].evidence] == ["outgoing", "message", "paper"]
    assert desk.core.ask("thread", id=row.thread_id).result == "met"


def test_a_server_that_defers_leaves_the_quote_ready(desk: Desk) -> None:
    quote = desk.ready()
    desk.post.server.data_reply = "451 4.3.0 later"
    row = desk.do("send_quote", quote, mode="send")
    assert row.state == "ready"
    with pytest.raises(RefusedByRule, match="on its way"):
        desk.do("edit_quote", quote, remarks="one more thing")
    desk.post.server.data_reply = "250 2.0.0 accepted"
    desk.post.flush(timedelta(minutes=2))
    assert desk.quote(quote).state == "sent"


def test_a_human_answer_makes_it_a_negotiation_and_ends_the_follow_ups(desk: Desk) -> None:
    quote = desk.sent()
    desk.passes(timedelta(days=5))
    assert desk.quote(quote).state == "follow_up"
    drafts = [row for row in desk.core.ask("outbox") if row.state == "draft"]
    assert len(drafts) == 1
    desk.writes(desk.quote(quote).thread_id, "2.60 is too much for us, can you do 2.40?")
    row = desk.quote(quote)
    assert (row.state, row.history[-1].actor) == ("negotiating", "mailcrm")
    assert [row.state for row in desk.core.ask("outbox") if row.id == drafts[0].id] == ["cancelled"]
    desk.passes(timedelta(days=10))
    assert desk.quote(quote).state == "negotiating"


def test_an_automatic_answer_changes_nothing(desk: Desk) -> None:
    quote = desk.sent()
    desk.writes(desk.quote(quote).thread_id, "I am away.", headers=["Auto-Submitted: auto-replied"])
    assert desk.quote(quote).state == "sent"


def test_a_mail_on_another_thread_that_names_the_number_counts_from_the_same_company_only(desk: Desk) -> None:
    quote = desk.sent()
    number = desk.quote(quote).number.partition("/")[0]
    desk.asked("A guess", sender="spy@elsewhere.example", body=f"About {number}: 1.00?")
    assert desk.quote(quote).state == "sent"
    desk.post.room.clock.at += timedelta(hours=2)
    desk.asked("Our talk", sender="anna@acme.example", body=f"About {number}: can you do better?")
    assert desk.quote(quote).state == "negotiating"


def test_an_order_is_only_a_suggestion_until_a_person_confirms_it(desk: Desk) -> None:
    quote = desk.sent()
    desk.writes(
        desk.quote(quote).thread_id, "We accept. Please find our purchase order PO 8812 and send the proforma invoice."
    )
    assert desk.quote(quote).state == "negotiating"
    asked = next(row for row in desk.rows("now") if row.ref == quote and row.kind == "question")
    desk.core.do("decide", item=asked.id, answer="yes")
    row = desk.quote(quote)
    assert (row.state, row.history[-1].evidence[0].kind) == ("accepted", "message")
    assert [one.kind for one in desk.rows("now") if one.ref == quote] == ["order"]  # it is to be made


def test_an_inquiry_suggests_a_quote_once_a_thread_and_beginning_it_answers_that(desk: Desk) -> None:
    thread = desk.asked(body="Could you please quote 500 pieces CIF Hamburg?")
    (asked,) = [row for row in desk.rows() if row.kind == "question"]
    assert "They ask for a price" in str(asked.why)
    assert "begin_quote" in next(row for row in desk.rows("now") if row.kind == "reply").flags
    desk.writes(thread, "And your price for 1000 pieces?")
    assert len([row for row in desk.rows() if row.kind == "question"]) == 1
    desk.core.do("decide", item=asked.id, answer="yes")
    assert [row.kind for row in desk.rows()] == ["quote"]


def test_a_suppliers_quotation_suggests_nothing(desk: Desk) -> None:
    desk.asked("Bearings", sender="sales@bearings.example", body="Could you quote 500 pieces?")
    assert [row.kind for row in desk.rows()] == ["question"]
    desk.core.do("edit_company", id=desk.core.ask("companies")[0].id, role="supplier")
    assert desk.rows() == []
    desk.asked(
        "Prices", sender="sales@bearings.example", body="Please find our quotation for bearings. Please quote back."
    )
    assert desk.rows() == []


def test_a_bounce_makes_it_ready_again_and_the_turn_reopens(desk: Desk) -> None:
    quote = desk.sent()
    mail = desk.core.ask("outbox_item", id=desk.quote(quote).outgoing)
    desk.post.mailboxes["work"].deliver(b"INBOX", failure_report(mail.message_id, BUYER), desk.now)
    desk.post.room.sync()
    row = desk.quote(quote)
    assert (row.state, row.sent_at, row.outgoing) == ("ready", None, None)
    assert desk.core.ask("thread", id=row.thread_id).state == "running"
    desk.post.room.sync()
    assert desk.quote(quote).history == row.history
    assert desk.do("send_quote", quote, mode="send", to=["anna@acme.example"]).state == "sent"


def test_follow_ups_come_after_3_7_and_12_working_days_and_the_reminder_is_one_of_them(desk: Desk) -> None:
    quote = desk.sent(valid_until="2026-04-03")  # sent on Wednesday 4 March
    seen = []
    for _hour in range(32):
        desk.passes(timedelta(days=1))
        row = desk.quote(quote)
        seen.append((desk.now.date(), row.follow_up, row.state))
    first = {step: next(day for day, follow_up, _state in seen if follow_up == step) for step in (1, 2, 3, 4)}
    assert first == {1: date(2026, 3, 9), 2: date(2026, 3, 13), 3: date(2026, 3, 20), 4: date(2026, 4, 1)}
    assert seen[-1][2] == "expired"
    templates = [step.reason for step in desk.quote(quote).history if step.to == "follow_up"]
    assert len(templates) == 4
    left = [row.state for row in desk.core.ask("outbox") if "uot" in row.subject or row.state == "cancelled"]
    assert left.count("cancelled") == 4


def test_nobody_is_nudged_besides_the_follow_ups(desk: Desk) -> None:
    desk.sent()
    desk.passes(timedelta(days=6))
    assert [row.kind for row in desk.rows("now")] == ["quote", "outbox"] or [row.kind for row in desk.rows("now")] == [
        "quote"
    ]


def test_who_is_away_is_followed_up_on_the_working_day_after_the_return(desk: Desk) -> None:
    quote = desk.sent()
    away = "I am out of the office until Thursday 12 March 2026."
    desk.writes(desk.quote(quote).thread_id, away, headers=["Auto-Submitted: auto-replied"])
    desk.passes(timedelta(days=6))
    assert desk.quote(quote).state == "sent"
    assert desk.quote(quote).next_due == datetime(2026, 3, 13, 9, tzinfo=UTC)
    desk.passes(timedelta(days=3))
    assert desk.quote(quote).state == "follow_up"


def test_while_it_waits_for_a_manager_a_holding_reply_is_offered_and_the_manager_has_it_on_the_list(desk: Desk) -> None:
    desk.team()
    quote = desk.new(lines=BELOW)
    desk.do("ask_approval", quote, note="They take 20,000 a year.")
    (reply,) = [row for row in desk.rows("now") if row.kind == "reply"]
    assert reply.suggested_template == "holding"
    assert [row.kind for row in desk.rows("now", owner="wei")] == ["reply"]
    (approval,) = desk.rows("now", owner="mei")
    assert (approval.kind, approval.ref) == ("approval", quote)
    assert "20,000 a year" in str(approval.why)
    assert "least allowed price is USD 2.55" in str(approval.why)
    desk.as_("mei")
    row = desk.do("reject_quote", quote, note="Ask 2.58.")
    assert (row.state, row.note) == ("draft", "Ask 2.58.")


def test_an_approval_ends_after_seven_days(desk: Desk) -> None:
    quote = desk.new(lines=BELOW)
    desk.do("check_quote", quote)
    desk.do("approve_quote", quote, own=True)
    desk.post.room.clock.at += timedelta(days=7)
    with pytest.raises(RefusedByRule, match="not approved any more"):
        desk.do("send_quote", quote, mode="send")
    assert desk.do("check_quote", quote).state == "needs_approval"


def test_an_approval_names_the_content_that_was_looked_at(desk: Desk) -> None:
    quote = desk.new(lines=BELOW)
    seen = desk.do("check_quote", quote).hash
    desk.do("edit_quote", quote, lines=f"{SKU},price=2.40")
    desk.do("check_quote", quote)
    with pytest.raises(RefusedByRule, match="was changed after that"):
        desk.do("approve_quote", quote, own=True, hash=seen[:8])


STAMP = "Authentication-Results: mx.ningbo.example; dkim=pass header.d=ningbo.example; dmarc=pass"
HOP = "Received: from there by mx.ningbo.example with ESMTPS; Wed, 04 Mar 2026 09:00:00 +0000"


@pytest.mark.parametrize(("stamp", "state"), [(True, "ready"), (False, "needs_approval")])
def test_a_managers_mail_approves_where_our_own_server_vouches_for_it(desk: Desk, stamp: bool, state: str) -> None:
    desk.team()
    quote = desk.new(lines=BELOW)
    desk.do("check_quote", quote)
    row = desk.quote(quote)
    text = f"Approved: {row.number}, content {row.hash[:8]}."
    desk.own_server("mx.ningbo.example")
    headers = [STAMP, HOP] if stamp else []
    desk.asked("Your quote", sender="Mei <mei@ningbo.example>", body=text, headers=headers)
    after = desk.quote(quote)
    assert after.state == state
    if stamp:
        assert after.approval is not None
        assert (after.approval.by, after.history[-1].actor) == ("mei", "mei")
        assert after.history[-1].evidence[0].kind == "message"
        desk.post.room.sync()
        assert desk.quote(quote).history == after.history
    else:
        asked = next(one for one in desk.rows("now") if one.kind == "question" and one.ref == quote)
        with pytest.raises(RefusedByRule, match="Only a manager"):
            desk.core.do("decide", item=asked.id, answer="yes")


def test_a_quote_is_withdrawn_by_a_mail_to_the_customer_only(desk: Desk) -> None:
    quote = desk.sent()
    with pytest.raises(RefusedByRule, match="by hand"):
        desk.do("advance_quote", quote, state="withdrawn", reason="a slip")
    assert desk.do("withdraw_quote", quote, mode="draft").state == "sent"
    row = desk.do("withdraw_quote", quote, reason="The steel price has doubled.", mode="send")
    assert row.state == "withdrawn"
    assert row.history[-1].evidence[0].kind == "outgoing"
    with pytest.raises(RefusedByRule):
        desk.do("accept_quote", quote, text="Yes.")


def test_the_next_quote_to_the_company_begins_with_the_last_one(desk: Desk) -> None:
    desk.sent(lines=f"{SKU},1000,2.60,moq=500,colour=RAL 9005,hs=8424.20", port_of_loading="Ningbo")
    thread = desk.asked("Again", sender="anna@acme.example")
    row = desk.core.do("new_quote", thread=thread).row
    (line,) = row.lines
    assert (line.sku, line.quantity, str(line.price), line.details["colour"]) == (SKU, 1000, "USD 2.60", "RAL 9005")
    assert (row.incoterm, row.terms["port_of_loading"]) == ("FOB Ningbo, Incoterms® 2020", "Ningbo")
    assert row.valid_until == date(2026, 4, 3)
    form = desk.core.ask("quote_form", thread=thread)
    assert form.known["incoterm"] == "FOB Ningbo"


def test_what_is_undone_is_as_it_was(desk: Desk) -> None:
    thread = desk.asked()
    made = desk.core.do("new_quote", thread=thread, incoterm="FOB Ningbo", lines=f"{SKU},1000,2.60")
    edited = desk.core.do("edit_quote", id=made.row.id, lines=f"{SKU},price=2.70")
    desk.core.do("undo", id=edited.action)
    assert str(desk.quote(made.row.id).lines[0].price) == "USD 2.60"
    desk.core.do("undo", id=made.action)
    assert desk.core.ask("quotes") == ()
    quote = desk.sent()
    accepted = desk.core.do("accept_quote", id=quote, text="Yes.")
    desk.core.do("undo", id=accepted.action)
    row = desk.quote(quote)
    assert row.state == "sent"
    assert row.next_due is not None


def test_a_draft_says_everything_that_is_missing_at_once(desk: Desk) -> None:
    thread = desk.asked()
    quote = desk.core.do("new_quote", thread=thread).row.id
    with pytest.raises(RefusedByRule) as refused:
        desk.do("check_quote", quote)
    for told in (
        "No inquiry is linked",
        "The Incoterm is missing",
        "no line",
        "Payment terms are missing",
        "lead time is missing",
    ):
        assert told in str(refused.value)
    assert [found.number for found in desk.quote(quote).checks] == [1, 2, 5, 8, 8]


def test_another_customers_name_and_a_price_lists_id_are_found(desk: Desk) -> None:
    desk.asked("Hello", sender="Otto <otto@nordwind.example>")
    quote = desk.new(remarks="As for Nordwind, by list v6.")
    with pytest.raises(RefusedByRule, match="Nordwind") as refused:
        desk.do("check_quote", quote)
    assert "price list stands in the text: v6" in str(refused.value)


def test_a_bank_block_that_was_changed_by_one_letter_is_refused(desk: Desk) -> None:
    quote = desk.new()
    block = str(desk.quote(quote).terms["bank"])
    with pytest.raises(RefusedByRule, match="not the registered one"):
        desk.do("check_quote", desk.do("edit_quote", quote, bank=block.replace("6789", "6798")).id)
    desk.do("edit_quote", quote, bank="registered")
    assert desk.do("check_quote", quote).state == "ready"


def test_a_self_made_cost_sheet_is_for_a_manager_and_an_old_rate_is_refused(desk: Desk) -> None:
    own = desk.sheet("AB-1", official=False)
    quote = desk.new(lines=f"{SKU},1000,2.60,moq=500,sheet={own}")
    assert [found.number for found in desk.do("check_quote", quote).checks] == [3]
    fresh = desk.sheet(
        "AB-2", currency="CNY", rate_on=date(2026, 2, 28)
    )  # a make-up workday; three days old on Wednesday
    assert desk.do("check_quote", desk.do("edit_quote", quote, lines=f"{SKU},sheet={fresh}").id).state == "ready"
    old = desk.sheet("AB-3", currency="CNY", rate_on=date(2026, 2, 27))
    with pytest.raises(RefusedByRule, match="4 working days old"):
        desk.do("check_quote", desk.do("edit_quote", quote, lines=f"{SKU},sheet={old}").id)


def test_live_quotes_that_use_an_article_are_found_for_a_price_list(desk: Desk) -> None:
    quote = desk.sent()
    other = desk.new(lines="XY-9,10,5.00")
    using = desk.core.ask("live_quotes_using", skus=["nz-20", "XY-9"])
    assert [(row.id, row.skus) for row in using] == [(quote, (SKU,)), (other, ("XY-9",))]
    desk.do("decline_quote", quote, reason="price")
    assert [row.id for row in desk.core.ask("live_quotes_using", skus=[SKU])] == []


def test_a_step_by_hand_needs_words_and_passes_no_gate(desk: Desk) -> None:
    quote = desk.new(lines=BELOW)
    with pytest.raises(RefusedByRule, match="by hand"):
        desk.do("advance_quote", quote, state="sent", reason="I know what I do")
    assert desk.do("advance_quote", quote, state="ready").state == "needs_approval"
    with pytest.raises(UsageError, match="no state"):
        desk.do("advance_quote", quote, state="happy")
    sent = desk.sent()
    with pytest.raises(RefusedByRule, match="needs a word"):
        desk.do("advance_quote", sent, state="negotiating")
    row = desk.do("advance_quote", sent, state="negotiating", reason="She called: 2.40?")
    assert (row.state, row.history[-1].evidence[0].ref) == ("negotiating", "She called: 2.40?")
    with pytest.raises(RefusedByRule, match="has left the house"):
        desk.do("edit_quote", sent, remarks="x")


def test_the_board_and_the_page_tell_the_working_and_what_can_be_done(desk: Desk) -> None:
    quote = desk.new(incoterm="CIF Hamburg", freight="0.20", premium="0.3%", lines=f"{SKU},1000,2.60,moq=500")
    desk.confirmed(quote)
    desk.do("check_quote", quote)
    desk.sent()
    assert [card.state for card in desk.core.ask("quote_board")] == ["needs_approval", "sent"]
    page = desk.core.ask("quote_page", id=quote)
    facts = {str(fact.label): fact.value for section in page.sections for fact in section.facts}
    assert (facts["net FOB"], facts["floor"], facts["least allowed price"]) == ("2.3914", "2.55", "2.76")
    assert [form.verb for form in page.forms][:2] == ["approve_quote", "reject_quote"]
    for form in page.forms:
        assert form.arguments["id"] == quote


def test_mail_about_quotes_is_found(desk: Desk) -> None:
    desk.asked("No quote")
    desk.sent()
    found = {row.subject for row in desk.core.ask("search", query="is:quote")}
    assert found == {"Nozzles 1", "Re: Nozzles 1"}


def test_a_manager_is_asked_by_mail_and_answers_it(desk: Desk) -> None:
    desk.team()
    desk.own_server("mx.ningbo.example")
    quote = desk.new(lines=BELOW)
    row = desk.do("ask_approval", quote, note="They take 20,000 a year.")
    desk.post.flush()
    asked = desk.post.server.accepted[-1]
    told = message_from_bytes(asked.raw, policy=default)
    body = told.get_content()
    assert asked.recipients == ("mei@ningbo.example",)
    assert "20,000 a year" in body
    assert "USD 2.55" in body
    desk.asked(f"Re: {told['Subject']}", sender="Mei <mei@ningbo.example>", body="ok, approved", headers=[STAMP, HOP])
    after = desk.quote(quote)
    assert (after.state, after.history[-1].actor, after.hash) == ("ready", "mei", row.hash)


def test_a_list_reads_all_quotes_at_once_and_holds_none_against_the_checks(desk: Desk) -> None:
    desk.sent()
    asked: list[str] = []
    listen(desk.post.room.store.engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    desk.core.ask("quotes")
    alone = len(asked)
    for _ in range(3):
        desk.new(lines=BELOW)
    asked.clear()
    rows = desk.core.ask("quotes")
    assert (len(rows), len(asked)) == (4, alone)
    for row in rows:
        known, shown = asdict(row), asdict(desk.quote(row.id))
        assert known == {name: shown[name] for name in known}


def test_what_the_mail_of_an_inquiry_asks_is_asked_on_the_day_that_it_leaves(desk: Desk) -> None:
    thread = desk.asked()
    inquiry = desk.core.do("new_inquiry", thread=thread, answers={"region": "EU"}).row.id
    quote = desk.new(thread=thread, inquiry="")
    form = next(one for one in desk.core.ask("inquiry_page", id=inquiry).forms if one.verb == "reply")
    draft = desk.core.do(form.verb, **form.arguments).mail
    assert draft is not None
    assert {one.state for one in desk.core.ask("inquiry", id=inquiry).checklist} == {"answered", "open"}
    assert [one.id for one in desk.core.ask("inquiry_page", id=inquiry).mails] == [draft.id]
    desk.core.do("reply", thread=thread, draft=draft.id, body=draft.body, mode="send")
    asked = {one.topic: (one.state, one.on) for one in desk.core.ask("inquiry", id=inquiry).checklist}
    assert asked.pop("region")[0] == "answered"
    assert set(asked.values()) == {("asked", desk.now.date())}
    assert desk.quote(quote).inquiry == inquiry, "the newest on the thread"
