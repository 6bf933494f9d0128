"""How large a table may be: far above any price list, far below what would bring the machine to its knees.

Room: adapters.
"""

from __future__ import annotations

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import Sentence, say

__all__ = [
    "MOST_COLUMNS",
    "MOST_ENTRIES",
    "MOST_EXPANDED",
    "MOST_MEMORY",
    "MOST_OCTETS",
    "MOST_ROWS",
    "PATIENCE",
    "too_large",
]

MOST_OCTETS = 20 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_ENTRIES = 2_000
MOST_EXPANDED = 200 * 1024 * 1024  # octets of a workbook's parts, unpacked
MOST_MEMORY = 2 * 1024 * 1024 * 1024  # octets of the process that reads a workbook
PATIENCE = 60.0  # seconds


def too_large(name: str, why: Sentence) -> MailcrmError:
    """Return the error of a table that is more than anybody would look at."""
    return MailcrmError(
        say("{name} is too large to be read: {why}.", name=name, why=why),
        say("Save the sheet that matters alone, without pictures and empty rows, as .xlsx or .csv."),
    )
