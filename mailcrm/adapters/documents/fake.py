"""A press without typst: what it makes bears the document's content, and the same document gives the same bytes.

Room: adapters. For tests of whoever only hands documents on.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from mailcrm.adapters.documents.contents import ready
from mailcrm.domain.errors import NotFound
from mailcrm.domain.words import say
from mailcrm.ports.documents import Document

__all__ = ["FakePress"]


class FakePress:
    """Knows `kinds` and both languages."""

    def __init__(self, kinds: Sequence[str]) -> None:
        self._kinds = tuple(sorted(kinds))

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds that it was made with."""
        return self._kinds

    def press(self, document: Document, language: str) -> bytes:
        """Return the content behind the mark of a PDF."""
        if document.kind not in self._kinds or language not in ("en", "zh"):
            raise NotFound(
                say("There is no template of a document {name}.", name=document.kind),
                say("Templates: {names}.", names=", ".join(self._kinds)),
            )
        told = json.dumps(ready(document.content(language)).values, ensure_ascii=False, sort_keys=True)
        return f"%PDF-1.7\n% {document.kind} {language} {document.issued.isoformat()}\n{told}\n%%EOF\n".encode()

    def draw(self, document: Document, language: str) -> tuple[bytes, ...]:
        """Return one page: the same behind the mark of a PNG."""
        return (b"\x89PNG\r\n\x1a\n" + self.press(document, language),)
