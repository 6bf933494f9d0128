"""Search on both databases: every filter, what the index follows, and that it finds what a scan finds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingest.library import body_of, fill, firm_of
from ingest.mailroom import NOW, REP, Mailroom, letter
from sqlmodel import Session, select

from mailcrm.domain.errors import UsageError
from mailcrm.domain.search_query import read_query
from mailcrm.domain.search_words import mail_index_text
from mailcrm.records import Company, Message, MessageText
from mailcrm.store.indexed import listed, rebuild_index, reindex
from mailcrm.store.packs import pack_texts
from mailcrm.store.search_index import clear_index, hits, index_mails, indexed_mails, unindex_mails
from mailcrm.store.sort_keys import first_sort_key, free_sort_keys

HOUR = timedelta(hours=1)
JAN, LI = "Ján Novák <jan@acme.example>", "李雷 <li@graz.example>"
PDF = 'Content-Type: application/pdf; name="nozzle-7.pdf"\r\nContent-Disposition: attachment; filename="nozzle-7.pdf"'
CUT_IN_TWO = f"""MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="cut"

--cut
Content-Type: text/plain

Could you check the drawing?
--cut
{PDF}

x
--cut--
"""


def found(room: Mailroom, query: str, limit: int = 50) -> list[str]:
    return [row.subject for row in room.core.ask("search", query=query, limit=limit)]


def file_letter(sender: str, subject: str) -> bytes:
    head, _, _rest = letter(sender, subject).partition(b"MIME-Version")
    return head + CUT_IN_TWO.replace("\r\n", "\n").replace("\n", "\r\n").encode()


@pytest.fixture
def desk(room: Mailroom) -> Mailroom:
    """Five mails of three writers, an hour apart, the first of them first."""
    mails = [
        letter(JAN, "Order PO-2026/118", "Our price for 500 Valves? The Müller order, please."),
        letter(LI, "报价", "第2批请付款。镕铸A-1订单PO2026118已收到,请尽快确认?"),
        letter("sales@sofia.example", "Цена", "Какая цена? Ёлка, café."),
        file_letter(JAN, "Drawing"),
        letter("Jane <jane@acme.example>", "Delivery", "When do you ship the valve?", to=f"{REP}, Zhang <zhang@ningbo.example>"),
    ]  # fmt: skip
    for number, raw in enumerate(mails):
        room.arrives(raw, NOW - (5 - number) * HOUR)
    room.sync()
    with room.store.begin() as session:
        for company in session.exec(select(Company)):
            company.country, company.grade = {"Acme": ("NL", "A"), "Graz": ("AT", "B")}.get(company.name, (None, None))
            session.add(company)
    return room


FOUND: dict[str, list[str]] = {
    "valve": ["Delivery", "Order PO-2026/118"],
    '"valve"': ["Delivery"],
    "valves price": ["Order PO-2026/118"],
    '"500 valves"': ["Order PO-2026/118"],
    '"valves 500"': [],
    "PO-2026/118": ["Order PO-2026/118"],
    "PO2026118": ["报价"],
    "款": ["报价"],
    "付款": ["报价"],
    "请付款": ["报价"],
    "批请付款": ["报价"],
    "款请": [],
    "A-1订单": ["报价"],
    "muller": ["Order PO-2026/118"],
    "ЦЕНА елка CAFE": ["Цена"],
    "nozzle-7.pdf": ["Drawing"],
    "jan@acme.example": ["Drawing", "Order PO-2026/118"],
    "novak": ["Drawing", "Order PO-2026/118"],
    "from:jan": ["Delivery", "Drawing", "Order PO-2026/118"],
    'from:"Jan Novák"': ["Drawing", "Order PO-2026/118"],
    "from:雷": ["报价"],
    "from:jan ship": ["Delivery"],
    "from:valve": [],
    "to:zhang": ["Delivery"],
    "to:jan": [],
    "has:attachment": ["Drawing"],
    "company:ACME": ["Delivery", "Drawing", "Order PO-2026/118"],
    "company:acme price": ["Order PO-2026/118"],
    "company:nobody": [],
    "country:NL has:attachment": ["Drawing"],
    "country:at": ["报价"],
    "country:Austria": ["报价"],
    "country:荷兰 ship": ["Delivery"],
    "grade:a": ["Delivery", "Drawing", "Order PO-2026/118"],
    "grade:B country:NL": [],
    "after:2026-03-04T06:30Z": ["Delivery", "Drawing"],
    "before:2026-03-04T06:00Z": ["报价", "Order PO-2026/118"],
    "before:2026-03-04T06:00Z after:2026-03-04T05:00Z": ["报价"],
    "before:2026-03-04": [],
    "after:2026-03-04 valve": ["Delivery", "Order PO-2026/118"],
    "": ["Delivery", "Drawing", "Цена", "报价", "Order PO-2026/118"],
}


def test_every_kind_of_query_and_filter(desk: Mailroom) -> None:
    assert {query: found(desk, query) for query in FOUND} == FOUND
    assert {query: [row.subject for row in desk.core.ask("threads", query=query)] for query in FOUND} == FOUND


def test_a_limit_is_kept_and_whole_words_come_before_beginnings(desk: Mailroom) -> None:
    assert found(desk, "valve", 2) == ["Delivery", "Order PO-2026/118"]
    assert found(desk, "valve", 1) == ["Delivery"]
    assert found(desk, "val", 1) == ["Delivery"]
    assert found(desk, "valves", 1) == ["Order PO-2026/118"]


def test_overdue_and_waiting(desk: Mailroom) -> None:
    assert found(desk, "is:overdue") == []
    assert found(desk, "is:waiting") == []
    desk.clock.at = NOW + 20 * HOUR
    assert found(desk, "is:overdue") == ["报价", "Order PO-2026/118"]
    assert found(desk, "is:overdue valves") == ["Order PO-2026/118"]
    sent = letter(REP, "Catalogue", "Which size do you need?", to="jan@acme.example", date=NOW)
    desk.arrives(sent, NOW, b"Sent")
    desk.sync()
    assert found(desk, "is:waiting") == ["Catalogue"]
    assert found(desk, "is:waiting from:jan") == []


@pytest.mark.parametrize("query", ["is:sampled", "has:money", "tag:…", "before:soon", "country:Atlantis", "…"])
def test_what_cannot_be_searched_for_is_told(new_room: Callable[[], Mailroom], query: str) -> None:
    with pytest.raises(UsageError) as caught:
        found(new_room(), query)
    assert caught.value.hint is not None


def test_the_hit_is_shown_as_it_stands_in_the_mail(desk: Mailroom) -> None:
    (row,) = desk.core.ask("search", query="请付款")
    assert row.snippet == "第2批请付款。镕铸A-1订单PO2026118已收到,请尽快确认?"
    (row,) = desk.core.ask("search", query="nozzle")
    assert row.snippet == "Could you check the drawing?"


def test_a_copy_that_came_earlier_moves_the_mail(room: Mailroom) -> None:
    raw = letter(JAN, "Moved", "Which valve?", date=NOW - 9 * HOUR)
    room.arrives(raw, NOW - HOUR)
    room.arrives(letter(LI, "Between", "Which valve?"), NOW - 2 * HOUR)
    room.sync()
    assert found(room, "valve") == ["Moved", "Between"]
    room.arrives(raw.replace(b"MIME-Version", b"X-Copy: 1\r\nMIME-Version"), NOW - 3 * HOUR)
    room.sync()
    assert found(room, "valve") == ["Between", "Moved"]
    assert _indexed(room) == 2


def test_what_was_said_on_the_phone_is_found(desk: Mailroom) -> None:
    contact = next(row for row in desk.core.ask("contacts") if row.address == "jan@acme.example")
    desk.core.do("log", contact=contact.id, channel="phone", text="He wants 30 flanges by Friday.", inbound=True)
    assert found(desk, "flanges") == ["He wants 30 flanges by Friday."]


def test_the_index_follows_a_text_that_was_read_again(desk: Mailroom) -> None:
    with desk.store.begin() as session:
        number = session.exec(select(Message.id).where(Message.subject == "Delivery")).one() or 0
        before = listed(session, [number])
        text = session.get_one(MessageText, number)
        text.packed = pack_texts("另一个 text", "", "")
        session.add(text)
        reindex(session, before)
    assert (found(desk, "ship"), found(desk, "另一个"), found(desk, "to:zhang")) == ([], ["Delivery"], ["Delivery"])


def test_rebuild_makes_the_index_anew(desk: Mailroom) -> None:
    with desk.store.begin() as session:
        clear_index(session)
    assert found(desk, "valve") == []
    (check,) = [check for check in desk.core.ask("doctor") if check.check == "search"]
    assert not check.ok
    desk.core.do("rebuild")
    (check,) = [check for check in desk.core.ask("doctor") if check.check == "search"]
    assert check.ok
    assert {query: found(desk, query) for query in FOUND} == FOUND


def _indexed(room: Mailroom) -> int:
    with room.store.read() as session:
        return indexed_mails(session)


def test_an_index_from_the_tables_is_the_one_that_grew_with_them(desk: Mailroom) -> None:
    with desk.store.begin() as session:
        everything = listed(session, [number or 0 for number in session.exec(select(Message.id))])
        unindex_mails(session, list(everything.values()))
        assert not list(session.connection().execute(hits(session, read_query("valve", UTC).terms).chosen))
        assert rebuild_index(session) == len(everything)
    assert found(desk, "valve") == ["Delivery", "Order PO-2026/118"]


def test_sort_keys_are_free_and_in_order(desk: Mailroom) -> None:
    with desk.store.begin() as session:
        known = set(session.exec(select(Message.sort_key)))
        at = NOW - HOUR
        assert first_sort_key(at) in known
        keys = free_sort_keys(session, [at, at, at + HOUR, *[at + HOUR] * 2500, at])
    assert len({*keys, *known}) == len(keys) + len(known)
    assert keys[:3] == [first_sort_key(at) + 1, first_sort_key(at) + 2, first_sort_key(at + HOUR)]
    assert max(keys) < first_sort_key(at + HOUR + timedelta(seconds=40))
    assert keys[-1] == first_sort_key(at) + 3
    assert sorted(keys[2:-1]) == keys[2:-1]


def test_a_filter_chooses_where_it_lets_few_through(room: Mailroom) -> None:
    """More mails than are looked at one after the other: few that a filter lets through are left then, or many."""
    fill(room.store, 7_000)
    with room.store.begin() as session:
        for firm in range(100, 115):
            company = session.get_one(Company, firm)
            company.grade = "E"
            session.add(company)
    everything = range(7_000, 0, -1)
    graded = {number for number in everything if 100 <= firm_of(number) < 115}
    holding = {number for number in everything if re.search(r"\bprice\b", body_of(number))}
    assert numbers(room, "grade:E") == [number for number in everything if number in graded]
    assert numbers(room, "price grade:E") == [number for number in everything if number in graded & holding]
    assert numbers(room, "price country:DE") == [n for n in everything if n in holding and firm_of(n) % 5 == 0]
    assert numbers(room, "price") == [number for number in everything if number in holding]


def numbers(room: Mailroom, query: str) -> list[int]:
    return [int(row.message_id[1:].partition("@")[0]) for row in room.core.ask("search", query=query, limit=10_000)]


LATIN = [
    "valve",
    "Valve",
    "VALVES",
    "Müller",
    "Muller",
    "Ångström",
    "PO2026118",
    "ＰＯ12",
    "12",
    "3½",
    "Ёлка",
    "naïve",
    "ø",
    "Straße",
]
PIECES = st.one_of(
    st.text("请付款订单款が한국ガ々", min_size=1, max_size=6),
    st.sampled_from(LATIN),
    st.text("0123456789", min_size=1, max_size=6),
    st.sampled_from([" ", "\n", "-", "/", ",", "。", "，", "（", "'", "_", "@", "\u00ad"]),
)
TEXTS = st.lists(st.lists(PIECES, max_size=12).map("".join), min_size=1, max_size=8)
CJK = re.compile("[\u3005-\u30ff\u4e00-\u9fff\uac00-\ud7a3]+")


def plain(text: str) -> str:
    """Fold a text the slow way: letters without accents, in small letters, one for one or more."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold())
    return "".join(each for each in letters if not unicodedata.combining(each)).replace("ø", "o")


def holds(text: str, query: str) -> bool:
    """Scan a text: Chinese, Japanese and Korean anywhere in it, a word or number as a whole word beside anything else."""
    if CJK.fullmatch(query):
        return query in unicodedata.normalize("NFKC", text)
    spaced = CJK.sub(" ", unicodedata.normalize("NFKC", text))
    return plain(query) in re.findall(r"[^\W_]+", plain(spaced))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(texts=TEXTS, data=st.data())
def test_the_index_finds_what_a_scan_finds(room: Mailroom, texts: list[str], data: st.DataObject) -> None:
    with room.store.begin() as session:
        clear_index(session)
        index_mails(session, [(number, body(text)) for number, text in enumerate(texts)])
        runs = [run for text in texts for run in CJK.findall(text)]
        cut = [run[start : start + length] for run in runs for start in range(len(run)) for length in range(1, 5)]
        for query in [
            *data.draw(st.lists(st.sampled_from(cut), max_size=10) if cut else st.just([])),
            *LATIN,
            "118",
            "款",
        ]:
            if "½" not in query and query.isalnum():
                assert chosen(session, query) == {n for n, text in enumerate(texts) if holds(text, query)}, query


def body(text: str) -> str:
    return mail_index_text(
        subject="", writers=[], recipients=[], files=[], attached=False, inquiry=False, body=text
    )  # fmt: skip


def chosen(session: Session, query: str) -> set[int]:
    return set(session.connection().execute(hits(session, read_query(query, UTC).terms).chosen).scalars())
