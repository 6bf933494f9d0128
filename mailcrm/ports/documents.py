"""The press: a document's values in, the pages of it out.

Glossary. *kind*: which document it is, the name of its template. *content*: what the template reads, names with texts, lists and
pictures. *press*: to set and print, once, into bytes that are kept as they left.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Protocol

__all__ = ["Document", "DocumentPress"]


class Document(Protocol):
    """A document of `domain.documents`."""

    kind: ClassVar[str]

    @property
    def issued(self) -> date:
        """The day that it bears; the file bears it too."""
        ...

    def content(self, language: str) -> Mapping[str, object]:
        """Return what its template reads, in "en" or "zh"."""
        ...


class DocumentPress(Protocol):
    """Makes PDF of documents. The same document gives the same bytes: they are known again by their hash.

    Raises NotFound for a kind that has no template, TemplateError for a template that fails, ComposeError for content that can't be
    printed (too much of it, a picture that is none), ConfigError where a font is missing.
    """

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds that there is a template of, by name."""
        ...

    def press(self, document: Document, language: str) -> bytes:
        """Return the PDF."""
        ...

    def draw(self, document: Document, language: str) -> tuple[bytes, ...]:
        """Return a picture (PNG) of each page."""
        ...
