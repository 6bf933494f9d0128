"""Products in a real database: written down, changed, imported, each taken back."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from ingest.mailroom import Mailroom

from mailcrm.domain.errors import NotFound, RefusedByRule, UsageError
from mailcrm.queries.rows import ProductRow

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def product(room: Mailroom, given: str) -> ProductRow:
    row: ProductRow = room.core.ask("product", id=given)
    return row


def skus(room: Mailroom, words: str = "") -> list[str]:
    return [row.sku for row in room.core.ask("products", words=words)]


def test_a_product_is_written_down_changed_and_each_is_taken_back(room: Mailroom) -> None:
    made = room.core.do(
        "new_product",
        sku="VB-50",
        values={"name_en": "Ball valve", "net_weight": "12.50"},
        certificates=("CE 2026-02-01",),
        answers={"Is it halal?": "Yes."},
    )
    assert (made.row.id, made.row.net_weight, made.row.expired_certificates) == (
        "p1",
        Decimal("12.50"),
        made.row.certificates,
    )
    changed = room.core.do(
        "edit_product", id="vb-50", values={"name_en": "", "moq": "500"}, answers={"Is it halal?": ""}
    )
    assert (changed.row.name_en, changed.row.moq, changed.row.answers) == ("", 500, ())
    room.core.do("undo", id=changed.action)
    assert product(room, "p1") == made.row
    room.core.do("undo", id=made.action)
    with pytest.raises(NotFound):
        product(room, "p1")


def test_an_item_is_known_once_however_it_is_spelled(room: Mailroom) -> None:
    room.core.do("new_product", sku="VB-50")
    with pytest.raises(RefusedByRule, match="VB-50 is known already, as p1"):
        room.core.do("new_product", sku="ｖｂ－５０")
    assert product(room, " vb-50 ").id == "p1"


def test_a_photo_is_kept_and_nothing_else_is_taken_for_one(room: Mailroom, tmp_path: Path) -> None:
    room.core.do("new_product", sku="VB-50")
    (tmp_path / "front.png").write_bytes(PNG)
    (tmp_path / "price.png").write_bytes(b"MZ not a picture")
    (tmp_path / "sheet.pdf").write_bytes(b"%PDF-1.4")
    assert room.core.do("edit_product", id="p1", photo=str(tmp_path / "front.png")).row.photo == "kf1"
    for wrong in ("price.png", "sheet.pdf", "nowhere.png"):
        with pytest.raises(UsageError):
            room.core.do("edit_product", id="p1", photo=str(tmp_path / wrong))
    assert product(room, "p1").photo == "kf1"


def test_a_table_makes_new_ones_and_changes_what_it_says_of_others(room: Mailroom, tmp_path: Path) -> None:
    room.core.do("new_product", sku="VB-50", values={"name_en": "Ball valve", "moq": "500", "gross_weight": "13"})
    room.core.do("new_product", sku="VB-65", values={"name_en": "Ball valve"})
    before = product(room, "VB-50")
    file = tmp_path / "products.csv"
    file.write_text("SKU,Name,MOQ,N.W.\nVB-50,,1000,\nVB-65,Ball valve,,\nVB-80,Gate valve,100,9\nvb-80,Again,,\n")
    preview, new = room.core.ask("product_preview", file=str(file))
    assert (preview.created, preview.updated, preview.unchanged, preview.applied) == (1, 1, 1, False)
    assert [remark.row for remark in preview.duplicates] == [5]
    assert skus(room) == ["VB-50", "VB-65"]

    done = room.core.do("apply_products", new=new)
    assert skus(room) == ["VB-50", "VB-65", "VB-80"]
    after = product(room, "VB-50")
    assert (after.name_en, after.moq) == ("Ball valve", 1000)
    again, _new = room.core.ask("product_preview", file=str(file))
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)

    room.core.do("undo", id=done.action)
    assert skus(room) == ["VB-50", "VB-65"]
    assert product(room, "VB-50").moq == before.moq == 500


def test_a_row_that_contradicts_what_is_known_is_left_out(room: Mailroom, tmp_path: Path) -> None:
    room.core.do("new_product", sku="VB-50", values={"gross_weight": "13"})
    file = tmp_path / "products.csv"
    file.write_text("SKU,N.W.\nVB-50,14\n")
    preview, new = room.core.ask("product_preview", file=str(file))
    assert [(remark.row, "above the gross weight" in str(remark.reason)) for remark in preview.skipped] == [(2, True)]
    room.core.do("apply_products", new=new)
    assert product(room, "VB-50").net_weight is None


def test_products_are_found_by_words(room: Mailroom) -> None:
    room.core.do(
        "new_product", sku="VB-50", values={"name_en": "Ball valve", "name_zh": "球阀", "specification": "DN50 PN16"}
    )
    room.core.do("new_product", sku="VG-50", values={"name_en": "Gate valve", "specification": "DN50 PN10"})
    assert skus(room) == ["VB-50", "VG-50"]
    assert skus(room, "valve dn50") == ["VB-50", "VG-50"]
    assert skus(room, "PN16 ball") == skus(room, "球阀") == ["VB-50"]
    assert skus(room, "PN40") == []
