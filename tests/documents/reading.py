"""A PDF's pages as text, as a customer's program would copy it."""

from __future__ import annotations

import io

from pypdf import PdfReader

__all__ = ["flat", "pages"]


def pages(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def flat(pdf: bytes) -> str:
    """Return all text without any space, so that it doesn't matter where a line was broken."""
    return "".join("".join(pages(pdf)).replace("\u200b", "").split())
