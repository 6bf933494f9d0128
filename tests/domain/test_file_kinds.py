"""What a file really is: by its bytes, whatever its name says."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.file_kinds import look_at


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


WORD = ("[Content_Types].xml", "word/document.xml")
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("offer.pdf", b"%PDF-1.7 ...", "a PDF document"),
        ("photo.JPG", b"\xff\xd8\xff\xe0 ...", "a picture"),
        ("drawing.png", b"\x89PNG\r\n\x1a\n...", "a picture"),
        ("photo.webp", b"RIFF....WEBPVP8 ", "a picture"),
        ("contract.docx", zipped(*WORD), "a Word document"),
        ("prices.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook"),
        ("note.txt", "价格如下".encode(), "a plain text"),
    ],
)
def test_what_is_only_shown_is_opened(name: str, data: bytes, kind: str) -> None:
    look = look_at(name, data)
    assert str(look.kind) == kind
    assert look.refusal is None


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("invoice.pdf.exe", b"MZ\x90\x00", "a program"),
        ("invoice.pdf", b"MZ\x90\x00", "a program"),
        ("tool", b"\x7fELF\x02", "a program"),
        ("run.txt", b"#!/bin/sh\nrm", "a script"),
        ("order.lnk", b"L\x00\x00\x00\x01\x14\x02\x00", "a shortcut"),
        ("order.url", b"[InternetShortcut]\nURL=file://x", "a shortcut"),
        ("order.desktop", b"[Desktop Entry]\nExec=sh", "a shortcut"),
        ("prices.xls", OLD, "macros"),
        ("contract.docm", zipped(*WORD, "word/vbaProject.bin"), "macros"),
        ("contract.docx", zipped(*WORD, "word/vbaProject.bin"), "macros"),
        ("contract.docx", zipped(*WORD, "word/embeddings/oleObject1.bin"), "macros"),
        ("prices.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml", "xl/externalLinks/externalLink1.xml"), "macros"),
        ("papers.zip", zipped("a.txt"), "an archive"),
        ("papers.rar", b"Rar!\x1a\x07", "an archive"),
        ("offer.html", b"<html><script>x</script>", "a web page"),
        ("logo.svg", b"<?xml version='1.0'?><svg/>", "a web page"),
        ("letter.rtf", b"{\\rtf1", "rich text"),
        ("prices.csv", b"item;price\n=cmd|'/c calc'!A1;2", "formulas"),
        ("macro.txt", b"", "doesn't know"),
        ("thing.bin", b"\x00\x01\x02", "doesn't know"),
        ("broken.docx", b"PK\x03\x04 no zip", "doesn't know"),
    ],
)  # fmt: skip
def test_what_may_do_more_is_not_and_is_called_by_what_it_is(name: str, data: bytes, kind: str) -> None:
    look = look_at(name, data)
    assert kind in str(look.kind)
    assert look.refusal is not None
    assert name in str(look.refusal)


@pytest.mark.parametrize(("name", "data"), [("offer.exe", b"%PDF-1.7"), ("run.bat", b"del *"), ("offer", b"%PDF-1.7"), ("a.jpg", b"\x89PNG\r\n\x1a\n")])  # fmt: skip
def test_a_name_that_says_something_else_than_the_bytes_is_refused(name: str, data: bytes) -> None:
    assert "says something else" in str(look_at(name, data).refusal)


@given(st.text(), st.binary())
def test_no_file_breaks_it(name: str, data: bytes) -> None:
    for begin in (b"", b"PK\x03\x04", b"PK\x05\x06"):
        assert look_at(name, begin + data).kind
