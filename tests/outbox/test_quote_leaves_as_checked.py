"""What leaves the house as a quote is what was checked and approved, also where the mail waits as a draft or for its hour."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from outbox.quoting import BUYER, SKU, Desk

from mailcrm.domain.errors import RefusedByRule
from mailcrm.store.papers import paper_named, read_paper


def _approved(desk: Desk) -> str:
    desk.team()
    quote = desk.new(lines=f"{SKU},1000,2.50,moq=500")
    desk.do("check_quote", quote)
    desk.as_("mei")
    desk.do("approve_quote", quote)
    desk.as_("wei")
    return quote


def _ready(desk: Desk) -> str:
    quote = desk.new(lines=f"{SKU},1000,2.60,moq=500")
    assert desk.do("check_quote", quote).state == "ready"
    return quote


def _draft_of(desk: Desk, quote: str) -> str:
    desk.do("send_quote", quote, mode="draft")
    return next(str(row.id) for row in desk.core.ask("outbox") if row.state == "draft")


def _send(desk: Desk, item: str) -> None:
    """Send a draft as it stands."""
    row = desk.core.ask("draft", id=item)
    more = {"draft": item, "body": row.body, "attachments": row.attachments}
    desk.core.do("reply", thread=row.thread_id, to=(BUYER,), mode="send", **more)


def _later(desk: Desk, quote: str, hours: int = 30) -> str:
    desk.do("send_quote", quote, mode="at", at=(desk.now + timedelta(hours=hours)).isoformat())
    return next(str(row.id) for row in desk.core.ask("outbox") if row.state == "held")


def test_a_draft_leaves_as_it_stands(desk: Desk) -> None:
    quote = _approved(desk)
    _send(desk, _draft_of(desk, quote))
    assert desk.quote(quote).state == "sent"


def test_a_draft_that_was_written_before_an_edit_stays_here(desk: Desk) -> None:
    quote = _approved(desk)
    item = _draft_of(desk, quote)
    desk.do("edit_quote", quote, lines=f"{SKU},price=2.90")
    with pytest.raises(RefusedByRule, match="not ready to be sent"):
        _send(desk, item)
    assert desk.do("check_quote", quote).state == "ready"
    with pytest.raises(RefusedByRule, match="This PDF is not what"):
        _send(desk, item)
    assert desk.quote(quote).state == "ready"
    assert desk.post.server.accepted == []


def test_a_draft_stays_here_once_its_approval_has_ended(desk: Desk) -> None:
    quote = _approved(desk)
    item = _draft_of(desk, quote)
    desk.post.room.clock.at += timedelta(days=8)
    with pytest.raises(RefusedByRule, match="not approved any more"):
        _send(desk, item)
    assert desk.quote(quote).state == "ready"


def test_a_draft_stays_here_once_its_validity_has_ended(desk: Desk) -> None:
    quote = _ready(desk)
    item = _draft_of(desk, quote)
    desk.post.room.clock.at += timedelta(days=31)
    with pytest.raises(RefusedByRule, match="was valid until"):
        _send(desk, item)


def test_a_mail_that_waits_for_its_hour_stays_here_when_the_list_rises(desk: Desk) -> None:
    quote = _ready(desk)
    item = _later(desk, quote)
    desk.prices("v7", "2.80")
    desk.post.room.sync()
    assert desk.quote(quote).state == "draft"
    assert desk.post.flush(timedelta(hours=31)) == ["failed"]
    assert desk.quote(quote).state == "draft"
    assert desk.post.server.accepted == []
    kept = desk.post.mail(item)
    assert "not ready to be sent" in str(kept.last_error)
    assert "outbox" in {row.kind for row in desk.core.ask("worklist", view="all").rows}


def test_a_mail_that_waits_for_its_hour_stays_here_when_its_approval_ends_first(desk: Desk) -> None:
    quote = _approved(desk)
    _later(desk, quote, hours=24 * 8)
    assert desk.post.flush(timedelta(days=8, hours=1)) == ["failed"]
    assert desk.quote(quote).state == "ready"


def test_a_mail_that_waits_for_its_hour_stays_here_when_the_freight_ends_first(desk: Desk) -> None:
    quote = desk.new(lines=f"{SKU},1000,2.76,moq=500", incoterm="CIF Hamburg", freight="0.20", premium="0.3%")
    desk.confirmed(quote, "insurance")
    desk.confirmed(quote, "freight", expires="2026-03-05")
    assert desk.do("check_quote", quote).state == "ready"
    item = _later(desk, quote)  # on the 5th at 23:00 in Shanghai; the server is away for two hours
    assert desk.post.flush(timedelta(hours=32)) == ["failed"]
    told = str(desk.post.mail(item).last_error)
    assert "The freight confirmation expired on 2026-03-05" in told
    assert "quote confirm" in told
    assert (desk.quote(quote).state, desk.post.server.accepted) == ("ready", [])
    desk.confirmed(quote, "freight", expires="2026-03-20")
    desk.core.do("outbox_retry", id=item)
    assert desk.post.flush() == ["sent"]


def test_the_pdf_of_a_draft_is_not_attached_by_hand(desk: Desk, tmp_path: Path) -> None:
    desk.team()
    quote = desk.new(lines=f"{SKU},1000,2.50,moq=500")
    desk.do("render_quote", quote)
    row = desk.quote(quote)
    with desk.post.room.store.read() as session:
        paper = next(one.id for one in row.papers if one.kind == "quotation")
        file = tmp_path / "offer.pdf"
        file.write_bytes(read_paper(session, paper_named(session, paper)))
    for attachment in (f"paper:{paper}", str(file)):
        with pytest.raises(RefusedByRule, match="not ready to be sent"):
            desk.core.do("reply", thread=row.thread_id, body="Our offer.", attachments=(attachment,), mode="send")
    assert desk.quote(quote).state == "draft"


def test_what_was_sent_may_be_sent_again(desk: Desk) -> None:
    quote = _ready(desk)
    desk.do("send_quote", quote, mode="send")
    row = desk.quote(quote)
    paper = next(one.id for one in row.papers if one.kind == "quotation")
    desk.core.do("reply", thread=row.thread_id, body="Once more.", attachments=(f"paper:{paper}",), mode="send")
    assert len(desk.post.server.accepted) == 2


def test_the_mail_is_looked_at_with_its_pdf_before_it_leaves_and_nothing_of_the_look_stays(desk: Desk) -> None:
    quote = _ready(desk)
    before = desk.core.ask("outbox"), desk.quote(quote)
    seen = desk.core.ask("leaving", verb="send_quote", id=quote, answers="1. Yes, in stock.")
    assert [one.address for one in seen.to] == [BUYER]
    assert "1. Yes, in stock." in seen.body
    assert [name for name, _size in seen.files if name.endswith(".pdf")]
    assert (desk.core.ask("outbox"), desk.quote(quote)) == before
    sent = desk.core.do("send_quote", id=quote)
    assert sent.mail is not None
    assert (sent.row.id, sent.mail.state) == (quote, "held"), "the quote is shown, and its mail can be counted down"
    with pytest.raises(RefusedByRule, match="on its way"):
        desk.core.ask("leaving", verb="send_quote", id=quote)
