"""Small workbooks made by hand: .xlsx as ZIP and XML (ECMA-376), .xls as BIFF8 records in a compound file ([MS-XLS], [MS-CFB]).

xlsx([["SKU", "FOB"], ["VB-50", "2.5499999999999998"]])     # a str that is a number is written as one, digit by digit
xls([["SKU", "FOB"], ["VB-50", 2.55]])
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

__all__ = ["Value", "sheet_xml", "xls", "xlsx", "xlsx_of"]

Value = str | float | date | None
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NUMBER = re.compile(r"-?\d+\.\d{10,}")
_EPOCH = date(1899, 12, 30)
_SECTOR, _FREE, _END, _FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xlsx(rows: Sequence[Sequence[Value]], *, merged: Sequence[str] = (), name: str = "Sheet1") -> bytes:
    """Return a workbook of one sheet; `merged`: ranges such as "A2:A4"."""
    return xlsx_of({name: sheet_xml(rows, merged=merged)})


def sheet_xml(rows: Sequence[Sequence[Value]], *, merged: Sequence[str] = ()) -> str:
    """Return the XML of a sheet."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(_cell(f"{chr(65 + column)}{number}", value) for column, value in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>')
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    more = f'<mergeCells count="{len(merged)}">{areas}</mergeCells>' if merged else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData>{more}</worksheet>'


def _cell(place: str, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f'<c r="{place}" t="d"><v>{value.isoformat()}</v></c>'
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def xlsx_of(sheets: Mapping[str, str], *, hidden: Sequence[str] = (), more: Mapping[str, bytes] | None = None) -> bytes:
    """Return a workbook of these sheets by their XML; `more`: other parts."""
    file = io.BytesIO()
    listed, related, typed = [], [], []
    for number, name in enumerate(sheets, 1):
        state = ' state="hidden"' if name in hidden else ""
        listed.append(f'<sheet name="{escape(name)}" sheetId="{number}"{state} r:id="rId{number}"/>')
        related.append(
            f'<Relationship Id="rId{number}" Type="{_RELATED}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        )
        typed.append(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _types("".join(typed)))
        archive.writestr("_rels/.rels", _relations(f'<Relationship Id="rId1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/>'))  # fmt: skip
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{"".join(listed)}</sheets></workbook>')  # fmt: skip
        archive.writestr("xl/_rels/workbook.xml.rels", _relations("".join(related)))
        for number, xml in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", xml)
        for path, content in (more or {}).items():
            archive.writestr(path, content)
    return file.getvalue()


def _types(overrides: str) -> str:
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        f"{overrides}</Types>"
    )


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


# -- the old format ---------------------------------------------------------------------------------------------------


def xls(rows: Sequence[Sequence[Value]], name: str = "Sheet1") -> bytes:
    """Return a workbook of the years before 2007."""
    return _compound(_biff(rows, name))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _text(text: str, length: str) -> bytes:
    return struct.pack(f"<{length}B", len(text), 1) + text.encode("utf-16-le")


def _biff(rows: Sequence[Sequence[Value]], name: str) -> bytes:
    def begin(kind: int) -> bytes:
        return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    end = _record(0x000A, b"")
    texts = [value for row in rows for value in row if isinstance(value, str)]
    table = _record(0x00FC, struct.pack("<II", len(texts), len(texts)) + b"".join(_text(text, "H") for text in texts))
    formats = _record(0x00E0, bytes(20)) + _record(0x00E0, struct.pack("<HH", 0, 14) + bytes(16))  # general, a date
    head = begin(0x0005)
    listed = struct.pack("<IBB", 0, 0, 0) + _text(name, "B")
    start = len(head + formats + _record(0x0085, listed) + table + end)
    listed = struct.pack("<I", start) + listed[4:]
    cells = b"".join(
        _old_cell(row, column, value, texts)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value is not None
    )
    size = _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    return head + formats + _record(0x0085, listed) + table + end + begin(0x0010) + size + cells + end


def _old_cell(row: int, column: int, value: Value, texts: list[str]) -> bytes:
    if isinstance(value, str):
        return _record(0x00FD, struct.pack("<HHHI", row, column, 0, texts.index(value)))
    if isinstance(value, date):
        return _record(0x0203, struct.pack("<HHHd", row, column, 1, (value - _EPOCH).days))
    return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def _compound(stream: bytes) -> bytes:
    stream = stream.ljust(4096, b"\0")  # smaller ones lie elsewhere
    stream += bytes(-len(stream) % _SECTOR)
    sectors = len(stream) // _SECTOR
    chain = [_FAT, _END, *range(3, sectors + 2), _END]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<I", 0) + b"\xff" * 4 * 108
    return head + table + directory.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    spelled = name.encode("utf-16-le") + b"\0\0"
    head = spelled.ljust(64, b"\0") + struct.pack("<HBB", len(spelled), kind, 1)
    return head + struct.pack("<III", _FREE, _FREE, child) + bytes(36) + struct.pack("<IQ", start, size)
