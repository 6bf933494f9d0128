"""Documents as PDF.

press.py      the press: typst in a process of its own
compiling.py  that process
contents.py   a document's content made ready: text that is only text, pictures that are pictures
found.py      templates and words, the home's own first
fonts.py      which fonts are looked for
fake.py       a press without typst, for tests
"""

from __future__ import annotations

from mailcrm.adapters.documents.fake import FakePress
from mailcrm.adapters.documents.press import TypstPress

__all__ = ["FakePress", "TypstPress"]
