"""The cases of samples-and-quotes.md, section Quote, in their order; each test carries its number."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from outbox.quoting import SKU, Desk
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from mailcrm.domain.errors import RefusedByRule

CIF = {"incoterm": "CIF Hamburg", "freight": "0.20", "premium": "0.3%"}


def _cif(desk: Desk, price: str) -> str:
    quote = desk.new(lines=f"{SKU},1000,{price},moq=500", **CIF)
    desk.confirmed(quote)
    return quote


@pytest.mark.parametrize(
    ("price", "state"), [("2.60", "needs_approval"), ("2.75", "needs_approval"), ("2.76", "ready")]
)
def test_quote_case_01_cif_is_held_against_the_floor_at_net_fob(desk: Desk, price: str, state: str) -> None:
    row = desk.do("check_quote", _cif(desk, price))
    assert row.state == state
    line = row.lines[0]
    assert (str(line.floor), str(line.least_price)) == ("USD 2.55", "USD 2.76")
    if price == "2.60":
        assert str(line.net_fob) == "USD 2.3914"
        assert "USD 2.76" in str(row.checks[0].fix)


def test_quote_case_02_below_the_floor_by_a_cent_is_for_a_manager(desk: Desk) -> None:
    row = desk.do("check_quote", desk.new(lines=f"{SKU},1000,2.54,moq=500"))
    assert row.state == "needs_approval"
    assert [(found.number, found.refuses) for found in row.checks] == [(2, False)]
    assert str(row.lines[0].least_price) == "USD 2.55"


def test_quote_case_03_exactly_the_floor_is_ready(desk: Desk) -> None:
    row = desk.do("check_quote", desk.new(lines=f"{SKU},1000,2.55,moq=500"))
    assert (row.state, row.checks, row.lines[0].allowed) == ("ready", (), True)


@pytest.mark.parametrize(("quantity", "floor", "state"), [(999, "2.55", "needs_approval"), (1000, "2.40", "ready")])
def test_quote_case_04_the_edge_of_a_quantity_break(desk: Desk, quantity: int, floor: str, state: str) -> None:
    desk.prices("v6b", "2.55", breaks=f"{SKU},Spray nozzle,pcs,1000,2.60,2.40\n")
    row = desk.do("check_quote", desk.new(lines=f"{SKU},{quantity},2.40,moq=500"))
    assert (row.state, str(row.lines[0].floor)) == (state, f"USD {floor}")


def test_quote_case_05_a_price_edit_after_the_approval_voids_it(desk: Desk) -> None:
    desk.team()
    quote = desk.new(lines=f"{SKU},1000,2.50,moq=500")
    desk.do("check_quote", quote)
    desk.as_("mei")
    approved = desk.do("approve_quote", quote)
    assert approved.approval is not None
    assert (approved.state, approved.approval.holds, approved.approval.hash) == ("ready", True, approved.hash)
    desk.as_("wei")
    edited = desk.do("edit_quote", quote, lines=f"{SKU},price=2.49")
    assert (edited.state, edited.approval) == ("draft", None)
    assert "void" in str(edited.history[-1].reason)
    with pytest.raises(RefusedByRule, match="not ready"):
        desk.do("send_quote", quote, mode="send")
    # Back to the price that was approved: a check sends it to the manager again, since nobody approved it since.
    assert desk.do("edit_quote", quote, lines=f"{SKU},price=2.50").state == "draft"
    assert desk.do("check_quote", quote).state == "needs_approval"


def test_quote_case_06_two_live_versions_are_impossible(desk: Desk) -> None:
    first = desk.sent()
    second = desk.core.do("revise_quote", id=first, lines=f"{SKU},price=2.58").row.id
    assert desk.quote(first).state == "sent"
    desk.do("check_quote", second)
    assert desk.do("send_quote", second, mode="send").state == "sent"
    row = desk.quote(first)
    assert row.state == "superseded"
    assert row.history[-1].evidence == desk.quote(second).history[-1].evidence
    # Not even who writes past the commands gets a second one.
    with pytest.raises(IntegrityError), desk.post.room.store.engine.begin() as connection:
        connection.execute(text("UPDATE quote SET state = 'sent' WHERE version = 1"))
    third = desk.core.do("revise_quote", id=second).row.id
    with pytest.raises(RefusedByRule, match="being written already"):
        desk.core.do("revise_quote", id=second)
    with pytest.raises(IntegrityError), desk.post.room.store.engine.begin() as connection:
        connection.execute(text("UPDATE quote SET state = 'draft' WHERE version = 2"))
    assert desk.quote(third).number.endswith("/v3")


def test_quote_case_07_cif_without_the_freight_file_is_refused(desk: Desk) -> None:
    quote = desk.new(lines=f"{SKU},1000,2.76,moq=500", **CIF)
    desk.confirmed(quote, "insurance")
    with pytest.raises(RefusedByRule, match="The freight confirmation is missing") as refused:
        desk.do("check_quote", quote)
    assert f"mailcrm quote confirm {quote} freight FILE" in str(refused.value)
    assert desk.quote(quote).state == "draft"
    desk.confirmed(quote, "freight", expires="2026-03-03")
    row = desk.do("check_quote", quote)
    assert row.state == "needs_approval"
    assert [str(found.problem) for found in row.checks] == ["The freight confirmation expired on 2026-03-03."]


def test_quote_case_08_accepted_one_minute_after_its_end_is_checked_again(desk: Desk) -> None:
    quote = desk.sent(valid_until="2026-03-20")
    end = datetime(2026, 3, 20, 16, tzinfo=UTC)  # midnight in Shanghai, the zone that is printed
    assert desk.quote(quote).expires_at == end
    desk.post.room.clock.at = end + timedelta(minutes=1)
    row = desk.do("accept_quote", quote, text="She said yes on the phone.")
    assert [step.to for step in row.history[-2:]] == ["expired", "re_check"]
    with pytest.raises(RefusedByRule, match="checked again"):
        desk.do("accept_quote", quote)
    second = desk.core.do("revise_quote", id=quote).row.id
    desk.do("check_quote", second)
    desk.do("send_quote", second, mode="send")
    assert desk.quote(quote).state == "superseded"
    assert desk.do("accept_quote", second, text="Yes.").state == "accepted"


def test_quote_case_08_accepted_one_minute_before_its_end_holds(desk: Desk) -> None:
    quote = desk.sent(valid_until="2026-03-20")
    desk.post.room.clock.at = datetime(2026, 3, 20, 15, 59, tzinfo=UTC)
    assert desk.do("accept_quote", quote, text="Yes.").state == "accepted"


def test_quote_case_08_a_mail_that_accepts_counts_from_its_arrival_whenever_it_is_noted(desk: Desk) -> None:
    end = datetime(2026, 3, 20, 16, tzinfo=UTC)
    in_time, late = desk.sent(valid_until="2026-03-20"), desk.sent(valid_until="2026-03-20")
    threads = {quote: desk.quote(quote).thread_id for quote in (in_time, late)}
    for quote, minutes in ((in_time, -1), (late, 1)):
        desk.post.room.clock.at = end + timedelta(minutes=minutes)
        desk.writes(threads[quote], "We accept your offer.")
    mails = {quote: desk.core.ask("thread", id=thread).messages[-1].id for quote, thread in threads.items()}
    desk.prices("v7", "2.56", valid_from=date(2026, 3, 21))
    desk.passes(timedelta(days=1))
    assert {desk.quote(quote).state for quote in threads} == {"expired"}
    assert desk.do("accept_quote", late, mail=mails[late]).state == "re_check"
    with pytest.raises(RefusedByRule, match="checked again"):
        desk.do("accept_quote", late, text="In time, I swear.")
    row = desk.do("accept_quote", in_time, mail=mails[in_time])
    assert [step.to for step in row.history[-3:]] == ["expired", "negotiating", "accepted"]
    assert "2026-03-20 23:59" in str(row.history[-2].reason)


def test_quote_case_08_accepted_after_the_list_rose_is_checked_again(desk: Desk) -> None:
    quote = desk.sent()
    desk.prices("v7", "2.56")
    row = desk.do("accept_quote", quote, text="Yes.")
    assert row.state == "re_check"
    assert "List v7 asks at least USD 2.56" in str(row.history[-1].reason)


def test_quote_case_09_a_list_that_becomes_valid_at_midnight_marks_the_lines_of_an_open_draft(desk: Desk) -> None:
    desk.prices("v7", "2.70", valid_from=date(2026, 3, 5))
    open_, ready = desk.new(), desk.ready()
    desk.passes(datetime(2026, 3, 4, 15, 59, tzinfo=UTC) - desk.now)
    assert [line.marked for line in desk.quote(open_).lines] == [False]
    desk.passes(timedelta(minutes=1))  # midnight in our office
    row = desk.quote(open_)
    assert ([line.marked for line in row.lines], row.price_list, str(row.lines[0].floor)) == ([True], "v7", "USD 2.70")
    assert next(line for line in desk.rows() if line.id == open_).band == "step"
    assert desk.quote(ready).state == "draft"
    assert "Price list v7" in str(desk.quote(ready).history[-1].reason)
    assert desk.do("check_quote", open_).state == "needs_approval"
    assert [line.marked for line in desk.quote(open_).lines] == [False]


def test_quote_case_10_a_manager_approves_an_own_quote_only_with_a_flag_and_it_is_logged(desk: Desk) -> None:
    desk.team()
    desk.as_("mei")
    quote = desk.new(lines=f"{SKU},1000,2.50,moq=500")
    desk.do("check_quote", quote)
    with pytest.raises(RefusedByRule, match="your own"):
        desk.do("approve_quote", quote)
    row = desk.do("approve_quote", quote, own=True)
    assert row.approval is not None
    assert (row.state, row.approval.own, row.approval.by) == ("ready", True, "mei")
    assert "own quote" in str(row.history[-1].reason)
    assert desk.core.ask("actions")[0].verb == "approve_quote"


def test_quote_case_10_whoever_is_no_manager_approves_nothing(desk: Desk) -> None:
    desk.team()
    quote = desk.new(lines=f"{SKU},1000,2.50,moq=500")
    desk.do("check_quote", quote)
    for own in (False, True):
        with pytest.raises(RefusedByRule, match="Only a manager approves"):
            desk.do("approve_quote", quote, own=own)


def test_quote_case_11_the_quote_attached_by_hand_in_another_program_is_sent_externally(desk: Desk) -> None:
    quote = desk.ready()
    pdf = desk.do("render_quote", quote).pdf
    assert pdf is not None
    desk.sends_by_hand(quote, pdf)
    row = desk.quote(quote)
    assert (row.state, row.external, row.sent_at) == ("sent", True, desk.now)
    assert [one.kind for one in row.history[-1].evidence] == ["message", "paper"]
    assert row.history[-1].evidence[1].ref == pdf
    desk.post.room.sync()
    assert desk.quote(quote).history == row.history


def test_quote_case_11_what_no_manager_approved_is_sent_too_and_says_so(desk: Desk) -> None:
    quote = desk.new(lines=f"{SKU},1000,2.50,moq=500")
    desk.do("check_quote", quote)
    pdf = desk.do("render_quote", quote).pdf
    assert pdf is not None
    assert b"DRAFT" in desk.paper(pdf)
    desk.sends_by_hand(quote, pdf)
    row = desk.quote(quote)
    assert (row.state, row.external) == ("sent", True)
    assert "was not ready" in str(row.history[-1].reason)
