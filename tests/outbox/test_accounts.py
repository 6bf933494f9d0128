"""No mail of ours names an account that isn't a registered one of ours, unless a manager says so (safety.md, "Payment fraud")."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from documents.made import example, press
from outbox.conftest import Post

from mailcrm.adapters.documents.file_text import file_text
from mailcrm.core.facade import Core
from mailcrm.domain.documents import Quotation
from mailcrm.domain.errors import RefusedByRule
from mailcrm.records import Outgoing

OURS = {
    "beneficiary": "Brightport",
    "account": "3901 0001 1920 0012 345",
    "bank": "Example Bank",
    "swift": "EXBKCNBN",
    "currency": "USD",
}
STRANGE = "Please pay to our bank: account no. 6222 0214 0000 1234 567, SWIFT EXBKCNBN."
IBAN = "Please pay to DE89 3704 0044 0532 0130 00."


@pytest.fixture
def registered(post: Post) -> Post:
    """A room whose one account in USD is registered."""
    post.core.do("edit_entity", name_en="Brightport")
    post.core.do("propose_account", **OURS)
    post.core.do("register_account", id="b1", alone=True)
    return post


def refused(post: Post, thread: str, mode: str = "queue", **more: object) -> RefusedByRule:
    with pytest.raises(RefusedByRule, match="not a registered one of ours") as caught:
        post.reply(thread, mode, **more)
    return caught.value


@pytest.mark.parametrize("text", [STRANGE, IBAN, f"Hello.\n\n{'Valves and pumps. ' * 9000}\n{IBAN}"])
def test_another_account_does_not_leave(registered: Post, text: str) -> None:
    error = refused(registered, registered.asked(), body=text)
    assert "in the text" in str(error.sentence)
    assert "--manager-agreed" in str(error.hint)
    assert registered.flush() == []


@pytest.mark.parametrize(
    "text",
    ["Our account no. 39010001-19200012345 at Example Bank.", "Account: 3901 0001 1920 0012 345, SWIFT EXBKCNBN"],
)
def test_ours_leaves_however_it_is_written(registered: Post, text: str) -> None:
    registered.reply(registered.asked(), body=text)
    assert registered.flush() == ["sent"]


def test_one_that_is_only_proposed_or_was_withdrawn_does_not(registered: Post) -> None:
    registered.core.do("propose_account", **{**OURS, "account": "6222021400001234567"})
    refused(registered, registered.asked(), body=STRANGE)
    registered.core.do("withdraw_account", id="b1", why="closed")
    refused(registered, registered.asked(subject="Pumps"), body="Our bank account no. 3901 0001 1920 0012 345")


def test_a_draft_may_say_anything_until_it_leaves(registered: Post) -> None:
    thread = registered.asked()
    item = registered.reply(thread, "draft", body=STRANGE)
    refused(registered, thread, body=STRANGE, draft=item)
    assert registered.mail(item).state == "draft"


@pytest.mark.parametrize("mode", ["send", "at"])
def test_whatever_the_way_to_send(registered: Post, mode: str) -> None:
    refused(registered, registered.asked(), mode, body=STRANGE, at="+3h" if mode == "at" else None)


def test_what_the_customer_wrote_is_theirs(registered: Post) -> None:
    registered.reply(registered.asked(), body=f"Noted, thank you.\n\n> {IBAN}\n")
    assert registered.flush() == ["sent"]


def test_alone_the_name_of_who_agreed_is_enough_and_is_kept(registered: Post) -> None:
    item = registered.reply(registered.asked(), body=STRANGE, manager_agreed="chen")
    with registered.room.store.read() as session:
        assert session.get_one(Outgoing, int(item[1:])).request["account_agreed_by"] == "chen"


def test_where_there_is_a_manager_only_the_manager_sends_it(registered: Post) -> None:
    registered.core.do("add_person", name="chen", manager=True)
    error = refused(registered, registered.asked(), body=STRANGE, manager_agreed="chen")
    assert "let a manager send it: chen" in str(error.hint)
    chen = replace(registered.room.world, actor="chen")
    Core(chen).do("reply", thread="t1", mode="queue", body=STRANGE)
    assert registered.flush() == ["sent"]


def test_an_account_is_not_withdrawn_while_a_mail_that_names_it_is_about_to_leave(
    registered: Post, tmp_path: Path
) -> None:
    (tmp_path / "offer.pdf").write_bytes(offer(OURS["account"]))
    said = registered.reply(registered.asked(), body="Our account no. 3901 0001 1920 0012 345 at Example Bank.")
    filed = registered.reply(registered.asked(subject="Pumps"), attachments=(str(tmp_path / "offer.pdf"),))
    registered.reply(registered.asked(subject="Hoses"))
    with pytest.raises(RefusedByRule, match=f"about to leave: {said}, {filed}") as caught:
        registered.core.do("withdraw_account", id="b1", why="closed")
    assert f"outbox cancel {said}" in str(caught.value.hint)
    registered.core.do("propose_account", **{**OURS, "account": "6222021400001234567"})
    with pytest.raises(RefusedByRule, match="about to leave"):
        registered.core.do("register_account", id="b2", alone=True)
    for mail in (said, filed):
        registered.core.do("outbox_cancel", id=mail)
    registered.core.do("register_account", id="b2", alone=True)
    assert registered.core.ask("bank_account", id="b1").state == "withdrawn"


def office(name: str, text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, f"<w:t>{text}</w:t>")
    return packed.getvalue()


def offer(account: str) -> bytes:
    """A quotation of ours, with this number in its block."""
    made = example("quotation", "en", pictures=False)
    assert isinstance(made, Quotation)
    block = f"Beneficiary: Brightport\nAccount no.: {account}\nBank: Example Bank"
    return press().press(replace(made, ours=replace(made.ours, name_zh="", address_zh=""), bank=block), "en")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("offer.pdf", b""),
        ("invoice.docx", office("word/document.xml", STRANGE)),
        ("invoice.xlsx", office("xl/sharedStrings.xml", "Bank</t><t>Account No.</t><t>6222021400001234567")),
        ("invoice.csv", b"Bank,Example\nAccount No.,6222021400001234567\n".replace(b".,", b": ")),
        ("INVOICE.TXT", IBAN.encode()),
    ],
)
def test_a_file_is_read_too(registered: Post, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content or offer("6222 0214 0000 1234 567"))
    error = refused(registered, registered.asked(), attachments=(str(tmp_path / name),))
    assert f"in {name}" in str(error.sentence)


def test_our_own_offer_leaves(registered: Post, tmp_path: Path) -> None:
    (tmp_path / "offer.pdf").write_bytes(offer("3901 0001 1920 0012 345"))
    registered.reply(registered.asked(), attachments=(str(tmp_path / "offer.pdf"),))
    assert registered.flush() == ["sent"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.pdf", b"%PDF-1.7\nnothing"),
        ("broken.xlsx", b"PK\x03\x04nothing"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(100)),
        ("large.pdf", b"%PDF-1.7\n" + bytes(21_000_000)),
        ("bomb.docx", office("word/document.xml", "0" * 60_000_000)),
        ("", b""),
    ],
)
def test_a_file_that_can_not_be_read_has_no_text(name: str, content: bytes) -> None:
    assert len(file_text(name, content)) <= 21_000_000
