"""Pages of a document, written into a file that a person names.

Room: core. In: the name, the pages. Out: what was written. Nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from mailcrm.core.files import write_new
from mailcrm.domain.errors import UsageError
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.rows import PressedRow

__all__ = ["place_for", "write_pages"]


def place_for(to: str, *, drawn: bool = False) -> Path:
    """Return where a PDF is to lie, or with `drawn` also a PNG; UsageError for any other name and where there is no such directory."""
    forms = (".pdf", ".png") if drawn else (".pdf",)
    with suppress(RuntimeError):  # no such person's home
        path = Path(to).expanduser()
        if path.suffix.lower() in forms and path.parent.is_dir():
            return path
    raise UsageError(
        say("{path} can't be written as a document.", path=to),
        say("Name a file in a directory that exists, ending in .pdf or .png.")
        if drawn
        else say("Name a file in a directory that exists, ending in .pdf."),
    )


def write_pages(path: Path, pages: Sequence[bytes], kind: str, language: str) -> tuple[Sentence, PressedRow]:
    """Write one file of this name, or of several one for each page: "sheet-1.png"."""
    several = len(pages) > 1
    names = [f"{path.stem}-{place}{path.suffix}" if several else path.name for place in range(1, len(pages) + 1)]
    written = [str(write_new(path.parent, name, page)) for name, page in zip(names, pages, strict=True)]
    hashes = tuple(sha256(page).hexdigest() for page in pages)
    row = PressedRow(kind, language, tuple(written), tuple(map(len, pages)), hashes)
    return say("Saved as {path}.", path=", ".join(written)), row
