"""Many mails with texts, put straight into the tables and the search index: for what only shows in a large mailbox.

Each text is made from the number of its mail alone, so a test can tell which mails hold what without reading them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, select

from mailcrm.records import Company, Contact, MailAccount, Message, MessageText, RawMail, Thread
from mailcrm.store import Store
from mailcrm.store.indexed import index_text
from mailcrm.store.search_index import index_mails
from mailcrm.store.sort_keys import first_sort_key

__all__ = ["body_of", "fill", "firm_of"]

START = datetime(2021, 1, 4, tzinfo=UTC)
APART = timedelta(seconds=157)
FIRMS, PEOPLE = 500, 2_000
_AT_ONCE = 500
_SYLLABLES = "ba co di fe gu lan mer nov pol rit sta tur ven wex zan".split()
_ENGLISH = (
    "please find attached our best price for the valves as discussed we need delivery to the port before end of month "
    "kindly confirm lead time payment terms packing sample drawing certificate quantity order shipment invoice quality"
).split()
_CHINESE = (
    "请尽快付款",
    "样品已经寄出",
    "请确认订单",
    "交货期三十天",
    "附件是最新报价",
    "镕铸件的价格",
    "我们需要图纸",
    "谢谢您的来信",
    "请付款",
    "质量没有问题",
)


def _word(dice: random.Random) -> str:
    """Return one of 3,375 words, the first ones much more often than the last."""
    place = int(len(_SYLLABLES) ** 3 * dice.random() ** 3)
    first, rest = divmod(place, len(_SYLLABLES) ** 2)
    second, third = divmod(rest, len(_SYLLABLES))
    return _SYLLABLES[first] + _SYLLABLES[second] + _SYLLABLES[third]


def body_of(number: int) -> str:
    """Return the text of mail `number`: 60 to 200 words; a third of them Chinese, with an order number glued to it."""
    dice = random.Random(number)
    words = [dice.choice(_ENGLISH) if dice.random() < 0.6 else _word(dice) for _ in range(dice.randrange(60, 200))]
    lines = [" ".join(words[start : start + 12]) for start in range(0, len(words), 12)]
    if number % 3 == 0:
        sentences = ",".join(dice.choice(_CHINESE) for _ in range(dice.randrange(8, 25)))
        lines = [*lines[:4], f"镕铸A-1订单PO2026{number:06}已收到,{sentences}。"]
    return "\n".join(lines)


def firm_of(number: int) -> int:
    """Return the company whose mail it is."""
    return (number * 7 % PEOPLE + 1) % FIRMS + 1


def fill(store: Store, count: int) -> None:
    """Put mails 1 to `count` there, five to a thread, of 2,000 people in 500 companies."""
    with store.begin() as session:
        account = session.exec(select(MailAccount.id)).one()
        session.add(RawMail(id=1, sha256="0" * 64, size=0, packed=b""))
        made = {"created_at": START, "by_person": []}
        _insert(session, Company, ({"id": n, "name": f"Firm {n} Ltd", "country": "NL" if n % 5 else "DE", "grade": "A" if n == 7 else "C", **made} for n in range(1, FIRMS + 1)))  # fmt: skip
        _insert(session, Contact, ({"id": n, "address": _address(n), "name": f"Buyer {n}", "company_id": n % FIRMS + 1, **made} for n in range(1, PEOPLE + 1)))  # fmt: skip
    for start in range(1, count + 1, _AT_ONCE):
        with store.begin() as session:
            _some(session, range(start, min(start + _AT_ONCE, count + 1)), account or 0)


def _address(person: int) -> str:
    return f"buyer{person}@firm{person % FIRMS + 1}.example"


def _some(session: Session, numbers: range, account: int) -> None:
    mails = [Message(**_fields(n), account_id=account) for n in numbers]
    texts = {n: body_of(n) for n in numbers}
    _insert(
        session,
        Thread,
        ({"id": (n - 1) // 5 + 1, "account_id": account, "subject": f"Order {n}"} for n in numbers if n % 5 == 1),
    )
    _insert(session, Message, (mail.model_dump() for mail in mails))
    _insert(session, MessageText, ({"message_id": n, "body": text, "reply": text} for n, text in texts.items()))
    index_mails(session, [(mail.sort_key, index_text(mail, texts[mail.id or 0], ())) for mail in mails])


def _fields(number: int) -> dict[str, Any]:
    person, at = number * 7 % PEOPLE + 1, START + number * APART
    names = {"message_id": f"m{number}@firm.example", "identity": f"i{number}", "subject": f"Order {number}", "base_subject": f"order {number}"}  # fmt: skip
    written = {
        "from_name": f"Buyer {person}",
        "from_address": _address(person),
        "from_domain": f"firm{person % FIRMS + 1}.example",
    }
    people = {"reply_to": [], "to": [["Wei", "wei@ningbo.example"]], "cc": [], "bcc": []}
    place = {"raw_id": 1, "thread_id": (number - 1) // 5 + 1, "contact_id": person, "sort_key": first_sort_key(at)}
    kind = {"side": "theirs", "kind": "human", "kind_rule": "human", "has_attachments": number % 8 == 0}
    return {
        "id": number,
        **names,
        **written,
        "people": people,
        **place,
        **kind,
        "arrived_at": at,
        "fetched_at": at,
        "size": 4_000,
    }


def _insert(session: Session, table: type[Any], rows: Iterator[dict[str, Any]]) -> None:
    found = list(rows)
    if found:
        session.connection().execute(insert(table), found)
