"""The process that reads the text of a PDF or of an office file; bounded in pages, in memory and in what it unpacks.

Room: adapters. In: the bytes on stdin, "pdf" or "zip" as argument. Out: the text on stdout. Like `compiling` it knows little else.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile

__all__ = ["main"]

_MEMORY = 3 * 1024**3 // 2
_PAGES, _MEMBERS, _UNPACKED = 60, 200, 20_000_000
_TAG = re.compile(rb"<[^>]{0,4000}>")


def main() -> None:
    """Write the text of what comes on stdin."""
    _bound()
    raw = sys.stdin.buffer.read()
    text = _of_pdf(raw) if sys.argv[1] == "pdf" else _of_office(raw)
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))


def _bound() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _of_pdf(raw: bytes) -> str:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(raw))
    return "\n".join(page.extract_text() for page in reader.pages[:_PAGES])


def _of_office(raw: bytes) -> str:
    """Return the text between the tags: in Office Open XML and OpenDocument everything that is read is XML."""
    found, left = [], _UNPACKED
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for member in archive.infolist()[:_MEMBERS]:
            if member.filename.endswith(".xml") and left > 0:
                with archive.open(member) as file:
                    xml = file.read(left)
                left -= len(xml)
                found.append(_TAG.sub(b" ", xml))
    import html

    return html.unescape(b"\n".join(found).decode("utf-8", "replace"))


if __name__ == "__main__":
    main()
