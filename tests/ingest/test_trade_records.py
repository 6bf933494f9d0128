"""Cost sheets, exchange rates and refund rates as records: written by commands, read by queries, taken back. On both databases."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from ingest.mailroom import NOW, Mailroom

from mailcrm.domain.errors import RefusedByRule
from mailcrm.domain.trade.cost_sheet import CostSheet
from mailcrm.queries.rows import CostSheetRow, ExchangeRateRow, RefundRateRow
from mailcrm.records import CostSheetRecord, ExchangeRateRecord, RefundRateRecord
from mailcrm.store.cost_sheets import cost_sheet_named, cost_sheet_of
from mailcrm.store.exchange_rates import latest_rate
from mailcrm.store.refund_rates import refund_table

TODAY = NOW.date()


def made(room: Mailroom, **given: str) -> CostSheetRow:
    chair = {"item": "Oak chair 橡木椅", "cost": "113.00", "charges": "3", "refund": "9%", "rate": "7.00"}
    row: CostSheetRow = room.core.do("new_cost_sheet", **{**chair, **given}).row
    return row


def test_a_sheet_is_kept_whole(room: Mailroom) -> None:
    row = made(room, sku="C-1", note="oiled")
    with room.store.read() as session:
        record = cost_sheet_named(session, row.id)
        sheet = cost_sheet_of(record)
    assert (record.amount, record.currency, record.sku, record.kind) == ("17.1750", "USD", "C-1", "trading")
    assert sheet.costing.price == row.fob
    assert sheet.content_hash() == record.content_hash == row.content_hash
    assert CostSheet.from_json(record.content) == sheet


def test_two_sheets_of_the_same_figures_have_the_same_hash_and_others_another(room: Mailroom) -> None:
    one, same, other = made(room), made(room), made(room, cost="113.01")
    assert one.content_hash == same.content_hash != other.content_hash


def test_of_one_day_the_last_rate_counts_and_never_one_of_tomorrow(room: Mailroom) -> None:
    for rate, days in (("7.00", 2), ("7.10", 0), ("7.20", 0), ("7.05", 1)):
        room.core.do("set_rate", currency="USD", rate=rate, source="BOC", on=(TODAY - timedelta(days=days)).isoformat())
    with room.store.read() as session:
        now, before = (latest_rate(session, "USD", "CNY", TODAY - timedelta(days=days)) for days in (0, 1))
        assert latest_rate(session, "EUR", "CNY", TODAY) is None
    assert now is not None
    assert before is not None
    assert (now.buying, before.buying) == (Decimal("7.20"), Decimal("7.05"))
    rows: tuple[ExchangeRateRow, ...] = room.core.ask("exchange_rates", past=True)
    assert [row.buying for row in rows] == [Decimal(rate) for rate in ("7.20", "7.10", "7.05", "7.00")]


def test_of_every_code_and_day_there_is_one_refund_rate(room: Mailroom) -> None:
    def refund(rate: str, since: str, until: str = "") -> Any:  # noqa: ANN401  (rows)
        return room.core.do("set_refund", hs="9403.60", rate=rate, since=since, until=until).row

    refund("13%", "2025-01-01")
    refund("9%", "2026-07-01")
    with pytest.raises(RefusedByRule, match="2026-07-01"):
        refund("5%", "2026-01-01")
    rows: tuple[RefundRateRow, ...] = refund("5%", "2026-01-01", "2026-06-30")
    assert [(str(row.rate), row.since.isoformat(), row.until and row.until.isoformat()) for row in rows] == [
        ("0.13", "2025-01-01", "2025-12-31"),
        ("0.05", "2026-01-01", "2026-06-30"),
        ("0.09", "2026-07-01", None),
    ]
    with room.store.read() as session:
        table = refund_table(session, "94036099")
    days = [date(2025, 1, 1) + timedelta(days=count) for count in range(700)]
    assert {sum(rate.holds(day) for rate in table) for day in days} == {1}


def test_undo_gives_the_tables_back_as_they_were(room: Mailroom) -> None:
    room.core.do("set_refund", hs="9403", rate="13%", since="2025-01-01", source="notice 1")
    before = [record.model_dump() for record in room.all(RefundRateRecord)]
    content = b"hs,rate,from,source\n9403,9%,2026-01-01,notice 2\n9403,13%,2025-01-01,notice 3\n9403,5%,2026-06-01,\n8501,6%,2026-01-01,\n"
    for verb, arguments in (
        ("set_refund", {"hs": "9403", "rate": "9%", "since": "2026-01-01"}),
        ("set_refund", {"hs": "9403", "rate": "10%", "since": "2025-01-01"}),
        ("import_refunds", {"content": content}),
        ("set_rate", {"currency": "USD", "rate": "7", "source": "BOC"}),
        ("new_cost_sheet", {"item": "Chair", "cost": "1", "refund": "9%", "rate": "7"}),
    ):
        action = room.core.do(verb, **arguments).action
        room.core.do("undo", id=action)
    assert [record.model_dump() for record in room.all(RefundRateRecord)] == before
    assert room.all(ExchangeRateRecord) == []
    assert room.all(CostSheetRecord) == []
