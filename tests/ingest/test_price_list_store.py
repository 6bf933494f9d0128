"""Price lists in a real database: applied once, never changed, looked up to the cent and to the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingest.mailroom import Mailroom
from sqlalchemy import update
from sqlalchemy.exc import StatementError
from workbooks import Value, xls, xlsx

from mailcrm.domain.errors import MailcrmError, NotFound, RefusedByRule
from mailcrm.queries.rows import PriceListPreview
from mailcrm.records import Paper, PriceLineRecord, PriceListRecord
from mailcrm.store.papers import read_paper
from mailcrm.store.prices import list_valid_on, priced

HEAD = "SKU,Description,Unit,Qty,FOB USD,Floor USD\n"
V6 = HEAD + "VB-50,Ball valve,pc,1,3.00,2.80\nVB-50,Ball valve,pc,1000,2.80,2.55\nVB-80,Ball valve,pc,100,7.10,6.50\n"
V7 = HEAD + "VB-50,Ball valve,pc,1,3.10,2.90\nVB-50,Ball valve,pc,1000,2.90,2.60\nVB-65,Ball valve,pc,100,5.10,4.90\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "v6.csv").write_text(V6)
    (tmp_path / "v7.csv").write_text(V7)
    return tmp_path


def look(room: Mailroom, file: Path, **said: str) -> PriceListPreview:
    preview: PriceListPreview = room.core.ask("pricelist_preview", file=str(file), **said)[0]
    return preview


def apply(room: Mailroom, file: Path, **said: str) -> PriceListPreview:
    preview, new = room.core.ask("pricelist_preview", file=str(file), **said)
    room.core.do("apply_pricelist", new=new)
    assert isinstance(preview, PriceListPreview)
    return preview


def price(room: Mailroom, sku: str, quantity: int, day: str) -> tuple[str, str, str] | None:
    with room.store.read() as session:
        found = priced(session, sku, quantity, date.fromisoformat(day))
    return (found.version, str(found.line.fob), str(found.line.floor)) if found else None


def test_looking_writes_nothing(room: Mailroom, folder: Path) -> None:
    before = room.digest()
    preview = look(room, folder / "v6.csv")
    assert (preview.created, preview.applied, preview.version) == (3, False, "v1")
    assert room.digest() == before


def test_each_day_has_the_prices_of_its_list(room: Mailroom, folder: Path) -> None:
    apply(room, folder / "v6.csv", version="v6", valid_from="2026-03-01")
    apply(room, folder / "v7.csv", version="v7", valid_from="2026-04-01")
    assert price(room, "VB-50", 999, "2026-03-31") == ("v6", "USD 3.00", "USD 2.80")
    assert price(room, "vb-50", 1000, "2026-03-31") == ("v6", "USD 2.80", "USD 2.55")
    assert price(room, "VB-50", 1000, "2026-04-01") == ("v7", "USD 2.90", "USD 2.60")
    assert price(room, "VB-80", 100, "2026-04-01") is None  # the newer list doesn't know it
    assert price(room, "VB-80", 99, "2026-03-31") is None
    assert price(room, "VB-50", 1, "2026-02-28") is None


def test_a_list_becomes_valid_at_the_offices_midnight(
    new_room: Callable[[], Mailroom], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILCRM__OFFICE__ZONE", "Asia/Shanghai")
    room = new_room()
    apply(room, folder / "v6.csv", version="v6", valid_from="2026-03-01")
    apply(room, folder / "v7.csv", version="v7", valid_from="2026-04-01")
    room.clock.at = datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC)
    assert room.core.ask("pricelist").version == "v6"
    assert [(row.version, row.state, row.items, row.lines) for row in room.core.ask("pricelists")] == [
        ("v7", "upcoming", 2, 3),
        ("v6", "valid", 2, 3),
    ]
    room.clock.at = datetime(2026, 3, 31, 16, tzinfo=UTC)
    assert room.core.ask("pricelist").version == "v7"
    assert [row.state for row in room.core.ask("pricelists")] == ["valid", "withdrawn"]
    (folder / "v8.csv").write_text(V7 + "NEW,,pc,1,9,8\n")
    assert look(room, folder / "v8.csv").valid_from == date(2026, 4, 1)


def test_the_same_file_twice_is_harmless(room: Mailroom, folder: Path) -> None:
    apply(room, folder / "v6.csv")
    copy = folder / "copy.csv"
    copy.write_text(V6)
    again = look(room, copy)
    assert (again.known, again.created, again.id) == ("v1", 0, "pl1")
    before = room.digest()
    _preview, new = room.core.ask("pricelist_preview", file=str(copy), version="v1")
    outcome = room.core.do("apply_pricelist", new=new)
    assert (outcome.action, room.digest()) == (None, before)
    assert "applied before" in str(outcome.said)


def test_the_same_file_may_hold_again_from_another_day(room: Mailroom, folder: Path) -> None:
    apply(room, folder / "v6.csv", valid_from="2026-03-01")
    apply(room, folder / "v7.csv", valid_from="2026-04-01")
    back = apply(room, folder / "v6.csv", valid_from="2026-05-01")
    assert (back.known, back.version) == (None, "v3")
    assert price(room, "VB-80", 100, "2026-05-01") == ("v3", "USD 7.10", "USD 6.50")


def test_an_applied_list_never_changes(room: Mailroom, folder: Path) -> None:
    apply(room, folder / "v6.csv", version="v6")
    _preview, other = room.core.ask("pricelist_preview", file=str(folder / "v7.csv"), version="v6")
    before = room.digest()
    with pytest.raises(RefusedByRule):
        room.core.do("apply_pricelist", new=other)
    with pytest.raises(RefusedByRule):
        room.core.do("undo")
    assert {**room.digest(), "action": None} == {**before, "action": None}


def test_the_file_is_kept(room: Mailroom, folder: Path) -> None:
    apply(room, folder / "v6.csv")
    (paper,) = room.all(Paper)
    assert (paper.noun, paper.kind, paper.filename) == ("price_list", "source", "v6.csv")
    with room.store.read() as session:
        assert read_paper(session, paper) == V6.encode()


def test_the_difference_is_told_before_and_after(room: Mailroom, folder: Path) -> None:
    apply(room, folder / "v6.csv", version="v6", valid_from="2026-03-01", valid_until="2026-03-31")
    preview = look(room, folder / "v7.csv", version="v7", valid_from="2026-04-01")
    apply(room, folder / "v7.csv", version="v7", valid_from="2026-04-01")
    diff = room.core.ask("pricelist_diff")
    assert diff == room.core.ask("pricelist_diff", before="v6", after="pl2")
    assert preview.diff is not None
    assert (preview.diff.changes, preview.touches) == (diff.changes, diff.touches)
    assert (diff.added, diff.removed, diff.changed, diff.unchanged) == (1, 1, 2, 0)
    assert [(row.kind, row.sku, row.qty_break, row.fob_percent) for row in diff.changes] == [
        ("changed", "VB-50", 1, Decimal("3.3")),
        ("changed", "VB-50", 1000, Decimal("3.6")),
        ("added", "VB-65", 100, None),
        ("removed", "VB-80", 100, None),
    ]


def test_a_jump_is_remarked_by_the_row_of_the_file(room: Mailroom, folder: Path) -> None:
    apply(room, folder / "v6.csv")
    slipped = folder / "slip.csv"
    slipped.write_text(V7.replace("2.90,2.60", "29.0,2.60"))
    remarks = look(room, slipped).warnings
    assert [(remark.row, "+935.7 %" in str(remark.reason)) for remark in remarks] == [(3, True)]


def test_a_list_for_a_day_that_is_past_is_remarked(room: Mailroom, folder: Path) -> None:
    assert [remark.row for remark in look(room, folder / "v6.csv", valid_from="2026-01-01").warnings] == [0]
    assert look(room, folder / "v6.csv").warnings == ()


@pytest.mark.parametrize("ending", ["xlsx", "xls", "csv"])
def test_the_same_list_comes_out_of_each_kind_of_file(room: Mailroom, tmp_path: Path, ending: str) -> None:
    rows: list[list[Value]] = [["货号", "品名", "单位", "起订量", "FOB USD", "底价"]]
    rows.append(["VB-50", "球阀", "pc", 1000, 2.55, 2.4])
    table = "\n".join(",".join(str(cell) for cell in row) for row in rows)
    made = {"xlsx": xlsx(rows), "xls": xls(rows), "csv": table.encode("gb18030")}
    file = tmp_path / f"价格表.{ending}"
    file.write_bytes(made[ending])
    apply(room, file)
    page = room.core.ask("pricelist")
    assert [(one.sku, one.description, one.unit, one.qty_break, str(one.fob), str(one.floor)) for one in page.prices] == [
        ("VB-50", "球阀", "pc", 1000, "USD 2.55", "USD 2.40")
    ]  # fmt: skip


def test_where_nothing_is_there_that_is_said(room: Mailroom, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="No price list is valid today"):
        room.core.ask("pricelist")
    with pytest.raises(NotFound, match="no price list yet"):
        room.core.ask("pricelist_diff")
    with pytest.raises(NotFound, match="no price list v9"):
        room.core.ask("pricelist", version="v9")
    with pytest.raises(MailcrmError, match="can't be read"):
        look(room, tmp_path / "nowhere.csv")
    with pytest.raises(MailcrmError, match="can't be read"):
        look(room, tmp_path)


AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(AMOUNTS)
def test_amounts_are_kept_to_the_last_digit_with_their_zeros(room: Mailroom, amount: Decimal) -> None:
    with room.store.begin() as session:
        known = session.get(PriceListRecord, 1)
        if known is None:
            at = datetime(2026, 3, 1, tzinfo=UTC)
            session.add(PriceListRecord(id=1, version="v1", valid_from=date(2026, 3, 1), currency="USD", sha256="", filename="", applied_at=at, applied_by=""))  # fmt: skip
            session.flush()
        old = session.get(PriceLineRecord, 1)
        if old is not None:
            session.delete(old)
            session.flush()
        session.add(PriceLineRecord(id=1, list_id=1, sku="A", sku_key="a", description="", unit="", qty_break=1, fob=amount, floor=amount))  # fmt: skip
    with room.store.read() as session:
        kept = session.get_one(PriceLineRecord, 1).fob
    assert (kept, f"{kept:f}") == (amount, f"{amount:f}")


@pytest.mark.parametrize("wrong", [2.55, Decimal("NaN"), Decimal("Infinity"), "2.55"])
def test_what_is_no_exact_amount_is_not_stored(room: Mailroom, folder: Path, wrong: object) -> None:
    apply(room, folder / "v6.csv")
    change = update(PriceLineRecord).values(fob=wrong)
    with room.store.begin() as session, pytest.raises(StatementError):
        session.execute(change)


def test_no_list_holds_before_the_first(room: Mailroom) -> None:
    with room.store.read() as session:
        assert list_valid_on(session, date(2026, 3, 4)) is None
