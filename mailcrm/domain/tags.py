"""Tags: the words by which people sort companies and contacts.

Room: domain. In: what a person typed. Out: a tag as it is stored and looked for: neither case nor the signs that a list or a search
would take for its own. UsageError with the mend for what is none.
"""

from __future__ import annotations

import re
import unicodedata

from mailcrm.domain.errors import UsageError
from mailcrm.domain.text import printable_line
from mailcrm.domain.words import say

__all__ = ["checked_tag", "tags_in"]

_LONGEST = 40
_PARTED_BY = re.compile("[,;，；、\n]")


def checked_tag(given: str) -> str:
    """Return `given` as a tag; full-width letters are letters, and spaces inside of it count as one."""
    tag = " ".join(unicodedata.normalize("NFKC", given).strip("#＃ ").casefold().split())
    if not any(letter.isalnum() for letter in tag) or set(tag) & set('",;:+') or printable_line(tag) != tag:
        raise UsageError(say("{given} is no tag.", given=given), say("A tag is a word, such as importer or vip."))
    if len(tag) > _LONGEST:
        raise UsageError(
            say("A tag of {count} letters is too long.", count=len(tag)),
            say("Use at most {most} letters; what is longer is a note.", most=_LONGEST),
        )
    return tag


def tags_in(listed: str) -> tuple[str, ...]:
    """Return the tags of a list with commas, each once."""
    return tuple(dict.fromkeys(checked_tag(one) for one in _PARTED_BY.split(listed) if one.strip()))
