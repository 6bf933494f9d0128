"""Many mails with texts, put straight into the tables and the search index: for what only shows in a large mailbox.

Each text is made from the number of its mail alone, so a test can tell which mails hold what without asking the database.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import accumulate, product
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, select

from mailcrm.records import Company, Contact, MailAccount, Message, MessageText, RawMail, Thread
from mailcrm.store.engine import Store
from mailcrm.store.index_text import index_text
from mailcrm.store.packs import pack_texts
from mailcrm.store.search_index import index_mails
from mailcrm.store.sort_keys import first_sort_key

__all__ = ["body_of", "fill", "fill_apart", "firm_of"]

START, APART = datetime(2021, 1, 4, tzinfo=UTC), timedelta(seconds=157)
FIRMS, PEOPLE = 500, 2_000
_AT_ONCE = 500
_ENGLISH = [
    *("please", "find", "attached", "our", "best", "price", "for", "the", "valves", "as", "discussed", "we", "need"),
    *("delivery", "to", "port", "before", "end", "of", "month", "kindly", "confirm", "lead", "time", "payment"),
    *("terms", "packing", "sample", "drawing", "certificate", "quantity", "order", "shipment", "invoice", "quality"),
]
_SYLLABLES = ("ba", "co", "di", "fe", "gu", "lan", "mer", "nov", "pol", "rit", "sta", "tur", "ven", "wex", "zan")
_OTHERS = ["".join(syllables) for syllables in product(_SYLLABLES, repeat=3)]
_WORDS = [*_ENGLISH, *_OTHERS]
# Two words of three are of everyday, the others the rarer the later: zanzanzan stands in one mail of some thousand.
_WEIGHTS = list(
    accumulate([*(2 / len(_ENGLISH) for _ in _ENGLISH), *(0.12 / rank for rank in range(1, len(_OTHERS) + 1))])
)
_CHINESE = [
    *("请尽快付款", "样品已经寄出", "请确认订单", "交货期三十天", "附件是最新报价"),
    *("镕铸件的价格", "我们需要图纸", "谢谢您的来信", "请付款", "质量没有问题"),
]


def body_of(number: int) -> str:
    """Return the text of mail `number`: 60 to 200 words; a third are Chinese after some lines, an order number glued to it."""
    dice = random.Random(number)  # noqa: S311  (a game, and the same each time)
    words = dice.choices(_WORDS, cum_weights=_WEIGHTS, k=dice.randrange(60, 200))
    lines = [" ".join(words[start : start + 12]) for start in range(0, len(words), 12)]
    if number % 3 == 0:
        sentences = ",".join(dice.choices(_CHINESE, k=dice.randrange(8, 25)))
        lines = [*lines[:4], f"镕铸A-1订单PO2026{number:06}已收到,{sentences}。"]
    return "\n".join(lines)


def firm_of(number: int) -> int:
    """Return the company that wrote mail `number`."""
    return _firm(_person(number))


def _person(number: int) -> int:
    return number * 7 % PEOPLE + 1


def _firm(person: int) -> int:
    return person % FIRMS + 1


def fill_apart(store: Store, count: int) -> None:
    """Put `count` mails there, each a thread of its own."""
    fill(store, count, together=1)


def fill(store: Store, count: int, *, together: int = 5) -> None:
    """Put mails 1 to `count` there, five to a thread, of 2,000 people in 500 companies: every fifth in Germany, one graded A."""
    with store.begin() as session:
        account = session.exec(select(MailAccount.id)).one() or 0
        session.add(RawMail(id=1, sha256="0" * 64, size=0, packed=b""))
        session.flush()
        _insert(session, Company, map(_company, range(1, FIRMS + 1)))
        _insert(session, Contact, map(_contact, range(1, PEOPLE + 1)))
        blank = _blank(account)
    for start in range(1, count + 1, _AT_ONCE):
        with store.begin() as session:
            _some(session, range(start, min(start + _AT_ONCE, count + 1)), blank, together)


def _blank(account: int) -> dict[str, Any]:
    nothing = {
        "thread_id": 0,
        "sort_key": 0,
        "message_id": "",
        "identity": "",
        "arrived_at": START,
        "fetched_at": START,
    }
    kind = {"side": "theirs", "kind": "human", "kind_rule": "human"}
    return Message.model_validate({"account_id": account, "raw_id": 1, **nothing, **kind}).model_dump()


def _company(number: int) -> dict[str, Any]:
    judged = {"country": "NL" if number % 5 else "DE", "grade": "A" if number == 7 else "C"}
    return {"id": number, "name": f"Firm {number} Ltd", **judged, "created_at": START, "by_person": []}


def _contact(person: int) -> dict[str, Any]:
    who = {"address": _address(person), "name": f"Buyer {person}", "company_id": _firm(person)}
    return {"id": person, **who, "created_at": START, "by_person": []}


def _address(person: int) -> str:
    return f"buyer{person}@firm{_firm(person)}.example"


def _some(session: Session, numbers: range, blank: dict[str, Any], together: int) -> None:
    mails = [blank | _message(number) | {"thread_id": number // together + 1} for number in numbers]
    texts = {number: body_of(number) for number in numbers}
    threads = [number // together + 1 for number in numbers if number % together == 0 or number == 1]
    _insert(session, Thread, ({"id": one, "account_id": blank["account_id"], "subject": "Order"} for one in threads))
    _insert(session, Message, mails)
    _insert(
        session,
        MessageText,
        ({"message_id": n, "packed": pack_texts(text, text, ""), "quoted_lines": 0} for n, text in texts.items()),
    )
    index_mails(session, [(mail["sort_key"], index_text(mail, texts[mail["id"]], ())) for mail in mails])


def _message(number: int) -> dict[str, Any]:
    person, at = _person(number), START + number * APART
    return {
        "id": number,
        "contact_id": person,
        "sort_key": first_sort_key(at),
        "message_id": f"m{number}@firm.example",
        "identity": f"i{number}",
        "subject": f"Order {number}",
        "base_subject": f"order {number}",
        "from_name": f"Buyer {person}",
        "from_address": _address(person),
        "from_domain": f"firm{_firm(person)}.example",
        "people": {"reply_to": [], "to": [["Wei", "wei@ningbo.example"]], "cc": [], "bcc": []},
        "arrived_at": at,
        "fetched_at": at,
        "has_attachments": number % 8 == 0,
        "gist": f"Order {number}",
        "size": 4_000,
    }


def _insert(session: Session, table: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    found = list(rows)
    if found:
        session.connection().execute(insert(table), found)
