"""The files attached to the demo's mails: small, and real enough to be opened.

Room: adapters. In: a file name and the words on it. Out: its media type and octets.
"""

from __future__ import annotations

__all__ = ["paper"]

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_PHOTO_WIDTH, _PHOTO_HEIGHT = 640, 480


def paper(filename: str, words: str) -> tuple[str, bytes]:
    """Return (media type, octets) of a photo for `.jpg`, else of a one-page PDF that says `words` (ASCII, one line)."""
    if filename.endswith(".jpg"):
        return "image/jpeg", _photo()
    return "application/pdf", _page(words)


def _page(words: str) -> bytes:
    """Return an A4 page with one line of Helvetica (PDF 1.4)."""
    drawing = f"BT /F1 14 Tf 60 760 Td ({words}) Tj ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 %b >> >> >>"
        % _FONT,
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawing), drawing),
    )
    pdf, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(pdf))
        pdf += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    return (
        pdf
        + b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(pdf))
    )


def _photo() -> bytes:
    """Return a grey baseline JPEG (ITU-T T.81): each 8 × 8 block is two bits, "no difference" and "end of block"."""

    def segment(marker: int, content: bytes) -> bytes:
        return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content

    size = _PHOTO_HEIGHT.to_bytes(2, "big") + _PHOTO_WIDTH.to_bytes(2, "big")
    one_code = bytes([1] + [0] * 15 + [0])
    blocks = (_PHOTO_WIDTH // 8) * (_PHOTO_HEIGHT // 8)
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
        + segment(0xDB, b"\0" + b"\x01" * 64)
        + segment(0xC0, b"\x08" + size + b"\x01\x01\x11\0")
        + segment(0xC4, b"\0" + one_code)
        + segment(0xC4, b"\x10" + one_code)
        + segment(0xDA, b"\x01\x01\0\0\x3f\0")
        + bytes(blocks * 2 // 8)
        + b"\xff\xd9"
    )
