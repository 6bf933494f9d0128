"""Whose stamps about a sender are believed: our own receiving server's, told by a person or learnt from the mail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ingest.mailroom import NOW, Mailroom, letter

from mailcrm.records import Message

OURS = "mx.ningbo.example"
BY_US = f"Received: from mail.{{domain}} (192.0.2.1) by {OURS} with ESMTPS; Wed, 4 Mar 2026 08:00:00 +0000"
STAMP = "Authentication-Results: {server}; spf=pass; dkim=pass header.d={domain}; dmarc=pass"
# Exchange Online names no server (against RFC 8601, section 2.2).
NAMELESS = "Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom={domain}; dkim=pass header.d={domain}; dmarc=pass"


def stamped(sender: str, number: int, *heads: str, server: str = OURS) -> bytes:
    """Return a mail with `heads` on top, as a server puts them there."""
    domain = sender.rpartition("@")[2]
    lines = "".join(head.format(domain=domain, server=server) + "\r\n" for head in heads)
    return lines.encode() + letter(sender, f"Question {number}")


def arrive(room: Mailroom, count: int, *heads: str, domains: int = 12, server: str = OURS, first: int = 0) -> None:
    for number in range(first, first + count):
        mail = stamped(f"buyer{number}@kunde{number % domains}.example", number, *heads, server=server)
        room.arrives(mail, at=NOW - timedelta(minutes=200 - number))
    room.sync()


def believed(room: Mailroom) -> tuple[str, ...]:
    (account,) = room.core.ask("accounts")
    found: tuple[str, ...] = account.authserv_ids
    return found


def trusted(room: Mailroom, subject: str) -> bool:
    stamp = next(message.authentication for message in room.all(Message) if message.subject == subject)
    return bool(stamp["trusted"])


@pytest.mark.parametrize("heads", [(BY_US, STAMP), (STAMP, BY_US)], ids=["below Received", "above it"])
def test_a_name_that_all_mail_bears_is_learnt_and_later_mail_is_trusted(room: Mailroom, heads: tuple[str, ...]) -> None:
    arrive(room, 24, *heads)
    assert believed(room) == (OURS,)
    assert not trusted(room, "Question 3")  # read before anybody knew
    arrive(room, 1, *heads, first=30)
    assert trusted(room, "Question 30")
    room.core.do("reparse", every=True)
    assert trusted(room, "Question 3")


def test_exchange_online_stamps_without_a_name_and_goes_by_its_domain(room: Mailroom) -> None:
    by = (
        "Received: from x by mx1.mail.protection.outlook.com with Microsoft SMTP Server; Wed, 4 Mar 2026 08:00:00 +0000"
    )
    inside = "Received: from a.prod.outlook.com by b.prod.outlook.com with HTTPS; Wed, 4 Mar 2026 08:00:01 +0000"
    arrive(room, 24, inside, NAMELESS, by)
    assert believed(room) == ("outlook.com",)
    arrive(room, 1, inside, by, "Received: from pc by evil.example; Wed, 4 Mar 2026 07:00:00 +0000", NAMELESS, first=30)
    assert not trusted(room, "Question 30")


@pytest.mark.parametrize(
    ("count", "domains", "heads"),
    [
        (19, 12, (BY_US, STAMP)),
        (24, 4, (BY_US, STAMP)),
        (24, 12, (BY_US,)),
        (24, 12, (BY_US, "Received: from pc by mail.{domain}; Wed, 4 Mar 2026 07:59:00 +0000", STAMP)),
    ],
    ids=["too few mails", "too few senders", "no stamp", "below a foreign server"],
)
def test_what_proves_too_little_is_not_learnt(room: Mailroom, count: int, domains: int, heads: tuple[str, ...]) -> None:
    arrive(room, count, *heads, domains=domains)
    assert believed(room) == ()


def test_a_stamp_that_some_senders_forge_is_not_learnt(room: Mailroom) -> None:
    arrive(room, 40, BY_US)
    arrive(room, 24, BY_US, STAMP, first=40)
    assert believed(room) == ()


def test_what_a_person_told_stands(room: Mailroom) -> None:
    (account,) = room.core.ask("accounts")
    told = {"imap": account.imap, "smtp": account.smtp, "own_addresses": account.own_addresses}
    room.core.do("add_account", name=account.name, authserv_ids=("MX.Other.example",), **told)
    arrive(room, 24, BY_US, STAMP)
    assert believed(room) == ("mx.other.example",)


def test_verdicts_and_warnings_are_kept_with_the_mail(room: Mailroom) -> None:
    room.arrives(
        letter(
            "Ana <ana@buyer.example>",
            "Price",
            headers=["Reply-To: ana@buyer-mail.example", STAMP.format(server="x.example", domain="buyer.example")],
        )
    )
    room.sync()
    (row,) = room.core.ask("threads")
    (message,) = row.messages
    assert [warning.code for warning in message.warnings] == ["reply_to_mismatch"]
    (stored,) = room.all(Message)
    assert (stored.authentication["dkim"], stored.authentication["trusted"]) == ("pass", False)
