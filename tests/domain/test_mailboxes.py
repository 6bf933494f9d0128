"""Which folders are read, and which one holds the sent mail (mail.md, "folders")."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.mailboxes import readable, role, sent_folder, to_read
from mailcrm.ports import RemoteMailbox


def box(name: str, use: str = "", *, selectable: bool = True) -> RemoteMailbox:
    return RemoteMailbox(raw_name=name.encode(), name=name, special_use=use, selectable=selectable)


def boxes(*names: str) -> list[RemoteMailbox]:
    return [box(name) for name in names]


def names(chosen: list[RemoteMailbox]) -> list[str]:
    return [each.name for each in chosen]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"INBOX", "INBOX"),
        (b"&XfJT0ZAB-", "已发送"),
        (b"&XfJT0ZABkK5O9g-", "已发送邮件"),
        (b"&W8RO9lCZTv0-", "寄件備份"),
        (b"&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-", "Отправленные"),
        (b"Entw&APw-rfe", "Entwürfe"),
        (b"R&-D", "R&D"),
        (b"Kunden/M&APw-ller &- S&APY-hne", "Kunden/Müller & Söhne"),
    ],
)
def test_a_name_in_modified_utf_7_is_readable(raw: bytes, text: str) -> None:
    assert readable(raw) == text


@pytest.mark.parametrize("raw", [b"&", b"&abc", b"&A-", b"&2AA-", b"\xff\xfe", b"&!!-", "Отправленные".encode()])
def test_a_name_that_breaks_the_rules_still_has_a_stand_in(raw: bytes) -> None:
    assert readable(raw)


@given(st.binary(min_size=1, max_size=60))
def test_no_name_whatever_raises(raw: bytes) -> None:
    readable(raw).encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20))
def test_what_a_server_encodes_is_read_back(text: str) -> None:
    coded = base64.b64encode(text.encode("utf-16-be")).rstrip(b"=").replace(b"/", b",")
    assert readable(b"&" + coded + b"-" if text else b"") == text


@pytest.mark.parametrize(
    "name",
    [
        "Sent",
        "INBOX.Sent",
        "INBOX/Sent Items",
        "Sent Messages",
        "已发送",
        "已发送邮件",
        "寄件備份",
        "寄件备份",
        "Gesendet",
        "Gesendete Elemente",
        "Enviados",
        "Elementos enviados",
        "Éléments envoyés",
        "Messages envoyés",
        "Отправленные",
        "Posta inviata",
        "Itens Enviados",
        "[Gmail]/Sent Mail",
    ],
)
def test_sent_is_found_by_its_name_in_the_customers_languages(name: str) -> None:
    found = sent_folder([*boxes("INBOX", "Archive", "Customers/Sent samples"), box(name)])
    assert found is not None
    assert found.name == name


def test_the_flag_is_stronger_than_a_name() -> None:
    found = sent_folder([box("Sent"), box("Out going", "\\Sent")])
    assert found is not None
    assert found.name == "Out going"


def test_a_chosen_folder_is_stronger_than_the_flag_and_is_never_replaced() -> None:
    folders = [box("Sent", "\\Sent"), box("Erledigt")]
    chosen = sent_folder(folders, "erledigt")
    assert chosen is not None
    assert chosen.name == "Erledigt"
    assert sent_folder(folders, "No such folder") is None


def test_there_may_be_no_sent_folder() -> None:
    assert sent_folder([*boxes("INBOX", "Customers/Sent"), box("Sent", selectable=False)]) is None


def test_drafts_trash_and_junk_are_left_out_and_inbox_and_sent_come_first() -> None:
    folders = [
        *boxes("Archive", "草稿箱", "已发送", "垃圾邮件", "Papierkorb", "INBOX"),
        box("X", "\\Junk"),
        box("广告邮件"),
    ]
    assert names(to_read(folders)) == ["INBOX", "已发送", "Archive", "广告邮件"]


def test_a_folder_of_the_reps_own_is_read_whatever_its_leaf_is_called() -> None:
    assert names(to_read(boxes("INBOX", "Customers/Trash"))) == ["INBOX", "Customers/Trash"]


def test_folders_that_cannot_be_opened_are_not_read() -> None:
    assert names(to_read([box("INBOX"), box("Customers", selectable=False)])) == ["INBOX"]


def test_only_and_skip_choose() -> None:
    folders = boxes("INBOX", "Sent", "Trash", "Newsletters")
    assert names(to_read(folders, only=["trash", "Inbox"])) == ["INBOX", "Trash"]
    assert names(to_read(folders, skip=["newsletters"])) == ["INBOX", "Sent"]
    assert names(to_read(folders, only=["Trash"], skip=["Trash"])) == []


def test_of_gmail_all_mail_is_read_once_instead_of_each_label() -> None:
    gmail = [
        *boxes("INBOX", "Customers"),
        box("[Gmail]/All Mail", "\\All"),
        box("[Gmail]/Sent Mail", "\\Sent"),
        box("[Gmail]/Starred", "\\Flagged"),
        box("[Gmail]/Spam", "\\Junk"),
    ]
    assert names(to_read(gmail)) == ["[Gmail]/All Mail"]
    hidden = [each for each in gmail if each.special_use != "\\All"]
    assert names(to_read(hidden)) == ["INBOX", "[Gmail]/Sent Mail", "Customers"]


def test_a_virtual_folder_of_another_server_shows_nothing_new() -> None:
    assert names(to_read([box("INBOX"), box("Virtual/All", "\\All")])) == ["INBOX"]


@pytest.mark.parametrize(
    ("name", "use"), [("INBOX.Drafts", "\\Drafts"), ("Корзина", "\\Trash"), ("Spam", "\\Junk"), ("A", "")]
)
def test_a_role_is_known_by_name(name: str, use: str) -> None:
    assert role(box(name)) == use
