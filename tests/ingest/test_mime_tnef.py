"""winmail.dat: what Outlook packs into one file comes out as the files and the text that its sender meant."""

from __future__ import annotations

import base64
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailcrm.adapters.mime import Mime
from mailcrm.adapters.mime.rtf import decompressed, rtf_to_text
from mailcrm.adapters.mime.tnef import unpack

RENDER, TITLE, DATA, FILE_PROPERTIES, BODY, MAIL_PROPERTIES, CODE_PAGE = (
    0x00069002, 0x00018010, 0x0006800F, 0x00069005, 0x0002800C, 0x00069003, 0x00069007,
)  # fmt: skip
STRING8, UNICODE, BINARY = 0x1E, 0x1F, 0x102


def attribute(tag: int, value: bytes) -> bytes:
    level = 2 if tag in (RENDER, TITLE, DATA, FILE_PROPERTIES) else 1
    return struct.pack("<BII", level, tag, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def packet(*attributes: bytes) -> bytes:
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(attributes)


def properties(*values: tuple[int, int, bytes]) -> bytes:
    out = struct.pack("<I", len(values))
    for kind, number, value in values:
        out += struct.pack("<HH", kind, number)
        if number >= 0x8000:
            out += bytes(16) + struct.pack("<II", 1, 6) + "ab\0".encode("utf-16-le") + b"\0\0"
        if kind == 3:
            out += value
            continue
        out += struct.pack("<II", 1, len(value)) + value + bytes(-len(value) % 4)
    return out


def stored(rtf: bytes) -> bytes:
    return struct.pack("<IIII", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf


def mail(content: bytes, text: str = "see attached", name: str = "winmail.dat") -> bytes:
    return (
        b"From: ana@buyer.example\nSubject: Files\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\n" + text.encode() + b"\n"
        b"--b\nContent-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n"
        + f'Content-Disposition: attachment; filename="{name}"\n\n'.encode()
        + base64.encodebytes(content)
        + b"--b--\n"
    )


TWO = packet(
    attribute(CODE_PAGE, struct.pack("<II", 936, 0)),
    attribute(RENDER, bytes(14)),
    attribute(DATA, b"%PDF-1.4 one"),  # the bytes may come before the name
    attribute(TITLE, "报价.pdf\0".encode("gb18030")),
    attribute(RENDER, bytes(14)),
    attribute(TITLE, b"LONGNA~1.XLS\0"),
    attribute(DATA, b"two"),
    attribute(
        FILE_PROPERTIES,
        properties(
            (3, 0x0E20, bytes(4)),
            (STRING8, 0x8001, b"x\0"),
            (UNICODE, 0x3707, "Packing list 2026.xls\0".encode("utf-16-le")),
        ),
    ),
)


def test_the_files_come_out_with_their_names_and_bytes() -> None:
    raw = mail(TWO)
    got = Mime().parse(raw)
    assert [(a.filename, a.content_type, a.size, a.inline) for a in got.attachments] == [
        ("报价.pdf", "application/pdf", 12, False),
        ("Packing list 2026.xls", "application/vnd.ms-excel", 3, False),
    ]
    assert [Mime().part_bytes(raw, index) for index in range(2)] == [b"%PDF-1.4 one", b"two"]
    with pytest.raises(IndexError):
        Mime().part_bytes(raw, 2)


def test_files_before_and_behind_the_packet_keep_their_places() -> None:
    other = b"--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=%s\n\n%s\n"
    raw = mail(TWO).replace(
        b"--b\nContent-Type: application/ms-tnef",
        other % (b"a.pdf", b"first") + b"--b\nContent-Type: application/ms-tnef",
    )
    raw = raw.replace(b"--b--\n", other % (b"z.pdf", b"last") + b"--b--\n")
    names = [one.filename for one in Mime().parse(raw).attachments]
    assert names == ["a.pdf", "报价.pdf", "Packing list 2026.xls", "z.pdf"]
    assert [Mime().part_bytes(raw, index) for index in range(4)] == [b"first", b"%PDF-1.4 one", b"two", b"last"]


def test_a_packet_that_is_none_stays_a_file() -> None:
    got = Mime().parse(mail(b"no packet at all"))
    assert [(a.filename, a.size) for a in got.attachments] == [("winmail.dat", 16)]


def test_a_cut_packet_gives_what_was_read() -> None:
    assert [file.name for file in unpack(TWO[:-30]).files] == ["报价.pdf", "LONGNA~1.XLS"]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([attribute(BODY, b"Dear Lin,\r\nplease quote.\0")], "Dear Lin,\nplease quote."),
        ([attribute(MAIL_PROPERTIES, properties((UNICODE, 0x1000, "Größe 报价\0".encode("utf-16-le"))))], "Größe 报价"),
        ([attribute(MAIL_PROPERTIES, properties((3, 0x3FDE, struct.pack("<I", 65001)), (BINARY, 0x1013, "<p>Größe</p>".encode())))], "Größe"),
        ([attribute(MAIL_PROPERTIES, properties((BINARY, 0x1009, stored(rb"{\rtf1\ansi Hello\par Lin}"))))], "Hello\nLin"),
    ],
)  # fmt: skip
def test_its_text_is_the_body_where_the_mail_has_none(values: list[bytes], text: str) -> None:
    assert Mime().parse(mail(packet(*values), text="")).body == text
    assert Mime().parse(mail(packet(*values))).body == "see attached"


def test_the_formatted_text_is_kept_as_a_file() -> None:
    raw = mail(packet(attribute(MAIL_PROPERTIES, properties((BINARY, 0x1009, stored(rb"{\rtf1 Hi}"))))))
    got = Mime().parse(raw).attachments
    assert [(a.filename, a.inline) for a in got] == [("body.rtf", True)]
    assert Mime().part_bytes(raw, 0) == rb"{\rtf1 Hi}"


def test_compressed_rtf() -> None:
    # The examples of [MS-OXRTFCP] 4.1 and 4.2; in the second a reference runs into what it writes itself.
    simple = "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    crossing = "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"
    assert decompressed(bytes.fromhex(simple)) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert decompressed(bytes.fromhex(crossing)) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    assert decompressed(b"") == decompressed(bytes(16)) == b""


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1\ansi\ansicpg936 \'b1\'a8\'bc\'db\par 500 pcs}", "报价\n500 pcs"),
        (rb"{\rtf1\ansi\uc1 caf\u233?, \u25253?\u20215?}", "café, 报价"),
        (rb"{\rtf1{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}{\*\generator Word;}A\tab B\line C\{x\}}", "A\tB\nC{x}"),
        (rb"{\rtf1\ansi\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Price {\*\htmltag84 <b>}500{\*\htmltag92 </b>}\htmlrtf\par}\htmlrtf0 {\*\htmltag72 </p>}}", "Price 500"),
        (rb"{\rtf1\ansi\u-10179?\u-8704?}", "\U0001f600"),
        (b"no rtf", ""), (b"", ""), (rb"{\rtf1", ""),
    ],
)  # fmt: skip
def test_rtf_as_text(rtf: bytes, text: str) -> None:
    assert rtf_to_text(rtf) == text


@given(st.binary(max_size=400))
def test_any_bytes_are_survived(data: bytes) -> None:
    unpack(packet(data))
    unpack(packet(attribute(MAIL_PROPERTIES, data), attribute(FILE_PROPERTIES, data)))
    rtf_to_text(b"{\\rtf1" + data)
    decompressed(struct.pack("<IIII", 9, 60_000, 0x75465A4C, 0) + data)


@settings(max_examples=50)
@given(st.integers(0, len(TWO) - 1), st.integers(0, 255))
def test_a_damaged_packet_is_a_mail_all_the_same(position: int, byte: int) -> None:
    raw = mail(TWO[:position] + bytes((byte,)) + TWO[position + 1 :])
    got = Mime().parse(raw)
    assert got.body == "see attached"
    assert [len(Mime().part_bytes(raw, index)) for index in range(len(got.attachments))] == [
        a.size for a in got.attachments
    ]
