"""Pictures that are drawn here, and the documents of a made-up house, for tests and for `make screens`."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from mailcrm.adapters.documents.press import TypstPress
from mailcrm.domain.documents import Letterhead
from mailcrm.domain.documents.examples import EXAMPLES, Example, letterhead
from mailcrm.domain.trade.bank_block import bank_block, checked_details

__all__ = ["BLOCK", "TEMPLATES", "TODAY", "example", "house", "logo", "photo", "png", "press"]

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "documents"
TODAY = date(2026, 11, 26)
BLOCK = bank_block(
    checked_details(
        beneficiary="Brightport Export Co., Ltd.",
        account="3901 0001 1920 0012 345",
        bank="Example Bank of Ningbo, Jiangdong Branch",
        bank_address="139 Example Street, Ningbo, China",
        swift="EXBKCNBN123",
        currency="USD",
    )
)

Colour = tuple[int, int, int]


def png(width: int, height: int, colour: Callable[[float, float], Colour]) -> bytes:
    """Return a picture; `colour` is asked at points of [-1, 1] × [-1, 1]."""
    rows = b"".join(
        b"\0" + bytes(part for x in range(width) for part in colour(2 * x / width - 1, 2 * y / height - 1))
        for y in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    share = min(max(share, 0.0), 1.0)
    first, second, third = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return first, second, third


def photo() -> bytes:
    """Return the photo of a product: a cap that stands in the light, with its shadow."""

    def colour(x: float, y: float) -> Colour:
        ground: Colour = _mixed((250, 250, 250), (222, 226, 230), (y + 1) / 2)
        if x * x / 0.5 + (y - 0.62) ** 2 / 0.02 < 1:
            ground = _mixed(ground, (120, 124, 130), 0.5)
        away = (x * x + (y + 0.02) ** 2) / 0.42
        if away >= 1:
            return ground
        lit = max(0.0, 1 - ((x + 0.25) ** 2 + (y + 0.3) ** 2) * 2.2)
        shade = _mixed((150, 62, 10), (240, 128, 40), 1 - away * 0.8)
        ring = abs(away - 0.55) < 0.09
        return _mixed((40, 44, 50) if ring else shade, (255, 236, 214), lit * 0.8)

    return png(240, 210, colour)


def logo() -> bytes:
    """Return the house's mark: a sun above the sea."""

    def colour(x: float, y: float) -> Colour:
        if x * x + y * y >= 0.96:
            return 255, 255, 255
        if y > 0.12:
            return (255, 255, 255) if int((y + 0.02) * 12) % 2 == 0 else (29, 78, 107)
        return (240, 150, 60) if x * x + (y - 0.1) ** 2 < 0.3 else (29, 78, 107)

    return png(240, 240, colour)


def house() -> Letterhead:
    """Return the letterhead, with its logo."""
    return replace(letterhead(), logo=logo())


def example(kind: str, language: str, *, pictures: bool = True) -> Example:
    """Return an example document of the made-up house."""
    return EXAMPLES[kind](language, house() if pictures else letterhead(), BLOCK, TODAY, photo() if pictures else b"")


def press() -> TypstPress:
    """Return the press with the shipped templates."""
    return TypstPress([TEMPLATES])
