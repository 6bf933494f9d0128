"""What is written of a mail into the search index, from what is stored of it.

Room: store. Pure: the processes that read mail make it, without a database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mailcrm.domain.message import Kind
from mailcrm.domain.search_words import mail_index_text

__all__ = ["index_text"]


def index_text(mail: Mapping[str, Any], body: str, files: Sequence[str]) -> str:
    """Return the index text of a mail: `mail` are the columns of its `Message`, `files` the names of its files in their order."""
    people = mail["people"]
    return mail_index_text(
        subject=mail["subject"],
        writers=[(mail["from_name"], mail["from_address"]), *_pairs(people.get("reply_to", ()))],
        recipients=[*_pairs(people.get("to", ())), *_pairs(people.get("cc", ())), *_pairs(people.get("bcc", ()))],
        files=files,
        attached=mail["has_attachments"],
        inquiry=mail["kind_rule"] == Kind.PLATFORM_INQUIRY.value,
        body=body,
    )


def _pairs(people: Sequence[Sequence[str]]) -> Iterable[tuple[str, ...]]:
    return map(tuple, people)
