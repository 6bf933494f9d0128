"""The text of a file that is about to leave: PDF, Word, Excel, plain text.

Room: adapters. In: a name and bytes. Out: text, "" where it holds none (a scan) or can't be read. It is read in a process of its own
that is ended where it takes too long, because the file may be somebody else's.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import PurePath

from mailcrm.adapters.documents import extracting

__all__ = ["file_text"]

_PATIENCE = 4.0  # seconds
_LARGEST = 20_000_000
_PLAIN = frozenset({".txt", ".csv", ".html", ".htm", ".xml", ".md", ".rtf", ".eml"})
_PACKED = frozenset({".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods"})


def file_text(name: str, content: bytes) -> str:
    """Return the text of a file."""
    ending = PurePath(name).suffix.lower()
    if len(content) > _LARGEST:
        return ""
    if ending in _PLAIN:
        return content.decode("utf-8", "replace")
    if content.startswith(b"%PDF-"):
        return _extracted("pdf", content)
    return _extracted("zip", content) if ending in _PACKED and content.startswith(b"PK") else ""


def _extracted(form: str, content: bytes) -> str:
    try:
        done = subprocess.run(
            [sys.executable, "-I", extracting.__file__, form],
            input=content,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")
