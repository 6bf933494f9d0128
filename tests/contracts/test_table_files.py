"""Tables out of files: what is read is what a person sees, and no file does more than be read."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from workbooks import sheet_xml, xls, xlsx, xlsx_of

from mailcrm.adapters.tables import TableFiles
from mailcrm.adapters.tables.limits import MOST_COLUMNS, MOST_ROWS
from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.sheets import Cell, Row, Sheet

NAME = "prices.xlsx"
READ = TableFiles().read


def rows(content: bytes) -> tuple[Row, ...]:
    (sheet,) = READ(NAME, content)
    return sheet.rows


def refused(content: bytes) -> str:
    with pytest.raises(MailcrmError) as caught:
        READ(NAME, content)
    assert caught.value.hint is not None
    return str(caught.value.sentence)


# -- the same values, whatever the file -------------------------------------------------------------------------------

WRITTEN = [["货号", "FOB USD", "from"], ["VB-50", 2.55, date(2026, 12, 1)], ["VB-80", 1000, None]]
SEEN: list[tuple[Cell, ...]] = [
    ("货号", "FOB USD", "from"),
    ("VB-50", Decimal("2.55"), date(2026, 12, 1)),
    ("VB-80", Decimal(1000), None),
]


@pytest.mark.parametrize("make", [xlsx, xls], ids=["xlsx", "xls"])
def test_a_workbook_says_what_was_written_into_it(make: type) -> None:
    assert rows(make(WRITTEN)) == tuple(SEEN)


@pytest.mark.parametrize(
    ("stored", "seen"),
    [("2.5499999999999998", "2.55"), ("0.30000000000000004", "0.3"), ("1234567.8900000001", "1234567.89")],
)
def test_a_number_has_no_noise(stored: str, seen: str) -> None:
    assert rows(xlsx([[stored]])) == ((Decimal(seen),),)


@pytest.mark.parametrize("value", [2.55, 0.1, 19.99, 1e-4, 99999.995])
def test_an_old_workbook_has_none_either(value: float) -> None:
    assert rows(xls([[value]])) == ((Decimal(str(value)),),)


def test_rows_keep_the_numbers_that_a_person_sees() -> None:
    assert rows(xlsx([[], [], [None, "VB-50"]]))[2][1] == "VB-50"


def test_a_cell_over_several_rows_is_told_for_each_of_them() -> None:
    read = rows(xlsx([["SKU", "Qty"], ["VB-50", 1], [None, 100], ["VB-80", 1]], merged=["A2:A3"]))
    assert [row[0] for row in read] == ["SKU", "VB-50", "VB-50", "VB-80"]


def test_sheets_come_in_their_order_hidden_and_empty_ones_do_not() -> None:
    sheets = {"B": sheet_xml([["1"]]), "empty": sheet_xml([]), "old": sheet_xml([["2"]]), "A": sheet_xml([["3"]])}
    assert READ(NAME, xlsx_of(sheets, hidden=["old"])) == (Sheet("B", (("1",),)), Sheet("A", (("3",),)))


TABLE = "货号,价格\nVB-50,2.55\n"
AS_ROWS = (("货号", "价格"), ("VB-50", "2.55"))


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_charset_of_text_is_found(charset: str) -> None:
    assert rows(TABLE.encode(charset)) == AS_ROWS


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_of_text_is_found(separator: str) -> None:
    assert rows(TABLE.replace(",", separator).encode()) == AS_ROWS


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("A;B\nx;2,55\ny;3,10\n", (("A", "B"), ("x", "2,55"), ("y", "3,10"))),
        ('A,B\n"x, y","say ""no"""\n', (("A", "B"), ("x, y", 'say "no"'))),
        ('A,B\n"x\ny",1\n', (("A", "B"), ("x\ny", "1"))),
        ("sep=;\nA;B,C\n", ((), ("A", "B,C"))),
        ("one column\nonly\n", (("one column",), ("only",))),
        ("A, B ,\r\n,,\r\n", (("A", "B", None), (None, None, None))),
    ],
)
def test_text_is_cut_as_it_was_meant(text: str, seen: tuple[Row, ...]) -> None:
    assert rows(text.encode()) == seen


# -- what can't be read, or shouldn't ---------------------------------------------------------------------------------


def crooked_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\n,,\n", "is empty"),
        (b"PK\x03\x04 no zip at all", "can't be read as a workbook"),
        (crooked_zip(), "is no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "can't be read as a workbook"),
        (xlsx([["A"]])[:-200], "can't be read as a workbook"),
        (xls([["A", 1.0]])[:600], "can't be read as a workbook"),
        (b"<html><table><tr><td>1</td></tr></table>", "is a web page"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x80\x81", "is no table"),
        (b'A,B\n"x' + b"y" * 200_000, "can't be read as a table"),
        (b"A\n" * (MOST_ROWS + 1), "more than 50000 rows"),
        (b"A," * MOST_COLUMNS + b"B\n", "more than 200 columns"),
        (xlsx([["A"] * 20]).ljust(21 * 1024 * 1024, b"\0"), "more than 20 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_with_the_mend(content: bytes, told: str) -> None:
    assert told in refused(content)


FAR = '<c r="A1"><v>1</v></c></row><row r="{row}"><c r="{column}{row}"><v>1</v></c>'


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        (1_048_576, "XFD", "damaged, or wants more memory"),  # half a terabyte, if it were asked for
        (60_000, "A", "more than 50000 rows"),
        (2, "ZZ", "more than 200 columns"),
    ],
)
def test_a_cell_in_the_far_corner_costs_nothing(row: int, column: str, told: str) -> None:
    sheet = sheet_xml([[]]).replace("</row>", FAR.format(row=row, column=column) + "</row>")
    assert told in refused(xlsx_of({"A": sheet}))


def test_a_zip_bomb_is_not_unpacked_to_its_end() -> None:
    bomb = xlsx_of({"A": sheet_xml([["x"]])}, more={"xl/sharedStrings.xml": b"<sst>" + bytes(300_000_000)})
    assert len(bomb) < 1_000_000
    began = time.monotonic()
    assert "unpack to more" in refused(bomb)
    assert time.monotonic() - began < 20


def test_pictures_are_not_looked_at() -> None:
    assert rows(xlsx_of({"A": sheet_xml([["x"]])}, more={"xl/media/image1.png": bytes(300_000_000)})) == (("x",),)


def test_entities_of_xml_are_not_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    sheet = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>' + sheet_xml([["PLACE"]]).replace("PLACE", "&l11;")
    try:
        read = rows(xlsx_of({"A": sheet}))
    except MailcrmError:
        return
    assert len(str(read)) < 1000


def damaged(content: bytes, seed: int) -> bytes:
    """Return `content` with a few octets changed, lost and come."""
    chance = random.Random(seed)  # noqa: S311  (the same damage every time)
    octets = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(octets))
        match chance.randrange(3):
            case 0:
                octets[place] = chance.randrange(256)
            case 1:
                del octets[place : place + chance.randint(1, 30)]
            case _:
                octets[place:place] = chance.randbytes(5)
    return bytes(octets)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("make", [xlsx, xls], ids=["xlsx", "xls"])
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(make: Callable[..., bytes], seed: int) -> None:
    content = damaged(make([["SKU", "FOB USD"], *([f"A{n}", 2.5 + n] for n in range(30))]), seed)
    try:
        assert READ(NAME, content)
    except MailcrmError as error:
        assert error.hint is not None  # noqa: PT017  (whether it is refused depends on where it is damaged)
